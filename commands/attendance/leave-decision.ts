/**
 * Leave for a meeting: asked by a member, decided by the secretary (the deputy decides the secretary's). The cause is
 * kept as a category and never repeated; the group hears only that it was passed on.
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf, holdersOf } from '../../ledger/roles.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addDays, dateOfTime, type IsoMonth, type LocalTime, monthOf } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import {
  answer,
  type Command,
  notice,
  nothing,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Message } from '../language/message.ts';
import type { AttendanceSlots, Choice, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { listed } from '../wording.ts';
import { costOf } from './attended.ts';
import { findMeeting } from './meeting.ts';
import { nextMeeting } from './leave.ts';
import { planBody } from './record.ts';
import { meetingText, whichMeeting, type WhichMeeting } from './which-meeting.ts';

const REASON_WORDS = { sick: '病假', duty: '公假', private: '事假' } as const;

/** Who decides the leave of these people: the secretary, or the deputy where it is the secretary's own. */
function leaveDecider(state: BranchState, names: readonly string[], day: LocalTime): string | null {
  const line = [
    ...holdersOf(state, 'secretary', day),
    ...holdersOf(state, 'deputy', day),
    ...holdersOf(state, 'committee', day),
  ];
  return line.find((n) => !names.includes(n)) ?? null;
}

export function decideLeaveRequest(request: Request, slots: AttendanceSlots): Outcome {
  const { branch, at, speaker, place } = request;
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  if (!meeting) return request.addressed ? refuse('meeting-unknown') : nothing;
  const asked = slots.entries.leave?.length ? slots.entries.leave : [speaker.name];
  const names = asked.filter((n) => branch.people[n]);
  const reason = slots.entries.reason ?? 'private';
  const fresh = names.filter((n) => {
    const before = meeting.known?.leave[n];
    return (
      !before || before.state === 'refused' || (before.state === 'requested' && before.reason !== reason)
    );
  });
  if (fresh.length === 0) return known(request, meeting, names);
  const decider = leaveDecider(branch, fresh, at);
  const bodies: Body[] = [
    ...(meeting.known ? [] : [planBody(meeting)]),
    ...fresh.map((name) =>
      body('leave-requested', { date: meeting.date, meeting: meeting.name, name, reason }),
    ),
  ];
  const what = meetingText(meeting, at);
  const toDecider = decider
    ? [
        notice(
          { person: decider },
          `${listed(fresh)}请${what}的${REASON_WORDS[reason]}${fresh.includes(speaker.name) ? '' : `（${speaker.name}代说）`}。同意请回复“准假 ${fresh[0]}”，不同意请回复“不准假 ${fresh[0]} 理由”。`,
        ),
      ]
    : [];
  const receipt = `${what}的请假已转给${decider ?? '书记'}，批了告诉您。`;
  const replies: Reply[] =
    place === 'group' ? [answer('已私下转给书记。'), answer(receipt, 'private')] : [answer(receipt)];
  return { bodies, replies: [...replies, ...toDecider] };
}

function known(request: Request, meeting: WhichMeeting, names: readonly string[]): Outcome {
  if (!request.addressed) return nothing;
  const approved = names.every((n) => meeting.known?.leave[n]?.state === 'approved');
  const text = `${meetingText(meeting, request.at)}的请假${approved ? '已经批了' : '已经转给书记，还没批'}。`;
  return {
    bodies: [],
    replies: request.place === 'group' ? [answer('已私下回复您。'), answer(text, 'private')] : [answer(text)],
  };
}

interface LeaveDecisionSlots {
  readonly names: readonly string[];
  readonly date?: string;
  readonly meeting?: string;
  readonly approved: boolean;
  readonly reason?: string;
  /** The meeting is only the next one; leave that waits for another is meant before it. */
  readonly assumed?: boolean;
}

