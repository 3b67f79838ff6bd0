/** Reading questions about scores: one's own, somebody's, the branch's; this month, a month, the year so far. */
import type { Message, ReadingDeclaration } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import type { Reading } from '../reading.ts';

const WORDS = [
  '查分',
  '查询',
  '查',
  '积分',
  '我的积分',
  '我的分',
  '得分',
  '明细',
  '查积分',
  '查看',
  '成绩',
  '分数',
];
export const QUERY_HINT = /为|只有|几星|怎么|么样|分|够|平均|扣|差|查|明细|多少|次/;

/** Scores of somewhere else. */
const ELSEWHERE =
  /工资|社保|公积金|税|话费|流量|套餐|考|试|数学|语文|英语|作业|及格|高数|绩点|学分|老师|同学|学校|班级|游戏|排位|王者|段位|比赛|球|电影|豆瓣|评分|淘宝|京东|支付宝|信用|会员|商城|兑换|消费|驾照|驾驶证|体检|血压|房|价|钱|元|块|股|彩票|满减|蚂蚁|芝麻|花呗|超市|油|里程|航空|分手|分钟|分之|分公司|部分|十分|充分|身份|缘分|过分|水分|成分|分类/;
const SCORE =
  /积分|得分|(?:几|多少|好多|几多)分|分数|扣(?:了)?(?:我)?(?:哪|几|多少|什么|的)?.{0,3}分?|加(?:了)?(?:几|多少)分|明细|(?:的|个|月|年|查|看).{0,3}分(?:数)?(?=$|[,，。?？呢吧怎是有])|平均|查分/;

function scopeOf(message: Message): string {
  const { body } = message;
  const year = message.month.slice(0, 4);
  if (/去年/.test(body)) return String(Number(year) - 1);
  const explicit = /(20\d\d)年(?!\d{1,2}月|度?\d)/.exec(body);
  if (explicit) return explicit[1]!;
  const months = findMonths(body, { month: message.month, bias: 'past' });
  if (/全年|今年|年度|到(?:现在|目前|今天)为止|累计|平均|截止|截至|总共/.test(body) && months.length !== 1)
    return 'year_to_date';
  if (months.length > 1 || (months.length === 0 && /加分/.test(body) && !/本月|这个月/.test(body)))
    return 'year_to_date';
  // With a board open, one's score is the board's.
  const board = message.context.pending.find((p) => p.kind === 'board');
  return months[0] ?? (board && !/本月|这个月/.test(body) ? board.month : message.month);
}

function targetOf(message: Message): string | null {
  const self = message.sender ?? '';
  if (/全体|所有人|大家|全支部|支部(?:的|所有)|每个人|各人|都(?:是)?多少|排名|名单|汇总/.test(message.body))
    return 'all';
  const names = message
    .names()
    .filter((n) => n.members.length === 1 && n.how !== 'role' && message.body[n.start - 1] !== '@');
  const vocative = (start: number, end: number): boolean =>
    start === 0 && /^[,，: ]?\s*(?:我|帮我|查)/.test(message.body.slice(end));
  const meant =
    names.find((n) => !vocative(n.start, n.end) && n.members[0] !== self) ??
    names.find((n) => !vocative(n.start, n.end));
  if (meant && meant.members[0] !== self && !/^我(?!们)/.test(message.body)) return meant.members[0]!;
  return 'self';
}

function answer(target: string, message: Message): Reading {
  const detail =
    /明细|哪些|哪里|哪儿|为什么|为啥|怎么扣|扣在|扣了什么|扣了啥|么事|原因|详细|具体|怎么才|怎么只|怎么这么/.test(
      message.body,
    );
  const slots = { target, scope: scopeOf(message), ...(detail ? { detail: true } : {}) };
  // Another's record is for those whose job it is.
  return message.role === 'member' && target !== 'self' && target !== 'all'
    ? { act: 'refuse', intent: 'query', command: 'query', slots, why: 'query_others' }
    : { act: 'answer', intent: 'query', command: 'query', slots };
}

const SELF = /我|本人|自己/;
const ASKING =
  /[?？]|多少|好多|几多|几分|哪|什么|么样|怎么|为什么|为啥|查|看看|看下|看一下|明细|吗|没|差几|还差|够不够|平均|凭什么|(?:报|记|算|巡|扫|走访|做)了几(?:次|回|场|户)/;
