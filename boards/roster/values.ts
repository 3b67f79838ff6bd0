import { dateOf, fromEpochDay, type IsoDate } from '../../scoring/calendar.ts';
import type { RosterPost, RosterRole, RosterStatus } from './columns.ts';

/** A cell as read: its value, or what is wrong with it; `doubt` is taken as read but said. */
export type Reading<T> =
  | { readonly value: T; readonly doubt?: string }
  | { readonly problem: string; readonly mend?: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NUMERALS = '〇一二三四五六七八九';

/**
 * A date as people type it into a table: `1965.3`, `1965年3月12日`, `196503`, `65.3`, `一九六五年三月`, `Mar-65`, an
 * Excel serial. Yields `YYYY-MM`, or `YYYY-MM-DD` where a day is given. A date after `today` is a problem.
 */
export function readDate(text: string, today: IsoDate): Reading<string> {
  const plain = digitsOf(text.normalize('NFKC').trim());
  const reading = serialDate(plain) ?? partsDate(plain, today) ?? monthNameDate(plain, today);
  if (reading === null) return { problem: `“${text}”不是日期`, mend: '写成 1965年3月 或 1965-03-12' };
  if (!('value' in reading)) return reading;
  if (reading.value.slice(0, 4) < '1900') return { problem: `“${text}”早于1900年` };
  if (reading.value > today.slice(0, reading.value.length)) return { problem: `“${text}”在今天之后` };
  return reading;
}

// 一九六五年十二月: the year digit by digit, month and day as numbers; the particles that follow a date are dropped.
function digitsOf(text: string): string {
  return text
    .replace(/(生|出生|入党|左右|转正|转入)$/, '')
    .replace(/零/g, '〇')
    .replace(/([二三])?十([一二三四五六七八九])?/g, (_, tens?: string, ones?: string) =>
      String(
        (tens === undefined ? 1 : NUMERALS.indexOf(tens)) * 10 +
          (ones === undefined ? 0 : NUMERALS.indexOf(ones)),
      ),
    )
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(NUMERALS.indexOf(digit)));
}

function serialDate(text: string): Reading<string> | null {
  const serial = /^(\d{5})(\.\d+)?$/.exec(text);
  if (serial === null) return null;
  const day = fromEpochDay(Number(serial[1]) - 25_569);
  return { value: day };
}

function partsDate(text: string, today: IsoDate): Reading<string> | null {
  const joined = /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
  const parted =
    /^(\d{4}|\d{2})[.\-/年\s,、]+(\d{1,2})(?:[.\-/月\s,、]+(\d{1,2})?)?[日号.]?(?:[T\s].*)?$/.exec(text);
  const parts = joined ?? parted;
  if (parts === null)
    return /^\d{4}年?$/.test(text) ? { problem: `“${text}”只有年份`, mend: '补上月份，如 1965年3月' } : null;
  const year = centuryOf(parts[1]!, today);
  const month = Number(parts[2]);
  const day = parts[3] === undefined ? null : Number(parts[3]);
  const date = dateOf(year, month, day ?? 1);
  if (date === null) return { problem: `“${text}”没有这一天` };
  const value = day === null ? date.slice(0, 7) : date;
  if (/^\d{4}\.1$/.test(text))
    return { value, doubt: `“${text}”按1月读；如果是10月（表格会去掉末尾的0），请写成 ${year}年10月` };
  if (parts[1]!.length === 2) return { value, doubt: `“${text}”按${year}年读` };
  return { value };
}

function monthNameDate(text: string, today: IsoDate): Reading<string> | null {
  const parts = /^([a-z]{3})[a-z]*[-\s](\d{2}|\d{4})$/i.exec(text);
  const month = parts === null ? -1 : MONTHS.indexOf(parts[1]!.toLowerCase());
  if (parts === null || month < 0) return null;
  const year = centuryOf(parts[2]!, today);
  return {
    value: `${year}-${String(month + 1).padStart(2, '0')}`,
    doubt: `“${text}”按${year}年${month + 1}月读`,
  };
}

/** Two digits of a year mean the latest such year that is not in the future. */
function centuryOf(digits: string, today: IsoDate): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return 2000 + year <= Number(today.slice(0, 4)) ? 2000 + year : 1900 + year;
}

export function readGender(text: string): Reading<string> {
  const plain = text.replace(/[\s性]/g, '');
  if (/^(男|女)$/.test(plain)) return { value: plain };
  return { problem: `性别“${text}”看不懂`, mend: '写“男”或“女”' };
}

