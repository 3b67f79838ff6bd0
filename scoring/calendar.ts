/**
 * The calendar of Asia/Shanghai without a clock: plain strings and epoch-day arithmetic, so that the answer
 * never depends on the server's timezone. China has had one fixed offset, +08:00, since 1991.
 */

/** `YYYY-MM-DD`, a calendar day. */
export type IsoDate = string;
/** `YYYY-MM`, a calendar month. */
export type IsoMonth = string;
/** `YYYY-MM-DDTHH:mm:ss`, a wall-clock moment in Asia/Shanghai. Sorts as text. */
export type LocalTime = string;

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days in a month; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the text is a calendar day that exists. */
export function isDate(text: string): boolean {
  const m = DATE.exec(text);
  if (!m) return false;
  const month = Number(m[2]);
  const day = Number(m[3]);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(m[1]), month);
}

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** A day from its parts, or null where no such day exists. */
export function dateOf(year: number, month: number, day: number): IsoDate | null {
  const text = `${four(year)}-${two(month)}-${two(day)}`;
  return isDate(text) ? text : null;
}

/** Days since 1970-01-01. */
export function epochDay(date: IsoDate): number {
  return Math.floor(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS,
  );
}

export function fromEpochDay(day: number): IsoDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromEpochDay(epochDay(date) + days);
}

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return epochDay(to) - epochDay(from);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: IsoDate): number {
  return ((((epochDay(date) + 3) % 7) + 7) % 7) + 1;
}

/** The month of a day or a moment. */
export function monthOf(moment: LocalTime): IsoMonth {
  return moment.slice(0, 7);
}

/** The year of a month, a day or a moment. */
export function yearOf(moment: LocalTime): number {
  return Number(moment.slice(0, 4));
}

export function dateOfTime(moment: LocalTime): IsoDate {
  return moment.slice(0, 10);
}

export function addMonths(month: IsoMonth, count: number): IsoMonth {
  const n = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${four(Math.floor(n / 12))}-${two((((n % 12) + 12) % 12) + 1)}`;
}

export function firstDay(month: IsoMonth): IsoDate {
  return `${month}-01`;
}

export function lastDay(month: IsoMonth): IsoDate {
  return `${month}-${two(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7))))}`;
}

/** The twelve months of a calendar year, in order. */
export function monthsOfYear(year: number): IsoMonth[] {
  return Array.from({ length: 12 }, (_, i) => `${four(year)}-${two(i + 1)}`);
}

/** The wall clock in Asia/Shanghai at an instant (milliseconds since 1970 UTC). */
export function shanghai(instantMs: number): LocalTime {
  return new Date(instantMs + SHANGHAI_MS).toISOString().slice(0, 19);
}

/** The instant (milliseconds since 1970 UTC) of a wall-clock moment in Asia/Shanghai; seconds may be left out. */
export function instant(moment: LocalTime): number {
  return Date.parse(`${moment.length === 16 ? `${moment}:00` : moment}Z`) - SHANGHAI_MS;
}

/** A moment shifted by minutes. */
export function addMinutes(moment: LocalTime, minutes: number): LocalTime {
  return shanghai(instant(moment) + minutes * 60_000);
}
