/** From an hour as it was said to the hour of 24 that it means. */
import type { PartKind } from './day-parts.ts';
import type { Moment } from './moment.ts';

export interface DayTime {
  /** Minutes are of the clock; `shift` days after the day said (晚上12点 is the next day's 00:00). */
  hour: number;
  shift: number;
  ambiguous: boolean;
}

export interface Hour {
  settled: DayTime;
  minute: number;
  second: number;
}

/** The hour of a moment; null where it has none. `named` = a day was said with it. */
export function hourOf(moment: Moment, kind: PartKind | undefined, named: boolean): Hour | null {
  const { clock } = moment;
  if (!clock) return null;
  const settled: DayTime = clock.settled
    ? { hour: clock.hour, shift: 0, ambiguous: false }
    : settle(clock.hour, kind, named);
  // 20:30 and 9:20 are written by the 24-hour clock; of 3:15 one cannot be sure.
  if (clock.written && clock.hour >= 6) settled.ambiguous = false;
  return { settled, minute: clock.minute, second: clock.second };
}

/** The hour of 24 that a spoken hour means in a part of the day. `named` = a day was said with it. */
export function settle(hour: number, kind: PartKind | undefined, named: boolean): DayTime {
  const at = (value: number, shift = 0, ambiguous = false): DayTime => ({ hour: value, shift, ambiguous });
  if (hour === 24) return at(0, 1);
  if (hour > 12) return at(hour);
  switch (kind) {
    case 'dawn':
      return at(hour === 12 ? 0 : hour);
    case 'morning':
      return at(hour, 0, hour >= 1 && hour <= 3);
    case 'noon':
      return at(hour >= 1 && hour <= 4 ? hour + 12 : hour);
    case 'afternoon':
      return at(hour >= 1 && hour <= 11 ? hour + 12 : hour);
    case 'evening':
      if (hour === 12 || hour === 0) return at(0, 1);
      // 昨晚1点 is after midnight; said without a day, it is simply that hour.
      return hour <= 3 ? at(hour, named ? 1 : 0, true) : at(hour + 12);
    case 'night':
      if (hour === 12 || hour === 0) return at(0, 1);
      return hour >= 8 ? at(hour + 12) : at(hour, 0, named);
    case 'late':
      if (hour === 12 || hour === 0) return at(0, 1);
      return hour <= 6 ? at(hour, named ? 1 : 0, true) : at(hour + 12);
    default:
      return at(hour, 0, hour >= 1 && hour < 12);
  }
}

/** Minutes since midnight. */
export const minuteOfDay = (hour: Hour): number => hour.settled.hour * 60 + hour.minute;

const two = (value: number): string => String(value).padStart(2, '0');

export function clockText(hour: number, minute: number, second: number): string {
  return `${two(hour)}:${two(minute)}${second > 0 ? `:${two(second)}` : ''}`;
}
