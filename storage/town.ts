import { crc32 } from 'node:zlib';
import type { BranchId } from '../ledger/entry.ts';
import type { IsoMonth } from '../scoring/calendar.ts';
import type { Link } from './chain.ts';
import { SourceIndex } from './source-index.ts';

/** A journal file as far as it is durable and in the live model. */
export interface Segment {
  readonly month: IsoMonth;
  size: number;
  /** CRC-32 of its bytes. */
  crc: number;
  lines: number;
}

/**
 * The live model, lowdb's `data`: the fold of the journal's first `n` lines together with what belongs to exactly
 * those lines. It changes in single synchronous steps, so that whoever captures it gets state and position of one moment.
 */
export interface Town<S> {
  state: S;
  /** The last line that is in the state. */
  n: number;
  /** Whether that line vouches for all before it (a seal), so that damage to them cannot pass for a torn tail. */
  sealed: boolean;
  readonly segments: Segment[];
  readonly links: Map<BranchId, Link>;
  readonly sources: SourceIndex;
}

export const JOURNAL = 'journal';
export const CHECKPOINT = 'checkpoint.jsonl';
export const segmentPath = (folder: string, month: IsoMonth): string => `${folder}/${JOURNAL}/${month}.jsonl`;
/** How a segment is named to people, below the data folder. */
export const segmentPlace = (month: IsoMonth): string => `${JOURNAL}/${month}.jsonl`;

export function emptyTown<S>(state: S): Town<S> {
  return { state, n: 0, sealed: true, segments: [], links: new Map(), sources: new SourceIndex() };
}

/** The journal position after the newest line: positions count bytes through all segments. */
export function endOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.size, 0);
}

/** The segment and offset of a journal position. */
export function locate(
  segments: readonly Segment[],
  position: number,
): { segment: Segment; offset: number } | null {
  let base = 0;
  for (const segment of segments) {
    if (position < base + segment.size) return { segment, offset: position - base };
    base += segment.size;
  }
  return null;
}

/** Extends a checksum by more bytes. (zlib itself answers 0 for no bytes, whatever came before.) */
export function extendCrc(crc: number, bytes: Uint8Array): number {
  return bytes.length === 0 ? crc : crc32(bytes, crc);
}
