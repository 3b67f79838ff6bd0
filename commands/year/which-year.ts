/** Which year a message of the settlement is about, and under which policy it is settled. */
import type { BranchState } from '../../ledger/state.ts';
import { type IsoDate, monthOf, yearOf } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';

/** The year a text names: 2026年, 2026年度, 去年, 今年; null where it names none. */
export function saidYear(text: string, today: IsoDate): number | null {
  // 2026年3月 and 2026-03-01 are a month and a day, not a year.
  const found = /(?<!\d)(20\d\d)(?!\d|年\s*\d|[-./]\d)/.exec(text);
  if (found) return Number(found[1]);
  if (/去年|上一?年度/.test(text)) return yearOf(today) - 1;
  return /今年|本年度/.test(text) ? yearOf(today) : null;
}

export function yearSlot(message: Message): { readonly year?: number } {
  const year = saidYear(message.body, message.today);
  return year === null ? {} : { year };
}

/**
 * The slots of a command that is its word and at most a year. Overheard words that go on otherwise are talk
 * (年度公示什么时候发): null.
 */
export function yearOnly(message: Message, rest: string): { readonly year?: number } | null {
  const plain = /^(?:20\d\d年?度?|去年|今年|[。!！~]|吧|了)*$/.test(rest.trim());
  return message.command && !message.spokenTo && !plain ? null : yearSlot(message);
}

/** The year said, or the oldest that has months of this branch and is not closed: in January that is last year (R09). */
export function yearMeant(branch: BranchState, reading: Reading, today: IsoDate): number {
  const said = reading.slots['year'];
  return typeof said === 'number' ? said : oldestOpen(branch, today);
}

export function oldestOpen(branch: BranchState, today: IsoDate): number {
  const now = yearOf(today);
  const begun = Object.entries(branch.months)
    .filter(([month, m]) => m.waived === null && month <= monthOf(today))
    .map(([month]) => yearOf(month));
  const open = [...new Set(begun)].filter((year) => year <= now && branch.years[year]?.stage !== 'closed');
  return open.sort((a, b) => a - b)[0] ?? now;
}
