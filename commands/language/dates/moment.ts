/** One moment as it was said, day? part? time?, with what may stand about and between them: 昨天(周二) 晚上大概8点. */
import { type Clock, readClock } from './clock.ts';
import type { Day, Now } from './day.ts';
import { type Part, readPart, standsAlone } from './day-parts.ts';
import { readHoliday } from './holidays.ts';
import { openingAt } from './openings.ts';
import { before, GAP, holdsAt, matchAt, SMALL, skipBlanks, sticky, valueOf, WEEK } from './words.ts';

export interface Moment {
  start: number;
  end: number;
  day?: Day;
  part?: Part;
  clock?: Clock;
  /** 大约, 左右: not exact. */
  about?: 'day' | 'time';
  /** The weekday that was said beside a date (11月5日周四). */
  weekday?: number;
}

/** One day, by the first reader that takes it. */
export function readDay(text: string, at: number, now: Now): Day | null {
  for (const reader of openingAt(text, at).days) {
    const day = reader(text, at, now);
    if (day) return day;
  }
  return null;
}

const ABOUT_LEAD = /大概|大约|约|差不多/;
const BESIDE_DAY = `(?:${WEEK})(?<b>[一二三四五六日天1-7])(?![、,]?[一二三四五六日天](?![a-z])|到|至|-|~)`;
const WEEKDAY_BESIDE = sticky(
  `[ ,]{0,2}(?:[(\\[]${GAP}(?:${WEEK})?(?<a>[一二三四五六日天1-7])${GAP}[)\\]]|${BESIDE_DAY})`,
);
/** After 昨天 only what stands in brackets or at once: 昨天(周二), 昨天周二. */
const WEEKDAY_CLOSE = sticky(
  `(?: ?[(\\[]${GAP}${WEEK}(?<a>[一二三四五六日天1-7])${GAP}[)\\]]|${BESIDE_DAY})`,
);
const DAY_TAIL = sticky(
  ' ?(?:(?<about>左右|前后|上下|附近)|(?<side>(?:以|之|或之)?[前后](?!面|边|门|院|台|村|山|排|期|勤|来|进|往|半|天|晌))|那(?=[晚夜])|那天|当天|这天|那日|当日|一整天|整天|全天|白天|这一天|那一天)',
);
const DAY_GAP = sticky('(?:T(?=[0-9])|[ ,]{0,3})(?:的|是|大概|大约|约|差不多|从|自|在|于)?[ ]{0,2}');
const PART_GAP = sticky(' {0,2}(?:的|大概|大约|约莫?|差不多|快|将近|刚|从|,)? {0,2}');
export const WEEKDAY_NUMBERS: Record<string, number> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
};

function takeDay(text: string, at: number, now: Now): Moment | null {
  const day = readDay(text, at, now);
  if (!day) return null;
  const moment: Moment = { start: at, end: day.end, day };
  if (day.impossible) return moment;
  if (day.flags.includes('approximate')) moment.about = 'day';
  besideWeekday(text, moment);
  absorbHoliday(text, moment, now);
  const tail = matchAt(DAY_TAIL, text, moment.end);
  if (tail) {
    moment.end += tail[0].length;
    if (tail.groups!['about'] !== undefined || tail.groups!['side'] !== undefined) moment.about = 'day';
  }
  return moment;
}

/** 11月5日（周四）: the weekday adds nothing but a doubt where it does not fit. */
function besideWeekday(text: string, moment: Moment): void {
  const day = moment.day!;
  if (!day.explicit && day.refs[0]?.kind !== 'exact') return;
  const beside = matchAt(day.explicit ? WEEKDAY_BESIDE : WEEKDAY_CLOSE, text, moment.end);
  if (!beside) return;
  const char = beside.groups!['a'] ?? beside.groups!['b']!;
  moment.weekday = WEEKDAY_NUMBERS[char] ?? Number(char);
  moment.end += beside[0].length;
}

/** 10月3日国庆值班, 国庆10月3日: the day written out is meant, the holiday only tells why. */
function absorbHoliday(text: string, moment: Moment, now: Now): void {
  const day = moment.day!;
  if (day.explicit && day.refs[0]?.kind !== 'day') {
    const holiday = readHoliday(text, skipBlanks(text, moment.end), now);
    if (holiday?.holiday) moment.end = holiday.end;
  } else if (day.holiday || day.refs[0]?.kind === 'weekday') {
    const later = readDay(text, skipMarks(text, moment.end), now);
    if (!later?.explicit || later.impossible) return;
    // 周三10号 is one day; 国庆3号 too, but its month is the holiday's.
    if (later.refs[0]?.kind === 'day' && !isDayOfWeek(text, moment)) return;
    const ref = day.refs[0];
    if (ref?.kind === 'weekday') moment.weekday = ref.weekday;
    moment.day = later;
    moment.end = later.end;
  }
}

