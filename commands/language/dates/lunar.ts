/** Lunar days: 农历九月初九, 正月十五, 腊月廿三, 大年初三; and bare 初八 or 八月十五, which are guesses. */
import { Lunar, LunarMonth, LunarYear } from 'lunar-typescript';
import { addDays, epochDay, type IsoDate } from '../../../scoring/calendar.ts';
import type { Day, DayRef, Now } from './day.ts';
import { isGivenName } from './guards.ts';
import { before, DIGIT, GAP, holdsAt, matchAt, SMALL, sticky, valueOf } from './words.ts';
import { yearOfWord } from './written.ts';

const YEAR = `(?:(?<year>(?:19|20)[0-9]{2}|[0-9]{2}|[零〇一二三四五六七八九oO]{4}|[零〇一二三四五六七八九]{2})年|(?<word>大前年|[前去旧上今明]年))(?:的)?`;
const MARK = '(?:农历|阴历|旧历|老历|古历|夏历)';
const LUNAR_DAY = `(?:初(?:十|${DIGIT}|[1-9]|10)|[廿卅]${DIGIT}?|二十${DIGIT}?|三十|十${DIGIT}?|[12]?[0-9]|30|${DIGIT})`;
const MARKED_DAY = `(?:初(?:十|${DIGIT}|[1-9]|10)|廿${DIGIT}?)`;

/** With the word 农历, before the year or after it; the month may be missing (农历初一). */
const MARKED = sticky(
  `(?:${MARK}(?:的|${GAP})(?:${YEAR})?|${YEAR.replace('<year>', '<year2>').replace('<word>', '<word2>')}${GAP}${MARK}${GAP})(?:(?<leap>闰)?(?<month>[正腊冬]|${SMALL})${GAP}月${GAP})?(?<day>${LUNAR_DAY})[日号]?(?![一二三四五六七八九十0-9])`,
);
/** A month that only the lunar calendar has, or a day that is written as only lunar days are. */
const NAMED_MONTH = sticky(
  `(?:${YEAR})?(?<month>[正腊冬])月${GAP}(?<day>${LUNAR_DAY})[日号]?(?!个|[一二三四五六七八九十0-9])`,
);
const NAMED_DAY = sticky(
  `(?:${YEAR})?(?<leap>闰)?(?<month>${SMALL})${GAP}月${GAP}(?<day>${MARKED_DAY})[日号]?`,
);
const LEAP = sticky(`(?:${YEAR})?闰(?<month>${SMALL})月(?<day>${LUNAR_DAY})[日号]?`);
const NEW_YEAR = sticky(`(?:${YEAR})?(?:大年|年)(?<day>初(?:十|十五|${DIGIT}|[1-9]))`);
const BARE = sticky(`(?<day>${MARKED_DAY})(?![日号月点户个人元块一二三四五六七八九十0-9])`);
/** Days so well known by their lunar figures that both readings are meant in chat; the lunar one is the likelier. */
const FESTIVE = sticky(
  '(?:二月二|三月三|五月(?:初)?五|六月六|七月七|七月十五|七月半|八月十五|九月九)(?![一二三四五六七八九十日号0-9个户人歌节])',
);
/** 三月三歌圩, 九九重阳: the name of a custom, not a day. */
const CUSTOM = sticky('(?:二月二|三月三|六月六)(?=歌|节)|(?:三月三)(?=风俗|文化|活动)');
const MORE = sticky(
  `[、,和](?<day>初(?:十|${DIGIT})|廿${DIGIT}?|二?十${DIGIT}?|三十)(?![0-9点号月日时个户人组次元块一二三四五六七八九十年])`,
);
const MONTH_ONLY = sticky('(?<month>[正腊冬])月(?:里|间|份|初|底|中|头)?');
const SCHOOL = sticky('初[一二三](?:[(班级的年学生中上下时]|中|毕业|[0-9])');

const MONTHS: Record<string, number> = { 正: 1, 冬: 11, 腊: 12 };

const solar = new Map<number, IsoDate | null>();

/** The calendar day of a lunar one, null where that month has no such day; day 0 is the month's last. */
export function fromLunar(year: number, month: number, day: number, leap = false): IsoDate | null {
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 0 || day > 30) return null;
  const key = ((year * 13 + month) * 32 + day) * 2 + (leap ? 1 : 0);
  const cached = solar.get(key);
  if (cached !== undefined) return cached;
  const found = convert(year, leap ? -month : month, day);
  solar.set(key, found);
  return found;
}

function convert(year: number, month: number, day: number): IsoDate | null {
  if (month < 0 && LunarYear.fromYear(year).getLeapMonth() !== -month) return null;
  const length = LunarMonth.fromYm(year, month)?.getDayCount() ?? 0;
  // 腊月三十 and 大年三十 are said of the last day also where the month has only 29.
  const exact = day === 0 || (Math.abs(month) === 12 && day > length) ? length : day;
  return exact < 1 || exact > length ? null : Lunar.fromYmd(year, month, exact).getSolar().toYmd();
}

type LunarRef = Extract<DayRef, { kind: 'lunar' }>;

