/** Who has not answered, for the secretary alone; and polite private reminders, at most twice each. */
import { unconfirmedText } from '../../boards/text.ts';
import { dateText } from '../../boards/wording.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { BoardRecord, BranchState } from '../../ledger/state.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, type Decision, notice, refuse, type Reply } from '../command.ts';
import { boardMeant } from '../confirm/confirm.ts';
import { listed, monthText } from '../wording.ts';
import {
  openTickets,
  remindedTimes,
  reminderKey,
  REMINDERS,
  unconfirmedNames,
  unconfirmedView,
} from './answers.ts';
import { monthSlot, plainRead, textSlot } from './said.ts';

export const unconfirmed: Command = {
  name: 'unconfirmed',
  intent: 'query',
  words: ['未确认', '谁没确认', '没确认的'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '私下看还有谁没有确认公示',
  examples: ['未确认'],
  read: plainRead({
    name: 'unconfirmed',
    intent: 'query',
    words: [],
    speech:
      /(?:谁|哪些人?|哪几个|还有几个|多少人).{0,6}(?:没|未)(?:有)?(?:确认|签字|答复|回复)|(?:没|未)(?:有)?确认的?(?:名单|有谁|是谁|人)/,
    slots: (message) => monthSlot(message),
  }),
  decide: (request, reading) => {
    const board = boardMeant(request.branch, textSlot(reading, 'month'));
    const view = board && unconfirmedView(request.branch, board.month);
    if (!board || !view) return refuse('no-board');
    const calls = toCall(request.branch, board);
    const more = calls.length > 0 ? [`没有微信、要打电话或上门的：${listed(calls)}`] : [];
    const last = remindable(request.branch, board).length > 0 ? ['回复“提醒未确认”，我私下提醒他们。'] : [];
    const texts = unconfirmedText(view, [...more, ...last]);
    const replies: Reply[] = texts.map((text) => answer(text, 'private'));
    return {
      bodies: [],
      replies: request.place === 'group' ? [answer(ANSWERED_PRIVATELY), ...replies] : replies,
    };
  },
};

export const remind: Command = {
  name: 'remind',
  intent: 'none',
  words: ['提醒未确认', '催确认', '提醒确认'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '私下提醒没有确认的人，每人最多两次',
  examples: ['提醒未确认'],
  read: plainRead({
    name: 'remind',
    words: [],
    speech:
      /(?:提醒|催)(?:一下|下)?.{0,6}(?:没|未)(?:有)?(?:确认|答复|回复)|(?:没|未)确认的.{0,6}(?:提醒|催)/,
    overheard: [],
    slots: (message) => monthSlot(message),
  }),
  decide: (request, reading) => {
    const board = boardMeant(request.branch, textSlot(reading, 'month'));
    if (!board) return refuse('no-board');
    const reminders = remindUnconfirmed(request.branch, board);
    const names = remindable(request.branch, board);
    const calls = toCall(request.branch, board);
    const text = names.length > 0 ? `已私下提醒${names.length}人。` : '没有可以再提醒的人（每人最多两次）。';
    const more = calls.length > 0 ? `没有微信、要打电话或上门的：${listed(calls)}` : '';
    const group = request.place === 'group';
    return {
      bodies: reminders.bodies,
      replies: [
        answer(group || more === '' ? text : `${text}\n${more}`),
        ...(group && more !== '' ? [answer(more, 'private')] : []),
        ...reminders.replies,
      ],
    };
  },
};

/** Those who may still be reminded in private: not answered, no open objection, reminders wanted, fewer than two so far. */
function remindable(branch: BranchState, board: BoardRecord): string[] {
  const objecting = new Set(openTickets(branch, board.month).map((t) => t.by));
  return unconfirmedNames(branch, board).filter((name) => {
    return (
      !objecting.has(name) &&
      accountOf(branch, name) !== null &&
      remindedTimes(branch, board, name) < REMINDERS
    );
  });
}

/** Without an account nobody can be written to: the secretary calls. */
export function toCall(branch: BranchState, board: BoardRecord): string[] {
  return unconfirmedNames(branch, board).filter((name) => accountOf(branch, name) === null);
}

export function remindUnconfirmed(branch: BranchState, board: BoardRecord): Decision {
  const names = remindable(branch, board);
  const byKey = new Map<string, string[]>();
  for (const name of names) {
    const key = reminderKey(branch, board, name, remindedTimes(branch, board, name) + 1);
    byKey.set(key, [...(byKey.get(key) ?? []), name]);
  }
  const bodies = [...byKey].map(([what, reminded]) => body('reminded', { what, names: reminded }));
  const month = monthText(board.month, board.publishedAt);
  return {
    bodies,
    replies: names.map((name) =>
      notice(
        { person: name },
        `${month}积分公示到${dateText(board.closes)}，您是${board.rows.find((r) => r.name === name)?.total ?? 0}分。没有问题请回复“确认”，有问题请回复“异议”加哪一项。`,
      ),
    ),
  };
}