/** Whether a weekday without its week is followed at once, or in brackets, by the day of the month. */
function isDayOfWeek(text: string, moment: Moment): boolean {
  const ref = moment.day?.refs[0];
  return ref?.kind === 'weekday' && ref.week === undefined && /[0-9(一二三十]/.test(text[moment.end] ?? '');
}

const MARKS = sticky('[ ,(]{0,3}');

function skipMarks(text: string, at: number): number {
  return at + (matchAt(MARKS, text, at)?.[0].length ?? 0);
}

/** day? part? time? with at least one of them, or null. `ending` = it follows 到. */
export function readMoment(text: string, at: number, now: Now, ending: boolean): Moment | null {
  const dated = takeDay(text, at, now);
  if (dated?.day?.impossible) return dated;
  const moment: Moment = dated ?? { start: at, end: at };
  takePart(text, moment);
  takeClock(text, moment);
  if (moment.clock?.weak && !moment.day && !moment.part && !ending) {
    if (!holdsAt(RANGE, text, moment.end)) return null;
  }
  if (moment.day || moment.clock) return moment;
  if (!moment.part) return null;
  return standsAlone(moment.part, text, moment.start) || ending ? moment : null;
}

function gapLength(pattern: RegExp, text: string, at: number): number {
  return matchAt(pattern, text, at)?.[0].length ?? 0;
}

function takePart(text: string, moment: Moment): void {
  if (moment.day?.part !== undefined) {
    moment.part = { kind: 'evening', text: moment.day.part, end: moment.end };
  } else {
    const from = moment.day ? moment.end + gapLength(DAY_GAP, text, moment.end) : moment.end;
    const part = openingAt(text, from).part ? readPart(text, from, moment.day !== undefined) : null;
    if (!part) return;
    moment.part = withLate(text, part);
    moment.end = moment.part.end;
  }
}

/** 昨晚半夜, 昨晚凌晨: the hours after midnight of that night. */
function withLate(text: string, part: Part): Part {
  const later =
    part.kind === 'evening' && openingAt(text, part.end).part ? readPart(text, part.end, true) : null;
  if (later?.kind !== 'night' && later?.kind !== 'dawn') return part;
  return { kind: 'late', text: part.text + later.text, end: later.end };
}

function takeClock(text: string, moment: Moment): void {
  if (moment.day?.time !== undefined) return;
  const bare = !moment.day && !moment.part;
  const gap = bare ? 0 : gapLength(moment.part ? PART_GAP : DAY_GAP, text, moment.end);
  const lead = text.slice(moment.end, moment.end + gap);
  const at = moment.end + gap;
  if (!openingAt(text, at).clock) return;
  const clock = readClock(text, at, !bare, moment.part !== undefined) ?? openHour(text, at, !bare);
  if (!clock || (clock.weak && clockIsLittle(moment, clock, gap))) return;
  moment.clock = clock;
  moment.end = clock.end;
  if (clock.about || ABOUT_LEAD.test(lead)) moment.about ??= 'time';
}

/** 晚一点, 早两点: "a little later", where nothing but the single character stands before. */
function clockIsLittle(moment: Moment, clock: Clock, gap: number): boolean {
  return !moment.day && moment.part?.text.length === 1 && gap === 0 && clock.hour <= 2;
}

export const RANGE = sticky(
  ' {0,2}(?:钟)?(?:开始|起)?(?:[ ,]?(?:一直|直)?[干忙做扫巡守值开学聊弄搞清走站跑]{0,2}了?(?:到|至)|[~-]{1,3}|->) {0,2}',
);
const OPEN_HOUR = sticky(`(?<h>[01]?[0-9]|2[0-4]|${SMALL})(?:点)?(?= {0,2}(?:到|至|~|-{1,2}) {0,2})`);

/** The 8 of 8-10点: an hour whose 点 stands only at the end of the range. */
function openHour(text: string, at: number, company: boolean): Clock | null {
  if (!company && /[0-9.零〇一二三四五六七八九十百第:/-]/.test(before(text, at, 1))) return null;
  const found = matchAt(OPEN_HOUR, text, at);
  if (!found) return null;
  const hour = valueOf(found.groups!['h']!);
  const next = at + found[0].length + gapLength(RANGE, text, at + found[0].length);
  const end = readClock(text, next, true, false);
  if (!end || end.written || !(hour <= 24) || !/[点时]/.test(text.slice(next, end.end))) return null;
  return { end: at + found[0].length, hour, minute: 0, second: 0 };
}
