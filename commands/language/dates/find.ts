import type { DateOptions, FoundDate } from './found.ts';

export type { ClockTime, DateFlag, DateOptions, FoundDate } from './found.ts';

/** The dates and times in a message, in order. */
export function findDates(_text: string, _options: DateOptions): FoundDate[] {
  return [];
}
