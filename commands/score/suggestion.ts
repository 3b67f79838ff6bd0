/** What the count of verified reports suggests for a post (R23). People give the score; this only says what the text would. */
import type { BranchState } from '../../ledger/state.ts';
import { type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { type PostSuggestion, suggestPost } from '../../scoring/suggestion.ts';
import { minimumOf } from '../wording.ts';

/** The suggestion for one post of one member; null where the policy does not know the post. */
export function suggestionFor(
  branch: BranchState,
  policy: Policy,
  name: string,
  post: string,
  month: IsoMonth,
): PostSuggestion | null {
  const known = policy.posts.find((p) => p.id === post);
  if (!known) return null;
  const reports = Object.values(branch.reports).filter(
    (r) => r.state === 'verified' && r.post === post && monthOf(r.date) === month && r.names.includes(name),
  );
  const minimum = minimumOf({ branch, policy }, post);
  const activity = { done: reports.length, deeds: reports.filter((r) => r.deed).length };
  return suggestPost(policy, { ...known, minimum: minimum === 0 ? null : minimum }, activity);
}
