/**
 * Signing in at a meeting and saying beforehand that one will come. A sign-in counts once the recorder takes it over;
 * an RSVP never does. A 接龙 is sent whole each time: only what is new in it counts.
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
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
import type { Message } from '../language/message.ts';
import type { AttendanceSlots, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { holder, listed } from '../wording.ts';
import { askWhich, keepsRoll, planBody } from './record.ts';
import { expectedAt } from './roll-call.ts';
import { meetingsOn, meetingText, whichMeeting, type WhichMeeting } from './which-meeting.ts';

export function decideSignIn(request: Request, reading: Reading, slots: AttendanceSlots): Outcome {
  const { branch, at, addressed } = request;
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  if (!meeting) return addressed ? askWhich(request, reading, slots) : nothing;
  // A list of the recorder's that says it is a sign-in may come when the sign-in is over; others' may not.
  const open = meeting.known?.signIn !== 'closed' && slots.date === dateOfTime(at);
  if (!open && !keepsRoll(request))
    return addressed
      ? refuse('signin-closed', { meeting: meetingText(meeting, at), who: holder(branch, 'recorder', at) })
      : nothing;
  const there = slots.entries.present === 'rest' ? [] : (slots.entries.present ?? []);
  const fresh = there.filter((n) => branch.people[n] && meeting.known?.signedIn[n] === undefined);
  const notes = notesIn(request, meeting, slots);
  if (fresh.length === 0 && notes.length === 0) {
    return addressed && there.length > 0 ? { bodies: [], replies: [answer('已经签过到了。')] } : nothing;
  }
  const proxies = Object.entries(slots.entries.proxy ?? {}).filter(([n]) => fresh.includes(n));
  const bodies: Body[] = [
    ...(meeting.known ? [] : [planBody(meeting)]),
    ...(fresh.length > 0
      ? [
          body('signed-in', {
            date: meeting.date,
            meeting: meeting.name,
            names: fresh,
            ...(proxies.length > 0 ? { proxy: Object.fromEntries(proxies) } : {}),
          }),
        ]
      : []),
    ...notes,
  ];
  return {
    bodies,
    replies:
      fresh.length > 0 ? [gathered(request, meeting, fresh), ...proxyNotice(request, meeting, proxies)] : [],
  };
}

/** Many sign-ins in a minute become one line: `已签到：张三、李四（2/24）`. */
function gathered(request: Request, meeting: WhichMeeting, fresh: readonly string[]): Reply {
  const before = Object.keys(meeting.known?.signedIn ?? {}).length;
  const expected = expectedAt(request.branch, meeting).length;
  const tail = `（${before + fresh.length}/${expected}）`;
  return {
    to: 'here',
    text: `已签到：${listed(fresh)}${tail}`,
    // An answer: an evening course signs in within the quiet hours too.
    priority: 'answer',
    gather: { key: `signin ${meeting.date} ${meeting.name}`, items: fresh, head: '已签到：', tail },
  };
}

function proxyNotice(
  { branch, at }: Request,
  meeting: WhichMeeting,
  proxies: readonly (readonly [string, string])[],
): Reply[] {
  if (proxies.length === 0) return [];
  const said = listed(proxies.map(([name, by]) => `${name}（${by}代）`));
  return [
    notice(
      { role: 'recorder' },
      `${meetingText(meeting, at)}有代签，请核对：${said}。${holder(branch, 'recorder', at)}登记考勤时以现场为准。`,
    ),
  ];
}

/** Lines of a list that say late, early or leave: notes of what people said, decided by the recorder. */
function notesIn(request: Request, meeting: WhichMeeting, { entries }: AttendanceSlots): Body[] {
  const say = (names: readonly string[] | undefined, note: 'late' | 'early'): Body[] =>
    (names ?? [])
      .filter((name) => request.branch.people[name] && meeting.known?.notes[name] !== note)
      .map((name) => body('self-noted', { date: meeting.date, meeting: meeting.name, name, note }));
  return [...say(entries.late, 'late'), ...say(entries.early, 'early')];
}

