/** Reading objections: 异议, 不对, 明明到了的怎么记缺席; late ones; appeals to the town (R26). */
import { categoryOf } from '../score/changes.ts';
import { findActivities } from '../report/activities.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { asksSomething } from '../language/particles.ts';
import { findMonths } from '../language/months.ts';
import { findPostWords } from '../language/posts.ts';
import type { Reading } from '../reading.ts';

const WORDS = ['异议', '申诉', '不同意', '反映', '有异议'];
/** Characters of which one stands in every complaint. */
export const OBJECT_HINT = /[异不错漏少没冇怎为凭么明核多误应意问申反准低高才只扣哪请是冤签止服认比呢]/;

const COMPLAINS =
  /不确认(?!收)|分(?:数)?(?:给|打)?(?:得)?太(?:高|低|多|少)|(?<!无|没|没有|冇得?)异议|不同意|不认可|不对|不服|不认账|有误|有问题|(?<!没|没有|冇得?)(?:有)?意见|算错|搞错|记错|弄错|写错|加错|扣错|错了|漏|少(?:给|帮)?(?:我)?(?:了|记|算|加)|多扣|(?:没|冇|未)(?:有)?(?:给|记|算|加|写|登|统计)|明明|只(?:记|算|给|加)了?|\d+\s*\+\s*\d+.*[=等是]|比我(?:还)?(?:高|多)|没(?:有|看到|写)我|分(?:数)?(?:打|给)?(?:得)?(?:高|低|多|少)了|偏高|偏低|没去那么多|我(?:[^,，。]{0,6}?)(?:没|没有|冇|不是)(?:迟到|缺席|早退|请假)|凭什么|不公平|不合理|应该是|不止|请核实|核实一下|核对一下|不(?:只|是)(?:\d|[一二三])|太低/;
/** 怎么才92 is a question; with what really was, it is an objection. */
const ASKS_WHY = /怎么|为什么|为么事|为啥|么样|咋|凭么/;
const CLAIM =
  /明明|我(?:是)?(?:到了|签了到|去了|来了|交了|参加了|请了|请过|批了假|是批了|巡了|扫了)|没(?:迟到|缺席|早退|请假)|不是(?:迟到|缺席|早退|请假)|也(?:扫|巡|去|到|交|参加)|到了的|交了的|去了的/;
/** 扫了两次: what was done, counted. */
const DONE_TIMES = /[了过][一两二三四五六七八九十\d]+(?:次|回|趟|户|场)/;
/** Beside a question why: that it is wrong, or what was done. */
const TOLD_AGAINST =
  /异议|不同意|不认|不对|不服|错|漏|少(?:了|算|记)|(?:没|冇)|[了过][一两二三四五六七八九十\d]+(?:次|回|趟)|只(?:记|算|给)|冤|不该|不应|不公|比我|[一-龥]了[的吗,，]|扣/;
/** With a board open, a fact told against it: 是请了假的, 报了三次只算两次, 不是迟交. */
const AGAINST_BOARD =
  /我[^,，。]{0,6}(?:签了到|到了|去了|来了|交了|请了假)的(?=[,，。!！]|$)|怎么(?:没|不)扣|不太对|批(?:了|过)(?:我)?(?:的)?假的?|不认(?!识|得|真|为|同)|\d{1,2}分?[?？].{0,4}我|一起报[^。]{0,8}没去|(?:记|算|写)成(?:了)?(?:缺席|迟到|早退|请假|旷会|没到)|(?:我的)?(?:加分|分)呢(?=[,，。?？]|$)|(?:怎么|么样|为什么|凭什么)(?:比我|还(?:比|高|多))|(?:哪|在哪)(?:去|里去)?了.{0,6}分|分.{0,4}(?:哪去|哪里去)了|不是(?:缺席|迟到|早退|请假|旷会|没来|没到|没交|迟交|晚交|未交)|(?:是)?请(?:了|过)假的|(?:早早|早就|准时|按时)(?:就)?(?:到|来|交|缴)(?:了|的)|(?:月初|按时|早就|准时|当月)(?:就)?(?:交|缴)(?:了)?的|(?:报|巡|扫|去|做|交|走访|宣传)了?(?:[\d一两二三四五六七八九十]+)(?:次|回|趟|场|户).{0,12}(?:只|才|就|少)|(?:只|才)(?:算|记|给|打|写|有)(?:了|我)?\s*[\d一两二三四五六七八九十]|扣(?:了)?我.{0,6}分.{0,12}(?:冤|不该|不应|么样|怎么|为什么|凭|我)|冤枉|张冠李戴|(?:搞|写|弄|记|打|填)(?:得|的)?(?:反|颠倒|混|串|岔)了|(?:没|冇|少)(?:算|加|记|给)(?:上|我|进去)|低了|少了|哪里?来的|不(?:应)?该(?:扣|算|记)|不(?:能)?算(?:早退|迟到|缺席|请假|旷会)|(?:没|冇|无)(?:有|得)?(?:哪|这)?(?:一)?(?:条|项|个)?(?:规定|依据|说法|说要|规矩)|没(?:有)?(?:报|选|认领?|领)(?:过|的)?.{0,6}岗|(?:准|批|请|交|到|去|来)了的?(?:吗|么|啊|呀)?[,，].{0,2}(?:怎么|为什么|么样|凭什么)还?.{0,4}扣|只(?:看到|见)?.{0,3}(?:巡|扫|去|做|来)了?[一两\d]/;
