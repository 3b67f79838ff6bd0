import { createHash } from 'node:crypto';
import type { BoardView } from './views/board.ts';

/** What a fingerprint covers: everything a member could object to, and nothing that changes without a new version. */
export type Fingerprinted = Pick<BoardView, 'branch' | 'period' | 'version' | 'policy' | 'rows'>;

/** A value as JSON with sorted keys, without absent fields, so that equal data always gives equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * SHA-256 (64 hex digits) of a board's rows with branch, period, version and policy: what a member confirmed can be
 * shown to be what was filed (R28, R29). Times and wording around the table are not part of it.
 */
export function fingerprintOf(board: Fingerprinted): string {
  const { branch, period, version, policy, rows } = board;
  return createHash('sha256')
    .update(canonicalJson({ branch, period, version, policy, rows }), 'utf8')
    .digest('hex');
}

/** The first twelve digits in threes of four, as printed under a board: `3fa9 01c2 77de`. */
export function shortFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 12).match(/.{1,4}/g) ?? []).join(' ');
}
