/** How tickets are spoken of. */
import { itemOrPostTitle } from '../score/titles.ts';
import type { ObjectionLine } from '../../boards/views.ts';
import type { BranchState, Ticket } from '../../ledger/state.ts';
import { answerDue } from '../../scheduler/open-jobs.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { handlerOf } from './handler.ts';

export const STATE_WORDS: Readonly<Record<Ticket['state'], string>> = {
  open: '处理中',
  investigating: '调查中',
  upheld: '采纳',
  partly: '部分采纳',
  rejected: '不采纳',
  withdrawn: '已撤回',
  appealed: '已申诉到镇里',
};

type Branch = { readonly branch: BranchState; readonly policy: Policy };

/** `学习教育（3月20日）`; 未说明 where nobody knows yet. */
export function ticketItem(place: Branch, ticket: Pick<Ticket, 'item' | 'date'>): string {
  const item = ticket.item ? itemOrPostTitle(place, ticket.item) : '未说明哪一项';
  return ticket.date
    ? `${item}（${Number(ticket.date.slice(5, 7))}月${Number(ticket.date.slice(8, 10))}日）`
    : item;
}

/** A ticket as forms and agendas show it. */
export function objectionLine(place: Branch, ticket: Ticket): ObjectionLine {
  const settled = ticket.appeal?.ruling ?? ticket.ruling;
  const handler =
    ticket.state === 'appealed' ? '镇组织办' : (handlerOf(place.branch, ticket, ticket.at) ?? '镇组织办');
  return {
    number: ticket.number,
    by: ticket.by,
    about: ticket.about,
    item: ticketItem(place, ticket),
    outcome: STATE_WORDS[ticket.state],
    handler: settled?.by ?? handler,
    filedOn: dateOfTime(ticket.at),
    due: answerDue(ticket),
    ...(settled ? { ruling: settled.words, answeredOn: dateOfTime(settled.at) } : {}),
  };
}