const ABOUT_SCORE =
  /积分|公示|得分|扣分|扣了?我|加分|分数|(?:\d{2,3})分|支部的?(?:答复|裁定|处理)|评分|打分|(?:我|的)(?:这个|那个)?分|我那一?行|考勤|记(?:的|我|成|了)|记录/;
const ESCALATES =
  /(?:向|找|到|去|跟)(?:镇里?|镇上|镇党委|上级|组织办|镇组织办|党委)(?:.{0,4})(?:反映|申诉|投诉|评理|告(?:状|去)?$|讨.{0,2}说法|(?:说|去)(?:理|$))|不服.{0,6}(?:找|去|到|向)(?:镇|上级|组织办|党委)|申诉|(?:对|不服).{0,6}(?:答复|裁定|处理|结果).{0,8}(?:不服|不满)|不服.{0,6}(?:答复|裁定|处理|结果)/;
/** 镇里不处理我就不签字: to the town already. */
const UNSETTLED =
  /镇(?:里|上|党委).{0,6}(?:不(?:处理|解决|管|答复|给)|没(?:处理|答复)).{0,8}(?:不签|不认|不确认)/;
const LATE =
  /公示(?:期)?(?:都)?(?:过|结束|完)了|过了(?:公示)?(?:期)?|才看到|才发现|才晓得|才知道|晚了|刚看到|刚发现/;

/** Money, goods, courts and work elsewhere are complained of too. */
const NOT_OURS =
  /天气|天天下雨|班费|奖学金|助学金|收支|班级|学校|低保|业主|物业|小区|酒|饭|菜|红包|球|元|块钱|[货款账]|[一两]箱|收据|编号|房东|退租|水费|电费|配件|尺码|换货|京东|豆瓣|楼上|判决|上诉|职称|OA|加班|旷工|补发|客户|老板|公司|快递|订单|驾照|法院|医保|发票|工资|奖金|同事|评审|你的说法|更正一下|游戏|考试/;

function objectsTo(message: Message): Record<string, unknown> {
  const { body } = message;
  const self = message.sender ?? '';
  const about = message.names().find(
    (n) =>
      n.members.length === 1 &&
      n.members[0] !== self &&
      n.how !== 'role' &&
      body[n.start - 1] !== '@' &&
      // 闻老师说我只巡一次: who said it is not who it is about.
      !/^(?:说|讲|认为|反映)/.test(body.slice(n.end)) &&
      // 我跟书记请了假的: whom one spoke to.
      !/(?:跟|向|给|和|同|找|问)$/.test(body.slice(0, n.start)),
  );
  const date = message.dates('past').find((d) => d.vague !== 'day')?.date;
  const item = itemOf(message);
  const claim = claimOf(body);
  return {
    ...(about ? { about: about.members[0] } : {}),
    ...(item === undefined ? {} : { item }),
    ...(date ? { date } : {}),
    ...(claim ? { claim } : {}),
  };
}

/** What one did, by its verb, where no more is told: 扫了三回. */
const DONE_AT: readonly (readonly [RegExp, string])[] = [
  [/巡(?:逻|了|过)/, 'security-patrol'],
  [/扫(?:了|过|地|街)|打扫|捡(?:了)?垃圾/, 'sanitation'],
  [/修(?:了|过|路灯|水管)|设施/, 'facility-upkeep'],
  [/宣(?:传|讲)/, 'policy-publicity'],
  [/调解|劝和/, 'mediation'],
  [/走访|看望|留守|老人/, 'left-behind-care'],
];

