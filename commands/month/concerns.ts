/** What a secretary should know before a month is published: what is open, and what looks like form-filling (R36). */
import type { BranchState, MonthState } from '../../ledger/state.ts';
import { type IsoMonth, type LocalTime, monthOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { rowsNow } from './board.ts';

/** One sentence each, without names where a group may read it. */
export function concernsOf(branch: BranchState, policy: Policy, month: IsoMonth, _at: LocalTime): string[] {
  const m = branch.months[month];
  const concerns: string[] = [];
  const waiting = Object.values(branch.reports).filter(
    (r) => r.state === 'pending' && monthOf(r.date) === month,
  );
  if (waiting.length > 0)
    concerns.push(
      `还有${waiting.length}条报告没有核实，不算数：${waiting.map((r) => `#${r.number}`).join('、')}。`,
    );
  const unsplit = Object.values(m?.scores ?? {}).filter((posts) =>
    Object.values(posts).some((score) => score.total !== undefined),
  ).length;
  if (unsplit > 0) concerns.push(`${unsplit}人的岗位分只有总分，三项没有分开，请记录员补上。`);
  const drafts = openDrafts(branch, month).length;
  if (drafts > 0) concerns.push(`${drafts}条没有会议依据的扣分草稿不算数。`);
  const applications = Object.values(branch.applications).filter((a) => a.state === 'open').length;
  if (applications > 0) concerns.push(`${applications}条加分申请等支委会研究。`);
  const rows = rowsNow(branch, policy, month).filter((r) => r.total !== null && r.deduction === '');
  if (rows.length >= 5 && rows.every((r) => r.total === rows[0]?.total))
    concerns.push(`${rows.length}人都是${rows[0]?.total}分，请再看一看。`);
  return concerns;
}

/** Drafts of the recorder's that no later committee figure has settled. */
export function openDrafts(branch: BranchState, month: IsoMonth): MonthState['adjustments'] {
  const m = branch.months[month];
  if (!m) return [];
  return m.adjustments.filter((d) => !m.finals.some((f) => f.name === d.name && f.item === d.item));
}
