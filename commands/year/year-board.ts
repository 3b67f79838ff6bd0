/** The board of a year: 附件3 with the decided grades and stars, its version, fingerprint and closing day (R11, R27). */
import { fingerprintOf } from '../../boards/fingerprint.ts';
import type { BoardRow, BoardView } from '../../boards/views/board.ts';
import type { DataIn } from '../../ledger/kinds.ts';
import type { BranchState, YearState } from '../../ledger/state.ts';
import { isOpen } from '../../scheduler/open-jobs.ts';
import { dateOfTime, type LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { closingDay, policyLabel } from '../month/board.ts';
import { yearRows } from './year-sheet.ts';

/** R11: never fewer, whatever a branch sets for its months. */
const LEAST_DAYS = 7;

export type YearDraft = DataIn<'year-published'>;
type YearBoard = YearState['boards'][number];

/** The year's rows with what was decided in the place of what was computed. */
export function decidedRows(branch: BranchState, policy: Policy, year: number): BoardRow[] {
  const decided = new Map(branch.years[year]?.decision?.rows.map((r) => [r.name, r]));
  return yearRows(branch, policy, year).map((row) => {
    const d = decided.get(row.name);
    if (!d) return row;
    const graded = d.decided !== '不确定等次' && d.decided !== '未纳入';
    return { ...row, total: d.score, grade: graded ? d.decided : null, stars: graded ? d.stars : null };
  });
}

export function draftYear(branch: BranchState, policy: Policy, year: number, at: LocalTime): YearDraft {
  const rows = decidedRows(branch, policy, year);
  const version = (branch.years[year]?.boards.at(-1)?.version ?? 0) + 1;
  const label = policyLabel(policy);
  const fingerprint = fingerprintOf({
    branch: branch.name,
    period: String(year),
    version,
    policy: label,
    rows,
  });
  const days = Math.max(LEAST_DAYS, branch.settings.noticeDays);
  return {
    year,
    version,
    rows: rows.map((r) => ({
      ...r,
      posts: [...r.posts],
      bonus: r.bonus ?? 0,
      grade: r.grade ?? null,
      stars: r.stars ?? null,
    })),
    fingerprint,
    publishedAt: at,
    closes: closingDay(dateOfTime(at), days, policy),
    policy: label,
  };
}

export function yearBoardView(branch: BranchState, board: YearDraft | YearBoard): BoardView {
  return {
    town: branch.town,
    branch: branch.name,
    period: String(board.year),
    version: board.version,
    fingerprint: board.fingerprint,
    publishedAt: board.publishedAt,
    closes: board.closes,
    policy: board.policy,
    rows: board.rows.map((r) => ({ ...r, deduction: r.deduction === '年度清零' ? '年度清零' : '' })),
    note: '义务和岗位是各月平均，加分是全年合计。预备党员和未纳入积分管理的党员不定等次。',
  };
}

/** The year whose board hangs out now, the oldest where there are several; null = none. */
export function openYear(branch: BranchState): number | null {
  const years = Object.entries(branch.years).filter(([, y]) => y.stage === 'published');
  return years.map(([year]) => Number(year)).sort((a, b) => a - b)[0] ?? null;
}

/** The year board that still waits for a member's confirmation; null = nothing to confirm. */
export function yearBoardOpenFor(branch: BranchState, name: string): YearBoard | null {
  const year = openYear(branch);
  const state = year === null ? undefined : branch.years[year];
  const board = state?.boards.at(-1);
  if (!state || !board || !board.rows.some((r) => r.name === name)) return null;
  return state.confirmed[name]?.version === board.version ? null : board;
}

/** Objections against a year that nobody has answered yet, oldest first. */
export function openYearTickets(branch: BranchState, year: number): BranchState['tickets'][number][] {
  return Object.values(branch.tickets).filter((t) => t.year === year && isOpen(t));
}

export function unconfirmedOfYear(branch: BranchState, year: number): string[] {
  const state = branch.years[year];
  const board = state?.boards.at(-1);
  if (!state || !board) return [];
  return board.rows.map((r) => r.name).filter((name) => state.confirmed[name]?.version !== board.version);
}
