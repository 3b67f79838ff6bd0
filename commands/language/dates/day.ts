/** A day as it was said, before it is known which day of the calendar is meant. */
import type { IsoDate } from '../../../scoring/calendar.ts';
import type { DateFlag } from './found.ts';

export type DayRef =
  /** A day that needs no guess: 昨天, 2026年11月5日, 上周三. */
  | { kind: 'exact'; date: IsoDate }
  /** 11月5日: a month and day of some year. */
  | { kind: 'month-day'; month: number; day: number; year?: number }
  /** 5号: a day of some month. */
  | { kind: 'day'; day: number }
  /** 周三 (no week said) or 上周三 (`week` −1). */
  | { kind: 'weekday'; weekday: number; week?: number }
  /** 正月十五; day 0 is the last day of the month (除夕). `month` 0: 初五 of some month. */
  | { kind: 'lunar'; month: number; day: number; year?: number; leap?: true }
  /** 国庆, 清明: a day of every year that has its own rule. */
  | { kind: 'yearly'; name: string; year?: number; shift?: number }
  /** 上周, 月初, 最近: some day of these. */
  | { kind: 'span'; first: IsoDate; last: IsoDate; of?: 'week' | 'month' }
  /** 次日, 当天 after another date: so many days from it. */
  | { kind: 'next'; days: number };

export interface Day {
  /** Where the words end in the text. */
  end: number;
  /** One day, or several that share one unit (3、5、8号; 周六日; 昨前两天). */
  refs: DayRef[];
  flags: DateFlag[];
  /** A day that does not exist (11月31号): the words are used up, and nothing is found. */
  impossible?: true;
  /** Written by day, not by name: wins over a holiday or weekday that stands beside it. */
  explicit?: true;
  /** Named by a holiday. */
  holiday?: true;
  /** An exact moment counted back from now (两小时前): `HH:mm[:ss]`. */
  time?: string;
  /** The part of day that is in the word itself (夜黑 = last night). */
  part?: string;
}

/** Reads one form of day at a place, or null. `today` is the calendar day of the reference. */
export type DayReader = (text: string, at: number, now: Now) => Day | null;

export interface Now {
  /** `YYYY-MM-DDTHH:mm:ss`. */
  moment: string;
  today: IsoDate;
  bias: 'past' | 'future';
}
