/** What a member says of the own dues, or of those paid for somebody. */
import type { Message, NameHit } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import type { Reading } from '../reading.ts';
import { whichOf } from '../which.ts';
import { AHEAD, amountIn, ask, DONE, dues, extras, near, statusIn } from './payment.ts';

/** 我的党费转了, 帮我爹交了. */
export function readOwn(message: Message): Reading | null {
  const { body } = message;
  const self = message.sender ?? '';
  const worded =
    message.command && (findMonths(body, near(message)).length > 0 || amountIn(body) !== undefined);
  // 退休工资里扣的, 3月份已经扣了: paid out of one's wages.
  const withheld =
    /(?:工资|卡|银行|养老金)(?:里|上)?[^,，。]{0,4}(?:代)?扣|代扣|自动扣/.test(body) &&
    /扣(?:了|过|的|掉|好)/.test(body);
  // [微信红包]3月份党费: sent, with what it is for.
  const sent =
    /\[(?:微信)?(?:红包|转账)\]/.test(message.text) &&
    /^(?:我的?)?(?:\d{1,2}月份?|这个月|本月)?的?党费$/.test(body);
  if (!DONE.test(body) && !worded && !withheld && !sent) return null;
  if (!message.spokenTo && /😂|🤣|😄|😆|哈哈|嘿嘿/.test(message.text)) return null;
  if (/大学|学校|公司|单位/.test(body) && !message.spokenTo) return null;
  // 忘记交了，现在补上: forgotten once, and paid.
  const mended =
    /(?:忘了|忘记)[^,，。]{0,4}[,，。][^,，。]{0,4}(?:现在|刚|才|今天)?(?:补[交缴]?|交|转)(?:上|了|齐|过|的)/.test(
      body,
    );
  if (
    AHEAD.test(
      (mended ? body.replace(/忘了|忘记/g, '') : body).replace(/差点[^,，。]{0,2}忘(?:了|记)?/, ''),
    ) ||
    /(?:没|未|冇)(?:有)?(?:交|缴|转)/.test(body)
  )
    return null;
  const months = findMonths(body, near(message));
  const named = message.names().filter((n) => !spokenTo(message, n));
  const unclear = named.find((n) => n.members.length > 1 && !n.members.includes(self));
  const others = [...new Set(named.flatMap((n) => (n.members.length === 1 ? n.members : [])))].filter(
    (n) => n !== self,
  );
  const behalf = /帮|替|代|给/.test(body);
  if (others.length > 0 && !behalf && !/我(?:和|跟|与)|(?:和|跟|与)我/.test(body)) return null;
  if (unclear)
    return ask({
      text: whichOf(unclear),
      missing: ['member'],
    });
  const amount = amountIn(body);
  // 两个月的党费: which two?
  if (months.length === 0 && /[两二三四五六几\d]个月/.test(body))
    return ask({ text: '是哪几个月的党费？', missing: ['months'] });
  if (months.length === 0 && amount !== undefined && amount > 2)
    return ask({ text: `${amount}元是哪几个月的党费？`, missing: ['months'] });
  const status = statusIn(body, months, message.month) ?? 'paid';
  // 党费我让小军代交了: through whom, not whose.
  const through = /(?:我|党费)(?:让|叫|托|请|喊|麻烦)|(?:帮|替|代)我/.test(body);
  const joint = /我(?:和|跟|与)|(?:和|跟|与)我|我们/.test(body);
  const payers = others.length === 0 || through ? [self] : joint ? [self, ...others] : others;
  const paid = months.length > 0 ? months : [message.month];
  return dues(payers.map((member) => ({ member, months: paid, status, ...extras(message, body, status) })));
}

const OPENS = /^[,，: ]?\s*(?:我|党费|帮我|麻烦|请|钱|转)/;
/** To who keeps the money the month may come first: 小燕，2月党费转了. */
const OPENS_TO_KEEPER =
  /^[,，: ]?\s*(?:我|(?:(?:\d{1,2}|[一二三四五六七八九十]+|这个|上个|本)月(?:份)?的?)?党费|帮我|麻烦|请|钱|转)/;

/** 小燕，… and 转你了: the name is whom one speaks to; 转给小燕了: whom one paid. */
export function spokenTo(message: Message, hit: NameHit): boolean {
  const { body } = message;
  const after = body.slice(hit.end);
  const before = body.slice(0, hit.start);
  const keeper = hit.members.every((name) =>
    message.context.members.some((m) => m.name === name && /recorder|secretary|deputy/.test(m.role)),
  );
  // 刚转的，小燕看下.
  if (/[,，]$/.test(before) && /^(?:(?:看|查|收|记|核)(?:收|对)?(?:一?下)?)?$/.test(after)) return true;
  if (hit.start === 0 && /^[,，: ]/.test(after) && /转你|转您|给你|给您|我|收一下|查收/.test(after))
    return true;
  // 小燕，2月党费搞忘记了: said to who keeps the money; 毕… 2月党费 is a row.
  const opens = keeper ? OPENS_TO_KEEPER : OPENS;
  const told = keeper ? /我|你|您|[交转补]/ : /我|你|您|党费(?:已|转|交)/;
  if (hit.start === 0 && opens.test(after) && told.test(body.slice(hit.end, hit.end + 30)))
    return /^[,，: ]/.test(after) || after.startsWith('我');
  // 今天给小燕了: who keeps the money is no payer.
  if (/给(?:了)?$/.test(before) && !/[帮替代]/.test(body) && keeper) return true;
  return /(?:转|交|付|发|微信)(?:给|到)?(?:了)?$|(?:块|元|钱|费)(?:都|也|已经?)?给(?:了)?$|@$|找$|向$/.test(
    before,
  );
}
