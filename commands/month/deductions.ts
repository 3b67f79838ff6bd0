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

/** Before readings that excuse or merge: what was recorded, with the value the policy's text gives it. */
export function deductionsOf(
  branch: BranchState,
  policy: Policy,
  name: string,
  month: IsoMonth,
): Deduction[] {
  const found: Deduction[] = [];
  for (const meeting of meetingsOf(branch, month)) {
    const mark = meeting.marks[name];
    const item = policy.items.find((i) => i.id === meeting.category);
    if (!mark || mark === 'present' || item?.kind !== 'attendance') continue;
    const of = item.deductions;
    const points = {
      absent: of.absent,
      late: of.late,
      early: of.early,
      'late+early': of.late + of.early,
      leave: of.leave,
      away: of.absent,
    };
    found.push({
      item: item.id,
      points: points[mark],
      text: `${item.name} ${Number(meeting.date.slice(5, 7))}月${Number(meeting.date.slice(8, 10))}日${meeting.name} ${MARK_WORDS[mark]} −${points[mark]}`,
      date: meeting.date,
      meeting: meeting.name,
      cause: mark,
    });
  }
  const m = branch.months[month];
  const status = m?.dues[name];
  const dues = policy.items.find((i) => i.kind === 'dues');
  if (status && DUES_WORDS[status] && dues?.kind === 'dues') {
    const late = status === 'late' || (status === 'unpaid' && policy.readings.unpaidDues === 'late');
    const points = late ? dues.deductions.late : dues.deductions.short;
    found.push({
      item: dues.id,
      points,
      text: `${dues.name} ${DUES_WORDS[status]} −${points}`,
      date: null,
      cause: 'dues',
    });
  }
  const conduct = policy.items.find((i) => i.kind === 'conduct');
  for (const c of m?.conduct ?? [])
    if (c.name === name && conduct?.kind === 'conduct')
      found.push({
        item: conduct.id,
        points: conduct.deductions[c.kind],
        text: `${conduct.name} −${conduct.deductions[c.kind]}`,
        date: c.date,
        cause: 'conduct',
      });
  return found;
}
