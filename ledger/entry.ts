import type { LocalTime } from '../scoring/calendar.ts';

/** A branch's id: its short name, unique in the town. The town's own ledger has the id `town`. */
export type BranchId = string;
export const TOWN: BranchId = 'town';

/** What happened, without where and when: a kind, its version and its data, checked by the schema of that kind. */
export interface Body {
  readonly kind: string;
  /** Version of the kind's schema; older versions are upgraded on read. */
  readonly v: number;
  readonly data: unknown;
}

/**
 * Something to be made durable as one: all of its bodies or none.
 * `source` makes appending idempotent: within a branch, an operation with a source already seen changes nothing
 * and yields the first one's receipt. It is a chat message's id, or the name of a scheduled job and its due time.
 */
export interface Operation {
  readonly branch: BranchId;
  readonly source: string;
  readonly at: LocalTime;
  /** Who caused it: a member's name, a town officer's, `bot` for scheduled work, `cli:NAME` for the command line. */
  readonly by: string;
  readonly bodies: readonly Body[];
}

/** One recorded fact in a branch's ledger (账本记录). `seq` counts from 1 in each branch. */
export interface Entry extends Body {
  readonly branch: BranchId;
  readonly seq: number;
  readonly at: LocalTime;
  readonly by: string;
  readonly source: string;
}
