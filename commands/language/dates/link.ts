/** Pieces of one date that stand apart in a message are put together: 昨天 张三 8点巡逻, 今天（22日）. */
import { addDays } from '../../../scoring/calendar.ts';
import type { Reading } from './date-reading.ts';

export interface Item {
  start: number;
  end: number;
  also?: { start: number; end: number }[];
  reading: Reading;
}

/** Marks and words that may stand between two namings of the same day. */
const BESIDE = /^[ ,、()[\]:;"。，]{0,3}(?:也就是|就是|即|是)?[ ,、([]{0,2}$/;
const LISTED = /^ ?(?:[、,;/和跟与及]|以及|还有)? ?$/;

/** The items of a message, linked. */
export function link(text: string, items: Item[]): Item[] {
  return joinTimes(text, sayOnce(text, dropContext(items)));
}

/** 10月份：8号、15号: the month only said of which month the days are. */
function dropContext(items: Item[]): Item[] {
  return items.filter((item, i) => {
    const ref = item.reading.ref;
    // 国庆3号: the holiday named the month.
    if (ref?.kind === 'yearly' && items[i + 1]?.start === item.end)
      return items[i + 1]!.reading.ref?.kind !== 'exact';
    if (ref?.kind !== 'span' || ref.of === undefined) return true;
    const next = items[i + 1]?.reading;
    const kind = next?.ref?.kind;
    const within = next !== undefined && next.date >= ref.first && next.date <= ref.last;
    return !(
      within &&
      (ref.of === 'week' ? kind === 'weekday' : kind === 'day' || kind === 'month-day' || kind === 'exact')
    );
  });
}

/** 昨天（21号） names one day twice; what carries a time is kept. */
function sayOnce(text: string, items: Item[]): Item[] {
  const kept: Item[] = [];
  for (const item of items) {
    const last = kept.at(-1);
    const same =
      last && isPlainDay(last.reading) && item.reading.dated && item.reading.date === last.reading.date;
    if (
      same &&
      item.reading.ref?.kind === 'next' &&
      item.reading.time === undefined &&
      item.reading.part === undefined
    )
      continue;
    if (
      same &&
      (item.reading.explicit !== last.reading.explicit || item.reading.ref?.kind === 'yearly') &&
      item.start >= last.end &&
      BESIDE.test(text.slice(last.end, item.start))
    ) {
      kept[kept.length - 1] = {
        ...item,
        start: last.start,
        reading: {
          ...item.reading,
          ...(item.reading.part === undefined && last.reading.part !== undefined
            ? { part: last.reading.part }
            : {}),
          flags: surer(last, item),
        },
      };
    } else kept.push(item);
  }
  return kept;
}

/** Two namings that agree leave less doubt than either. */
function surer(first: Item, second: Item): Reading['flags'] {
  return second.reading.flags.filter(
    (flag) => first.reading.flags.includes(flag) || flag === 'ambiguous-am-pm',
  );
}

function isPlainDay(reading: Reading): boolean {
  return (
    reading.dated && reading.time === undefined && reading.endDate === undefined && reading.vague !== 'day'
  );
}

/** A time without a day goes to the day beside it: the one before, or the only one after. */
function joinTimes(text: string, items: Item[]): Item[] {
  const kept: Item[] = [];
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i]!;
    const last = kept.at(-1);
    if (item.reading.dated || !last?.reading.dated) {
      kept.push(item);
      continue;
    }
    if (last.reading.time !== undefined || clashes(last.reading, item.reading)) {
      const next = followUp(text, last, item);
      if (next === 'end') kept[kept.length - 1] = close(last, item);
      else kept.push(next);
    } else if (last.reading.endDate === undefined) {
      kept[kept.length - 1] = merge(last, item);
    } else kept.push(item);
  }
  return joinForward(kept);
}

const TO = /[到至]$/;
const OVER = /^ ?(?:钟)?(?:结束|收工|收队|完工|散会|回家|回来|回去|下班|为止|止)/;

