/** From what was said to the calendar: which day, given now, the bias and what the message named before. */
import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  type IsoDate,
  monthOf,
  weekday,
} from '../../../scoring/calendar.ts';
import type { DayRef, Now } from './day.ts';
import type { PartKind } from './day-parts.ts';
import type { Expression } from './expression.ts';
import type { DateFlag } from './found.ts';
import { dateOfHoliday } from './holidays.ts';
import { type DayTime, settle } from './hours.ts';
import { dateOfLunar } from './lunar.ts';
import type { Moment } from './moment.ts';
import { dateOfWeekday } from './relative.ts';

/** One reading of one expression; a list (3、5、8号) gives several. */
export interface Reading {
  date: IsoDate;
  time?: string;
  part?: string;
  partKind?: PartKind;
  endDate?: IsoDate;
  endTime?: string;
  flags: DateFlag[];
  vague?: 'day' | 'time';
  /** Whether a day was said, or only a time that was put on one. */
  dated: boolean;
  ref?: DayRef;
  /** Written by figures, not told by name. */
  explicit?: true;
}

/** What earlier words of the message leave for later ones. */
export interface Context {
  now: Now;
  /** The last reading with a day. */
  last?: Reading;
  /** Whether only list marks (、和) stand between it and what comes. */
  listed: boolean;
  /** Whether no sentence ends between it and what comes. */
  near: boolean;
}

