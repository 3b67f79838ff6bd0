/** 附件2 and 附件3 as the ledger fills them in (R38). */
import type {
  Annex2Month,
  Annex2View,
  Annex3View,
  BoardRow,
  Deduction,
  Profile,
} from '../../boards/views.ts';
import { inScope } from '../../ledger/case.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { boardRows, scoreBranch } from '../../ledger/sheet.ts';
import { standingBoard, stageOf } from '../../ledger/stage.ts';
import type { BranchState, Person } from '../../ledger/state.ts';
import { dateOfTime, type IsoDate, type IsoMonth, lastDay, monthsOfYear } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { policyLabel } from '../month/board.ts';

function annex2Month(
  branch: BranchState,
  person: Person,
  month: IsoMonth,
  rows: readonly BoardRow[],
): Annex2Month {
  const empty = { month, obligation: null, service: null, bonus: null, deduction: '' as Deduction };
  const carried = person.carried.find((c) => c.month === month);
  if (carried)
    return { ...empty, obligation: carried.obligation, service: carried.service, bonus: carried.bonus };
  if (branch.months[month]?.waived) return { ...empty, outOfScope: '免评' };
  if (!inScope(person, month)) return { ...empty, outOfScope: '未纳入' };
  const row = rows.find((r) => r.name === person.name);
  if (!row) return empty;
  return {
    month,
    obligation: row.obligation,
    service: row.service,
    bonus: row.bonus,
    deduction: row.deduction,
  };
}

/** 附件2 of everybody on the roll in a year, or of one member. Months that have not begun stay empty. */
export function annex2Views(
  branch: BranchState,
  policy: Policy,
  year: number,
  today: IsoDate,
  only?: string,
): Annex2View[] {
  const months = monthsOfYear(year).filter((month) => `${month}-01` <= today);
  const rows = new Map(months.map((month) => [month, boardRows(branch, policy, month) as BoardRow[]]));
  const settled = branch.years[year]?.decision;
  const closed = branch.years[year]?.stage === 'closed' || branch.years[year]?.stage === 'published';
  return Object.values(branch.people)
    .filter((p) => (only === undefined ? months.some((m) => inScope(p, m)) : p.name === only))
    .map((person) => {
      const decided = closed ? settled?.rows.find((r) => r.name === person.name) : undefined;
      const graded = decided && decided.decided !== '不确定等次' && decided.decided !== '未纳入';
      return {
        town: branch.town,
        branch: branch.name,
        year,
        name: person.name,
        profile: person.profile as Profile,
        months: months.map((month) => annex2Month(branch, person, month, rows.get(month) ?? [])),
        ...(decided
          ? { result: { score: decided.score, grade: graded ? decided.decided : null, stars: decided.stars } }
          : {}),
      };
    });
}

/** 附件3 of a month: the standing board where there is one, else the sheet as it is now. */
export function annex3OfMonth(branch: BranchState, policy: Policy, month: IsoMonth): Annex3View {
  const m = branch.months[month];
  const board = standingBoard(m);
  const base = { town: branch.town, branch: branch.name, period: month };
  if (!board) {
    const rows = boardRows(branch, policy, month) as BoardRow[];
    return { ...base, rows, policy: policyLabel(policy), note: '尚未公示，供支委会核对' };
  }
  return {
    ...base,
    scoredOn: dateOfTime(board.publishedAt),
    rows: board.rows as BoardRow[],
    version: board.version,
    fingerprint: board.fingerprint,
    policy: board.policy,
    ...(stageOf(m) === 'published' ? { note: `公示至${board.closes}` } : {}),
  };
}

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
    note: '尚未评定，供支部讨论',
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
        posts: postsIn(p, lastDay(`${year}-12`).slice(0, 7)).map((id) => names.get(id) ?? id),
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
