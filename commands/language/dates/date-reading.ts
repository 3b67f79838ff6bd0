/** What an expression comes to: days of the calendar with their times, and how sure they are. */
import type { IsoDate } from '../../../scoring/calendar.ts';
import type { DayRef, Now } from './day.ts';
import type { PartKind } from './day-parts.ts';
import type { DateFlag } from './found.ts';

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

export function doubt(reading: Reading, what: 'day' | 'time'): void {
  if (!reading.flags.includes('approximate')) reading.flags.push('approximate');
  reading.vague = reading.vague === 'day' ? 'day' : what;
}
