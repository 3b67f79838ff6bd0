import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState, Ticket } from '../../ledger/state.ts';
import { answerDue, isOpen } from '../../scheduler/open-jobs.ts';
import { dateOfTime, isDate, isMonth, type IsoMonth } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY, ask, askReading } from '../asking.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { boardMeant } from '../confirm/confirm.ts';
import { numberSlot, textSlot } from '../month/said.ts';
import type { Choice, Reading } from '../reading.ts';
import { dayText, monthText } from '../wording.ts';
import { escalate } from './appeal.ts';
import { handlerOf } from './handler.ts';
import { objectReading } from './reading.ts';
import { ticketItem, ticketRow } from './words.ts';

/** An objection against one line of a board, or against what somebody knows to be wrong: a ticket, never an argument (R26). */
export const object: Command = {
  ...objectReading,
  intent: 'object',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '对积分提异议，由书记或副书记处理，私下答复',
  examples: ['异议 我3月20号到会了，怎么记的缺席'],
  decide: decideObject,
};

function decideObject(request: Request, reading: Reading): Outcome {
  if (reading.act === 'ask' && reading.question) return askReading(request, reading.question);
  if (reading.slots['escalate'] === 'town') return escalate(request, reading);
  const number = numberSlot(reading, 'ticket');
  if (number !== null) return detail(request, reading, number);
  const { branch, speaker } = request;
  const about = textSlot(reading, 'about') ?? speaker.name;
  const month = monthObjected(request, reading);
  const date = dayObjected(request, reading, month);
  const item = textSlot(reading, 'item') ?? itemOfDay(branch, about, date);
  const same = Object.values(branch.tickets).find(
    (t) =>
      isOpen(t) &&
      t.by === speaker.name &&
      t.about === about &&
      t.month === month &&
      (t.item === null || item === null || t.item === item) &&
      (!t.date || !date || t.date === date),
  );
  return same ? again(request, same, item) : open(request, reading, { about, month, item, date });
}

/** The month said, the month of the day said, or that of the board that hangs out. */
function monthObjected(request: Request, reading: Reading): IsoMonth | null {
  const said = textSlot(reading, 'month');
  if (said && isMonth(said)) return said;
  return boardMeant(request.branch, null)?.month ?? dateSlot(reading)?.slice(0, 7) ?? null;
}

function dateSlot(reading: Reading): string | null {
  const date = textSlot(reading, 'date');
  return date && isDate(date) ? date : null;
}

/** A bare 15号 said of a board is a day of the board's month, not the latest 15th. */
function dayObjected(request: Request, reading: Reading, month: IsoMonth | null): string | null {
  const date = dateSlot(reading);
  if (date === null || month === null || date.startsWith(month)) return date;
  const moved = `${month}${date.slice(7)}`;
  const said = /\d\s*月|月\s*\d|[一二三四五六七八九十]月|\d[.-]\d|昨|今|前天|上周|星期|礼拜/.test(
    request.text,
  );
  return said || !isDate(moved) ? date : moved;
}

/** The item of the one meeting of that day for which something was taken off: 我15号明明到了 needs no further question. */
function itemOfDay(branch: BranchState, about: string, date: string | null): string | null {
  const marked = Object.values(branch.meetings).filter(
    (m) => m.date === date && !m.cancelled && (m.marks[about] ?? 'present') !== 'present',
  );
  return marked.length === 1 ? marked[0]!.category : null;
}

/** Only what is said about it is kept; the words are the member's own and shown to those who handle it. */
function wordsOf(request: Request): string | null {
  const words = request.text.replace(/^@\S+\s*/, '').trim();
  return words === '' ? null : words.slice(0, 500);
}

function isLate(branch: BranchState, month: IsoMonth | null, today: string): boolean {
  const m = month ? branch.months[month] : undefined;
  const board = standingBoard(m);
  return board !== null && (m?.closedAt !== null || today > board.closes);
}

interface Row {
  readonly about: string;
  readonly month: IsoMonth | null;
  readonly item: string | null;
  readonly date: string | null;
}

function open(request: Request, reading: Reading, row: Row): Decision {
  const { branch, speaker, at } = request;
  const board = row.month ? standingBoard(branch.months[row.month]) : null;
  const number = branch.nextTicket;
  const words = wordsOf(request);
  const late = reading.slots['late'] === true || isLate(branch, row.month, dateOfTime(at));
  const facts = {
    number,
    by: speaker.name,
    about: row.about,
    month: row.month,
    version: board?.version ?? null,
    item: row.item,
    ...(row.date ? { date: row.date } : {}),
    late,
  };
  const objected = body('objected', { ...facts, ...(words ? { words } : {}) });
  const ticket: Ticket = { ...facts, words, at, state: 'open', ruling: null, appeal: null };
  const told = tellHandler(request, ticket);
  if (row.item !== null || row.date !== null || row.about !== speaker.name)
    return { bodies: [objected], replies: [...receipt(request, receiptText(request, ticket)), ...told] };
  return askRow(request, reading, ticket, [objected], told);
}

