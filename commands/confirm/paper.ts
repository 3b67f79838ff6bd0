import { boardMeant, confirmation } from './confirm.ts';
import { answer, type Command, refuse } from '../command.ts';
import { hasConfirmed } from '../month/answers.ts';
import { monthSlot, namesSlot, plainRead, textSlot } from '../month/said.ts';
import { listed, monthText } from '../wording.ts';
import { confirmYear } from '../year/confirm.ts';
import { openYear } from '../year/year-board.ts';

/** `纸质确认 甲、乙`: signatures on paper, recorded by the secretary; the paper stays the record. */
export const paper: Command = {
  name: 'paper',
  intent: 'confirm',
  words: ['纸质确认', '签字确认', '线下确认', '年度纸质确认'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '登记在纸上签过字的确认，月份的或年度的',
  examples: ['纸质确认 岳大娘', '年度纸质确认 岳大娘'],
  read: plainRead({
    name: 'paper',
    intent: 'confirm',
    words: [],
    speech: /(?:签了?字|按了?手印|签过字|签字确认|纸质|线下).{0,8}(?:确认|登记|了)|在.{0,6}(?:表|纸)上签/,
    overheard: ['secretary', 'deputy'],
    slots: (message) => {
      // 签字 is said of many things: overheard, only while a board waits for answers.
      if (!message.spokenTo && !message.context.pending.some((p) => p.kind === 'board')) return null;
      const members = [...new Set(message.names().flatMap((n) => (n.members.length === 1 ? n.members : [])))];
      return members.length > 0
        ? { members, ...monthSlot(message), ...(/年度|全年|年终/.test(message.body) ? { year: true } : {}) }
        : null;
    },
  }),
  decide: (request, reading) => {
    const { branch, at } = request;
    const names = namesSlot(reading, 'members');
    const board = boardMeant(branch, textSlot(reading, 'month'));
    // Said of the year, or of a sheet that can be no other's.
    if (reading.slots['year'] === true || (!board && openYear(branch) !== null))
      return confirmYear(request, names, true);
    if (!board) return refuse('no-board');
    const said = monthText(board.month, at);
    const rows = board.rows.filter((r) => names.includes(r.name));
    const missing = names.find((name) => !rows.some((r) => r.name === name));
    if (missing !== undefined) return refuse('confirm-no-row', { month: said, name: missing });
    const unscored = rows.find((r) => r.total === null && r.deduction === '');
    if (unscored)
      return refuse(branch.months[board.month]?.waived ? 'confirm-waived' : 'confirm-unscored', {
        month: said,
        name: unscored.name,
      });
    const fresh = rows.filter((r) => !hasConfirmed(branch, board, r.name));
    const text =
      fresh.length > 0
        ? `已登记${listed(fresh.map((r) => r.name))}${said}积分的签字确认（第${board.version}版）。请留好签字的纸。`
        : `${listed(names)}已经确认过了。`;
    return {
      bodies: fresh.map((row) => confirmation(board, row, 'paper', request.speaker.name)),
      replies: [answer(text)],
    };
  },
};
