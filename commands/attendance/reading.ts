/** Reading attendance: rolls, sign-ins, 接龙, leave asked and approved, what one says of oneself. */
import { addDays } from '../../scoring/calendar.ts';
import type { Message, ReadingDeclaration } from '../language/message.ts';
import type { AttendanceSlots, Question, Reading, ReadingContext } from '../reading.ts';
import { whichOf } from '../which.ts';
import { readLeave } from './leave.ts';
import { isOtherGathering } from './elsewhere.ts';
import { findMeeting, namesMeeting, type MeetingRef } from './meeting.ts';
import { readRoll, type Roll } from './roll.ts';
import { deniedStatus } from './roll-words.ts';
import { readSelf } from './self.ts';
import { readSolitaireRoll } from './solitaire.ts';

const WORDS = ['考勤', '点名', '签到', '请假', '到会', '实到', '出勤', '补签', '销假', '病假', '事假'];

export function attendance(slots: AttendanceSlots): Reading {
  return { act: 'record', intent: 'attendance', command: 'attendance', slots: { ...slots } };
}

export function askAttendance(question: Question, slots: Record<string, unknown> = {}): Reading {
  return { act: 'ask', intent: 'attendance', command: 'attendance', slots, question };
}

/** Who may type a roll for others (R03–R07). */
export function keepsRoll(message: Message): boolean {
  return (
    message.role === 'recorder' ||
    message.role === 'secretary' ||
    message.role === 'deputy' ||
    message.role === 'committee'
  );
}

const NOTICE =
  /@所有人|@all|通知|请大家|请各位|各位|务必|收到请回复|准时参加|提醒|按规定扣|建议|规定|制度|要求|转发/;
const OTHER_MATTER =
  /扣\s*\d|扣[一二三五十]|(?:假|席|到|退)\s*-\s*\d|加\s*\d|党费|打分|积分|罚|更正|改成|改为|不是.{1,6}是|红包|全勤奖|奖金|工资|绩效|喝|酒|饭|打牌|三缺一|麻将/;

function slotsOf(ref: MeetingRef, roll: Roll): AttendanceSlots {
  return {
    ...(ref.meeting ? { meeting: ref.meeting } : {}),
    date: ref.date,
    phase: 'record',
    entries: roll.entries,
  };
}

function askWho(roll: Roll, ref: MeetingRef, message: Message): Reading {
  const hit = roll.unclear!;
  const choices = hit.members.map((label) => {
    const names = message
      .names()
      .map((n) => (n === hit || n.text === hit.text ? { ...n, members: [label] } : n));
    return { label, reading: attendance(slotsOf(ref, readRoll(message.body, names))) };
  });
  const text = whichOf(hit);
  return askAttendance({ text, missing: ['member'], choices }, { candidates: hit.members });
}

/** A list on paper in a picture cannot be read. */
function picturedList(message: Message): boolean {
  return (
    message.hasImage &&
    /名单|打勾|打钩|签到表|表上|图里|照片里|如图/.test(message.body) &&
    message.names().length === 0
  );
}

/** 是六组的王建军，他没来 after 除了王建军，其他都来了: the earlier roll with the name made clear. */
function completed(roll: Roll, message: Message): Roll {
  const { before } = message;
  if (!before || (before.by !== null && before.by !== message.sender) || roll.unclear) return roll;
  const named = new Set(Object.values(roll.entries).flatMap((v) => (Array.isArray(v) ? v : [])));
  const earlier = message.part(before.text);
  const first = readRoll(earlier.body, earlier.names());
  const sure = first.unclear?.members.filter((m) => named.has(m)) ?? [];
  if (sure.length !== 1) return roll;
  const hits = earlier.names().map((n) => (n.text === first.unclear!.text ? { ...n, members: sure } : n));
  const whole = readRoll(earlier.body, hits);
  const others = Object.fromEntries(
    Object.entries(whole.entries).map(([status, who]) => [
      status,
      Array.isArray(who) ? who.filter((n) => !named.has(n)) : who,
    ]),
  );
  const entries: Record<string, unknown> = {};
  for (const from of [others, roll.entries])
    for (const [status, who] of Object.entries(from))
      if (!Array.isArray(who)) entries[status] = who;
      else if (who.length > 0)
        entries[status] = [...((entries[status] as string[] | undefined) ?? []), ...who];
  return { ...roll, entries };
}

