/** Reading dues: what a member says to have paid, and the recorder's lists. Amounts are read to ask, never shown. */
import type { IsoMonth } from '../../scoring/calendar.ts';
import type { Message, NameHit, ReadingDeclaration } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import { parseNumeral } from '../language/numerals.ts';
import type { DuesSlots, Question, Reading } from '../reading.ts';

const WORDS = ['党费', '缴费', '缴党费', '交党费'];
type Status = DuesSlots['entries'][number]['status'];
interface Entry {
  readonly member: string;
  readonly months: readonly IsoMonth[];
  readonly status: Status;
  readonly [extra: string]: unknown;
}

/** Other things that are paid for. */
const OTHER_FEES =
  /电费|水费|话费|房租|学费|物业|燃气|气费|网费|车费|油费|运费|医保费|社保|保险费|罚款|会费|报名费|押金|定金|团费|份子钱|礼金|货款|饭钱/;
const PAID = /交|缴|转(?!发|告)|付|收(?!缴)|清了|补(?:上|齐)/;
/** It has been paid: 交了, 已转, 刚交, 才补上. */
const DONE =
  /(?:交|缴|转|付|补[交缴]?|收|清)(?:给.{1,4})?(?:完|清|过|齐|上|好|掉|到)?了|已(?:经)?(?:交|缴|转|付|收|补)|(?:刚|才|都)(?:交|缴|转|付|补)|(?:交|缴|转|付|补)(?:过|好|清|齐|完|上)|(?:交|缴|转)(?:你|您|给|到)|(?:交|缴|转)的|转账|收到|(?:转|交|缴)\s*\d/;
const AHEAD =
  /(?:明天|后天|等下|等会|待会|过两天|下周|回头|晚点|月底前?|以后|马上|准备|打算|记得|忘了|忘记|抓紧|尽快|赶紧|请(?!查|注意查|收)|麻烦.{0,4}交|还没|没交的|未交的|该交|要交|想交|怎么交|交给谁|找谁交|提醒|通知|转发|关于|做好|收缴|大家|各位|谁|标准|制度|规定|收党费|来交|去交(?!了))/;
const AMOUNT =
  /(\d{1,5}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,4})\s*(?:元|块钱?|圆)|(?:转|交|缴|付)(?:了|过)?\s*(\d{1,4}(?:\.\d{1,2})?)(?!\s*[月号日.\d/-])/;

function amountIn(text: string): number | undefined {
  const m = AMOUNT.exec(text);
  return m ? (parseNumeral(m[1] ?? m[2]!) ?? undefined) : undefined;
}

/** Too little before too late: 少交 is 不足额 even where it came late as well. */
function statusIn(text: string, months: readonly IsoMonth[], now: IsoMonth): Status | null {
  const short = /少交|少缴|不足|不够|交少|差\s*[\d一二两三四五]+(?:\.\d)?\s*[元块]|没交够|没足额|未足额/.test(
    text,
  );
  const late =
    /晚了|迟交|迟缴|交晚|交迟|逾期|过期|才交|才缴|才转|没按时|未按时|不按时|没准时|拖到|延迟/.test(text) ||
    (/补[交缴上]/.test(text) && months.some((m) => m < now));
  if (short) return late ? 'late-short' : 'short';
  if (late) return 'late';
  if (/(?:没|未|冇|不)(?:有)?(?:交|缴)|欠/.test(text)) return 'unpaid';
  if (/预交|预缴|提前交|提前缴/.test(text)) return 'prepaid';
  return PAID.test(text) ? 'paid' : null;
}