/** What the objection is about; null where only the word is said. */
function itemOf(message: Message): string | null | undefined {
  const { body } = message;
  if (/党费/.test(body)) return 'dues';
  if (/合计|总分|加起来|加错|总数|加总/.test(body)) return null;
  if (/加分|表彰|加的分|(?:七一|国庆|十一).{0,14}加/.test(body)) return 'bonus';
  const named = findPostWords(body, message.context).find(
    (p) => p.named || !/^(?:宣传|监督|维护|流动|关心|化解)$/.test(body.slice(p.start, p.end)),
  );
  const activity = findActivities(body)[0];
  const attendance = /缺席|迟到|早退|请假|考勤|到会|早(?:早|就)就?到|开会|到了的|没到|参会|签到/.test(body);
  if (attendance || /党课|党日|党员大会|生活会|培训|学习/.test(body)) {
    const category = categoryOf(message, body);
    if (category) return category;
  }
  if (named) return named.post;
  if (activity) return activity.post;
  const done = DONE_AT.find(([verb]) => verb.test(body));
  if (done) return done[1];
  if (/交(?:了|的)|缴(?:了|的)|[迟晚未没]交/.test(body) && !/材料|表|照片|作业/.test(body)) return 'dues';
  if (/义务/.test(body)) return 'obligation';
  if (/学习教育/.test(body)) return 'study';
  if (/组织生活/.test(body)) return 'organisation';
  return null;
}

function claimOf(body: string): string | undefined {
  if (
    /(?:明明)?(?:到了|来了|去了|参加了|到会|在场|签了到)/.test(body) &&
    /缺席|没到|没来|考勤|记|明明|扣/.test(body)
  )
    return 'present';
  if (/交了|交过|缴了/.test(body) && /党费/.test(body)) return 'paid';
  if (/请(?:了|过)(?:了)?假|是请假/.test(body)) return 'leave';
  if (/(?:没|不是)迟到/.test(body)) return 'not_late';
  return undefined;
}

/** A day or a thing pointed at without saying what is wrong with it. */
function isVague(message: Message, slots: Record<string, unknown>): boolean {
  if (slots['claim'] !== undefined || slots['about'] !== undefined || typeof slots['item'] === 'string')
    return false;
  return /(?:那个|这个|那次|这次|那条|那天|那项|[号日])(?:的|那个|那次)?(?:记录|记的|分)?(?:不对|错了|有问题|有误|搞错了|记错了|记得不对)(?:吧)?$|^我(?:的|这个)?分(?:数)?(?:(?:好像|怕是|是不是|有点)(?:不太?对|有问题)|不太对|不对劲|不对吧)(?:吧)?$/.test(
    message.body,
  );
}

function objection(
  message: Message,
  month: IsoMonth | undefined,
  extra: Record<string, unknown> = {},
): Reading {
  const slots = objectsTo(message);
  return {
    act: 'record',
    intent: 'object',
    command: 'object',
    slots: { member: message.sender, ...(month ? { month } : {}), ...slots, ...extra },
  };
}

function boardOf(message: Message): IsoMonth | undefined {
  for (const p of message.context.pending) if (p.kind === 'board') return p.month;
  return undefined;
}

