/** Who has answered a board and who has not. */
import type { UnconfirmedView } from '../../boards/views/board.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BoardRecord, BranchState, Ticket } from '../../ledger/state.ts';
import { isOpen } from '../../scheduler/open-jobs.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';

/** At most this many reminders a board and person. */
export const REMINDERS = 2;

/** Open objections against a month, oldest first. */
export function openTickets(state: BranchState, month: IsoMonth): Ticket[] {
  return Object.values(state.tickets).filter((t) => t.month === month && isOpen(t));
}

/** Whether a member's row is confirmed on the standing version. */
export function hasConfirmed(state: BranchState, board: BoardRecord, name: string): boolean {
  return state.months[board.month]?.confirmed[name]?.version === board.version;
}

/** Rows that can be answered: 待评 cannot, in a month that was waived. */
export function answerable(board: BoardRecord): BoardRecord['rows'] {
  return board.rows.filter((r) => r.total !== null || r.deduction !== '');
}

/** Whose rows are not confirmed yet, in the board's order. */
export function unconfirmedNames(state: BranchState, board: BoardRecord): string[] {
  return answerable(board)
    .map((r) => r.name)
    .filter((name) => !hasConfirmed(state, board, name));
}

export function confirmedCount(state: BranchState, board: BoardRecord): number {
  return answerable(board).length - unconfirmedNames(state, board).length;
}

/** The version in which a member's row last changed: earlier reminders were about other figures. */
function rowVersion(state: BranchState, board: BoardRecord, name: string): number {
  const boards = state.months[board.month]?.boards ?? [];
  return (
    boards.findLast((b) => b.changed === undefined || b.changed.includes(name))?.version ?? board.version
  );
}

/** The key under which the n-th reminder of a row is remembered, with the member's name behind it. */
export function reminderKey(state: BranchState, board: BoardRecord, name: string, n: number): string {
  return `confirm ${board.month} v${rowVersion(state, board, name)} ${n}`;
}

export function remindedTimes(state: BranchState, board: BoardRecord, name: string): number {
  let times = 0;
  while (
    times < REMINDERS &&
    state.reminded[`${reminderKey(state, board, name, times + 1)} ${name}`] !== undefined
  )
    times += 1;
  return times;
}

/** Neighbours together, groups as they first appear in the roster. */
function byGroup(state: BranchState, names: readonly string[]): string[] {
  const groups = [...new Set(Object.values(state.people).map((p) => p.group))];
  const place = (name: string): number => groups.indexOf(state.people[name]?.group ?? '');
  return names.toSorted((a, b) => place(a) - place(b));
}

/** For the secretary alone. */
export function unconfirmedView(state: BranchState, month: IsoMonth): UnconfirmedView | null {
  const board = standingBoard(state.months[month]);
  if (!board) return null;
  const objecting = new Set(openTickets(state, month).flatMap((t) => (t.by === t.about ? [t.by] : [])));
  return {
    branch: state.name,
    period: month,
    version: board.version,
    closes: board.closes,
    members: answerable(board).length,
    confirmed: confirmedCount(state, board),
    people: byGroup(state, unconfirmedNames(state, board)).map((name) => {
      const person = state.people[name];
      const reminded = remindedTimes(state, board, name);
      return {
        name,
        ...(person?.group ? { group: person.group } : {}),
        total: board.rows.find((r) => r.name === name)?.total ?? null,
        ...(reminded > 0 ? { reminded } : {}),
        ...(objecting.has(name) ? { objecting: true } : {}),
      };
    }),
  };
}