function extras(message: Message, text: string, status: Status): Record<string, unknown> {
  const amount = amountIn(text);
  // 6.2交的 is a day here, whatever else such figures may be.
  const part = message.part(text.replace(/(?<!\d)(\d{1,2})[.](\d{1,2})(?=号?(?:才)?[交缴转])/, '$1月$2号'));
  const paidOn = /才|交的|缴的|转的|号交|日交|号缴|号转|[号日]/.test(text)
    ? part.dates('past').find((d) => d.vague !== 'day' && /\d|号|日|昨|前天/.test(d.text))?.date
    : undefined;
  const owed = status === 'short' || status === 'late-short';
  return {
    ...(paidOn ? { paid_on: paidOn } : {}),
    ...(amount === undefined ? {} : owed ? { short: amount } : { amount }),
    ...(message.hasImage ? { proof: 'image' } : {}),
  };
}

function dues(entries: readonly Entry[]): Reading {
  return { act: 'record', intent: 'dues', command: 'dues', slots: { entries } };
}

function ask(question: Question): Reading {
  return { act: 'ask', intent: 'dues', command: 'dues', slots: {}, question };
}

function near(message: Message): { month: IsoMonth; bias: 'around' } {
  return { month: message.month, bias: 'around' };
}

/** What a member says of the own dues, or of dues paid for somebody: 我的党费转了, 帮我爹交了. */
function readOwn(message: Message): Reading | null {
  const { body } = message;
  const self = message.sender ?? '';
  const worded =
    message.command && (findMonths(body, near(message)).length > 0 || amountIn(body) !== undefined);
  if (!DONE.test(body) && !worded) return null;
  if (/大学|学校|公司|单位/.test(body) && !message.spokenTo) return null;
  if (AHEAD.test(body) || /(?:没|未|冇)(?:有)?(?:交|缴|转)/.test(body)) return null;
  const months = findMonths(body, near(message));
  const named = message.names().filter((n) => !spokenTo(body, n));
  const unclear = named.find((n) => n.members.length > 1 && !n.members.includes(self));
  const others = [...new Set(named.flatMap((n) => (n.members.length === 1 ? n.members : [])))].filter(
    (n) => n !== self,
  );
  const behalf = /帮|替|代|给/.test(body);
  if (others.length > 0 && !behalf && !/我(?:和|跟|与)|(?:和|跟|与)我/.test(body)) return null;
  if (unclear)
    return ask({
      text: `哪个${unclear.text}？${unclear.members.map((m, i) => `${i + 1} ${m}`).join(' ')}`,
      missing: ['member'],
    });
  const amount = amountIn(body);
  if (months.length === 0 && amount !== undefined && amount > 2)
    return ask({ text: `${amount}元是哪几个月的党费？`, missing: ['months'] });
  const status = statusIn(body, months, message.month) ?? 'paid';
  const joint = /我(?:和|跟|与)|(?:和|跟|与)我|我们/.test(body);
  const payers = others.length === 0 ? [self] : joint ? [self, ...others] : others;
  const paid = months.length > 0 ? months : [message.month];
  return dues(payers.map((member) => ({ member, months: paid, status, ...extras(message, body, status) })));
}

/** 小燕，… and 转你了: the name is whom one speaks to; 转给小燕了: whom one paid. */
function spokenTo(body: string, hit: NameHit): boolean {
  const after = body.slice(hit.end);
  const before = body.slice(0, hit.start);
  if (/[,，]$/.test(before) && after === '') return true;
  if (hit.start === 0 && /^[,，: ]/.test(after) && /转你|转您|给你|给您|我|收一下|查收/.test(after))
    return true;
  if (
    hit.start === 0 &&
    /^[,，: ]?\s*(?:我|党费|帮我|麻烦|请|钱|转)/.test(after) &&
    /我|你|您|党费(?:已|转|交)/.test(body.slice(hit.end, hit.end + 30))
  )
    return /^[,，: ]/.test(after) || after.startsWith('我');
  return /(?:转|交|付|发|微信)(?:给|到)?(?:了)?$|@$|找$|向$/.test(before);
}

