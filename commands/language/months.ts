/** Months as people say them: 2月份, 1-3月, 1、2月, 一季度, 全年, 上个月. Days (3月4号) are not months. */
import { addMonths, type IsoMonth } from '../../scoring/calendar.ts';
import { parseNumeral } from './numerals.ts';

const N = '(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])';
const NOT_DAY =
  '(?!\\s*(?:\\d{1,2}|[一二三四五六七八九十廿]{1,3})\\s*(?:[号日]|[-~到至]\\d{1,2}[号日])|\\d(?!\\d?月|\\d*\\s*(?:元|块)))';
const RANGE = new RegExp(
  `(?:(20\\d\\d)年)?(?<![\\d.])(${N})(?:月份?)?\\s*(?:-|~|到|至)\\s*(${N})月份?${NOT_DAY}`,
  'g',
);
const LIST = new RegExp(
  `(?:(20\\d\\d)年)?(?<![\\d.])(${N}(?:月份?)?(?:\\s*[、,和跟及]\\s*${N}(?:月份?)?)*)(?<!月|份)月份?${NOT_DAY}|(?:(20\\d\\d)年)?(?<![\\d.])(${N})月份?${NOT_DAY}`,
  'g',
);
/** 一二三月: a run of single digits in Chinese that count up. */
const RUN = new RegExp(`(?<![一二三四五六七八九十])([一二三四五六七八九]{2,6})月份?${NOT_DAY}`, 'g');
const QUARTER = /(?:第)?([一二三四1-4])季度|(?:这个?|本|一个)季度|上(?:个)?季度/g;

interface Near {
  /** The month of the message. */
  readonly month: IsoMonth;
  /** `past`: a month ahead of now is last year's. `around`: up to half a year ahead is this year's. */
  readonly bias: 'past' | 'around';
}

function resolve(year: string | undefined, number: number, near: Near): IsoMonth {
  const mm = String(number).padStart(2, '0');
  if (year) return `${year}-${mm}`;
  const now = Number(near.month.slice(5));
  const ahead = number - now;
  const thisYear = Number(near.month.slice(0, 4));
  const before = near.bias === 'past' ? ahead > 0 : ahead > 8;
  return `${before ? thisYear - 1 : thisYear}-${mm}`;
}

function range(year: string | undefined, from: number, to: number, near: Near): IsoMonth[] {
  if (to < from) return [resolve(year, to, near)];
  const first = resolve(year, from, near);
  return Array.from({ length: to - from + 1 }, (_, i) => addMonths(first, i));
}

function quarterOf(text: string, number: string | undefined, near: Near): IsoMonth[] {
  const year = near.month.slice(0, 4);
  const now = Math.ceil(Number(near.month.slice(5)) / 3);
  const q = number ? (parseNumeral(number) ?? now) : text.startsWith('上') ? now - 1 : now;
  const first = q < 1 ? addMonths(`${year}-01`, -3) : `${year}-${String(q * 3 - 2).padStart(2, '0')}`;
  return [0, 1, 2].map((i) => addMonths(first, i));
}

/** Every month named, in order, each once. Empty where none is. */
export function findMonths(text: string, near: Near): IsoMonth[] {
  if (!/[月季年]/.test(text)) return [];
  const found: IsoMonth[] = [];
  const year = near.month.slice(0, 4);
  let rest = text;
  const take = (pattern: RegExp, read: (m: RegExpMatchArray) => IsoMonth[]): void => {
    rest = rest.replace(pattern, (...args: unknown[]) => {
      const groups = args.slice(0, -2) as (string | undefined)[];
      found.push(...read(groups as unknown as RegExpMatchArray));
      return ' '.repeat(String(args[0]).length);
    });
  };
  if (/[-~到至]/.test(text))
    take(RANGE, (m) => range(m[1], parseNumeral(m[2]!) ?? 0, parseNumeral(m[3]!) ?? 0, near));
  if (found.length === 0 && /[年季]/.test(text)) {
    take(/全年|一整?年的?|整年|(?:今年|本年度|一年)(?:的)?(?=党费)/g, () => range(year, 1, 12, near));
    take(/上半年/g, () => range(year, 1, 6, near));
    take(/(?:到|至)(?:今年)?年底/g, () => range(year, Number(near.month.slice(5)), 12, near));
    take(/下半年/g, () => range(year, 7, 12, near));
    take(QUARTER, (m) => quarterOf(m[0], m[1], near));
  }
  rest = rest.replace(RUN, (all, run: string) => {
    const numbers = run.split('').map((c) => parseNumeral(c) ?? 0);
    if (!numbers.every((n, i) => i === 0 || n === numbers[i - 1]! + 1)) return all;
    return all.replace(run, numbers.join('、'));
  });
  take(LIST, (m) => {
    const numbers = (m[2] ?? m[4] ?? '')
      .replace(/月份?/g, '')
      .split(/[、,和跟及\s]+/)
      .filter(Boolean);
    return numbers.map((n) => resolve(m[1] ?? m[3], parseNumeral(n) ?? 1, near));
  });
  if (found.length === 0 && /[这本当上下前].{0,3}月/.test(rest)) {
    if (/这两个?月/.test(rest)) found.push(addMonths(near.month, -1), near.month);
    else if (/前两个?月|上两个?月/.test(rest))
      found.push(addMonths(near.month, -2), addMonths(near.month, -1));
    if (/上个?月/.test(rest)) found.push(addMonths(near.month, -1));
    if (/(?:这个?|本|当)月/.test(rest)) found.push(near.month);
    if (/下个?月/.test(rest) && near.bias === 'around') found.push(addMonths(near.month, 1));
  }
  return [...new Set(found)];
}
