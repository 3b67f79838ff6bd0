/** Days told from today: 昨天 and its dialect forms, 三天前, weekdays. */
import {
  addDays,
  addMinutes,
  addMonths,
  dateOf,
  daysInMonth,
  type IsoDate,
  weekday,
} from '../../../scoring/calendar.ts';
import { parseNumeral } from '../numerals.ts';
import type { Day, DayRef, Now } from './day.ts';
import { isGivenName, isZhouName } from './guards.ts';
import { before, GAP, holdsAt, matchAt, SMALL, sticky, WEEK } from './words.ts';

const PART_AHEAD = '(?=早|晚|晨|夜|上午|下午|中午|傍晚|凌晨|半夜|后半夜|午|上昼|下昼|下晚|后晌)';

/**
 * Words for days, with how far from today. Dialect forms: 昨儿, 前个, 今朝 (Wu), 寻日 (Cantonese), 夜个/夜来
 * (Henan, Shandong: yesterday), 先前天/上前天/向前天 (the day before 前天).
 */
const NAMED_DAYS: [string, number][] = [
  ['大大前[天日儿]', -4],
  ['(?:大|先|上|向)前(?:[天日]|儿个?|个儿?)', -3],
  [`前(?:[天日]|儿个?|个儿?(?!月|星|礼|周|年|小|人|阶|时)|朝|(?=晚|夜[里间]))`, -2],
  [`(?:昨(?:[天日朝]|儿个?|个儿?|晡|${PART_AHEAD})|寻日|琴日|夜(?:个|隔)儿?(?=$|[^a-z])|夜来)`, -1],
  [`(?:今(?:[天日朝]|儿个?|个儿?|晡|${PART_AHEAD})|当[天日]|本日|是日|即日|当(?=晚|夜[里间]))`, 0],
  [`(?:明(?:[天日朝]|儿个?|个儿?|${PART_AHEAD})|听日)`, 1],
  ['后(?:[天日]|儿个?|个儿(?=$|[^a-z])|朝)', 2],
  ['大后[天日儿]', 3],
  ['大大后[天日儿]', 4],
];
const NAMED_DAY = NAMED_DAYS.map(([source, shift]) => ({ pattern: sticky(source), shift }));

/** Words that end in 前, 后, 明, 今 and swallow the first character: 目前天气, 然后天黑, 说明天气. */
const SWALLOWED: Record<string, RegExp> = {
  前: /[目以之提当眼生面门空史饭睡会产婚战课事年月周日午节胸床村店屋身坟堂饭]$/,
  后: /[今以之然最随午前饭会课事年月周天日节先落背身产婚战屋村]$/,
  明: /[说清光文表证聪透黎声发鲜阐照分标注申查英简]$/,
  今: /[如迄当现古而于]$/,
  昨: /[一]$/,
  当: /[每应恰正相理担充适妥]$/,
  即: /[立随当]$/,
};
const NOT_A_DAY = sticky(
  '(?:今日(?:头条|说法|关注|份)|前日(?=照)|后天性|后天(?=努力|培养|养成|形成|因素|条件)|今天下(?!午|雨|雪|班|来|去|乡|田|地|村|户|了|大|暴)|明日(?:黄花|之星)|当天(?=地)|明天会更好|昨日重现|今儿童|前儿(?=媳|子|童)|后儿(?=媳|子|童))',
);

const PAIR: Record<string, number> = { 大前: -3, 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2 };
/** 昨前两天, 昨今两天, 今明两日: two neighbours named by one character each. */
const PAIRED = sticky(
  '(大前|前|昨|今|明)(?:[、和])?(前|昨|今|明|后)(?:(?:两|二|这两)?[天日]|两(?<night>晚))',
);

/** 上周的今天, 上个月今天, 去年的今天: today's weekday or date, elsewhere. */
const SAME_DAY = sticky(
  `(?<word>上上|上|下)个?(?<unit>${WEEK}|月)(?:的)?今[天日]|(?<year>大前|前|去)年(?:的)?今[天日]`,
);

function readSameDay(text: string, at: number, now: Now): Day | null {
  const found = matchAt(SAME_DAY, text, at);
  if (!found) return null;
  const { word, unit, year } = found.groups!;
  const steps = word === undefined ? -['去', '前', '大前'].indexOf(year!) - 1 : weekShift(word)!;
  const end = at + found[0].length;
  if (word !== undefined && unit !== '月')
    return { end, refs: [exact(addDays(now.today, steps * 7))], flags: [] };
  return { end, ...monthsAway(word === undefined ? steps * 12 : steps, now) };
}

