/** The year as computed goes into the ledger under the fingerprint of its figures (R10). */
import { fingerprintOf } from '../../boards/fingerprint.ts';
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import type { IsoDate } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { policyLabel } from '../month/board.ts';
import { yearRows } from './year-sheet.ts';

/** The year's figures as they are now. A decision computes them anew, whatever was seen before. */
export function computed(branch: BranchState, policy: Policy, year: number): Body {
  const fingerprint = fingerprintOf({
    branch: branch.name,
    period: String(year),
    version: 0,
    policy: policyLabel(policy),
    rows: yearRows(branch, policy, year),
  });
  return body('year-computed', { year, fingerprint });
}

/** Whether a look at the year is the one that is remembered: the first of a whole year, when December has come. */
export function isFirstComputed(
  branch: BranchState,
  year: number,
  blocked: readonly string[],
  today: IsoDate,
): boolean {
  const stage = branch.years[year]?.stage ?? 'open';
  return stage === 'open' && blocked.length === 0 && today >= `${year}-12-01`;
}
