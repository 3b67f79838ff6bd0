/** The recorder's roll of a meeting: it creates or completes the meeting's record and says back who was taken as present. */
import type { Body } from '../../ledger/entry.ts';
import { body, type DataIn } from '../../ledger/kinds.ts';
import { holdersOf } from '../../ledger/roles.ts';
import type { Mark } from '../../ledger/state.ts';
import { dateOfTime, monthOf } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import { answer, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { AttendanceSlots, Choice, Reading } from '../reading.ts';
import { dayText, holder, listed } from '../wording.ts';
import { MARK_WORDS } from './attended.ts';
import { callRoll, type RollCall } from './roll-call.ts';
import { meetingsOn, meetingText, whichMeeting, type WhichMeeting } from './which-meeting.ts';

/** Rolls are kept by the recorder; while the branch has none, by the secretary. */
export function keepsRoll(request: Request): boolean {
  const recorders = holdersOf(request.branch, 'recorder', request.at);
  if (recorders.length > 0) return recorders.includes(request.speaker.name);
  return request.speaker.roles.some((r) => r === 'secretary' || r === 'deputy');
}

export function decideRecord(request: Request, reading: Reading, slots: AttendanceSlots): Outcome {
  const { branch, at } = request;
  if (!keepsRoll(request)) return refuse('attendance-not-yours', { who: holder(branch, 'recorder', at) });
  if (slots.date > dateOfTime(at)) return refuse('attendance-future', { date: dayText(slots.date, at) });
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  if (!meeting) return askWhich(request, reading, slots);
  const stranger = namesIn(slots).find((n) => !branch.people[n]);
  if (stranger !== undefined) return refuse('report-not-member', { name: stranger });
  const roll = callRoll(branch, meeting, slots.entries);
  if (roll.conflict !== null) return refuse('attendance-two-marks', { name: roll.conflict });
  const bodies = recordBodies(meeting, roll, slots);
  if (bodies.length === 0) {
    return { bodies: [], replies: [answer(`${meetingText(meeting, at)}的考勤已经是这样记的，没有变化。`)] };
  }
  return settleChange(request, reading, {
    bodies,
    months: [monthOf(meeting.date)],
    reason: `${meetingText(meeting, at)}考勤`,
    replies: () => echo(request, meeting, roll),
  });
}

function namesIn({ entries }: AttendanceSlots): string[] {
  const { present, late, early, absent, leave, flow_away: away, exempt } = entries;
  return [present === 'rest' ? [] : present, late, early, absent, leave, away, exempt].flatMap(
    (l) => l ?? [],
  );
}

/** Which of the day's meetings, or which kind of meeting where nothing was planned. */
export function askWhich(request: Request, reading: Reading, slots: AttendanceSlots): Outcome {
  const planned = meetingsOn(request.branch, slots.date, slots.meeting);
  const names =
    planned.length > 1 ? planned.map((m) => m.name) : ['主题党日', '组织生活会', '党员大会', '集中学习'];
  const choices: Choice[] = names.map((name) => ({
    label: name,
    reading: { ...reading, act: 'record', slots: { ...reading.slots, meeting: name } },
  }));
  return ask(request, `${dayText(slots.date, request.at)}是哪一次会？`, { choices });
}

/** An entry with every list filled; fold gives each name its mark. Late and early both stand in both lists. */
function recordBodies(meeting: WhichMeeting, roll: RollCall, slots: AttendanceSlots): Body[] {
  const names = Object.keys(roll.marks);
  const becomesComplete = roll.rest && meeting.known?.complete !== true;
  if (names.length === 0 && !becomesComplete) return [];
  const having = (...marks: Mark[]): string[] => names.filter((n) => marks.includes(roll.marks[n]!));
  const reason = slots.entries.reason;
  const data: DataIn<'attendance-recorded'> = {
    date: meeting.date,
    meeting: meeting.name,
    category: meeting.category,
    also: meeting.also,
    present: having('present'),
    absent: having('absent'),
    late: having('late', 'late+early'),
    early: having('early', 'late+early'),
    leave: having('leave').map((name) => ({
      name,
      reason: meeting.known?.leave[name]?.reason ?? reason ?? 'private',
    })),
    away: having('away'),
    rest: roll.rest,
  };
  const planned = meeting.known ? [] : [planBody(meeting)];
  return [...planned, body('attendance-recorded', data)];
}

export function planBody(meeting: WhichMeeting, at?: string): Body {
  return body('meeting-planned', {
    date: meeting.date,
    name: meeting.name,
    category: meeting.category,
    also: meeting.also,
    committeeOnly: meeting.committeeOnly,
    ...(at === undefined ? {} : { at }),
  });
}

/** `应到24实到19` as typed, to be held against the list. */
function countsSaid(text: string): { readonly expected: number | null; readonly present: number | null } {
  const number = (word: string): number | null => {
    const m = new RegExp(`${word}[^\\d\\n]{0,4}(\\d{1,4})`).exec(text);
    return m ? Number(m[1]) : null;
  };
  return { expected: number('应到'), present: number('(?:实到|到会)') };
}

interface Tally {
  readonly present: number;
  readonly lines: string[];
}

function tally(request: Request, meeting: WhichMeeting, roll: RollCall): Tally {
  const all: Record<string, Mark> = { ...meeting.known?.marks, ...roll.marks };
  const names = Object.keys(request.branch.people).filter((n) => all[n] !== undefined);
  const of = (mark: Mark): string[] => names.filter((n) => all[n] === mark);
  const lines: string[] = [];
  for (const mark of ['present', 'late', 'early', 'late+early', 'leave', 'absent', 'away'] as const) {
    const who = of(mark);
    if (who.length > 0) lines.push(`${MARK_WORDS[mark]}${who.length}人：${listed(who)}`);
  }
  const present = names.length - of('leave').length - of('absent').length - of('away').length;
  return { present, lines };
}

/** In the group only who was present and the counts; the rest, and what is open, to the recorder alone. */
function echo(request: Request, meeting: WhichMeeting, roll: RollCall): Reply[] {
  const { at, place } = request;
  const { present, lines } = tally(request, meeting, roll);
  const said = countsSaid(request.text);
  const mismatch = [
    ...(said.expected !== null && said.expected !== roll.expected
      ? [`您说应到${said.expected}，名册上应到${roll.expected}`]
      : []),
    ...(said.present !== null && said.present !== present
      ? [`您说实到${said.present}，名单算出来是${present}`]
      : []),
  ];
  const head = `已记${meetingText(meeting, at)}考勤：应到${roll.expected}，实到${present}。`;
  const wrong = mismatch.length > 0 ? `人数对不上：${mismatch.join('；')}，请核对。` : '';
  const open = openMatters(roll);
  const full = [...lines, ...open].join('\n');
  const secretary: Reply[] =
    roll.leaveUnapproved.length > 0
      ? [
          notice(
            { role: 'secretary' },
            `${meetingText(meeting, at)}记了请假、还没有批：${listed(roll.leaveUnapproved)}。同意请回复“准假 ${roll.leaveUnapproved[0]}”。`,
          ),
        ]
      : [];
  if (place !== 'group')
    return [answer([head + wrong, full].filter((t) => t !== '').join('\n')), ...secretary];
  const taken = Object.keys(roll.marks).filter((n) => roll.marks[n] === 'present');
  const echoed = taken.length > 0 ? `到会：${listed(taken)}。` : '';
  return [
    answer(`${head}${echoed}${wrong}其余已私下发给您。`),
    answer([`${meetingText(meeting, at)}考勤：`, full].join('\n'), 'private'),
    ...secretary,
  ];
}

function openMatters(roll: RollCall): string[] {
  return [
    ...(roll.leaveKnown.length > 0 ? [`已批请假，按请假记：${listed(roll.leaveKnown)}`] : []),
    ...(roll.leaveUnapproved.length > 0 ? [`请假还没有批，先按请假记：${listed(roll.leaveUnapproved)}`] : []),
    ...(roll.leaveOpen.length > 0 ? [`请了假还没有批，暂不记：${listed(roll.leaveOpen)}`] : []),
    ...(roll.floatingOpen.length > 0
      ? [`流动党员没有点到名，暂不记：${listed(roll.floatingOpen)}（不在现场请说“某某在外”）`]
      : []),
    ...(roll.unnamed.length > 0 ? [`没有点到名，暂不记：${listed(roll.unnamed)}`] : []),
    ...(roll.saidOtherwise.length > 0
      ? [`本人说过会迟到、早退或不来，请再确认：${listed(roll.saidOtherwise)}`]
      : []),
    ...(roll.outside.length > 0 ? [`不纳入考核，不记：${listed(roll.outside)}`] : []),
  ];
}
