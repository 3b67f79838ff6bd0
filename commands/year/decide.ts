/** The branch decides the year: with a minute and the result of 民主评议; what differs from the figures has a reason (R10, R31). */
import type { Body } from '../../ledger/entry.ts';
import { body, type DataIn } from '../../ledger/kinds.ts';
import type { YearState } from '../../ledger/state.ts';
import { dateOfTime, isDate } from '../../scoring/calendar.ts';
import type { YearResult } from '../../scoring/result.ts';
import { answer, type Command, type Outcome, refuse, type Refusal, type Request } from '../command.ts';
import { preview } from '../month/preview.ts';
import { namesSlot, plainRead, textSlot, wordsSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { dayText, listed, monthsText } from '../wording.ts';
import { computed } from './computed.ts';
import { decisionSlots } from './decision-slots.ts';
import { computedYear, isOutcome, type OutcomeWord, standingOf, starsOf } from './settlement.ts';
import { yearMeant } from './which-year.ts';

type Row = DataIn<'year-decided'>['rows'][number];

const DECIDED_ELSEWHERE: readonly YearState['stage'][] = ['submitted', 'passed', 'closed'];

export const yearDecide: Command = {
  name: 'year-decide',
  intent: 'none',
  words: ['年度定等', '评定决定', '评定结果'],
  who: ['secretary', 'deputy'],
  where: ['private'],
  summary: '按支委会会议记录定年度等次：全部按测算，或写明谁不同、为什么；带民主评议结果',
  examples: [
    '年度评定 会议12月28日 全部按测算',
    '年度评定 会议12月28日 张三 合格 原因：年内受党内警告；其余按测算',
  ],
  read: plainRead({ name: 'year-decide', words: [], slots: (message, rest) => decisionSlots(message, rest) }),
  decide: decideYear,
};

interface Exception {
  readonly name: string;
  readonly grade: OutcomeWord;
  readonly reason: string;
}

function exceptionsOf(reading: Reading): Exception[] {
  const said = reading.slots['exceptions'];
  if (!Array.isArray(said)) return [];
  return said.flatMap((e: { name?: unknown; grade?: unknown; reason?: unknown }) =>
    typeof e.name === 'string' && isOutcome(e.grade)
      ? [
          {
            name: e.name,
            grade: e.grade,
            reason: wordsSlot({ ...reading, slots: { reason: e.reason } }, 'reason') ?? '',
          },
        ]
      : [],
  );
}

function decideYear(request: Request, reading: Reading): Outcome {
  const { branch, policy, at } = request;
  const today = dateOfTime(at);
  const year = yearMeant(branch, reading, today);
  const stage = branch.years[year]?.stage ?? 'open';
  if (DECIDED_ELSEWHERE.includes(stage)) return refuse('year-with-town', { year, stage: STAGES[stage] });
  const minute = textSlot(reading, 'minute');
  if (!minute || !isDate(minute)) return refuse('minute-needed', { what: '年度评定' });
  if (minute > today) return refuse('minute-future', { date: dayText(minute, at) });
  const result = computedYear(branch, policy, year);
  if (result.state === 'blocked')
    return refuse('year-blocked', { year, months: monthsText(result.blocked, at) });
  const rows = rowsOf(request, reading, result);
  if ('refusal' in rows) return rows;
  if (!request.confirmed)
    return preview(request, reading, previewText(request, result, rows, minute), '确定');
  return { bodies: bodiesOf(request, reading, result, rows, minute), replies: [answer(doneText(year))] };
}

/** Where a year stands, in a word. */
export const STAGES: Readonly<Record<YearState['stage'], string>> = {
  open: '未评定',
  computed: '已测算',
  decided: '支部已评定',
  submitted: '已报镇里',
  returned: '镇里已退回',
  passed: '镇里已通过',
  published: '公示中',
  closed: '已办结',
};

/** Every member's outcome, or why it cannot be decided so. */
function rowsOf(request: Request, reading: Reading, result: YearResult): Row[] | Refusal {
  const { branch, policy } = request;
  const exceptions = new Map(exceptionsOf(reading).map((e) => [e.name, e]));
  const stranger = [...exceptions.keys()].find((name) => !result.members[name]);
  if (stranger !== undefined) return refuse('year-nobody', { name: stranger });
  const ties = namesSlot(reading, 'ties');
  const quota = result.quota!;
  const left = quota.places - quota.excellent.length;
  const open = quota.tied.filter((name) => !exceptions.has(name));
  const wrong = ties.find((name) => !quota.tied.includes(name));
  if (wrong !== undefined) return refuse('year-no-tie', { name: wrong });
  if (
    open.length > 0 &&
    ties.length !== left &&
    ![...exceptions.values()].some((e) => quota.tied.includes(e.name))
  )
    return refuse('year-tied', { names: quota.tied, places: left, example: quota.tied.slice(0, left) });
  const [top, next] = policy.bands;
  const rows: Row[] = [];
  for (const [name, figures] of Object.entries(result.members)) {
    const exception = exceptions.get(name);
    const standing = standingOf(branch, name, figures, result.year);
    const tied = quota.tied.includes(name) ? (ties.includes(name) ? top : next)?.grade : null;
    const grade = figures.grade ?? tied ?? null;
    const decided = exception?.grade ?? standing ?? grade;
    if (!isOutcome(decided)) return refuse('year-undecided', { name });
    const differs = exception !== undefined && exception.grade !== (standing ?? grade);
    if (differs && exception.reason === '')
      return refuse('year-reason', { name, computed: standing ?? grade ?? '' });
    const appraisal = appraisalOf(reading, name, standing);
    rows.push({
      name,
      computed: figures.grade,
      decided,
      score: figures.score,
      stars: standing && !exception ? null : starsOf(policy, figures, decided),
      ...(appraisal ? { appraisal } : {}),
      ...(differs ? { reason: exception.reason } : {}),
    });
  }
  const used = rows.filter((r) => r.decided === top?.grade).length;
  return used > quota.places ? refuse('year-over-quota', { used, places: quota.places }) : rows;
}

function appraisalOf(reading: Reading, name: string, standing: OutcomeWord | null): string | null {
  const said = reading.slots['appraisal'];
  const own = typeof said === 'object' && said !== null ? (said as Record<string, unknown>)[name] : undefined;
  if (typeof own === 'string') return own;
  return standing === '未纳入' ? null : textSlot(reading, 'others');
}

function previewText(request: Request, result: YearResult, rows: readonly Row[], minute: string): string {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.decided, (counts.get(row.decided) ?? 0) + 1);
  const top = request.policy.bands[0]?.grade ?? '';
  const lines = [
    `将按支委会${dayText(minute, request.at)}的决定，评定${result.year}年度：${[...counts].map(([grade, n]) => `${grade}${n}人`).join('，')}。优秀名额${counts.get(top) ?? 0}/${result.quota!.places}。`,
    ...rows
      .filter((r) => r.reason)
      .map((r) => `${r.name}：测算${r.computed ?? '待定'}，定为${r.decided}，原因：${r.reason}`),
  ];
  const won = rows.filter((r) => r.computed === null && r.decided === top && !r.reason).map((r) => r.name);
  if (won.length > 0) lines.push(`并列中定为优秀：${listed(won)}。`);
  const unappraised = rows.filter((r) => !r.appraisal && r.decided !== '未纳入').map((r) => r.name);
  if (unappraised.length === rows.length)
    lines.push('没有写民主评议结果；有的话请重发一遍，末尾加“民主评议 优秀 某某；其余合格”。');
  else if (unappraised.length > 0) lines.push(`没有民主评议结果：${listed(unappraised)}。`);
  return lines.join('\n');
}

function bodiesOf(
  request: Request,
  reading: Reading,
  result: YearResult,
  rows: readonly Row[],
  minute: string,
): Body[] {
  const { branch, policy } = request;
  const { year } = result;
  const ties = namesSlot(reading, 'ties');
  return [
    computed(branch, policy, year),
    ...(ties.length > 0 ? [body('tie-decided', { year, excellent: ties, minute })] : []),
    body('year-decided', { year, minute, rows: [...rows] }),
  ];
}

function doneText(year: number): string {
  return `已记${year}年度评定。核对无误后发“年度上报”，报镇组织办审核。`;
}
