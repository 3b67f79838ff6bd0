/** Days written out: 2026年11月5日, 11月5号, 5号, 26.11.5, 11/5, 20261105, and lists of them that share a unit. */
import { addMonths, dateOf, daysInMonth, firstDay, lastDay, monthOf } from '../../../scoring/calendar.ts';
import type { Day, DayRef, Now } from './day.ts';
import { isDayCount, isMeasured, isNumbered, isQuantity, isScore } from './guards.ts';
import { before, DIGIT, GAP, holdsAt, matchAt, SMALL, sticky, valueOf } from './words.ts';

const FOUR =
  '(?:(?:1[5-9]|2[0-9])[0-9]{2}|[零〇一二三四五六七八九oO]{4}|[二两]千[零〇]?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?)';
const YEAR_WORD = '(?:大前年|[前去上旧今本当明后来]年)';
/** 2026年, 26年, 二〇二六年, 去年. */
const YEAR = `(?:(?<year>${FOUR}|[0-9]{2}|[零〇一二三四五六七八九]{2})${GAP}年度?|(?<word>${YEAR_WORD}))(?:${GAP}|, ?|的)`;
const MONTH = `(?<month>元|(?:闰)?${SMALL})${GAP}月份?的?`;
const MONTH_WORD = '(?<rel>上上个?月|上个?月|这个?月|本月|当月|同月|今月|下下个?月|下个?月)(?:份)?(?:的)?';
const SUFFIX = `${GAP}[日号]`;
/** 5、8号; 5,6,7号; 3号、5 and so on: further days before the suffix. */
const MORE = `(?<more>(?:${GAP}(?:[、,，/和跟与]|以及)${GAP}${SMALL}){1,9})`;

/** After a month blanks alone may part the days: 11月18 19 20号. */
const MORE_BLANK = MORE.replace('[、,，/和跟与]', '[、,，/和跟与 ]');

const MONTH_DAY = sticky(`(?:${YEAR})?${MONTH}${GAP}(?<day>${SMALL})(?<suffix>${SUFFIX})?`);
const MONTH_DAY_LIST = sticky(`(?:${YEAR})?${MONTH}${GAP}(?<day>${SMALL})${MORE_BLANK}${SUFFIX}`);
const RELATIVE_DAY = sticky(`(?:${YEAR})?${MONTH_WORD}${GAP}(?<day>${SMALL})${SUFFIX}`);
const RELATIVE_LIST = sticky(`${MONTH_WORD}${GAP}(?<day>${SMALL})${MORE}${SUFFIX}`);
/** 上个月5-8号: the first of a range, whose 号 stands only at the end. */
const RELATIVE_OPEN = sticky(
  `${MONTH_WORD}${GAP}(?<day>${SMALL})(?=${GAP}(?:到|至|~|-{1,2})${GAP}${SMALL}${GAP}[日号])`,
);
const BARE_DAY = sticky(`(?<day>${SMALL})(?<suffix>${GAP}[日号])`);
const BARE_LIST = sticky(`(?<day>${SMALL})${MORE}(?<suffix>${GAP}[日号])`);
/** 号 named twice over: 七八号, 十七八号 (either day), 10来号, 20几号. */
const ABOUT_DAY = sticky(
  `(?:(?<low>十?${DIGIT}|二十${DIGIT})(?<high>${DIGIT})|(?<ten>[123]0|[一二三]?十)(?:来|几|多)|十(?<near>几|多|来))号`,
);

