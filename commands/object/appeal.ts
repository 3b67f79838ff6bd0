/** Taking an objection to the town, and the town's word on it (R26). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { Ticket } from '../../ledger/state.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Request,
} from '../command.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { numberSlot, plainRead, saidNumber, wordsSlot } from '../month/said.ts';
import { preview } from '../month/preview.ts';
import type { Reading } from '../reading.ts';
import { monthText } from '../wording.ts';
import { isVerdict, saidVerdict, VERDICTS } from './verdict.ts';
import { STATE_WORDS, ticketRow } from './words.ts';
import { bossOf } from '../month/boss.ts';

/** `我要向镇里反映`: the member's newest ticket goes to the town with its file. At any time, before or after the ruling. */
export function escalate(request: Request, reading: Reading): Outcome {
  const { branch, speaker, place } = request;
  const said = numberSlot(reading, 'ticket');
  const own = Object.values(branch.tickets).filter(
    (t) => t.by === speaker.name && t.state !== 'withdrawn' && (said === null || t.number === said),
  );
  const ticket = own.filter((t) => t.state !== 'appealed').at(-1) ?? own.at(-1);
  if (!ticket) return refuse('escalate-nothing');
  const known = `${ticket.number}号异议已经申诉到镇组织办，结果由镇里告诉您。`;
  const text =
    ticket.state === 'appealed'
      ? known
      : `${ticket.number}号异议已转镇组织办，材料一并送去，结果由镇里决定后告诉您。`;
  const replies = place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
  if (ticket.state === 'appealed') return { bodies: [], replies };
  return {
    bodies: [body('objection-appealed', { number: ticket.number })],
    replies: [
      ...replies,
      notice('town', appealFile(request, ticket)),
      notice(bossOf(request.branch, request.at), `${ticket.number}号异议已申诉到镇组织办，等镇里决定。`),
    ],
  };
}

/** Everything the town needs to decide, in one message. */
function appealFile(request: Request, ticket: Ticket): string {
  const { branch, at } = request;
  const lines = [
    `【申诉】${branch.name} ${ticket.number}号异议：${ticket.by}${ticket.about === ticket.by ? '' : `，涉及${ticket.about}`}`,
    `${ticketRow(request, ticket, at)}${ticket.month && ticket.version ? `，${monthText(ticket.month, at)}公示第${ticket.version}版` : ''}`,
  ];
  if (ticket.words) lines.push(`原话：${ticket.words}`);
  if (ticket.ruling)
    lines.push(`支部裁定（${ticket.ruling.by}）：${STATE_WORDS[ticket.state]}。${ticket.ruling.words}`);
  lines.push(`请回复“申诉裁定 ${branch.name} ${ticket.number} 采纳/部分采纳/不采纳 答复的话”。`);
  return lines.join('\n');
}

/** The town's decision on an appeal. */
export const appealRuling: Command = {
  name: 'appeal-ruling',
  intent: 'object',
  words: ['申诉裁定', '申诉决定'],
  who: ['town'],
  where: ['town', 'private'],
  summary: '对申诉作出决定',
  examples: ['申诉裁定 云岭村 1 不采纳 已核对签到表'],
  read: plainRead({
    name: 'appeal-ruling',
    intent: 'object',
    words: [],
    speech: /申诉.{0,12}(?:采纳|成立|驳回|维持|支持)/,
    slots: (_message, rest) => {
      const found = saidVerdict(rest);
      const number = saidNumber(rest);
      return found && number !== null ? { number, ruling: found.ruling, words: found.words } : null;
    },
  }),
  decide: decideAppeal,
};

function decideAppeal(request: Request, reading: Reading): Outcome {
  const { branch } = request;
  if (branch.branch === '') return refuse('branch-needed');
  const number = numberSlot(reading, 'number');
  const ticket = number === null ? undefined : branch.tickets[number];
  if (!ticket || number === null) return refuse('ticket-unknown', { number: number ?? '' });
  if (ticket.state !== 'appealed') return refuse('appeal-not-open', { number });
  const words = wordsSlot(reading, 'words');
  if (!words) return refuse('ruling-words', { number });
  const ruling = reading.slots['ruling'];
  if (!isVerdict(ruling)) return refuse('ruling-words', { number });
  if (!request.confirmed)
    return preview(
      request,
      reading,
      `将决定${branch.name}${number}号申诉：${VERDICTS[ruling]}。答复：“${words}”。`,
      '确定',
    );
  const decided: Body = body('appeal-decided', { number, ruling, words });
  return appealDecided(request, ticket, decided, `${VERDICTS[ruling]}。${words}`);
}

function appealDecided(request: Request, ticket: Ticket, decided: Body, verdict: string): Decision {
  const branch = request.branch.branch;
  const change = verdict.startsWith(VERDICTS.rejected) ? '' : '请按决定更正积分，再发布新版。';
  return {
    bodies: [decided],
    replies: [
      answer(`${request.branch.name}${ticket.number}号申诉已决定，已通知本人和支部书记。`),
      { ...notice({ person: ticket.by }, `镇组织办对您${ticket.number}号异议的决定：${verdict}`), branch },
      {
        ...notice(
          bossOf(request.branch, request.at),
          `镇组织办对${ticket.number}号申诉的决定：${verdict}${change}`,
        ),
        branch,
      },
    ],
  };
}