/** The recorder's rows: each name, or run of names, with what follows it. */
function rowsOf(message: Message): { header: string; rows: { hits: NameHit[]; text: string }[] } {
  const { body } = message;
  const hits = message.names();
  const first = hits[0]?.start ?? body.length;
  const rows: { hits: NameHit[]; text: string }[] = [];
  hits.forEach((hit, i) => {
    const text = body.slice(hit.end, hits[i + 1]?.start ?? body.length);
    const last = rows.at(-1);
    if (last && /^[、,，\s和跟与及]*$/.test(last.text)) {
      last.hits.push(hit);
      last.text = text;
    } else rows.push({ hits: [hit], text });
  });
  return { header: body.slice(0, first), rows };
}

function readRows(message: Message): Reading | null {
  if (!/recorder|secretary|deputy|committee/.test(message.role)) return null;
  const { body } = message;
  if (
    /请大家|@所有人|抓紧|尽快|转发|关于|通知|扣\s*\d|各扣|扣[一二三五十]/.test(message.text) ||
    message.asks
  )
    return null;
  const { header, rows } = rowsOf(message);
  if (rows.length === 0) return null;
  const headMonths = findMonths(header, near(message));
  const entries: Entry[] = [];
  for (const row of rows) {
    const unclear = row.hits.find((h) => h.members.length > 1);
    if (unclear)
      return ask({
        text: `哪个${unclear.text}？${unclear.members.map((m, i) => `${i + 1} ${m}`).join(' ')}`,
        missing: ['member'],
      });
    const own = findMonths(row.text, near(message));
    const months = own.length > 0 ? own : headMonths.length > 0 ? headMonths : [message.month];
    const said = /[交缴转付收欠清晚少差]/.test(row.text) ? row.text : `${header}${row.text}`;
    const status = statusIn(said, months, message.month) ?? statusIn(body, months, message.month) ?? 'paid';
    for (const hit of row.hits) {
      const member = hit.members[0]!;
      if (!entries.some((e) => e.member === member))
        entries.push({ member, months, status, ...extras(message, row.text, status) });
    }
  }
  return dues(entries);
}

/** 党费 need not be said where months are paid for and the money went to the recorder: 4-6月三块钱，微信转你了. */
function aboutDues(message: Message): boolean {
  const { body } = message;
  if (/党费/.test(body)) return true;
  if (OTHER_FEES.test(body) || !AMOUNT.test(body)) return false;
  const months = findMonths(body, near(message));
  if (months.length === 0 || !PAID.test(body)) return false;
  if (/recorder|secretary|deputy/.test(message.role))
    return message.names().length > 0 && /已收|收到|收了|交了|已交|交来/.test(body);
  return (
    /季度|全年|半年|\d\s*[-~到至]\s*\d+月/.test(body) &&
    message
      .names()
      .some(
        (n) =>
          n.start === 0 &&
          n.members.some((m) => message.context.members.some((x) => x.name === m && x.role === 'recorder')),
      )
  );
}

function read(message: Message): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  if (!aboutDues(message) && message.command?.name !== 'dues') return null;
  if (/电费|水费/.test(message.body) && !/党费/.test(message.body)) return null;
  if (message.command?.name === 'dues' && message.command.rest === '')
    return ask({ text: '党费是哪几个月的？比如：党费 3月 已交', missing: ['months'] });
  if (message.asks) return null;
  const own = /我|本人/.test(message.body) || message.names().length === 0;
  if (own || !/recorder|secretary|deputy|committee/.test(message.role)) return readOwn(message);
  return readRows(message);
}

export const DUES_HINT = /党费|缴费|[元块]/;
export const duesReading: ReadingDeclaration = { name: 'dues', words: WORDS, read };
/** For a score sheet's row that says when dues were paid (张国强 党费3.2交的). */
export function duesOf(member: string, text: string, message: Message): Entry {
  const months = findMonths(text, near(message));
  const paid = months.length > 0 ? months : [message.month];
  const status = statusIn(text, paid, message.month) ?? 'paid';
  return { member, months: paid, status, ...extras(message, text, status) };
}
