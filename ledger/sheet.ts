import { type IsoMonth, monthOf, yearOf } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { MonthRow, ScoreResult } from '../scoring/result.ts';
import { score, type ScoreOptions } from '../scoring/score.ts';
import { caseOf, inScope } from './case.ts';
import { postsIn } from './fold/people.ts';
import type { Data } from './kinds.ts';
import type { BranchState, MonthState } from './state.ts';

export type BoardRow = Data<'board-published'>['rows'][number];

/** What an item comes to under the recorder's drafts: the last `set`, less what was deducted after it; 0 to 10. */
export function withDrafts(computed: number, drafts: MonthState['adjustments']): number {
  const value = drafts.reduce((v, d) => (d.op === 'set' ? d.points : v - d.points), computed);
  return Math.min(10, Math.max(0, Math.round(value * 10) / 10));
}

interface Kept {
  seq: number;
  results: Map<string, ScoreResult>;
}
const kept = new WeakMap<BranchState, WeakMap<Policy, Kept>>();

/**
 * Scores a branch from its ledger. The recorder's drafts (`item-adjusted`) are no facts: they count once a minute has made
 * them final. The same question at the same sequence is worked out once.
 */
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
  const result = known.results.get(key) ?? score(caseOf(state, year, policy), policy, options);
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
