/** Planning a meeting, moving it, calling it off. Marks and leave move with it. */
import { body } from '../../ledger/kinds.ts';
import type { Meeting } from '../../ledger/state.ts';
import { dateOfTime, type IsoDate } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { dayText } from '../wording.ts';
import { planBody } from './record.ts';
import { meetingsOn, meetingText, whichMeeting } from './which-meeting.ts';

interface PlanSlots {
  readonly date?: IsoDate;
  readonly at?: string;
  readonly name?: string;
}

interface MoveSlots extends PlanSlots {
  readonly to?: IsoDate;
}

const PLANNERS = ['recorder', 'secretary', 'deputy'] as const;
const NAMES =
  /主题党日(?:活动)?(?:暨[\p{Script=Han}]{2,8}?会?(?=$|[\s,，。]))?|组织生活会|民主评议(?:会)?|(?:支部)?党员大会|支委会|党小组会|党课|集中(?:学习|培训)|[\p{Script=Han}]{2,6}(?:学习会?|培训会?|大会|会议|座谈会)/u;

function named(message: Message, text: string): string | undefined {
  const planned = message.context.meetings.find((m) => text.includes(m.name))?.name;
  return planned ?? NAMES.exec(text)?.[0].replace(/^(?:的|开|召开|举行)/, '');
}

function reading(command: string, slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'none', command, slots };
}

/** 开会 3月15日 8:30 主题党日; said to the bot also 3月15日上午8:30开主题党日. */
function readPlan(message: Message): Reading | null {
  const commanded = message.command?.name === 'plan-meeting';
  const natural =
    message.spokenTo && /(?:定于|安排在?|计划|召开|开)/.test(message.body) && NAMES.test(message.body);
  if (!commanded && (!natural || message.asks || !PLANNERS.some((r) => r === message.role))) return null;
  const day = message.dates('future').find((d) => d.vague !== 'day');
  // 开会，大家快点 is called out to people.
  if (!day && !message.spokenTo) return null;
  const text = message.body;
  const name = named(message, day ? text.slice(0, day.start) + text.slice(day.end) : text);
  return reading('plan-meeting', {
    ...(day ? { date: day.date } : {}),
    ...(day?.time ? { at: day.time.slice(0, 5) } : {}),
    ...(name ? { name } : {}),
  });
}

export const planMeeting: Command = {
  name: 'plan-meeting',
  words: ['开会', '会议', '安排会议', '定会'],
  read: readPlan,
  intent: 'none',
  who: PLANNERS,
  where: ['group', 'private'],
  summary: '安排会议，会前一天提醒',
  examples: ['开会 3月15日 8:30 主题党日'],
  decide: decidePlan,
};

function decidePlan(request: Request, read: Reading): Outcome {
  const { date, at, name } = slotsOf<PlanSlots>(read);
  const { branch } = request;
  if (!date || !name) return ask(request, '请写上日期、时间和会议，例如“开会 3月15日 8:30 主题党日”。');
  if (date < dateOfTime(request.at)) return refuse('meeting-past', { date: dayText(date, request.at) });
  const meeting = whichMeeting(branch, date, name);
  if (!meeting) return refuse('meeting-unknown');
  const same = meeting.known && !meeting.known.cancelled && (at === undefined || meeting.known.at === at);
  const when = `${dayText(date, request.at)}${at ?? meeting.known?.at ?? ''} ${meeting.name}`;
  if (same) return { bodies: [], replies: [answer(`已经安排了：${when}。`)] };
  return { bodies: [planBody(meeting, at)], replies: [answer(`已安排：${when}。会前一天提醒大家。`)] };
}

