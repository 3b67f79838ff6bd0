/** What items, posts, parts and bonuses are called when they are said back. */
import type { BranchState } from '../../ledger/state.ts';
import type { Policy } from '../../scoring/policy.ts';
import { postTitle } from '../wording.ts';

type Place = { readonly branch: Pick<BranchState, 'posts' | 'postNames'>; readonly policy: Policy };

/** 学习教育, 治安巡逻岗, 加分, 义务 …; the words themselves where they are no id. */
export function itemOrPostTitle(place: Place, id: string): string {
  const [head = id, part] = id.split('.');
  if (head === 'bonus') return '加分';
  if (head === 'obligation') return '义务';
  if (head === 'total') return '合计';
  const item = place.policy.items.find((i) => i.id === head);
  if (item) return item.name;
  const known = place.policy.posts.some((p) => p.id === head) || place.branch.posts[head] !== undefined;
  if (!known) return id;
  const title = postTitle(place, head);
  return part ? `${title}${partTitle(place.policy, part)}` : title;
}

export function partTitle(policy: Policy, part: string): string {
  return Object.entries(policy.service.parts).find(([id]) => id === part)?.[1].name ?? part;
}
