import { hash as digest } from 'node:crypto';
import type { Body, BranchId, Entry, Operation } from '../ledger/entry.ts';

/**
 * The hash chain of a branch (账本链). An operation is kept as one JSON text that names the hash of the text before
 * it in the same branch; its own hash is the SHA-256 of that text's exact bytes. Any store that keeps these texts as
 * they are (a line of a file, a text column of a table) yields the same heads.
 */

/** The `prev` of a branch's first operation. */
const GENESIS = '0'.repeat(64);

/** Where a branch's chain ends: the sequence of its last entry and the hash of its last operation's text. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

const MOMENT = /^\d{4}-(0[1-9]|1[0-2])-\d{2}T\d{2}:\d{2}/;

export const START: Link = { seq: 0, hash: GENESIS };

/** An operation as it is kept. `seq` is the sequence of its first body; the others follow. */
export interface Kept {
  readonly branch: BranchId;
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly by: string;
  readonly source: string;
  readonly bodies: readonly Body[];
}

/** The exact text an operation is kept as, after the given link. Throws where the operation cannot be kept. */
export function writeOperation(operation: Operation, after: Link): string {
  const { branch, at, by, source, bodies } = operation;
  if (branch === '') throw new TypeError('an operation needs a branch');
  if (source === '')
    throw new TypeError(`an operation of ${branch} needs a source: appending is idempotent on it`);
  if (!MOMENT.test(at))
    throw new TypeError(`${at} is no moment (YYYY-MM-DDTHH:mm:ss): ${source} of ${branch}`);
  if (bodies.length === 0)
    throw new TypeError(`the operation ${source} of ${branch} has no bodies: nothing to keep`);
  return JSON.stringify({
    branch,
    seq: after.seq + 1,
    prev: after.hash,
    at,
    by,
    source,
    bodies: bodies.map(({ kind, v, data }) => ({ kind, v, data: data ?? null })),
  });
}

export function hashText(text: string | Buffer): string {
  return digest('sha256', text, 'hex');
}

/** The entries of a kept operation, in order. */
export function entriesOf(kept: Kept): Entry[] {
  const { branch, at, by, source } = kept;
  // Spelled out: spreading each body costs more than all else that is done with an entry on replay.
  return kept.bodies.map(({ kind, v, data }, i) => ({
    kind,
    v,
    data,
    branch,
    seq: kept.seq + i,
    at,
    by,
    source,
  }));
}

/** The link after a kept operation whose text has the given hash. */
export function linkAfter(kept: Kept, hash: string): Link {
  return { seq: kept.seq + kept.bodies.length - 1, hash };
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const v: Partial<Record<keyof Kept, unknown>> = value;
  return (
    typeof v.branch === 'string' &&
    Number.isSafeInteger(v.seq) &&
    typeof v.prev === 'string' &&
    typeof v.at === 'string' &&
    typeof v.by === 'string' &&
    typeof v.source === 'string' &&
    Array.isArray(v.bodies) &&
    v.bodies.length > 0
  );
}

/** Reads a kept operation's text back. Throws where it is none. */
export function readOperation(text: string | Buffer): Kept {
  const value: unknown = JSON.parse(typeof text === 'string' ? text : text.toString('utf8'));
  if (!isKept(value)) throw new TypeError('not an operation: a field is missing or of the wrong type');
  return value;
}
