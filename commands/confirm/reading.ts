/**
 * Reading confirmations of a board: the whole message is a confirming word, with nothing else but whose row, which
 * month and which score. 收到, 好的, 谢谢 and 👍 are none (R28).
 */
import { addMonths, type IsoMonth } from '../../scoring/calendar.ts';
import type { Message, NameHit, ReadingDeclaration } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import type { Reading } from '../reading.ts';
import { whichOf } from '../which.ts';

const WORDS = ['确认', '无异议', '同意', '确认无误', '代确认', '没意见'];
export const CONFIRM_HINT = /确|却认|异[议意义]|意见|同意|认可|属实|问题|毛病|对的|没错|无误|签字|认账/;

/** Confirming words; 确人 and 却认 are voice input's. */
const CONFIRMS =
  /确认无误|确认(?:没有?|冇得?|无)(?:问题|意见)|确认了?|确定(?:无误|了)?|确人|却认|确任|(?:没有?|没得|没的|冇得?|无|冇的)(?:什么|么事|么子|啥子?|任何)?(?:异议|异意|异义|意见|问题|毛病)|同意|认可|属实|核对无误|无误|签字(?:确认|同意)?|签了字?|认账|都?对的|没错/;
const STRONG = /确认|确定|确人|却认|确任|异议|异意|异义|意见|同意|认可|属实|无误|问题|毛病|认账/;
/** What may stand beside a confirming word and changes nothing. */
const BESIDE =
  /我(?:自己)?的?(?:积分|分数|得分|分)?|本人|俺的?|咱|自己的|(?:20\d\d年?)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?的?|上个?月的?|(?:积分|得分|分数|评分|公示|结果|情况|成绩)(?:表|榜|结果)?|已经?|(?:仔细|认真)?(?:看|瞧|瞄)(?:到|了|过了?|过的|好了)?|阅|算(?:过|了)|全部|一致|刚刚?|现在|才|公布|榜单?|单子|这边|这里|个人|支部|这次|本次|本月|当月|好的?|行|嗯+|可以|中|(?:认真|仔细|逐项|逐条)?核对(?:过|了)?|么样打|怎么打|要得|哈|啊|呀|咯|(?:问|弄|搞|听|想|说|查|讲|解释)(?:清楚|明白|通)(?:了|过)?|(?:晓得|知道|明白|没事)了|那就|表示|完全|都|也|对的?|没错|是对的|了|的|是|这个|分|在外(?:地|面|头)?|表(?!扬)|那一?行|这一?行|一行|收到|支部的?(?:答复|解释|处理)|答复|解释|谢谢.{0,8}$|感谢.{0,8}$|辛苦.{0,8}$|书记|小燕|ok|OK|上面|以上|回复|复|党员|同志|[\s,，.。、!！:：;；()'"“”‘’+~-]/g;

function boardMonth(message: Message): IsoMonth | null {
  for (const p of message.context.pending) if (p.kind === 'board') return p.month;
  // 支部的答复我看了，没意见: of what is being objected to, which is the board of last month.
  if (message.context.pending.some((p) => p.kind === 'objection')) return addMonths(message.month, -1);
  const quoted =
    message.quote && /公示|积分/.test(message.quote)
      ? findMonths(message.quote, { month: message.month, bias: 'past' })[0]
      : undefined;
  return quoted ?? null;
}

function withoutNames(body: string, hits: readonly NameHit[]): string {
  let rest = body;
  for (const hit of hits.toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  return rest;
}

/** The score a member says to confirm, which must equal the board's. */
function claimedScore(body: string): number | undefined {
  const own = /^我(?:的|是)*\s*(\d{2,3}(?:\.\d{1,2})?)/.exec(body);
  if (own) return Number(own[1]);
  const m =
    /(?:积?分|得分|公示)(?:是|为)?\s*[:：]?\s*(\d{2,3}(?:\.\d{1,2})?)(?!\s*[月号日])|(\d{2,3}(?:\.\d{1,2})?)\s*分/.exec(
      body,
    ) ??
    /^(?:确认|同意|无异议|没意见)[\s,，:：]*(\d{2,3}(?:\.\d{1,2})?)$|^(\d{2,3}(?:\.\d{1,2})?)[\s,，]*(?:确认|同意|对的|无异议|没错)/.exec(
      body,
    );
  return m ? Number(m[1] ?? m[2]) : undefined;
}

function confirming(member: string, month: IsoMonth, extra: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'confirm', command: 'confirm', slots: { member, month, ...extra } };
}

const PROXY =
  /(?:让|托|叫|喊|委托|请)(?:我|本人)(?:帮|替|代|来|给)*(?:他|她|忙)?.{0,4}(?:确认|同意|回)|(?:帮|替|代|给).{1,8}?(?:确认|回复|签|同意)|代(?:为)?确认|(?:他|她)(?:说|讲|表示)?(?:了|也|都)?(?:没|无|冇|同意|确认|认可)/;

/** 郭爹不参评，蔡玉兰托我确认: of several named, the one whose word it is. */
function isPrincipal(body: string, hit: NameHit): boolean {
  return (
    /^.{0,3}(?:让|托|叫|喊|委托|请|要)(?:我|本人)/.test(body.slice(hit.end)) ||
    /(?:帮|替|代|给)(?:了)?$/.test(body.slice(0, hit.start))
  );
}

/** 无异议，小燕辛苦了; 书记，我确认: thanked or spoken to, whose row it is not. */
function isSpokenTo(body: string, hit: NameHit): boolean {
  return (
    /^(?:辛苦|谢谢|多谢|费心|受累|[你您][,，]?|同志辛苦)/.test(body.slice(hit.end)) ||
    (hit.start === 0 && /^[,，:：]\s*我/.test(body.slice(hit.end))) ||
    /(?:辛苦|谢谢|感谢|多谢|麻烦)了?$/.test(body.slice(0, hit.start))
  );
}

/** 夏金莲让我帮她确认，她看过了; 帮国强确认; 确认 李水生 by somebody else. */
function readProxy(message: Message, month: IsoMonth): Reading | null {
  const self = message.sender ?? '';
  const others = message
    .names()
    .filter(
      (n) =>
        n.start < 30 &&
        !isSpokenTo(message.body, n) &&
        !(n.members.length === 1 && n.members[0] === self) &&
        n.how !== 'role',
    );
  if (others.length === 0 || message.asks || /不同意|不对|有异议|明天|等下|还没|没看/.test(message.body))
    return null;
  const said = PROXY.test(message.body) && /确认|同意|无异议|没意见/.test(message.body);
  const bare = bareRest(message, others) === '' && CONFIRMS.test(message.body);
  if (!said && !bare) return null;
  const hit = others.find((n) => isPrincipal(message.body, n)) ?? others[0]!;
  if (hit.members.length > 1) {
    const choices = hit.members.map((label) => ({
      label,
      reading: confirming(label, month, { proxy: self }),
    }));
    return {
      act: 'ask',
      intent: 'confirm',
      command: 'confirm',
      slots: { candidates: hit.members },
      question: {
        text: whichOf(hit),
        missing: ['member'],
        choices,
      },
    };
  }
  const claimed = claimedScore(message.body);
  return confirming(hit.members[0]!, month, {
    proxy: self,
    ...(claimed === undefined ? {} : { claimed }),
  });
}

function bareRest(message: Message, hits: readonly NameHit[]): string {
  return withoutNames(message.body, hits)
    .replace(new RegExp(CONFIRMS.source, 'g'), '')
    .replace(/\d{2,3}(?:\.\d{1,2})?\s*分?/g, '')
    .replace(BESIDE, '');
}

function readOwn(message: Message, month: IsoMonth): Reading | null {
  // 确 认: an old keyboard puts a space between two characters.
  const body = /^(?:\p{Script=Han}\s+){1,4}\p{Script=Han}$/u.test(message.body)
    ? message.body.replace(/\s+/g, '')
    : message.body;
  const self = message.sender ?? '';
  if (
    message.asks ||
    !CONFIRMS.test(body) ||
    /不同意|不确认|不认可|楼上|(?<!没|冇)有意见|(?<!没|冇)有异议|大家|各位|(?:异议|意见|问题|同意)的(?:同志|党员)?(?:请|就|都|回)/.test(
      body,
    )
  )
    return null;
  const hits = message.names();
  if (
    hits.some(
      (h) =>
        !h.members.includes(self) &&
        h.how !== 'role' &&
        !isSpokenTo(body, h) &&
        !/^[,，]|[,，谢苦]$/.test(body.slice(h.end, h.end + 1) + body.slice(h.start - 1, h.start)),
    )
  )
    return readLeadingClause(message, month);
  // 确认收到 says that it came, not that it is right.
  if (
    /确认(?:已)?收到|收到确认/.test(body) &&
    claimedScore(body) === undefined &&
    !/异议|无误|同意|意见/.test(body)
  )
    return askWhich(month);
  if (bareRest(message, hits) !== '') return readLeadingClause(message, month);
  const strong = STRONG.test(body);
  const claimed = claimedScore(body);
  // 对的 or 没错 alone may answer anybody; with one's score or quoting the board it is a confirmation.
  if (!strong && claimed === undefined && !message.quote) return null;
  const calls = message.context.pending.some((p) => p.kind === 'call');
  // 确认 alone may answer the other call just as well.
  if (calls && claimed === undefined && /收到|^(?:我)?确认了?$|^同意$/.test(body) && !message.quote)
    return askWhich(month);
  return confirming(self, month, claimed === undefined ? {} : { claimed });
}

/** 我没意见，但是建议以后早点公示: what follows the confirming clause adds a wish, no complaint. */
function readLeadingClause(message: Message, month: IsoMonth): Reading | null {
  const m =
    /^([^,，。;；!！\n]{2,16}(?:[,，。;；!！\n]+(?:我)?(?:确认|同意|无异议|没意见|没问题)(?:了|的|无误)?)?)[,，。;；!！\n]+(?:但是?|不过|就是|建议|以后|另外|希望|大家|谢|[^,，。]{2,6}的(?:等|还)|辛苦|下次|下个?月|[^,，。]{0,8}(?:确实|是我|该扣|应该扣|认))(.*)$/s.exec(
      message.body,
    );
  if (!m || /不对|错|少|漏|没给|没记|怎么|为什么|异议|(?<!的)等|明天|再看/.test(m[2]!)) return null;
  const clause = message.part(m[1]!.replace(/[,，。;；!！\n]+/g, ' '));
  return STRONG.test(m[1]!) && CONFIRMS.test(m[1]!) ? readOwn(clause, month) : null;
}

function askWhich(month: IsoMonth): Reading {
  return {
    act: 'ask',
    intent: 'confirm',
    command: 'confirm',
    slots: {},
    question: { text: `您是确认${Number(month.slice(5))}月积分公示吗？是的话回“确认”`, missing: ['what'] },
  };
}

/** 3月的现在才看到，确认: no board is open, but the month is said. */
function lateConfirmation(message: Message): Reading | null {
  const { body } = message;
  if (message.asks || !/月(?:份)?的|公示|积分/.test(body) || !STRONG.test(body) || message.names().length > 0)
    return null;
  const month = findMonths(body, { month: message.month, bias: 'past' })[0];
  if (month === undefined || !CONFIRMS.test(body) || bareRest(message, []) !== '') return null;
  return {
    act: 'ask',
    intent: 'confirm',
    command: 'confirm',
    slots: { member: message.sender, month },
    question: {
      text: `您是确认${Number(month.slice(5))}月积分吗？现在没有等确认的公示，有不对的请说“异议”`,
      missing: ['what'],
    },
  };
}

/** 我的分确认，… : a confirming clause that opens a longer message is read by its part. */
function read(message: Message): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  const month = boardMonth(message);
  if (month === null) {
    const late = lateConfirmation(message);
    if (late) return late;
    const direct =
      message.spokenTo &&
      CONFIRMS.test(message.body) &&
      bareRest(message, message.names()) === '' &&
      STRONG.test(message.body);
    return direct
      ? { act: 'answer', intent: 'confirm', command: 'confirm', slots: { nothing_open: true } }
      : null;
  }
  if (/^(?:收到|好的?|谢谢|嗯|OK|ok)$/.test(message.body)) return null;
  return readProxy(message, month) ?? readOwn(message, month);
}

export const confirmReading: ReadingDeclaration = { name: 'confirm', words: WORDS, read };
