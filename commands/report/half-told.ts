/** Reports that tell too little to be written down: what is missing is asked. */
import type { Message } from '../language/message.ts';
import { asksSomething, plansSomething } from '../language/particles.ts';
import type { Question, Reading } from '../reading.ts';
import { findActivities } from './activities.ts';
import { isNotice } from './evidence.ts';

export function asking(question: Question, slots: Record<string, unknown>): Reading {
  return { act: 'ask', intent: 'report', command: 'report', slots, question };
}

/** 13号那个活动我参加了的: somebody took part, but in what? */
export function tookPart(message: Message): boolean {
  // 今天做了一天志愿服务，给我记一次; 今天搞了活动[图片]: told as a report, and nothing of what was done.
  const marked =
    /(?:记|登|补|报)(?:一?下|一?次|上|个)/.test(message.body) && /志愿服务|活动|实事|好事/.test(message.body);
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

const SAME_AGAIN =
  /^(?:(?:我)?(?:同上(?:[,，]?我也(?:是|去了|在|参加了|一样)的?)?|也(?:是|一样|去了|去|来了|在|在场|参加了|到了|有份)(?:的)?|一样)|(?:还有|加上?|算上?|记上?|带上|漏了)我(?:一个|呢|的)?|我(?:跟|和)(?:他|她)(?:们)?一(?:起|路)(?:的|去的)?|\+ ?1)$/;

/** 同上, 我也是, 我也去了 after somebody's report: which of the things above is meant has to be asked. */
export function readSameAgain(message: Message): Reading | null {
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
