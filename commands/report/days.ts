/** On which days, and when: the days of a report, as its slots state them. */
import { epochDay, fromEpochDay, type IsoDate } from '../../scoring/calendar.ts';
import type { FoundDate } from '../language/dates/find.ts';
import type { Message } from '../language/message.ts';

export interface ReportDays {
  readonly dates: readonly IsoDate[];
  /** `20:30` or `20:00-21:30`. */
  readonly time?: string;
  readonly flags: readonly string[];
  /** The message speaks of a day to come. */
  readonly future: boolean;
  /** Words that look like a day and are none, or no certain one: never taken as today. */
  readonly unreadable?: string;
}

const LIKE_A_DATE =
  /(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]?(?!份)|(?<![\d第])\d{1,2}[号日](?![岗楼桥线])|(?:星期|礼拜|周)[一二三四五六日天]/;

function daysOf(found: FoundDate): IsoDate[] {
  if (!found.endDate || found.endDate === found.date || found.approx) return [found.date];
  const from = epochDay(found.date);
  const to = epochDay(found.endDate);
  // 晚上10点到第二天1点 is one patrol.
  if (to - from === 1 && found.time) return [found.date];
  return to - from > 31
    ? [found.date]
    : Array.from({ length: to - from + 1 }, (_, i) => fromEpochDay(from + i));
}

function timeOf(found: readonly FoundDate[]): string | undefined {
  const timed = found.filter((f) => f.time && f.vague !== 'time');
  const [first] = timed;
  if (!first || new Set(timed.map((f) => f.date)).size > 1) return undefined;
  const start = first.time!.slice(0, 5);
  return first.endTime ? `${start}-${first.endTime.slice(0, 5)}` : start;
}

/** The days of what was done; today where nothing like a day is said. */
export function readDays(message: Message, activityEnd: number): ReportDays {
  const found = message.dates('past');
  const exact = found.filter((f) => f.vague !== 'day');
  // 看了这个月的公开栏 and …，这个月没换厂 say of what, not when.
  const vague = found.filter(
    (f) =>
      f.vague === 'day' && f.start < activityEnd && message.body[f.end] !== '的' && !f.text.endsWith('的'),
  );
  const dates = [...new Set(exact.flatMap(daysOf))].sort();
  const time = timeOf(exact);
  const flags = [...new Set(found.flatMap((f) => f.flags as readonly string[]))];
  const base = { dates, flags, ...(time ? { time } : {}) };
  if (dates.length > 0) {
    return { ...base, future: dates.every((d) => d > message.today) };
  }
  const like = LIKE_A_DATE.exec(message.body)?.[0] ?? vague[0]?.text;
  if (like !== undefined) return { ...base, future: false, unreadable: like };
  return { ...base, dates: [message.today], future: false };
}