/** 昨天, 前儿个, 昨前两天. */
export function readNamedDay(text: string, at: number, now: Now): Day | null {
  const pair = matchAt(PAIRED, text, at);
  if (pair && pair[1] !== pair[2]) {
    const refs = [pair[1]!, pair[2]!].map((word) => exact(addDays(now.today, PAIR[word]!)));
    const day: Day = { end: at + pair[0].length, refs, flags: [] };
    return pair.groups?.['night'] === undefined ? day : { ...day, part: '晚' };
  }
  const same = readSameDay(text, at, now);
  if (same) return same;
  const swallowed = SWALLOWED[text[at]!];
  if (swallowed?.test(before(text, at, 1)) || holdsAt(NOT_A_DAY, text, at)) return null;
  for (const { pattern, shift } of NAMED_DAY) {
    const found = matchAt(pattern, text, at);
    if (!found) continue;
    if (/^[今明后]/.test(found[0]) && isGivenName(text, at)) return null;
    const end = at + found[0].length;
    if (found[0].startsWith('当') || found[0] === '是日')
      return { end, refs: [{ kind: 'next', days: 0 }], flags: [] };
    return { end, refs: [exact(addDays(now.today, shift))], flags: [] };
  }
  return null;
}

const JUST_NOW = sticky('(?:刚才|刚刚|方才|头刚|将才|才刚|适才)(?!好|的话)');
/** Last night in the dialects of Henan and Shandong. */
const LAST_NIGHT = sticky('(夜黑(?:里|了|儿|个|家)?|夜儿(?:黑|个黑|晚上)|昨黑(?:里|了|儿|价)?|夜晚黑)');
const FOLLOWING = sticky('(?:(次日|翌日|隔天|第二天|转天)|(前一天|头一天|头天|前一日|前1天))');

/** 刚才 is today; 夜黑 is last night; 次日 and 前一天 hang on another date of the message. */
export function readOddDay(text: string, at: number, now: Now): Day | null {
  const just = matchAt(JUST_NOW, text, at);
  if (just) return { end: at + just[0].length, refs: [exact(now.today)], flags: [] };
  const night = matchAt(LAST_NIGHT, text, at);
  if (night) {
    const end = at + night[0].length;
    return { end, refs: [exact(addDays(now.today, -1))], flags: [], part: night[0] };
  }
  const next = matchAt(FOLLOWING, text, at);
  if (!next) return null;
  return { end: at + next[0].length, refs: [{ kind: 'next', days: next[1] ? 1 : -1 }], flags: [] };
}

const WEEKDAYS: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7, 末: 6 };
const AMONG = '[一二三四五六日天1-7]';
const SHIFT = '(?<shift>上上个?|上一?个?|前一?个?|这个?|本|下下个?|下一?个?)';
/** 上周三, 上个礼拜天, 周5, 上周周四; then, in the same week, 、五 and 六日. */
const WEEKDAY = sticky(
  `(?:${SHIFT}${GAP}${WEEK}(?:的)?${WEEK}?|${WEEK})(?<day>${AMONG})(?<more>(?:[、,和跟]?[一二三四五六日1-7](?![十月点时分号0-9:.个组户人次队早起路直边样常子出落]|小时)){0,5})`,
);
const PLAIN_WEEKDAY = sticky(`(?:${SHIFT}${GAP}${WEEK}(?:的)?${WEEK}?|${WEEK})(?<day>${AMONG})`);
const COUNTED = /(?:[小老阿每逢各单双数几整半这那隔]|(?<![周期拜])[0-9一二两三四五六七八九十]) ?$/;
const NOT_A_WEEKDAY = sticky('(?:次|年级|小时|(?<=[0-9])[0-9])');

function weekShift(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (word.startsWith('上上')) return -2;
  if (word.startsWith('上') || word.startsWith('前')) return -1;
  if (word.startsWith('下下')) return 2;
  return word.startsWith('下') ? 1 : 0;
}

function weekdayOf(char: string): number {
  return WEEKDAYS[char] ?? Number(char);
}

/** Weekdays; several of one week share the word (周一三五, 周六日). */
export function readWeekday(text: string, at: number): Day | null {
  const one = matchAt(PLAIN_WEEKDAY, text, at);
  if (!one) return null;
  const week = weekShift(one.groups!['shift']);
  if (week === undefined && COUNTED.test(before(text, at, 2))) return null;
  const several = matchAt(WEEKDAY, text, at);
  const more = (several?.groups?.['more'] ?? '').replace(/[^一二三四五六日天1-7]/g, '');
  const found = more === '' || !several ? one : several;
  const end = at + found[0].length;
  if (more === '' && holdsAt(NOT_A_WEEKDAY, text, end)) return null;
  if (more === '' && (isGivenName(text, at) || isZhouName(text, at, end))) return null;
  const days = Array.from(one.groups!['day']! + more).map(weekdayOf);
  if (days.some((day, i) => i > 0 && day <= days[i - 1]!)) return readSingle(text, at, one, week);
  return { end, refs: days.map((day) => weekdayRef(day, week)), flags: [] };
}

function weekdayRef(day: number, week: number | undefined): DayRef {
  return week === undefined ? { kind: 'weekday', weekday: day } : { kind: 'weekday', weekday: day, week };
}

function readSingle(_text: string, at: number, one: RegExpExecArray, week: number | undefined): Day {
  return { end: at + one[0].length, refs: [weekdayRef(weekdayOf(one.groups!['day']!), week)], flags: [] };
}

