/**
 * Claiming posts and changing them (R21, R22): a member claims, the secretary approves, a change counts from the next
 * month. What the secretary arranges needs no further word.
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { holdersOf } from '../../ledger/roles.ts';
import type { Person } from '../../ledger/state.ts';
import { addMonths, type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import {
  answer,
  type Command,
  notice,
  nothing,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import type { Choice, ClaimSlots, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { tell } from '../telling.ts';
import { listed, monthText, postTitle } from '../wording.ts';
import { adviceOn, isOffered } from './eligibility.ts';
import { claimReading } from './reading.ts';

interface Slots extends ClaimSlots {
  /** Whom a carer looks after, by aliases. */
  readonly detail?: Readonly<Record<string, readonly string[]>>;
  readonly post?: string;
  readonly frequency?: number;
}

export const claim: Command = {
  ...claimReading,
  intent: 'claim',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '认领或更换岗位（最多两个），由书记同意',
  examples: ['认领 治安巡逻 环境卫生', '我想把文体岗换成政策宣传，下个月开始'],
  decide: decideClaim,
};

/** What somebody wants: the posts held from a month on. */
export interface Wish {
  readonly name: string;
  readonly posts: readonly string[];
  readonly from: IsoMonth;
  readonly replace?: Readonly<Record<string, string>>;
}

function isApprover(request: Request): boolean {
  return request.speaker.roles.some((r) => r === 'secretary' || r === 'deputy');
}

function decideClaim(request: Request, reading: Reading): Outcome {
  const slots = slotsOf<Slots>(reading);
  const { branch, policy, speaker } = request;
  if (slots.detail) return decideDetail(request, slots);
  const wanted: Readonly<Record<string, readonly string[]>> = slots.claims ?? {
    [slots.member ?? speaker.name]: slots.posts ?? [],
  };
  const names = Object.keys(wanted);
  const stranger = names.find((n) => !branch.people[n]);
  if (stranger !== undefined) return refuse('report-not-member', { name: stranger });
  const asked = [...Object.values(wanted).flat(), ...Object.values(slots.replace ?? {})];
  const closed = asked.find((post) => !isOffered(branch, policy, post));
  if (closed !== undefined) return refuse('claim-not-offered', { post: postTitle(request, closed) });
  const wishes: Wish[] = [];
  for (const name of names) {
    const wish = wishOf(request, branch.people[name]!, wanted[name]!, slots);
    const limit = policy.service.postsPerMember;
    if (wish.posts.length > limit) return askWhich(request, reading, wish, limit);
    if (!isSettled(branch.people[name]!, wish)) wishes.push(wish);
  }
  if (wishes.length === 0) {
    // A list sent again whole by everybody who adds a line has nothing new for most.
    return request.addressed || slots.claims === undefined
      ? { bodies: [], replies: [answer('岗位没有变化。')] }
      : nothing;
  }
  const own = wishes.some((w) => w.name === speaker.name);
  return isApprover(request) && !own ? assign(request, wishes) : apply(request, wishes);
}

/** The posts that would be held: a replacement, both of two, or one more beside the one held. */
function wishOf(request: Request, person: Person, posts: readonly string[], slots: Slots): Wish {
  const held = person.claims.filter((c) => c.until === null).map((c) => c.post);
  const replaced = slots.replace ? held.map((post) => slots.replace?.[post] ?? post) : null;
  const alone = slots.claims === undefined && posts.length === 1 && !held.includes(posts[0]!);
  const added = alone ? [...held, ...posts] : posts;
  const next = [...new Set(replaced ? [...replaced, ...Object.values(slots.replace ?? {})] : added)];
  const now = monthOf(request.at);
  // The first claim counts at once; a change counts from the next month.
  const earliest = held.length === 0 ? now : addMonths(now, 1);
  const from = slots.effective && slots.effective > earliest ? slots.effective : earliest;
  return { name: person.name, posts: next, from, ...(slots.replace ? { replace: slots.replace } : {}) };
}

function isSettled(person: Person, wish: Wish): boolean {
  const same = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === b.length && a.every((p) => b.includes(p));
  const held = person.claims.filter((c) => c.until === null).map((c) => c.post);
  return (
    same(held, wish.posts) || (person.pendingClaim !== null && same(person.pendingClaim.posts, wish.posts))
  );
}

