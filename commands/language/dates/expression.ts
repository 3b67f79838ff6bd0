/**
 * The grammar: moment (到 moment)?, with the short forms 8-10点, 三到五号, 周一到五. It says what was written and
 * where it ends; `resolve.ts` says which day of the calendar that is.
 */
import type { Day, Now } from './day.ts';
import { isGivenName, isHabit, isMeasured, isNumbered, isNumberedThing, isZhouName } from './guards.ts';
import { readHabit } from './habits.ts';
import { type Moment, RANGE, readMoment, WEEKDAY_NUMBERS } from './moment.ts';
import { openingAt } from './openings.ts';
import { before, GAP, matchAt, SMALL, sticky, valueOf } from './words.ts';

export interface Expression {
  start: number;
  end: number;
  /** Absent: the words are used up, and there is no date in them (11月31号, 每周一). */
  from?: Moment;
  to?: Moment;
}

const DAY_RANGE = sticky(
  `(?<first>${SMALL})${GAP}(?:到|至|~|-{1,2})${GAP}(?<last>${SMALL})${GAP}(?<unit>[日号])(?!${GAP}(?:到|至|~|-))`,
);
const WEEK_END = sticky('(?<day>[一二三四五六日天])(?![一二三四五六七八九十点号月日时个户人组次])');
/** The 20 of 11.18-20, the 8号 of 上个月5-8号. */
const DAY_END = sticky(`(?<day>${SMALL})(?: ?[日号]|(?![0-9./:年月日号点时%零〇一二三四五六七八九十-]))`);
const LUNAR_END = sticky(
  '(?<day>[廿卅][一二三四五六七八九]?|[二]?十[一二三四五六七八九]?|三十)(?![0-9点号月日时个户人组次一二三四五六七八九])',
);

/** 3-5号, 三到五号: days that share one unit. */
function readDayRange(text: string, at: number): Expression | null {
  const found = matchAt(DAY_RANGE, text, at);
  if (!found || /[0-9.零〇一二三四五六七八九十百第:/a-zA-Z-]/.test(before(text, at, 1))) return null;
  const end = at + found[0].length;
  if (isNumbered(text, at, end)) return { start: at, end };
  const [first, last] = [valueOf(found.groups!['first']!), valueOf(found.groups!['last']!)];
  if (!(first >= 1 && last <= 31 && first < last)) return null;
  const day = (value: number, stop: number): Day => ({
    end: stop,
    refs: [{ kind: 'day', day: value }],
    flags: [],
    explicit: true,
  });
  const from: Moment = { start: at, end, day: day(first, end) };
  return { start: at, end, from, to: { start: at, end, day: day(last, end) } };
}

/** What follows 到 after a moment: another moment, or the short forms that share the unit of the first. */
function readEnd(text: string, at: number, from: Moment, now: Now): Moment | null {
  const ref = from.day?.refs.at(-1);
  if (ref?.kind === 'weekday' && !from.clock) {
    const short = matchAt(WEEK_END, text, at);
    if (short) {
      const weekday = WEEKDAY_NUMBERS[short.groups!['day']!]!;
      return endDay(at, short, { kind: 'weekday', weekday });
    }
  }
  if (
    from.day?.explicit &&
    !from.clock &&
    !from.part &&
    (ref?.kind === 'exact' || ref?.kind === 'month-day')
  ) {
    const short = matchAt(DAY_END, text, at);
    const end = at + (short?.[0].length ?? 0);
    const counted = text[end - 1] === '号' ? isNumberedThing(text, end) : isMeasured(text, end);
    if (short && !counted) {
      return endDay(at, short, { kind: 'day', day: valueOf(short.groups!['day']!) });
    }
  }
  if (ref?.kind === 'lunar' && !from.clock) {
    const short = matchAt(LUNAR_END, text, at);
    if (short) return endDay(at, short, { kind: 'lunar', month: 0, day: valueOf(short.groups!['day']!) });
  }
  return readMoment(text, at, now, true);
}

function endDay(at: number, found: RegExpExecArray, ref: Day['refs'][number]): Moment {
  const end = at + found[0].length;
  return { start: at, end, day: { end, refs: [ref], flags: [] } };
}

const CLOSE = sticky('止|为止|结束');

/** The expression that begins at a place, or null. */
export function readExpression(text: string, at: number, now: Now): Expression | null {
  const opening = openingAt(text, at);
  const first = opening.habit ? readHabit(text, at, now) : opening.numeral ? readDayRange(text, at) : null;
  if (first) return first;
  const from = readMoment(text, at, now, false);
  if (!from) return null;
  if (from.day?.impossible) return { start: at, end: swallowRange(text, from.end, now) };
  if (isHabit(text, at) || (!from.day && isGivenName(text, at) && isZhouName(text, at, from.end))) {
    return { start: at, end: from.end };
  }
  return withRange(text, at, from, now);
}

/** The rest of a range that began with a day that does not exist: 2月30日-3月1日 is none as a whole. */
function swallowRange(text: string, end: number, now: Now): number {
  const dash = matchAt(RANGE, text, end);
  return (dash ? readMoment(text, end + dash[0].length, now, true)?.end : undefined) ?? end;
}

function withRange(text: string, at: number, from: Moment, now: Now): Expression {
  const plain: Expression = { start: at, end: from.end, from };
  const dash = matchAt(RANGE, text, from.end);
  if (!dash || dash[0].trim() === '') return plain;
  const to = readEnd(text, from.end + dash[0].length, from, now);
  if (!to) return plain;
  if (to.day?.impossible) return { start: at, end: to.end };
  if (to.day?.refs[0]?.kind === 'span' || (from.part && !from.clock && to.clock && !to.part && !to.day))
    return plain;
  const close = matchAt(CLOSE, text, to.end);
  return { start: at, end: to.end + (close?.[0].length ?? 0), from, to };
}