/** Shortfall: 我还差几次巡逻, 我这个月巡逻够了没. */
const SHORTFALL =
  /(?:还?差|还要|还缺)(?:几|多少)(?:次|回)|还(?:差|缺|少)(?:些)?(?:什么|么事|么子|啥|哪些|哪样)|(?:次数)?(?:够|满|达标)(?:次数)?了?(?:没|吗|不|么)|够次数|(?:算|报|记|巡|扫|走访|做)了几(?:次|回|场|户)|记了(?:我)?几次|(?:巡逻|走访|打扫|大扫除|巡查).{0,6}(?:几次|多少次)/;

/** Overheard, a question is the bot's only where it can be about nothing else: one's own points of a month or an item. */
function isPlain(message: Message): boolean {
  const { body } = message;
  if (
    /我(?:来)?[录记登打统汇整算][^,，。]{0,8}分|抓紧|尽快|发我|私发/.test(body) ||
    body.length > 40 ||
    ELSEWHERE.test(body.replace(/分数|明细/g, '')) ||
    /你|他|她|孩子|儿子|女儿|伢/.test(body)
  )
    return false;
  const subject =
    SELF.test(body) || message.names().some((n) => n.members.includes(message.sender ?? '') && n.start === 0);
  if (!subject && !/^(?:查分|查积分|查一下积分)$/.test(body)) return false;
  if (SHORTFALL.test(body) && /巡逻|走访|岗|打扫|扫除|巡查|次数/.test(body)) return true;
  if (
    /^我(?:的)?[一-龥]{1,6}岗(?:位)?(?:这个?月|\d{1,2}月)?(?:是|有|得|打|评|给)?(?:了|的)?(?:几|多少|好多|几多)分/.test(
      body,
    )
  )
    return true;
  if (/^(?:帮我|我想|麻烦)?(?:查|看)(?:一?下|看)?(?:我的?)?\d{1,2}月(?:份)?的?(?:积)?分$/.test(body))
    return true;
  if (
    /^我(?:\d+|[一二三四五六七八九十]+)月?(?:到|至|-)(?:\d+|[一二三四五六七八九十]+)月(?:的)?平均/.test(body)
  )
    return true;
  if (
    /^我(?:(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份)?|上个?月)(?:是|有|得了?)?(?:多少|好多|几多|几)(?:分)?$/.test(
      body,
    )
  )
    return true;
  if (GIVE_ME_MINE.test(body)) return true;
  if (!SCORE.test(body) || !ASKING.test(body) || !/分|扣[在的了](?:哪|什么|么事|啥)/.test(body)) return false;
  const dated = /月|季度|今年|去年|年度|全年|累计|目前|到现在/.test(body);
  const term = /积分|得分|岗|履职|义务|扣分的?(?:原因|明细)|扣(?:了|我|在)|明细|加分/.test(body);
  if (dated && (term || /多少分|几分|的分|平均/.test(body))) return true;
  return /^(?:小燕,?|帮)?(?:看看|看下|查|查一下|查下|帮我查|我想(?:看|查)|想查)?(?:一下)?我(?:自己)?(?:的)?(?:现在|目前)?(?:的)?(?:有|是|得)?(?:了)?(?:积分)?(?:一共|总共|到底)?(?:是|有)?(?:多少|几|好多|几多)(?:积)?分(?:了)?(?:呢)?[?？]?$|^(?:查|看|查一下|查下|看看|看下|帮我查(?:一)?下?)我的(?:积分|得分)(?:明细)?$|^我(?:的)?(?:积分|得分)(?:明细|是?多少|情况)?[?？]?$|^我(?:的分)?(?:是|都|到底)?(?:在)?(?:哪|哪里|哪儿|么事|为什么|为么事|么样)?(?:被)?扣(?:了|在)(?:哪|哪里|哪儿|[几多少两一二三四五\d]+)?(?:了)?(?:分)?[?？]?$/.test(
    body,
  );
}

/** 我看不到表，把我的分发给我看下. */
const GIVE_ME_MINE =
  /^(?:.{0,12}[,，])?(?:麻烦|请)?(?:把)?我(?:自己)?的?(?:(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份)?的?|上个?月的?)?(?:积分|得分|分数?|明细)(?:情况|明细|表)?(?:发|给|拿|报)(?:给)?(?:我|一下|过来)?(?:看|瞧|查)?(?:一?下|看)?$/;

