/** What the ballots of a mutual rating come to: figures a member, never who gave them (R25, Q35). */
import type { BranchState } from '../../ledger/state.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { MonthRow } from '../../scoring/result.ts';

export interface Rated {
  readonly name: string;
  readonly ballots: number;
  /** Half up to two decimals. */
  readonly mean: number;
}

/** The mean of a member's ratings, the highest and the lowest left out from five ballots up. */
export function ratingMeans(branch: BranchState, policy: Policy, month: IsoMonth): Rated[] {
  const ballots = Object.values(branch.months[month]?.rating?.ballots ?? {});
  return Object.keys(branch.people).flatMap((name) => {
    // Hundredths, so that the sum is exact.
    const given = ballots
      .flatMap((b) => (b[name] === undefined ? [] : [Math.round(b[name] * 100)]))
      .sort((a, b) => a - b);
    if (given.length === 0) return [];
    const kept = given.length >= policy.mutual.trimFrom ? given.slice(1, -1) : given;
    const sum = kept.reduce((a, b) => a + b, 0);
    return [
      { name, ballots: given.length, mean: Math.floor((2 * sum + kept.length) / (2 * kept.length)) / 100 },
    ];
  });
}

/** The ratings beside the tracked scores, one line each; gaps that need a reason are marked. */
export function ratingNotes(
  branch: BranchState,
  policy: Policy,
  month: IsoMonth,
  sheet: Record<string, MonthRow>,
): string[] {
  return ratingMeans(branch, policy, month).map(({ name, mean }) => {
    const total = sheet[name]?.total ?? null;
    const { tracked, ballots: weight, gap } = policy.mutual;
    const weighted =
      policy.readings.mutual === 'weighted' && total !== null
        ? `，折合${Math.round((total * tracked + mean * weight) * 100) / 100}`
        : '';
    const far =
      total !== null && Math.abs(total - mean) >= gap
        ? `，相差${Math.round(Math.abs(total - mean) * 100) / 100}分，定分要写明理由`
        : '';
    // How many rated somebody would tell who did not vote: only the ballots in all are said.
    return `互评 ${name} ${mean}，跟踪记分${total ?? '待评'}${weighted}${far}`;
  });
}