/** The date of a weekday: in its week, or the latest not after today (for what lies ahead, the next from today). */
export function dateOfWeekday(ref: { weekday: number; week?: number }, now: Now): IsoDate {
  const ahead = ref.weekday - weekday(now.today);
  if (ref.week !== undefined) return addDays(now.today, ahead + ref.week * 7);
  if (now.bias === 'future') return addDays(now.today, ahead < 0 ? ahead + 7 : ahead);
  return addDays(now.today, ahead > 0 ? ahead - 7 : ahead);
}

const COUNT = `(?<count>半|[0-9]{1,3}(?:\\.5)?|${SMALL}|[一二三四五六七八九]?百)`;
const UNIT_OF_TIME =
  '(?<unit>个?(?:半)?(?:小时|钟头|时辰)|分半?钟?|刻钟|秒钟?|天|日|周|个?半?(?:星期|礼拜)|个半?月|月|年)';
const AGO = sticky(
  `${COUNT}${GAP}${UNIT_OF_TIME}半?${GAP}(?:以|之|多)?(?<side>前|后)(?!面|边|期|台|院|沿|门|后|排|来)`,
);
const ABOUT_AGO = sticky(
  `(?:几十?|十几|十来|好几|若干|(?:[一二]、?两|一、?二|[两二]、?三|三、?[四五]|四、?五|五、?六|六、?七|七、?八|八、?九)十?)${GAP}(?<unit>个?(?:小时|钟头)|分钟|天|日|周|个?(?:星期|礼拜)|个月|年)(?:以|之)?(?<side>前|后)`,
);

const MINUTES: [RegExp, number][] = [
  [/时辰/, 120],
  [/小时|钟头/, 60],
  [/刻/, 15],
  [/分/, 1],
  [/秒/, 1 / 60],
];

/** 三天前, 一个半小时前, 半个月前. What lies a known time ahead (3天后) is read too. */
export function readAgo(text: string, at: number, now: Now): Day | null {
  if (/[0-9.零〇一二三四五六七八九十百第几]/.test(before(text, at, 1))) return null;
  const about = matchAt(ABOUT_AGO, text, at);
  if (about) return aboutAgo(at + about[0].length, about.groups!['unit']!, about.groups!['side']!, now);
  const found = matchAt(AGO, text, at);
  if (!found) return null;
  const { count, unit, side } = found.groups!;
  // 3月前 is "before March", 10日前 "before the tenth", 8分后 hardly a time.
  if ((unit === '月' && count !== '两') || (unit === '日' && /[0-9]/.test(count!))) return null;
  const half = /半/.test(found[0].slice(count!.length)) ? 0.5 : 0;
  const amount = (parseNumeral(count!) ?? Number.NaN) + (count === '半' ? 0 : half);
  if (!(amount >= 0)) return null;
  const sign = side === '前' ? -1 : 1;
  return ago(at + found[0].length, amount * sign, unit!, now);
}

function ago(end: number, amount: number, unit: string, now: Now): Day {
  const minutes = MINUTES.find(([pattern]) => pattern.test(unit))?.[1];
  if (minutes !== undefined) {
    const moment = addMinutes(now.moment, amount * minutes);
    const time = moment.slice(17) === '00' ? moment.slice(11, 16) : moment.slice(11);
    return { end, refs: [exact(moment.slice(0, 10))], flags: [], time };
  }
  if (/月/.test(unit)) return { end, ...monthsAway(amount, now) };
  // Of years nobody counts the days.
  if (/年/.test(unit)) return { end, ...monthsAway(amount * 12, now), flags: ['approximate'] };
  const days = Math.round(amount * (/周|星期|礼拜/.test(unit) ? 7 : 1));
  const half = Number.isInteger(amount) ? [] : (['approximate'] as const);
  return { end, refs: [exact(addDays(now.today, days))], flags: [...half] };
}

function monthsAway(months: number, now: Now): Pick<Day, 'refs' | 'flags'> {
  const whole = Math.trunc(months);
  const month = addMonths(now.today.slice(0, 7), whole);
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  const day = Math.min(Number(now.today.slice(8)), daysInMonth(year, number));
  const date = dateOf(year, number, day)!;
  // Half a month is fifteen days, and seldom meant to the day.
  const days = Math.round((months - whole) * 30);
  return { refs: [exact(addDays(date, days))], flags: days === 0 ? [] : ['approximate'] };
}

function aboutAgo(end: number, unit: string, side: string, now: Now): Day {
  // 几分钟前, 几个小时前: the hour is not exact, the day is today's.
  if (/分|时|钟/.test(unit)) return { end, refs: [exact(now.today)], flags: [] };
  const [first, last] = side === '前' ? [-10, -2] : [2, 10];
  const span: DayRef = { kind: 'span', first: addDays(now.today, first), last: addDays(now.today, last) };
  return { end, refs: [span], flags: ['approximate'] };
}

function exact(date: IsoDate): DayRef {
  return { kind: 'exact', date };
}
