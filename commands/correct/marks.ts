/** 更正：甲不是迟到是请假: a mark of an attendance record turned into another, by whoever keeps the roll. */
import type { Body } from '../../ledger/entry.ts';
import { body, type DataIn } from '../../ledger/kinds.ts';
import { holdersOf } from '../../ledger/roles.ts';
import type { Mark, Meeting } from '../../ledger/state.ts';
import { dateOfTime, monthOf } from '../../scoring/calendar.ts';
import { MARK_WORDS } from '../attendance/attended.ts';
import { keepsRoll } from '../attendance/record.ts';
import { meetingsOn, meetingText } from '../attendance/which-meeting.ts';
import { answer, type Outcome, refuse, type Request } from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Reading } from '../reading.ts';
import { answerPrivately } from '../telling.ts';
import { listed } from '../wording.ts';

export type MarkChange = Readonly<Record<string, { readonly from?: string; readonly to: string }>>;

const MARKS: Readonly<Record<string, Mark>> = {
  present: 'present',
  late: 'late',
  early: 'early',
  absent: 'absent',
  leave: 'leave',
  flow_away: 'away',
};

/** `DATE NAME`, or the meeting taken last. */
function meetingOf({ branch, at }: Request, target: string | undefined): Meeting | null {
  const day = target?.slice(0, 10);
  const name = target !== undefined && target.length > 11 ? target.slice(11) : undefined;
  if (day !== undefined) {
    const found = meetingsOn(branch, day, name);
    return found.find((m) => Object.keys(m.marks).length > 0) ?? found[0] ?? null;
  }
  const taken = Object.values(branch.meetings).filter(
    (m) => Object.keys(m.marks).length > 0 && m.date <= dateOfTime(at),
  );
  return taken.sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1) ?? null;
}

export function changeMarks(
  request: Request,
  reading: Reading,
  target: string | undefined,
  change: MarkChange,
): Outcome {
  const { branch, at } = request;
  if (!keepsRoll(request))
    return refuse('attendance-not-yours', { who: listed(holdersOf(branch, 'recorder', at)) || '记录员' });
  const meeting = meetingOf(request, target);
  if (!meeting || (Object.keys(meeting.marks).length === 0 && !meeting.complete))
    return refuse('meeting-unknown');
  const stranger = Object.keys(change).find((n) => !branch.people[n]);
  if (stranger !== undefined) return refuse('report-not-member', { name: stranger });
  const bodies: Body[] = [];
  const lines: string[] = [];
  for (const [name, { to }] of Object.entries(change)) {
    const mark = MARKS[to];
    const before = meeting.marks[name];
    if (mark === undefined || before === mark) continue;
    bodies.push(...markBodies(meeting, name, before, mark));
    lines.push(`${name}由${before ? MARK_WORDS[before] : '未记'}改为${MARK_WORDS[mark]}`);
  }
  const where = `${meetingText(meeting, at)}考勤`;
  if (bodies.length === 0) return { bodies: [], replies: [answer(`${where}已经是这样记的，没有变化。`)] };
  return settleChange(request, reading, {
    bodies,
    months: [monthOf(meeting.date)],
    reason: '考勤更正',
    replies: () => answerPrivately(request, `已更正${where}：${listed(lines)}。`),
  });
}

function markBodies(meeting: Meeting, name: string, before: Mark | undefined, mark: Mark): Body[] {
  const of = (next: Mark): Body => {
    const data: DataIn<'attendance-recorded'> = {
      date: meeting.date,
      meeting: meeting.name,
      category: meeting.category,
      also: meeting.also,
    };
    const leave = [{ name, reason: meeting.leave[name]?.reason ?? 'private' }];
    return body('attendance-recorded', { ...data, ...(next === 'leave' ? { leave } : { [next]: [name] }) });
  };
  // Late and early recorded one after the other are both; a correction means only the second.
  const joins = (before === 'late' && mark === 'early') || (before === 'early' && mark === 'late');
  return joins ? [of('present'), of(mark)] : [of(mark)];
}
