/** One member's month as it stands: every figure with its lines and clauses, and what is still short (R14–R23). */
import type { ExplanationItem, ExplanationView } from '../../boards/views/member.ts';
import { inScope } from '../../ledger/case.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { monthSheet, scoreBranch } from '../../ledger/sheet.ts';
import { stageOf, standingBoard } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import { type IsoMonth, type LocalTime, monthOf, monthsOfYear, yearOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { ExplainLine, MonthRow } from '../../scoring/result.ts';
import { activityName, minimumOf, monthText, postTitle } from '../wording.ts';

const STAGE_WORDS = {
  open: '记录中',
  collected: '待审核',
  checked: '已审核',
  published: '公示中',
  closed: '公示结束',
  filed: '已备案',
  received: '已备案',
  returned: '镇里退回',
} as const;

/** Null where the member is out of scope in that month. */
export function recordOf(
  branch: BranchState,
  policy: Policy,
  name: string,
  month: IsoMonth,
  now: LocalTime,
): ExplanationView | null {
  const result = scoreBranch(branch, policy, yearOf(month), { months: [month], explain: true });
  const row = result.months[month]?.[name];
  const lines = result.explain?.months[month]?.[name];
  if (!row || !lines) return null;
  const state = branch.months[month];
  const board = standingBoard(state);
  const so = yearSoFar(branch, policy, name, month);
  return {
    name,
    period: month,
    state: `${STAGE_WORDS[stageOf(state)]}${board ? ` 第${board.version}版` : ''}`,
    items: [
      ...policy.items.map((item) => itemOf(branch, month, name, item, row, lines[item.id] ?? [])),
      ...postItems(branch, policy, row, lines),
      ...bonusItem(policy, row, lines['bonus'] ?? []),
    ],
    total: row.total,
    shortfalls: shortfallsOf(branch, policy, name, month, now),
    ...(so ? { yearSoFar: so } : {}),
  };
}

/** Lines of a figure without its own name in front, and without those that say that nothing happened. */
function told(label: string, lines: readonly ExplainLine[]): ExplanationItem['lines'] {
  return lines
    .filter((l) => !l.text.includes('：没有扣分') && !l.text.startsWith(`${label} 待评`))
    .map((l) => ({ text: l.text.startsWith(`${label} `) ? l.text.slice(label.length + 1) : l.text }));
}

function itemOf(
  branch: BranchState,
  month: IsoMonth,
  name: string,
  item: Policy['items'][number],
  row: MonthRow,
  lines: readonly ExplainLine[],
): ExplanationItem {
  const points = row[item.id];
  const state = branch.months[month];
  const typed = state?.adjustments.filter((a) => a.name === name && a.item === item.id) ?? [];
  const decided = state?.finals.some((f) => f.name === name && f.item === item.id) ?? false;
  // The recorder's drafts do not count before the committee has decided; they are shown as what they are.
  const said = decided
    ? []
    : typed.map((a) => ({
        text: `草稿，支委会定了才算：${a.op === 'set' ? `${a.by}记为${a.points}` : `${a.by}扣${a.points}`}${a.reason ? `：${a.reason}` : ''}`,
        clause: item.clause,
      }));
  return {
    label: item.name,
    points: typeof points === 'number' ? points : null,
    of: item.points,
    lines: [...told(item.name, lines), ...said],
  };
}

function postItems(
  branch: BranchState,
  policy: Policy,
  row: MonthRow,
  lines: Readonly<Record<string, readonly ExplainLine[]>>,
): ExplanationItem[] {
  const { parts } = policy.service;
  const full = parts.commitment.points + parts.performance.points + parts.deed.points;
  return Object.entries(row.posts).map(([post, points]) => {
    const label = policy.posts.find((p) => p.id === post)?.shortName ?? postTitle({ branch, policy }, post);
    return { label, points, of: full, lines: told(label, lines[post] ?? []) };
  });
}

function bonusItem(policy: Policy, row: MonthRow, lines: readonly ExplainLine[]): ExplanationItem[] {
  if (row.bonus === 0 && lines.length < 2) return [];
  return [
    {
      label: policy.bonus.name,
      points: row.bonus,
      of: policy.bonus.yearCap,
      lines: lines.map((l) => ({ text: l.text })),
    },
  ];
}

/** What a member could still see to, one sentence each: activities short of a minimum, posts not scored. */
export function shortfallsOf(
  branch: BranchState,
  policy: Policy,
  name: string,
  month: IsoMonth,
  now: LocalTime,
): string[] {
  const person = branch.people[name];
  if (!person || !inScope(person, month)) return [];
  const lines: string[] = [];
  for (const post of postsIn(person, month)) {
    const minimum = minimumOf({ branch, policy }, post);
    const { verified, pending } = timesOf(branch, name, post, month);
    if (minimum !== null && verified < minimum) {
      const waiting = pending > 0 ? `，另有${pending}次待核实` : '';
      lines.push(
        `${monthText(month, now)}${activityName({ branch, policy }, post)}已核实${verified}次，至少${minimum}次${waiting}`,
      );
    }
  }
  return lines;
}

/** Days of the month on which somebody did a post's activity: verified, and still waiting. */
function timesOf(
  branch: BranchState,
  name: string,
  post: string,
  month: IsoMonth,
): { readonly verified: number; readonly pending: number } {
  const own = Object.values(branch.reports).filter(
    (r) => r.post === post && monthOf(r.date) === month && r.names.includes(name),
  );
  const days = (state: 'verified' | 'pending'): Set<string> =>
    new Set(own.filter((r) => r.state === state).map((r) => r.date));
  const verified = days('verified');
  return { verified: verified.size, pending: [...days('pending')].filter((d) => !verified.has(d)).length };
}

export interface YearSoFar {
  readonly months: number;
  readonly mean: number;
  readonly bonus: number;
}

/** The mean of the months scored so far, up to and including `last`; null before the first one. */
export function yearSoFar(
  branch: BranchState,
  policy: Policy,
  name: string,
  last: IsoMonth,
): YearSoFar | null {
  const rows = scoredMonths(branch, policy, name, last);
  if (rows.length === 0) return null;
  // The year's mean is of 义务 and 岗位 where the bonus counts by the year, of the month's total otherwise (Q02).
  const annual = policy.readings.bonus === 'annual';
  const hundredths = rows.reduce(
    (sum, { row }) =>
      sum + Math.round((annual ? row.obligation + (row.service ?? 0) : (row.total ?? 0)) * 100),
    0,
  );
  const bonus = rows.reduce((sum, { row }) => sum + Math.round(row.bonus * 100), 0);
  return { months: rows.length, mean: Math.floor(hundredths / rows.length + 0.5) / 100, bonus: bonus / 100 };
}

export function scoredMonths(
  branch: BranchState,
  policy: Policy,
  name: string,
  last: IsoMonth,
): { readonly month: IsoMonth; readonly row: MonthRow }[] {
  return monthsOfYear(yearOf(last))
    .filter((month) => month <= last && branch.months[month]?.waived == null)
    .flatMap((month) => {
      const row = monthSheet(branch, policy, month)[name];
      return row && row.total !== null && hasBegun(branch, month) ? [{ month, row }] : [];
    });
}

/** A month nobody has recorded anything in is not a full score; it is not known yet. */
function hasBegun(branch: BranchState, month: IsoMonth): boolean {
  const state = branch.months[month];
  if (state && (state.boards.length > 0 || Object.keys(state.scores).length > 0)) return true;
  return (
    Object.values(branch.people).some((p) => p.carried.some((c) => c.month === month)) ||
    (state?.finals.length ?? 0) > 0
  );
}
