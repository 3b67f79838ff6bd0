/** 附件3 of a year as the ledger fills it in (R38). */
import type { Annex3View, BoardRow } from '../../boards/views/board.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { boardRows, scoreBranch } from '../../ledger/sheet.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime, monthsOfYear } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { policyLabel } from '../month/board.ts';

/** 附件3 of a year: means of the 40 and the 60, the year's bonus, score and grade. */
export function annex3OfYear(branch: BranchState, policy: Policy, year: number): Annex3View {
  const base = { town: branch.town, branch: branch.name, period: String(year) };
  const published = branch.years[year]?.boards.at(-1);
  if (published) {
    const { version, fingerprint, policy: label, publishedAt } = published;
    return {
      ...base,
      scoredOn: dateOfTime(publishedAt),
      rows: published.rows as BoardRow[],
      version,
      fingerprint,
      policy: label,
    };
  }
  return {
    ...base,
    rows: yearRows(branch, policy, year),
    policy: policyLabel(policy),
    note: '草稿，尚未评定。义务和岗位是各月平均，加分是全年合计。',
  };
}

function hundredths(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, n) => total + Math.round(n * 100), 0);
  return Math.floor((2 * sum + numbers.length) / (2 * numbers.length)) / 100;
}

/** A year's rows: every member on the roll on 31 December, in roster order. */
export function yearRows(branch: BranchState, policy: Policy, year: number): BoardRow[] {
  const result = scoreBranch(branch, policy, year, { year }).year;
  const months = monthsOfYear(year).filter((month) => !branch.months[month]?.waived);
  const rows = new Map(months.map((month) => [month, boardRows(branch, policy, month)]));
  const names = new Map(policy.posts.map((p) => [p.id, p.shortName]));
  return Object.values(branch.people)
    .filter((p) => result?.members[p.name] !== undefined)
    .map((p) => {
      const member = result!.members[p.name]!;
      const own = months.flatMap(
        (month) => rows.get(month)?.filter((r) => r.name === p.name && r.service !== null) ?? [],
      );
      const carried = p.carried.filter((c) => Number(c.month.slice(0, 4)) === year);
      return {
        name: p.name,
        posts: postsIn(p, `${year}-12`).map((id) => names.get(id) ?? id),
        obligation: hundredths([...own.map((r) => r.obligation ?? 0), ...carried.map((c) => c.obligation)]),
        service: hundredths([...own.map((r) => r.service ?? 0), ...carried.map((c) => c.service)]),
        bonus: member.bonus,
        deduction: member.zeroed ? '年度清零' : '',
        total: member.score,
        grade: member.grade,
        stars: member.stars,
      };
    });
}