/** The nearest month-day in the direction that is meant. */
function nearestMonthDay(month: number, day: number, now: Now): IsoDate | null {
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
function dayOf(ref: DayRef, context: Context): Dated | null {
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

const two = (value: number): string => String(value).padStart(2, '0');

function clockText(hour: number, minute: number, second: number): string {
  return `${two(hour)}:${two(minute)}${second > 0 ? `:${two(second)}` : ''}`;
}

/** The first hour of each part: a part that has not begun yet was yesterday's. */
const BEGINS: Record<PartKind, number> = {
  dawn: 0,
  morning: 4,
  noon: 11,
  afternoon: 12,
  evening: 16,
  night: 21,
  late: 21,
};

interface Hour {
  settled: DayTime;
  minute: number;
  second: number;
}

function hourOf(moment: Moment, kind: PartKind | undefined, named: boolean): Hour | null {
  const { clock } = moment;
  if (!clock) return null;
  const settled: DayTime = clock.settled
    ? { hour: clock.hour, shift: 0, ambiguous: false }
    : settle(clock.hour, kind, named);
  // 20:30 and 9:20 are written by the 24-hour clock; of 3:15 one cannot be sure.
  if (clock.written && clock.hour >= 6) settled.ambiguous = false;
  return { settled, minute: clock.minute, second: clock.second };
}

const minutes = (hour: Hour): number => hour.settled.hour * 60 + hour.minute;

/** Everything an expression says, as days of the calendar. */
export function resolve(expression: Expression, context: Context): Reading[] {
  const { from, to } = expression;
  if (!from) return [];
  const readings = from.day ? resolveDays(from, context) : resolveTime(from, to, context.now);
  if (to && readings.length > 0) {
    const start = readings.at(-1)!;
    if (!addEnd(start, from, to, context.now)) return [];
  }
  return readings;
}

function resolveDays(from: Moment, context: Context): Reading[] {
  const readings: Reading[] = [];
  let inner = context;
  for (const ref of from.day!.refs) {
    const day = dayOf(ref, inner);
    if (!day) return [];
    const reading: Reading = {
      date: day.date,
      flags: [
        ...from.day!.flags.filter((flag) => !(flag === 'lunar-guess' && day.sure)),
        ...(day.flags ?? []),
      ],
      dated: true,
      // What has leaned on an earlier day is settled, and later ones may lean on it.
      ref: day.leaned ? { kind: 'exact', date: day.date } : ref,
    };
    if (from.day!.explicit) reading.explicit = true;
    if (day.endDate !== undefined) reading.endDate = day.endDate;
    if (from.about !== undefined) doubt(reading, from.about);
    if (reading.flags.includes('approximate')) reading.vague ??= 'day';
    if (from.weekday !== undefined && weekday(day.date) !== from.weekday) doubt(reading, 'day');
    applyTime(reading, from);
    readings.push(reading);
    inner = { ...inner, last: reading, listed: true };
  }
  return readings;
}

function doubt(reading: Reading, what: 'day' | 'time'): void {
  if (!reading.flags.includes('approximate')) reading.flags.push('approximate');
  reading.vague = reading.vague === 'day' ? 'day' : what;
}

function applyTime(reading: Reading, from: Moment): void {
  const kind = from.part?.kind;
  if (from.part) {
    reading.part = from.part.text;
    reading.partKind = from.part.kind;
  }
  if (from.day?.time !== undefined) reading.time = from.day.time;
  const hour = hourOf(from, kind, true);
  if (!hour || reading.endDate !== undefined) return;
  reading.time = clockText(hour.settled.hour, hour.minute, hour.second);
  reading.date = addDays(reading.date, hour.settled.shift);
  if (hour.settled.ambiguous) reading.flags.push('ambiguous-am-pm');
}

/** A time or part without a day: today's, or yesterday's where that is still to come. */
function resolveTime(from: Moment, to: Moment | undefined, now: Now): Reading[] {
  const kind = from.part?.kind;
  const reading: Reading = { date: now.today, flags: [], dated: false };
  if (from.part) {
    reading.part = from.part.text;
    reading.partKind = from.part.kind;
  }
  if (from.about !== undefined) doubt(reading, from.about);
  const current = Number(now.moment.slice(11, 13)) * 60 + Number(now.moment.slice(14, 16));
  const hour = hourOf(from, kind, false) ?? hourFromEnd(from, to);
  if (!hour) {
    if (kind !== undefined && BEGINS[kind] * 60 > current && now.bias === 'past') yesterday(reading, now);
    return [reading];
  }
  if (hour.settled.ambiguous) chooseHalf(hour, to, current, kind, now);
  if (hour.settled.ambiguous) reading.flags.push('ambiguous-am-pm');
  reading.time = clockText(hour.settled.hour, hour.minute, hour.second);
  if (hour.settled.shift > 0) {
    if (now.bias === 'past') reading.flags.push('assumed-yesterday');
    else reading.date = addDays(now.today, 1);
  } else if (minutes(hour) > current && now.bias === 'past') yesterday(reading, now);
  return [reading];
}

/** 3点 - 5点PM: what settles the end settles the start. */
function hourFromEnd(from: Moment, to: Moment | undefined): Hour | null {
  return to ? hourOf(from, to.part?.kind, false) : null;
}

function yesterday(reading: Reading, now: Now): void {
  reading.date = addDays(now.today, -1);
  reading.flags.push('assumed-yesterday');
}

/** A bare 8点 at ten in the evening was this evening's: of the two halves, the later one that has been. */
function chooseHalf(
  hour: Hour,
  to: Moment | undefined,
  current: number,
  kind: PartKind | undefined,
  now: Now,
): void {
  if (to?.clock?.settled && to.clock.hour >= 12) {
    hour.settled = { hour: hour.settled.hour + 12, shift: 0, ambiguous: false };
    return;
  }
  if (kind !== undefined || to?.part || hour.settled.hour > 12) return;
  const later = minutes(hour) + 720;
  const fits = now.bias === 'past' ? later <= current : minutes(hour) < current && later >= current;
  if (fits) hour.settled = { hour: hour.settled.hour + 12, shift: 0, ambiguous: true };
}

/** Adds the end of a range; false where it makes none. */
function addEnd(reading: Reading, from: Moment, to: Moment, now: Now): boolean {
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
  const candidates = [minutes(own), literal, literal + 720].filter((value) => value >= start && value < 1440);
  if (candidates.length > 0 && minutes(own) <= start)
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
