/**
 * The books of a case: its facts checked and laid out by member and month, before any reading is applied.
 * Months are integers (`year * 12 + month - 1`) and members are positions in the case's list, because a town-year
 * is several hundred thousand facts and each is touched once.
 */
import type { Fact } from './case.ts';
import type { Finding } from './finding.ts';
import type { Units } from './points.ts';
import type { Policy } from './policy.ts';
import type { MarkKind } from './rules.ts';

/** `year * 12 + month - 1`. */
export type MonthNumber = number;

/** One event that may take points from an item. */
export interface Mark {
  readonly kind: MarkKind;
  /** The item it belongs to, by position in the policy. */
  readonly item: number;
  /** The second item of a combined meeting, or -1. */
  readonly also: number;
  /** Position in `facts`. */
  readonly fact: number;
}

export interface PostScore {
  readonly member: number;
  readonly month: MonthNumber;
  readonly post: number;
  /** Commitment and performance, or the total where the split is not known. */
  readonly rest: Units;
  /** The deed's part; 0 where only a total is known. */
  readonly deed: Units;
  readonly split: boolean;
  /** The same member used this deed before: under `one-post` it counts 0. */
  repeated: boolean;
  readonly fact: number;
}

export interface Final {
  readonly member: number;
  readonly month: MonthNumber;
  /** Item by position, or -1. */
  readonly item: number;
  /** Post by position, or -1. */
  readonly post: number;
  readonly points: Units;
  readonly fact: number;
}

/** What is on record for one member in one month. Lists are absent until something is written in them. */
export interface Cell {
  marks: Mark[] | null;
  scores: PostScore[] | null;
  finals: Final[] | null;
  contact: boolean;
  /** Position of the dues entry in `facts`, or -1. */
  dues: number;
}

export interface Claim {
  readonly post: number;
  readonly from: MonthNumber;
  readonly until: MonthNumber;
  readonly fact: number;
}

export interface BonusEntry {
  /** Sorts by day; see {@link dayNumber}. */
  readonly day: number;
  readonly month: MonthNumber;
  readonly item: string;
  readonly level: string | null;
  readonly achievement: string | null;
  readonly points: Units | null;
  readonly occasion: string | null;
  readonly fact: number;
}

export interface CarriedFigures {
  readonly obligation: Units;
  readonly service: Units;
  readonly bonus: Units;
}

export interface Member {
  readonly name: string;
  readonly status: 'full' | 'probationary' | 'exempt';
  readonly floating: boolean;
  /** First and last month in scope, before exemption. */
  readonly first: MonthNumber;
  readonly last: MonthNumber;
  /** Out of scope from this month … */
  readonly exemptFrom: MonthNumber;
  /** … until before this one. */
  readonly exemptBack: MonthNumber;
  /** First whole month as a full member (Q50); before any month where `fullSince` is not given. */
  readonly fullFrom: MonthNumber;
  /** Days of joining and leaving, for who is a member on 31 December. */
  readonly joinedDay: number;
  readonly leftDay: number;
  readonly carried: ReadonlyMap<MonthNumber, CarriedFigures> | null;
}

export interface Books {
  /** The policy in force, the case's own changes included. */
  readonly policy: Policy;
  readonly members: readonly Member[];
  readonly byName: ReadonlyMap<unknown, number>;
  /** By year: a list of `members × 12`, sparse. */
  readonly cells: ReadonlyMap<number, readonly (Cell | undefined)[]>;
  readonly claims: readonly (readonly Claim[])[];
  readonly bonuses: readonly (readonly BonusEntry[])[];
  /** By member: the year-zero acts as year and fact. */
  readonly zeros: readonly (readonly { readonly year: number; readonly fact: number }[])[];
  /** By month: the fact that waived it. */
  readonly waived: ReadonlyMap<MonthNumber, number>;
  readonly history: readonly ReadonlyMap<number, string>[];
  /** Facts without effect, because they lie outside a member's scope. */
  readonly warnings: readonly Finding[];
  /** The facts as given, for explanations. */
  readonly facts: readonly Fact[];
}