const HOW_MANY = /多少|几分|几多|好多|明细|[?？]$|扣了?(?:分)?(?:没|吗)|出来(?:没|了吗)/;

/** 国强上个月多少分, asked by one who keeps no scores: a member's own name, a month or 积分, and hardly anything else. */
function asksForAnother(message: Message, target: string): boolean {
  const { body } = message;
  if (target === 'self' || target === 'all' || body.length > 24 || !HOW_MANY.test(body)) return false;
  if (/[扣加打减记]\s*\d/.test(body)) return false;
  if (!SCORE.test(body) || ELSEWHERE.test(body.replace(/分数|明细/g, ''))) return false;
  const hit = message.names().find((n) => n.members[0] === target);
  if (!hit || hit.how === 'title' || hit.how === 'sound') return false;
  return hit.how === 'name' || /积分|得了|得分|月|岗|今年/.test(body);
}

/** What a query by command word says beside a name and a month. */
function residueOf(message: Message): string {
  let rest = message.body;
  for (const hit of message.names().toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  return rest.replace(
    /查一?下?|查分|积分|得分|明细|分数?|的|我|(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]+)月份?|多少|[\s:：,，]/g,
    '',
  );
}

function read(message: Message): Reading | null {
  if (message.role === 'system') return null;
  const { body } = message;
  const target = targetOf(message);
  if (target === null) return null;
  if (message.command?.name === 'query') {
    const rest = message.command.rest;
    if (
      message.spokenTo || rest === ''
        ? /查分|查积分|我的/.test(message.command.word) || message.spokenTo
        : isPlain(message) ||
          (message.names().length > 0 && residueOf(message) === '') ||
          /^(?:(?:20\d\d年?)?(?:\d{1,2}|[一二三四五六七八九十]+)月份?|本月|上个?月|这个月|今年|全年|去年|#\d+)(?:的?(?:积?分|得分|明细))?$/.test(
            rest,
          )
    ) {
      if (/^#?\d+$/.test(rest))
        return {
          act: 'answer',
          intent: 'query',
          command: 'query',
          slots: { target: 'entry', scope: message.month, number: Number(rest.replace('#', '')) },
        };
      if (!message.spokenTo && rest !== '' && ELSEWHERE.test(body)) return null;
      return answer(target, message);
    }
    return null;
  }
  if (
    message.spokenTo &&
    (SCORE.test(body) || /分.{0,4}(?:出来|下来|公布|定)了?(?:没|吗)/.test(body) || SHORTFALL.test(body)) &&
    (ASKING.test(body) || body.length <= 12) &&
    !/怎么算|规则|满分|[扣加打减]\s*\d/.test(body)
  )
    return answer(target, message);
  const keepsScores = /recorder|secretary|deputy|committee|supervisor/.test(message.role);
  if (
    keepsScores &&
    target !== 'self' &&
    target !== 'all' &&
    SCORE.test(body) &&
    /多少分|几分|积分.{0,4}多少|得分|明细|扣了?分?(?:没|吗)/.test(body) &&
    ASKING.test(body) &&
    !ELSEWHERE.test(body.replace(/分数|明细/g, ''))
  )
    return answer(target, message);
  if (asksForAnother(message, target)) return answer(target, message);
  if (
    message.context.pending.some((p) => p.kind === 'board') &&
    /我.{0,8}(?:怎么|为什么|为啥|为么事|么样|凭什么)(?:才|只有|扣|少|被扣)|(?:怎么|为什么|为啥|为么事|么样|凭什么)(?:要|又|还|给)?扣(?:了)?我|(?:怎么|为什么|为啥|为么事|么样)我的?.{0,8}(?:是|只有|才|只)\s*\d{1,3}(?:分|$)|^(?:我的?)?[一-龥]{1,6}(?:岗|分)(?:怎么|么样|为什么|为么事)(?:才|只有?|就)\s*\d|我.{0,4}分.{0,4}(?:怎么|么样)(?:来|算|得)的/.test(
      body,
    ) &&
    !/明明|不对|错|没|冇得|凭/.test(body)
  )
    return answer('self', message);
  return isPlain(message) ? answer(target, message) : null;
}

export const queryReading: ReadingDeclaration = { name: 'query', words: WORDS, read };
