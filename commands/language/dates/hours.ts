/** From an hour as it was said to the hour of 24 that it means. */
import type { PartKind } from './day-parts.ts';

export interface DayTime {
  /** Minutes are of the clock; `shift` days after the day said (晚上12点 is the next day's 00:00). */
  hour: number;
  shift: number;
  ambiguous: boolean;
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