/** A day still to come: leave told of somebody beforehand is a request, anything else no roll. */
function readAhead(message: Message): Reading | null {
  const days = message.dates('future').filter((d) => d.vague !== 'day');
  const ref = days.length > 0 ? findMeeting(message, 'future') : null;
  if (!ref || !ref.planned || ref.date <= message.today || /上个?月|上次|上周|昨|前天/.test(message.body))
    return null;
  const past = message.dates('past').find((d) => d.vague !== 'day')?.date;
  // 3.20 in April may be last month's: only what cannot have been is ahead.
  if (
    past !== undefined &&
    past >= addDays(message.today, -31) &&
    message.context.meetings.some((m) => m.date === past)
  )
    return null;
  const { entries, unclear } = readRoll(message.body, message.names());
  const kinds = Object.keys(entries);
  if (unclear || kinds.length !== 1 || !entries.leave)
    return { act: 'silent', intent: 'none', command: 'none', slots: {} };
  return attendance({
    ...(ref.meeting ? { meeting: ref.meeting } : {}),
    date: ref.date,
    phase: 'leave_request',
    entries: { leave: entries.leave },
  });
}

/** What may stand around 都到齐了 where no meeting is named: guests and relatives come in full as well. */
const AROUND_ALL =
  /(?:\d{1,2}月)?\d{1,2}[号日]|今天|今日|今晚|昨天|昨晚|前天|上午|下午|早上|晚上|会议?|开|的|都|全|部|体|所有|大家|党员|同志|人|员|一个|不少|没少|应到|实到|到|来|齐|了|无|没有?|迟到|早退|缺席|请假|参加|准时|哈|啊|个|名|位|\d+/g;

function saysAllCame(body: string): boolean {
  return /[到来]|参加/.test(body) && body.replace(AROUND_ALL, '').replace(/[^一-龥]/g, '').length <= 1;
}

/** 国华不是迟到, 李水生没有早退: what somebody was not is no roll. */
function denies(message: Message): boolean {
  return message.names().some((n) => deniedStatus(message.body.slice(n.end)) !== undefined);
}