/** 能来的接龙: kept, so that the recorder sees who meant to come; it is no attendance. */
export function decideRsvp(request: Request, slots: AttendanceSlots): Outcome {
  const { branch, at, addressed } = request;
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  if (!meeting) return addressed ? refuse('meeting-unknown') : nothing;
  const will = (slots.entries.will_attend ?? []).filter(
    (n) => branch.people[n] && !meeting.known?.rsvp.includes(n),
  );
  const bodies =
    will.length > 0
      ? [
          ...(meeting.known ? [] : [planBody(meeting)]),
          body('rsvp-given', { date: meeting.date, meeting: meeting.name, names: will }),
        ]
      : [];
  const replies = addressed
    ? [
        answer(
          `记下了：${meetingText(meeting, at)}${will.length > 0 ? listed(will) : '您'}参加。到会时请再签到，报名不算签到。`,
        ),
      ]
    : [];
  return { bodies, replies };
}

/** 我要晚到半小时, 我到了: a note to the recorder, who decides; it changes no score by itself. */
export function decideNote(request: Request, slots: AttendanceSlots): Outcome {
  const { branch, at, addressed } = request;
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  if (!meeting) return addressed ? refuse('meeting-unknown') : nothing;
  const { entries } = slots;
  const present = entries.present === 'rest' ? [] : entries.present;
  const said = { present, late: entries.late, early: entries.early, absent: entries.absent };
  const notes = (['present', 'late', 'early', 'absent'] as const).flatMap((note) =>
    (said[note] ?? [])
      .filter((n) => branch.people[n])
      .map((name) => body('self-noted', { date: meeting.date, meeting: meeting.name, name, note })),
  );
  if (notes.length === 0) return nothing;
  const bodies = [...(meeting.known ? [] : [planBody(meeting)]), ...notes];
  return {
    bodies,
    replies: addressed ? [answer(`记下了，由${holder(branch, 'recorder', at)}登记考勤时参考。`)] : [],
  };
}

interface DoorSlots {
  readonly date: string;
  readonly meeting?: string;
}

const OPEN_WORDS = ['开始签到', '打开签到', '开签到', '发起签到', '签到开始'];
const CLOSE_WORDS = ['结束签到', '关闭签到', '签到结束', '截止签到', '签到截止'];
/** 到了的回个到, 现场的扣1: a call to sign in, where it comes from those who keep the roll. */
const CALL =
  /^(?:@所有人\s*)?(?:现在)?(?:(?:开始|可以)签到|签到开始|(?:已经?)?(?:到|来)了?的(?:同志|党员|人)?(?:都|请)?(?:回|扣|打|发|报)(?:个|一个|一下)?[“"]?(?:到|1|\+1)|现场的?(?:同志|党员|人)?(?:回|扣|打)(?:个|一个)?[“"]?(?:到|1))/;

function readDoor(command: string, words: readonly string[], natural: RegExp | null) {
  return (message: Message): Reading | null => {
    const worded = words.some(
      (w) => message.body === w || message.body.startsWith(`${w} `) || message.body.startsWith(`${w},`),
    );
    const keeps = ['recorder', 'secretary', 'deputy'].includes(message.role);
    if (!worded && !(keeps && natural?.test(message.body))) return null;
    if (!worded && message.asks) return null;
    const day = message.dates('past').find((d) => d.vague !== 'day')?.date ?? message.today;
    const named = message.context.meetings.find((m) => message.body.includes(m.name))?.name;
    return {
      act: 'record',
      intent: 'attendance',
      command,
      slots: { date: day, ...(named ? { meeting: named } : {}) },
    };
  };
}

