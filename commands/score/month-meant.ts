/** Of which month scores are. */
import { addMonths } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import { type Change, monthOfChange } from './changes.ts';

export function monthOfScores(message: Message, changes: readonly Change[]): string {
  const months = findMonths(message.body.replace(/(?:20\d\d年)?\d{1,2}月\d{1,2}[号日]/g, ' '), {
    month: message.month,
    bias: 'past',
  });
  if (months.length > 0) return months.join(',');
  const festival = festivalMonth(message, changes);
  if (festival) return festival;
  const dated = monthOfChange(message, changes);
  if (dated) return dated;
  return /上个?月/.test(message.body) ? addMonths(message.month, -1) : message.month;
}

/** Whether the words leave open of which month they are: in the first days of one, the last may be meant. */
export function isMonthUnsaid(message: Message, changes: readonly Change[]): boolean {
  return !/[月季年]|七一|国庆|十一/.test(message.body) && monthOfChange(message, changes) === null;
}

/** 国庆 and 七一 say which month is meant, whatever day the committee met (R20). */
function festivalMonth(message: Message, changes: readonly Change[]): string | null {
  const ops = changes.flatMap((c) => c.ops);
  if (ops.length === 0 || !ops.every((op) => op.item === 'bonus.festival')) return null;
  const month = /国庆|十一|10[.·]1/.test(message.body) ? '10' : '07';
  const year = Number(message.month.slice(0, 4));
  return `${month > message.month.slice(5) ? year - 1 : year}-${month}`;
}