/** Whether a month of a member counts here (R02, R33). */
export function inScope(member: Member, month: MonthNumber): boolean {
  return (
    month >= member.first && month <= member.last && (month < member.exemptFrom || month >= member.exemptBack)
  );
}

/** Whether somebody is a member on 31 December: joined by then, and not left by then (leaving that day is leaving). */
export function onRoll(member: Member, year: number): boolean {
  const end = (year * 12 + 11) * 32 + 31;
  return member.joinedDay <= end && member.leftDay > end;
}

export function cellAt(books: Books, member: number, month: MonthNumber): Cell | undefined {
  return books.cells.get(Math.floor(month / 12))?.[member * 12 + (month % 12)];
}

const NO_POSTS: readonly number[] = [];

/** The posts a member holds in a month, by position in the policy, in order of the file, each once. */
export function postsHeld(books: Books, member: number, month: MonthNumber): readonly number[] {
  const claims = books.claims[member]!;
  if (claims.length === 0) return NO_POSTS;
  const posts: number[] = [];
  for (const claim of claims)
    if (month >= claim.from && month <= claim.until && !posts.includes(claim.post)) posts.push(claim.post);
  return posts;
}

export function monthText(month: MonthNumber): string {
  const year = Math.floor(month / 12);
  return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export function monthNumberOf(month: string): MonthNumber {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/**
 * A day as `month number * 32 + day`, or -1 where the text is no day that exists. It sorts by date, and its month
 * is `>> 5`. Digits are read one by one: this runs for every fact of a town, where a regular expression would cost
 * more than everything else.
 */
export function dayNumber(text: unknown): number {
  if (typeof text !== 'string' || text.length !== 10) return -1;
  const month = monthPart(text);
  if (month < 0 || text.charCodeAt(7) !== 45) return -1;
  const a = text.charCodeAt(8) - 48;
  const b = text.charCodeAt(9) - 48;
  if (a < 0 || a > 3 || b < 0 || b > 9) return -1;
  const day = a * 10 + b;
  if (day < 1 || day > 31 || (day > 28 && day > daysIn(month))) return -1;
  return month * 32 + day;
}

/** A month as `year * 12 + month - 1`, or -1. */
export function monthNumber(text: unknown): MonthNumber {
  if (typeof text !== 'string' || text.length !== 7) return -1;
  return monthPart(text);
}

function monthPart(text: string): MonthNumber {
  const a = text.charCodeAt(0) - 48;
  const b = text.charCodeAt(1) - 48;
  const c = text.charCodeAt(2) - 48;
  const d = text.charCodeAt(3) - 48;
  const e = text.charCodeAt(5) - 48;
  const f = text.charCodeAt(6) - 48;
  // A character below 0 gives a negative number, one above 9 a larger one: both ends are checked at once.
  if ((a | b | c | d | e | f) < 0 || a > 9 || b > 9 || c > 9 || d > 9 || e > 1 || f > 9) return -1;
  if (text.charCodeAt(4) !== 45) return -1;
  const month = e * 10 + f;
  if (month < 1 || month > 12) return -1;
  return (a * 1000 + b * 100 + c * 10 + d) * 12 + month - 1;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days in a month by its number. */
function daysIn(month: MonthNumber): number {
  const m = month % 12;
  const year = (month - m) / 12;
  return m === 1 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0) ? 29 : DAYS[m]!;
}

/** The first month that is whole from a day on: its own where the day is the 1st (R33). */
export function firstFullMonth(day: number): MonthNumber {
  return (day & 31) === 1 ? day >> 5 : (day >> 5) + 1;
}

/** The last month that is whole up to a day: its own where the day is the month's last. */
export function lastFullMonth(day: number): MonthNumber {
  const month = day >> 5;
  return (day & 31) === daysIn(month) ? month : month - 1;
}
