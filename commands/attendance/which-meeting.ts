/** The meeting an entry belongs to: one of the plan, or one that is named and becomes part of it. */
import { meetingKey } from '../../ledger/fold/activity.ts';
import type { BranchState, Category, Meeting } from '../../ledger/state.ts';
import type { IsoDate, LocalTime } from '../../scoring/calendar.ts';
import { dayText } from '../wording.ts';

export interface WhichMeeting {
  readonly date: IsoDate;
  readonly name: string;
  readonly category: Category;
  readonly also: Category | null;
  readonly committeeOnly: boolean;
  /** Null where the ledger does not know it yet. */
  readonly known: Meeting | null;
}

/** 主题党日、组织生活会、民主评议 are organisational life, other meetings and courses study (附件1·义务·1, 2). */
export function categoryOf(name: string): Category {
  return /主题党日|组织生活|民主评议|生活会/.test(name) ? 'organisation' : 'study';
}

/** A meeting held as two at once (主题党日暨集中学习) stands in both categories; what that costs is a reading (Q11). */
function secondCategoryOf(name: string): Category | null {
  const parts = name.split(/暨|兼|和|、|\+/).filter((p) => p !== '');
  const categories = new Set(parts.map(categoryOf));
  return parts.length > 1 && categories.size > 1
    ? categoryOf(name) === 'study'
      ? 'organisation'
      : 'study'
    : null;
}

/** The meetings of a day, held or planned, that a name fits; all of the day's where no name is given. */
export function meetingsOn(state: BranchState, date: IsoDate, name?: string): Meeting[] {
  const day = Object.values(state.meetings).filter((m) => m.date === date && !m.cancelled);
  if (name === undefined) return day;
  const exact = day.filter((m) => m.name === name);
  return exact.length > 0 ? exact : day.filter((m) => m.name.includes(name) || name.includes(m.name));
}

/** The one meeting meant; null where none or several could be. A named meeting that nobody planned is a new one. */
export function whichMeeting(state: BranchState, date: IsoDate, name?: string): WhichMeeting | null {
  const found = meetingsOn(state, date, name);
  const forAll = found.filter((m) => !m.committeeOnly);
  const candidates = forAll.length > 0 ? forAll : found;
  const [only] = candidates;
  if (only && candidates.length === 1) return { ...only, known: only };
  if (candidates.length > 1 || name === undefined) return null;
  const known = state.meetings[meetingKey(date, name)] ?? null;
  return {
    date,
    name,
    category: categoryOf(name),
    also: secondCategoryOf(name),
    committeeOnly: /支委/.test(name),
    known,
  };
}

/** `3月15日主题党日`. */
export function meetingText(meeting: Pick<Meeting, 'date' | 'name'>, today: LocalTime): string {
  return `${dayText(meeting.date, today)}${meeting.name}`;
}
