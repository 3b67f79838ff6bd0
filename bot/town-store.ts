import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { newTown } from '../ledger/empty-state.ts';
import type { Entry } from '../ledger/entry.ts';
import { apply } from '../ledger/fold.ts';
import { upgrade } from '../ledger/kinds.ts';
import type { TownState } from '../ledger/state.ts';
import type { Finding } from '../scoring/finding.ts';
import type { StateStore } from '../storage/fold.ts';
import { realIO } from '../storage/io.ts';
import { openJournalStore } from '../storage/journal.ts';
import { StorageProblem } from '../storage/problem.ts';
import { readJournal } from '../storage/read.ts';
import type { Head } from '../storage/store.ts';
import { verifyJournal } from '../storage/verify.ts';

/**
 * How a town's entries become its live model. Raise the version whenever the same entries would now fold to another
 * state: checkpoints made by the older fold are then rebuilt. Past months and reports are read back only when asked for.
 */
export const townFold = {
  initial: newTown,
  apply,
  version: 1,
  shelves: ['branches.*.months.*', 'branches.*.reports.*~100'],
};

/** An entry of an older program as today's; throws where the journal is newer than the program. */
export function upgradeEntry(entry: Entry): Entry {
  const body = upgrade(entry, `${entry.branch} #${entry.seq}`);
  if ('problem' in body) throw new Error(`${body.place}：${body.problem}。${body.mend ?? ''}`);
  return body.v === entry.v ? entry : Object.assign({}, entry, body);
}

/** Opens the ledger of a town in a folder. One process at a time; see `storage/journal.ts` for what it refuses. */
export function openTownStore(folder: string): Promise<StateStore<TownState>> {
  return openJournalStore({ folder, fold: townFold, upgrade: upgradeEntry });
}

export interface TownRead {
  readonly town: TownState;
  readonly heads: Head[];
  readonly findings: readonly Finding[];
  /** Whether everything acknowledged is there: findings are then of what a start mends by itself. */
  readonly isWhole: boolean;
}

/**
 * A town as its folder holds it now, without opening it for writing: works beside a running bot. Where the ledger is
 * damaged, the town is what the good lines give, and the findings say where. Whether it was rewritten from the
 * beginning on, only `lanxing verify` says.
 */
export async function readTown(folder: string): Promise<TownRead> {
  try {
    const { state, heads, findings } = await readJournal({ folder, fold: townFold, upgrade: upgradeEntry });
    return { town: state, heads, findings, isWhole: true };
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    // What the machine will not read (no permission, a broken disk) it will not read a second time either.
    if (error.kind === 'fault')
      return { town: newTown(), heads: [], findings: [error.finding()], isWhole: false };
    return readDamagedTown(folder);
  }
}

async function readDamagedTown(folder: string): Promise<TownRead> {
  let town = newTown();
  const fold = {
    initial: newTown,
    apply: (state: TownState, entry: Entry): TownState => (town = apply(state, entry)),
  };
  const { heads, findings } = await verifyJournal({ io: realIO, folder, fold, upgrade: upgradeEntry });
  return { town, heads, findings, isWhole: false };
}

/** The ledger in a data folder: the folder itself, or its `ledger` where a trial keeps other things beside it. */
export function ledgerFolder(folder: string): string {
  const inner = join(folder, 'ledger');
  return existsSync(inner) ? inner : folder;
}
