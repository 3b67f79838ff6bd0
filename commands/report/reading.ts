/** Reading a report of what somebody did at a post: 昨晚和水生在三组转了一圈. */
import type { ReadingDeclaration, Message } from '../language/message.ts';
import { findPostNumbers, findPostWords } from '../language/posts.ts';
import type { Choice, Question, Reading, ReadingContext, ReportSlots } from '../reading.ts';
import { type Activity, findActivities } from './activities.ts';
import { readDays } from './days.ts';
import { isDone, notAReport } from './evidence.ts';
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

/** What was done, or the post named outright where the message is for the bot (报 环境卫生 3月9日). */
function activityOf(message: Message, context: ReadingContext): readonly Activity[] {
  const found = findActivities(withoutBehalf(message.body));
  if (found.some((a) => a.strength !== 'loose')) return found;
  if (
    !(message.spokenTo || message.command?.name === 'report' || /特此报告|补报|上报|汇报/.test(message.body))
  )
    return found;
  const named = [...findPostWords(message.body, context), ...findPostNumbers(message.body, context)];
  const posts = named.map(
    (hit): Activity => ({ post: hit.post, kind: 'post', start: hit.start, end: hit.end, strength: 'named' }),
  );
  return posts.length > 0 ? posts : found;
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
    /([一二三四五六七八九十\d]+组(?:[到和、]?[一二三四五六七八九十\d]+组)*|全村|村部|桥头|广场)/.exec(
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

function readReport(message: Message, context: ReadingContext): Reading | null {
  const activities = activityOf(message, context);
  const commanded = message.command?.name === 'report';
  const direct = message.spokenTo || commanded;
  if (activities.length === 0) {
    if (!commanded || !/^(?:报|上报|补报|报告|报岗|代报|履职|打卡)$/.test(message.command.word)) return null;
    if (message.command.rest !== '' && message.dates().length === 0 && !message.hasImage) return null;
    return asking({ text: '您做的是哪个岗位的事？比如：报 巡逻 昨晚8点 三组', missing: ['post'] }, {});
  }
  if (commanded && message.body === message.command.word && !message.hasImage) {
    return asking(
      { text: `${message.command.word}是哪一天、在哪里？比如：巡逻 昨晚8点 三组`, missing: ['dates'] },
      {},
    );
  }
  const main = activities.find((a) => a.strength !== 'loose') ?? activities[0]!;
  if (notAReport(message, main)) return null;
  const people = readParticipants(message);
  const days = readDays(message, main);
  if (days.future) return null;
  const doers = people.unclear?.members ?? people.members;
  const claimed = doers.some((name) =>
    context.members.some((m) => m.name === name && m.posts.includes(main.post)),
  );
  const named = people.members.some((m) => m !== message.sender);
  if (!isDone(message, main, { direct, named, unclear: people.unclear !== undefined, claimed })) return null;
  const post = postOfOpen(main, people.members[0] ?? '', context);
  const record = (members: readonly string[], chosen: string): Reading => ({
    act: 'record',
    intent: 'report',
    command: 'report',
    slots: {
      kind: main.kind,
      post: chosen,
      members,
      dates: days.dates,
      ...(days.time ? { time: days.time } : {}),
      ...(people.proxy ? { proxy: people.proxy } : {}),
      ...(days.flags.length > 0 ? { flags: days.flags } : {}),
      ...extras(message),
    },
  });
  if (people.unclear) {
    const shown = people.unclear.members;
    return whichMember(shown, (name) => record([name], post ?? main.post), people.unclear.text);
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
  if (days.unreadable)
    return asking({ text: `“${days.unreadable}”没看懂是哪一天，请再说一次日期`, missing: ['dates'] }, {});
  return record(people.members, post);
}

/** 同上, 我也是, 我也去了 after somebody's report: which of the things above is meant has to be asked. */
function readSameAgain(message: Message): Reading | null {
  if (
    !/^(?:我)?(?:同上(?:[,，]?我也(?:是|去了|参加了|一样)的?)?|也(?:是|一样|去了|参加了)(?:的)?|一样)$/.test(
      message.body,
    )
  )
    return null;
  const earlier = message.before?.text ?? message.quote;
  if (!message.body.startsWith('同上') && earlier === undefined) return null;
  if (earlier !== undefined && findActivities(earlier).length === 0) return null;
  return asking({ text: '您说的是哪一件？请写上做了什么，比如“今晚巡逻，三组”', missing: ['event'] }, {});
}

export const reportReading: ReadingDeclaration = {
  name: 'report',
  words: WORDS,
  read: (message, context) => readSameAgain(message) ?? readReport(message, context),
};
