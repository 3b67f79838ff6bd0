/** What is recorded of somebody's meetings in a month, for scores typed by hand and for answers about oneself. */
import type { BranchState, Category, Mark, Meeting } from '../../ledger/state.ts';
import { type IsoDate, type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';

export interface Attended {
  readonly date: IsoDate;
  readonly meeting: string;
  readonly mark: Mark;
}

/**
 * The marks of a member in a month's meetings of one category, in order of day. A combined meeting stands in both of
 * its categories; meetings not taken yet, cancelled ones and those of the committee alone are left out.
 */
export function attendanceOf(
  state: BranchState,
  name: string,
  month: IsoMonth,
  category: Category,
): Attended[] {
  return meetingsOf(state, month, category).flatMap((m) => {
    const mark = m.marks[name] ?? (m.complete ? 'present' : undefined);
    return mark === undefined ? [] : [{ date: m.date, meeting: m.name, mark }];
  });
}

/** The meetings of a month and category that count, in order of day. */
function meetingsOf(state: BranchState, month: IsoMonth, category: Category): Meeting[] {
  return Object.values(state.meetings)
    .filter((m) => !m.cancelled && !m.committeeOnly && monthOf(m.date) === month)
    .filter((m) => m.category === category || m.also === category)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What one mark costs in a category under the policy, as a positive number; 0 where nothing is lost by itself. */
export function costOf(policy: Policy, category: Category, mark: Mark): number {
  const item = policy.items.find((i) => i.id === category);
  if (item?.kind !== 'attendance') return 0;
  const { absent, late, early, leave } = item.deductions;
  switch (mark) {
    case 'absent':
      return absent;
    case 'late':
      return late;
    case 'early':
      return early;
    case 'late+early':
      return policy.readings.lateAndEarly === 'both' ? late + early : Math.max(late, early);
    case 'leave':
      return leave;
    default:
      // Being away from the place costs by the reading Q61 and the month's contacts, which the mark alone does not show.
      return 0;
  }
}

export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  present: '到会',
  absent: '缺席',
  late: '迟到',
  early: '早退',
  'late+early': '迟到又早退',
  leave: '请假',
  away: '在外',
};
