/** Typed deductions that are really marks of attendance: which meeting, and what happened there. */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { Meeting } from '../../ledger/state.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { Request } from '../command.ts';
import { findDates } from '../language/dates/find.ts';
import { meetingsOf } from '../month/deductions.ts';
import { dayText } from '../wording.ts';
import type { Wanted } from './ops.ts';

type AttendanceItem = Extract<Policy['items'][number], { kind: 'attendance' }>;

export interface MarkOutcome {
  readonly bodies: readonly Body[];
  readonly line: string;
  readonly problem?: boolean;
  /** Which meeting, or 迟到 or 早退: the marks that a typed deduction may stand for. */
  readonly marks?: readonly PossibleMark[];
}

export interface PossibleMark {
  readonly meeting: Meeting;
  readonly cause: Cause;
}

export type Cause = 'absent' | 'late' | 'early' | 'leave';

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

/** The statements of the message that speak of somebody; all of it where none names them. */
export function wordsOn(request: Request, name: string): string {
  const base = name.replace(/[(（].*$/, '');
  const called = [base, base.slice(-2), ...(request.branch.people[name]?.aliases ?? [])];
  const clauses = request.text
    .split(/[。；;\n]/)
    .filter((clause) => called.some((word) => clause.includes(word)));
  return clauses.length > 0 ? clauses.join('；') : request.text;
}

/** The day the words name, where they name one. */
export function dayMeant(words: string, request: Request): string | null {
  const found = findDates(words, { reference: request.at, bias: 'past' }).find((d) => d.vague !== 'day');
  return found?.date ?? null;
}

export function causeMeant(text: string): Cause | null {
  return CAUSES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/**
 * A deduction for a meeting is attendance: recorded as that, it can never be taken a second time. Null where the
 * words fit no meeting.
 */
export function deductAttendance(
  request: Request,
  w: Wanted,
  item: AttendanceItem,
  taken: number,
): MarkOutcome | null {
  const words = wordsOn(request, w.name);
  const said = causeMeant(words);
  const causes = (['absent', 'late', 'early', 'leave'] as const).filter(
    (c) => item.deductions[c] === taken && (said === null || c === said),
  );
  const meetings = meetingsMeant(request, w, words, said).filter(
    (m) => (m.marks[w.name] ?? 'present') === 'present',
  );
  const marks = meetings.flatMap((meeting) => causes.map((cause): PossibleMark => ({ meeting, cause })));
  if (marks.length === 0 || w.reason !== null) return null;
  if (marks.length > 1)
    return {
      bodies: [],
      line: `${w.name} ${item.name}扣${taken}分，是哪一次、什么情况？`,
      problem: true,
      marks,
    };
  const { meeting, cause } = marks[0]!;
  const day = dayText(meeting.date, request.at);
  return {
    bodies: [attendanceBody(meeting, w.name, cause)],
    line: `${w.name} ${day}${meeting.name}${CAUSE_WORDS[cause]}，按考勤记，${item.name}扣${taken}分`,
  };
}

function attendanceBody(meeting: Meeting, name: string, cause: Cause): Body {
  const { date, category, also } = meeting;
  const mark =
    cause === 'leave'
      ? { leave: [{ name, reason: meeting.leave[name]?.reason ?? ('private' as const) }] }
      : { [cause]: [name] };
  return body('attendance-recorded', { date, meeting: meeting.name, category, also, ...mark });
}

/** Meetings of the item that the words may be about: the one named, or with a cause alone every one held so far. */
function meetingsMeant(request: Request, w: Wanted, words: string, cause: Cause | null): Meeting[] {
  const held = meetingsOf(request.branch, w.month).filter(
    (m) => (m.category === w.head || m.also === w.head) && m.date <= dateOfTime(request.at),
  );
  const day = dayMeant(words, request);
  const named = held.filter((m) => m.date === day || (day === null && words.includes(m.name)));
  return named.length > 0 || day !== null || cause === null ? named : held;
}
