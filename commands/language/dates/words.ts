/** The small pieces that every date pattern is made of. */
import { parseNumeral } from '../numerals.ts';

/** One Chinese digit, 1 to 9. */
export const DIGIT = '[一二三四五六七八九]';
/** A number of one or two places as used for days, hours, minutes: 5, 05, 十五, 二十三, 廿三, 卅. */
export const SMALL = `(?:[0-9]{1,2}|[廿卅]${DIGIT}?|[一二三四五]?十${DIGIT}?|[零〇]?[一二三四五六七八九两])`;
/** Blanks that may stand between two pieces. */
export const GAP = ' {0,3}';
export const WEEK = '(?:周|星期|礼拜)';

const known = new Map<string, number>();

/** The value of a short numeral that a pattern has already found; NaN where it is none. */
export function valueOf(text: string): number {
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const value = parseNumeral(text) ?? Number.NaN;
  if (known.size < 2000) known.set(text, value);
  return value;
}

/** A sticky pattern: it matches at the place it is asked about, and nowhere later. */
export function sticky(source: string): RegExp {
  return new RegExp(source, 'y');
}

export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

export function holdsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Past any blanks. */
export function skipBlanks(text: string, at: number): number {
  let next = at;
  while (next < at + 3 && text.charCodeAt(next) === 0x20) next += 1;
  return next;
}

/** The last few characters before a place, for guards that look back. */
export function before(text: string, at: number, count = 4): string {
  return text.slice(Math.max(0, at - count), at);
}

const HAN = /[\u3400-\u9fff\ud840-\udfff]/;

export function isHan(char: string | undefined): boolean {
  return char !== undefined && char !== '' && HAN.test(char);
}
