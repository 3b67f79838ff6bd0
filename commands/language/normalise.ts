/**
 * One shape for what phones type: full-width and half-width, traditional and simplified, the many dashes and
 * colons, invisible characters, emoji. `normalise` keeps every offset, so that what is found in its result can
 * be pointed at in the message itself; `clean` does not, and is for comparing whole words and sentences.
 */
import { Converter } from 'opencc-js/t2cn';

const SPACE = 0x20;

/** Punctuation that input methods, copies from Word and other keyboards put in place of the plain sign. */
const VARIANTS: Record<string, string> = {
  ':': '︰﹕∶꞉',
  '-': '‐‑‒–—―−﹣－ー',
  '~': '〜∼˜～',
  '/': '⁄∕',
  '.': '﹒․',
  ',': '﹐﹑',
  '"': '“”„〝〞＂',
  "'": '‘’‚＇',
  '(': '﹙〔',
  ')': '﹚〕',
  〇: '○◯',
};

const variants = new Map<number, number>();
for (const [plain, others] of Object.entries(VARIANTS)) {
  for (const other of others) variants.set(other.charCodeAt(0), plain.charCodeAt(0));
}

/** Characters without width: joiners, marks of direction, variation selectors, the keycap of 8️⃣. */
const INVISIBLE = new RegExp(
  '\\u034f|\\u20e3|[\\ufe00-\\ufe0f]|[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]',
);
const BLANK = /[\s\u00a0\u2000-\u200a\u202f\u205f\u2800\u3000\u3164]/;
const SYMBOL = /[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3297\u3299\u303d\ufffc\ufffd]/;
const COMPATIBLE = /[\u2e80-\u2fdf\uf900-\ufaff\uff61-\uffee]/;

let simplify: ((text: string) => string) | undefined;

/** A Chinese character in its simplified form where that is one character too (the OpenCC table). */
function simplified(unit: number): number {
  // Built on first use: reading the table takes some 25 ms, which a start should not wait for.
  const convert = simplify ?? Converter({ from: 't', to: 'cn' });
  simplify = convert;
  // Twice: of a few the simplified form has a simplified form of its own.
  const plain = convert(convert(String.fromCharCode(unit)));
  return plain.length === 1 ? plain.charCodeAt(0) : unit;
}

function plainUnit(unit: number): number {
  if (unit < 0x7f) return unit === 0x0a || unit > SPACE ? unit : SPACE;
  const variant = variants.get(unit);
  if (variant !== undefined) return variant;
  if (unit >= 0xff01 && unit <= 0xff5e) return unit - 0xfee0;
  // Characters outside the first plane: rare Chinese ones (planes 2 and 3) stay, emoji (plane 1) become blanks.
  if (unit >= 0xd800 && unit <= 0xdbff) return unit >= 0xd840 && unit <= 0xd8bf ? unit : SPACE;
  const text = String.fromCharCode(unit);
  if (INVISIBLE.test(text) || BLANK.test(text) || SYMBOL.test(text)) return SPACE;
  if (COMPATIBLE.test(text)) {
    const plain = text.normalize('NFKC');
    // What it stands for may itself be a sign that becomes a blank (a half-width arrow).
    if (plain.length === 1 && plain !== text) return plainUnit(plain.charCodeAt(0));
  }
  return unit >= 0x3400 && unit <= 0x9fff ? simplified(unit) : unit;
}

/** What each UTF-16 unit becomes, filled as characters are met; 0xffff = not met yet. */
const table = new Uint16Array(0x10000).fill(0xffff);

/**
 * The message in plain form, unit for unit: the same length, so offsets hold in both. Line breaks stay;
 * other blanks, invisible characters and emoji become spaces.
 */
export function normalise(text: string): string {
  let result = '';
  let copied = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    let plain = table[unit]!;
    if (plain === 0xffff) {
      plain = plainUnit(unit);
      table[unit] = plain;
    }
    // The second half of an emoji goes with its first half; of a rare Chinese character it stays.
    if (unit >= 0xdc00 && unit <= 0xdfff) {
      const lead = i > 0 ? text.charCodeAt(i - 1) : 0;
      plain = lead >= 0xd840 && lead <= 0xd8bf ? unit : SPACE;
    }
    if (plain !== unit) {
      result += text.slice(copied, i) + String.fromCharCode(plain);
      copied = i + 1;
    }
  }
  return copied === 0 ? text : result + text.slice(copied);
}

const INVISIBLE_ALL = new RegExp(INVISIBLE.source, 'g');

/** Whether the text holds characters without width, which a reader must take out (and map offsets) itself. */
export function hasInvisible(text: string): boolean {
  return INVISIBLE.test(text);
}

/** Whether a UTF-16 unit has no width. */
export function isInvisible(unit: string): boolean {
  return INVISIBLE.test(unit);
}

/**
 * The message for comparing: plain form, without emoji and invisible characters, runs of blanks made one,
 * none at the ends. Line breaks stay (a list is read by its lines). The length changes.
 */
export function clean(text: string): string {
  return normalise(text.replace(INVISIBLE_ALL, ''))
    .replace(/ *\n[ \n]*/g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}