const SLASHES = /[.\-/。]/;
const FULL = sticky(
  '((?:19|20|21)[0-9]{2})([.\\-/。]| )(0?[0-9]|1[0-9])\\2([0-3]?[0-9])[日号]?(?![0-9]|[./][0-9])',
);
const EIGHT = sticky('((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9.])');
const SHORT_YEAR = sticky(
  "'?([0-9]{2})([.\\-/])(0?[1-9]|1[0-2])\\2([0-3]?[0-9])[日号]?(?![0-9]|[.\\-/:][0-9])",
);
const TWO = sticky(
  '(0?[1-9]|1[0-2])([.\\-/。])([0-3]?[0-9])([日号]?)(?![0-9]|[.:。][0-9]|-[0-9]{3}|/[0-9]{1,2}(?![.0-9])|%)',
);
/** A row of figures (9.5 9 10): what stands on both sides, so that a row of scores is told from a row of days. */
const ROW_AFTER = sticky('(?:[ ,、/]{1,2}[0-9]{1,3}(?:\\.[0-9]{1,2})?(?![0-9./月号日点时:-])){1,12}');
const ROW_BEFORE = /(?:(?<![0-9./:])[0-9]{1,3}(?:\.[0-9]{1,2})?[ ,、/]{1,2}){1,12}$/;
const CONNECTOR = sticky(' {0,2}(?:到|至|~|-)');

/** 26 → 2026, 87 → 1987: the year of that ending that is not far ahead. */
function wholeYear(text: string, now: Now): number {
  const value = valueOf(text);
  if (value >= 100) return value;
  const current = Number(now.today.slice(0, 4));
  const century = current - (current % 100);
  return century + value <= current + 5 ? century + value : century - 100 + value;
}

const YEAR_SHIFTS: Record<string, number> = {
  大前年: -3,
  前年: -2,
  去年: -1,
  上年: -1,
  旧年: -1,
  明年: 1,
  来年: 1,
  后年: 2,
};

/** The year said by 去年 and the like. */
export function yearOfWord(word: string, now: Now): number {
  return Number(now.today.slice(0, 4)) + (YEAR_SHIFTS[word] ?? 0);
}

function yearFrom(groups: Record<string, string | undefined>, now: Now): number | undefined {
  if (groups['year'] !== undefined) return wholeYear(groups['year'], now);
  return groups['word'] === undefined ? undefined : yearOfWord(groups['word'], now);
}

const MONTH_SHIFTS: Record<string, number> = { 上上: -2, 上: -1, 下下: 2, 下: 1 };

/** The month said by 上个月 and the like, as `YYYY-MM`. */
export function monthOfWord(word: string, now: Now): string {
  return addMonths(monthOf(now.today), MONTH_SHIFTS[/^(上上|下下|上|下)/.exec(word)?.[0] ?? ''] ?? 0);
}

function monthDay(month: number, day: number, year: number | undefined): DayRef | null {
  const longest = daysInMonth(year ?? 2000, month >= 1 && month <= 12 ? month : 1);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= longest)) return null;
  return year === undefined
    ? { kind: 'month-day', month, day }
    : { kind: 'exact', date: dateOf(year, month, day)! };
}

function numbersIn(list: string): number[] {
  return list.match(/[0-9]{1,2}|[零〇一二三四五六七八九十两廿卅]+/g)?.map(valueOf) ?? [];
}

function together(end: number, refs: (DayRef | null)[]): Day {
  const good = refs.filter((ref) => ref !== null);
  return good.length === refs.length
    ? { end, refs: good, flags: [], explicit: true }
    : { end, refs: [], flags: [], impossible: true };
}

/** [year] month day, one or several days of one month. */
export function readMonthDay(text: string, at: number, now: Now): Day | null {
  const many = matchAt(MONTH_DAY_LIST, text, at);
  const found = many ?? matchAt(MONTH_DAY, text, at);
  if (!found) return null;
  const groups = found.groups!;
  if (groups['month']!.startsWith('闰')) return null;
  const month = groups['month'] === '元' ? 1 : valueOf(groups['month']!);
  const end = at + found[0].length;
  const year = yearFrom(groups, now);
  // 3000年1月1日: a year that is none does not leave a day of some other year.
  if (year === undefined && /[0-9零〇一二三四五六七八九]年[ ,]{0,2}$/.test(before(text, at))) {
    return { end, refs: [], flags: [], impossible: true };
  }
  const days = [valueOf(groups['day']!), ...numbersIn(groups['more'] ?? '')];
  if (many)
    return together(
      end,
      days.map((day) => monthDay(month, day, year)),
    );
  if (groups['suffix'] === undefined) return readWithoutSuffix(text, at, end, month, groups, year);
  if (groups['suffix'].endsWith('号') && /^(?:楼|栋|线|岗|文件|桥)/.test(text.slice(end, end + 2)))
    return null;
  return together(end, [monthDay(month, days[0]!, year)]);
}

