/**
 * When a month's due was paid (R16): prepaid and paid in the month are on time; paid by the quarter is on time where the
 * branch consented; anything later is late. Nothing about amounts is kept.
 */
import type { Data } from '../../ledger/kinds.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';

export type DuesStatus = Data<'dues-recorded'>['status'];

/** The status a payment gives a month, or null where it must be asked whether an earlier month was paid in time. */
export function statusOf(
  month: IsoMonth,
  payment: {
    readonly status: DuesStatus;
    /** The month of the day it was paid, where that was said. */
    readonly paidIn: IsoMonth | null;
    readonly now: IsoMonth;
    readonly months: readonly IsoMonth[];
    readonly quarterly: boolean;
  },
): DuesStatus | null {
  const { status, paidIn, now, months, quarterly } = payment;
  // What the recorder said outright (晚了, 少交, 没交) holds, but for months that had not even come when it was said.
  if (status !== 'paid')
    return (status === 'late' || status === 'late-short') && month > (paidIn ?? now)
      ? status === 'late'
        ? 'prepaid'
        : 'short'
      : status;
  const paid = paidIn ?? now;
  if (month > paid) return 'prepaid';
  if (month === paid) return 'paid';
  if (quarterly && sameQuarter(month, paid) && wholeQuarter(month, months)) return 'paid';
  return paidIn === null ? null : 'late';
}

function quarterOf(month: IsoMonth): number {
  return Math.ceil(Number(month.slice(5, 7)) / 3);
}

function sameQuarter(a: IsoMonth, b: IsoMonth): boolean {
  return a.slice(0, 4) === b.slice(0, 4) && quarterOf(a) === quarterOf(b);
}

function wholeQuarter(month: IsoMonth, months: readonly IsoMonth[]): boolean {
  const first = (quarterOf(month) - 1) * 3 + 1;
  const quarter = [first, first + 1, first + 2].map(
    (m) => `${month.slice(0, 4)}-${String(m).padStart(2, '0')}`,
  );
  return quarter.every((m) => months.includes(m));
}
