/** The town's word on a filing: received with a number, or returned with a reason (R29). */
import { periodText } from '../../boards/wording.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { preview } from './preview.ts';
import { monthSlot, plainRead, textSlot, wordsSlot } from './said.ts';
import { bossOf } from './boss.ts';

export const receive: Command = {
  name: 'receive-filing',
  intent: 'none',
  words: ['备案收到', '收到备案', '备案 收到', '回执'],
  who: ['town'],
  where: ['town'],
  summary: '收下支部的月度备案，发回执编号',
  examples: ['备案收到 云岭村 3月'],
  read: plainRead({
    name: 'receive-filing',
    words: [],
    overheard: ['town'],
    speech: /备案.{0,12}(?:收到|收下|收讫|已收|通过)|(?:收到|收下|接收).{0,16}备案/,
    slots: (message, rest) => {
      const number = /(?:编号|回执号?|文号)\s*[:：]?\s*([\w〔〕[\]-]+)/.exec(rest)?.[1];
      return { ...monthSlot(message), ...(number ? { number } : {}) };
    },
  }),
  decide: decideReceive,
};

export const returnFiling: Command = {
  name: 'return-filing',
  intent: 'none',
  words: ['退回', '备案退回', '退回备案'],
  who: ['town'],
  where: ['town'],
  summary: '退回支部的月度备案，写明原因',
  examples: ['退回 云岭村 3月 原因：缺会议记录'],
  read: plainRead({
    name: 'return-filing',
    words: [],
    overheard: ['town'],
    speech: /(?:备案|月份?).{0,10}(?:退回|打回)|(?:退回|打回).{0,16}(?:备案|月)/,
    slots: (message, rest) => {
      // A whole year is returned by another command.
      if (/年度|全年|评定/.test(message.body)) return null;
      return { ...monthSlot(message), reason: reasonAfter(rest) };
    },
  }),
  decide: decideReturn,
};

/** The words after 原因, or after the month, or after the last blank. */
function reasonAfter(text: string): string {
  const marked = /(?:原因|理由|因为|由于)(?:是|为)?[\s:：,，]*([\s\S]+)$/.exec(text);
  if (marked) return marked[1]!.trim();
  const after = /月份?(?:的?备案|的)?[\s:：,，。;；]+([\s\S]+)$/.exec(text);
  return after ? after[1]!.trim() : '';
}

/** The month said, or the oldest of the branch that waits for the town. */
function waiting(branch: BranchState, said: IsoMonth | null): IsoMonth | null {
  const waits = Object.entries(branch.months)
    .filter(([, m]) => m.filed && !m.receipt && !m.returned)
    .map(([month]) => month)
    .sort();
  return said ? (waits.includes(said) ? said : null) : (waits[0] ?? null);
}

function decideReceive(request: Request, reading: Reading): Outcome {
  const { branch, town } = request;
  if (branch.branch === '') return refuse('branch-needed');
  const said = textSlot(reading, 'month');
  const month = waiting(branch, said);
  if (!month)
    return refuse('filing-nothing', { branch: branch.name, ...(said ? { month: periodText(said) } : {}) });
  const number = textSlot(reading, 'number') ?? nextReceipt(Object.values(town.branches), month);
  return {
    bodies: [body('filing-received', { month, number })],
    replies: [
      answer(`已收${branch.name}${periodText(month)}备案，回执编号 ${number}，已通知支部书记。`),
      {
        ...notice(
          bossOf(branch, request.at),
          `镇组织办已收${periodText(month)}积分备案，回执编号 ${number}。`,
        ),
        branch: branch.branch,
      },
    ],
  };
}

/** `202603-04`: the month and how many the town has received of it. */
function nextReceipt(branches: readonly BranchState[], month: IsoMonth): string {
  const received = branches.filter((b) => b.months[month]?.receipt).length;
  return `${month.replace('-', '')}-${String(received + 1).padStart(2, '0')}`;
}

function decideReturn(request: Request, reading: Reading): Outcome {
  const { branch } = request;
  if (branch.branch === '') return refuse('branch-needed');
  const said = textSlot(reading, 'month');
  const month = waiting(branch, said);
  if (!month)
    return refuse('filing-nothing', { branch: branch.name, ...(said ? { month: periodText(said) } : {}) });
  const reason = wordsSlot(reading, 'reason');
  if (!reason)
    return refuse('reason-needed', { example: `退回 ${branch.name} ${periodText(month)} 原因：…` });
  if (!request.confirmed)
    return preview(
      request,
      reading,
      `将退回${branch.name}${periodText(month)}备案，原因：${reason}。`,
      '退回',
    );
  return {
    bodies: [body('filing-returned', { month, reason })],
    replies: [
      answer(`已退回${branch.name}${periodText(month)}备案，已通知支部书记。`),
      {
        ...notice(
          bossOf(branch, request.at),
          `镇组织办退回了${periodText(month)}积分备案：${reason}。改好后，有变动的“发布 ${periodText(month)}”出新版；没有变动的直接“备案 ${periodText(month)}”。`,
        ),
        branch: branch.branch,
      },
    ],
  };
}