/** A later time of the same message: the end of what began (8点开始，10点结束), or another hour of that day. */
function followUp(text: string, last: Item, item: Item): Item | 'end' {
  if (last.reading.vague === 'day') return item;
  const between = text.slice(last.end, item.start);
  const ends = between.length <= 24 && (TO.test(between) || OVER.test(text.slice(item.end, item.end + 4)));
  if (
    ends &&
    last.reading.endTime === undefined &&
    last.reading.time !== undefined &&
    item.reading.time !== undefined
  ) {
    return 'end';
  }
  const listed = LISTED.test(between);
  if (!listed && item.reading.part === undefined && /\n/.test(between)) return item;
  const joined = onDay(last.reading, item.reading);
  // 昨晚巡逻，早上扫街: what comes earlier in the day than the last was the next morning.
  const earlier = !listed && orderOf(item.reading) < orderOf(last.reading);
  if (earlier) joined.date = addDays(joined.date, 1);
  if (earlier && joined.endDate !== undefined) joined.endDate = addDays(joined.endDate, 1);
  return { ...item, reading: joined };
}

const HOURS: Record<string, number> = {
  dawn: 2,
  morning: 7,
  noon: 12,
  afternoon: 15,
  evening: 20,
  night: 23,
  late: 24,
};

/** Where in the day a reading stands, in hours. */
function orderOf(reading: Reading): number {
  if (reading.partKind !== undefined) return HOURS[reading.partKind] ?? 0;
  return reading.time === undefined ? 0 : Number(reading.time.slice(0, 2));
}

/** 昨晚8点开始，10点结束 as one range. */
function close(start: Item, end: Item): Item {
  const on = onDay(start.reading, end.reading);
  const reading: Reading = { ...start.reading, endDate: start.reading.date, endTime: on.time! };
  if (reading.endTime! <= reading.time!) reading.endDate = addDays(reading.date, 1);
  return { ...start, also: [...(start.also ?? []), { start: end.start, end: end.end }], reading };
}

function clashes(day: Reading, time: Reading): boolean {
  return day.part !== undefined && time.part !== undefined && day.partKind !== time.partKind;
}

function merge(day: Item, time: Item): Item {
  const pieces = [...(day.also ?? []), { start: time.start, end: time.end }];
  return { ...day, also: pieces, reading: onDay(day.reading, time.reading) };
}

const LATE = new Set(['afternoon', 'evening', 'night', 'late']);

/** The time of one reading on the day of another, with that one's part of day where it has none. */
function onDay(day: Reading, time: Reading): Reading {
  const joined: Reading = { ...time, date: day.date, dated: true };
  joined.flags = [...day.flags, ...time.flags.filter((flag) => flag !== 'assumed-yesterday')];
  if (day.ref) joined.ref = day.ref;
  if (day.vague ?? time.vague) joined.vague = (day.vague ?? time.vague)!;
  if (joined.part === undefined && day.part !== undefined) joined.part = day.part;
  const late = time.part === undefined && day.partKind !== undefined && LATE.has(day.partKind);
  if (time.time !== undefined) joined.time = half(time.time, late);
  if (late) joined.flags = joined.flags.filter((flag) => flag !== 'ambiguous-am-pm');
  if (time.endTime !== undefined) joined.endTime = half(time.endTime, late);
  if (time.endDate !== undefined) {
    const overnight =
      joined.endTime !== undefined && joined.time !== undefined && joined.endTime <= joined.time;
    joined.endDate = overnight ? addDays(day.date, 1) : day.date;
  }
  return joined;
}

function half(time: string, late: boolean): string {
  const hour = Number(time.slice(0, 2));
  return late && hour >= 1 && hour < 12 ? `${hour + 12}${time.slice(2)}` : time;
}

/** 8点到9点半巡逻（11月18日）: the one time before the one day is that day's. */
function joinForward(items: Item[]): Item[] {
  const [first, second] = items;
  if (items.length !== 2 || !first || !second || first.reading.dated || !isPlainDay(second.reading))
    return items;
  if (clashes(second.reading, first.reading)) return items;
  return [
    {
      ...first,
      also: [{ start: second.start, end: second.end }],
      reading: onDay(second.reading, first.reading),
    },
  ];
}
