/**
 * The sheet: months and bonuses of a case under one set of readings, computed when asked for and kept, because rows,
 * the year and the sensitivity all ask for the same ones. A sheet lives as long as one scoring.
 */
import type { Books, MonthNumber } from './books.ts';
import { type YearBonus, yearBonus } from './bonus.ts';
import { type MonthFigures, monthFigures } from './month.ts';
import type { Rules } from './rules.ts';

export interface Sheet {
  readonly books: Books;
  readonly rules: Rules;
  readonly month: (member: number, month: MonthNumber) => MonthFigures;
  readonly bonus: (member: number, year: number) => YearBonus;
}

/** `months` and `bonuses`: a sheet to take those from, where the readings that differ do not bear on them. */
export function newSheet(
  books: Books,
  rules: Rules,
  from: { readonly months?: Sheet; readonly bonuses?: Sheet } = {},
): Sheet {
  const months = new Map<number, MonthFigures[]>();
  const bonuses = new Map<number, YearBonus[]>();
  const ownMonth = (member: number, month: MonthNumber): MonthFigures => {
    const year = Math.floor(month / 12);
    const list = listOf(months, year, books.members.length * 12);
    return (list[member * 12 + (month % 12)] ??= monthFigures(books, rules, member, month));
  };
  const ownBonus = (member: number, year: number): YearBonus =>
    (listOf(bonuses, year, books.members.length)[member] ??= yearBonus(books, rules, member, year));
  return {
    books,
    rules,
    month: from.months ? from.months.month : ownMonth,
    bonus: from.bonuses ? from.bonuses.bonus : ownBonus,
  };
}

function listOf<T>(lists: Map<number, T[]>, year: number, length: number): T[] {
  let list = lists.get(year);
  if (!list) lists.set(year, (list = Array.from<T>({ length })));
  return list;
}
