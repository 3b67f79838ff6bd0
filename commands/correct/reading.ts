/** Reading corrections: 打错了，是12号不是13号; 那次不算; 更正：甲不是迟到是请假; recalls; doubles to remove. */
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { findNames } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { readRecall } from '../language/quotes.ts';
import type { Reading } from '../reading.ts';
import { findActivities } from '../report/activities.ts';
import { readChange } from './field-change.ts';
import { readFigure } from './figure-change.ts';
import { afterReport, correct, sides } from './says.ts';
import { readStatusChange } from './status-change.ts';

const WORDS = ['更正', '撤回', '撤销', '修改', '改正', '作废', '删除'];
export const CORRECT_HINT =
  /不要了|去掉|划掉|拿掉|错|混|重|[少漏]|[写打报记说弄搞登填]成|别|莫|收回|不是|更正|改|撤|不算|作废|重复|删|取消|重了|两遍|算了|不提|不对/;

const OBJECTION_BACK =
  /(?:异议|申诉).{0,8}(?:撤回|撤销|撤了|取消|收回|不提了|不要了|算了|作废)|(?:撤回|撤销|取消|收回).{0,8}(?:异议|申诉)|不(?:提|要)(?:这个)?异议了/;
const DOUBLE =
  /(?:那|这|上)(?:一)?(?:条|次|个)[^,，。]{0,3}(?:报|记|发)?重(?:了|复)(?!要)|(?:记|报|加|录|登|打|写|发)了?(?:两|2|二|三)(?:遍|次|条|回)[,，]?[^,，。]{0,4}(?:留|删|去掉|只要|只算)|(?:重复|重了|加重|记重|报重|发重|两遍|两次|多(?:记|报|加|发)了一).{0,12}(?:删|去掉|撤|取消|只算|算一)|(?:删|去掉|撤掉).{0,10}(?:重复|多的|多余)/;
const TAKES_BACK =
  /不算(?!数|了吧|什么|啥|少|多)|作废|撤回|撤销|撤掉|条[^,，。;]{0,10}(?:撤了|不要了)|取消|删掉|删了|删除|(?:别|莫|不要|不用|甭)(?:再)?(?:给我|帮我|替我)?(?:记|算)|当我没(?:说|报)|报错了|没去成/;
const OF_MINE =
  /(?:之前|前头|先前|早先|刚才|刚刚|刚|上面|前面|昨天|上次|我|那天|那条|那次|这条|上一条).{0,8}(?:报|记|发|说|登)(?:的|了|错)|刚[^,，。]{0,4}(?:打|给|记)[^,，。]{0,6}分|(?:那|这|上一?|前一?)(?:条|次|个)(?:巡逻|打扫|走访|记录|报告|分)?|报的|记的/;

/** 昨晚我没去巡逻，春生记错人了; 大扫除我没去，莫把我算上: one is named in a report of something one was not at. */
const NOT_THERE =
  /(?:报|记|写)(?:的)?错了?[,，].{0,12}我(?:没|冇)(?:有)?(?:去|参加|巡|扫)|我(?:[^,，。]{0,6}?)(?:没|冇)(?:有|得)?(?:去|参加|巡|扫|到|在)[^]*(?:(?:记|写|报|搞|弄|算|打)(?:的)?错|不是我|(?:别|莫|不要|不用|甭)(?:把|给)?我?(?:算|记|写|报|加)|(?:别|莫|不要)把我)/;

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
/** Whose double it is, where one is named. */
function onlyOne(message: Message): Record<string, unknown> {
  const names = new Set(message.names().flatMap((n) => n.members));
  return names.size === 1 ? { member: [...names][0] } : {};
}

/** 9号大扫除那条把金莲去掉: one of those in a report of one's own. */
function readTakeOut(message: Message): Reading | null {
  const m = /把([^,，。]{2,8}?)(?:去掉|删掉|划掉|拿掉|去了|删了)/.exec(message.body);
  if (!m || message.asks || !/条|次|巡|扫|走访|报|名单|活动/.test(message.body.slice(0, m.index)))
    return null;
  const [hit] = findNames(m[1]!, nameIndex(message.context));
  if (!hit || hit.members.length !== 1) return null;
  const activity = findActivities(message.body)[0];
  const date = message.dates('past').find((d) => d.vague !== 'day')?.date;
  return correct({
    op: 'withdraw',
    ...(activity ? { kind: activity.kind } : {}),
    ...(date ? { date } : {}),
    member: hit.members[0],
  });
}

/** 昨天记的有一条错了，帮我改一下: which, and into what, has to be asked. */
function readUnsaid(message: Message): Reading | null {
  if (!/recorder|secretary|deputy/.test(message.role) || message.asks) return null;
  if (
    !/(?:记|报|打|录|登)的[^,，。]{0,4}(?:有)?(?:一|几)?(?:条|个|处|笔)[^,，。]{0,4}错了?[,，][^,，。]{0,6}(?:改|更正)/.test(
      message.body,
    )
  )
    return null;
  return {
    act: 'ask',
    intent: 'correct',
    command: 'correct',
    slots: {},
    question: { text: '是哪一条，改成什么？', missing: ['record', 'change'] },
  };
}

function readWithdrawal(message: Message): Reading | null {
  const { body } = message;
  const self = message.sender ?? '';
  if (OBJECTION_BACK.test(body) && !message.asks) return correct({ op: 'withdraw_objection', member: self });
  if (
    DOUBLE.test(body) &&
    !message.asks &&
    (/(?:那个|这个|个|的)分(?!享|店|期)|加分|[加扣]\d+分|扣分|得分|积分|报(?:重|了两)|记重|多记|巡逻|党费|走访|扫地|分.{0,2}(?:加|记|扣)重/.test(
      body,
    ) ||
      afterReport(message))
  )
    return correct({ op: 'remove_duplicate', ...onlyOne(message) });
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
  if (!about || /会议|活动|群|订单|快递|航班|会取消|活动取消|(?<!党)课|考试|名额/.test(body)) return null;
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
    readTakeOut(message) ??
    // 报错了，是跟甲不是乙: what is right is said, so nothing is taken back.
    (/报错了/.test(message.body) && sides(message.body) ? readChange(message) : null) ??
    readWithdrawal(message) ??
    readChange(message) ??
    readUnsaid(message)
  );
}

export const correctReading: ReadingDeclaration = { name: 'correct', words: WORDS, read };
