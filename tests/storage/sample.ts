import type { Entry, Operation } from '../../ledger/entry.ts';
import type { Fold } from '../../storage/fold.ts';
import type { Store } from '../../storage/store.ts';

/** A small ledger for the storage tests: what was seen in each branch and month, so that loss and doubling both show. */
export interface Sample {
  total: number;
  branches: Record<string, { seq: number; months: Record<string, { seen: string[] }> }>;
}

export const sampleFold: Fold<Sample> = {
  shelves: ['branches.*.months.*'],
  initial: () => ({ total: 0, branches: {} }),
  apply(state, entry) {
    state.total++;
    const branch = (state.branches[entry.branch] ??= { seq: 0, months: {} });
    branch.seq = entry.seq;
    const month = (branch.months[entry.at.slice(0, 7)] ??= { seen: [] });
    month.seen.push(`${entry.seq} ${entry.source}`);
  },
};

export function sample(source: string, branch = '东村', at = '2026-11-03T20:15:00', bodies = 1): Operation {
  return {
    branch,
    source,
    at,
    by: '李清照',
    bodies: Array.from({ length: bodies }, (_, i) => ({
      kind: 'noted',
      v: 1,
      data: { words: `打扫河道 ${i}` },
    })),
  };
}

export async function entriesIn(store: Store, branch: string, from?: number): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of store.entries(branch, from)) found.push(entry);
  return found;
}

/** The fold of entries, from the beginning: what any state must be equal to. */
export function foldAll(entries: readonly Entry[]): Sample {
  const state = sampleFold.initial();
  for (const entry of entries) sampleFold.apply(state, entry);
  return state;
}
