/**
 * Figures typed for the four items of the 40. These follow from attendance, dues and conduct, so a typed deduction is
 * first looked for among the recorded facts: one event never takes points twice.
 */

import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import type { MonthRow } from '../../scoring/result.ts';
import type { Request } from '../command.ts';
import { type Deduction, deductionsOf } from '../month/deductions.ts';
import { monthText } from '../wording.ts';
import { causeMeant, dayMeant, deductAttendance, type MarkOutcome, wordsOn } from './meeting-marks.ts';
import type { Wanted } from './ops.ts';
import { isPoints, minus } from './told.ts';

/** `problem`: nothing was written although something was asked for; said apart from what was done. */
export interface ItemOutcome extends MarkOutcome {
  /** Shorter, for a list of exceptions: 甲5分（…）. */
  readonly exception?: string;
}

export function scoreItem(request: Request, w: Wanted): ItemOutcome {
  const { branch, policy, at } = request;
  const value = typeof w.value === 'number' ? w.value : (w.value[0] ?? 0);
  const row = monthSheet(branch, policy, w.month)[w.name];
  if (!row) return problem(`${w.name}${monthText(w.month, at)}不纳入积分，没有记`);
  if (w.head === 'obligation') return obligation(request, w, row, value);
  const item = policy.items.find((i) => i.id === w.head)!;
  if (!isPoints(value, item.points))
    return problem(`${w.name}${item.name}最多${item.points}分（最多一位小数），${value}分没有记`);
  const computed = Number(row[item.id]);
  const recorded = deductionsOf(branch, policy, w.name, w.month).filter((d) => d.item === item.id);
  if (w.op === 'add') return problem(`${item.name}只扣不加，${w.name}没有记`);
  if (w.op !== 'deduct') {
    if (value === computed) return { bodies: [], line: `${w.name} ${item.name} ${value}分，与记录一致` };
    if (value > computed)
      return {
        ...problem(
          `${w.name} ${item.name}按记录是${computed}分（${because(recorded)}），没有改成${value}分。记录有误请先更正记录；支委会另定的请写上会议日期`,
        ),
        exception: `${w.name}${computed}分（${because(recorded).replaceAll(`${item.name} `, '')}）`,
      };
  }
  const taken = w.op === 'deduct' ? value : minus(computed, value);
  const known = alreadyTaken(request, wordsOn(request, w.name), recorded, taken);
  if (known) return { bodies: [], line: `${w.name} ${known}，已经扣过，没有重复扣` };
  if (item.kind === 'dues') return deductDues(request, w, item, taken);
  if (item.kind === 'conduct')
    return problem(
      `${w.name}${item.name}扣分要有支委会会议记录，并由另一人复核，没有记。请书记登记：“违纪 ${w.name} 支委会X月X日”`,
    );
  return deductAttendance(request, w, item, taken) ?? draft(request, w, item, taken);
}

function problem(line: string): ItemOutcome {
  return { bodies: [], line, problem: true };
}

function because(recorded: readonly Deduction[]): string {
  return recorded.length > 0 ? recorded.map((d) => d.text).join('；') : '没有扣分记录';
}

function obligation(request: Request, w: Wanted, row: MonthRow, value: number): ItemOutcome {
  if (value === row.obligation) return { bodies: [], line: `${w.name} 义务${value}分，与记录一致` };
  const recorded = deductionsOf(request.branch, request.policy, w.name, w.month);
  return problem(
    `${w.name}${monthText(w.month, request.at)}义务按记录是${row.obligation}分（${because(recorded)}），您说${value}分，没有改。请说是哪一项、什么原因`,
  );
}

/** A recorded deduction that the typed one repeats: of the same meeting, of the same size, or all of them together. */
function alreadyTaken(
  request: Request,
  words: string,
  recorded: readonly Deduction[],
  points: number,
): string | null {
  if (recorded.length === 0) return null;
  const day = dayMeant(words, request);
  const cause = causeMeant(words);
  const same = recorded.find(
    (d) =>
      d.points === points &&
      (day === null || d.date === null || d.date === day) &&
      (cause === null || d.cause === cause || d.cause === 'dues' || d.cause === 'away'),
  );
  if (same) return same.text;
  const sum = recorded.reduce((s, d) => s + d.points, 0);
  return day === null && sum === points ? because(recorded) : null;
}

/** Items that a draft can be kept for. */
const ITEMS = ['study', 'organisation', 'dues', 'conduct'] as const;

type Item = Request['policy']['items'][number];

function deductDues(
  request: Request,
  w: Wanted,
  item: Extract<Item, { kind: 'dues' }>,
  taken: number,
): ItemOutcome {
  const now = request.branch.months[w.month]?.dues[w.name];
  const { late, short } = item.deductions;
  const status = taken === late ? 'late' : taken === short ? (now === 'late' ? 'late-short' : 'short') : null;
  if (!status) return draft(request, w, item, taken);
  const words = status === 'late' ? '没有按时交' : '没有足额交';
  return {
    bodies: [body('dues-recorded', { name: w.name, month: w.month, status })],
    line: `${w.name} ${monthText(w.month, request.at)}党费${words}，${item.name}扣${taken}分`,
  };
}

/** 附件1 has no such deduction: kept as a draft, which the committee makes final with a minute or lets fall. */
function draft(request: Request, w: Wanted, item: Item, taken: number): ItemOutcome {
  const id = ITEMS.find((i) => i === item.id);
  if (!id) return problem(`${item.name}扣${taken}分没有对应的记录，没有记；请支委会定分并写上会议日期`);
  const drafts = request.branch.months[w.month]?.adjustments ?? [];
  const same = drafts.some(
    (d) =>
      d.name === w.name &&
      d.item === item.id &&
      d.op === 'deduct' &&
      d.points === taken &&
      (d.reason ?? null) === w.reason,
  );
  if (same) return { bodies: [], line: `${w.name} ${item.name}扣${taken}分的草稿已经有了，没有重复记` };
  return {
    bodies: [
      body('item-adjusted', {
        name: w.name,
        month: w.month,
        item: id,
        op: 'deduct',
        points: taken,
        ...(w.reason ? { reason: w.reason } : {}),
      }),
    ],
    line: `${w.name} ${item.name}扣${taken}分先记作草稿：附件1没有${w.reason ? `“${w.reason}”的分值` : '对应的考勤记录或分值'}，要有支部细则或支委会会议记录才能定`,
  };
}
