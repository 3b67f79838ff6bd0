/** Posts that are chosen in words that also report: 巡逻，扫地. */
import type { Message } from '../language/message.ts';
import { findPostWords } from '../language/posts.ts';
import type { ReadingContext } from '../reading.ts';

/** 巡逻，扫地; 治安巡逻+公共设施，这两个我包了: two posts and hardly a word more are chosen, not done. */
export function choosesTwo(message: Message, context: ReadingContext): boolean {
  // 这三个岗我都报: more than one may have.
  if (/[两三四五几]个岗(?:位)?.{0,4}(?:报|要|选|认)/.test(message.body)) return true;
  const hits = findPostWords(message.body, context);
  if (hits.length !== 2 || hits[0]!.post === hits[1]!.post) return false;
  let rest = message.body;
  for (const hit of hits.toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  return /^[\s,，、+和跟与。]*(?:(?:这|那)?两(?:个|样)(?:都|就)?)?(?:都|就)?(?:,?认了?|归我|我包了?|我来|我要了?|我选|我报|算我的)?$/.test(
    rest,
  );
}

/** 贵祥扶贫和巡逻，我帮他报的; 给他报流动党员和政策宣传: two posts for somebody, and nothing done at either. */
export function choosesFor(message: Message, context: ReadingContext): boolean {
  if (
    !/(?:帮|给|替|代)(?:他|她)?(?:也)?报/.test(message.body) ||
    /\d|[今昨]|[了过](?![,，])/.test(message.body)
  )
    return false;
  return new Set(findPostWords(message.body, context).map((h) => h.post)).size === 2;
}
