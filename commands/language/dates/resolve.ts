/** From what was said to the calendar: which day, given now, the bias and what the message named before. */
import { addDays, weekday } from '../../../scoring/calendar.ts';
import { dayOf } from './calendar-day.ts';
import { type Context, doubt, type Reading } from './date-reading.ts';
import type { Now } from './day.ts';
import type { PartKind } from './day-parts.ts';
import type { Expression } from './expression.ts';
import { clockText, type Hour, hourOf, minuteOfDay } from './hours.ts';
import type { Moment } from './moment.ts';
import { addEnd } from './range-end.ts';

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
  } else if (minuteOfDay(hour) > current && now.bias === 'past') yesterday(reading, now);
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
  const later = minuteOfDay(hour) + 720;
  const fits = now.bias === 'past' ? later <= current : minuteOfDay(hour) < current && later >= current;
  if (fits) hour.settled = { hour: hour.settled.hour + 12, shift: 0, ambiguous: true };
}