function read(message: Message): Reading | null {
  const { body } = message;
  if (message.role === 'system' || message.role === 'town') return null;
  if (/撤回|撤销|不提了|取消异议/.test(body)) return null;
  // What those who handle it say of somebody's objection is its ruling.
  if (
    /secretary|deputy|committee/.test(message.role) &&
    /的异议|异议.{0,10}(?:核实|处理|成立|驳回|答复)/.test(body)
  )
    return null;
  if (
    /@所有人|请大家|各位|有(?:异议|意见)的?(?:请|及时|同志|可以|走|按|找|提出|私|来|到我|跟我|报)|莫(?:在|再)|如有|如果有|对的回/.test(
      message.text,
    )
  )
    return null;
  // 大家认可不认可 asks round.
  if (/(认可|同意|服气?|公平)不\1/.test(body)) return null;
  // 对答复不满意的话还可以找哪个: how it is done, not yet an objection.
  if (/(?:的话|要是|如果|万一).{0,12}(?:找|向|去|怎么|么样|如何|哪)/.test(body) && asksSomething(body))
    return null;
  if (
    UNSETTLED.test(body) ||
    /^(?:我)?(?:要|想)?申诉$/.test(body) ||
    (ESCALATES.test(body) && (message.spokenTo || /支部|答复|裁定|组织办|(?:向|找|到)镇/.test(body)))
  ) {
    return {
      act: 'record',
      intent: 'object',
      command: 'object',
      slots: { member: message.sender, escalate: 'town' },
    };
  }
  const board = boardOf(message);
  const complains =
    COMPLAINS.test(body) ||
    askedWhy(message) ||
    (ASKS_WHY.test(body) && (CLAIM.test(body) || (board !== undefined && DONE_TIMES.test(body)))) ||
    (board !== undefined &&
      AGAINST_BOARD.test(body) &&
      (/我|分|扣|算|记/.test(body) || message.names().length > 0));
  if (!complains) return null;
  // 为么事我只有88 only asks; with what really was, it objects.
  if (
    ASKS_WHY.test(body) &&
    !askedWhy(message) &&
    !CLAIM.test(body) &&
    !TOLD_AGAINST.test(body) &&
    body.length <= 20
  )
    return null;
  const named = findMonths(body.replace(/\d{1,2}月\d{1,2}[号日]/g, ' '), {
    month: message.month,
    bias: 'past',
  })[0];
  const open =
    board !== undefined ||
    message.context.pending.some((p) => p.kind === 'objection') ||
    (message.quote !== undefined && /公示|积分/.test(message.quote));
  const direct =
    message.spokenTo ||
    (message.command?.name === 'object' &&
      (open ||
        (/异议|申诉/.test(message.command.word) &&
          (body === message.command.word || ABOUT_SCORE.test(body) || typeof itemOf(message) === 'string'))));
  if (!open && !direct) return readUnasked(message, named);
  if (
    (!direct && NOT_OURS.test(body) && !/积分|党|岗/.test(body)) ||
    (!direct && /可以(?:不|吗)|建议/.test(body))
  )
    return null;
  const pointed =
    ABOUT_SCORE.test(body) ||
    CLAIM.test(body) ||
    AGAINST_BOARD.test(body) ||
    /^(?:我)?(?:有)?(?:异议|不同意|有意见|不认可|不确认|不对)/.test(body) ||
    typeof itemOf(message) === 'string' ||
    /[号日]|那个|那次|\d{2,3}/.test(body);
  if (!direct && !pointed) return null;
  const slots = objectsTo(message);
  if (isVague(message, slots)) {
    return {
      act: 'ask',
      intent: 'object',
      command: 'object',
      slots: {},
      question: {
        text: '记录哪里不对？请说一下当时的情况，比如“3月20日我到了的”',
        missing: ['record', 'direction'],
      },
    };
  }
  return objection(message, board ?? named);
}

function monthOfFirstDay(message: Message): IsoMonth | undefined {
  return message
    .dates('past')
    .find((d) => d.vague !== 'day')
    ?.date.slice(0, 7);
}

/** 我20号来了的，么样记我缺席; 七一的活动我也去了，怎么没加我: what was done, and what was made of it. */
function askedWhy(message: Message): boolean {
  const { body } = message;
  if (!ASKS_WHY.test(body) || !/我/.test(body) || body.length > 60) return false;
  const recorded =
    /(?:记|算|写|打)(?:了|成|的)?(?:我)?(?:的)?(?:缺席|迟到|早退|没到|没来|请假)|扣(?:了)?我.{0,4}分/.test(
      body,
    );
  const left = /(?:没|冇|不)(?:得|有|给)?(?:我)?(?:加|记|算)(?:我|分|上)/.test(body);
  if (!recorded && !left) return false;
  const day = message.dates('past').find((d) => d.vague !== 'day')?.date;
  const on = day ?? message.today;
  const held = message.context.meetings.some((m) => m.date === on);
  return (
    held ||
    /党课|党日|党员大会|生活会|组织生活|学习教育|七一|国庆|十一/.test(body) ||
    (left && findActivities(body).length > 0 && findPostWords(body, message.context).length > 0)
  );
}

/** With no board open: only a complaint about one's own points that names the month or the board. */
function readUnasked(message: Message, month: IsoMonth | undefined): Reading | null {
  const { body } = message;
  const left =
    month !== undefined &&
    /(?:没|冇|漏|少)(?:有)?(?:给|帮)?(?:我)?(?:记|算|加|登)/.test(body) &&
    /我/.test(body) &&
    (findActivities(body).length > 0 || findPostWords(body, message.context).length > 0);
  if (left && !NOT_OURS.test(body)) return objection(message, month, LATE.test(body) ? { late: true } : {});
  if (askedWhy(message) && !NOT_OURS.test(body)) return objection(message, month ?? monthOfFirstDay(message));
  if (
    !/我/.test(body) ||
    !(month || /公示/.test(body)) ||
    !/积分|加分|扣分|得分|扣.{0,3}分|(?<![这那一]部)的分|(?:党|支部).{0,12}考勤|考勤.{0,12}(?:积分|党|会)|(?<![转上下离换站门])岗(?!亭)/.test(
      body,
    )
  )
    return null;
  if (/班费|奖学金|低保|游戏|考试|成绩|老师|商家|客服|淘宝|京东|店/.test(body)) return null;
  return objection(message, month, LATE.test(body) ? { late: true } : {});
}

export const objectReading: ReadingDeclaration = { name: 'object', words: WORDS, read };
