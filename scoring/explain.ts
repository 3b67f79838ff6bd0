/** Explanations: the lines behind every figure of a result, and behind one member's month or year ("我的分怎么来的"). */
import { inScope, monthNumberOf } from './books.ts';
import type { IsoMonth } from './calendar.ts';
import type { Case } from './case.ts';
import { explainRow } from './explain-month.ts';
import { blockedLines, explainYearOf, quotaLines } from './explain-year.ts';
import type { Policy } from './policy.ts';
import { readCase } from './read-case.ts';
import type { Explanation, FigureLines } from './result.ts';
import { rulesOf } from './rules.ts';
import { type Settlement, settleYear } from './settlement.ts';
import { type Sheet, newSheet } from './sheet.ts';

export type { Explanation, FigureLines } from './result.ts';

export function explainCase(
  sheet: Sheet,
  months: readonly IsoMonth[],
  settlement: Settlement | null,
): Explanation {
  const explanation: Explanation = { months: {}, year: null };
  for (const month of months) {
    const number = monthNumberOf(month);
    const rows: Record<string, FigureLines> = {};
    sheet.books.members.forEach((member, i) => {
      if (inScope(member, number)) rows[member.name] = explainRow(sheet, i, number);
    });
    explanation.months[month] = rows;
  }
  if (settlement) explanation.year = explainSettlement(sheet, settlement);
  return explanation;
}

function explainSettlement(sheet: Sheet, settlement: Settlement): NonNullable<Explanation['year']> {
  const members: Record<string, FigureLines> = {};
  for (const figures of settlement.figures)
    members[sheet.books.members[figures.member]!.name] = explainYearOf(sheet, settlement, figures);
  return { members, quota: quotaLines(sheet, settlement), blocked: blockedLines(sheet, settlement) };
}

/** One member's month, or null where the member is unknown, out of scope that month, or the case is not sound. */
export function explainMonth(input: Case, policy: Policy, name: string, month: IsoMonth): FigureLines | null {
  const sheet = sheetFor(input, policy);
  const member = sheet?.books.byName.get(name);
  if (!sheet || member === undefined) return null;
  const number = monthNumberOf(month);
  return inScope(sheet.books.members[member]!, number) ? explainRow(sheet, member, number) : null;
}

/** One member's year, or null where there is none: blocked, not a member on 31 December, or the case is not sound. */
export function explainYear(input: Case, policy: Policy, name: string, year: number): FigureLines | null {
  const sheet = sheetFor(input, policy);
  const member = sheet?.books.byName.get(name);
  if (!sheet || member === undefined) return null;
  const settlement = settleYear(sheet, year);
  const figures = settlement.figures.find((f) => f.member === member);
  return figures ? explainYearOf(sheet, settlement, figures) : null;
}

function sheetFor(input: Case, policy: Policy): Sheet | null {
  const { books } = readCase(input, policy);
  return books ? newSheet(books, rulesOf(books.policy)) : null;
}