/** Which two, if more: the pairs to choose from, or the held post that the new one takes the place of. */
function askWhich(request: Request, reading: Reading, wish: Wish, limit: number): Outcome {
  const title = (post: string): string => postTitle(request, post);
  const sets = combinations(wish.posts, limit);
  if (sets.length > 10) return refuse('claim-too-many', { limit, posts: wish.posts.map(title) });
  const choices: Choice[] = sets.map((posts) => ({
    label: listed(posts.map(title)),
    reading: { ...reading, act: 'record', slots: { member: wish.name, posts, effective: wish.from } },
  }));
  return ask(request, `每人最多${limit}个岗位，${wish.name}要哪${limit}个？`, { choices });
}

function combinations(posts: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return posts.flatMap((post, i) =>
    combinations(posts.slice(i + 1), size - 1).map((rest) => [post, ...rest]),
  );
}

export function wishText(request: Request, wish: Pick<Wish, 'posts' | 'from'>): string {
  return `${listed(wish.posts.map((p) => postTitle(request, p)))}（${monthText(wish.from, request.at)}起）`;
}

function adviceText(request: Request, wishes: readonly Wish[]): string {
  const advice = wishes.flatMap((w) =>
    w.posts.flatMap((p) => adviceOn(request.branch, request.policy, w.name, p) ?? []),
  );
  return advice.length > 0 ? `提醒：${[...new Set(advice)].join('；')}。` : '';
}

/** Who approves these claims: the secretary, or the deputy where the secretary claims. */
function approverOf({ branch, at }: Request, names: readonly string[]): string | null {
  const line = [...holdersOf(branch, 'secretary', at), ...holdersOf(branch, 'deputy', at)];
  return line.find((n) => !names.includes(n)) ?? null;
}

function apply(request: Request, wishes: readonly Wish[]): Outcome {
  const approver = approverOf(
    request,
    wishes.map((w) => w.name),
  );
  const bodies = wishes.map((w) =>
    body('posts-claimed', {
      name: w.name,
      posts: [...w.posts],
      from: w.from,
      ...(w.replace ? { replace: { ...w.replace } } : {}),
    }),
  );
  const lines = wishes.map((w) => `${w.name}：${wishText(request, w)}`);
  const advice = adviceText(request, wishes);
  const receipt =
    wishes.length === 1
      ? `已记 ${wishes[0]!.name}认领${wishText(request, wishes[0]!)}，待${approver ?? '书记'}同意。${advice}`
      : `已记${wishes.length}人认领岗位，待${approver ?? '书记'}同意。${advice}`;
  const first = wishes.length === 1 ? wishes[0]!.name : '全部';
  const told: Reply[] = approver
    ? [
        notice(
          { person: approver },
          [
            `认领岗位待您同意：`,
            ...lines,
            `${advice}同意请回复“同意认领 ${first}”，不同意请回复“不同意认领 ${wishes[0]!.name} 理由”。`,
          ].join('\n'),
        ),
      ]
    : [];
  return { bodies, replies: [answer(receipt), ...told] };
}

/** By the secretary's arrangement: held from the month on without a further approval. */
export function assign(request: Request, wishes: readonly Wish[]): Outcome {
  const bodies: Body[] = wishes.map((w) =>
    body('posts-assigned', { name: w.name, posts: [...w.posts], from: w.from }),
  );
  const lines = wishes.map((w) => `${w.name}：${wishText(request, w)}`);
  const told = wishes.flatMap((w) => tell(request, w.name, `您的岗位：${wishText(request, w)}。`));
  const text =
    wishes.length === 1 ? `已定${lines[0]}。` : [`已定${wishes.length}人的岗位：`, ...lines].join('\n');
  return { bodies, replies: [answer(`${text}${adviceText(request, wishes)}`), ...told] };
}

/** Whom a carer looks after, by alias, for the carer's own file; it appears on no board. */
function decideDetail(request: Request, slots: Slots): Outcome {
  const { branch, speaker, place } = request;
  const post = slots.post ?? 'left-behind-care';
  const details = Object.entries(slots.detail ?? {});
  const foreign = details.find(
    ([name]) => name !== speaker.name && !isApprover(request) && !speaker.roles.includes('committee'),
  );
  if (foreign) return refuse('claim-detail-not-yours');
  const stranger = details.find(([name]) => !branch.people[name]);
  if (stranger) return refuse('report-not-member', { name: stranger[0] });
  const cycle = slots.frequency ? `，每月${slots.frequency}次` : '';
  const bodies = details.map(([name, served]) =>
    body('post-detailed', { name, post, detail: `${listed(served)}${cycle}` }),
  );
  const text = `已记${listed(details.map(([name]) => name))}的${postTitle(request, post)}对象${cycle}，不会出现在公示榜上。孩子请用化名。`;
  return {
    bodies,
    replies: place === 'group' ? [answer('已记，明细不公开。'), answer(text, 'private')] : [answer(text)],
  };
}
