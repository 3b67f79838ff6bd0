/** Small builders for table tests: one fictional branch, facts in a line. */
import type { Case, CaseMember, Fact } from '../../scoring/case.ts';
import type { Policy, Readings } from '../../scoring/policy.ts';
import type { MonthRow, YearMember, YearResult } from '../../scoring/result.ts';
import { score } from '../../scoring/score.ts';
import { standard } from './standard-policy.ts';

export const MINUTE = '2024-12-28';
const YEAR = 2024;

export function caseOf(
  facts: readonly Fact[],
  options: { members?: readonly CaseMember[]; readings?: Partial<Readings>; history?: Case['history'] } = {},
): Case {
  return {
    policy: { readings: options.readings ?? {} },
    members: [...(options.members ?? [{ name: '甲' }])],
    history: options.history ?? null,
    facts: [...facts],
  };
}

type Options = Parameters<typeof caseOf>[1];

/** The row of 甲 in March 2024 unless another is named. */
export function row(facts: readonly Fact[], options: Options = {}, name = '甲', month = '2024-03'): MonthRow {
  const found = score(caseOf(facts, options), standard, { months: [month] }).months[month]?.[name];
  if (!found) throw new Error(`${name} is not in ${month}`);
  return found;
}

export function year(facts: readonly Fact[], options: Options = {}, policy: Policy = standard): YearResult {
  return score(caseOf(facts, options), policy, { year: YEAR }).year!;
}

export function yearOf(facts: readonly Fact[], options: Options = {}, name = '甲'): YearMember {
  const found = year(facts, options).members[name];
  if (!found) throw new Error(`${name} has no year`);
  return found;
}

export function meeting(lists: Partial<Extract<Fact, { type: 'meeting' }>>): Fact {
  return { type: 'meeting', date: '2024-03-15', category: 'study', ...lists };
}

export const months = Array.from({ length: 12 }, (_, i) => `2024-${String(i + 1).padStart(2, '0')}`);

/** One post all year with the same total every month: the year's mean is 40 + total. */
export function service(name: string, total: number, post = 'sanitation'): Fact[] {
  return [
    { type: 'claim', name, post, from: '2024-01' },
    ...months.map((month): Fact => ({ type: 'post-score', name, month, post, total })),
  ];
}

/** Two posts all year, 20 to 60 points a month in all. */
export function strong(name: string, total: number): Fact[] {
  return [...service(name, 30), ...service(name, Math.round((total - 30) * 10) / 10, 'mediation')];
}