/** Nobody can look into an objection without a row: which one is asked in private. */
function askRow(request: Request, reading: Reading, ticket: Ticket, bodies: Body[], told: Reply[]): Decision {
  const { branch, policy, speaker } = request;
  const posts = branch.people[speaker.name]?.claims.filter((c) => c.until === null).map((c) => c.post) ?? [];
  const items = [...policy.items.map((i) => i.id), ...posts, 'bonus'];
  const choices: Choice[] = items.map((item) => ({
    label: ticketItem(request, { item, date: undefined }),
    reading: { ...reading, slots: { ticket: ticket.number, item } },
  }));
  const question = ask(request, `${receiptText(request, ticket)}\n请问是哪一项不对？`, {
    room: 'private',
    choices,
    minutes: 24 * 60,
  });
  return { bodies: [...bodies, ...question.bodies], replies: [...question.replies, ...told] };
}

function receiptText(request: Request, ticket: Ticket): string {
  const { branch, speaker, at } = request;
  const handler = handlerOf(branch, ticket, at) ?? '镇组织办';
  const month = ticket.month ? `${monthText(ticket.month, at)}积分` : '';
  const about = ticket.about === speaker.name ? '' : `（${ticket.about}）`;
  const item = ticket.item || ticket.date ? [ticketItem(request, ticket)] : [];
  const what = [...(month + about === '' ? [] : [`${month}${about}`]), ...item].join('，');
  const late = ticket.late ? '公示期已过，按更正办。' : '';
  return `已受理 ${ticket.number}号异议${what === '' ? '' : `：${what}`}。${late}由${handler}处理，${dayText(answerDue(ticket), at)}前私下答复您。`;
}

/** In the group only the number; what it is about, in private. */
function receipt(request: Request, text: string): Reply[] {
  return request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
}

function tellHandler(request: Request, ticket: Ticket): Reply[] {
  const { branch, at } = request;
  const handler = handlerOf(branch, ticket, at);
  const about = ticket.about === ticket.by ? '' : `，涉及${ticket.about}`;
  const words = ticket.words ? `\n原话：${ticket.words}` : '';
  const text = `${ticket.number}号异议：${ticket.by}${about}，${ticketRow(request, ticket, at)}。请在${dayText(answerDue(ticket), at)}前答复：“裁定 ${ticket.number} 采纳/部分采纳/不采纳 答复的话”。${words}`;
  return [notice(handler ? { person: handler } : 'town', handler ? text : `${branch.name} ${text}`)];
}

/** The same objection said again is the same ticket; what is new in it is added. */
function again(request: Request, ticket: Ticket, item: string | null): Decision {
  const words = wordsOf(request);
  const more = item !== null && ticket.item === null ? { item } : {};
  const longer = words && words !== ticket.words ? { words: joined(ticket.words, words) } : {};
  const bodies =
    Object.keys({ ...more, ...longer }).length > 0
      ? [body('objection-detailed', { number: ticket.number, ...more, ...longer })]
      : [];
  const text = `您的异议已经是${ticket.number}号，正在处理${bodies.length > 0 ? '，说的话已补进去' : ''}。`;
  return { bodies, replies: receipt(request, text) };
}

function joined(before: string | null, words: string): string {
  return (before ? `${before}\n${words}` : words).slice(0, 500);
}

/** The answer to “哪一项”. */
function detail(request: Request, reading: Reading, number: number): Outcome {
  const ticket = request.branch.tickets[number];
  if (!ticket) return refuse('ticket-unknown', { number });
  if (ticket.by !== request.speaker.name) return refuse('ticket-not-yours', { number });
  const item = textSlot(reading, 'item');
  const detailed = { ...ticket, item };
  return {
    bodies: [body('objection-detailed', { number, ...(item ? { item } : {}) })],
    replies: [
      ...receipt(request, `${number}号异议记下了：${ticketItem(request, detailed)}。`),
      ...tellHandler(request, detailed).map((r) => ({
        ...r,
        text: `${number}号异议补充：${ticketItem(request, detailed)}。`,
      })),
    ],
  };
}