/** A mobile number or a landline with its area code; spaces and dashes are dropped from a mobile number. */
export function readPhone(text: string): Reading<string> {
  const plain = text
    .normalize('NFKC')
    .replace(/\.0$/, '')
    .replace(/[\s\-()]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '');
  if (/^1[3-9]\d{9}$/.test(plain) || /^0\d{9,11}$/.test(plain) || /^[2-8]\d{6,7}$/.test(plain))
    return { value: plain };
  return { problem: `电话“${text}”位数不对`, mend: '手机号11位，座机带区号' };
}

const ROLE_WORDS: readonly (readonly [RegExp, RosterRole])[] = [
  [/(?<!副)书记(?!员)/, 'secretary'],
  [/副书记/, 'deputy'],
  [/记录员|记分员|积分员/, 'recorder'],
  [/监督员/, 'supervisor'],
  [/支委|委员(?!会)/, 'committee'],
];

/**
 * The office in the branch that a word names, 第一书记 (sent from outside) aside. A person's job, or a seat in the village committee, is no
 * office and reads as a plain member; of two offices the first in the list counts, and that is said.
 */
export function readRole(text: string): Reading<RosterRole> {
  const plain = text.replace(/第一书记|(村务监督|村民|居民)委员会[^、，,/]*|[村居]委会[^、，,/]*/g, '');
  const found = ROLE_WORDS.filter(([word]) => word.test(plain)).map(([, role]) => role);
  const value = found[0] ?? 'member';
  if (found.length < 2) return { value };
  return { value, doubt: `“${text}”有两个职务，这里只取一个，另一个导入后再任命` };
}

export function readYesNo(text: string, yesWords: readonly string[] = []): Reading<boolean> {
  const plain = text.replace(/\s/g, '');
  if (/^(是|√|✓|有|Y|y|yes|1|对|TRUE|true)$/.test(plain) || yesWords.includes(plain)) return { value: true };
  if (/^(否|不是|×|无|没有|N|n|no|0|FALSE|false|-|—|\/)$/.test(plain)) return { value: false };
  return { problem: `“${text}”看不懂`, mend: '写“是”或“否”' };
}

/** 正式 or 预备; in a column headed 预备党员 also 是 or 否. */
export function readStatus(text: string, heading: string): Reading<RosterStatus> {
  if (/预备/.test(text)) return { value: 'probationary' };
  if (/不纳入|免评|免考/.test(text)) return { value: 'exempt' };
  if (/正式|^(中共)?党员$/.test(text.trim())) return { value: 'full' };
  if (/预备/.test(heading)) {
    const yes = readYesNo(text);
    if ('value' in yes) return { value: yes.value ? 'probationary' : 'full' };
  }
  return { problem: `党员类别“${text}”看不懂`, mend: '写“正式党员”或“预备党员”' };
}

/** Post ids from one cell, which may hold several; a name is known by its words without 志愿服务 and 岗. */
export function readPosts(text: string, posts: readonly RosterPost[]): Reading<string[]> {
  const ids: string[] = [];
  const unknown: string[] = [];
  for (const word of text
    .split(/[、，,;；/|\n]+|\s{1,}/)
    .map((w) => w.trim())
    .filter((w) => w !== '')) {
    const id = postOf(word, posts);
    if (id === null) unknown.push(word);
    else if (!ids.includes(id)) ids.push(id);
  }
  if (unknown.length > 0)
    return {
      problem: `没有“${unknown.join('、')}”这个岗位`,
      mend: `可选：${posts.map((p) => p.name).join('、')}`,
    };
  return { value: ids };
}

function postOf(word: string, posts: readonly RosterPost[]): string | null {
  const key = postKey(word);
  if (key === '') return null;
  const exact = posts.find((post) => post.id === word || postKey(post.name) === key);
  if (exact !== undefined) return exact.id;
  const near =
    key.length < 2
      ? []
      : posts.filter((post) => within(key, postKey(post.name)) || within(postKey(post.name), key));
  const ids = new Set(near.map((post) => post.id));
  return ids.size === 1 ? [...ids][0]! : null;
}

function postKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/^[（(]?\d+[)）.、]?/, '')
    .replace(/志愿服务|志愿者|服务岗|岗位|岗|\s/g, '');
}

/** Whether the characters of a short name stand in a long one in order: 环卫 in 环境卫生维护, 矛盾化解 in 信访矛盾化解. */
function within(short: string, long: string): boolean {
  let at = 0;
  for (const character of short) {
    at = long.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** A name without the blanks inside that align it, and with one kind of dot and brackets. */
export function cleanName(text: string): string {
  const plain = text
    .replace(/^'(?=[=+\-@])/, '')
    .replace(/[•・‧∙．]/g, '·')
    .replace(/（/g, '(')
    .replace(/）/g, ')');
  return /[A-Za-z]/.test(plain)
    ? plain.trim().replace(/\s+/g, ' ')
    : plain.replace(/[\s\u3000\u200b-\u200f\ufeff]/g, '');
}
