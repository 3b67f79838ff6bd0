/** Reading a report of what somebody did at a post: 昨晚和水生在三组转了一圈. */
import { addDays } from '../../scoring/calendar.ts';
import type { ReadingDeclaration, Message } from '../language/message.ts';
import { findPostNumbers, findPostWords } from '../language/posts.ts';
import type { Choice, Reading, ReadingContext, ReportSlots } from '../reading.ts';
import { numbered } from '../which.ts';
import { type Activity, findActivities, findClaimed } from './activities.ts';
import { choosesFor, choosesTwo } from './choosing.ts';
import { readDays } from './days.ts';
import { asking, readSameAgain, tookPart } from './half-told.ts';
import { isDone, isMarked, isNotice, notAReport } from './evidence.ts';
import { readParticipants, withoutBehalf } from './participants.ts';

const WORDS = [
  '巡逻',
  '报',
  '上报',
  '补报',
  '报告',
  '报岗',
  '代报',
  '打扫',
  '扫地',
  '大扫除',
  '走访',
  '入户',
  '宣传',
  '宣讲',
  '调解',
  '维护',
  '巡查',
  '帮扶',
  '履职',
  '打卡',
  '卫生',
  '治安巡逻',
];

/** A post called by its name beside what was done (家风岗报一次, …，监督岗的). */
function calledPosts(message: Message, context: ReadingContext): readonly string[] {
  return findPostWords(message.body, context)
    .filter((hit) => hit.named)
    .map((hit) => hit.post);
}

/** Voice input writes 巡逻 with other characters of the same sound. */
function withoutSlips(body: string): string {
  return body
    .replace(/[寻循讯训询]逻|巡[罗落洛络]/g, '巡逻')
    .replace(/[寻循](?=(?:了|完|过)[一二三四五六七八九十\d]组)/g, '巡');
}

/** 重新报：3月15号晚上8点半，三组，我和大军: hours and groups of the village, reported by one who patrols. */
function patrolUnsaid(message: Message, own: readonly string[]): Activity | null {
  const group = /[一二三四五六七八九十\d]+组/.exec(message.body);
  if (!group || !own.includes('security-patrol') || !isMarked(message)) return null;
  if (!message.dates().some((f) => f.time)) return null;
  const place = { start: group.index, end: group.index + group[0].length };
  return { post: 'security-patrol', kind: 'patrol', strength: 'named', ...place };
}

/** What was done, or the post named outright where the message is for the bot (报 环境卫生 3月9日). */
function activityOf(message: Message, context: ReadingContext, own: readonly string[]): readonly Activity[] {
  const found = findActivities(withoutBehalf(message.body), own);
  const claimed = findClaimed(message.body, own);
  const sure = found.filter((a) => a.strength !== 'loose');
  const twice = (a: Activity): boolean => claimed.some((c) => c.post === a.post);
  // Told in the duty's own words and fitting the claimed post besides: the surer.
  if (sure.some(twice)) return found.map((a) => (twice(a) ? { ...a, claimed: true } : a));
  if (claimed.length > 0 && !sure.some((a) => a.strength === 'named' || own.includes(a.post))) return claimed;
  if (sure.length > 0) return found;
  const patrol = found.length === 0 ? patrolUnsaid(message, own) : null;
  if (patrol) return [patrol];
  const called = calledPosts(message, context);
  if (
    !(
      message.spokenTo ||
      message.command?.name === 'report' ||
      isMarked(message) ||
      /汇报/.test(message.body) ||
      (called.length === 1 && /^.{6,}岗的?$|^[一-龥]{2,8}岗[:：,，\s].*了/.test(message.body))
    )
  )
    return found;
  const named = [...findPostWords(message.body, context), ...findPostNumbers(message.body, context)];
  const posts = named
    .filter(
      (hit) =>
        hit.named || message.spokenTo || message.command?.name === 'report' || /报|汇报/.test(message.body),
    )
    .map(
      (hit): Activity => ({
        post: hit.post,
        kind: 'post',
        start: hit.start,
        end: hit.end,
        strength: 'named',
      }),
    );
  return posts.length > 0 ? posts : found;
}

/** Of several things told, the one that is reported: the post called by name, then what the speaker has claimed. */
function mainOf(
  activities: readonly Activity[],
  called: readonly string[],
  own: readonly string[],
): Activity {
  const sure = activities.filter((a) => a.strength !== 'loose');
  const from = sure.length > 0 ? sure : activities;
  return (
    activities.find((a) => called.includes(a.post)) ?? from.find((a) => own.includes(a.post)) ?? from[0]!
  );
}

