/** On which days, and when: the days of a report, as its slots state them. */
import { epochDay, fromEpochDay, type IsoDate } from '../../scoring/calendar.ts';
import type { FoundDate } from '../language/dates/find.ts';
import type { Message } from '../language/message.ts';
import type { Activity } from './activities.ts';

export interface ReportDays {
  readonly dates: readonly IsoDate[];
  /** `20:30` or `20:00-21:30`. */
  readonly time?: string;
  readonly flags: readonly string[];
  /** The message speaks of a day to come. */
  readonly future: boolean;
  /** Told as done, of an hour of today that is still to come: 今晚…了 said in the morning. */
  readonly ahead?: string;
  /** No day was said; today is taken. */
  readonly unsaid?: boolean;
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

const ENDED = /^(?:左右|多|才|就|的时候|,)*(?:收(?:队|工)|回(?:来|到|家|屋)|结束|散|才回|到家|下山|完工)/;

function timeOf(found: readonly FoundDate[], body: string): string | undefined {
  // 九点半收队 is when it ended; when it began is not said.
  const timed = found.filter(
    (f) =>
      f.time && f.vague !== 'time' && (f.endTime || !ENDED.test(body.slice(f.also?.at(-1)?.end ?? f.end))),
  );
  const [first] = timed;
  if (!first || new Set(timed.map((f) => f.date)).size > 1) return undefined;
  const start = first.time!.slice(0, 5);
  return first.endTime ? `${start}-${first.endTime.slice(0, 5)}` : start;
}

const FIGURES = /(?<![\d.])(1[0-2]|[1-9])[.](3[01]|[12]\d|[1-9])(?![\d.])/g;

/** 一月二月的账: months whose papers were looked at, not when. */
const MONTHS_OF =
  /(?:(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?[和、到至跟]?)+的?(?=(?:村|组)?(?:账|收支|票据|发票|开支|台账|流水|报表|工资|公开))/;

/** 3.8、3.15: figures in a row are days, though one alone may be a measure. */
function listed(message: Message): readonly FoundDate[] {
  const { body } = message;
  if (MONTHS_OF.test(body))
    return message.part(body.replace(MONTHS_OF, (m) => ' '.repeat(m.length))).dates('past');
  if ((body.match(FIGURES) ?? []).length < 2) return message.dates('past');
  return message.part(body.replace(FIGURES, '$1月$2号')).dates('past');
}

/** A floating member's report of the month is of the day it is sent (岗位(10): 每月与支部联系1次以上). */
function ofTheMonth(found: FoundDate, activity: Activity): boolean {
  return activity.post === 'floating-member' && /月/.test(found.text);
}

/** 今晚 before five in the afternoon, 今晚8点 at seven: not yet. Half an hour is left for watches and haste. */
function stillAhead(found: FoundDate, message: Message): boolean {
  if (found.date !== message.today || found.flags.length > 0) return false;
  const [hour = 0, minute = 0] = message.at.slice(11, 16).split(':').map(Number);
  if (found.time && found.vague !== 'time') {
    const [h = 0, m = 0] = found.time.split(':').map(Number);
    return h * 60 + m > hour * 60 + minute + 30;
  }
  return /晚/.test(found.part ?? found.text) && hour < 16 && hour >= 4;
}

/** The text with some of its dates blanked. */
function withoutSpans(body: string, spans: readonly FoundDate[]): string {
  let rest = body;
  for (const { start, end } of spans) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return rest;
}

/** The days of what was done; today where nothing like a day is said. */
export function readDays(message: Message, activity: Activity): ReportDays {
  const found = listed(message);
  // 联系了厂里,下周一去上工: what comes after a thing done is no day of it.
  const told = (f: FoundDate): boolean =>
    f.date > message.today &&
    f.start > activity.end &&
    /[了完过]/.test(message.body.slice(activity.start, f.start));
  // 18号那次补到今天了: the other day is the one that was missed.
  const missed = (f: FoundDate): boolean =>
    /^(?:的)?那(?:次|回|天的)/.test(message.body.slice(f.end)) && /补/.test(message.body);
  // 前天下了雨，今天把沟清了: the rain's day is not the work's.
  const weather = (f: FoundDate): boolean =>
    /^[^,，。]{0,4}(?:[落下刮起][^,，。]{0,4}[雨雪雹风]|(?:大|暴)[雨雪风])[^,，。]{0,3}(?:[,，。]|$)/.test(
      message.body.slice(f.end),
    );
  // 排了腰鼓，准备五一演出: the day one gets ready for.
  const awaited = (f: FoundDate): boolean =>
    /(?:准备|迎接?|为(?:了)?|筹备|庆)(?:着|好|的|过)?$/.test(message.body.slice(0, f.start)) ||
    /^节?(?:要用|时用|演出|的节目|上用)/.test(message.body.slice(f.end));
  const dry = found.filter((f) => !weather(f) && !awaited(f));
  const days = (dry.length > 0 ? dry : found.filter((f) => !awaited(f))).filter(
    (f) => f.vague !== 'day' && !told(f),
  );
  const exact = days.some((f) => !missed(f)) ? days.filter((f) => !missed(f)) : days;
  // 看了这个月的公开栏 and …，这个月没换厂 say of what, not when.
  const vague = found.filter(
    (f) =>
      f.vague === 'day' &&
      f.start < activity.end &&
      message.body[f.end] !== '的' &&
      !f.text.endsWith('的') &&
      !ofTheMonth(f, activity),
  );
  const dates = [...new Set(exact.flatMap(daysOf))].sort();
  const time = timeOf(exact, message.body);
  const flags = [...new Set(found.flatMap((f) => f.flags as readonly string[]))];
  const ahead = exact.length > 0 && exact.every((f) => stillAhead(f, message)) ? exact[0]!.text : undefined;
  const base = { dates, flags, ...(time ? { time } : {}), ...(ahead ? { ahead } : {}) };
  if (dates.length > 0) {
    return { ...base, future: dates.every((d) => d > message.today) };
  }
  const like = LIKE_A_DATE.exec(withoutSpans(message.body, found.filter(told)))?.[0] ?? vague[0]?.text;
  if (like !== undefined) return { ...base, future: false, unreadable: like };
  return {
    ...base,
    dates: [message.today],
    future: false,
    unsaid: !/今|刚|早上|晚上|上午|下午|中午/.test(message.body),
  };
}
