/** Who a post is meant for (R22): said with a claim and decided by the secretary, never by the bot. */
import type { BranchState } from '../../ledger/state.ts';
import type { Policy } from '../../scoring/policy.ts';
import { postTitle } from '../wording.ts';

/** What speaks against a member's claim of a post, in a sentence; null where nothing does. */
export function adviceOn(branch: BranchState, policy: Policy, name: string, post: string): string | null {
  const known = policy.posts.find((p) => p.id === post);
  const person = branch.people[name];
  if (!known || !person) return null;
  const title = postTitle({ branch, policy }, post);
  const note = known.eligibility.note ? `：${known.eligibility.note}` : '';
  switch (known.eligibility.who) {
    case 'supervision-bodies':
      return `${title}有资格要求${note}`;
    case 'floating':
      return person.floating ? null : `${name}不是登记的流动党员，${title}${note}`;
    case 'elderly':
      return `${title}${note}（只作提醒）`;
    default:
      return null;
  }
}

/** Whether a post is offered here now. */
export function isOffered(branch: BranchState, policy: Policy, post: string): boolean {
  const own = branch.posts[post];
  if (own) return !own.disabled;
  const known = policy.posts.find((p) => p.id === post);
  return known !== undefined && known.enabled !== false;
}