function readMove(message: Message): Reading | null {
  const commanded = message.command?.name === 'move-meeting';
  const natural =
    message.spokenTo &&
    /改(?:到|期|在|成)|推迟到|提前到|延期到/.test(message.body) &&
    NAMES.test(message.body);
  if (!commanded && (!natural || message.asks || !PLANNERS.some((r) => r === message.role))) return null;
  const days = message.dates('future').filter((d) => d.vague !== 'day');
  const name = named(message, message.body);
  const to = days.at(-1);
  const from = days.length > 1 ? days[0] : undefined;
  return reading('move-meeting', {
    ...(from ? { date: from.date } : {}),
    ...(to ? { to: to.date } : {}),
    ...(to?.time ? { at: to.time.slice(0, 5) } : {}),
    ...(name ? { name } : {}),
  });
}

export const moveMeeting: Command = {
  name: 'move-meeting',
  words: ['改期', '会议改期'],
  read: readMove,
  intent: 'none',
  who: PLANNERS,
  where: ['group', 'private'],
  summary: '会议改期，请假跟着走',
  examples: ['改期 主题党日 3月15日 改到 3月18日 9:00'],
  decide: decideMove,
};

/** The meeting to come that is meant: by day, by name, or the only one. */
function coming({ branch, at }: Request, slots: PlanSlots): Meeting | null {
  if (slots.date !== undefined) return meetingsOn(branch, slots.date, slots.name)[0] ?? null;
  if (slots.name === undefined) return null;
  const ahead = Object.values(branch.meetings)
    .filter((m) => !m.cancelled && m.date >= dateOfTime(at) && Object.keys(m.marks).length === 0)
    .filter((m) => slots.name === undefined || m.name.includes(slots.name) || slots.name.includes(m.name))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return ahead[0] ?? null;
}

function decideMove(request: Request, read: Reading): Outcome {
  const slots = slotsOf<MoveSlots>(read);
  if (!slots.to) return ask(request, '改到哪一天？例如“改期 主题党日 改到 3月18日 9:00”。');
  const meeting = coming(request, slots);
  if (!meeting) return refuse('meeting-unknown');
  if (Object.keys(meeting.marks).length > 0)
    return refuse('meeting-held', { meeting: meetingText(meeting, request.at) });
  if (slots.to < dateOfTime(request.at))
    return refuse('meeting-past', { date: dayText(slots.to, request.at) });
  const moved = body('meeting-moved', {
    date: meeting.date,
    name: meeting.name,
    to: slots.to,
    ...(slots.at ? { at: slots.at } : {}),
  });
  return {
    bodies: [moved],
    replies: [
      answer(
        `${meetingText(meeting, request.at)}改到${dayText(slots.to, request.at)}${slots.at ?? meeting.at ?? ''}。`,
        'group',
      ),
    ],
  };
}

function readCancel(message: Message): Reading | null {
  const commanded = message.command?.name === 'cancel-meeting';
  const natural = message.spokenTo && /(?:取消|不开了)/.test(message.body) && NAMES.test(message.body);
  if (!commanded && (!natural || message.asks || !PLANNERS.some((r) => r === message.role))) return null;
  const day = message.dates('future').find((d) => d.vague !== 'day');
  const name = named(message, message.body.replace(/^取消(?:会议)?/, ''));
  return reading('cancel-meeting', { ...(day ? { date: day.date } : {}), ...(name ? { name } : {}) });
}

export const cancelMeeting: Command = {
  name: 'cancel-meeting',
  words: ['取消会议', '会议取消'],
  read: readCancel,
  intent: 'none',
  who: PLANNERS,
  where: ['group', 'private'],
  summary: '取消还没开的会议',
  examples: ['取消会议 3月15日 主题党日'],
  decide: (request, read) => {
    const meeting = coming(request, slotsOf<PlanSlots>(read));
    if (!meeting) return refuse('meeting-unknown');
    if (Object.keys(meeting.marks).length > 0)
      return refuse('meeting-held', { meeting: meetingText(meeting, request.at) });
    return {
      bodies: [body('meeting-cancelled', { date: meeting.date, name: meeting.name })],
      replies: [answer(`${meetingText(meeting, request.at)}取消。`, 'group')],
    };
  },
};
