/** What a recorded roll comes to: who was present, who was not, against what was known before (R14, R15, Q61). */
import { inScope } from '../../ledger/case.ts';
import type { BranchState, Mark, Meeting } from '../../ledger/state.ts';
import { monthOf } from '../../scoring/calendar.ts';
import type { AttendanceSlots } from '../reading.ts';
import type { WhichMeeting } from './which-meeting.ts';

type Entries = AttendanceSlots['entries'];

export interface RollCall {
  /** Marks that are new or differ from what stood there, in roster order. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** Everybody else was present. */
  readonly rest: boolean;
  /** Named in the message but out of scope: listed, not absent (R02). */
  readonly outside: readonly string[];
  /** Approved leave that the message did not mention, taken in. */
  readonly leaveKnown: readonly string[];
  /** Leave marked here that nobody has approved yet. */
  readonly leaveUnapproved: readonly string[];
  /** Asked for leave and not decided: not taken as present, not as anything. */
  readonly leaveOpen: readonly string[];
  /** Floating members nobody mentioned where the others were present: neither present nor away. */
  readonly floatingOpen: readonly string[];
  /** Left out of a list of those present, and of every other list: nothing is inferred. */
  readonly unnamed: readonly string[];
  /** Said themselves that they would come late, leave early or not come, and are taken as present. */
  readonly saidOtherwise: readonly string[];
  /** In two lists that exclude each other. */
  readonly conflict: string | null;
  /** People in scope whom the meeting is for. */
  readonly expected: number;
}

/** Everybody whom a meeting of that day is for. */
export function expectedAt(
  state: BranchState,
  meeting: Pick<WhichMeeting, 'date' | 'committeeOnly'>,
): string[] {
  const month = monthOf(meeting.date);
  return Object.values(state.people)
    .filter((p) => inScope(p, month))
    .map((p) => p.name);
}

/** The marks the words themselves give, late and early together being both. */
function spoken(entries: Entries): { marks: Map<string, Mark>; conflict: string | null } {
  const marks = new Map<string, Mark>();
  let conflict: string | null = null;
  const give = (names: readonly string[] | undefined, mark: Mark): void => {
    for (const name of names ?? []) {
      const before = marks.get(name);
      if (before === undefined || before === 'present') marks.set(name, mark);
      else if ((before === 'late' && mark === 'early') || (before === 'early' && mark === 'late'))
        marks.set(name, 'late+early');
      else if (before !== mark && before !== 'late+early') conflict ??= name;
    }
  };
  const present = entries.present === 'rest' ? [] : entries.present;
  give(present, 'present');
  give(entries.late, 'late');
  give(entries.early, 'early');
  const here = new Set(present ?? []);
  for (const [names, mark] of [
    [entries.absent, 'absent'],
    [entries.leave, 'leave'],
    [entries.flow_away, 'away'],
  ] as const) {
    const both = names?.find((n) => here.has(n));
    if (both !== undefined) conflict ??= both;
    give(names, mark);
  }
  return { marks, conflict };
}

/** A later word about coming late or leaving early joins an earlier one; it never wipes it out. */
function joined(before: Mark | undefined, next: Mark): Mark {
  if (next === 'late' || next === 'early') {
    if (before === 'late+early') return before;
    if ((before === 'late' || before === 'early') && before !== next) return 'late+early';
  }
  return next;
}

export function callRoll(state: BranchState, meeting: WhichMeeting, entries: Entries): RollCall {
  const { marks: said, conflict } = spoken(entries);
  const expected = expectedAt(state, meeting);
  const known: Meeting | null = meeting.known;
  const outside = [...new Set([...said.keys(), ...(entries.exempt ?? [])])].filter(
    (n) => !expected.includes(n),
  );
  const whole = entries.present !== undefined;
  const rest = entries.present === 'rest';
  const marks: Record<string, Mark> = {};
  const open = {
    leaveKnown: [] as string[],
    leaveOpen: [] as string[],
    floatingOpen: [] as string[],
    unnamed: [] as string[],
  };
  for (const name of expected) {
    const person = state.people[name]!;
    const leave = known?.leave[name]?.state;
    const before = known?.marks[name];
    let mark = said.get(name);
    // Approved leave holds whatever else was said than that the member came after all.
    if (mark === 'absent' && leave === 'approved') {
      mark = 'leave';
      open.leaveKnown.push(name);
    }
    if (mark === 'absent' && person.floating) mark = 'away';
    if (mark === undefined && before === undefined && whole) {
      if (leave === 'approved') {
        mark = 'leave';
        open.leaveKnown.push(name);
      } else if (rest && known?.signedIn[name] !== undefined) mark = 'present';
      else if (rest && leave === 'requested') open.leaveOpen.push(name);
      else if (rest && person.floating) open.floatingOpen.push(name);
      else if (rest) mark = 'present';
      else open.unnamed.push(name);
    }
    if (mark !== undefined && joined(before, mark) !== before) marks[name] = joined(before, mark);
  }
  const given = (mark: Mark): string[] => Object.keys(marks).filter((n) => marks[n] === mark);
  return {
    marks,
    rest,
    outside,
    ...open,
    leaveUnapproved: given('leave').filter((n) => known?.leave[n]?.state !== 'approved'),
    saidOtherwise: given('present').filter((n) => {
      const note = known?.notes[n];
      return !said.has(n) && note !== undefined && note !== 'present';
    }),
    conflict,
    expected: expected.length,
  };
}
