/** Tickets whose answer is due, and photos nobody reported on. */
import { body } from '../../ledger/kinds.ts';
import type { Ticket } from '../../ledger/state.ts';
import { answerDue, isOpen, PHOTO_MINUTES } from '../../scheduler/open-jobs.ts';
import { addMinutes, dateOfTime, daysBetween } from '../../scoring/calendar.ts';
import { type Decision, type JobRequest, notice, type Reply } from '../command.ts';
import { handlerOf } from '../object/handler.ts';
import { ticketItem } from '../object/words.ts';
import { dayText } from '../wording.ts';

/** Reminds who has to answer, two days before and on the day; on the day after, secretary and town hear of it. */
export function ticketsJob(request: JobRequest): Decision {
  const day = dateOfTime(request.due);
  const replies = Object.values(request.branch.tickets)
    .filter(isOpen)
    .flatMap((ticket): Reply[] => {
      const left = daysBetween(day, answerDue(ticket));
      return left === 2 || left === 0 || left === -1 ? remindTicket(request, ticket, left) : [];
    });
  return { bodies: [], replies };
}

function remindTicket(request: JobRequest, ticket: Ticket, left: number): Reply[] {
  const { branch, at } = request;
  const due = dayText(answerDue(ticket), at);
  if (ticket.state === 'appealed')
    return left === 2 ? [] : [notice('town', `${branch.name}${ticket.number}号申诉还没有决定。`)];
  const handler = handlerOf(branch, ticket, at);
  const to = handler ? ({ person: handler } as const) : ('town' as const);
  const what = `${ticket.number}号异议（${ticketItem(request, ticket)}）`;
  if (left >= 0) return [notice(to, `${what}请在${due}前答复${ticket.by}：“裁定 ${ticket.number} …”。`)];
  return [
    notice(to, `${what}答复已超过7天的期限，请尽快裁定。`),
    notice(
      { person: ticket.by },
      `您的${ticket.number}号异议还在处理，已提醒支部。您也可以回复“申诉”，转镇组织办。`,
    ),
  ];
}

/** Photos that belong to no report after ten minutes are let go; their bytes go with them. */
export function photosJob({ branch, at }: JobRequest): Decision {
  const old = branch.photos.filter((p) => addMinutes(p.at, PHOTO_MINUTES) <= at);
  return { bodies: old.map((p) => body('photo-released', { sha256: p.sha256 })), replies: [] };
}