/** An elder visited: whose post is it? The sender's own claims decide; otherwise somebody has to say. */
function postOfOpen(activity: Activity, doer: string, context: ReadingContext): string | null {
  if (!activity.open) return activity.post;
  const posts = context.members.find((m) => m.name === doer)?.posts ?? [];
  const fitting = ['left-behind-care', 'poverty-pairing'].filter((p) => posts.includes(p));
  return fitting.length === 1 ? fitting[0]! : null;
}

const PROMISED =
  /(?:照片|图片|相片|图)(?:等下|等会|稍后|待会|后面|过后|晚点|回头|明天|马上|一会)?(?:再)?(?:补|发|传)|(?:稍后|等下|回头|后面|晚点)(?:再)?(?:补|发|上)(?:照片|图)/;

function proofOf(message: Message): ReportSlots['proof'] | undefined {
  if (message.hasImage) return 'image';
  if (/签(?:了)?字|签(?:了)?(?:协议|协议书)|按了手印/.test(message.body)) return 'signed_paper';
  return PROMISED.test(message.body) ? 'promised' : undefined;
}

function extras(message: Message): Record<string, unknown> {
  const proof = proofOf(message);
  const count = /(?:^|[^\d])(\d{1,2})次/.exec(message.body);
  const households = /([一二两三四五六七八九十]|\d{1,3})户/.exec(message.body);
  const place =
    /((?<![人个])[一二三四五六七八九十\d]+组(?:[到和、]?[一二三四五六七八九十\d]+组)*|全村|村部|桥头|广场)/.exec(
      message.body,
    );
  const minor = message.hasImage && /留守儿童|小孩|孩子|伢|娃/.test(message.body);
  return {
    ...(proof ? { proof } : {}),
    ...(count ? { count: Number(count[1]) } : {}),
    ...(households
      ? {
          count_households:
            '一二三四五六七八九十'.indexOf(households[1]!) >= 0
              ? '一二三四五六七八九十'.indexOf(households[1]!) + 1
              : Number(households[1]) || 2,
        }
      : {}),
    ...(place ? { place: place[1] } : {}),
    ...(minor ? { minor_photo: true } : {}),
    ...(/堵了|抢修|救|帮忙买|修好了/.test(message.body) ? { deed: true } : {}),
  };
}

function whichMember(candidates: readonly string[], make: (name: string) => Reading, typed: string): Reading {
  const choices: Choice[] = candidates.map((label) => ({ label, reading: make(label) }));
  const text = `${typed}是哪一位？${numbered(candidates)}`;
  return asking({ text, missing: ['member'], choices }, { candidates });
}

/** One who lives elsewhere: anybody else's 思想汇报 or 学习笔记 is no contact of a floating member. */
function fromAway(doers: readonly string[], context: ReadingContext): boolean {
  return doers.some((name) => context.members.some((m) => m.name === name && m.floating));
}

/** Words that nobody writes alone but to report; 打卡, 卫生, 宣传 are everybody's. */
const PLAIN_WORD = /^(?:治安巡逻|巡逻|补报|代报|报岗|上报|入户|巡查)$/;

/** Whether the talk was of the same duty already: what was said before, or what is replied to. */
function spokenBefore(message: Message, activity: Activity): boolean {
  const earlier = message.before?.text ?? message.quote;
  return earlier !== undefined && findActivities(earlier).some((a) => a.post === activity.post);
}

/** 巡逻了两次. */
const SEVERAL = /(?<!第)[两二三四五六七八九十2-9](?:次|回|趟)(?!扫)/;

/** 我们几个昨天都扫了的. */
const WE = /我们(?:几|[两三四五六七八九十\d]+)(?:个|位|人)(?!组)/;