/** 11月5 巡逻 is a day, 11月5户 is not; 十月十二 may be lunar. */
function readWithoutSuffix(
  text: string,
  at: number,
  end: number,
  month: number,
  groups: Record<string, string | undefined>,
  year: number | undefined,
): Day | null {
  const next = text[end] ?? '';
  if (/[0-9.:%一二三四五六七八九十几多来点时]/.test(next) || isMeasured(text, end)) return null;
  const day = valueOf(groups['day']!);
  const ref = monthDay(month, day, year);
  if (!ref) return /[0-9]/.test(groups['day']!) ? { end, refs: [], flags: [], impossible: true } : null;
  const chinese = !/[0-9]/.test(text.slice(at, end));
  return { end, refs: [ref], flags: chinese ? ['lunar-guess'] : [], explicit: true };
}

/** 上个月最后一天, 本月第一天. */
const EDGE_OF_MONTH = sticky(`${MONTH_WORD}(?:(?<last>最后|末尾?)|第)一天`);

function readEdgeOfMonth(text: string, at: number, now: Now): Day | null {
  const found = matchAt(EDGE_OF_MONTH, text, at);
  if (!found) return null;
  const month = monthOfWord(found.groups!['rel']!, now);
  const date = found.groups!['last'] === undefined ? firstDay(month) : lastDay(month);
  return { end: at + found[0].length, refs: [{ kind: 'exact', date }], flags: [] };
}

/** 上个月8号, 本月5、12号, 去年本月十日. */
export function readRelativeMonth(text: string, at: number, now: Now): Day | null {
  const found =
    matchAt(RELATIVE_LIST, text, at) ?? matchAt(RELATIVE_DAY, text, at) ?? matchAt(RELATIVE_OPEN, text, at);
  if (!found) return readEdgeOfMonth(text, at, now);
  const groups = found.groups!;
  const yearShift = groups['word'] === undefined ? 0 : (YEAR_SHIFTS[groups['word']] ?? 0);
  const month = addMonths(monthOfWord(groups['rel']!, now), yearShift * 12);
  const end = at + found[0].length;
  if (text[end - 1] === '号' && isNumbered(text, at, end)) return null;
  const days = [valueOf(groups['day']!), ...numbersIn(groups['more'] ?? '')];
  return together(
    end,
    days.map((day) => {
      const date = dateOf(Number(month.slice(0, 4)), Number(month.slice(5)), day);
      return date ? { kind: 'exact', date } : null;
    }),
  );
}

/** 5号, 二十五日; 3、5、8号. */
export function readBareDay(text: string, at: number): Day | null {
  const about = readAboutDay(text, at);
  if (about) return about;
  const many = matchAt(BARE_LIST, text, at);
  const found = many ?? matchAt(BARE_DAY, text, at);
  if (!found || /(?<![周期拜])[零〇一二三四五六七八九十百千廿卅0-9]$/.test(before(text, at, 2))) return null;
  const end = at + found[0].length;
  const groups = found.groups!;
  const guarded = text[end - 1] === '号' ? isNumbered(text, at, end) : isDayCount(text, at, end);
  if (guarded || (many && /[第.:a-zA-Z]/.test(before(text, at, 1)))) return null;
  const days = [valueOf(groups['day']!), ...numbersIn(groups['more'] ?? '')];
  if (days.some((day) => !(day >= 1 && day <= 31))) return { end, refs: [], flags: [], impossible: true };
  return { end, refs: days.map((day) => ({ kind: 'day', day })), flags: [], explicit: true };
}

