import { type IsoMonth, monthOf, yearOf } from '../scoring/calendar.ts';
import type { Case, Fact } from '../scoring/case.ts';
import type { Policy } from '../scoring/policy.ts';
import type { MonthRow, ScoreResult } from '../scoring/result.ts';
import { score, type ScoreOptions } from '../scoring/score.ts';
import { caseOf, inScope } from './case.ts';
import { postsIn } from './fold/people.ts';
import type { Data } from './kinds.ts';
import type { BranchState, MonthState } from './state.ts';

export type BoardRow = Data<'board-published'>['rows'][number];

/** The recorder's own figures for an item, taken together: the last `set`, less what was deducted after it. */
function adjusted(computed: number, adjustments: MonthState['adjustments']): number {
  const value = adjustments.reduce((v, a) => (a.op === 'set' ? a.points : v - a.points), computed);
  return Math.min(10, Math.max(0, Math.round(value * 10) / 10));
}

/** Adjustments as figures for the core. A committee's figure for the same item stands above them. */
function adjustmentFacts(state: BranchState, rows: ScoreResult['months'], year: number): Fact[] {
  const facts: Fact[] = [];
  for (const [month, m] of Object.entries(state.months)) {
    if (yearOf(month) !== year || m.adjustments.length === 0) continue;
    for (const key of new Set(m.adjustments.map((a) => `${a.item} ${a.name}`))) {
      const [item, name] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
      const computed = rows[month]?.[name]?.[item];
      if (typeof computed !== 'number') continue;
      const own = m.adjustments.filter((a) => a.item === item && a.name === name);
      const minute = m.checked?.minute ?? (own.at(-1) as (typeof own)[number]).at.slice(0, 10);
      facts.push({ type: 'final', name, month, item, points: adjusted(computed, own), minute });
    }
  }
  return facts;
}

/** A branch's year for the scoring core, with the recorder's adjustments worked in. */
export function scoredCase(state: BranchState, policy: Policy, year: number): Case {
  const base = caseOf(state, year);
  const months = Object.keys(state.months).filter(
    (month) => yearOf(month) === year && (state.months[month]?.adjustments.length ?? 0) > 0,
  );
  if (months.length === 0) return base;
  const facts = base.facts ?? [];
  const own = adjustmentFacts(
    state,
    score({ ...base, facts: facts.filter((f) => f.type !== 'final') }, policy, { months }).months,
    year,
  );
  return { ...base, facts: [...own, ...facts] };
}

interface Kept {
  seq: number;
  results: Map<string, ScoreResult>;
}
const kept = new WeakMap<BranchState, WeakMap<Policy, Kept>>();

/** Scores a branch from its ledger. The same question at the same sequence is worked out once. */
export function scoreBranch(
  state: BranchState,
  policy: Policy,
  year: number,
  options: ScoreOptions,
): ScoreResult {
  const byPolicy = kept.get(state) ?? new WeakMap<Policy, Kept>();
  kept.set(state, byPolicy);
  let known = byPolicy.get(policy);
  if (!known || known.seq !== state.seq)
    byPolicy.set(policy, (known = { seq: state.seq, results: new Map() }));
  const key = `${year} ${JSON.stringify(options)}`;
  const result = known.results.get(key) ?? score(scoredCase(state, policy, year), policy, options);
  known.results.set(key, result);
  return result;
}

/** The month's rows as the ledger stands: every member in scope, in roster order. */
export function monthSheet(state: BranchState, policy: Policy, month: IsoMonth): Record<string, MonthRow> {
  return scoreBranch(state, policy, yearOf(month), { months: [month] }).months[month] ?? {};
}

/** What a board shows of a month: 附件3's columns and nothing else (R27, R35). */
export function boardRows(state: BranchState, policy: Policy, month: IsoMonth): BoardRow[] {
  const sheet = monthSheet(state, policy, month);
  const zeroed = new Set(
    (state.years[yearOf(month)]?.zeroed ?? []).filter((z) => monthOf(z.date) <= month).map((z) => z.name),
  );
  const names = new Map(policy.posts.map((p) => [p.id, p.shortName]));
  return Object.values(state.people)
    .filter((p) => sheet[p.name] !== undefined && inScope(p, month))
    .map((p) => {
      const row = sheet[p.name] as MonthRow;
      return {
        name: p.name,
        posts: postsIn(p, month).map((id) => names.get(id) ?? id),
        obligation: row.obligation,
        service: row.service,
        bonus: row.bonus,
        deduction: zeroed.has(p.name) ? '年度清零' : '',
        total: row.total,
      };
    });
}
