/** Reading corrections: 打错了，是12号不是13号; 那次不算; 更正：甲不是迟到是请假; recalls; doubles to remove. */
import type { IsoDate } from '../../scoring/calendar.ts';
import { findActivities } from '../report/activities.ts';
import { findMeeting } from '../attendance/meeting.ts';
import { readRoll } from '../attendance/roll.ts';
import { deniedStatus } from '../attendance/roll-words.ts';
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { findPostWords } from '../language/posts.ts';
import { readRecall } from '../language/quotes.ts';
import type { Reading, ScoreSlots } from '../reading.ts';
import { scoreReading } from '../score/reading.ts';

const WORDS = ['更正', '撤回', '撤销', '修改', '改正', '作废', '删除'];
export const CORRECT_HINT =
  /错|混|重|[少漏]|[写打报记说弄搞登填]成|别|莫|收回|不是|更正|改|撤|不算|作废|重复|删|取消|重了|两遍|算了|不提|不对/;

function correct(slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'correct', command: 'correct', slots };
}

/** Words that say something sent before was wrong. */
const WRONG =
  /(?:打|写|说|发|报|记|填|搞|弄|输|登)(?:的)?(?:错|岔|掉|混)了?|(?:写|打|报|记|说|弄|搞|登|填)成|更正|纠正|改一下|改正|修改|名字错|日期错|时间错|(?:时间|日期|名字)不对|应该是|不是/;

/** `是甲不是乙` or `不是乙是甲`, the two sides as typed. */
function sides(body: string): { from: string; to: string } | null {
  // 把甲写成乙了: what was written is wrong.
  const written =
    /(?:把|将)?([^,，。;]{1,16}?)(?:给)?(?:写|打|报|记|说|弄|搞|登|填)成(?:了)?([^,，。;]{1,16}?)(?:了|$|[,，。;])/.exec(
      body,
    );
  if (written) return { from: written[2]!, to: written[1]! };
  const notFirst = /不是(.{1,16}?)[,，、 ]*(?:而是|应该是|应是|是|改成|改为)(.{1,16}?)(?:$|[,，。;])/.exec(
    body,
  );
  if (notFirst) return { from: notFirst[1]!, to: notFirst[2]! };
  const lastNot =
    /(?:应该是|应是|是|为)(.{1,16}?)[,，、 ]*(?:,)?(?:不是|而不是|不为)(.{1,16}?)(?:$|[,，。;])/.exec(body);
  if (lastNot) return { from: lastNot[2]!, to: lastNot[1]! };
  const turned = /(?:把|将)?(.{1,16}?)(?:改成|改为|改到|换成|更正为)(.{1,16}?)(?:$|[,，。;])/.exec(body);
  return turned ? { from: turned[1]!, to: turned[2]! } : null;
}

function dateIn(text: string, message: Message): IsoDate | null {
  return (
    message
      .part(text)
      .dates('past')
      .find((d) => d.vague !== 'day')?.date ?? null
  );
}

const STATUS: readonly (readonly [RegExp, string])[] = [
  [/迟到/, 'late'],
  [/早退/, 'early'],
  [/请.?假/, 'leave'],
  [/缺席|没来|没到/, 'absent'],
  [/在外|流动/, 'flow_away'],
  [/免考/, 'exempt'],
  [/到了|实到|出席|到会|参加|准时|正常|到$/, 'present'],
];
const statusIn = (text: string): string | undefined => STATUS.find(([p]) => p.test(text))?.[1];

/** 甲不是早退，他又回来了; 甲没有迟到: what was not, and what it was instead (nothing said: present). */
function denied(text: string): { from: string; to: string } | null {
  const from = deniedStatus(text);
  if (from === undefined) return null;
  const rest = text.slice(text.indexOf(from) + from.length).replace(/不是|没有?(?:迟到|早退|缺席)/g, '');
  return { from, to: /(?<!没)迟到|早退|请.{0,2}假|缺席|没来|没到/.exec(rest)?.[0] ?? '到了' };
}

const SENT_BY = /(?:跟|向|给|被|替|帮|接|陪|送)$/;

