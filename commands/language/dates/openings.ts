/**
 * Which readers are worth asking at a place, told from one or two characters. Most of a message is no date, and
 * this keeps it cheap: a reader that cannot begin with these characters is never tried.
 */

import type { Day, DayReader, Now } from './day.ts';
import { PART_OPENINGS } from './day-parts.ts';
import { HOLIDAY_OPENINGS, readHoliday } from './holidays.ts';
import { readLunar } from './lunar.ts';
import { readAgo, readNamedDay, readOddDay, readWeekday } from './relative.ts';
import { readSpan } from './spans.ts';
import { matchAt, sticky } from './words.ts';
import { readBareDay, readFigures, readMonthDay, readRelativeMonth } from './written.ts';

export interface Opening {
  /** In the order they are asked: what carries its year or month before what carries less. */
  days: DayReader[];
  part: boolean;
  clock: boolean;
  habit: boolean;
  numeral: boolean;
}

const NOTHING: Opening = { days: [], part: false, clock: false, habit: false, numeral: false };

const YEAR_WORD = '大前|[前去上旧今本当明后来]年';

/** For words: the two characters each reader can begin with. The order is the order of asking. */
const WORDS: [DayReader, RegExp][] = [
  [readAgo, /^(?:几|好几|若干)/],
  [readLunar, new RegExp(`^(?:[农阴旧老古夏]历|[正冬腊]月|闰|大年|年初|初|${YEAR_WORD})`)],
  [readNamedHoliday, new RegExp(`^(?:${YEAR_WORD})`)],
  [readMonthDay, new RegExp(`^(?:元月|${YEAR_WORD})`)],
  [readRelativeMonth, new RegExp(`^(?:上[上个月]|[这本当同今]月|这个|下[下个月]|${YEAR_WORD})`)],
  [
    readNamedDay,
    /^(?:大[大前后]|[先上向]前|[上下][上个周星礼月]|[前去]年|前[天日儿个朝晚夜]|昨|[寻琴听]日|夜[个隔来]|今|当[天日晚夜]|[本是即]日|明|后[天日儿个朝])/,
  ],
  [readWeekday, /^(?:[上下前][上下个一周星礼 ]|[这本][个周星礼 ]|周[一二三四五六日天1-7]|星期|礼拜)/],
  [
    readOddDay,
    /^(?:刚[才刚]|方才|头[刚一天]|将才|才刚|适才|夜[黑儿晚]|昨黑|次日|翌日|隔天|第二|转天|前[一1])/,
  ],
  [
    readSpan,
    /^(?:[上下][上下个一周星礼月旬次半]|前[0-9一二两三四五六七八九十个几些不阵段年]|这[0-9一二两三四五六七八九十个周星礼月几些阵段]|本[周星礼月]|周末|双休|礼拜|当月|大前|[去旧今明]年|月[初底末中头尾]|中旬|年[初底末尾头]|最近|过[去几两些阵]|近[0-9一二两三四五六七八九十期来日几些]|日前|早些|头[几两]|那[几天]|改[天日]|有[天一]|某[天日]|不久|节[前后]|元月)/,
  ],
];

function readNamedHoliday(text: string, at: number, now: Now): Day | null {
  return readHoliday(text, at, now);
}

const HABIT = /^(?:[每逢]|各[个周月]|天天|日日|夜夜|年年|月月|周周|平[时常]|历年|往年)/;
const NUMERAL = /[0-9零〇一二三四五六七八九十廿卅两]/;
/** A run of figures and blanks after it; longer runs are telephone and account numbers. */
const RUN = sticky('([0-9零〇一二三四五六七八九十廿卅两]{1,8})( {0,3})');
/** 5到7号: what the first number of a range counts stands with the last. */
const UNIT_AHEAD = /[-号日月点时:./初廿]/;
const LUNAR_RUN = /[廿卅]/;

const words = new Map<string, Opening>();
const numerals = new Map<string, Opening>();

function openingOfWord(pair: string): Opening {
  const known = words.get(pair);
  if (known) return known;
  const days = WORDS.filter(
    ([reader, pattern]) => pattern.test(pair) || (reader === readNamedHoliday && HOLIDAY_OPENINGS.has(pair)),
  );
  const opening: Opening = {
    days: days.map(([reader]) => reader),
    part: PART_OPENINGS.has(pair) || PART_OPENINGS.has(pair[0] ?? ''),
    clock: pair[0] === '差' || pair[0] === '半',
    habit: HABIT.test(pair),
    numeral: false,
  };
  if (pair[0] === '半') opening.days = [readAgo];
  // Any pair of characters may come; what is kept is bounded.
  if (words.size > 20_000) words.clear();
  words.set(pair, opening);
  return opening;
}

