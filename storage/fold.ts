import type { Entry } from '../ledger/entry.ts';
import type { Store } from './store.ts';

/**
 * How entries become the live model, given by the one who opens the store. `S` is plain JSON: it is written to the
 * checkpoint and read back. `apply` may change the state in place, or return the next one.
 */
export interface Fold<S> {
  initial(): S;
  apply(state: S, entry: Entry): S | void;
  /** Raise it whenever the same entries would now give another state: older checkpoints are then rebuilt. 1 if left out. */
  readonly version?: number;
  /**
   * Parts of the state that are seldom looked at, as paths ending in `*`, such as `branches.*.months.*`, or for numbered
   * things `branches.*.reports.*~100` (by the hundred): they stay in the checkpoint file until somebody reads them.
   * They must be changed in place, and only by `apply`.
   */
  readonly shelves?: readonly string[];
}

/** Brings an entry of an older kind version to the newest; throws where the entry is newer than the program. */
export type Upgrade = (entry: Entry) => Entry;

/** A store with its live model: the fold of every durable entry, and of nothing else. */
export interface StateStore<S> extends Store {
  state(): S;
}

export function applyAll<S>(fold: Fold<S>, state: S, entries: readonly Entry[]): S {
  let now = state;
  for (const entry of entries) {
    const next = fold.apply(now, entry);
    if (next !== undefined) now = next;
  }
  return now;
}
