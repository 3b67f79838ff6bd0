/** A month's board before it is published: its rows, version, fingerprint and closing day. */
import { HolidayUtil } from 'lunar-typescript';
import { fingerprintOf } from '../../boards/fingerprint.ts';
import { changedRows } from '../../boards/text.ts';
import type { BoardRow, BoardView, RowChange } from '../../boards/views/board.ts';
import type { DataIn } from '../../ledger/kinds.ts';
import { boardRows } from '../../ledger/sheet.ts';
import type { BoardRecord, BranchState, MonthState } from '../../ledger/state.ts';
import {
  addDays,
  dateOfTime,
  type IsoDate,
  type IsoMonth,
  type LocalTime,
  weekday,
} from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { Attachment } from '../command.ts';

export type BoardDraft = DataIn<'board-published'>;

/** The policy version as it stands under a board: every published figure names it. */
export function policyLabel(policy: Policy): string {
  return policy.version.startsWith(policy.id) ? policy.version : `${policy.id} ${policy.version}`;
}

/** Whether a day does not count under `skip-holidays`: weekends and public holidays, but not days worked instead. */
function isHoliday(date: IsoDate): boolean {
  const holiday = HolidayUtil.getHoliday(date);
  return holiday ? !holiday.isWork() : weekday(date) >= 6;
}

/** The last day of a notice period that begins with a posting day, which is not counted (Q38). */
export function closingDay(posted: IsoDate, days: number, policy: Policy): IsoDate {
  const skip = policy.readings.noticeDays === 'skip-holidays';
  let date = posted;
  for (let left = days; left > 0; ) {
    date = addDays(date, 1);
    if (!skip || !isHoliday(date)) left -= 1;
  }
  return date;
}

/** 评分时间 of a published month: the committee's minute, else the day that the board was published. */
export function scoredOn(month: MonthState, board: BoardRecord): IsoDate {
  return month.checked?.minute ?? dateOfTime(board.publishedAt);
}

/** Rows of the ledger as people look at them: the 扣分项 column knows only the one word (R27, R35). */
function viewRows(rows: BoardRecord['rows']): BoardRow[] {
  return rows.map((row) => ({ ...row, deduction: row.deduction === '年度清零' ? '年度清零' : '' }));
}

/** The rows of a month as they stand in the ledger now. */
export function rowsNow(state: BranchState, policy: Policy, month: IsoMonth): BoardRow[] {
  return viewRows(boardRows(state, policy, month));
}

/** The next version of a month's board. `changed` names the rows that differ from the version before. */
export function draftBoard(state: BranchState, policy: Policy, month: IsoMonth, at: LocalTime): BoardDraft {
  const rows = boardRows(state, policy, month);
  const shown = viewRows(rows);
  const before = lastBoard(state, month);
  const version = (before?.version ?? 0) + 1;
  const label = policyLabel(policy);
  const fingerprint = fingerprintOf({
    branch: state.name,
    period: month,
    version,
    policy: label,
    rows: shown,
  });
  return {
    month,
    version,
    rows,
    fingerprint,
    publishedAt: at,
    closes: closingDay(dateOfTime(at), state.settings.noticeDays, policy),
    policy: label,
    ...(before ? { changed: changesSince(before, shown).map((c) => c.name) } : {}),
  };
}

/** The newest version, withdrawn or not: version numbers are never used twice. */
export function lastBoard(state: BranchState, month: IsoMonth): BoardRecord | null {
  return state.months[month]?.boards.at(-1) ?? null;
}

export function changesSince(board: Pick<BoardRecord, 'rows'>, rows: readonly BoardRow[]): RowChange[] {
  return changedRows(viewRows(board.rows), rows);
}

/** A published board (or a draft of one) as people look at it. */
export function boardView(state: BranchState, board: BoardDraft | BoardRecord): BoardView {
  const waived = state.months[board.month]?.waived;
  return {
    town: state.town,
    branch: state.name,
    period: board.month,
    version: board.version,
    fingerprint: board.fingerprint,
    publishedAt: board.publishedAt,
    closes: board.closes,
    policy: board.policy,
    rows: viewRows(board.rows),
    ...(waived ? { note: '本月经支部同意免评，不计入年度平均。' } : {}),
  };
}

/** The picture that goes to the group with the text. */
export function boardPicture(view: BoardView): Attachment {
  return {
    kind: 'image',
    name: `${view.branch}${view.period}公示榜v${view.version}.png`,
    form: 'board-picture',
    view,
  };
}