/** 更正：甲不是迟到是请假; 甲的迟到改成请假; 甲应该是请假. */
function readStatusChange(message: Message): Reading | null {
  // 是书记派去的: who sent somebody, and is not spoken of.
  const hits = message
    .names()
    .filter(
      (h) =>
        !/^(?:派|叫|让|喊|安排|批|同意|准)/.test(message.body.slice(h.end)) &&
        !SENT_BY.test(message.body.slice(0, h.start)),
    );
  if (hits.length === 0 || !/recorder|secretary|deputy|committee/.test(message.role)) return null;
  if (!/更正|不是|不算|不对|改|应该是|(?:记|搞|弄|写|打|报|说|登|填|看)(?:的)?错/.test(message.body))
    return null;
  const change: Record<string, { from?: string; to: string }> = {};
  for (const [i, hit] of hits.entries()) {
    const text = message.body.slice(hit.end, hits[i + 1]?.start ?? message.body.length);
    const later = text.search(/不算|不是(?:迟到|早退|缺席|请假)/);
    const pair = denied(text) ?? sides(text) ?? (later < 0 ? null : denied(text.slice(later)));
    const to = pair
      ? statusIn(pair.to)
      : /应该?是|改成|改为|算/.test(text)
        ? statusIn(text.slice(text.search(/应该?是|改成|改为|算/)))
        : undefined;
    if (!to) continue;
    if (hit.members.length > 1) {
      return {
        act: 'ask',
        intent: 'correct',
        command: 'correct',
        slots: { candidates: hit.members },
        question: {
          text: `哪个${hit.text}？${hit.members.map((m, n) => `${n + 1} ${m}`).join(' ')}`,
          missing: ['member'],
        },
      };
    }
    const from = pair ? statusIn(pair.from) : undefined;
    change[hit.members[0]!] = { ...(from ? { from } : {}), to };
  }
  if (Object.keys(change).length === 0 && /(?:写|记|打|报|说|弄|搞|登|填)(?:的)?错|更正/.test(message.body)) {
    // 写错了，甲没来，是乙来了: each as now said.
    const { entries, unclear, confused } = readRoll(message.body, hits);
    if (unclear || confused) return null;
    for (const [to, names] of Object.entries(entries))
      if (Array.isArray(names)) for (const name of names) change[name] = { to };
  }
  if (Object.keys(change).length === 0) return null;
  const ref = findMeeting(message, 'past');
  return correct({
    ...(ref ? { target: `${ref.date}${ref.meeting ? ` ${ref.meeting}` : ''}` } : {}),
    change,
  });
}

const FIGURE = '(\\d{1,2}(?:\\.\\d)?)\\s*分?';
/** 实事8分写错了，应该是9分; 实事不是8分是9分; 实事8分改成9分. */
const WRONG_FIGURE = new RegExp(
  `(?:不是|从|由)?\\s*${FIGURE}\\s*(?:是|的)?(?:(?:打|写|记|弄|输|给|填|搞)(?:的)?错了?)?[,，\\s]*(?:应该?是|应为|而是|是|改成|改为|改到)\\s*${FIGURE}`,
);
/** 实事是9不是8: the right one first. */
const RIGHT_FIGURE = new RegExp(`(?:应该?|是)?(?:是|为)?\\s*${FIGURE}[,，\\s]*(?:而)?不是\\s*${FIGURE}`);

/** A score typed wrong is read anew with the right figure; it is said to be a correction. */
function readFigure(message: Message): Reading | null {
  if (!/recorder|secretary|deputy|committee/.test(message.role) || message.asks) return null;
  const wrong = WRONG_FIGURE.exec(message.body);
  const right1st = wrong && /错|改|不是/.test(wrong[0]) ? null : RIGHT_FIGURE.exec(message.body);
  const m = right1st ?? wrong;
  if (!m || !/错|改|不是/.test(m[0])) return null;
  const [from, to] = right1st ? [m[2]!, m[1]!] : [m[1]!, m[2]!];
  const right = `${message.body
    .slice(0, m.index)
    .replace(/[把将]/g, '')
    .replace(
      /(?:那|这)个|(?:刚刚?|刚才)?(?:打|写|记|弄|输|给)的?分?(?:打|写|记|弄|输)?(?:不对|错了?)|不对|(?:打|写|记|弄|输|给|填|搞)(?:的)?错了?/g,
      '',
    )}${to}${message.body.slice(m.index + m[0].length)}`;
  const scored = scoreReading.read(message.part(right), message.context);
  if (!scored || scored.act === 'silent') return null;
  const ops = (scored.slots as Partial<ScoreSlots>).ops ?? [];
  const change = Object.fromEntries(ops.map((op) => [op.member, { from: Number(from), to: Number(to) }]));
  return { ...scored, intent: 'correct', slots: { ...scored.slots, ...(ops.length > 0 ? { change } : {}) } };
}

