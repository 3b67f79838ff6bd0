/** Words that several commands say the same way. */
import { type Report, type BranchState } from '../ledger/state.ts';
import { holdersOf } from '../ledger/roles.ts';
import type { IsoDate, IsoMonth, LocalTime } from '../scoring/calendar.ts';
import { yearOf } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { Role } from './reading.ts';

type Place = {
  readonly branch: Pick<BranchState, 'posts' | 'postNames'>;
  readonly policy: Pick<Policy, 'posts'>;
};

export function listed(names: readonly string[]): string {
  return names.join('、');
}

/** What a post is called here: the branch's own name for it, or the policy's, without 岗: 治安巡逻. */
export function activityName({ branch, policy }: Place, post: string): string {
  return postTitle({ branch, policy }, post).replace(/岗$/, '');
}

/** 治安巡逻岗. */
export function postTitle({ branch, policy }: Place, post: string): string {
  const known = policy.posts.find((p) => p.id === post);
  return branch.posts[post]?.name || known?.shortName || branch.postNames[post] || post;
}

/** Least number of verified activities of a post in a month, the branch's own before the policy's (R23). */
export function minimumOf({ branch, policy }: Place, post: string): number | null {
  return branch.posts[post]?.minimum ?? policy.posts.find((p) => p.id === post)?.minimum ?? null;
}

/** `3月2日`; the year is said where it is not this one. */
export function dayText(date: IsoDate, today: LocalTime): string {
  const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
  return yearOf(date) === yearOf(today) ? day : `${date.slice(0, 4)}年${day}`;
}

/** `3月`, or `2023年12月` where it is another year. */
export function monthText(month: IsoMonth, today: LocalTime): string {
  const text = `${Number(month.slice(5, 7))}月`;
  return yearOf(month) === yearOf(today) ? text : `${month.slice(0, 4)}年${text}`;
}

/** `1月—3月、5月`: runs of months are drawn together. */
export function monthsText(months: readonly IsoMonth[], today: LocalTime): string {
  const sorted = [...new Set(months)].sort();
  const runs: IsoMonth[][] = [];
  for (const month of sorted) {
    const run = runs.at(-1);
    if (run && follows(run.at(-1)!, month)) run.push(month);
    else runs.push([month]);
  }
  return listed(
    runs.map((run) =>
      run.length === 1
        ? monthText(run[0]!, today)
        : `${monthText(run[0]!, today)}—${monthText(run.at(-1)!, today)}`,
    ),
  );
}

function follows(before: IsoMonth, after: IsoMonth): boolean {
  const index = (m: IsoMonth): number => Number(m.slice(0, 4)) * 12 + Number(m.slice(5, 7));
  return index(after) === index(before) + 1;
}

/** The part of the day that words speak of: 晚, 早上 …; null where they speak of none or of several. */
export function partOfDay(text: string): string | null {
  const parts = new Set(
    [...text.matchAll(/凌晨|早上|早晨|上午|中午|下午|傍晚|晚上?|夜里/g)].map((m) =>
      m[0].replace('晚上', '晚'),
    ),
  );
  return parts.size === 1 ? [...parts][0]! : null;
}

/** `3月2日晚`, `3月2日20:00-21:30`. */
export function momentText(
  date: IsoDate,
  time: string | null,
  today: LocalTime,
  part: string | null = null,
): string {
  return `${dayText(date, today)}${time ?? part ?? ''}`;
}

/** `#37 张国强、李水生 3月2日晚 治安巡逻`. */
export function reportText(place: Place, report: Report, today: LocalTime): string {
  return `#${report.number} ${listed(report.names)} ${momentText(report.date, report.time, today)} ${activityName(place, report.post)}`;
}

/** Who holds a role today, by name; the role's word where nobody does. */
export function holder(state: BranchState, role: Exclude<Role, 'system'>, day: LocalTime): string {
  return listed(holdersOf(state, role, day)) || ROLE_WORDS[role];
}

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  member: '党员',
  recorder: '记录员',
  supervisor: '监督员',
  committee: '支委',
  secretary: '书记',
  deputy: '副书记',
  town: '镇组织办',
  system: '系统',
};