function readAboutDay(text: string, at: number): Day | null {
  const found = matchAt(ABOUT_DAY, text, at);
  if (!found || /[零〇一二三四五六七八九十0-9]/.test(before(text, at, 1))) return null;
  const end = at + found[0].length;
  if (isNumbered(text, at, end)) return null;
  const { low, high, ten } = found.groups!;
  if (low !== undefined) {
    const first = valueOf(low);
    if (valueOf(high!) !== (first % 10) + 1) return null;
    return { end, refs: [{ kind: 'day', day: first }], flags: ['approximate'] };
  }
  const day = ten === undefined ? 10 : valueOf(ten);
  return day > 30 ? null : { end, refs: [{ kind: 'day', day }], flags: ['approximate'] };
}

/** Figures only. A month and day alone (11.5, 11/5, 11-5) may be a decimal, a fraction or a span: flagged. */
export function readFigures(text: string, at: number, now: Now): Day | null {
  const left = before(text, at, 1);
  if (
    /[0-9a-zA-Z.:/\\_+=¥$%°第'-]/.test(left) &&
    !/[0-9日号] ?-$|[0-9]\.[0-9]{1,2}\/$/.test(before(text, at, 5))
  )
    return null;
  const full = matchAt(FULL, text, at) ?? matchAt(EIGHT, text, at);
  if (full) return readFull(full, at);
  const short = matchAt(SHORT_YEAR, text, at);
  if (short) return readShortYear(text, at, short, now);
  const two = matchAt(TWO, text, at);
  return two ? readTwo(text, at, two) : null;
}

function readFull(found: RegExpExecArray, at: number): Day | null {
  const parts = found.slice(1).filter((part) => !SLASHES.test(part) && part !== ' ');
  const date = dateOf(Number(parts[0]), Number(parts[1]), Number(parts[2]));
  const end = at + found[0].length;
  if (date) return { end, refs: [{ kind: 'exact', date }], flags: [], explicit: true };
  return { end, refs: [], flags: [], impossible: true };
}

/** 26.11.5. With slashes a small first figure is more likely a row of scores (9/10/9). */
function readShortYear(text: string, at: number, found: RegExpExecArray, now: Now): Day | null {
  if (found[2] === '/' && Number(found[1]) < 20) return null;
  const end = at + found[0].length;
  const date = dateOf(wholeYear(found[1]!, now), Number(found[3]), Number(found[4]));
  if (!date || isMeasured(text, end)) return null;
  return { end, refs: [{ kind: 'exact', date }], flags: [], explicit: true };
}

function readTwo(text: string, at: number, found: RegExpExecArray): Day | null {
  const end = at + found[0].length;
  const [, monthText, sign, dayText, suffix] = found;
  const ref = monthDay(Number(monthText), Number(dayText), undefined);
  const range = text[end] === '-' || holdsAt(CONNECTOR, text, end);
  if (suffix) {
    // 3-5号 is days of one month; 11.5号 and 11/5号 are a month and a day.
    if (sign === '-' || isNumbered(text, at, end)) return null;
    return ref ? { end, refs: [ref], flags: [], explicit: true } : null;
  }
  if (!ref || isQuantity(text, at, end) || isScore(text, at, end) || /[点时月]/.test(text[end] ?? ''))
    return null;
  if (!range && sign !== '-' && inRowOfScores(text, at, end)) return null;
  if (sign === '/' && /^ ?(?:的|以上|左右|以下|强|多)/.test(text.slice(end, end + 3))) return null;
  return { end, refs: [ref], flags: ['ambiguous-numeric'], explicit: true };
}

/** Whether a neighbour in the row can be no day: 9 in "9.5 9 10", 28.5. */
function inRowOfScores(text: string, at: number, end: number): boolean {
  const row = `${matchAt(ROW_AFTER, text, end)?.[0] ?? ''} ${ROW_BEFORE.exec(before(text, at, 40))?.[0] ?? ''}`;
  return (row.match(/[0-9.]+/g) ?? []).some((figure) => {
    const [month, day] = figure.split('.');
    return day === undefined || monthDay(Number(month), Number(day), undefined) === null;
  });
}