/** Whether what was said before, or is quoted, was for the bot. */
function afterReport(message: Message): boolean {
  // 我昨天报的大扫除日期写错了 says itself what it is about.
  if (
    /我?(?:昨天|前天|刚才|刚刚|之前|上次|早上)?(?:报|发|记|写)的[^,，。]{1,14}(?:写|报|记|打|搞|弄|说)?(?:的)?错/.test(
      message.body,
    )
  )
    return true;
  const earlier =
    message.before?.by === null ||
    message.before?.by === message.sender ||
    message.before?.by === message.context.bot
      ? message.before?.text
      : undefined;
  const said = `${earlier ?? ''}\n${message.quote ?? ''}`;
  return (
    findActivities(said).length > 0 ||
    /已记|党费|认领|请假|打分|岗|(?:学习|生活|组织|履职|实事|亮岗|义务|守法).{0,4}\d|\d\s*分|\d{1,2}[.月]\d{1,2}/.test(
      said,
    )
  );
}

function readChange(message: Message): Reading | null {
  const { body } = message;
  if (!WRONG.test(body) || message.asks) return null;
  const pair = sides(body);
  const marked =
    /(?:打|写|说|发|报|记|填|搞|弄)(?:的)?[错混]|(?:写|打|报|记|说|弄|搞|登|填)成|更正|改一下|修改|名字|日期|时间不对/.test(
      body,
    );
  const context = afterReport(message) || message.spokenTo || message.command?.name === 'correct';
  if (!pair) return readOneSided(message, context, marked);
  const index = nameIndex(message.context);
  const people =
    groupsOf(pair, message) ??
    [pair.from, pair.to].map((side) =>
      /^(?:我|本人)(?:自己)?$/.test(side)
        ? { text: side, members: [message.sender ?? ''] }
        : findNames(side, index)[0],
    );
  const target = context && (message.before || message.quote) ? { target: 'prev' } : {};
  if (people[0] && people[1] && (marked || context)) {
    const [from, to] = people as [NonNullable<(typeof people)[0]>, NonNullable<(typeof people)[0]>];
    if (to.members.length > 1)
      return {
        act: 'ask',
        intent: 'correct',
        command: 'correct',
        slots: { candidates: to.members },
        question: { text: `哪个${to.text}？`, missing: ['member'] },
      };
    return correct({
      ...target,
      change: {
        member: { from: from.members.length === 1 ? from.members[0] : from.text, to: to.members[0] },
      },
    });
  }
  if (!context && !(marked && /报|巡|扫|走访|那条|那次/.test(body))) return null;
  return fieldChange(pair, message, target);
}

