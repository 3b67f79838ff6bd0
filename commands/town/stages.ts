/** `进度`, `备案清单`: where every branch stands, late ones first; never anybody's score (R36). */
import { stageText } from '../../boards/text.ts';
import type { StageRow, StageTableView } from '../../boards/views/filing.ts';
import { periodText } from '../../boards/wording.ts';
import { inScope } from '../../ledger/case.ts';
import { stageOf, standingBoard } from '../../ledger/stage.ts';
import type { BranchState, Ticket, TownState } from '../../ledger/state.ts';
import { themeDate } from '../../scheduler/calendar-jobs.ts';
import {
  addDays,
  addMonths,
  dateOfTime,
  daysBetween,
  type IsoDate,
  type IsoMonth,
  type LocalTime,
  monthOf,
} from '../../scoring/calendar.ts';
import { answer, type Command, type Reply } from '../command.ts';
import type { Message } from '../language/message.ts';
import { openTickets, unconfirmedNames } from '../month/answers.ts';
import { monthSlot, plainRead, textSlot } from '../month/said.ts';
import type { Reading, Slots } from '../reading.ts';
import { listed } from '../wording.ts';

type Stage = ReturnType<typeof stageOf>;

/** Of each stage: the word, how far along, and whom it waits for. */
const STAGES: Readonly<Record<Stage, readonly [word: string, progress: number, waitsFor: string]>> = {
  open: ['记录中', 0.1, '记录员'],
  collected: ['待评分核定', 0.3, '记录员、支委会'],
  checked: ['待公示', 0.45, '书记'],
  published: ['公示中', 0.6, '党员确认'],
  closed: ['待备案', 0.8, '书记'],
  filed: ['已报备案', 0.9, '镇组织办'],
  returned: ['已退回', 0.5, '书记'],
  received: ['已备案', 1, ''],
};

/** Days after the day on which the next step should have been done. */
function daysLate(branch: BranchState, month: IsoMonth, today: IsoDate): number {
  const m = branch.months[month];
  const board = standingBoard(m);
  const stage = stageOf(m);
  if (stage === 'received' || stage === 'filed') return 0;
  const expected =
    board && stage !== 'returned'
      ? addDays(board.closes, 1)
      : stage === 'returned'
        ? dateOfTime(m!.returned!.at)
        : themeDate(branch, addMonths(month, 1));
  return Math.max(0, daysBetween(expected, today));
}

/** Behind its time with objections open, a branch waits for whoever has to rule on them. */
function rulingBy(tickets: readonly Ticket[]): string {
  return tickets.every((t) => t.state === 'appealed') ? '镇组织办裁定申诉' : '书记裁定异议';
}

export function stageRow(branch: BranchState, month: IsoMonth, today: IsoDate): StageRow {
  const m = branch.months[month];
  const board = standingBoard(m);
  const [word, progress, waitsFor] = STAGES[stageOf(m)];
  const waived = m?.waived !== null && m !== undefined && !board;
  const tickets = openTickets(branch, month);
  const late = waived ? 0 : daysLate(branch, month, today);
  return {
    branch: branch.name,
    members: Object.values(branch.people).filter((p) => inScope(p, month)).length,
    stage: waived ? '不评' : word,
    progress: waived ? 1 : progress,
    daysLate: late,
    openTickets: tickets.length,
    unconfirmed: board ? unconfirmedNames(branch, board).length : null,
    ...(waitsFor === '' || waived
      ? {}
      : { waitsFor: tickets.length > 0 && late > 0 ? rulingBy(tickets) : waitsFor }),
  };
}

export function stageTable(town: TownState, month: IsoMonth, at: LocalTime): StageTableView {
  const rows = Object.values(town.branches).map((b) => stageRow(b, month, dateOfTime(at)));
  return { town: town.office.name, period: month, at, rows };
}

/** The word and at most a month; what is overheard and goes on otherwise is talk. */
function monthOnly(message: Message, rest: string): Slots | null {
  const plain = rest === '' || /^.{0,8}月份?.{0,6}$/.test(rest);
  return message.command && !message.spokenTo && !plain ? null : monthSlot(message);
}

/** The month said, or the last whole one. */
function monthMeant(reading: Reading, at: LocalTime): IsoMonth {
  return textSlot(reading, 'month') ?? addMonths(monthOf(at), -1);
}

export const stages: Command = {
  name: 'stages',
  intent: 'none',
  words: ['进度', '各支部进度', '支部进度', '进度表'],
  who: ['town'],
  where: ['town', 'private'],
  summary: '各支部当月到哪一步、逾期几天、异议和未确认人数（没有个人分数），带图和表',
  examples: ['进度', '各支部进度 3月'],
  read: plainRead({
    name: 'stages',
    words: [],
    overheard: ['town'],
    speech:
      /^(?:看一?下|看看|查一?下|发一?下)?(?:各|所有|全镇)(?:个)?支部(?:的)?.{0,4}(?:进度|进展|到哪一?步了?|情况表)/,
    slots: monthOnly,
  }),
  decide: (request, reading) => {
    const month = monthMeant(reading, request.at);
    const view = stageTable(request.town, month, request.at);
    const name = `${view.town}${month}各支部进度`;
    const texts = stageText(view);
    const replies: Reply[] = texts.map((text) => answer(text));
    replies.push({
      ...answer(`${periodText(month)}进度图。`),
      attachment: { kind: 'image', name: `${name}.png`, form: 'stage-picture', view },
    });
    replies.push({
      ...answer(`${periodText(month)}进度表。`),
      attachment: { kind: 'file', name: `${name}.xlsx`, form: 'stages-excel', view },
    });
    return { bodies: [], replies };
  },
};

export const filings: Command = {
  name: 'filings',
  intent: 'none',
  words: ['备案清单', '备案情况', '备案进度'],
  who: ['town'],
  where: ['town', 'private'],
  summary: '某月各支部的备案：已收（编号）、等着收、退回、还没报',
  examples: ['备案清单', '备案清单 3月'],
  read: plainRead({
    name: 'filings',
    words: [],
    speech: /(?:哪些|哪个|几个|谁)(?:支部)?.{0,4}(?:没|未|还没)(?:有)?(?:报|交|送)?备案/,
    slots: monthOnly,
  }),
  decide: (request, reading) => {
    const month = monthMeant(reading, request.at);
    const branches = Object.values(request.town.branches);
    const of = (...wanted: Stage[]): BranchState[] =>
      branches.filter((b) => wanted.includes(stageOf(b.months[month])));
    const received = of('received').map((b) => `${b.name}（${b.months[month]?.receipt?.number ?? ''}）`);
    const returned = of('returned').map((b) => `${b.name}（${b.months[month]?.returned?.reason ?? ''}）`);
    const named = (list: readonly BranchState[]): string[] => list.map((b) => b.name);
    const groups = [
      ['等着收', named(of('filed'))],
      ['退回待改', returned],
      ['公示中、待备案', named(of('published', 'closed'))],
      ['还没公示', named(of('open', 'collected', 'checked').filter((b) => b.months[month]?.waived == null))],
      ['已收', received],
    ] as const;
    const lines = groups
      .filter(([, list]) => list.length > 0)
      .map(([word, list]) => `${word}${list.length}个：${listed(list)}`);
    return {
      bodies: [],
      replies: [
        answer([`${periodText(month)}备案：已收${received.length}/${branches.length}`, ...lines].join('\n')),
      ],
    };
  },
};