/** A roll typed by those who keep it. */
function readRecord(message: Message): Reading | null {
  if (!keepsRoll(message)) return null;
  const { body } = message;
  const commanded = message.command?.name === 'attendance';
  const open = message.context.pending.some((p) => p.kind === 'attendance' || p.kind === 'sign-in');
  if (!commanded && (NOTICE.test(message.text) || OTHER_MATTER.test(body) || message.asks)) return null;
  if (denies(message)) return null;
  const ahead = readAhead(message);
  if (ahead) return ahead.slots['phase'] === undefined ? null : ahead;
  const ref = findMeeting(message, 'past');
  if (picturedList(message) && (ref || commanded)) {
    return askAttendance({ text: '看不了图片里的名单，请接龙或打字：谁到了，谁没到', missing: ['members'] });
  }
  const roll = completed(readRoll(body, message.names(), open || namesMeeting(body)), message);
  const counts = /应到\s*(\d+)[^\d]{1,6}实到\s*(\d+)/.exec(body);
  if (counts && ref && Number(counts[2]) < Number(counts[1]) && message.names().length === 0)
    return askAttendance({ text: '是谁没到？请写上姓名；请过假的也请注明', missing: ['member'] });
  const kinds = Object.keys(roll.entries);
  // 李姐我今晚打牌请假 is somebody's own word, no roll.
  if (!commanded && !message.spokenTo && /我/.test(body) && kinds.length === 1 && roll.entries.leave)
    return null;
  if (!commanded && !message.spokenTo && /我/.test(body) && kinds.length === 0 && /请.{0,2}假/.test(body))
    return null;
  const asked = roll.tangled || roll.confused || roll.unclear !== undefined || roll.someMissing;
  if (kinds.length === 0 && !asked) return null;
  if (ref && ref.date > message.today && !open) return null;
  // Without a word for the meeting, only a roll that names people, on a day with a meeting, is one.
  const listed = kinds.some((k) => Array.isArray(roll.entries[k as keyof typeof roll.entries]));
  if (
    !(commanded || message.spokenTo || open || ref?.by === 'name' || ref?.by === 'date') &&
    !(ref?.by === 'clock' && (listed || roll.tangled || roll.confused || roll.unclear || roll.someMissing))
  )
    return null;
  // 今天又是全勤的一天 names nobody and no meeting: whose day it was is anybody's guess.
  const all = kinds.length === 1 && !listed && !asked;
  if (all && !commanded && !message.spokenTo && !open && ref?.by !== 'name' && !saysAllCame(body))
    return null;
  // 书记来了 tells of one coming in, not of a roll.
  const coming =
    !roll.unclear && kinds.length === 1 && kinds[0] === 'present' && message.names().length === 1;
  if (coming && !/漏|补|忘/.test(body) && ref?.by === 'clock' && !message.spokenTo && !commanded) return null;
  if (!ref || (ref.by === 'date' && !ref.planned)) {
    if (!(commanded || message.spokenTo)) return null;
    return askAttendance({
      text: '是哪一次会？请写上会议和日期，比如：考勤 3月15日主题党日 …',
      missing: ['meeting'],
    });
  }
  if (roll.confused) {
    return askAttendance({
      text: '没分清谁是哪一种，请分开写，比如：迟到：甲；请假：乙；其他都到',
      missing: ['who_which'],
    });
  }
  if (roll.someMissing)
    return askAttendance({ text: '是谁没到？请写上姓名；请过假的也请注明', missing: ['member'] });
  if (roll.tangled) {
    const both = attendance(slotsOf(ref, roll));
    const choices = [{ label: '每人都两样', reading: both }];
    return askAttendance({ text: '谁迟到谁早退，还是每人都两样？', missing: ['who_which'], choices });
  }
  if (roll.unclear) return askWho(roll, ref, message);
  return attendance(slotsOf(ref, roll));
}

function readBareCommand(message: Message): Reading | null {
  if (message.command?.name !== 'attendance' || message.command.rest !== '') return null;
  // 病假 alone is written of work and school as well.
  if (message.command.word !== '请假' && /假/.test(message.command.word) && !message.spokenTo) return null;
  if (/假/.test(message.command.word)) {
    const ref = findMeeting(message, 'future');
    return ref ? null : askAttendance({ text: '请的是哪一次会的假？', missing: ['meeting'] });
  }
  if (message.command.word === '签到') return null;
  return keepsRoll(message)
    ? askAttendance({
        text: '请写上会议和名单，比如：考勤 主题党日 迟到：甲；请假：乙；其他都到',
        missing: ['members'],
      })
    : null;
}

function read(message: Message, _context: ReadingContext): Reading | null {
  const meant = message.spokenTo || message.command?.name === 'attendance' || namesMeeting(message.body);
  if (!meant && isOtherGathering(message.body)) return null;
  return (
    readSolitaireRoll(message) ??
    readBareCommand(message) ??
    readLeave(message) ??
    readSelf(message) ??
    readRecord(message)
  );
}

/** Cheap: whether anything of attendance could be meant. */
export const ATTENDANCE_HINT =
  /接龙|^在|在会|去不|假|到|来|勤|席|早退|旷|赶不上|迟|晚(?=一|半|\d|几|十|两)|走|参加|免考|在外|\+1|^1$|签|缺|少了|差[了一两几]|人在|正常|除了/;

export const attendanceReading: ReadingDeclaration = { name: 'attendance', words: WORDS, read };
