/** Holding a board back, letting it go on, and taking it down again. */
import { body } from '../../ledger/kinds.ts';
import { standingBoard } from '../../ledger/stage.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { monthText } from '../wording.ts';
import { boardMeant } from '../confirm/confirm.ts';
import { preview } from './preview.ts';
import { monthMeant } from './publish.ts';
import { monthSlot, plainRead, textSlot, wordsSlot } from './said.ts';

/** What follows the month, or the mark of a reason. */
function reasonOf(text: string): string {
  const marked = /(?:原因|理由|因为|由于)(?:是|为)?[\s:：,，]*([\s\S]+)$/.exec(text);
  if (marked) return marked[1]!.trim();
  // Only the words of the order itself go, before the reason or after it: a 先 or 的 inside it belongs to it.
  return text
    .replace(/(?:\d{4}年)?[\d一二三四五六七八九十]{1,3}月份?(?:的)?|上个?月|本月|这个?月/, ' ')
    .replace(new RegExp(`^(?:${ORDER}|[\\s,，:：。;；])+`), '')
    .replace(new RegExp(`[\\s,，:：。;；]+(?:${ORDER}|[\\s,，:：。;；])*$`), '')
    .trim();
}

const ORDER =
  '(?:先|请|把|的|公示榜?|榜|备案|暂缓|暂时|暂不|不发|别发|莫发|撤回|撤下来?|撤掉|作废|恢复|取消|一下|了|吧|免评|免于评分|不评分?|不打分)';

export const hold: Command = {
  name: 'hold',
  intent: 'none',
  words: ['暂缓', '暂缓公示', '先不发'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '暂缓某月的公示或备案，写明原因',
  examples: ['暂缓 3月 还有两人的分要核对'],
  read: plainRead({
    name: 'hold',
    words: [],
    speech: /(?:公示|榜|备案).{0,4}(?:先|暂)(?:不|别|莫|缓)|(?:先|暂)(?:不|别|莫|缓).{0,6}(?:公示|备案|发榜)/,
    overheard: ['secretary', 'deputy'],
    slots: (message, rest) => ({ ...monthSlot(message), reason: reasonOf(rest) }),
  }),
  decide: decideHold,
};

function decideHold(request: Request, reading: Reading): Outcome {
  const month = monthMeant(request, textSlot(reading, 'month'));
  const said = monthText(month, request.at);
  const reason = wordsSlot(reading, 'reason');
  if (!reason) return refuse('reason-needed', { example: `暂缓 ${said} 还有两人的分要核对` });
  if (!request.confirmed) {
    const published = standingBoard(request.branch.months[month]) !== null;
    const what = published ? '已公示的榜不变，期满也不自动备案' : '恢复之前不公示';
    return preview(request, reading, `将暂缓${said}（${reason}）：${what}。`, '暂缓');
  }
  return {
    bodies: [body('board-held', { month, reason })],
    replies: [answer(`${said}已暂缓。要继续时回复“恢复 ${said}”。`)],
  };
}

export const release: Command = {
  name: 'release',
  intent: 'none',
  words: ['恢复', '恢复公示', '解除暂缓'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '解除暂缓',
  examples: ['恢复 3月'],
  read: plainRead({
    name: 'release',
    words: [],
    speech: /恢复.{0,6}(?:公示|备案)|解除暂缓|(?:公示|备案).{0,4}恢复/,
    overheard: ['secretary', 'deputy'],
    slots: (message) => monthSlot(message),
  }),
  decide: (request, reading) => {
    const held = Object.entries(request.branch.months).filter(([, m]) => m.held);
    const month = textSlot(reading, 'month') ?? held[0]?.[0];
    if (month === undefined || !request.branch.months[month]?.held)
      return { bodies: [], replies: [answer('没有暂缓着的月份。')] };
    // A hold without a reason is none: that is how it is lifted.
    return {
      bodies: [body('board-held', { month })],
      replies: [answer(`${monthText(month, request.at)}已恢复。`)],
    };
  },
};

export const withdraw: Command = {
  name: 'withdraw-board',
  intent: 'none',
  words: ['撤回公示', '撤榜', '撤下公示'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '撤回已发的公示榜，写明原因；已有的确认作废',
  examples: ['撤回公示 3月 岗位填错了'],
  read: plainRead({
    name: 'withdraw-board',
    words: [],
    speech: /(?:公示|榜).{0,6}(?:撤回|撤下|撤掉|作废)|(?:撤回|撤下|撤掉).{0,8}(?:公示|榜)/,
    overheard: ['secretary', 'deputy'],
    slots: (message, rest) => ({ ...monthSlot(message), reason: reasonOf(rest) }),
  }),
  decide: decideWithdraw,
};

function decideWithdraw(request: Request, reading: Reading): Outcome {
  const { branch, at } = request;
  const board = boardMeant(branch, textSlot(reading, 'month'));
  if (!board) return refuse('no-board', {});
  const { month } = board;
  const said = monthText(month, at);
  const m = branch.months[month];
  if (m?.filed && !m.returned) return refuse('withdraw-filed', { month: said });
  const reason = wordsSlot(reading, 'reason');
  if (!reason) return refuse('reason-needed', { example: `撤回公示 ${said} 岗位填错了` });
  const confirmed = Object.keys(m?.confirmed ?? {}).length;
  if (!request.confirmed)
    return preview(
      request,
      reading,
      `将撤回${said}公示榜 v${board.version}，${confirmed}人的确认作废。`,
      '撤回',
    );
  return {
    bodies: [body('board-withdrawn', { month, reason })],
    replies: [
      // The reason stays in the ledger: it may speak of somebody.
      answer(`${said}公示榜第${board.version}版已撤回，之前的确认作废，等新版发布后请再确认。`, 'group'),
      ...(request.place === 'group' ? [] : [answer(`已撤回，已在群里说明。`)]),
    ],
  };
}

/** `免评 3月 原因`: the month leaves the year's mean, with a reason (Q06). */
export const waive: Command = {
  name: 'waive',
  intent: 'none',
  words: ['免评'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '某月确实不评分的，免评并写明原因',
  examples: ['免评 6月 全村防汛'],
  read: plainRead({
    name: 'waive',
    words: [],
    speech: /月份?.{0,4}(?:免评|不评分|不打分|免于评分)|免评(?:\d{4}年)?[\d一二三四五六七八九十]{1,3}月/,
    overheard: ['secretary', 'deputy'],
    slots: (message, rest) => ({ ...monthSlot(message), reason: reasonOf(rest) }),
  }),
  decide: (request, reading) => {
    const month = textSlot(reading, 'month');
    if (!month) return refuse('month-needed', { example: '免评 6月 全村防汛' });
    const said = monthText(month, request.at);
    const reason = wordsSlot(reading, 'reason');
    if (!reason) return refuse('reason-needed', { example: `免评 ${said} 全村防汛` });
    if (!request.confirmed)
      return preview(
        request,
        reading,
        `将免评${said}（${reason}）：全支部这个月不计入年度平均分，没评的岗位注明待评。`,
        '免评',
      );
    return {
      bodies: [body('month-waived', { month, reason })],
      replies: [answer(`${said}已免评，不计入年度平均分。可以“发布 ${said}”。`)],
    };
  },
};