/** Approval in natural words comes with the meeting; it is the same decision. */
export function decideLeaveApproval(request: Request, reading: Reading, slots: AttendanceSlots): Outcome {
  return decideLeave(request, reading, {
    names: slots.entries.leave ?? [],
    date: slots.date,
    ...(slots.meeting ? { meeting: slots.meeting } : {}),
    approved: true,
  });
}

function decideLeave(request: Request, reading: Reading, slots: LeaveDecisionSlots): Outcome {
  const { branch, at, speaker } = request;
  if (!speaker.roles.some((r) => r === 'secretary' || r === 'deputy')) return refuse('leave-not-yours');
  if (slots.names.includes(speaker.name))
    return refuse('leave-own', { who: leaveDecider(branch, [speaker.name], at) ?? '支委会' });
  const bodies: Body[] = [];
  const replies: Reply[] = [];
  const lines: string[] = [];
  const months: IsoMonth[] = [];
  for (const name of slots.names) {
    if (!branch.people[name]) return refuse('report-not-member', { name });
    const meetings = meant(request, name, slots);
    if (meetings.length === 0) return refuse('leave-none', { name });
    if (meetings.length > 1) return askMeeting(request, name, slots, meetings);
    const done = decideOne(request, name, meetings[0]!, slots);
    bodies.push(...done.bodies);
    replies.push(...done.replies);
    months.push(monthOf(meetings[0]!.date));
    lines.push(`${name}（${meetingText(meetings[0]!, at)}）`);
  }
  const head = slots.approved ? `已准假：${listed(lines)}。` : `没有准假：${listed(lines)}，已私下告诉本人。`;
  return settleChange(request, reading, {
    bodies,
    months,
    reason: '请假批复',
    replies: () => [answer(head), ...replies],
  });
}

/**
 * The meetings a decision may be about: the one named, or those for which this leave waits; where none does, those
 * whose roll has this leave, which the recorder took from paper and the secretary was asked about.
 */
function meant({ branch, at }: Request, name: string, slots: LeaveDecisionSlots): WhichMeeting[] {
  const recent = Object.values(branch.meetings).filter(
    (m) =>
      !m.cancelled &&
      m.date >= addDays(dateOfTime(at), -31) &&
      (slots.assumed === true || slots.meeting === undefined || m.name.includes(slots.meeting)),
  );
  const requested = recent.filter((m) => m.leave[name]?.state === 'requested');
  const waits = (requested.length > 0 ? requested : recent.filter((m) => m.marks[name] === 'leave')).map(
    (m) => ({ ...m, known: m }),
  );
  if (slots.date === undefined || (slots.assumed && waits.length > 0)) return waits;
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  return meeting ? [meeting] : [];
}

function askMeeting(
  request: Request,
  name: string,
  slots: LeaveDecisionSlots,
  meetings: readonly WhichMeeting[],
): Outcome {
  const choices: Choice[] = meetings.map((m) => ({
    label: meetingText(m, request.at),
    reading: {
      act: 'record',
      intent: 'attendance',
      command: 'decide-leave',
      slots: { ...slots, names: [name], date: m.date, meeting: m.name },
    },
  }));
  return ask(request, `${name}请了${meetings.length}次假，是哪一次？`, { choices });
}

function decideOne(
  request: Request,
  name: string,
  meeting: WhichMeeting,
  slots: LeaveDecisionSlots,
): { bodies: Body[]; replies: Reply[] } {
  const { branch, policy, at } = request;
  const bodies: Body[] = [
    ...(meeting.known ? [] : [planBody(meeting)]),
    body('leave-decided', { date: meeting.date, meeting: meeting.name, name, approved: slots.approved }),
  ];
  // The roll was taken before the leave was decided: an absence, or a gap in a complete roll, becomes leave.
  const mark = meeting.known?.marks[name];
  const late =
    slots.approved && (mark === 'absent' || (mark === undefined && meeting.known?.complete === true));
  if (late) {
    const reason = meeting.known?.leave[name]?.reason ?? 'private';
    bodies.push(
      body('attendance-recorded', {
        date: meeting.date,
        meeting: meeting.name,
        category: meeting.category,
        also: meeting.also,
        leave: [{ name, reason }],
      }),
    );
  }
  const cost = costOf(policy, meeting.category, 'leave');
  const reason = meeting.known?.leave[name]?.reason;
  const waived = policy.readings.leave === 'sick-and-duty-waived' && (reason === 'sick' || reason === 'duty');
  const price = cost > 0 && !waived ? `（按细则，请假一次扣${cost}分）` : '';
  const text = slots.approved
    ? `${meetingText(meeting, at)}的请假已批准${price}。`
    : `${meetingText(meeting, at)}的请假没有批准${slots.reason ? `：${slots.reason}` : ''}。有疑问请找书记。`;
  const told = accountOf(branch, name) === null ? [] : [notice({ person: name }, text)];
  return { bodies, replies: [...told] };
}

