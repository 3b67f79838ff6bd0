import { body } from '../../ledger/kinds.ts';
import { isOpen } from '../../scheduler/open-jobs.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import { numberSlot, plainRead, saidNumber } from '../month/said.ts';
import { handlerOf } from './handler.ts';

/** `撤回异议`: the objector takes it back; nobody else can. */
export const withdrawObjection: Command = {
  name: 'withdraw-objection',
  intent: 'correct',
  words: ['撤回异议', '撤销异议', '取消异议'],
  who: 'anyone',
  where: ['group', 'private'],
  summary: '撤回自己提的异议',
  examples: ['撤回异议'],
  read: plainRead({
    name: 'withdraw-objection',
    intent: 'correct',
    words: [],
    speech: /异议.{0,6}(?:撤回|撤了|撤销|不提了|算了)|(?:撤回|撤销|不提).{0,4}异议/,
    slots: (_message, rest) => {
      const number = saidNumber(rest);
      return number === null ? {} : { number };
    },
  }),
  timely: ({ branch, speaker }) =>
    Object.values(branch.tickets).some((t) => isOpen(t) && t.by === speaker.name),
  decide: (request, reading) => takeBack(request, numberSlot(reading, 'number')),
};

/** Takes back one's own open ticket: the one numbered, or the newest. */
export function takeBack(request: Request, said: number | null): Outcome {
  const { branch, speaker, at } = request;
  const open = Object.values(branch.tickets).filter((t) => isOpen(t) && t.by === speaker.name);
  const ticket = said === null ? open.at(-1) : branch.tickets[said];
  if (!ticket)
    return said === null ? refuse('objection-nothing') : refuse('ticket-unknown', { number: said });
  if (ticket.by !== speaker.name) return refuse('ticket-not-yours', { number: ticket.number });
  if (!isOpen(ticket)) return refuse('objection-nothing');
  const handler = handlerOf(branch, ticket, at);
  return {
    bodies: [body('objection-withdrawn', { number: ticket.number })],
    replies: [
      answer(`${ticket.number}号异议已撤回。积分没有问题的话，请回复“确认”。`),
      ...(handler ? [notice({ person: handler }, `${speaker.name}撤回了${ticket.number}号异议。`)] : []),
    ],
  };
}
