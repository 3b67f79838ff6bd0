/** Points asked for by those who may not give any: refused politely, and offered as an application. */
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import type { Change } from './changes.ts';
import { findItems } from './items.ts';
import { monthOfScores } from './month-meant.ts';
import type { Sheet } from './sheet.ts';
import { isBareRow, isJoke, OTHER_GAMES, PLEA } from './talk.ts';

/** 给我加2分呗 by somebody who may not: refused politely, offered as an application. */
const MARKS_SOMEBODY = /打\s*\d{1,2}分|打分|评分/;
const GIVES =
  /^(?:[^,，。]{2,4}[,，])?[^,，。]{0,8}(?:给|请|应该|要|建议给).{0,14}[加扣]\s*[\d一二两三四五]+\s*分/;

/** 毕…18号没巡，巡逻岗给他扣3分: of a member, at a post or item of the points'. */
function takesFrom(message: Message): boolean {
  return (
    /给(?:他|她)扣\s*[\d一二两三四五]+\s*分/.test(message.body) &&
    message.names().length > 0 &&
    findItems(message.body, message.context).length > 0
  );
}

/** Whether one who may not score could be scoring at all: without any of this the sheet need not be read. */
export function mayPlead(message: Message): boolean {
  if (message.spokenTo || message.command?.name === 'score') return true;
  const { body } = message;
  return (
    PLEA.test(body) ||
    MARKS_SOMEBODY.test(body) ||
    GIVES.test(body) ||
    isBareRow(message) ||
    takesFrom(message)
  );
}

export function readPlea(message: Message, changes: readonly Change[], sheet: Sheet): Reading | null {
  const ops = [...changes.flatMap((c) => c.ops), ...sheet.ops].filter((op) => op.item !== '');
  const self = message.sender ?? '';
  const plea = PLEA.test(message.body) && !OTHER_GAMES.test(message.body);
  const direct = (message.spokenTo && !message.asks) || (message.command?.name === 'score' && ops.length > 0);
  const plain =
    sheet.ops.length > 0 &&
    sheet.ops.every((op) => !op.member.startsWith('*')) &&
    (MARKS_SOMEBODY.test(message.body) || isBareRow(message)) &&
    !isJoke(message.text) &&
    !message.asks;
  // 给建国加2分 of somebody else: not theirs to give.
  const gives =
    changes.some((c) => c.ops.some((op) => op.member !== self)) &&
    (GIVES.test(message.body) || takesFrom(message)) &&
    !isJoke(message.text) &&
    !OTHER_GAMES.test(message.body.slice(0, 30)) &&
    !message.asks;
  if (
    !plea &&
    !plain &&
    !gives &&
    !(direct && (ops.length > 0 || message.command !== undefined || changes.some((c) => c.ops.length > 0)))
  )
    return null;
  if (!message.spokenTo && isJoke(message.text) && !plea) return null;
  const own = plea
    ? changes
        .flatMap((c) => c.ops)
        .filter((o) => o.op === 'add')
        .map((op) => ({ ...op, member: self, item: 'bonus' }))
    : ops;
  if (plea && own.length === 0) return null;
  return {
    act: 'refuse',
    intent: 'score',
    command: 'score',
    why: 'not_recorder',
    slots: { month: monthOfScores(message, changes), ops: own, why: 'not_recorder' },
  };
}
