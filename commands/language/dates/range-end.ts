/** The end of a range on the calendar, as days and as hours: 28号到3号, 上午9点到3点. */
import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  type IsoDate,
  monthOf,
  weekday,
} from '../../../scoring/calendar.ts';
import { nearestMonthDay } from './calendar-day.ts';
import { doubt, type Reading } from './date-reading.ts';
import type { DayRef, Now } from './day.ts';
import { dateOfHoliday } from './holidays.ts';
import { clockText, type Hour, hourOf, minuteOfDay } from './hours.ts';
import { dateOfLunar } from './lunar.ts';
import type { Moment } from './moment.ts';
import { dateOfWeekday } from './relative.ts';

/** 28号到3号 runs into the next month; 11月28日-31日 ends on no day at all. */
function endOfDays(day: number, from: IsoDate): IsoDate | null {
  const month = day < Number(from.slice(8)) ? addMonths(monthOf(from), 1) : monthOf(from);
  return dateOf(Number(month.slice(0, 4)), Number(month.slice(5)), day);
}

/** The end of a range: the first such day from the start on. */
function endDayOf(ref: DayRef, start: Reading, now: Now): IsoDate | null {
  const from = start.date;
  switch (ref.kind) {
    case 'day':
      return endOfDays(ref.day, from);
    case 'month-day':
      return nearestMonthDay(ref.month, ref.day, { ...now, today: from, bias: 'future' });
    case 'weekday':
      if (ref.week !== undefined) return dateOfWeekday(ref, now);
      return addDays(from, (ref.weekday - weekday(from) + 7) % 7);
    case 'lunar':
      if (ref.month === 0 && start.ref?.kind === 'lunar' && start.ref.month > 0 && start.ref.day > 0) {
        return ref.day > start.ref.day ? addDays(from, ref.day - start.ref.day) : null;
      }
      return dateOfLunar(ref, { ...now, today: from, bias: 'future' });
    case 'yearly':
      return dateOfHoliday(ref, { ...now, today: from, bias: 'future' });
    case 'exact':
      return ref.date;
    case 'next':
      return addDays(from, ref.days);
    default:
      return null;
  }
}

/** Adds the end of a range; false where it makes none. */
export function addEnd(reading: Reading, from: Moment, to: Moment, now: Now): boolean {
  const date = endDate(reading, to, now);
  if (date === null) return false;
  reading.endDate = date;
  const hour = endHour(reading, from, to);
  if (hour) {
    reading.endDate = addDays(date, hour.settled.shift);
    reading.endTime = clockText(hour.settled.hour, hour.minute, hour.second);
    const early =
      reading.endDate === reading.date && reading.time !== undefined && reading.endTime <= reading.time;
    if (early && !to.day) reading.endDate = addDays(reading.endDate, 1);
  }
  if (to.about !== undefined) doubt(reading, to.day ? 'day' : 'time');
  for (const flag of to.day?.flags ?? []) {
    // 大年初一到初七: the month was said with the first.
    if (flag === 'lunar-guess' && reading.ref?.kind === 'lunar') continue;
    if (!reading.flags.includes(flag)) reading.flags.push(flag);
  }
  pullBack(reading, from, to, now);
  return reading.endDate >= reading.date;
}

function endDate(reading: Reading, to: Moment, now: Now): IsoDate | null {
  const ref = to.day?.refs.at(-1);
  // 昨晚12点到1点: the date has moved on already, and so the end follows it.
  return ref ? endDayOf(ref, reading, now) : reading.date;
}

/** The end's hour: it takes over the part of day of the start, and lies after it. */
function endHour(reading: Reading, from: Moment, to: Moment): Hour | null {
  const own = hourOf(
    to,
    to.part?.kind ?? (to.day ? undefined : from.part?.kind),
    to.day !== undefined || to.part !== undefined,
  );
  if (!own || !to.clock) return null;
  const sameDay = !to.day;
  if (sameDay && !to.part && own.settled.shift > 0 && reading.date !== undefined)
    own.settled.shift = minutesOf(reading) >= 12 * 60 ? 1 : 0;
  if (to.part && own.settled.hour <= 3 && to.part.kind === 'evening' && own.settled.hour > 0)
    own.settled.shift = 0;
  if (to.part || to.clock.settled || to.clock.hour > 12) return own;
  const start = minutesOf(reading);
  const literal = to.clock.hour * 60 + to.clock.minute;
  if (!sameDay || reading.time === undefined) return own;
  if (own.settled.shift > 0) return own;
  // 上午9点到3点: the next such hour on the clock face after the start.
  const candidates = [minuteOfDay(own), literal, literal + 720].filter(
    (value) => value >= start && value < 1440,
  );
  if (candidates.length > 0 && minuteOfDay(own) <= start)
    own.settled.hour = Math.floor(Math.min(...candidates) / 60);
  else if (candidates.length === 0) own.settled = { hour: to.clock.hour % 24, shift: 0, ambiguous: false };
  return own;
}

function minutesOf(reading: Reading): number {
  return reading.time === undefined
    ? 0
    : Number(reading.time.slice(0, 2)) * 60 + Number(reading.time.slice(3, 5));
}

/** A bare range (20号到25号) that would end after today was the one before: said back as a guess. */
function pullBack(reading: Reading, from: Moment, to: Moment, now: Now): void {
  const [first, last] = [from.day?.refs[0], to.day?.refs[0]];
  if (now.bias !== 'past' || reading.endDate === undefined || reading.endDate <= now.today || !first || !last)
    return;
  if (
    first.kind === 'weekday' &&
    first.week === undefined &&
    last.kind === 'weekday' &&
    last.week === undefined
  ) {
    reading.date = addDays(reading.date, -7);
    reading.endDate = addDays(reading.endDate, -7);
    doubt(reading, 'day');
  } else if (first.kind === 'day' && last.kind === 'day') {
    const length = daysBetween(reading.date, reading.endDate);
    const month = addMonths(monthOf(reading.date), -1);
    const earlier = dateOf(Number(month.slice(0, 4)), Number(month.slice(5)), Number(reading.date.slice(8)));
    if (!earlier) return;
    reading.date = earlier;
    reading.endDate = addDays(earlier, length);
    doubt(reading, 'day');
  }
}
