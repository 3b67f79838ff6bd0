/** What was deducted in a member's items in a month, as far as meetings, dues and conduct say: for the committee, never for a group. */
import type { BranchState, Mark, Meeting } from '../../ledger/state.ts';
import { type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';

export interface Deduction {
  /** The item's id. */
  readonly item: string;
  readonly points: number;
  /** 组织生活 3月15日主题党日 迟到. */
  readonly text: string;
  /** The day of the meeting or fact; null for dues. */
  readonly date: string | null;
  readonly meeting?: string;
  readonly cause: 'absent' | 'late' | 'early' | 'late+early' | 'leave' | 'away' | 'dues' | 'conduct';
}

const MARK_WORDS: Readonly<Record<Exclude<Mark, 'present'>, string>> = {
  absent: '缺席',
  late: '迟到',
  early: '早退',
  'late+early': '迟到又早退',
  leave: '请假',
  away: '外出未到',
};
const DUES_WORDS: Readonly<Record<string, string>> = {
  late: '没有按时交',
  short: '没有足额交',
  'late-short': '没有按时足额交',
  unpaid: '没有交',
};

/** Meetings that count in a month, in order of day. */
export function meetingsOf(branch: BranchState, month: IsoMonth): Meeting[] {
  return Object.values(branch.meetings)
    .filter((m) => !m.cancelled && !m.committeeOnly && monthOf(m.date) === month)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

type AttendanceItem = Extract<Policy['items'][number], { kind: 'attendance' }>;

/** What a mark takes under the readings in force (Q09, Q10, Q61); 0 = excused. */
function pointsOf(
  branch: BranchState,
  policy: Policy,
  name: string,
  meeting: Meeting,
  mark: Mark,
  of: AttendanceItem['deductions'],
): number {
  const { readings } = policy;
  if (mark === 'present') return 0;
  if (mark === 'late+early')
    return readings.lateAndEarly === 'once' ? Math.max(of.late, of.early) : of.late + of.early;
  if (mark === 'leave') {
    const reason = meeting.leave[name]?.reason ?? 'private';
    return readings.leave === 'sick-and-duty-waived' && reason !== 'private' ? 0 : of.leave;
  }
  if (mark === 'away' && branch.people[name]?.floating) {
    if (readings.floatingOnSite === 'leave') return of.leave;
    const touched = readings.floatingOnSite === 'excused' && wasInTouch(branch, name, monthOf(meeting.date));
    return touched ? 0 : of.absent;
  }
  return mark === 'away' ? of.absent : of[mark];
}

/** A verified report of the floating members' post is the month's contact (R24). */
function wasInTouch(branch: BranchState, name: string, month: IsoMonth): boolean {
  return Object.values(branch.reports).some(
    (r) =>
      r.post === 'floating-member' &&
      r.state === 'verified' &&
      monthOf(r.date) === month &&
      r.names.includes(name),
  );
}

function meetingDeduction(branch: BranchState, policy: Policy, name: string, meeting: Meeting): Deduction[] {
  const mark = meeting.marks[name];
  if (!mark || mark === 'present') return [];
  const categories =
    policy.readings.combinedMeeting === 'both' && meeting.also
      ? [meeting.category, meeting.also]
      : [meeting.category];
  return categories.flatMap((category) => {
    const item = policy.items.find((i) => i.id === category);
    if (item?.kind !== 'attendance') return [];
    const points = pointsOf(branch, policy, name, meeting, mark, item.deductions);
    if (points === 0) return [];
    const day = `${Number(meeting.date.slice(5, 7))}月${Number(meeting.date.slice(8, 10))}日`;
    const text = `${item.name} ${day}${meeting.name} ${MARK_WORDS[mark]} −${points}`;
    return [{ item: item.id, points, text, date: meeting.date, meeting: meeting.name, cause: mark }];
  });
}

function duesDeduction(branch: BranchState, policy: Policy, name: string, month: IsoMonth): Deduction[] {
  const status = branch.months[month]?.dues[name];
  const item = policy.items.find((i) => i.kind === 'dues');
  const words = status && DUES_WORDS[status];
  if (!words || item?.kind !== 'dues') return [];
  const late = status === 'late' || (status === 'unpaid' && policy.readings.unpaidDues === 'late');
  const points = late ? item.deductions.late : item.deductions.short;
  return [{ item: item.id, points, text: `${item.name} ${words} −${points}`, date: null, cause: 'dues' }];
}

/** What was taken from a member's items in a month, fact by fact, as the policy and its readings value it. */
export function deductionsOf(
  branch: BranchState,
  policy: Policy,
  name: string,
  month: IsoMonth,
): Deduction[] {
  const conduct = policy.items.find((i) => i.kind === 'conduct');
  const facts = branch.months[month]?.conduct.filter((c) => c.name === name) ?? [];
  return [
    ...meetingsOf(branch, month).flatMap((meeting) => meetingDeduction(branch, policy, name, meeting)),
    ...duesDeduction(branch, policy, name, month),
    ...facts.flatMap((c): Deduction[] =>
      conduct?.kind === 'conduct'
        ? [
            {
              item: conduct.id,
              points: conduct.deductions[c.kind],
              text: `${conduct.name} −${conduct.deductions[c.kind]}`,
              date: c.date,
              cause: 'conduct',
            },
          ]
        : [],
    ),
  ];
}
