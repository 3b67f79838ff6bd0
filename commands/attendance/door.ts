/** Opening and shutting the sign-in of a meeting: those who signed in become present; of the others nothing is inferred. */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { ask } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { listed } from '../wording.ts';
import { meetingNamed } from './meeting.ts';
import { askWhich, keepsRoll, planBody } from './record.ts';
import { expectedAt } from './roll-call.ts';
import { meetingsOn, meetingText, whichMeeting, type WhichMeeting } from './which-meeting.ts';

interface DoorSlots {
  readonly date: string;
  readonly meeting?: string;
}

const OPEN_WORDS = ['开始签到', '打开签到', '开签到', '发起签到', '签到开始'];
const CLOSE_WORDS = ['结束签到', '关闭签到', '签到结束', '截止签到', '签到截止'];
/** 到了的回个到, 现场的扣1: a call to sign in. Overheard it writes nothing: on the day of a meeting those who answer count as it is. */
const CALL =
  /^(?:@所有人\s*)?(?:现在)?(?:(?:开始|可以)签到|签到开始|(?:已经?)?(?:到|来)了?的(?:同志|党员|人)?(?:都|请)?(?:回|扣|打|发|报)(?:个|一个|一下)?[“"]?(?:到|1|\+1)|现场的?(?:同志|党员|人)?(?:回|扣|打)(?:个|一个)?[“"]?(?:到|1))/;

function readDoor(command: string, words: readonly string[], natural: RegExp | null) {
  return (message: Message): Reading | null => {
    const worded = words.some(
      (w) => message.body === w || message.body.startsWith(`${w} `) || message.body.startsWith(`${w},`),
    );
    const keeps = ['recorder', 'secretary', 'deputy'].includes(message.role);
    if (!worded && !(message.spokenTo && keeps && natural?.test(message.body))) return null;
    if (!worded && message.asks) return null;
    const day = message.dates('past').find((d) => d.vague !== 'day')?.date ?? message.today;
    const named = meetingNamed(message);
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
  examples: ['开始签到', '开始签到 主题党日'],
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
  const known = meeting.known;
  // Called for in plain words, a sign-in was never opened by a command.
  const answered = known?.signIn === 'none' && Object.keys(known.signedIn).length > 0;
  if (!known || (known.signIn !== 'open' && !answered)) return refuse('signin-not-open');
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