const YES = /^(?:同意|批准|准了?|批了|可以|准予)/;
const NO = /^(?:不准假?|不批假?|不同意|没批|不行)/;

function readDecision(message: Message): Reading | null {
  const commanded = message.command?.name === 'decide-leave';
  const { body: text } = message;
  const natural =
    /假/.test(text) && (YES.test(text) || NO.test(text)) && ['secretary', 'deputy'].includes(message.role);
  if (!commanded && !natural) return null;
  // Approval that names its meeting is read with the other words on attendance.
  if (!commanded && YES.test(text)) {
    const ref = findMeeting(message, 'future');
    if (ref && ref.by !== 'clock' && ref.planned) return null;
  }
  if (message.asks) return null;
  const refused = /不准|不批|不同意|没批|驳回/.test(
    commanded ? message.command.word + message.command.rest.slice(0, 3) : text,
  );
  const hits = message.names().filter((n) => n.how !== 'role');
  const unclear = hits.find((n) => n.members.length > 1);
  const slots = (names: readonly string[]): LeaveDecisionSlots & Record<string, unknown> => {
    const day = message.dates('future').find((d) => d.vague !== 'day')?.date;
    const meeting = message.context.meetings.find((m) => text.includes(m.name))?.name;
    // 同意国华请假: of the meeting everybody waits for.
    const next = refused || day || meeting ? null : nextMeeting(message);
    const last = hits.at(-1);
    const reason =
      refused && last
        ? text
            .slice(last.end)
            .replace(/^[\s,，:：的请假]+/, '')
            .trim()
        : '';
    return {
      names,
      approved: !refused,
      ...(next ? { date: next.date, meeting: next.meeting!, assumed: true } : {}),
      ...(next ? { phase: 'leave_approved', entries: { leave: names } } : {}),
      ...(day ? { date: day } : {}),
      ...(meeting ? { meeting } : {}),
      ...(reason ? { reason } : {}),
    };
  };
  const reading = (names: readonly string[]): Reading => ({
    act: 'record',
    intent: 'attendance',
    command: 'decide-leave',
    slots: { ...slots(names) },
  });
  if (hits.length === 0)
    return commanded && message.spokenTo
      ? {
          act: 'ask',
          intent: 'attendance',
          command: 'decide-leave',
          slots: {},
          question: { text: '准谁的假？请写上姓名，例如“准假 张三”。', missing: ['member'] },
        }
      : null;
  if (unclear) {
    const choices = unclear.members.map((label) => ({ label, reading: reading([label]) }));
    return {
      act: 'ask',
      intent: 'attendance',
      command: 'decide-leave',
      slots: {},
      question: { text: `哪个${unclear.text}？`, missing: ['member'], choices },
    };
  }
  return reading([...new Set(hits.map((n) => n.members[0]!))]);
}

export const leaveDecision: Command = {
  name: 'decide-leave',
  words: ['准假', '批假', '不准假', '不批假'],
  read: readDecision,
  intent: 'attendance',
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '批准或不批准请假',
  examples: ['准假 张三', '不准假 张三 当天要投票'],
  decide: (request, reading) => decideLeave(request, reading, slotsOf<LeaveDecisionSlots>(reading)),
};