export const openSignIn: Command = {
  name: 'open-sign-in',
  words: OPEN_WORDS,
  read: readDoor('open-sign-in', OPEN_WORDS, CALL),
  intent: 'attendance',
  who: ['recorder', 'secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '开始会议签到，大家回“到”或接龙',
  examples: ['开始签到', '到了的回个到'],
  decide: (request, reading) => {
    const meeting = doorMeeting(request, reading);
    if (!('name' in meeting)) return meeting;
    if (meeting.known?.signIn === 'open')
      return { bodies: [], replies: request.addressed ? [answer('签到已经开着，请回“到”。')] : [] };
    const bodies = [
      ...(meeting.known ? [] : [planBody(meeting)]),
      body('signin-opened', { date: meeting.date, meeting: meeting.name }),
    ];
    return {
      bodies,
      replies: [answer(`${meetingText(meeting, request.at)}开始签到，到了的请回“到”。`, 'group')],
    };
  },
};

export const closeSignIn: Command = {
  name: 'close-sign-in',
  words: CLOSE_WORDS,
  read: readDoor('close-sign-in', CLOSE_WORDS, null),
  intent: 'attendance',
  who: ['recorder', 'secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '结束签到，把没签到的名单私下发给记录员',
  examples: ['结束签到'],
  decide: decideClose,
};

/** Today's meeting that a door is opened or shut for, or the question which. */
function doorMeeting(request: Request, reading: Reading): WhichMeeting | Outcome {
  const slots = slotsOf<DoorSlots>(reading);
  const meeting = whichMeeting(request.branch, slots.date, slots.meeting);
  if (meeting) return meeting;
  const open = meetingsOn(request.branch, slots.date).find((m) => m.signIn === 'open');
  return open
    ? { ...open, known: open }
    : askWhich(request, reading, { date: slots.date, phase: 'signin', entries: {} });
}

/** Those who signed in become present; of the others nothing is inferred: the recorder sees them and says. */
function decideClose(request: Request, reading: Reading): Outcome {
  const { branch, at } = request;
  const meeting = doorMeeting(request, reading);
  if (!('name' in meeting)) return meeting;
  if (meeting.known?.signIn !== 'open') return refuse('signin-not-open');
  const known = meeting.known;
  const expected = expectedAt(branch, meeting);
  const signed = expected.filter((n) => known.signedIn[n] !== undefined);
  const away = expected.filter((n) => known.signedIn[n] === undefined && known.marks[n] === undefined);
  const approved = away.filter((n) => known.leave[n]?.state === 'approved');
  const missing = away.filter((n) => !approved.includes(n));
  const newly = signed.filter((n) => known.marks[n] === undefined);
  const bodies: Body[] = [body('signin-closed', { date: meeting.date, meeting: meeting.name })];
  if (newly.length > 0 || approved.length > 0) {
    bodies.push(
      body('attendance-recorded', {
        date: meeting.date,
        meeting: meeting.name,
        category: meeting.category,
        also: meeting.also,
        present: newly,
        leave: approved.map((name) => ({ name, reason: known.leave[name]!.reason })),
      }),
    );
  }
  const head = answer(`${meetingText(meeting, at)}签到结束：${signed.length}/${expected.length}。`, 'group');
  const lines = [
    `${meetingText(meeting, at)}：签到${signed.length}人已记到会。`,
    ...(approved.length > 0 ? [`已批请假：${listed(approved)}`] : []),
    ...notedLines(known.notes),
  ];
  const full =
    missing.length === 0
      ? [...lines, '没有未签到的人。']
      : [...lines, `没签到${missing.length}人：${listed(missing)}`];
  if (missing.length === 0) return { bodies, replies: [head, notice({ role: 'recorder' }, full.join('\n'))] };
  if (!keepsRoll(request))
    return {
      bodies,
      replies: [head, notice({ role: 'recorder' }, [...full, rollHint(meeting, missing)].join('\n'))],
    };
  const all: Reading = {
    act: 'record',
    intent: 'attendance',
    command: 'attendance',
    slots: { date: meeting.date, meeting: meeting.name, phase: 'record', entries: { absent: missing } },
  };
  const question = ask(
    request,
    [...full, `${rollHint(meeting, missing)}都按缺席记请回复“都缺席”。`].join('\n'),
    { room: 'private', confirm: { words: ['都缺席', '缺席'], reading: all } },
  );
  return {
    bodies: [...bodies, ...question.bodies],
    replies: [head, ...question.replies.filter((r) => r.to === 'private' || request.place === 'private')],
  };
}

function rollHint(meeting: WhichMeeting, missing: readonly string[]): string {
  return `请说一下情况，例如“考勤 ${meeting.name} ${missing[0]}请假，其他没来”。`;
}

function notedLines(notes: Readonly<Record<string, 'present' | 'late' | 'early' | 'absent'>>): string[] {
  const words = { present: '到了', late: '会迟到', early: '要早走', absent: '来不了' };
  const said = Object.entries(notes).map(([name, note]) => `${name}说${words[note]}`);
  return said.length > 0 ? [`本人说明：${listed(said)}`] : [];
}
