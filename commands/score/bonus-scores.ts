/** Bonuses: what one is worth by the policy, and what of it is credited under the year's cap (R20, Q31, Q32). */
import type { Body } from '../../ledger/entry.ts';
import { body, type DataIn } from '../../ledger/kinds.ts';
import { scoreBranch } from '../../ledger/sheet.ts';
import type { BranchState } from '../../ledger/state.ts';
import {
  dateOfTime,
  type IsoDate,
  type IsoMonth,
  lastDay,
  monthOf,
  monthsOfYear,
  yearOf,
} from '../../scoring/calendar.ts';
import type { BonusItem, Policy } from '../../scoring/policy.ts';
import type { Request } from '../command.ts';
import { saidDay } from '../month/said.ts';
import { isPoints } from './told.ts';

/** What is asked for: `bonus.award.county`, `bonus.economy`, `bonus.festival` … with its points, where said. */
export interface BonusWanted {
  readonly name: string;
  readonly item: string;
  readonly points: number | null;
  readonly month: IsoMonth;
  readonly application?: number;
}

/** The ids that the ledger knows; a policy may name its items anew, but not invent kinds of entry. */
const ITEMS = ['award', 'economy', 'public-welfare', 'festival', 'other'] as const;
const LEVELS = ['central', 'province', 'city', 'county', 'town'] as const;
const OCCASIONS = ['july-1', 'october-1'] as const;

export type BonusOutcome =
  | { readonly body: Body; readonly data: DataIn<'bonus-granted'>; readonly title: string }
  | { readonly problem: string };

/** One bonus as an entry, or what is missing or does not fit the policy. */
export function grantOf(request: Request, w: BonusWanted, minute: IsoDate): BonusOutcome {
  const { policy, branch, text, at } = request;
  const [, id, level] = w.item.split('.');
  const item = policy.bonus.items.find((i) => i.id === id);
  const known = ITEMS.find((i) => i === id);
  if (!branch.people[w.name]) return { problem: `名册里没有${w.name}` };
  if (!item || !known)
    return { problem: `${w.name}加在哪一类？表彰（写级别）、经济发展、公益事业、七一或十一活动、其他事迹` };
  const date = factDay(text, w.month, minute, dateOfTime(at));
  const base = {
    name: w.name,
    date,
    item: known,
    minute,
    ...(w.application ? { application: w.application } : {}),
  };
  const detailed = detail(policy, item, level, w, text, date);
  if ('problem' in detailed) return { problem: `${w.name}${detailed.problem}` };
  const data: DataIn<'bonus-granted'> = {
    ...base,
    ...detailed.data,
    ...(item.kind === 'award' ? { achievement: achievementOf(branch, w, minute) } : {}),
  };
  return { body: body('bonus-granted', data), data, title: detailed.title };
}

type Detail =
  | { readonly data: Partial<DataIn<'bonus-granted'>>; readonly title: string }
  | { readonly problem: string };

function detail(
  policy: Policy,
  item: BonusItem,
  level: string | undefined,
  w: BonusWanted,
  text: string,
  date: IsoDate,
): Detail {
  const { points } = w;
  if (item.kind === 'award') {
    const found = item.levels.find((l) => l.id === level);
    const id = LEVELS.find((l) => l === level);
    if (!found || !id)
      return { problem: `的表彰是哪一级？${item.levels.map((l) => `${l.name}${l.points}分`).join('、')}` };
    if (points !== null && points !== found.points)
      return { problem: `：${found.name}表彰是${found.points}分，不是${points}分` };
    return { data: { level: id }, title: `${found.name}表彰 +${found.points}` };
  }
  if (item.kind === 'festival') {
    const worth = item.points[policy.readings.festivals];
    if (points !== null && points !== worth)
      return { problem: `：${item.name}是${worth}分，不是${points}分` };
    const occasion = occasionOf(item, text, date);
    const id = OCCASIONS.find((o) => o === occasion?.id);
    return occasion && id
      ? { data: { occasion: id }, title: `${occasion.name}活动 +${worth}` }
      : { problem: '参加的是七一还是十一活动？' };
  }
  const [least, most] = item.kind === 'pool' ? [0.1, item.points] : [item.least, item.most];
  const value = points ?? (item.kind === 'pool' ? item.points : null);
  if (value === null) return { problem: `的${item.name}加几分？${least}到${most}分` };
  if (value < least || !isPoints(value, most))
    return { problem: `：${item.name}一次最多${most}分，${value}分没有记` };
  return { data: { points: value }, title: `${item.name} +${value}` };
}

function occasionOf(item: Extract<BonusItem, { kind: 'festival' }>, text: string, date: IsoDate) {
  const said = /七一|7[.·]1(?!\d)|建党/.test(text)
    ? 'july-1'
    : /十一(?!月|点|号|日)|10[.·]1(?!\d)|国庆|建国/.test(text)
      ? 'october-1'
      : null;
  const near =
    date.slice(5, 7) === '07' || date.slice(5, 7) === '06'
      ? 'july-1'
      : date.slice(5, 7) === '10' || date.slice(5, 7) === '09'
        ? 'october-1'
        : null;
  return item.occasions.find((o) => o.id === (said ?? near));
}

/** The day of the fact decides its month and year (R09): a day in the words that is not the minute's, else the month's. */
function factDay(text: string, month: IsoMonth, minute: IsoDate, today: IsoDate): IsoDate {
  const said = saidDay(text, today);
  if (said && said !== minute && said <= today) return said;
  if (monthOf(minute) === month) return minute;
  const last = lastDay(month);
  return last < today ? last : today;
}

/** Awards with one achievement are for the same deed, of which the highest counts. Without a word on it, each stands alone. */
function achievementOf(branch: BranchState, w: BonusWanted, minute: IsoDate): string {
  const count =
    branch.years[yearOf(minute)]?.bonuses.filter((b) => b.name === w.name && b.item === 'award').length ?? 0;
  return w.application ? `申请${w.application}` : `${minute} ${w.name} ${count + 1}`;
}

/** The same bonus granted already: same person, item, day of the minute and detail. */
export function isGranted(branch: BranchState, data: DataIn<'bonus-granted'>): boolean {
  return (branch.years[yearOf(data.date)]?.bonuses ?? []).some(
    (b) =>
      b.name === data.name &&
      b.item === data.item &&
      b.minute === data.minute &&
      b.level === data.level &&
      b.occasion === data.occasion &&
      b.points === data.points &&
      b.application === data.application,
  );
}

/** What the year credits a member, after the cap. */
export function creditedBonus(branch: BranchState, policy: Policy, name: string, year: number): number {
  const { months } = scoreBranch(branch, policy, year, { months: monthsOfYear(year) });
  const hundredths = Object.values(months).reduce(
    (sum, rows) => sum + Math.round((rows[name]?.bonus ?? 0) * 100),
    0,
  );
  return hundredths / 100;
}
