/** The year of each member as exact fractions (R08, R30), before quota and grades. */
import {
  type Books,
  type Member,
  type MonthNumber,
  cellAt,
  inScope,
  monthText,
  onRoll,
  postsHeld,
} from './books.ts';
import { type Fraction, type Units, atMost } from './points.ts';
import type { Rules } from './rules.ts';
import type { Sheet } from './sheet.ts';

/** One month that counts in the mean. */
export interface YearMonth {
  readonly month: MonthNumber;
  readonly carried: boolean;
  readonly obligation: Units;
  readonly service: Units;
  /** The bonus the reading Q02 puts into this month; 0 under `annual`. */
  readonly bonus: Units;
}

export interface YearFigures {
  readonly member: number;
  readonly months: number;
  readonly divisor: number;
  readonly bonus: Units;
  readonly mean: Fraction | null;
  readonly uncapped: Fraction | null;
  readonly score: Fraction | null;
  readonly zeroed: boolean;
}

const ZERO: Fraction = { n: 0, d: 1 };

/** The months that block the year: somebody in scope has a post 待评 and the month is not waived (Q06). */
export function unscoredMonths(books: Books, year: number): string[] {
  const months: string[] = [];
  for (let month = year * 12; month < year * 12 + 12; month++)
    if (
      !books.waived.has(month) &&
      books.members.some((m, i) => inScope(m, month) && hasPending(books, i, month))
    )
      months.push(monthText(month));
  return months;
}

/** Whether a held post has neither a score nor a final in this month. No reading bears on it. */
function hasPending(books: Books, member: number, month: MonthNumber): boolean {
  if (books.claims[member]!.length === 0) return false;
  const cell = cellAt(books, member, month);
  return postsHeld(books, member, month).some(
    (post) => !cell?.scores?.some((s) => s.post === post) && !cell?.finals?.some((f) => f.post === post),
  );
}

/** Everybody who is a member on 31 December, in order of the case. */
export function yearRoll(books: Books, year: number): number[] {
  return books.members.flatMap((member, i) => (onRoll(member, year) ? [i] : []));
}

/** The months of a member that count in the year's mean, in order. */
export function yearMonths(sheet: Sheet, member: number, year: number): YearMonth[] {
  const out: YearMonth[] = [];
  eachMonth(sheet, member, year, (month, carried, obligation, service, bonus) => {
    out.push({ month, carried, obligation, service, bonus });
  });
  return out;
}

function eachMonth(
  sheet: Sheet,
  member: number,
  year: number,
  take: (month: MonthNumber, carried: boolean, obligation: Units, service: Units, bonus: Units) => void,
): void {
  const { books, rules } = sheet;
  const who = books.members[member]!;
  const inMonth = bonusByMonth(sheet, who, member, year);
  for (let m = 0; m < 12; m++) {
    const month = year * 12 + m;
    const bonus = inMonth ? inMonth[m]! : 0;
    const carried = who.carried?.get(month);
    // Scored in another branch: it counts as it is, whatever this branch waives.
    if (carried) take(month, true, carried.obligation, carried.service, bonus);
    else if (inScope(who, month) && !books.waived.has(month) && !isDropped(rules, who, month)) {
      const figures = sheet.month(member, month);
      take(month, false, figures.obligation, figures.scored, bonus);
    }
  }
}

/** Q50: under `drop` the months before somebody became full leave the mean; the status on 31 December stays. */
export function isDropped(rules: Rules, member: Member, month: MonthNumber): boolean {
  return rules.readings.probationMonths === 'drop' && month < member.fullFrom;
}

/** Q02: what each month's figure holds of the bonus, or null where the bonus is the year's alone. */
function bonusByMonth(sheet: Sheet, who: Member, member: number, year: number): Units[] | null {
  const reading = sheet.rules.readings.bonus;
  if (reading === 'annual') return null;
  const { credits } = sheet.bonus(member, year);
  if (credits.length === 0 && !who.carried) return null;
  const months = Array.from({ length: 12 }, (_, m) => who.carried?.get(year * 12 + m)?.bonus ?? 0);
  for (const credit of credits) months[credit.entry.month % 12]! += credit.credited;
  if (reading === 'carried') for (let m = 1; m < 12; m++) months[m]! += months[m - 1]!;
  return months;
}

/** Computes a member's year. With no month that counts, mean, uncapped and score are null. */
export function yearFigures(sheet: Sheet, member: number, year: number): YearFigures {
  const { books, rules } = sheet;
  const { cap, bonus: reading } = rules.readings;
  const bonus = sheet.bonus(member, year).total;
  const zeroed = books.zeros[member]!.some((zero) => zero.year === year);
  let months = 0;
  let sum = 0;
  let capped = 0;
  eachMonth(sheet, member, year, (_month, _carried, obligation, service, inMonth) => {
    const figure = obligation + service + inMonth;
    months += 1;
    sum += figure;
    capped += cap === 'month' ? Math.min(figure, rules.monthCap) : figure;
  });
  if (months === 0)
    return {
      member,
      months,
      divisor: 0,
      bonus,
      mean: null,
      uncapped: null,
      score: zeroed ? ZERO : null,
      zeroed,
    };
  const divisor = divisorOf(sheet, member, year, months);
  const annual = reading === 'annual';
  const mean = { n: annual ? sum : capped, d: divisor };
  const uncapped = { n: annual ? sum + bonus * divisor : sum, d: divisor };
  const computed = annual ? uncapped : mean;
  const score = zeroed ? ZERO : cap === 'none' ? computed : atMost(computed, rules.scoreCap);
  return { member, months, divisor, bonus, mean, uncapped, score, zeroed };
}

/**
 * Q04. Under `twelve` months out of scope stay in the divisor; a waived month leaves it, unless this member was
 * scored elsewhere in it.
 */
function divisorOf(sheet: Sheet, member: number, year: number, months: number): number {
  if (sheet.rules.readings.divisor === 'in-scope') return months;
  const { carried } = sheet.books.members[member]!;
  let divisor = 12;
  for (const month of sheet.books.waived.keys())
    if (Math.floor(month / 12) === year && !carried?.has(month)) divisor -= 1;
  return divisor;
}
