/** The town's word on a branch's year: passed with a number, or returned with a reason (R10). */
import { reviewProblems } from '../../boards/year-forms.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import { bossOf } from '../month/boss.ts';
import { plainRead, textSlot, wordsSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { STAGES } from '../year/decide.ts';
import { oldestOpen, saidYear, yearSlot } from '../year/which-year.ts';
import { reviewRow, reviewSummary } from './review-row.ts';
import { askBranch, branchMeant, inBranch, townPreview } from './where.ts';

export const passYear: Command = {
  name: 'pass-year',
  intent: 'none',
  words: ['年度通过', '通过年度', '年度 通过'],
  who: ['town'],
  where: ['town'],
  summary: '审核通过一个支部的年度评定，编号后由支部公示',
  examples: ['年度通过 云岭村', '云岭村年度评定审核通过'],
  read: plainRead({
    name: 'pass-year',
    words: [],
    overheard: ['town'],
    speech: /(?:年度|全年|评定).{0,8}(?:审核)?通过(?!了?没|不)/,
    slots: (message, rest) => {
      if (/没有?通过|不通过|未通过/.test(message.body)) return null;
      const number = /(?:编号|文号)\s*[:：]?\s*([\w〔〕[\]-]+)/.exec(rest)?.[1];
      return { ...yearSlot(message), ...(number ? { number } : {}) };
    },
  }),
  decide: decidePass,
};

export const returnYear: Command = {
  name: 'return-year',
  intent: 'none',
  words: ['年度退回', '退回年度'],
  who: ['town'],
  where: ['town'],
  summary: '退回一个支部的年度评定，写明原因',
  examples: ['年度退回 云岭村 原因：优秀没有会议记录'],
  read: plainRead({
    name: 'return-year',
    words: [],
    overheard: ['town'],
    speech: /(?:年度|全年|评定).{0,10}(?:退回|打回|不通过)|(?:退回|打回).{0,16}(?:年度|全年|评定)/,
    slots: (message, rest) => {
      const reason =
        /(?:原因|理由|因为|由于)(?:是|为)?[\s:：,，]*([\s\S]+)$/.exec(rest)?.[1] ??
        rest.split(/\s+/).slice(1).join(' ');
      const year = saidYear(rest.replace(reason, ''), message.today);
      return { ...(year === null ? {} : { year }), reason: reason.trim() };
    },
  }),
  decide: decideReturn,
};

function waiting(request: Request): BranchState[] {
  return Object.values(request.town.branches).filter((b) => submittedYear(b) !== null);
}

/** The year that a branch has submitted and that waits for the town. */
function submittedYear(branch: BranchState): number | null {
  const years = Object.entries(branch.years).filter(([, y]) => y.stage === 'submitted');
  return years.map(([year]) => Number(year)).sort((a, b) => a - b)[0] ?? null;
}

/** The branch and the year that wait, or why they do not. */
function meant(
  request: Request,
  reading: Reading,
  words: string,
): { branch: BranchState; year: number } | Outcome {
  const branch = branchMeant(request);
  if (!branch) return askBranch(words, waiting(request));
  const said = reading.slots['year'];
  const year =
    typeof said === 'number' ? said : (submittedYear(branch) ?? oldestOpen(branch, dateOfTime(request.at)));
  const stage = branch.years[year]?.stage ?? 'open';
  return stage === 'submitted'
    ? { branch, year }
    : refuse('year-not-submitted', { branch: branch.name, year, stage: STAGES[stage] });
}

function decidePass(request: Request, reading: Reading): Outcome {
  const of = meant(request, reading, '年度通过');
  if (!('year' in of)) return of;
  const { branch, year } = of;
  const row = reviewRow(branch, request.policy, year);
  const problems = reviewProblems(row);
  if (!request.confirmed) {
    const warned =
      problems.length > 0 ? `\n核对有问题：${problems.join('；')}。仍要通过的，请先写明依据。` : '';
    return townPreview(
      request,
      reading,
      branch,
      `将通过${branch.name}${year}年度评定：${reviewSummary(row)}。${warned}`,
      '通过',
    );
  }
  const number = textSlot(reading, 'number') ?? nextNumber(request, year);
  return inBranch(
    request,
    branch,
    [body('year-passed', { year, number })],
    [
      answer(`已通过${branch.name}${year}年度评定，编号 ${number}，已通知支部书记公示。`),
      {
        ...notice(
          bossOf(branch, request.at),
          `镇组织办已通过${year}年度评定，编号 ${number}。请发“年度公示”，在群里公示不少于7天。`,
        ),
        branch: branch.branch,
      },
    ],
  );
}

/** `年度2026-01`: the year and how many the town has passed. */
function nextNumber(request: Request, year: number): string {
  const passed = Object.values(request.town.branches).filter((b) => b.years[year]?.passed).length;
  return `${year}N-${String(passed + 1).padStart(2, '0')}`;
}

function decideReturn(request: Request, reading: Reading): Outcome {
  const of = meant(request, reading, '年度退回');
  if (!('year' in of)) return of;
  const { branch, year } = of;
  const reason = wordsSlot(reading, 'reason');
  if (!reason) return refuse('reason-needed', { example: `年度退回 ${branch.name} 原因：…` });
  if (!request.confirmed)
    return townPreview(
      request,
      reading,
      branch,
      `将退回${branch.name}${year}年度评定，原因：${reason}。`,
      '退回',
    );
  return inBranch(
    request,
    branch,
    [body('year-returned', { year, reason })],
    [
      answer(`已退回${branch.name}${year}年度评定，已通知支部书记。`),
      {
        ...notice(
          bossOf(branch, request.at),
          `镇组织办退回了${year}年度评定：${reason}。改好后重新“年度评定 …”，再“年度上报”；没有变动的直接“年度上报”。`,
        ),
        branch: branch.branch,
      },
    ],
  );
}
