/**
 * Numbers as they are typed: 23, 二十三, 廿三, 两, 半, 二〇二六, 一千二, 一个半. (nzh reads 半 as 0, so they are
 * read here.)
 */

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  幺: 1,
  二: 2,
  贰: 2,
  两: 2,
  俩: 2,
  三: 3,
  叁: 3,
  仨: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const UNITS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const GREAT: Record<string, number> = { 万: 10_000, 亿: 100_000_000 };
const TENS: Record<string, number> = { 廿: 20, 卅: 30, 卌: 40 };

/** Every character a Chinese numeral is made of, for use inside a character class. */
export const NUMERAL_CHARS = '零〇一二三四五六七八九十百千万亿两廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟幺俩仨';

const ALL_DIGITS = /^[零〇一二三四五六七八九幺oO0-9]+$/;
const NUMERAL = new RegExp(`[${NUMERAL_CHARS}0-9]{1,16}`, 'y');

/** 二〇二六 → 2026, digit by digit; O stands in for 〇 as people type it. */
function readDigits(text: string): number {
  let value = 0;
  for (const char of text) value = value * 10 + (DIGITS[char] ?? (/[oO]/.test(char) ? 0 : Number(char)));
  return value;
}

/** 一千二百三十四 → 1234; null where the characters do not make a number. */
function readPlaces(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let lastUnit = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (/[0-9]/.test(char)) {
      digit = (digit ?? 0) * 10 + Number(char);
    } else if (char in DIGITS) {
      if (digit !== null && digit !== 0) return null;
      digit = DIGITS[char]!;
      if (digit === 0) lastUnit = 0;
    } else if (char in TENS) {
      if (digit !== null) return null;
      section += TENS[char]!;
      lastUnit = 10;
    } else if (char in UNITS) {
      lastUnit = UNITS[char]!;
      section += (digit === null || (digit === 0 && lastUnit === 10) ? 1 : digit) * lastUnit;
      digit = null;
    } else if (char in GREAT) {
      lastUnit = GREAT[char]!;
      total = (total + section + (digit ?? 0)) * lastUnit;
      section = 0;
      digit = null;
    } else return null;
  }
  // 一千二 is 1,200, 两万三 23,000: a last digit without a unit counts in the next place, unless 零 stands before it.
  const tail = digit === null ? 0 : lastUnit >= 100 && digit < 10 ? digit * (lastUnit / 10) : digit;
  return total + section + tail;
}

/**
 * The number a text stands for, or null. Chinese, Arabic or mixed (3千), with 半 (一个半 = 1.5, 半 = 0.5) and
 * decimals (2.5, 二点五).
 */
export function parseNumeral(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === '半') return 0.5;
  const half = /^(.+?)个?半$/.exec(text);
  if (half) {
    const whole = parseNumeral(half[1]!);
    return whole === null || !Number.isInteger(whole) ? null : whole + 0.5;
  }
  const point = /^(.+)点([零〇一二三四五六七八九]+)$/.exec(text);
  if (point) {
    const whole = parseNumeral(point[1]!);
    return whole === null
      ? null
      : Number(
          `${whole}.${Array.from(point[2]!)
            .map((c) => DIGITS[c])
            .join('')}`,
        );
  }
  if (text === '') return null;
  if (text.length > 1 && ALL_DIGITS.test(text)) return readDigits(text);
  return readPlaces(text);
}

/** The longest numeral that starts at `from`, or null. */
export function readNumeral(text: string, from: number): { value: number; end: number } | null {
  NUMERAL.lastIndex = from;
  const found = NUMERAL.exec(text)?.[0];
  if (found === undefined) return null;
  for (let length = found.length; length > 0; length -= 1) {
    const value = parseNumeral(found.slice(0, length));
    if (value !== null) return { value, end: from + length };
  }
  return null;
}

const NAMES = '零一二三四五六七八九';

function underTenThousand(value: number): string {
  let text = '';
  let skipped = false;
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      skipped = text !== '';
      continue;
    }
    text += `${skipped ? '零' : ''}${NAMES[digit]}${name}`;
    skipped = false;
  }
  return text;
}

/** A whole number from 0 to 99,999,999 in Chinese: 23 → 二十三, 10 → 十, 305 → 三百零五. */
export function toChinese(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 99_999_999)
    throw new RangeError(`no numeral for ${value}`);
  if (value === 0) return '零';
  const great = Math.floor(value / 10_000);
  const rest = value % 10_000;
  const gap = great > 0 && rest > 0 && rest < 1000 ? '零' : '';
  const text = (great > 0 ? `${underTenThousand(great)}万${gap}` : '') + underTenThousand(rest);
  return text.startsWith('一十') ? text.slice(1) : text;
}