/** The day meant: of the year said, or the latest not after today (for what lies ahead, the next). */
export function dateOfLunar(ref: LunarRef, now: Now): IsoDate | null {
  const current = Number(now.today.slice(0, 4));
  if (ref.month === 0) return nearestMonth(ref, now);
  if (ref.year !== undefined) {
    const date = fromLunar(ref.year, ref.month, ref.day, ref.leap ?? false);
    // 今年腊月廿三, said in November: the one that fell into this calendar year.
    if (date && ref.year === current && date > now.today && now.bias === 'past') {
      return fromLunar(current - 1, ref.month, ref.day, ref.leap ?? false) ?? date;
    }
    return date;
  }
  for (let step = 0; step <= 20; step += 1) {
    const year = now.bias === 'past' ? current - step : current - 1 + step;
    const date = fromLunar(year, ref.month, ref.day, ref.leap ?? false);
    if (date && (now.bias === 'past' ? date <= now.today : date >= now.today)) return date;
  }
  return null;
}

/** 初五 alone: of the nearest lunar month that has had it (or will). */
function nearestMonth(ref: LunarRef, now: Now): IsoDate | null {
  const current = Number(now.today.slice(0, 4));
  let best: IsoDate | null = null;
  for (const year of [current - 1, current, current + 1]) {
    for (let month = 1; month <= 12; month += 1) {
      const date = fromLunar(year, month, ref.day);
      if (!date || (now.bias === 'past' ? date > now.today : date < now.today)) continue;
      if (
        best === null ||
        Math.abs(epochDay(date) - epochDay(now.today)) < Math.abs(epochDay(best) - epochDay(now.today))
      )
        best = date;
    }
  }
  return best;
}

function lunarDay(word: string): number {
  return valueOf(word.replace('初', ''));
}

function yearIn(groups: Record<string, string | undefined>, now: Now): number | undefined {
  const digits = groups['year'] ?? groups['year2'];
  if (digits !== undefined) {
    const value = valueOf(digits);
    return value >= 100 ? value : value + (value > Number(now.today.slice(2, 4)) + 5 ? 1900 : 2000);
  }
  const word = groups['word'] ?? groups['word2'];
  return word === undefined ? undefined : yearOfWord(word, now);
}

/** The day found, and those that share its month (初一、十五). */
function lunarDays(
  text: string,
  at: number,
  found: RegExpExecArray,
  now: Now,
  month: number,
  guess = false,
): Day {
  const groups = found.groups!;
  const year = yearIn(groups, now);
  const ref: LunarRef = { kind: 'lunar', month, day: lunarDay(groups['day']!) };
  if (year !== undefined) ref.year = year;
  if (groups['leap'] !== undefined || found[0].includes('闰')) ref.leap = true;
  const refs: LunarRef[] = [ref];
  let end = at + found[0].length;
  for (let more = matchAt(MORE, text, end); more && refs.length < 10; more = matchAt(MORE, text, end)) {
    refs.push({ ...ref, day: lunarDay(more.groups!['day']!) });
    end += more[0].length;
  }
  return { end, refs, flags: guess ? ['lunar-guess'] : [], explicit: true };
}

function monthIn(word: string | undefined): number {
  return word === undefined ? 0 : (MONTHS[word] ?? valueOf(word));
}

/** 腊月里, 正月: some day of that lunar month, of the latest that has begun. */
function readLunarMonth(text: string, at: number, now: Now): Day | null {
  const found = matchAt(MONTH_ONLY, text, at);
  if (!found) return null;
  const month = MONTHS[found.groups!['month']!]!;
  const first = dateOfLunar({ kind: 'lunar', month, day: 1 }, now);
  if (!first) return null;
  return {
    end: at + found[0].length,
    refs: [{ kind: 'span', first, last: addDays(first, 28) }],
    flags: ['approximate'],
  };
}

/** Any lunar day that is marked as one, and the few that are understood without a mark. */
export function readLunar(text: string, at: number, now: Now): Day | null {
  const custom = matchAt(CUSTOM, text, at);
  if (custom) return { end: at + custom[0].length, refs: [], flags: [], impossible: true };
  const marked =
    matchAt(MARKED, text, at) ??
    matchAt(NAMED_MONTH, text, at) ??
    matchAt(NAMED_DAY, text, at) ??
    matchAt(LEAP, text, at);
  if (marked) {
    if (/[0-9]/.test(before(text, at, 1))) return null;
    return lunarDays(text, at, marked, now, monthIn(marked.groups!['month']));
  }
  const newYear = matchAt(NEW_YEAR, text, at);
  if (newYear) return lunarDays(text, at, newYear, now, 1);
  return readFestive(text, at) ?? readBareLunar(text, at, now) ?? readLunarMonth(text, at, now);
}

function readFestive(text: string, at: number): Day | null {
  const found = matchAt(FESTIVE, text, at);
  if (!found || /[一二三四五六七八九十0-9年]/.test(before(text, at, 1))) return null;
  const [month = '', rest = ''] = found[0].split('月');
  const number = rest === '半' ? 15 : lunarDay(rest);
  const ref: LunarRef = { kind: 'lunar', month: valueOf(month), day: number };
  return { end: at + found[0].length, refs: [ref], flags: ['lunar-guess'], explicit: true };
}

/** 初八 or 廿三 without a month. 初一 and 初三 are also school years. */
function readBareLunar(text: string, at: number, now: Now): Day | null {
  const found = matchAt(BARE, text, at);
  if (
    !found ||
    holdsAt(SCHOOL, text, at) ||
    /[最当起年月月0-9一二三四五六七八九十]/.test(before(text, at, 1))
  )
    return null;
  if (isGivenName(text, at) || /^[步次中级期心衷始]/.test(text.slice(at + found[0].length))) return null;
  return lunarDays(text, at, found, now, 0, true);
}
