/** One branch in the town's check of a year: members = graded + probationary + exempt, 优秀 within its places, months scored. */
import type { YearReviewRow } from '../../boards/views/year.ts';
import { standingBoard, yearStageOf } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import { monthsOfYear } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { STAGES } from '../year/decide.ts';
import { computedYear, exemptAtEnd, probationaryAtEnd } from '../year/settlement.ts';

/** Everybody on the roll on 31 December. */
function onRoll(branch: BranchState, year: number): string[] {
  const end = `${year}-12-31`;
  return Object.values(branch.people)
    .filter((p) => (p.joined === null || p.joined <= end) && (p.left === null || p.left.date > end))
    .map((p) => p.name);
}

export function reviewRow(branch: BranchState, policy: Policy, year: number): YearReviewRow {
  const decided = new Map(branch.years[year]?.decision?.rows.map((r) => [r.name, r.decided]));
  const result = computedYear(branch, policy, year);
  const names = onRoll(branch, year);
  const count = (...outcomes: string[]): number =>
    names.filter((name) => outcomes.includes(decided.get(name) ?? result.members[name]?.grade ?? '')).length;
  const graded = count('优秀', '合格', '基本合格', '不合格');
  const ungraded = names.filter(
    (name) =>
      !['优秀', '合格', '基本合格', '不合格'].includes(
        decided.get(name) ?? result.members[name]?.grade ?? '',
      ),
  );
  const exempt = ungraded.filter((name) => exemptAtEnd(branch.people[name]!, year)).length;
  const probationary = ungraded.filter((name) => {
    const p = branch.people[name]!;
    return !exemptAtEnd(p, year) && probationaryAtEnd(p, year);
  }).length;
  return {
    branch: branch.name,
    members: names.length,
    excellent: count('优秀'),
    qualified: count('合格'),
    basic: count('基本合格'),
    failed: count('不合格'),
    probationary,
    exempt,
    others: names.length - graded - exempt - probationary,
    places: placesOf(branch, policy, year, names.length),
    months: monthsOfYear(year).filter((month) => {
      const m = branch.months[month];
      return m !== undefined && (m.waived !== null || standingBoard(m) !== null);
    }).length,
    stage: STAGES[yearStageOf(branch.years[year], result.blocked)],
  };
}

function placesOf(branch: BranchState, policy: Policy, year: number, members: number): number {
  const quota = computedYear(branch, policy, year).quota;
  return quota?.places ?? Math.floor((members * policy.quota.percent) / 100);
}

/** `党员24人＝优秀4＋合格18＋预备1＋未纳入1，优秀名额4/4，有分或免评12个月`. */
export function reviewSummary(row: YearReviewRow): string {
  const parts = [
    ['优秀', row.excellent],
    ['合格', row.qualified],
    ['基本合格', row.basic],
    ['不合格', row.failed],
    ['预备', row.probationary],
    ['未纳入', row.exempt],
    ['待定', row.others],
  ].filter(([, n]) => n !== 0);
  return `党员${row.members}人＝${parts.map(([word, n]) => `${word}${n}`).join('＋')}，优秀名额${row.excellent}/${row.places}，有分或免评${row.months}个月`;
}
