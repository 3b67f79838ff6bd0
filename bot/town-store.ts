import type { Entry } from '../ledger/entry.ts';
import { apply } from '../ledger/fold.ts';
import { upgrade } from '../ledger/kinds.ts';
import { newTown, type TownState } from '../ledger/state.ts';
import type { StateStore } from '../storage/fold.ts';
import { openJournalStore } from '../storage/journal.ts';

/** How a town's entries become its live model. */
export const townFold = { initial: newTown, apply };

/** An entry of an older program as today's; throws where the journal is newer than the program. */
export function upgradeEntry(entry: Entry): Entry {
  const body = upgrade(entry, `${entry.branch} #${entry.seq}`);
  if ('problem' in body) throw new Error(`${body.place}：${body.problem}。${body.mend ?? ''}`);
  return { ...entry, ...body };
}

/** Opens the ledger of a town in a folder. One process at a time; see `storage/journal.ts` for what it refuses. */
export function openTownStore(folder: string): Promise<StateStore<TownState>> {
  return openJournalStore({ folder, fold: townFold, upgrade: upgradeEntry });
}
