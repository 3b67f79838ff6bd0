/**
 * The books while they are being written, and the small readers of values that every part of a case shares.
 * A reader reports what is wrong at its place and returns a value that keeps the reading going, so that one run
 * finds every mistake.
 */
import {
  type BonusEntry,
  type Cell,
  type Claim,
  type Final,
  type Member,
  type MonthNumber,
  type PostScore,
  dayNumber,
  inScope,
  monthNumber,
  monthText,
} from './books.ts';
import type { Finding } from './finding.ts';
import { type Units, hasDecimals, toUnits } from './points.ts';
import type { Rules } from './rules.ts';

export type Raw = Record<string, unknown>;

export interface Draft {
  readonly rules: Rules;
  readonly findings: Finding[];
  readonly warnings: Finding[];
  readonly members: Member[];
  readonly byName: Map<unknown, number>;
  readonly cells: Map<number, (Cell | undefined)[]>;
  readonly claims: Claim[][];
  readonly bonuses: BonusEntry[][];
  readonly zeros: { year: number; fact: number }[][];
  readonly waived: Map<MonthNumber, number>;
  readonly history: Map<number, string>[];
  /** Every post score and final of the file, checked against claims once all claims are known. */
  readonly scores: PostScore[];
  readonly finals: Final[];
  /** Scores in scope that name a deed, with its id. */
  readonly deeds: { score: PostScore; deedId: string }[];
}

export function newDraft(rules: Rules): Draft {
  return {
    rules,
    findings: [],
    warnings: [],
    members: [],
    byName: new Map(),
    cells: new Map(),
    claims: [],
    bonuses: [],
    zeros: [],
    waived: new Map(),
    history: [],
    scores: [],
    finals: [],
    deeds: [],
  };
}

/** The record of a member's month, opened where there is none yet. */
export function openCell(draft: Draft, member: number, month: MonthNumber): Cell {
  const m = month % 12;
  const year = (month - m) / 12;
  let cells = draft.cells.get(year);
  if (!cells) {
    cells = Array.from<Cell | undefined>({ length: draft.members.length * 12 });
    draft.cells.set(year, cells);
  }
  const at = member * 12 + m;
  let cell = cells[at];
  if (!cell) {
    cell = { marks: null, scores: null, finals: null, contact: false, dues: -1 };
    cells[at] = cell;
  }
  return cell;
}

/** Whether a fact about this month counts; if not it is named in a warning. */
export function counts(draft: Draft, member: number, month: MonthNumber, place: string | number): boolean {
  const who = draft.members[member]!;
  if (inScope(who, month)) return true;
  draft.warnings.push({
    place: typeof place === 'number' ? `facts[${place}]` : place,
    problem: `${who.name} ${monthText(month)} 不在积分范围内，此条不起作用`,
  });
  return false;
}

export function say(draft: Draft, place: string, problem: string, mend?: string): void {
  draft.findings.push(mend === undefined ? { place, problem } : { place, problem, mend });
}

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** How a wrong value is shown in a finding: short, and as it stands in the file. */
export function show(value: unknown): string {
  if (value === undefined) return '（缺）';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

export function checkFields(
  draft: Draft,
  raw: Raw,
  known: ReadonlySet<string>,
  place: string | number,
): void {
  for (const key in raw)
    if (!known.has(key))
      say(
        draft,
        `${typeof place === 'number' ? `facts[${place}]` : place}${place === '' ? '' : '.'}${key}`,
        '没有这个字段',
        `可用的字段：${[...known].join('、')}`,
      );
}

/** A list that may be left out. */
export function readList(draft: Draft, value: unknown, place: string): readonly unknown[] {
  if (isMissing(value)) return [];
  if (Array.isArray(value)) return value;
  say(draft, place, `须为列表，现为 ${show(value)}`);
  return [];
}

/** One of some words; `fallback` where it may be left out. */
export function readWord<T extends string>(
  draft: Draft,
  value: unknown,
  words: readonly T[],
  place: string,
  fallback?: T,
): T | undefined {
  if (isMissing(value) && fallback !== undefined) return fallback;
  const word = words.find((w) => w === value);
  if (word === undefined)
    say(draft, place, isMissing(value) ? '缺' : `不认识 ${show(value)}`, `可用：${words.join('、')}`);
  return word;
}

export function readFlag(draft: Draft, value: unknown, place: string): boolean {
  if (isMissing(value)) return false;
  if (typeof value === 'boolean') return value;
  say(draft, place, `须为 true 或 false，现为 ${show(value)}`);
  return false;
}

/** A day as in {@link dayNumber}, -1 after a finding, or `fallback` where it is left out. */
export function readDay(draft: Draft, value: unknown, place: string, fallback?: number): number {
  if (isMissing(value) && fallback !== undefined) return fallback;
  const day = dayNumber(value);
  if (day < 0)
    say(draft, place, isMissing(value) ? '缺日期' : `${show(value)} 不是存在的日期`, '写成 2024-03-15');
  return day;
}

export function readMonth(draft: Draft, value: unknown, place: string, fallback?: number): MonthNumber {
  if (isMissing(value) && fallback !== undefined) return fallback;
  const month = monthNumber(value);
  if (month < 0)
    say(draft, place, isMissing(value) ? '缺月份' : `${show(value)} 不是存在的月份`, '写成 2024-03');
  return month;
}

/** Points from `least` to `most` with at most `decimals` decimals, as units; NaN after a finding. */
export function readUnits(
  draft: Draft,
  value: unknown,
  least: number,
  most: number,
  decimals: number,
  place: string,
): Units {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    say(draft, place, `须为 ${least} 到 ${most} 的数，现为 ${show(value)}`);
    return Number.NaN;
  }
  if (!hasDecimals(value, decimals)) {
    say(draft, place, `最多 ${decimals} 位小数，现为 ${show(value)}`);
    return Number.NaN;
  }
  return toUnits(value);
}
