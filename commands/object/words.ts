/** How tickets are spoken of. */
import type { ObjectionLine } from '../../boards/views/meeting.ts';
import type { BranchState, Ticket } from '../../ledger/state.ts';
import { answerDue } from '../../scheduler/open-jobs.ts';
import { dateOfTime, type LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { itemOrPostTitle } from '../score/titles.ts';
import { monthText } from '../wording.ts';
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

/** `3月20日的学习教育`; 未说明 where nobody knows yet. */
export function ticketItem(place: Branch, ticket: Pick<Ticket, 'item' | 'date'>): string {
  const item = ticket.item ? itemOrPostTitle(place, ticket.item) : '未说明哪一项';
  if (!ticket.date) return item;
  const day = `${Number(ticket.date.slice(5, 7))}月${Number(ticket.date.slice(8, 10))}日`;
  return ticket.item ? `${day}的${item}` : `${day}，${item}`;
}

/** `3月20日的学习教育`, `3月的学习教育`: what is objected to, in the one month or day that it is about. */
export function ticketRow(place: Branch, ticket: Ticket, at: LocalTime): string {
  const item = ticketItem(place, ticket);
  if (ticket.date || !ticket.month) return item;
  return ticket.item
    ? `${monthText(ticket.month, at)}的${item}`
    : `${monthText(ticket.month, at)}积分，${item}`;
}

/** How far it is; `支部已答复，已申诉到镇里` where the town decides on what the branch has ruled. */
function outcomeText({ state, ruling, appeal }: Ticket): string {
  const answered = state === 'appealed' && ruling !== null && !appeal?.ruling;
  return `${answered ? '支部已答复，' : ''}${STATE_WORDS[state]}`;
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
    outcome: outcomeText(ticket),
    handler: settled?.by ?? handler,
    filedOn: dateOfTime(ticket.at),
    due: answerDue(ticket),
    ...(settled ? { ruling: settled.words, answeredOn: dateOfTime(settled.at) } : {}),
  };
}