/** What the character after a run of figures makes possible. */
const AFTER: [DayReader, RegExp][] = [
  [readAgo, /[0-9天日周个小钟时分秒刻星礼月年半几来]/],
  [readLunar, /[年月]/],
  [readFigures, /[.\-/。0-9]/],
  [readNamedHoliday, /年/],
  [readMonthDay, /[年月oO千]/],
  [readBareDay, /[号日、,/和跟与以来几多到至~-]/],
  [readSpan, /[年月到至~、和-]/],
];
const CLOCK_AFTER = /[点时:.。到至~、aApP-]/;
const FIGURES_ONLY = /^(?:(?:19|20)[0-9]{6}|[0-9]{1,2}0?)$/;

function openingOfNumeral(run: string, next: string, pair: string): Opening {
  const festive = HOLIDAY_OPENINGS.has(pair);
  const lunar = LUNAR_RUN.test(run);
  const whole = run.length === 8 && FIGURES_ONLY.test(run);
  const key = `${next}${festive ? 'f' : ''}${lunar ? 'l' : ''}${whole ? 'w' : ''}`;
  const known = numerals.get(key);
  if (known) return known;
  const days = AFTER.filter(
    ([reader, pattern]) =>
      (next !== '' && pattern.test(next)) ||
      (festive && reader === readNamedHoliday) ||
      (lunar && reader === readLunar) ||
      (whole && reader === readFigures),
  );
  const part = next !== '' && /[大早清]/.test(next);
  const opening: Opening = {
    days: days.map(([reader]) => reader),
    part,
    clock: next !== '' && CLOCK_AFTER.test(next),
    habit: false,
    numeral: true,
  };
  if (numerals.size > 20_000) numerals.clear();
  numerals.set(key, opening);
  return opening;
}

/** What may be read at a place. */
export function openingAt(text: string, at: number): Opening {
  const char = text[at];
  if (char === undefined) return NOTHING;
  if (!NUMERAL.test(char)) return openingOfWord(text.slice(at, at + 2));
  const run = matchAt(RUN, text, at);
  if (!run) return NOTHING;
  const after = at + run[0].length;
  const next = text[after] ?? '';
  if ((next === '到' || next === '至') && !UNIT_AHEAD.test(text.slice(after, after + 14))) return NOTHING;
  // 2010 01 29: blanks inside a date written in figures.
  return openingOfNumeral(run[1]!, next, text.slice(at, at + 2));
}

/** Whether an expression can begin here: not in the middle of a number, and with something to read. */
export function opensAt(text: string, at: number): boolean {
  // 上周三11号: the numeral before belongs to the weekday.
  if (
    at > 0 &&
    NUMERAL.test(text[at]!) &&
    NUMERAL.test(text[at - 1]!) &&
    !/[周期拜]/.test(text[at - 2] ?? '')
  )
    return false;
  const opening = openingAt(text, at);
  return opening.days.length > 0 || opening.part || opening.clock || opening.habit;
}

/** Words by their first character and what may follow it, for the pattern that the engine looks for. */
const PAIRS = [
  '每',
  '逢',
  '各[个周月]',
  '历年',
  '往年',
  '平[时常]',
  '大[大前后年清早中半暑寒雪]',
  '[前后去上旧今本当明来]年',
  '[上下][上下个一周星礼月旬午半昼次元 前]',
  '[先向]前',
  '前[0-9一二两三四五六七八九十天日儿个朝晚夜几些不阵段半晌 ]',
  '后[天日儿个朝半晌]',
  '[昨今明]',
  '[寻琴听本是即翌次]日',
  '当[天日晚夜月昼]',
  '夜',
  '节[前后]',
  '元月',
  '下晚',
  '[刚方将才适]',
  '头[刚一天晌几两]',
  '隔天',
  '转天',
  '第二',
  '[这本][0-9一二两三四五六七八九十个周星礼月几些阵段 ]',
  '周[一二三四五六日天末周1-7]',
  '星期',
  '礼拜',
  '[农阴旧老古夏]历',
  '[正冬腊]月',
  '闰',
  '初',
  '年[初夜三年底末尾头]',
  '月[初底末中头尾月]',
  '中[旬午]',
  '最近',
  '近[0-9一二两三四五六七八九十期来日几些]',
  '日[前日]',
  '天[天擦黑刚亮蒙不没还]',
  '早',
  '晚',
  '晨',
  '晌',
  '那[几天]',
  '过[去几两些阵午]',
  '改[天日]',
  '有[天一]',
  '某[天日]',
  '不久',
  '[几若]',
  '好几',
  '双休',
  '凌晨',
  '拂晓',
  '黎明',
  '蒙蒙',
  '清[早晨]',
  '吃[过完]',
  '[午正]',
  '傍',
  '黄昏',
  '擦黑',
  '入夜',
  '黑[里夜]',
  '三更',
  '深夜',
  '五更',
  '差',
  '半',
];

/** Everything that can open an expression; the engine looks for one of these. */
export const OPENERS = new RegExp(
  `[0-9零〇一二三四五六七八九十廿卅两]|${[...PAIRS, ...[...HOLIDAY_OPENINGS].filter((pair) => !NUMERAL.test(pair[0]!))].join('|')}`,
);
