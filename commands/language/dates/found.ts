/** What the date reader hands back. */
import type { IsoDate, LocalTime } from '../../../scoring/calendar.ts';

/**
 * A guess that must be said back: a time later than now put on yesterday; a bare clock hour that may be either
 * half of the day; figures that may be a decimal or a score (11.5); a lunar reading without a mark; a day that is
 * not exact (上周, 5号左右).
 */
export type DateFlag =
  | 'assumed-yesterday'
  | 'ambiguous-am-pm'
  | 'ambiguous-numeric'
  | 'lunar-guess'
  | 'approximate';

/** `HH:mm`, or `HH:mm:ss` where seconds were said. */
export type ClockTime = string;

export interface FoundDate {
  /** The words as typed. Where a day and its time stand apart (昨天 张三 8点巡逻), both, joined by a blank. */
  text: string;
  /** Offsets of the (first) words in the message, end exclusive. */
  start: number;
  end: number;
  /** Offsets of further words that belong to it. */
  also?: { start: number; end: number }[];
  /** The day; with `approx` the first of the days it may be. */
  date: IsoDate;
  time?: ClockTime;
  /** The part of the day as typed (晚, 晚上, 上午). */
  part?: string;
  /** The last day of a range; with `approx` and no range said, the last of the days it may be. */
  endDate?: IsoDate;
  endTime?: ClockTime;
  /** No exact day or hour was said: ask before recording. */
  approx?: true;
  /** What is not exact: the day (上周, 月初) or only the hour (8点多). Present with `approx`. */
  vague?: 'day' | 'time';
  flags: DateFlag[];
}

export interface DateOptions {
  /** Now, Asia/Shanghai. Seconds may be left out. */
  reference: LocalTime;
  /** Roster and place names that are not dates though they look so (李周一, 五一村). */
  mask?: readonly string[];
  /** `future` for meetings and leave: the nearest day from today on. Default `past`. */
  bias?: 'past' | 'future';
}
