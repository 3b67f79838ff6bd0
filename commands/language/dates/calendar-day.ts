/** The calendar day of a day as it was said, by itself or leaning on the one named before it: 3月2号、9号. */
import { addDays, addMonths, dateOf, daysBetween, type IsoDate, monthOf } from '../../../scoring/calendar.ts';
import type { Context, Reading } from './date-reading.ts';
import type { DayRef, Now } from './day.ts';
import type { DateFlag } from './found.ts';
import { dateOfHoliday } from './holidays.ts';
import { dateOfLunar } from './lunar.ts';
import { dateOfWeekday } from './relative.ts';

/** The nearest month-day in the direction that is meant. */
export function nearestMonthDay(month: number, day: number, now: Now): IsoDate | null {
  const current = Number(now.today.slice(0, 4));
  for (let step = 0; step <= 8; step += 1) {
    const date = dateOf(now.bias === 'past' ? current - step : current + step, month, day);
    if (date && (now.bias === 'past' ? date <= now.today : date >= now.today)) return date;
  }
  return null;
}

/** 5号: the latest such day not after today, skipping months that are too short. */
function nearestDay(day: number, now: Now): IsoDate | null {
  for (let step = 0; step <= 3; step += 1) {
    const month = addMonths(monthOf(now.today), now.bias === 'past' ? -step : step);
    const date = dateOf(Number(month.slice(0, 4)), Number(month.slice(5)), day);
    if (date && (now.bias === 'past' ? date <= now.today : date >= now.today)) return date;
  }
  return null;
}

interface Dated {
  date: IsoDate;
  endDate?: IsoDate;
  flags?: DateFlag[];
  /** Its month was taken from a day named before it. */
  leaned?: boolean;
  /** The day before it was lunar, so this one is no guess. */
  sure?: boolean;
}

/** A day that leans on the one named before it: 3月2号、9号 (the same month), 上周三、周五 (the same week). */
function leanOn(ref: DayRef, context: Context): Dated | null {
  const { last, listed } = context;
  if (!last) return null;
  const before = last.ref;
  if (ref.kind === 'day' && before) return leanOnMonth(ref.day, last, before, context);
  if (
    ref.kind === 'weekday' &&
    ref.week === undefined &&
    before?.kind === 'weekday' &&
    before.week !== undefined &&
    listed
  ) {
    return ref.weekday > before.weekday ? { date: addDays(last.date, ref.weekday - before.weekday) } : null;
  }
  if (ref.kind === 'weekday' && ref.week === undefined && before?.kind === 'span' && before.of === 'week') {
    return { date: addDays(before.first, ref.weekday - 1) };
  }
  if (ref.kind === 'month-day' && listed && before?.kind === 'exact') {
    const date = dateOf(Number(last.date.slice(0, 4)), ref.month, ref.day);
    return date && date > last.date ? { date } : null;
  }
  // 明天元旦, 后天正月十五: the day just named, whichever way it lies.
  if (ref.kind === 'yearly' || ref.kind === 'lunar') {
    const now: Now = { ...context.now, today: last.date, bias: 'past' };
    const date = ref.kind === 'yearly' ? dateOfHoliday(ref, now) : dateOfLunar(ref, now);
    if (date === last.date && context.near) return { date };
  }
  if (ref.kind === 'lunar' && ref.month === 0 && before?.kind === 'lunar' && before.month > 0) {
    const date = addDays(last.date, ref.day - before.day);
    return ref.day > before.day ? { date, sure: true } : null;
  }
  return null;
}

function leanOnMonth(day: number, last: Reading, before: DayRef, context: Context): Dated | null {
  const { listed, near } = context;
  const anchored =
    before.kind === 'month-day' ||
    before.kind === 'exact' ||
    (before.kind === 'yearly' && listed) ||
    (before.kind === 'span' && before.of === 'month');
  if (!anchored || (before.kind === 'exact' && !listed)) return null;
  const month = monthOf(last.date);
  const date = dateOf(Number(month.slice(0, 4)), Number(month.slice(5)), day);
  // 11月5号、31号: the list has run into a day its month has not.
  const nearest = date ? null : nearestDay(day, context.now);
  if (!date) return listed && nearest ? { date: nearest, flags: ['approximate'] } : null;
  // 2月份走访：8号 — the month was named for the days that follow.
  if (before.kind === 'span') return near ? { date } : { date, flags: ['approximate'] };
  if (date <= last.date) return null;
  return listed ? { date } : { date, flags: ['approximate'] };
}

/** The day of a reference; null where there is none. */
export function dayOf(ref: DayRef, context: Context): Dated | null {
  const { now } = context;
  const leaning = leanOn(ref, context);
  if (leaning) return { ...leaning, leaned: ref.kind === 'day' };
  switch (ref.kind) {
    case 'exact':
      return { date: ref.date };
    case 'month-day':
      return monthDayOf(ref, now);
    case 'day':
      return one(nearestDay(ref.day, now));
    case 'weekday':
      return { date: dateOfWeekday(ref, now) };
    case 'lunar':
      return one(dateOfLunar(ref, now));
    case 'yearly':
      return one(dateOfHoliday(ref, now));
    case 'span':
      return { date: ref.first, endDate: ref.last };
    default:
      if (context.last) return { date: addDays(context.last.date, ref.days) };
      return ref.days === 0 ? { date: now.today } : null;
  }
}

/** 20 March said on the 17th: last year's by the rule, but so likely the coming one that it is a guess. */
function monthDayOf(ref: { month: number; day: number }, now: Now): Dated | null {
  const date = nearestMonthDay(ref.month, ref.day, now);
  if (!date || now.bias === 'future') return one(date);
  const coming = nearestMonthDay(ref.month, ref.day, { ...now, bias: 'future' });
  const soon = coming !== null && coming > now.today && daysBetween(now.today, coming) <= 20;
  return soon ? { date, flags: ['approximate'] } : { date };
}

function one(date: IsoDate | null): Dated | null {
  return date === null ? null : { date };
}
