/** What a member says of coming: +1 and 到 while people sign in, 我到了, 我要晚到, 我参加. */
import { resolveName } from '../language/names.ts';
import { nameIndex } from '../language/name-index.ts';
import { asksSomething } from '../language/particles.ts';
import type { Message } from '../language/message.ts';
import type { AttendanceSlots, Reading } from '../reading.ts';
import { byClock, findMeeting, minutesUntil, namesMeeting, planOf, type MeetingRef } from './meeting.ts';

function note(
  ref: MeetingRef,
  phase: AttendanceSlots['phase'],
  entries: AttendanceSlots['entries'],
): Reading {
  return {
    act: 'record',
    intent: 'attendance',
    command: 'attendance',
    slots: { ...(ref.meeting ? { meeting: ref.meeting } : {}), date: ref.date, phase, entries },
  };
}

/** Somebody has just called for signs of presence: 到了的回个到, 签到, 现场的扣1. */
const CALL =
  /到了?的?.{0,6}(?:回|扣|打|发|接|说|报|吱)|(?:回|扣|打)(?:个|一个)?[“"]?(?:到|1)|签(?:个)?到|点名|点个名|报个到|现场的|在场的|来了的/;
/** A call to acknowledge, not to sign in. */
const ACKNOWLEDGE = /收到(?:请|的|了|回)|请回复|知道的|坐车|报名|预订|订|拼车/;
const SIGN =
  /^(?:我|本人)?(?:到|已到|刚到|刚刚到|才到|到了|到啦|到达|准时到|刚到了|已经到了?|签到|签个到|报到|在|在的|在场|来了|来啦|已来|到\+1|\+1|1|我到了|到会|已到会|已签到|签到成功|到场|已到场|在现场)(?:\+1)?$/;

function signInOpen(message: Message): MeetingRef | null {
  for (const p of message.context.pending) {
    if (p.kind === 'sign-in' || p.kind === 'attendance')
      return { meeting: p.meeting, date: p.date, planned: true, by: 'pending' };
  }
  const call = message.before?.by !== null && message.before ? message.before.text : message.quote;
  if (call === undefined || !CALL.test(call) || (ACKNOWLEDGE.test(call) && !/到了的|签到|点名/.test(call)))
    return null;
  return byClock(message);
}

function bare(body: string): string {
  return body
    .replace(/[\s,，.。!！]/g, '')
    .replace(/(?:了哈|哈|啊)$/, '')
    .replace(/^\++1$/, '+1')
    .replace(/^报告[:：]?/, '');
}

/** 夏金莲也到了，我帮她签: signing for somebody. */
function readProxySign(message: Message, ref: MeetingRef): Reading | null {
  const self = message.sender ?? '';
  const named = message.names().filter((n) => n.members.length === 1 && n.members[0] !== self);
  const excused = message.body.replace(/(?:手机|微信|流量)[^,，。]{0,4}(?:没|冇|不)[^,，。]{0,4}/, '');
  if (named.length === 0 || message.asks || /没|冇|不(?!会|用|便|方)|还在|要到|快到|等/.test(excused))
    return null;
  const signed = /(?:帮|替|代).{0,6}(?:签|说一声|报一声|报个到|回一声|扣)|代签|(?:帮|替|代).{0,8}到/.test(
    message.body,
  );
  // Those who keep the roll say it of anybody; others of somebody beside them.
  const together =
    /(?:我|本人)(?:和|跟|同|与).{1,8}(?:到|来)(?:了|场|会|$)|(?:和|跟|同|与)(?:我|本人)(?:都|也|一路|一起)*(?:已经)?(?:到|来)(?:了|场|会|$)/;
  const beside =
    message.body.length <= 24 &&
    (together.test(message.body) ||
      (message.role === 'member' && /(?:也|都)(?:已经)?(?:到|来)(?:了|场|会|$)/.test(message.body)));
  if (!signed && !beside) return null;
  const names = [...new Set(named.map((n) => n.members[0]!))];
  const alsoSelf =
    /^(?:我?已?到了?|\+1|在)[,，。;；\s]|我(?:也)?(?:到了|签到)|我(?:和|跟|同|与)|(?:和|跟|同|与)我/.test(
      message.body,
    );
  return note(ref, 'signin', {
    present: alsoSelf ? [self, ...names] : names,
    proxy: Object.fromEntries(names.map((n) => [n, self])),
  });
}

/** 到，向阳: the word, and who says it. */
function withoutSignature(said: string, message: Message): string {
  const signed = /^(我?(?:已|刚)?到了?|在|签到|\+1)(\S{2,4})$/.exec(said);
  const hit = signed ? resolveName(signed[2]!, nameIndex(message.context)) : null;
  return signed && hit?.members.includes(message.sender ?? '') ? signed[1]! : said;
}

function readSign(message: Message): Reading | null {
  const ref = signInOpen(message);
  if (!ref)
    return message.command?.word === '签到' && isOwnName(message.command.rest, message)
      ? signByCommand(message)
      : null;
  const proxy = readProxySign(message, ref);
  if (proxy) return proxy;
  let said = bare(message.body);
  const own = resolveName(said.replace(/(?:签到|到了|到|已到|\+1)$/, ''), nameIndex(message.context));
  if (own && own.members.includes(message.sender ?? '') && said !== own.text)
    said = said.slice(own.text.length);
  said = withoutSignature(said, message).replace(/^(.{1,3})\1+$/, '$1');
  if (
    own &&
    own.members.includes(message.sender ?? '') &&
    said === own.text &&
    message.context.pending.some((p) => p.kind === 'sign-in')
  )
    said = '到';
  return SIGN.test(said) ? note(ref, 'signin', { present: [message.sender ?? ''] }) : null;
}

/** 签到, 签到 程春生 by that person. */
function isOwnName(rest: string, message: Message): boolean {
  if (rest === '') return true;
  return resolveName(rest, nameIndex(message.context))?.members.includes(message.sender ?? '') ?? false;
}

function signByCommand(message: Message): Reading | null {
  const ref = byClock(message);
  const plan = ref ? planOf(message, ref) : undefined;
  if (ref && plan && Math.abs(minutesUntil(message, plan)) <= 120)
    return note(ref, 'signin', { present: [message.sender ?? ''] });
  // 签到 is written in every group for everything: without a meeting that day, only what is said to the bot is asked back.
  if (!ref && !message.spokenTo) return null;
  return {
    act: 'ask',
    intent: 'attendance',
    command: 'attendance',
    slots: {},
    question: { text: '现在没有会议在签到，您签的是哪一次？', missing: ['meeting'] },
  };
}

const LATE =
  /(?:晚|迟)(?:一?点|一?些|一?会儿?)?(?:到|来|过来|过去)|迟到|(?:开头|开场).{0,4}没(?:赶上|听到)|(?:没|赶不|冇)(?:赶)?上(?:开头|开场|点名)|要(?:晚|迟)(?:一)?(?:点|会|些|下)(?=[,，。]|$)|(?:晚|迟)(?:个)?(?:半|一|几|\d+|二十|三十|十)(?:来|几|多)?(?:个)?(?:小时|分钟|刻)|来晚/;
const EARLY =
  /提(?:前|早)(?:走|离开|离场|回|撤)|早(?:点|些)?走|先(?:走|撤|回去|离开)(?:一步)?|早退|中途(?:要)?(?:走|离开)/;
const PRESENT =
  /^(?:已经?|刚刚?)?到了[,，](?:在|坐|停|人在)|^(?:我|本人)(?:已经?|刚刚?)?(?:到了|到(?:会场|村部|会议室|现场|门口|楼下|活动室)了?|来了|在(?:会场|村部|会议室|现场)(?:了|的)?)(?:$|[\s,，.。])|^(?:已经?|刚刚?|准时)?到(?:达)?(?:会场|会议室|活动室|村部|村委会)了?$/;
/** 培训我到了, 今天党课我到了: which meeting, before it. */
const OF_MEETING =
  /^(?:今天|今晚|今早|上午|下午|晚上)?(?:的)?(?:这次|那个)?[一-龥]{0,6}?(?:会|课|党日|培训|学习)(?:的话)?(?=我)/;

/** On the day and around the hour of a meeting, or with the meeting named. */
function meetingNow(message: Message, before: number, after: number): MeetingRef | null {
  const ref = namesMeeting(message.body) ? findMeeting(message, 'future') : byClock(message);
  if (!ref) return null;
  if (ref.by === 'name' || ref.by === 'pending') return ref;
  const plan = planOf(message, ref);
  if (!plan) return null;
  const minutes = minutesUntil(message, plan);
  return minutes <= before && minutes >= -after ? ref : null;
}

/** 早上堵车，迟到了半小时: over, and of whatever it was. */
const TOLD_LATE = /(?<!要|会|得|怕)(?:迟到|晚到|来晚)了|早上.{0,4}堵/;

/** 明早可能要迟一点到: the day is said, and there is a meeting on it. */
function meetingOn(message: Message): MeetingRef | null {
  if (message.body.length > 30 || TOLD_LATE.test(message.body)) return null;
  if (!message.dates('future').some((d) => d.vague !== 'day')) return null;
  const ref = findMeeting(message, 'future');
  return ref?.planned === true && ref.by === 'date' ? ref : null;
}

/** 估计晚一刻钟, just before a meeting: only the speaker can be meant, and only this meeting. */
function soonLate(message: Message): boolean {
  const { body } = message;
  return (
    body.length <= 30 &&
    !TOLD_LATE.test(body) &&
    /估计|可能|怕是|恐怕|要(?=晚|迟)|会(?=晚|迟)|堵|赶不上|爆胎|坏了/.test(body) &&
    LATE.test(body) &&
    !/快递|外卖|饭|菜|货|车(?:子)?(?:到|来)|雨|班|客|开门|发货/.test(body) &&
    meetingNow(message, 90, 20) !== null
  );
}

/** 车坏了，等下到，先莫点名: on the way, and one knows that the roll is called. */
function comingSoon({ body }: Message): boolean {
  return (
    /(?:等下|等会|一会儿?|过一下|稍后|马上|快|就)(?:就)?(?:要)?到/.test(body) &&
    /点名|签到|先开|开始|等我/.test(body)
  );
}

/** 我到了, 我要晚到半个小时, 我要提前走: a note about oneself, which changes no score by itself. */
function readNote(message: Message): Reading | null {
  const { body } = message;
  const self = message.sender ?? '';
  // 大会几点结束，我可能要提前走: what is asked beside it leaves the note as it is.
  const told = body.split(/[,，。;；!！\n]/).filter((c) => LATE.test(c) || EARLY.test(c) || PRESENT.test(c));
  const asks = told.length > 0 ? told.some((c) => asksSomething(c)) : message.asks;
  if (asks || /@所有人|罚|扣分|红包|通知/.test(message.text)) return null;
  if (
    PRESENT.test(body.replace(OF_MEETING, '')) &&
    !/家了|公司|单位|学校|车站|机场|酒店|高铁|快递|你|拿|取|接我|哪/.test(body)
  ) {
    const ref = meetingNow(message, 45, 30);
    // 主题党日我到了，签个到: signed in.
    const phase = /签(?:个|一?下)?到|打个?到/.test(body) ? 'signin' : 'self_note';
    return ref ? note(ref, phase, { present: [self] }) : null;
  }
  const together =
    /^(?:我|本人)(?:和|跟|同|与)(?!.*(?:快|马上|就要?|要)到).{1,10}?(?:都|已经?)*(?:到了|(?:到|在)(?:了)?(?:会场|村部|会议室|活动室)了?)$/;
  if (together.test(body.split(/[,，。]/)[0]!)) {
    const others = message.names().flatMap((n) => (n.members.length === 1 ? n.members : []));
    const ref = others.length > 0 ? meetingNow(message, 45, 30) : null;
    if (ref) return note(ref, 'self_note', { present: [self, ...others.filter((n) => n !== self)] });
  }
  const coming = comingSoon(message);
  const late = LATE.test(body) || coming;
  if (!late && !EARLY.test(body)) return null;
  const unsaid = !/我|本人/.test(body);
  const onSaidDay = meetingOn(message);
  const soon = coming || onSaidDay !== null || soonLate(message);
  if (unsaid && (message.names().length > 0 || !(namesMeeting(body) || soon))) return null;
  if (
    /我们|我(?:妈|爸|爷|奶|哥|姐|弟|妹|老公|老婆|儿|女|和|跟)|昨|前天|上周|你|他|她|上班|上课|公司|学校|面试|考试|快递|火车|飞机|航班|作业/.test(
      body,
    ) &&
    !namesMeeting(body)
  )
    return null;
  if (/如果|要是|万一|谁|不准|不得|不能(?=迟|早|晚)|不要|别|莫(?!点名)|大家|提醒|都要/.test(body))
    return null;
  // 我迟到了 is told of anything; that one will be late, about the hour of a meeting, is told of it.
  if (
    !namesMeeting(body) &&
    !coming &&
    !/先走一步|有(?:点)?(?:急)?事.{0,4}先/.test(body) &&
    !(/刚到|才到|不好意思|对不起/.test(body) && meetingNow(message, 0, 40)) &&
    !/要|会(?=迟|晚|早|提|先|到|来)|可能|(?:晚|迟)(?:到)?(?:一?点|个|几|半|\d|[一二三四五]?十|两|一会)|没赶上|赶不上|估计|怕是|堵车|堵在|在路上/.test(
      body,
    )
  )
    return null;
  // One leaves while the meeting goes on.
  const ref = meetingNow(message, 90, late ? 30 : 180) ?? onSaidDay;
  if (!ref || ref.date < message.today) return null;
  return note(ref, 'self_note', late ? { late: [self] } : { early: [self] });
}

/** 党员大会我参加, 15号我能到: says beforehand that one will come. */
function readWill(message: Message): Reading | null {
  const { body } = message;
  if (
    message.asks ||
    !/我|本人|\+1|报名/.test(body) ||
    /参加不了|不参加|建议|通知|来不了|能参加的/.test(body)
  )
    return null;
  if (
    !/(?:我|本人)(?:能|会|要|可以|一定|肯定|准时)*(?:来|到|参加)(?:$|[,，。\s的])|(?:能|会|可以|一定|准时)(?:参加|到|来)$/.test(
      body,
    )
  )
    return null;
  const ref = findMeeting(message, 'future');
  if (!namesMeeting(body) && !(ref?.by === 'date' && /会(?![来到去参])/.test(body))) return null;
  return ref && ref.planned && ref.date >= message.today
    ? note(ref, 'rsvp', { will_attend: [message.sender ?? ''] })
    : null;
}

export function readSelf(message: Message): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  return readSign(message) ?? readNote(message) ?? readWill(message);
}
