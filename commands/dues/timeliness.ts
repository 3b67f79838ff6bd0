/**
 * When a month's due was paid (R16): prepaid and paid in the month are on time; paid by the quarter is on time where the
 * branch consented; anything later is late. Nothing about amounts is kept.
 */
import { inScope } from '../../ledger/case.ts';
import type { Data } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addMonths, type IsoMonth, monthOf } from '../../scoring/calendar.ts';

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

/** How many unpaid months in a row are a matter for the secretary; the statutes' six months, nothing automatic. */
export const UNPAID_MONTHS = 6;

/** Members whose dues were recorded unpaid for six months in a row, the last of them over. */
export function sixMonthsUnpaid(state: BranchState, today: string): string[] {
  const last = addMonths(monthOf(today), -1);
  const months = Array.from({ length: UNPAID_MONTHS }, (_, i) => addMonths(last, -i));
  return Object.values(state.people)
    .filter((p) => months.every((m) => inScope(p, m) && state.months[m]?.dues[p.name] === 'unpaid'))
    .map((p) => p.name);
}

/** The private word to the secretary; null where there is nothing to say. */
export function unpaidAlert(state: BranchState, today: string): string | null {
  const names = sixMonthsUnpaid(state, today);
  return names.length === 0
    ? null
    : `连续${UNPAID_MONTHS}个月记为未交党费：${names.join('、')}。只告诉您，系统不做任何处理，请支委会核实后按规定办。`;
}
