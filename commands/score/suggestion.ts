/** What the count of verified reports suggests for a post (R23). People give the score; this only says what the text would. */
import type { BranchState } from '../../ledger/state.ts';
import { type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { minimumOf } from '../wording.ts';

export interface Suggestion {
  /** Verified reports of the month. */
  readonly done: number;
  readonly minimum: number | null;
  readonly commitment: number;
  /** null where the post has no minimum and nothing was reported: nothing can be said. */
  readonly performance: number | null;
  readonly deed: number;
}

export function suggestionFor(
  branch: BranchState,
  policy: Policy,
  name: string,
  post: string,
  month: IsoMonth,
): Suggestion {
  const reports = Object.values(branch.reports).filter(
    (r) => r.state === 'verified' && r.post === post && monthOf(r.date) === month && r.names.includes(name),
  );
  const done = reports.length;
  const minimum = minimumOf({ branch, policy }, post);
  const { commitment, performance, deed } = policy.service.parts;
  const full = performance.points;
  return {
    done,
    minimum,
    commitment: commitment.points,
    performance:
      minimum === null || minimum === 0
        ? done > 0
          ? full
          : null
        : Math.floor((full * Math.min(done, minimum) * 2 + minimum) / (2 * minimum)),
    deed: reports.some((r) => r.deed) ? deed.points : 0,
  };
}

/** The suggested total of a post, 0–30, or null. */
export function suggestedTotal(s: Suggestion): number | null {
  return s.performance === null ? null : s.commitment + s.performance + s.deed;
}
