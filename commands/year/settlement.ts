/** A branch's year as computed and as decided: the figures that preview, decision, board and town's review share. */
import type { SettlementRow, SettlementView } from '../../boards/views/year.ts';
import { inScope } from '../../ledger/case.ts';
import { scoreBranch } from '../../ledger/sheet.ts';
import type { BranchState, Person, Task } from '../../ledger/state.ts';
import { type IsoMonth, monthOf, yearOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { READINGS, type ReadingName } from '../../scoring/readings.ts';
import type { YearMember, YearResult } from '../../scoring/result.ts';
import { saidReading } from './reading-words.ts';

/** What may stand in the grade's place on a decision (R30–R32). */
export const OUTCOMES = ['优秀', '合格', '基本合格', '不合格', '不确定等次', '未纳入'] as const;
export type OutcomeWord = (typeof OUTCOMES)[number];

export function isOutcome(value: unknown): value is OutcomeWord {
  return OUTCOMES.some((o) => o === value);
}

export function computedYear(branch: BranchState, policy: Policy, year: number): YearResult {
  const result = scoreBranch(branch, policy, year, { year }).year;
  if (!result) throw new Error('a year was asked for and none came');
  return result;
}

/** Whether a member is exempt on 31 December (Q07). */
export function exemptAtEnd(p: Person, year: number): boolean {
  const end = `${year}-12-31`;
  const { filed = null, until = null } = p.exemption ?? {};
  return filed !== null && filed <= end && (until === null || until > end);
}

/** Whether a member is probationary on 31 December: no grade, no stars (R32). */
export function probationaryAtEnd(p: Person, year: number): boolean {
  return p.status === 'probationary' || (p.fullSince !== null && p.fullSince > `${year}-12-31`);
}

/** Why a member gets no grade; null for everybody who is graded. */
export function standingOf(
  branch: BranchState,
  name: string,
  figures: YearMember,
  year: number,
): OutcomeWord | null {
  const p = branch.people[name];
  if (figures.grade !== null || !p) return null;
  if (exemptAtEnd(p, year)) return '未纳入';
  if (probationaryAtEnd(p, year)) return '不确定等次';
  return figures.score === null ? '未纳入' : null;
}

const STANDING_WORDS: Readonly<Record<string, string>> = {
  未纳入: '未纳入积分管理',
  不确定等次: '预备党员，不定等次',
};

/** Stars of a decided grade: those of the score's own band, or the best of the grade where the grade was changed. */
export function starsOf(policy: Policy, figures: YearMember, decided: OutcomeWord): number | null {
  if (decided === figures.grade) return figures.stars;
  return policy.bands.find((band) => band.grade === decided)?.stars ?? null;
}

function rowOf(branch: BranchState, name: string, m: YearMember, year: number): SettlementRow {
  const decision = branch.years[year]?.decision?.rows.find((r) => r.name === name);
  const standing = standingOf(branch, name, m, year);
  return {
    name,
    months: m.months,
    mean: m.mean,
    bonus: m.bonus,
    score: m.score,
    computed: m.grade,
    stars: decision ? decision.stars : m.stars,
    ...(decision ? { decided: decision.decided } : {}),
    ...(decision?.reason ? { reason: decision.reason } : {}),
    ...(decision?.appraisal ? { appraisal: decision.appraisal } : {}),
    ...(standing
      ? { standing: STANDING_WORDS[standing] ?? standing }
      : m.zeroed
        ? { standing: '年度清零' }
        : {}),
  };
}

/** Tasks of a year that are open or done, oldest first. */
export function tasksOf(branch: BranchState, year: number): Task[] {
  return Object.values(branch.tasks).filter((t) => t.year === year);
}

/** 加分计入方式＝按月. */
export function readingText(name: string, value: string): string {
  const title = READINGS[name as ReadingName].title;
  return `${title}＝${saidReading(name, value)}`;
}

/** Everything the committee and the secretary look at before the year is decided; not for the group. */
export function settlementView(branch: BranchState, policy: Policy, year: number): SettlementView {
  const result = scoreBranch(branch, policy, year, { year, sensitivity: true }).year;
  const decided = branch.years[year]?.decision ?? null;
  const members = Object.entries(result?.members ?? {});
  const tasks = tasksOf(branch, year);
  const expected = members.flatMap(([name, m]) =>
    m.followUps.map((task) => ({ name, task: taskText(policy, task) })),
  );
  const used = decided
    ? decided.rows.filter((r) => r.decided === policy.bands[0]?.grade).length
    : (result?.quota?.excellent.length ?? 0);
  return {
    town: branch.town,
    branch: branch.name,
    year,
    rows: members.map(([name, m]) => rowOf(branch, name, m, year)),
    quota: result?.quota
      ? { base: result.quota.base, places: result.quota.places, used, tied: decided ? [] : result.quota.tied }
      : null,
    blocked: result?.blocked ?? [],
    followUps:
      tasks.length > 0
        ? tasks.map((t) => ({
            name: t.name,
            task: t.task,
            owner: t.owner,
            due: t.due,
            ...(t.done ? { done: t.done.date } : {}),
          }))
        : expected,
    sensitivity: (result?.sensitivity ?? []).map((s) => ({
      name: s.name,
      reading: readingText(s.reading, s.value),
      to: s.grade ?? '待定',
    })),
  };
}

/** 诫勉谈话: the policy's word for a follow-up. */
export function taskText(policy: Policy, task: string): string {
  return (policy.followUps.names as Readonly<Record<string, string>>)[task] ?? task;
}

/** The follow-ups of a decided grade: by the years it failed in a row, or those of a probationary member (R32). */
export function followUpsOf(
  branch: BranchState,
  policy: Policy,
  year: number,
  row: { readonly name: string; readonly decided: string; readonly score: number | null },
): string[] {
  const { failing, probationary } = policy.followUps;
  const p = branch.people[row.name];
  if (row.decided === failing.grade) {
    const outcomes = new Map((p?.history ?? []).map((h) => [h.year, h.outcome]));
    let years = 1;
    while (outcomes.get(year - years) === failing.grade) years += 1;
    return failing.years.slice(0, years).flat();
  }
  const short = row.decided === '不确定等次' && row.score !== null && row.score < probationary.below;
  return short ? [...probationary.tasks] : [];
}

/** Months of the year in which a member came from another branch whose figures have not come with him (R33). */
export function missingCarried(branch: BranchState, year: number): { name: string; month: IsoMonth }[] {
  return Object.values(branch.people).flatMap((p) => {
    if (!p.from || p.joined === null || yearOf(p.joined) !== year) return [];
    const month = monthOf(p.joined);
    const known = p.carried.some((c) => c.month === month) || inScope(p, month);
    return known || p.left !== null ? [] : [{ name: p.name, month }];
  });
}
