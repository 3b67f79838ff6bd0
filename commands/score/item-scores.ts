/**
 * Figures typed for the four items of the 40. These follow from attendance, dues and conduct, so a typed deduction is
 * first looked for among the recorded facts: one event never takes points twice.
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import type { Meeting } from '../../ledger/state.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import type { MonthRow } from '../../scoring/result.ts';
import type { Request } from '../command.ts';
import { findDates } from '../language/dates/find.ts';
import { type Deduction, deductionsOf, meetingsOf } from '../month/deductions.ts';
import { dayText, monthText } from '../wording.ts';
import type { Wanted } from './ops.ts';
import { isPoints, minus } from './told.ts';

export interface ItemOutcome {
  readonly bodies: readonly Body[];
  readonly line: string;
  /** Nothing was written although something was asked for: said apart from what was done. */
  readonly problem?: boolean;
  /** 缺席 or 迟到 or 早退: two points fit several causes. */
  readonly askCause?: { readonly meeting: Meeting; readonly causes: readonly Cause[] };
}

type Cause = 'absent' | 'late' | 'early' | 'leave';

const CAUSES: readonly (readonly [RegExp, Cause])[] = [
  [/缺席|没来|没到|未到|旷会|缺会/, 'absent'],
  [/迟到|来晚/, 'late'],
  [/早退|先走|提前走/, 'early'],
  [/请假/, 'leave'],
];
export const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  absent: '缺席',
  late: '迟到',
  early: '早退',
  leave: '请假',
};

export function scoreItem(request: Request, w: Wanted): ItemOutcome {
  const { branch, policy, at } = request;
  const value = typeof w.value === 'number' ? w.value : (w.value[0] ?? 0);
  const row = monthSheet(branch, policy, w.month)[w.name];
  if (!row) return problem(`${w.name}${monthText(w.month, at)}不纳入积分，没有记`);
  if (w.head === 'obligation') return obligation(request, w, row, value);
  const item = policy.items.find((i) => i.id === w.head)!;
  if (!isPoints(value, item.points))
    return problem(`${item.name}最多${item.points}分（最多一位小数），${value}分没有记`);
  const computed = Number(row[item.id]);
  const recorded = deductionsOf(branch, policy, w.name, w.month).filter((d) => d.item === item.id);
  if (w.op === 'add') return problem(`${item.name}只扣不加，${w.name}没有记`);
  if (w.op !== 'deduct') {
    if (value === computed) return { bodies: [], line: `${w.name} ${item.name} ${value}分，与记录一致` };
    if (value > computed)
      return problem(
        `${w.name} ${item.name}按记录是${computed}分（${because(recorded)}），没有改成${value}分。记录有误请先更正记录；支委会另定的请写上会议日期`,
      );
  }
  const taken = w.op === 'deduct' ? value : minus(computed, value);
  const known = alreadyTaken(request, recorded, taken);
  if (known) return { bodies: [], line: `${w.name} ${known}，已经扣过，没有重复扣` };
  if (item.kind === 'dues') return deductDues(request, w, item, taken);
  if (item.kind === 'conduct')
    return problem(
      `${w.name}${item.name}扣分要有支委会会议记录，并由另一人复核，没有记。请书记登记：“违纪 ${w.name} 支委会X月X日”`,
    );
  return deductAttendance(request, w, item, taken);
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

/** The day or meeting the words name, where they name one. */
function dayMeant(request: Request): string | null {
  const found = findDates(request.text, { reference: request.at, bias: 'past' }).find(
    (d) => d.vague !== 'day',
  );
  return found?.date ?? null;
}

/** A recorded deduction that the typed one repeats: of the same meeting, of the same size, or all of them together. */
function alreadyTaken(request: Request, recorded: readonly Deduction[], points: number): string | null {
  if (recorded.length === 0) return null;
  const day = dayMeant(request);
  const cause = causeMeant(request.text);
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

function causeMeant(text: string): Cause | null {
  return CAUSES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

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

/** A deduction for a meeting is attendance: recorded as that, it can never be taken a second time. */
function deductAttendance(
  request: Request,
  w: Wanted,
  item: Extract<Item, { kind: 'attendance' }>,
  taken: number,
): ItemOutcome {
  const meeting = meetingMeant(request, w);
  const of = item.deductions;
  const fits = (['absent', 'late', 'early', 'leave'] as const).filter((c) => of[c] === taken);
  const said = causeMeant(request.text);
  const causes = said ? fits.filter((c) => c === said) : fits;
  if (!meeting || causes.length === 0 || w.reason !== null) return draft(request, w, item, taken);
  if (meeting.marks[w.name] !== undefined && meeting.marks[w.name] !== 'present')
    return draft(request, w, item, taken);
  if (causes.length > 1)
    return {
      bodies: [],
      line: `${w.name} ${dayText(meeting.date, request.at)}${meeting.name}扣${taken}分，是什么情况？`,
      problem: true,
      askCause: { meeting, causes },
    };
  return {
    bodies: [attendanceBody(meeting, w.name, causes[0]!)],
    line: `${w.name} ${dayText(meeting.date, request.at)}${meeting.name}${CAUSE_WORDS[causes[0]!]}，按考勤记，${item.name}扣${taken}分`,
  };
}

export function attendanceBody(meeting: Meeting, name: string, cause: Cause): Body {
  const { date, category, also } = meeting;
  const mark =
    cause === 'leave'
      ? { leave: [{ name, reason: meeting.leave[name]?.reason ?? ('private' as const) }] }
      : { [cause]: [name] };
  return body('attendance-recorded', { date, meeting: meeting.name, category, also, ...mark });
}

/** The meeting of the item that the words name, or the only one of the month that a cause could be about. */
function meetingMeant(request: Request, w: Wanted): Meeting | null {
  const meetings = meetingsOf(request.branch, w.month).filter(
    (m) => (m.category === w.head || m.also === w.head) && m.date <= dateOfTime(request.at),
  );
  const day = dayMeant(request);
  const named = meetings.filter((m) => (day !== null ? m.date === day : request.text.includes(m.name)));
  if (named.length === 1) return named[0]!;
  return day === null && causeMeant(request.text) !== null && meetings.length === 1 ? meetings[0]! : null;
}

/** 附件1 has no such deduction: kept as a draft, which the committee makes final with a minute or lets fall. */
function draft(request: Request, w: Wanted, item: Item, taken: number): ItemOutcome {
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
        item: item.id as 'study',
        op: 'deduct',
        points: taken,
        ...(w.reason ? { reason: w.reason } : {}),
      }),
    ],
    line: `${w.name} ${item.name}扣${taken}分先记作草稿：附件1没有${w.reason ? `“${w.reason}”的分值` : '对应的考勤记录或分值'}，要有支部细则或支委会会议记录才能定`,
  };
}
