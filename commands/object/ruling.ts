import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { Ticket } from '../../ledger/state.ts';
import { isOpen } from '../../scheduler/open-jobs.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Request,
} from '../command.ts';
import { closable } from '../month/closing.ts';
import { preview } from '../month/preview.ts';
import { numberSlot, plainRead, saidNumber, wordsSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { dayText, monthText } from '../wording.ts';
import { barred, handlerOf } from './handler.ts';
import { isVerdict, saidVerdict, type Verdict, VERDICTS } from './verdict.ts';
import { STATE_WORDS, ticketRow } from './words.ts';

/** `裁定 1 不采纳 …`: the written answer to an objection, sent to the member in private (R26). */
export const ruling: Command = {
  name: 'ruling',
  intent: 'object',
  words: ['裁定', '答复异议', '异议答复'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '裁定一件异议，写明答复的话',
  examples: ['裁定 1 采纳 查了签到表，当天到会，改回10分'],
  read: plainRead({
    name: 'ruling',
    intent: 'object',
    words: [],
    speech:
      /(?:\d+\s*号|第?\s*\d+\s*[件个条]?)\s*异议.{0,12}(?:采纳|成立|支持|驳回|属实|维持)|异议\s*#?\s*\d+.{0,6}(?:采纳|成立|支持|驳回|属实|维持)/,
    overheard: ['secretary', 'deputy'],
    slots: (_message, rest) => {
      const found = saidVerdict(rest);
      const number = saidNumber(rest);
      return {
        ...(number === null ? {} : { number }),
        ...(found ? { ruling: found.ruling, words: found.words } : {}),
      };
    },
  }),
  decide: decideRuling,
};

/** `调查 1`: the handler has taken it up; the member sees that somebody is at it. */
export const investigate: Command = {
  name: 'investigate',
  intent: 'object',
  words: ['调查', '受理异议'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '登记一件异议已开始调查',
  examples: ['调查 1'],
  read: plainRead({
    name: 'investigate',
    intent: 'object',
    words: [],
    slots: (_message, rest) => {
      const number = saidNumber(rest);
      return number === null ? null : { number };
    },
  }),
  decide: (request, reading) => {
    const number = numberSlot(reading, 'number');
    const ticket = number === null ? undefined : request.branch.tickets[number];
    if (!ticket || number === null) return refuse('ticket-unknown', { number: number ?? '' });
    if (ticket.state !== 'open')
      return refuse('ticket-settled', { number, state: STATE_WORDS[ticket.state] });
    const why = barred(request.branch, ticket, request.speaker.name, request.at);
    if (why !== null) return refuse('ruling-not-you', { number, why });
    return {
      bodies: [body('objection-investigated', { number })],
      replies: [
        answer(`${number}号异议已登记为调查中。`),
        notice({ person: ticket.by }, `您的${number}号异议，${request.speaker.name}正在调查核实。`),
      ],
    };
  },
};

function decideRuling(request: Request, reading: Reading): Outcome {
  const { branch, speaker, at } = request;
  const open = Object.values(branch.tickets).filter((t) => t.state === 'open' || t.state === 'investigating');
  const number = numberSlot(reading, 'number') ?? (open.length === 1 ? open[0]!.number : null);
  const ticket = number === null ? undefined : branch.tickets[number];
  if (!ticket || number === null) return refuse('ticket-unknown', { number: number ?? '' });
  if (!isOpen(ticket)) return refuse('ticket-settled', { number, state: STATE_WORDS[ticket.state] });
  const why = ticket.state === 'appealed' ? '支部（已申诉到镇里）' : barred(branch, ticket, speaker.name, at);
  if (why !== null) {
    const handler = ticket.state === 'appealed' ? null : handlerOf(branch, ticket, at);
    return refuse('ruling-not-you', { number, why, ...(handler ? { handler } : {}) });
  }
  const words = wordsSlot(reading, 'words');
  const verdict = reading.slots['ruling'];
  if (!isVerdict(verdict) || !words) return refuse('ruling-words', { number });
  if (request.confirmed) return rule(request, ticket, verdict, words);
  return preview(
    request,
    reading,
    `将裁定${number}号异议（${ticket.by}，${ticketRow(request, ticket, request.at)}）：${VERDICTS[verdict]}。答复：“${words}”。`,
    '确定',
    { private: request.place === 'group' },
  );
}

function rule(request: Request, ticket: Ticket, verdict: Verdict, words: string): Decision {
  const { branch, at } = request;
  const { number } = ticket;
  const ruled = body('objection-ruled', { number, ruling: verdict, words });
  const lines = [`${number}号异议已裁定：${VERDICTS[verdict]}，已私下答复${ticket.by}。下次党员大会通报。`];
  if (accountOf(branch, ticket.by) === null)
    lines[0] = `${number}号异议已裁定：${VERDICTS[verdict]}。${ticket.by}没有微信，请当面答复。`;
  if (verdict !== 'rejected')
    lines.push(
      `请改好${ticket.about}${ticketRow(request, ticket, at)}${ticket.month ? `，再“发布 ${monthText(ticket.month, at)}”出新版` : ''}。`,
    );
  if (ticket.month && verdict === 'rejected' && closable(request, ticket.month, [number]))
    lines.push(`公示期已满，可以“备案 ${monthText(ticket.month, at)}”。`);
  const appeal = '不服可以回复“申诉”，转镇组织办。';
  const told = `您${dayText(dateOfTime(ticket.at), at)}提的${number}号异议，${request.speaker.name}答复：${VERDICTS[verdict]}。${words}\n${appeal}`;
  return {
    bodies: [ruled],
    replies: [answer(lines.join('\n')), notice({ person: ticket.by }, told)],
  };
}
