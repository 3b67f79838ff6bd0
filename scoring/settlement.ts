/** The year settlement (评定): grades, stars, the quota of 优秀 and the follow-ups (R30, R31, R32). */
import { type Books, type Member } from './books.ts';
import { type Fraction, type Units, compare, roundHalfUp, toPoints } from './points.ts';
import type { Quota, YearMember, YearResult } from './result.ts';
import type { Rules } from './rules.ts';
import type { Sheet } from './sheet.ts';
import { type YearFigures, unscoredMonths, yearFigures, yearRoll } from './year.ts';

/** Where somebody stands in the race for the places of 优秀. */
export type Place = 'excellent' | 'tied' | 'over-quota';

export interface Settlement {
  readonly year: number;
  readonly blocked: readonly string[];
  readonly figures: readonly YearFigures[];
  /** By member position, for the candidates only. */
  readonly places: ReadonlyMap<number, Place>;
  readonly quota: Quota | null;
}

export function settleYear(sheet: Sheet, year: number): Settlement {
  const blocked = sheet.rules.readings.unscored === 'block' ? unscoredMonths(sheet.books, year) : [];
  if (blocked.length > 0) return { year, blocked, figures: [], places: new Map(), quota: null };
  const figures = yearRoll(sheet.books, year).map((member) => yearFigures(sheet, member, year));
  return { year, blocked, figures, ...award(sheet, figures) };
}

/** R31: ranked by score, then uncapped; a tie across the last place is the committee's to break. */
function award(sheet: Sheet, figures: readonly YearFigures[]): Pick<Settlement, 'places' | 'quota'> {
  const { books, rules } = sheet;
  const base = quotaBase(books, rules, figures);
  const seats = Math.floor((base * Math.round(rules.policy.quota.percent * 100)) / 10_000);
  const ranked = figures
    .filter(
      (f) =>
        f.score !== null &&
        isGraded(rules, books.members[f.member]!) &&
        bandOf(rules, f.score) === rules.bands[0],
    )
    .sort(byRank);
  const tied = tiedAt(ranked, seats);
  const places = new Map<number, Place>();
  ranked.forEach((f, i) =>
    places.set(f.member, tied.has(f) ? 'tied' : i < seats ? 'excellent' : 'over-quota'),
  );
  const namesAt = (place: Place): string[] =>
    ranked.filter((f) => places.get(f.member) === place).map((f) => books.members[f.member]!.name);
  const quota: Quota = {
    base,
    places: seats,
    excellent: namesAt('excellent'),
    tied: namesAt('tied'),
    overQuota: namesAt('over-quota'),
    needsTown: seats === 0,
  };
  return { places, quota };
}

function byRank(a: YearFigures, b: YearFigures): number {
  return compare(b.score!, a.score!) || compare(b.uncapped!, a.uncapped!);
}

function tiedAt(ranked: readonly YearFigures[], seats: number): ReadonlySet<YearFigures> {
  const last = ranked[seats - 1];
  const next = ranked[seats];
  if (!last || !next || byRank(last, next) !== 0) return new Set();
  return new Set(ranked.filter((f) => byRank(f, last) === 0));
}

/** Q45. Graded is a matter of standing: a full member without a month in scope is in the base. */
function quotaBase(books: Books, rules: Rules, figures: readonly YearFigures[]): number {
  const { quotaBase: reading } = rules.readings;
  if (reading === 'all') return figures.length;
  return figures.filter((f) => {
    const member = books.members[f.member]!;
    return reading === 'graded' ? isGraded(rules, member) : member.status !== 'exempt';
  }).length;
}

/** Probationary members are never graded; exempt ones only under `graded` (R32, Q07). */
export function isGraded(rules: Rules, member: Member): boolean {
  return member.status === 'full' || (member.status === 'exempt' && rules.readings.exempt === 'graded');
}

/** The band of a score, which is compared at two decimals (R30). */
export function bandOf(rules: Rules, score: Fraction): Rules['bands'][number] {
  const rounded = roundHalfUp(score);
  return rules.bands.find((band) => rounded >= band.from)!;
}

export function gradeOf(
  rules: Rules,
  member: Member,
  figures: YearFigures,
  place: Place | undefined,
): { readonly grade: string | null; readonly stars: number | null } {
  if (figures.score === null || place === 'tied' || !isGraded(rules, member))
    return { grade: null, stars: null };
  const band =
    place === 'over-quota' && rules.readings.overQuota === 'qualified'
      ? rules.bands[1]!
      : bandOf(rules, figures.score);
  return { grade: band.grade, stars: band.stars };
}

/** How many years in a row, this one included, failed; a year missing from the history breaks the row. */
export function failingYears(books: Books, rules: Rules, member: number, year: number): number {
  const failing = rules.policy.followUps.failing.grade;
  let years = 1;
  while (books.history[member]!.get(year - years) === failing) years += 1;
  return years;
}

export function followUpsOf(
  books: Books,
  rules: Rules,
  figures: YearFigures,
  grade: string | null,
  year: number,
): string[] {
  const { failing, probationary } = rules.policy.followUps;
  if (grade === failing.grade)
    return failing.years.slice(0, failingYears(books, rules, figures.member, year)).flat();
  const short = figures.score !== null && roundHalfUp(figures.score) < probationary.below * 100;
  return books.members[figures.member]!.status === 'probationary' && short ? [...probationary.tasks] : [];
}

export function printed(value: Fraction | null): number | null {
  return value === null ? null : toPoints(roundHalfUp(value) satisfies Units);
}

export function yearResult(sheet: Sheet, settlement: Settlement): YearResult {
  const { year, blocked, figures, quota } = settlement;
  const members: Record<string, YearMember> = {};
  for (const f of figures) members[sheet.books.members[f.member]!.name] = yearMember(sheet, settlement, f);
  return {
    year,
    state: blocked.length > 0 ? 'blocked' : 'computed',
    blocked: [...blocked],
    members,
    quota,
  };
}

function yearMember(sheet: Sheet, settlement: Settlement, figures: YearFigures): YearMember {
  const { books, rules } = sheet;
  const who = books.members[figures.member]!;
  const { grade, stars } = gradeOf(rules, who, figures, settlement.places.get(figures.member));
  return {
    months: figures.months,
    mean: printed(figures.mean),
    bonus: toPoints(figures.bonus),
    uncapped: printed(figures.uncapped),
    score: printed(figures.score),
    grade,
    stars,
    zeroed: figures.zeroed,
    followUps: followUpsOf(books, rules, figures, grade, settlement.year),
  };
}
