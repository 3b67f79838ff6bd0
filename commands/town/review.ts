/** `年度审核`, `名单`: the year of all branches with its check equations, and the lists the town works from (R10, R31, R32). */
import type { YearReviewView } from '../../boards/views/year.ts';
import { reviewText } from '../../boards/year-forms.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { addMonths, dateOfTime, type LocalTime, monthOf, yearOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { answer, type Command, type Request } from '../command.ts';
import { plainRead } from '../month/said.ts';
import { categoryText } from '../people/exemption.ts';
import type { Reading } from '../reading.ts';
import { dayText, listed } from '../wording.ts';
import { missingCarried } from '../year/settlement.ts';
import { oldestOpen, yearOnly, yearSlot } from '../year/which-year.ts';
import { reviewRow } from './review-row.ts';

/** Months of unpaid dues after which a name stands on the town's list (R16). */
const UNPAID_MONTHS = 6;

export function yearReview(town: TownState, policy: Policy, year: number, at: LocalTime): YearReviewView {
  const rows = Object.values(town.branches).map((b) => reviewRow(b, policy, year));
  return { town: town.office.name, year, at, rows };
}

function townYear(request: Request, reading: Reading): number {
  const said = reading.slots['year'];
  if (typeof said === 'number') return said;
  const open = Object.values(request.town.branches).map((b) => oldestOpen(b, dateOfTime(request.at)));
  return open.length > 0 ? Math.min(...open) : yearOf(request.at);
}

export const review: Command = {
  name: 'year-review',
  intent: 'none',
  words: ['年度审核', '年度核对', '年度进度'],
  who: ['town'],
  where: ['town', 'private'],
  summary: '各支部年度评定核对：人数平不平、优秀超没超名额、够不够12个月、到哪一步',
  examples: ['年度审核', '年度审核 2026年'],
  read: plainRead({ name: 'year-review', words: [], slots: yearOnly }),
  decide: (request, reading) => {
    const year = townYear(request, reading);
    const view = yearReview(request.town, request.policy, year, request.at);
    const byStage = new Map<string, string[]>();
    for (const row of view.rows) byStage.set(row.stage, [...(byStage.get(row.stage) ?? []), row.branch]);
    const stages = [...byStage].map(
      ([stage, names]) => `${stage}${names.length}个${names.length <= 10 ? `：${listed(names)}` : ''}`,
    );
    const carried = Object.values(request.town.branches).flatMap((b) =>
      missingCarried(b, year).map((m) => `${b.name}${m.name}转入前的积分还没有转来`),
    );
    const file = {
      ...answer(`${year}年度审核表。`),
      attachment: {
        kind: 'file' as const,
        name: `${view.town}${year}年度审核表.xlsx`,
        form: 'review-excel',
        view,
      },
    };
    const texts = reviewText(view);
    return {
      bodies: [],
      replies: [
        ...[...texts, [...stages, ...carried].join('\n')].filter((t) => t !== '').map((t) => answer(t)),
        file,
      ],
    };
  },
};

interface List {
  readonly title: string;
  readonly words: RegExp;
  readonly of: (branch: BranchState, year: number, at: LocalTime) => string[];
}

function outcomes(branch: BranchState, name: string, year: number): string | undefined {
  const decided = branch.years[year]?.decision?.rows.find((r) => r.name === name)?.decided;
  return decided ?? branch.people[name]?.history.find((h) => h.year === year)?.outcome;
}

const LISTS: readonly List[] = [
  {
    title: '镇党委学习班（连续两年不合格）',
    words: /学习班/,
    of: (branch, year) =>
      Object.keys(branch.people).filter(
        (n) => outcomes(branch, n, year) === '不合格' && outcomes(branch, n, year - 1) === '不合格',
      ),
  },
  {
    title: '建议延长预备期',
    words: /预备|延长/,
    of: (branch, year) =>
      (branch.years[year]?.decision?.rows ?? [])
        .filter((r) => r.decided === '不确定等次' && r.score !== null && r.score < 60)
        .map((r) => r.name),
  },
  {
    title: '不纳入积分管理',
    words: /不?纳入|免评/,
    of: (branch, _year, at) =>
      Object.values(branch.people).flatMap((p) => {
        const e = p.exemption;
        if (!e || e.state === 'ended' || p.left) return [];
        const state =
          e.state === 'filed'
            ? `${e.filed ? dayText(e.filed, at) : ''}备案`
            : e.state === 'approved'
              ? '待备案'
              : '支部研究中';
        return [`${p.name}（${categoryText(e.category)}，${state}）`];
      }),
  },
  {
    title: '党费六个月没有登记已交',
    words: /党费|欠费|未交/,
    of: (branch, _year, at) => {
      const months = Array.from({ length: UNPAID_MONTHS }, (_, i) => addMonths(monthOf(at), -1 - i));
      return Object.values(branch.people)
        .filter((p) => p.left === null && months.every((m) => branch.months[m]?.dues[p.name] === 'unpaid'))
        .map((p) => p.name);
    },
  },
];

export const lists: Command = {
  name: 'town-lists',
  intent: 'none',
  words: ['名单', '全镇名单'],
  who: ['town'],
  where: ['private', 'town'],
  summary: '全镇名单：学习班、预备延长、不纳入、党费',
  examples: ['名单 学习班', '名单 党费'],
  read: plainRead({
    name: 'town-lists',
    words: [],
    slots: (message, rest) => {
      const which = LISTS.findIndex((l) => l.words.test(rest));
      if (which < 0 && !message.spokenTo) return null;
      return { ...yearSlot(message), ...(which < 0 ? {} : { list: which }) };
    },
  }),
  decide: (request, reading) => {
    const which = reading.slots['list'];
    const wanted = typeof which === 'number' ? [LISTS[which]!] : LISTS;
    const year = townYear(request, reading);
    const texts = wanted.map((list) => {
      const lines = Object.values(request.town.branches).flatMap((b) => {
        const names = list.of(b, year, request.at);
        return names.length > 0 ? [`${b.name}：${listed(names)}`] : [];
      });
      return lines.length === 0 ? `${list.title}：没有。` : [`${list.title}：`, ...lines].join('\n');
    });
    // Names with what lies behind them are for the officer who asked, not for the room.
    const to = request.place === 'town' ? 'private' : 'here';
    const replies = [answer(texts.join('\n'), to)];
    return { bodies: [], replies: to === 'private' ? [...replies, answer('已私下回复您。')] : replies };
  },
};
