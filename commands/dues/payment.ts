/** One payment of dues in words: whether it was made, in time, in full, when and with what proof (R16). */
import type { IsoMonth } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import { parseNumeral } from '../language/numerals.ts';
import type { DuesSlots, Question, Reading } from '../reading.ts';

export type Status = DuesSlots['entries'][number]['status'];
export interface Entry {
  readonly member: string;
  readonly months: readonly IsoMonth[];
  readonly status: Status;
  readonly [extra: string]: unknown;
}

/** 党非 and 党废 are voice input's. */
export const DUES = /党[费非废]/;
export const PAID = /交|缴|转(?!发|告)|付|收(?!缴)|清了|补(?:上|齐)|发(?:了|过去|给|你|您)/;
/** It has been paid: 交了, 已转, 刚交, 才补上. */
export const DONE =
  /(?:交|缴|转|付|补[交缴]?|收|清)(?:给.{1,4})?(?:完|清|过|齐|上|好|掉|到)?了|已(?:经)?(?:交|缴|转|付|收|补)|(?:刚|才|都)(?:交|缴|转|付|补)|(?:交|缴|转|付|补)(?:过|好|清|齐|完|上)|(?:转|交|缴|带|捎)(?:你|您|给|到)|(?:交|缴|转)的|转账|收到|(?:转|交|缴)\s*\d|发(?:过去|给你|给您|给小|你|您)(?:们)?了?|(?:微信|红包)发|给(?:你|您|小[一-龥]|[一-龥]{2,3})了|党费给了|(?:让|叫|托)[^,，。]{2,6}带(?:去|走|过去|给)|\d+(?:元|块)?钱?是[^,，。]{1,14}党费|发了\s*[\d一二两三四五六七八九十]/;
export const AHEAD =
  /(?:明天|后天|等下|等会|待会|过两天|下周|回头|晚点|月底前?|以后|马上|准备|打算|以为|记得|忘了|忘记|抓紧|尽快|赶紧|请(?!查|注意查|收)|麻烦.{0,4}交|还没|没交的|未交的|该交|要交|想交|怎么交|交给谁|找谁交|提醒|通知|转发|关于|做好|收缴|大家|各位|谁|标准|制度|规定|收党费|来交|去交(?!了|的))/;
export const AMOUNT =
  /(\d{1,5}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,4})\s*(?:元|块钱?|圆)|(?:转|交|缴|付|发)(?:了|过)?\s*(\d{1,4}(?:\.\d{1,2})?)(?!\s*[月号日.\d/-])/;

export function amountIn(text: string): number | undefined {
  const m = AMOUNT.exec(text);
  return m ? (parseNumeral(m[1] ?? m[2]!) ?? undefined) : undefined;
}

/** Too little before too late: 少交 is 不足额 even where it came late as well. */
export function statusIn(text: string, months: readonly IsoMonth[], now: IsoMonth): Status | null {
  const short =
    /少交|少缴|不足|不够|交少|缴少|(?:差|欠|短|少)(?:了)?\s*[\d一二两三四五]+(?:\.\d)?\s*(?:元|块|角|毛)|没交够|没交足|没缴足|没足额|未足额|[交缴]了?(?:其中)?(?:一部分|部分|一半)/.test(
      text,
    );
  const late =
    /晚了|晚交|晚缴|迟交|迟缴|迟了|交(?:得)?(?:晚|迟)|缴(?:得)?(?:晚|迟)|逾期|超期|过期|过了(?:时间|月|期)|才(?:补|去|来)?[交缴转付给]|没有?(?:按|准)时|未(?:按|准)时|不(?:按|准)时|没及时|未及时|拖到(?!(?:月底|最后一天|最后))|拖了|延迟|算(?:是)?迟/.test(
      text,
    ) ||
    (/补[交缴上齐]|后补|补(?=\d{1,2}月|[一二三四五六七八九十]+月)/.test(text) && months.some((m) => m < now));
  if (short) return late ? 'late-short' : 'short';
  if (late) return 'late';
  if (/(?:没|未|冇|不)(?:有|得)?(?:交|缴|收到)|欠|没给/.test(text)) return 'unpaid';
  if (/预交|预缴|提前交|提前缴/.test(text)) return 'prepaid';
  return PAID.test(text) ? 'paid' : null;
}

export function extras(message: Message, text: string, status: Status): Record<string, unknown> {
  const amount = amountIn(text);
  // 6.2交的 is a day here, whatever else such figures may be.
  const part = message.part(
    text
      .replace(/\d{1,2}月(?=\d{1,2}月)/g, ' ')
      .replace(/(?<!\d)(\d{1,2})[.](\d{1,2})(?=号?(?:才)?[交缴转])/, '$1月$2号'),
  );
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

export function dues(entries: readonly Entry[]): Reading {
  return { act: 'record', intent: 'dues', command: 'dues', slots: { entries } };
}

export function ask(question: Question): Reading {
  return { act: 'ask', intent: 'dues', command: 'dues', slots: {}, question };
}

export function near(message: Message): { month: IsoMonth; bias: 'around' } {
  return { month: message.month, bias: 'around' };
}

/** For a score sheet's row that says when dues were paid (张国强 党费3.2交的). */
export function duesOf(member: string, text: string, message: Message): Entry {
  const months = findMonths(text, near(message));
  const paid = months.length > 0 ? months : [message.month];
  const status = statusIn(text, paid, message.month) ?? 'paid';
  return { member, months: paid, status, ...extras(message, text, status) };
}
