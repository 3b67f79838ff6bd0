/** What goes to the town when a month's window has closed (R29). */
import type { FilingView } from '../../boards/views/filing.ts';
import { holdersOf } from '../../ledger/roles.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import type { IsoMonth, LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { Attachment } from '../command.ts';
import { objectionLine } from '../object/words.ts';
import { hasConfirmed, unconfirmedNames } from './answers.ts';
import { boardView, scoredOn } from './board.ts';

export function filingView(
  branch: BranchState,
  policy: Policy,
  month: IsoMonth,
  at: LocalTime,
): FilingView | null {
  const m = branch.months[month];
  const board = standingBoard(m);
  if (!m || !board) return null;
  const [secretary] = holdersOf(branch, 'secretary', at);
  const [recorder] = holdersOf(branch, 'recorder', at);
  return {
    board: boardView(branch, board),
    scoredOn: scoredOn(m, board),
    closedAt: m.closedAt ?? at,
    confirmations: board.rows
      .filter((row) => hasConfirmed(branch, board, row.name))
      .map((row) => {
        const c = m.confirmed[row.name];
        const how = c?.how ?? 'reply';
        return {
          name: row.name,
          score: c?.score ?? null,
          how,
          ...(how === 'reply' ? {} : { by: c?.by ?? '' }),
        };
      }),
    unconfirmed: unconfirmedNames(branch, board),
    objections: Object.values(branch.tickets)
      .filter((t) => t.month === month)
      .map((t) => objectionLine({ branch, policy }, t)),
    versions: m.boards.slice(0, -1).map((b) => ({
      version: b.version,
      publishedAt: b.publishedAt,
      fingerprint: b.fingerprint,
      changed: b.changed ?? [],
    })),
    ...(secretary ? { secretary } : {}),
    ...(recorder ? { recorder } : {}),
  };
}

/** The package as files: the sheet with everything beside it, and the form to sign. */
export function filingFiles(view: FilingView): Attachment[] {
  const name = `${view.board.branch}${view.board.period}备案`;
  return [
    { kind: 'file', name: `${name}.xlsx`, form: 'filing-excel', view },
    { kind: 'file', name: `${name}.docx`, form: 'filing-word', view },
  ];
}