function readReport(heard: Message, context: ReadingContext): Reading | null {
  const mended = withoutSlips(heard.body);
  const message = mended === heard.body ? heard : heard.part(mended);
  const own = context.members.find((m) => m.name === message.sender)?.posts ?? [];
  const commanded = message.command?.name === 'report';
  const direct = message.spokenTo || commanded;
  if (!direct && isNotice(message)) return null;
  if (choosesTwo(message, context) || choosesFor(message, context)) return null;
  const activities = activityOf(message, context, own);
  const bare = commanded && message.body === message.command.word && !message.hasImage;
  if (activities.length === 0) {
    if (!commanded && tookPart(message))
      return asking({ text: '是哪个活动、做了什么？请再说一句', missing: ['event'] }, {});
    if (bare && !message.spokenTo && !PLAIN_WORD.test(message.body)) return null;
    if (!commanded || !/^(?:报|上报|补报|报告|报岗|代报|履职|打卡)$/.test(message.command.word)) return null;
    if (message.command.rest !== '' && message.dates().length === 0 && !message.hasImage) return null;
    return asking({ text: '您做的是哪个岗位的事？比如：报 巡逻 昨晚8点 三组', missing: ['post'] }, {});
  }
  if (bare && !message.spokenTo && !PLAIN_WORD.test(message.body)) return null;
  if (bare) {
    return asking(
      { text: `${message.command.word}是哪一天、在哪里？比如：巡逻 昨晚8点 三组`, missing: ['dates'] },
      {},
    );
  }
  const called = calledPosts(message, context);
  const main = mainOf(activities, called, own);
  if (notAReport(message, main, called.includes(main.post))) return null;
  const people = readParticipants(message, main.post === 'floating-member');
  const days = readDays(message, main);
  if (days.future) return null;
  // 书记来湾里转了一圈: told of somebody by the office alone, in words of a stroll.
  if (people.ofOthers && !people.sure && main.strength === 'loose' && !direct) return null;
  const doers = people.unclear?.members ?? people.members;
  const stranger = !people.sure && people.ofOthers === true;
  const claimed =
    !stranger &&
    doers.some((name) => context.members.some((m) => m.name === name && m.posts.includes(main.post)));
  const around = {
    direct,
    claimed,
    named: people.members.some((m) => m !== message.sender) && people.sure,
    unclear: people.unclear !== undefined && (people.sure || isMarked(message)),
    spokenOf: called.includes(main.post) || spokenBefore(message, main),
    things: activities.filter((a) => a.post === main.post).length,
  };
  if (main.post === 'floating-member' && !direct && !claimed && !fromAway(doers, context)) return null;
  if (!isDone(message, main, around)) return null;
  const post = postOfOpen(main, people.members[0] ?? '', context);
  const record = (
    members: readonly string[],
    chosen: string,
    on = days.dates,
    proxy = people.proxy,
  ): Reading => ({
    act: 'record',
    intent: 'report',
    command: 'report',
    slots: {
      kind: main.kind,
      post: chosen,
      members,
      dates: on,
      ...(days.time ? { time: days.time } : {}),
      ...(proxy ? { proxy } : {}),
      ...(days.flags.length > 0 ? { flags: days.flags } : {}),
      ...extras(message),
    },
  });
  // 我们几个昨天都扫了的: who they were is asked.
  if (!direct && people.members.length === 1 && people.members[0] === message.sender && WE.test(message.body))
    return asking({ text: '有哪几位？请写上姓名', missing: ['members'] }, {});
  // 我巡逻了两次: on which days?
  if (!direct && days.unsaid && SEVERAL.test(message.body))
    return asking({ text: '是哪几天？请写上日期，比如“3号、8号”', missing: ['dates'] }, {});
  if (people.unclear) {
    const shown = people.unclear.members;
    const as = (name: string): Reading => {
      const who = readParticipants(message, main.post === 'floating-member', name);
      return record(who.members, post ?? main.post, days.dates, who.proxy);
    };
    return whichMember(shown, as, people.unclear.text);
  }
  if (post === null) {
    return asking(
      {
        text: '看望的是哪位，记到哪个岗位？1 三留守关爱 2 扶贫结对',
        missing: ['target', 'post'],
        choices: [
          { label: '三留守关爱', reading: record(people.members, 'left-behind-care') },
          { label: '扶贫结对', reading: record(people.members, 'poverty-pairing') },
        ],
      },
      {},
    );
  }
  if (days.ahead) {
    const before = addDays(message.today, -1);
    return asking(
      {
        text: `${days.ahead}还没到，是昨晚的吗？1 是，昨晚 2 不是`,
        missing: ['dates'],
        choices: [{ label: '是，昨晚', reading: record(people.members, post, [before]) }],
      },
      {},
    );
  }
  if (days.unreadable)
    return asking({ text: `“${days.unreadable}”没看懂是哪一天，请再说一次日期`, missing: ['dates'] }, {});
  return record(people.members, post);
}

/** 大扫除改到礼拜六: an activity that is put off or brought forward has not been done. */
const RESCHEDULED =
  /改(?:到|成|在)(?=.{0,3}(?:下?个?(?:周|星期|礼拜)|明|后天|\d{1,2}[号日点月]))|改期|(?:推迟|延期|提前)到/;

export const reportReading: ReadingDeclaration = {
  name: 'report',
  words: WORDS,
  read: (message, context) =>
    RESCHEDULED.test(message.body) ? null : (readSameAgain(message) ?? readReport(message, context)),
};
