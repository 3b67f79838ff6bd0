/** Whether what was simulated holds: the check equations of the closed years, and the ledger read back. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../boards/fingerprint.ts';
import { reviewProblems } from '../boards/year-forms.ts';
import { boardCheck } from '../bot/board-check.ts';
import { readPolicyFiles } from '../bot/cli/input.ts';
import { townFold, upgradeEntry } from '../bot/town-store.ts';
import { yearReview } from '../commands/town/review.ts';
import type { Entry } from '../ledger/entry.ts';
import { standingBoard } from '../ledger/stage.ts';
import type { TownState } from '../ledger/state.ts';
import { monthsOfYear } from '../scoring/calendar.ts';
import { realIO } from '../storage/io.ts';
import { verifyJournal } from '../storage/verify.ts';
import { type Town, YEAR } from './simulated-town.ts';

/** Each branch's state as a hash, so that two whole towns need not be in memory as text. */
function digests(town: TownState): Record<string, string> {
  return Object.fromEntries(
    Object.entries(town.branches).map(([id, b]) => [
      id,
      createHash('sha256').update(canonicalJson(b)).digest('hex'),
    ]),
  );
}

/** What does not hold of the closed years and of the ledger; empty = everything does. */
export async function problemsOf(town: Town, folder: string): Promise<string[]> {
  const policy = readPolicyFiles();
  const live = town.chat.store.state();
  const view = yearReview(live, policy, YEAR, town.chat.now());
  const problems = view.rows.flatMap((row) => reviewProblems(row).map((p) => `${row.branch}: ${p}`));
  for (const row of view.rows)
    if (row.others > 0) problems.push(`${row.branch}: ${row.others} without a grade or a reason`);
  for (const v of town.villages) {
    const state = town.chat.state(v.name);
    if (state.years[YEAR]?.stage !== 'closed')
      problems.push(`${v.name}: ${state.years[YEAR]?.stage ?? 'open'}`);
    const unboarded = monthsOfYear(YEAR).filter((m) => !standingBoard(state.months[m]));
    if (unboarded.length > 0) problems.push(`${v.name}: no board for ${unboarded.join(' ')}`);
  }
  const before = digests(live);
  await town.chat.store.close();
  let read = townFold.initial();
  const fold = {
    ...townFold,
    apply: (state: TownState, entry: Entry) => (read = townFold.apply(state, entry)),
  };
  const { findings } = await verifyJournal({
    io: realIO,
    folder,
    fold,
    upgrade: upgradeEntry,
    checkBoards: boardCheck(policy),
  });
  problems.push(...findings.map((f) => `verify: ${f.place} ${f.problem}`));
  for (const [branch, digest] of Object.entries(digests(read)))
    if (digest !== before[branch])
      problems.push(`verify: the ledger of ${branch} read back gives another branch`);
  return problems;
}
