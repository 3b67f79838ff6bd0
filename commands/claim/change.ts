/** One post given up for another. */
import type { Message } from '../language/message.ts';
import { findPostNumbers, findPostWords, type PostHit } from '../language/posts.ts';
import type { Reading, ReadingContext } from '../reading.ts';
import { claim, effectiveOf, NOT_A_CLAIM } from './says.ts';

/** What one gives up: 不报了, 做不动了, 退出. */
const GIVES_UP =
  /不(?:想|要|再)?(?:做|干|搞|当|要|报|选|管|弄)|(?:做|干|搞|跑|弄|扫|走)不(?:动|了|来)|退(?:出|掉|了)|放弃|没(?:空|时间)(?:做|搞)/;
const CHANGES = /换|改|调(?!解)|转(?!一|了)|成/;
const TAKES_ANOTHER = /换|改|调(?!解)|转(?!一|了)|选|要|报|做|搞|干|当|去|申请|认领/;

/** Which of two posts goes and which comes, by the words before, between and after them. */
function replaced(body: string, hits: readonly PostHit[]): readonly [from: string, to: string] | null {
  const [one, two] = hits;
  if (!one || !two || new Set(hits.map((h) => h.post)).size !== 2) return null;
  const before = body.slice(0, one.start);
  if (one.post === two.post) {
    // 我不巡逻了，治安岗换成环境卫生: the one given up is named twice.
    const three = hits.find((h) => h.post !== one.post);
    return three && CHANGES.test(body.slice(two.end, three.start)) ? [one.post, three.post] : null;
  }
  const between = body.slice(one.end, two.start);
  const after = body.slice(two.end);
  const givenFirst = GIVES_UP.test(between) || /(?:不|退|放弃)[^,，。]{0,4}$/.test(before);
  if (givenFirst && TAKES_ANOTHER.test(between.replace(GIVES_UP, ''))) return [one.post, two.post];
  if (GIVES_UP.test(after) && TAKES_ANOTHER.test(before)) return [two.post, one.post];
  return CHANGES.test(between) && !/[,，].*[,，]/.test(between) ? [one.post, two.post] : null;
}

/** 我想把文体岗换成政策宣传, 设施岗做不动了，换个卫生岗. */
export function readChange(message: Message, context: ReadingContext): Reading | null {
  const { body } = message;
  if (body.length > 60 || !/换|改|调|转|不|退|放弃/.test(body)) return null;
  if (/明天|时间|会议|日期|晚上|几点|打分|扣分|得分|\d分/.test(body) || NOT_A_CLAIM.test(body)) return null;
  if (
    message.asks &&
    !message.spokenTo &&
    !/^我(?:想|要|那个|的)?.*(?:可以|行|好|要得)(?:不|吗|么)$/.test(body) &&
    !/书记看?(?:可以|行)(?:不行?|吗)$/.test(body)
  )
    return null;
  const hits = [...findPostWords(body, context), ...findPostNumbers(body, context)].sort(
    (x, y) => x.start - y.start,
  );
  // 巡逻不变: beside the change, what stays.
  const changing = hits.filter(
    (h) => !/^岗?(?:位)?(?:的)?(?:不变|不动|不换|照旧|照样|还是原样|保留)/.test(body.slice(h.end)),
  );
  const pair = replaced(body, changing);
  if (!pair) return null;
  const [from, to] = pair;
  const plain =
    hits.some((h) => h.named || h.end - h.start >= 4) ||
    /岗|申请|换.{0,8}$|月起|^(?:那|我).{0,3}不(?:搞|做|报|干)/.test(body);
  if (!message.spokenTo && !plain) return null;
  const effective = effectiveOf(message);
  const named = message
    .names()
    .filter((n) => n.members.length === 1 && n.how !== 'role')
    .map((n) => n.members[0]!);
  const other = /secretary|deputy/.test(message.role) ? named.find((n) => n !== message.sender) : undefined;
  return claim({
    member: other ?? message.sender,
    replace: { [from]: to },
    ...(effective ? { effective } : {}),
  });
}
