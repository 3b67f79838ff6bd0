/** What the commands of the month find in a message: which month, which numbers, which minute. */
import { addMonths, dateOf, type IsoDate, type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import { NUMERAL_CHARS, parseNumeral } from '../language/numerals.ts';
import type { Intent, Reading, Role, Slots } from '../reading.ts';

const N = `(?:\\d{1,2}|[${NUMERAL_CHARS}]{1,3})`;
/** 3月, 三月份, 2026年3月 … but not the month of a day (3月28日). */
const MONTH = new RegExp(`(?:(\\d{4})年)?(?<![\\d${NUMERAL_CHARS}.])(${N})月份?(?!\\s*${N}\\s*[日号]|\\d)`);
const DAY = new RegExp(`(?:(\\d{4})年)?(${N})月(${N})[日号]?`);

/** The month a text is about, or null. A bare month is the latest such month that has begun (R09: 12月 in January is last year). */
function saidMonth(text: string, today: IsoDate): IsoMonth | null {
  const iso = /(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?!-?\d)/.exec(text);
  if (iso) return `${iso[1]}-${iso[2]}`;
  const here = monthOf(today);
  if (/上个?月/.test(text)) return addMonths(here, -1);
  if (/(?:本|这个?|当)月/.test(text)) return here;
  const found = MONTH.exec(text);
  const number = found ? parseNumeral(found[2]!) : null;
  if (number === null || number < 1 || number > 12) return null;
  const two = String(number).padStart(2, '0');
  if (found![1] !== undefined) return `${found![1]}-${two}`;
  const year = Number(here.slice(0, 4));
  const month = `${year}-${two}`;
  return month > here ? `${year - 1}-${two}` : month;
}

/** The day of the committee's meeting: the first day named after 支委会 or 会议, else the first day of the text. */
export function saidMinute(text: string, today: IsoDate): IsoDate | null {
  const meeting = /支委会?|委员会|会议|研究/.exec(text);
  const after = meeting ? text.slice(meeting.index) : text;
  return saidDay(after, today) ?? saidDay(text, today);
}

/** An explicit day (3月28日), the latest such day not after today; 今天 and 昨天 too. */
export function saidDay(text: string, today: IsoDate): IsoDate | null {
  const iso = /(?<!\d)(20\d\d-\d\d-\d\d)(?!\d)/.exec(text);
  if (iso) return iso[1]!;
  const found = DAY.exec(text);
  if (found) {
    const month = parseNumeral(found[2]!);
    const day = parseNumeral(found[3]!);
    const year = found[1] === undefined ? Number(today.slice(0, 4)) : Number(found[1]);
    if (month === null || day === null) return null;
    const date = dateOf(year, month, day);
    if (date === null || found[1] !== undefined || date <= today) return date;
    return dateOf(year - 1, month, day);
  }
  return /今[天日晚]/.test(text) ? today : null;
}

/** The first number of a ticket, proposal or application: `裁定 3`, `3号`, `#3`. */
export function saidNumber(text: string): number | null {
  const found = /(?:#|第)?\s*(\d{1,5})(?!\d|\s*[月日分年.:])/.exec(text);
  return found ? Number(found[1]) : null;
}

/** What stands after the number and the verdict: the words of a ruling, the reason of a return. */
export function saidReason(text: string): string {
  return text.replace(/^[\s,，:：。;；]*(?:(?:因为|原因|理由|由于)[是为]?)?[\s,，:：]*/, '').trim();
}

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '!': '！',
  '?': '？',
  '(': '（',
  ')': '）',
};

/** Words as people write them: what was typed full-width beside Chinese characters is so again when it is said back. */
export function asWritten(text: string): string {
  return text.replace(
    /(?<=\p{Script=Han}|[，；：）)])[,;:!?()]|[,;:!?()](?=\p{Script=Han})/gu,
    (mark) => FULL_WIDTH[mark] ?? mark,
  );
}

/** Overheard words are an instruction only where they name what this system keeps; public lists and notices are none. */
const OURS =
  /积分|记分|公示榜|互评|支委|备案|异议|裁定|纸质|年度|[\d一二三四五六七八九十]月份?(?:的)?(?:公示|榜)|(?:本|上个?|这个?)月的?(?:公示|榜)/;
const NOT_OURS = /名单|拟[推表录聘入]|街道|招聘|招标|中标|监督电话|转发|\[链接\]|https?:/;

function isOurs(text: string): boolean {
  return text.length <= 60 && OURS.test(text) && !NOT_OURS.test(text);
}

export interface Plain {
  readonly name: string;
  readonly intent?: Intent;
  readonly words: readonly string[];
  /** Natural speech that is plainly this command. */
  readonly speech?: RegExp;
  /** Whose speech is heard in the group although it is not said to the bot. Nobody else's is. */
  readonly overheard?: readonly Role[];
  /** The slots of what was said; `rest` is the text without its command word. Null = not for this command. */
  readonly slots?: (message: Message, rest: string) => Slots | null;
}

/** The `read` of a command that opens with its word, or is said in plain speech by those who may. */
export function plainRead({
  name,
  intent,
  speech,
  overheard,
  slots,
}: Plain): (message: Message) => Reading | null {
  return (message) => {
    const worded = message.command?.name === name;
    if (!worded) {
      if (!speech?.test(message.body)) return null;
      if (!message.spokenTo && !(overheard?.includes(message.role) && isOurs(message.body))) return null;
      if (message.asks && !message.spokenTo) return null;
    }
    const found = slots ? slots(message, worded ? (message.command?.rest ?? '') : message.body) : {};
    const act = intent === 'query' ? 'answer' : 'record';
    return found && { act, intent: intent ?? 'none', command: name, slots: found };
  };
}

/** The month of a message as a slot, where it names one. */
export function monthSlot(message: Message): { readonly month?: IsoMonth } {
  const month = saidMonth(message.body, message.today);
  return month ? { month } : {};
}

/** A slot of the speaker's own words, as written. */
export function wordsSlot(reading: Reading, slot: string): string | null {
  const words = textSlot(reading, slot);
  return words === null ? null : asWritten(words);
}

/** A slot of text, or null. */
export function textSlot(reading: Reading, slot: string): string | null {
  const value = reading.slots[slot];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberSlot(reading: Reading, slot: string): number | null {
  const value = reading.slots[slot];
  return typeof value === 'number' ? value : null;
}

export function namesSlot(reading: Reading, slot: string): string[] {
  const value = reading.slots[slot];
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
}
