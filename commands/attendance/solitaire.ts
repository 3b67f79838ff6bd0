/** A 接龙 of a meeting: who will come before it, who signs in at it. Goods, rides and claims are other lists. */
import { isDate } from '../../scoring/calendar.ts';
import { readSolitaire } from '../language/lists.ts';
import type { Message } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import type { AttendanceSlots, Reading } from '../reading.ts';
import { findMeeting, minutesUntil, namesMeeting, planOf } from './meeting.ts';
import type { Status } from './roll.ts';

const GOODS =
  /预订|预定|订购|团购|拼单|元|斤|箱|板|份|坐车|拼车|包车|聚餐|报名费|红包|疫苗|体检|核酸|岗位|认领/;
const SIGN_IN = /签到|到会|现场|实到|已到|到了的|到场|出席/;
const BEFORE = /能来|参加的|报名|来不了|能参加|统计|要来|可以来|预备/;
const BRACKET = /[(（]([^()（）]*)[)）]/;
const IN_ITEM: readonly (readonly [Status, RegExp])[] = [
  ['leave', /请.?假|来不了|参加不了|病假|事假/],
  ['late', /迟到|晚到|晚点|晚来/],
  ['early', /早退|先走/],
];

interface Taken {
  readonly names: string[];
  readonly proxy: Record<string, string>;
  readonly marked: Partial<Record<Status, string[]>>;
  readonly unclear: string[][];
}

function takeItem(text: string, message: Message, taken: Taken): void {
  const index = nameIndex(message.context);
  const aside = BRACKET.exec(text)?.[1] ?? '';
  const groupAside = /[组队湾]$/.test(aside);
  const hit = findNames(groupAside ? text : text.replace(BRACKET, ' '), index)[0];
  if (!hit) return;
  if (hit.members.length > 1) {
    taken.unclear.push([...hit.members]);
    return;
  }
  const name = hit.members[0]!;
  const status = IN_ITEM.find(([, pattern]) => pattern.test(text))?.[0];
  if (status) (taken.marked[status] ??= []).push(name);
  else if (!taken.names.includes(name)) taken.names.push(name);
  if (/代/.test(aside)) {
    const by = findNames(aside, index)[0];
    if (by && by.members.length === 1) taken.proxy[name] = by.members[0]!;
  }
}

/** 党课签到 1.甲 2.乙 3.丙: a list sent in one line. */
function inLines(body: string): string {
  if (body.includes('\n') || !/签到|接龙|到会|实到/.test(body)) return body;
  const numbered = body.match(/(?:^|[\s,，;；])\d{1,3}[.、](?=[^\d\s])/g);
  return numbered && numbered.length > 1 ? body.replace(/[\s,，;；](?=\d{1,3}[.、][^\d\s])/g, '\n') : body;
}

export function readSolitaireRoll(message: Message): Reading | null {
  const list = readSolitaire(inLines(message.body));
  if (
    !list ||
    /岗位|认领|聚会|晚会|年会|聚餐|家长会|运动会/.test(list.title) ||
    (GOODS.test(list.title) && !namesMeeting(list.title))
  )
    return null;
  const about = namesMeeting(list.title) || SIGN_IN.test(list.title);
  const title = message.part(list.title);
  if (!about && !/会|学习|接龙/.test(list.title) && title.dates('future').length === 0) return null;
  const ref = findMeeting(title, 'future');
  if (!ref || !isDate(ref.date) || (!about && !ref.planned)) return null;
  if (!ref.planned && ref.by !== 'name') return null;
  const taken: Taken = { names: [], proxy: {}, marked: {}, unclear: [] };
  for (const item of list.items) takeItem(item.text, message, taken);
  const plan = planOf(message, ref);
  const started = plan ? minutesUntil(message, plan) <= 15 : ref.date <= message.today;
  const signing = SIGN_IN.test(list.title)
    ? !BEFORE.test(list.title) || started
    : !BEFORE.test(list.title) && started;
  if (taken.unclear.length > 0) {
    return {
      act: 'ask',
      intent: 'attendance',
      command: 'attendance',
      slots: { candidates: taken.unclear[0] },
      question: { text: `接龙里有重名：是${taken.unclear[0]!.join('还是')}？`, missing: ['member'] },
    };
  }
  if (taken.names.length === 0 && Object.keys(taken.marked).length === 0) return null;
  const who: AttendanceSlots['entries'] = signing
    ? taken.names.length > 0
      ? { present: taken.names }
      : {}
    : taken.names.length > 0
      ? { will_attend: taken.names }
      : {};
  const entries = {
    ...who,
    ...taken.marked,
    ...(Object.keys(taken.proxy).length > 0 ? { proxy: taken.proxy } : {}),
  };
  return {
    act: 'record',
    intent: 'attendance',
    command: 'attendance',
    slots: {
      ...(ref.meeting ? { meeting: ref.meeting } : {}),
      date: ref.date,
      phase: signing ? 'signin' : 'rsvp',
      entries,
    },
  };
}
