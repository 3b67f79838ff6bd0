/**
 * What verified reports suggest for each post (R23): 设岗定责 in full where claimed, 履职 in proportion to the monthly
 * minimum, 办实事 in full where one verified deed exists. People give the score; this is a suggestion and the list of
 * what is missing.
 */
import { type Books, inScope, monthNumberOf, postsHeld } from './books.ts';
import type { IsoMonth } from './calendar.ts';
import type { Case, PostId } from './case.ts';
import { toUnits } from './points.ts';
import type { Policy, PolicyPost } from './policy.ts';
import { readCase } from './read-case.ts';

/** What is on record for one post in one month. */
export interface PostActivity {
  /** Verified activities: reports, and contacts where the post counts those. */
  readonly done: number;
  /** Verified reports that were a concrete deed (办实事). */
  readonly deeds: number;
}

export interface PostSuggestion {
  readonly post: PostId;
  /** The monthly minimum, or null where the post has none. */
  readonly needed: number | null;
  readonly done: number;
  /** How many are still needed; 0 where there is no minimum. */
  readonly shortBy: number;
  readonly commitment: number;
  /** Null where nothing can be said: no minimum, and nothing verified. */
  readonly performance: number | null;
  readonly deed: number;
  readonly total: number | null;
  /** What is missing, in Chinese, for the person and the recorder. */
  readonly missing: readonly string[];
}

/** The suggestion for one claimed post. */
export function suggestPost(policy: Policy, post: PolicyPost, activity: PostActivity): PostSuggestion {
  const { parts } = policy.service;
  const needed = post.minimum;
  const performance = performanceOf(parts.performance.points, needed, activity.done);
  const deed = activity.deeds > 0 ? parts.deed.points : 0;
  const commitment = parts.commitment.points;
  const shortBy = Math.max(0, (needed ?? 0) - activity.done);
  return {
    post: post.id,
    needed,
    done: activity.done,
    shortBy,
    commitment,
    performance,
    deed,
    total: performance === null ? null : (toUnits(commitment) + toUnits(performance) + toUnits(deed)) / 100,
    missing: missingWords(policy, post, activity, shortBy),
  };
}

/** Full points times the share of the minimum that was done, rounded half up to whole points. */
function performanceOf(full: number, needed: number | null, done: number): number | null {
  if (needed === null) return done > 0 ? full : null;
  const units = toUnits(full) * Math.min(done, needed);
  return Math.floor((2 * units + 100 * needed) / (2 * 100 * needed));
}

function missingWords(policy: Policy, post: PolicyPost, activity: PostActivity, shortBy: number): string[] {
  const words: string[] = [];
  if (shortBy > 0)
    words.push(
      `${post.activity ?? post.shortName}本月${activity.done}次，至少${post.minimum}次，还差${shortBy}次`,
    );
  if (post.minimum === null && activity.done === 0) words.push(`${post.shortName}本月没有核实过的记录`);
  if (activity.deeds === 0) words.push(`没有核实过的${policy.service.parts.deed.name}`);
  return words;
}

/**
 * Every member in scope with the suggestion for each post held in that month. Null where the case is not sound
 * (see `scoreAny` for what is wrong with it).
 */
export function suggest(
  input: Case,
  policy: Policy,
  month: IsoMonth,
): Record<string, PostSuggestion[]> | null {
  const { books } = readCase(input, policy);
  if (!books) return null;
  const number = monthNumberOf(month);
  const activity = activityIn(input, month);
  const out: Record<string, PostSuggestion[]> = {};
  books.members.forEach((member, i) => {
    if (inScope(member, number)) out[member.name] = suggestionsOf(books, i, number, activity);
  });
  return out;
}

interface MonthActivity {
  readonly reports: ReadonlyMap<string, PostActivity>;
  readonly contacts: ReadonlyMap<string, number>;
}

const keyOf = (name: string, post: PostId): string => `${post}\n${name}`;

function activityIn(input: Case, month: IsoMonth): MonthActivity {
  const reports = new Map<string, PostActivity>();
  const contacts = new Map<string, number>();
  for (const fact of input.facts ?? []) {
    if (fact.type === 'contact' && fact.date.startsWith(month))
      contacts.set(fact.name, (contacts.get(fact.name) ?? 0) + 1);
    if (fact.type !== 'report' || !fact.verified || !fact.date.startsWith(month)) continue;
    const key = keyOf(fact.name, fact.post);
    const before = reports.get(key) ?? { done: 0, deeds: 0 };
    reports.set(key, { done: before.done + 1, deeds: before.deeds + (fact.deed ? 1 : 0) });
  }
  return { reports, contacts };
}

function suggestionsOf(
  books: Books,
  member: number,
  month: number,
  activity: MonthActivity,
): PostSuggestion[] {
  const { name } = books.members[member]!;
  return postsHeld(books, member, month).map((at) => {
    const post = books.policy.posts[at]!;
    const { done, deeds } = activity.reports.get(keyOf(name, post.id)) ?? { done: 0, deeds: 0 };
    const contacts = post.counts === 'contacts' ? (activity.contacts.get(name) ?? 0) : 0;
    return suggestPost(books.policy, post, { done: done + contacts, deeds });
  });
}