/** 是王建军六组的不是三组的: of two people of one name, by their groups. */
function groupsOf(
  pair: { from: string; to: string },
  message: Message,
): { text: string; members: readonly string[] }[] | null {
  const hit = message.names().find((h) => pair.to.includes(h.text) || pair.from.includes(h.text));
  const base = hit?.members[0]?.replace(/\(.*$/, '');
  const namesakes = message.context.members.filter(
    (m) => base !== undefined && m.name.startsWith(`${base}(`),
  );
  if (namesakes.length < 2) return null;
  const of = (side: string): string | undefined =>
    namesakes.find((m) => m.group !== '' && side.includes(m.group))?.name;
  const [from, to] = [of(pair.from), of(pair.to)];
  return from && to && from !== to
    ? [
        { text: pair.from, members: [from] },
        { text: pair.to, members: [to] },
      ]
    : null;
}

/** Hours from and to, as a span where one is told; what was told before completes the wrong one. */
function timesOf(pair: { from: string; to: string }, message: Message): { from: string; to: string } {
  const span = (text: string, start?: string): string | null => {
    const found = message
      .part(text)
      .dates('past')
      .find((d) => d.time && (start === undefined || d.time.slice(0, 5) === start));
    if (!found?.time) return null;
    return `${found.time.slice(0, 5)}${found.endTime ? `-${found.endTime.slice(0, 5)}` : ''}`;
  };
  const evening = eveningBefore(message);
  const late = (text: string): string => {
    const said = span(text) ?? '';
    return /[早上午晨凌]/.test(text) ? said : said.replace(/\d\d:\d\d/g, (t) => lateHour(t, evening));
  };
  const [from, to] = [late(pair.from), late(pair.to)];
  const before = message.before ? span(message.before.text, from) : null;
  return { from: before ?? from, to };
}

/** Where it was, by the names a village has for its parts. */
const PLACE = /[一二三四五六七八九十\d]+[组队湾塆]|[一-龥]{1,3}(?:湾|塆|桥|口|广场|村部|学校|水库|泵站)$/;

/** What was said before told of an evening, so that 8点 is one as well. */
function eveningBefore(message: Message): boolean {
  const time = message.before
    ? message
        .part(message.before.text)
        .dates('past')
        .find((d) => d.time)?.time
    : undefined;
  return time !== undefined && time >= '12:00';
}

function lateHour(time: string, evening: boolean): string {
  return evening && Number(time.slice(0, 2)) < 12
    ? `${Number(time.slice(0, 2)) + 12}${time.slice(2, 5)}`
    : time.slice(0, 5);
}

/** The day, the hour or the post, each turned into another. */
function fieldChange(
  pair: { from: string; to: string },
  message: Message,
  target: Record<string, unknown>,
): Reading | null {
  const evening = eveningBefore(message);
  const times = [pair.from, pair.to].map((side) => {
    const time = message.part(side).dates('past')[0]?.time?.slice(0, 5);
    return time === undefined || /[早上午晨凌]/.test(side) ? time : lateHour(time, evening);
  });
  const [from, to] = [dateIn(pair.from, message), dateIn(pair.to, message)];
  if (times[0] && times[1] && times[0] !== times[1])
    return correct({ ...target, change: { time: timesOf(pair, message) } });
  if (from && to && from !== to) return correct({ ...target, change: { date: { from, to } } });
  const places = [pair.from, pair.to].map((side) => PLACE.exec(side)?.[0]);
  if (places[0] && places[1] && places[0] !== places[1]) {
    const after = message.body.lastIndexOf(pair.to);
    const day = message.dates('past').find((d) => d.vague !== 'day' && d.start > after)?.date;
    const also = day !== undefined && message.before ? { date: { to: day } } : {};
    return correct({ ...target, change: { place: { from: places[0], to: places[1] }, ...also } });
  }
  const posts = [pair.from, pair.to].map(
    (side) => findPostWords(side, message.context)[0]?.post ?? findActivities(side)[0]?.post,
  );
  if (posts[0] && posts[1] && posts[0] !== posts[1])
    return correct({ ...target, change: { post: { from: posts[0], to: posts[1] } } });
  return null;
}

/** 时间不对，是9点半到11点: half of the day is that of the hours told before. */
function timeTo(text: string, message: Message): string | null {
  const hours = (said: string): { time?: string; endTime?: string } | undefined =>
    message
      .part(said)
      .dates('past')
      .find((d) => d.time);
  const now = hours(text);
  if (!now?.time || !/时间/.test(message.body)) return null;
  const evening = eveningBefore(message) && !/[早上午晨凌]/.test(text);
  const clock = (time: string): string => lateHour(time, evening);
  return now.endTime ? `${clock(now.time)}-${clock(now.endTime)}` : clock(now.time);
}

/** 日期错了，应该是12号: only what is right is said. */
function readOneSided(message: Message, context: boolean, marked: boolean): Reading | null {
  const m = /(?:应该?是|应为|是|改成|改为|改到)(.{1,16}?)(?:$|[,，。;])/.exec(message.body);
  if (!m || !context || !marked) return null;
  const onlyHours = /点/.test(m[1]!) && !/[号日月周天]|星期|礼拜|昨|前/.test(m[1]!);
  const to = onlyHours ? null : dateIn(m[1]!, message);
  if (to && !/时间不对/.test(message.body)) return correct({ target: 'prev', change: { date: { to } } });
  const hours = timeTo(m[1]!, message);
  if (hours) return correct({ target: 'prev', change: { time: hours } });
  const who = findNames(m[1]!, nameIndex(message.context))[0];
  return who && who.members.length === 1
    ? correct({ target: 'prev', change: { member: { to: who.members[0] } } })
    : null;
}

const OBJECTION_BACK =
  /(?:异议|申诉).{0,8}(?:撤回|撤销|撤了|取消|收回|不提了|算了|作废)|(?:撤回|撤销|取消|收回).{0,8}(?:异议|申诉)|不(?:提|要)(?:这个)?异议了/;
const DOUBLE =
  /(?:那|这|上)(?:一)?(?:条|次|个)[^,，。]{0,3}(?:报|记|发)?重(?:了|复)(?!要)|(?:重复|重了|加重|记重|报重|发重|两遍|两次|多(?:记|报|加|发)了一).{0,12}(?:删|去掉|撤|取消|只算|算一)|(?:删|去掉|撤掉).{0,10}(?:重复|多的|多余)/;
const TAKES_BACK =
  /不算(?!数|了吧|什么|啥|少|多)|作废|撤回|撤销|撤掉|条[^,，。;]{0,10}撤了|取消|删掉|删了|删除|(?:别|莫|不要|不用|甭)(?:再)?(?:给我|帮我|替我)?(?:记|算)|当我没(?:说|报)|报错了|没去成/;
const OF_MINE =
  /(?:之前|刚才|刚刚|刚|上面|前面|昨天|上次|我|那天|那条|那次|这条|上一条).{0,8}(?:报|记|发|说|登)(?:的|了|错)|(?:那|这|上一?|前一?)(?:条|次|个)(?:巡逻|打扫|走访|记录|报告|分)?|报的|记的/;

/** 昨晚我没去巡逻，春生记错人了; 大扫除我没去，莫把我算上: one is named in a report of something one was not at. */
const NOT_THERE =
  /我(?:[^,，。]{0,6}?)(?:没|冇)(?:有|得)?(?:去|参加|巡|扫|到|在)[^]*(?:(?:记|写|报|搞|弄|算|打)(?:的)?错|不是我|(?:别|莫|不要|不用|甭)(?:把|给)?我?(?:算|记|写|报|加)|(?:别|莫|不要)把我)/;

function readNotThere(message: Message): Reading | null {
  const { body } = message;
  if (message.asks || !NOT_THERE.test(body) || body.length > 60) return null;
  const activity = findActivities(body)[0];
  if (!activity) return null;
  const date = message.dates('past').find((d) => d.vague !== 'day')?.date;
  return {
    ...correct({
      op: 'withdraw',
      kind: activity.kind,
      ...(date ? { date } : {}),
      member: message.sender ?? '',
    }),
    command: 'contest',
  };
}

/** 之前报的18号那次不算; 刚才那条撤回. */
function readWithdrawal(message: Message): Reading | null {
  const { body } = message;
  const self = message.sender ?? '';
  if (OBJECTION_BACK.test(body) && !message.asks) return correct({ op: 'withdraw_objection', member: self });
  if (
    DOUBLE.test(body) &&
    !message.asks &&
    (/(?:那个|这个|个|的)分(?!享|店|期)|加分|扣分|得分|积分|报(?:重|了两)|记重|多记|巡逻|党费|走访|扫地|分.{0,2}(?:加|记|扣)重/.test(
      body,
    ) ||
      afterReport(message))
  )
    return correct({ op: 'remove_duplicate' });
  if (message.asks || !TAKES_BACK.test(body)) return null;
  const activity = findActivities(body)[0];
  const commanded = message.command?.name === 'correct';
  const about =
    (OF_MINE.test(body) &&
      (activity !== undefined ||
        (/[那这]次|那天/.test(body) &&
          /我没(?:有)?(?:去|参加|巡|扫|做)|没去成/.test(body) &&
          message.dates('past').length > 0) ||
        (/报的|报错了|报了/.test(body) && message.dates('past').length > 0))) ||
    ((commanded || message.spokenTo || afterReport(message)) &&
      /条|次|报|记|刚|上面|#?\d+|作废|撤/.test(body));
  if (!about || /会议|活动|群|订单|快递|航班|会取消|活动取消|课|考试|名额/.test(body)) return null;
  const date = message.dates('past').find((d) => d.vague !== 'day')?.date;
  const number = /#(\d+)/.exec(body);
  return correct({
    op: 'withdraw',
    ...(activity ? { kind: activity.kind } : {}),
    ...(date ? { date } : {}),
    ...(number ? { number: Number(number[1]) } : {}),
    member: self,
  });
}

/** The system's own line: "…"撤回了一条消息. */
export function readRecalled(message: Message): Reading | null {
  const name = message.role === 'system' || message.sender === null ? readRecall(message.text) : null;
  if (name === null) return null;
  const hit = findNames(name, nameIndex(message.context))[0];
  return hit && hit.members.length === 1 ? correct({ op: 'recalled', member: hit.members[0] }) : null;
}

function read(message: Message): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  return (
    readStatusChange(message) ??
    readFigure(message) ??
    readNotThere(message) ??
    // 报错了，是跟甲不是乙: what is right is said, so nothing is taken back.
    (/报错了/.test(message.body) && sides(message.body) ? readChange(message) : null) ??
    readWithdrawal(message) ??
    readChange(message)
  );
}

export const correctReading: ReadingDeclaration = { name: 'correct', words: WORDS, read };
