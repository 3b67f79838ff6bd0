import { changedRows } from '../boards/text.ts';
import type { Annex3View, BoardRow } from '../boards/views/board.ts';
import type { Annex2Month, Annex2View } from '../boards/views/member.ts';
import { rowsNow, scoredOn } from '../commands/month/board.ts';
import { monthsText } from '../commands/wording.ts';
import { monthSheet } from '../ledger/sheet.ts';
import { standingBoard } from '../ledger/stage.ts';
import type { BranchState, Person } from '../ledger/state.ts';
import { type IsoMonth, lastDay, monthsOfYear } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import { profileFields } from './roster-import.ts';

/** Forms that are asked for outside the conversation (`lanxing export`), filled in from a branch's ledger. */

/** The policy in force on a day. */
export type PolicyOn = (day: string) => Policy;

/** 附件3 of a month: the standing board where one is published, else what the ledger says now, marked as a draft. */
export function annex3Month(state: BranchState, policyOn: PolicyOn, month: IsoMonth): Annex3View {
  const policy = policyOn(lastDay(month));
  const now = rowsNow(state, policy, month);
  const m = state.months[month];
  const board = standingBoard(m);
  if (!m || !board)
    return { town: state.town, branch: state.name, period: month, rows: now, note: '草稿，尚未公示。' };
  const rows = board.rows.map(asRow);
  const moved = changedRows(rows, now).map(({ name }) => name);
  return {
    town: state.town,
    branch: state.name,
    period: month,
    scoredOn: scoredOn(m, board),
    rows,
    version: board.version,
    fingerprint: board.fingerprint,
    policy: board.policy,
    ...(moved.length === 0 ? {} : { note: `公示后账本有变动，尚未出新版：${moved.join('、')}。` }),
  };
}

// A stored row's deduction is any text to the schema; a board knows only one word for it.
function asRow<R extends { readonly deduction: string }>(row: R): R & Pick<BoardRow, 'deduction'> {
  return { ...row, deduction: row.deduction === '' ? '' : '年度清零' };
}

/** 附件2 of every member who was in scope in the year, in roster order; months after `until` stay empty. */
export function annex2Views(
  state: BranchState,
  policyOn: PolicyOn,
  year: number,
  until: IsoMonth,
): Annex2View[] {
  const months = monthsOfYear(year).filter((month) => month <= until);
  const sheets = new Map(months.map((month) => [month, monthSheet(state, policyOn(lastDay(month)), month)]));
  const decided = new Map(state.years[year]?.decision?.rows.map((row) => [row.name, row]));
  return Object.values(state.people).flatMap((person) => {
    const lines = months.map(
      (month) =>
        carriedLine(person, month) ?? monthLine(state, person.name, month, sheets.get(month)?.[person.name]),
    );
    if (lines.every((line) => line.outOfScope === '未纳入')) return [];
    const row = decided.get(person.name);
    const { town, name: branch } = state;
    const result =
      row === undefined ? {} : { result: { score: row.score, grade: row.decided, stars: row.stars } };
    return [
      {
        town,
        branch,
        year,
        name: person.name,
        profile: profileFields(person.profile),
        months: lines,
        ...carriedNote(person, months),
        ...result,
      },
    ];
  });
}

/** A month that another branch of the town scored before a transfer: it counts as it is (R33). */
function carriedLine(person: Person, month: IsoMonth): Annex2Month | null {
  const carried = person.carried.find((c) => c.month === month);
  return carried === undefined ? null : { ...carried, deduction: '' };
}

function carriedNote(person: Person, months: readonly IsoMonth[]): Pick<Annex2View, 'note'> {
  const elsewhere = person.carried.map((c) => c.month).filter((month) => months.includes(month));
  return elsewhere.length === 0
    ? {}
    : { note: `${monthsText(elsewhere, `${elsewhere[0]!}-01`)}由原支部评分。` };
}

type Scored = ReturnType<typeof monthSheet>[string];

function monthLine(state: BranchState, name: string, month: IsoMonth, row: Scored | undefined): Annex2Month {
  const none = { month, obligation: null, service: null, bonus: null, deduction: '' } as const;
  if (row === undefined) return { ...none, outOfScope: '未纳入' };
  if (state.months[month]?.waived) return { ...none, outOfScope: '本月免评' };
  const zeroed = (state.years[Number(month.slice(0, 4))]?.zeroed ?? []).some(
    (z) => z.name === name && z.date.slice(0, 7) <= month,
  );
  return {
    month,
    obligation: row.obligation,
    service: row.service,
    bonus: row.bonus,
    deduction: zeroed ? '年度清零' : '',
  };
}
