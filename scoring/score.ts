/**
 * Scoring a case: the one way in. A case comes as whatever a file holds; the answer has exactly the shape that
 * `lanxing score` prints, or every mistake in the case with its place.
 */
import { type Books, inScope, monthNumberOf } from './books.ts';
import { creditedIn } from './bonus.ts';
import type { IsoMonth } from './calendar.ts';
import type { Case } from './case.ts';
import { explainCase } from './explain.ts';
import type { Finding } from './finding.ts';
import { toPoints } from './points.ts';
import type { Policy } from './policy.ts';
import { readCase } from './read-case.ts';
import type { MonthRow, ScoreResult, YearResult } from './result.ts';
import { rulesOf } from './rules.ts';
import { sensitivityOf } from './sensitivity.ts';
import { settleYear, yearResult } from './settlement.ts';
import { type Sheet, newSheet } from './sheet.ts';

export interface ScoreOptions {
  /** The months wanted. */
  readonly months?: readonly IsoMonth[];
  /** The year wanted. With neither months nor a year: every month that a fact is about, and the latest of their years. */
  readonly year?: number | null;
  readonly explain?: boolean;
  readonly sensitivity?: boolean;
}

export type Scored =
  | { readonly result: ScoreResult; readonly findings: readonly []; readonly warnings: readonly Finding[] }
  | { readonly result: null; readonly findings: readonly Finding[]; readonly warnings: readonly [] };

/** A case with mistakes where none were expected: the findings say which. */
export class CaseError extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(findings.map((f) => `${f.place}：${f.problem}`).join('\n'));
    this.name = 'CaseError';
    this.findings = findings;
  }
}

/** Scores a case that was built by the program. Throws a {@link CaseError} where the case is not sound. */
export function score(input: Case, policy: Policy, options: ScoreOptions = {}): ScoreResult {
  const scored = scoreAny(input, policy, options);
  if (!scored.result) throw new CaseError(scored.findings);
  return scored.result;
}

/** Scores a case from outside: mistakes come back as findings, facts without effect as warnings. */
export function scoreAny(input: unknown, policy: Policy, options: ScoreOptions = {}): Scored {
  const read = readCase(input, policy);
  if (!read.books) return { result: null, findings: read.findings, warnings: [] };
  return { result: scoreBooks(read.books, options), findings: [], warnings: read.books.warnings };
}

function scoreBooks(books: Books, options: ScoreOptions): ScoreResult {
  const { months, year } = wanted(books, options);
  const rules = rulesOf(books.policy);
  const sheet = newSheet(books, rules);
  const result: ScoreResult = {
    policy: books.policy.id,
    readings: { ...books.policy.readings },
    months: {},
    year: null,
  };
  for (const month of months) result.months[month] = monthRows(sheet, month);
  const settlement = year === null ? null : settleYear(sheet, year);
  if (settlement) {
    const settled: YearResult = yearResult(sheet, settlement);
    if (options.sensitivity) settled.sensitivity = sensitivityOf(sheet, settlement);
    result.year = settled;
  }
  if (options.explain) result.explain = explainCase(sheet, months, settlement);
  return result;
}

function wanted(books: Books, options: ScoreOptions): { months: readonly IsoMonth[]; year: number | null } {
  const asked = options.months ?? [];
  const year = options.year ?? null;
  if (asked.length > 0 || year !== null) return { months: [...new Set(asked)], year };
  const months = monthsOfFacts(books);
  const last = months.at(-1);
  return { months, year: last === undefined ? null : Number(last.slice(0, 4)) };
}

/** Every month that a fact is about, in order. A claim names a span, not a month, and is left out. */
function monthsOfFacts(books: Books): IsoMonth[] {
  const months = new Set<IsoMonth>();
  for (const fact of books.facts) {
    if ('month' in fact) months.add(fact.month);
    else if ('date' in fact) months.add(fact.date.slice(0, 7));
  }
  return [...months].sort();
}

function monthRows(sheet: Sheet, month: IsoMonth): Record<string, MonthRow> {
  const rows: Record<string, MonthRow> = {};
  const number = monthNumberOf(month);
  sheet.books.members.forEach((member, i) => {
    if (inScope(member, number)) rows[member.name] = monthRow(sheet, i, number);
  });
  return rows;
}

/** One member's month as it is printed. */
function monthRow(sheet: Sheet, member: number, month: number): MonthRow {
  const { rules } = sheet;
  const figures = sheet.month(member, month);
  const bonus = creditedIn(sheet.bonus(member, Math.floor(month / 12)), month);
  const uncapped = figures.pending > 0 ? null : figures.obligation + figures.scored + bonus;
  const posts: Record<string, number | null> = {};
  const pending: string[] = [];
  figures.posts.forEach((post, i) => {
    const { id } = rules.policy.posts[post]!;
    const value = figures.values[i]!;
    posts[id] = value === null ? null : toPoints(value);
    if (value === null) pending.push(id);
  });
  const row: Record<string, unknown> = {};
  rules.items.forEach((item, i) => {
    row[item.id] = toPoints(figures.items[i]!);
  });
  const total =
    uncapped !== null && rules.readings.cap === 'month' ? Math.min(uncapped, rules.monthCap) : uncapped;
  return Object.assign(row, {
    obligation: toPoints(figures.obligation),
    posts,
    service: figures.pending > 0 ? null : toPoints(figures.scored),
    bonus: toPoints(bonus),
    uncapped: uncapped === null ? null : toPoints(uncapped),
    total: total === null ? null : toPoints(total),
    pending,
  }) as MonthRow;
}
