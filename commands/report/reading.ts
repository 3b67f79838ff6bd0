/** Reading a report of what somebody did at a post: 昨晚和水生在三组转了一圈. */
import { addDays } from '../../scoring/calendar.ts';
import type { ReadingDeclaration, Message } from '../language/message.ts';
import { asksSomething, plansSomething } from '../language/particles.ts';
import { findPostNumbers, findPostWords } from '../language/posts.ts';
import type { Choice, Question, Reading, ReadingContext, ReportSlots } from '../reading.ts';
import { type Activity, findActivities, findClaimed } from './activities.ts';
import { readDays } from './days.ts';
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

function asking(question: Question, slots: Record<string, unknown>): Reading {
  return { act: 'ask', intent: 'report', command: 'report', slots, question };
}

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
  const text = `${typed}是哪一位？${candidates.map((c, i) => `${i + 1} ${c}`).join(' ')}`;
  return asking({ text, missing: ['member'], choices }, { candidates });
}

/** 13号那个活动我参加了的: somebody took part, but in what? */
function tookPart(message: Message): boolean {
  // 今天做了一天志愿服务，给我记一次; 今天搞了活动[图片]: told as a report, and nothing of what was done.
  const marked =
    /(?:记|登|补|报)(?:一?下|一?次|上|个)/.test(message.body) && /志愿服务|活动/.test(message.body);
  const shown = message.hasImage && /(?:搞|做|办|参加|组织)了?(?:个|次|一次|场)?活动$/.test(message.body);
  if ((marked || shown) && !message.asks && !isNotice(message)) return true;
  return (
    /那(?:个|次|天的?|场)(?:的)?活动.{0,4}我.{0,4}(?:参加|去|到|在)(?:了|场|过)|我.{0,10}那(?:个|次|场)活动.{0,3}(?:参加|去|到)了/.test(
      message.body,
    ) &&
    !message.asks &&
    message
      .dates()
      .some(
        (f) =>
          f.vague !== 'day' && f.date <= message.today && /\d|[一二三四五六七八九十]+[号日]/.test(f.text),
      )
  );
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

/** 巡逻，扫地; 治安巡逻+公共设施，这两个我包了: two posts and hardly a word more are chosen, not done. */
function choosesTwo(message: Message, context: ReadingContext): boolean {
  const hits = findPostWords(message.body, context);
  if (hits.length !== 2 || hits[0]!.post === hits[1]!.post) return false;
  let rest = message.body;
  for (const hit of hits.toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  return /^[\s,，、+和跟与。]*(?:(?:这|那)?两(?:个|样)(?:都|就)?)?(?:都|就)?(?:归我|我包了?|我来|我要了?|我选|我报|算我的)?$/.test(
    rest,
  );
}

const WE = /我们(?:几|[两三四五六七八九十\d]+)(?:个|位|人)(?!组)/;

/** 贵祥扶贫和巡逻，我帮他报的; 给他报流动党员和政策宣传: two posts for somebody, and nothing done at either. */
function choosesFor(message: Message, context: ReadingContext): boolean {
  if (
    !/(?:帮|给|替|代)(?:他|她)?(?:也)?报/.test(message.body) ||
    /\d|[今昨]|[了过](?![,，])/.test(message.body)
  )
    return false;
  return new Set(findPostWords(message.body, context).map((h) => h.post)).size === 2;
}

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
    unclear: people.unclear !== undefined && people.sure,
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

const SAME_AGAIN =
  /^(?:(?:我)?(?:同上(?:[,，]?我也(?:是|去了|在|参加了|一样)的?)?|也(?:是|一样|去了|去|来了|在|在场|参加了|到了|有份)(?:的)?|一样)|(?:还有|加上?|算上?|记上?|带上|漏了)我(?:一个|呢|的)?|我(?:跟|和)(?:他|她)(?:们)?一(?:起|路)(?:的|去的)?|\+ ?1)$/;

/** 同上, 我也是, 我也去了 after somebody's report: which of the things above is meant has to be asked. */
function readSameAgain(message: Message): Reading | null {
  // 我今天也去了的，莫把我漏了: to what, has to be asked.
  if (/我.{0,6}也(?:去|来|在|参加|到)了?的?[,，].{0,6}(?:漏|忘|记上|算上|加上)/.test(message.body))
    return asking({ text: '您说的是哪一件？请写上做了什么，比如“今晚巡逻，三组”', missing: ['event'] }, {});
  if (!SAME_AGAIN.test(message.body)) return null;
  const earlier = message.before?.text ?? message.quote;
  if (!message.body.startsWith('同上') && earlier === undefined) return null;
  if (earlier !== undefined) {
    if (findActivities(earlier).length === 0) return null;
    if (!message.body.startsWith('同上') && (asksSomething(earlier) || plansSomething(earlier))) return null;
  }
  return asking({ text: '您说的是哪一件？请写上做了什么，比如“今晚巡逻，三组”', missing: ['event'] }, {});
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
