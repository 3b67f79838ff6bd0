/**
 * Signing in at a meeting and saying beforehand that one will come. A sign-in counts once the recorder takes it over;
 * an RSVP never does. A 接龙 is sent whole each time: only what is new in it counts.
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { answer, notice, nothing, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import type { AttendanceSlots, Reading } from '../reading.ts';
import { holder, listed } from '../wording.ts';
import { askWhich, keepsRoll, planBody } from './record.ts';
import { expectedAt } from './roll-call.ts';
import { meetingText, whichMeeting, type WhichMeeting } from './which-meeting.ts';

export function decideSignIn(request: Request, reading: Reading, slots: AttendanceSlots): Outcome {
  const { branch, at, day, addressed } = request;
  const meeting = whichMeeting(branch, slots.date, slots.meeting);
  if (!meeting) return addressed ? askWhich(request, reading, slots) : nothing;
  // A list of the recorder's that says it is a sign-in may come when the sign-in is over; others' may not.
  const open = meeting.known?.signIn !== 'closed' && slots.date === day;
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
