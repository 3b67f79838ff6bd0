/** Corrections of a report: the person, the day, the hours, the place or the post, each turned into another. */
import type { Message } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { chosenPosts, findPostWords } from '../language/posts.ts';
import type { Reading } from '../reading.ts';
import { findActivities } from '../report/activities.ts';
import { afterReport, correct, dateIn, sides } from './says.ts';

/** Words that say something sent before was wrong. */
const WRONG =
  /(?:刚才|刚刚|刚|上面|那条)[^,，。]{0,4}不对|(?:打|写|说|发|报|记|填|搞|弄|输|登)(?:的)?(?:错|岔|掉|混)了?|(?:写|打|报|记|说|弄|搞|登|填)成|更正|纠正|改一下|改正|修改|名字错|日期错|时间错|(?:时间|日期|名字)不对|应该是|不是/;

export function readChange(message: Message): Reading | null {
  const { body } = message;
  if (!WRONG.test(body) || message.asks) return null;
  const pair = sides(body);
  const marked =
    /(?:打|写|说|发|报|记|填|搞|弄)(?:的)?[错混]|(?:写|打|报|记|说|弄|搞|登|填)成|更正|改一下|修改|名字|日期|时间不对|(?:报|发|记|写)的不对/.test(
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
  if (!context && !(marked && (/报|巡|扫|走访|那条|那次|党费/.test(body) || findActivities(body).length > 0)))
    return null;
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
    (side) =>
      chosenPosts(side, message.context)[0] ??
      findPostWords(side, message.context)[0]?.post ??
      findActivities(side)[0]?.post,
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
