/** Words that name a stretch of days, not a day: 上周, 月初, 最近, 10月份. They are found, and never exact. */
import {
  addDays,
  addMonths,
  firstDay,
  type IsoDate,
  lastDay,
  monthOf,
  weekday,
} from '../../../scoring/calendar.ts';
import { parseNumeral } from '../numerals.ts';
import type { Day, Now } from './day.ts';
import { isGreeting, isMeasured } from './guards.ts';
import { before, DIGIT, holdsAt, matchAt, SMALL, sticky, valueOf, WEEK } from './words.ts';
import { monthOfWord, yearOfWord } from './written.ts';

type Span = [IsoDate, IsoDate];

const WEEK_SPAN = sticky(
  `(?<shift>上上个?|上一?个?|前一?个|这个?|本|下下个?|下一?个?)${WEEK}(?<end>末)?(?![一二三四五六七八九日天1-7](?![次回趟遍])|[岁边围])`,
);
const WEEKEND = sticky('(?:周末|双休日?|礼拜末)');
const WHICH = '(?<which>上旬|中旬|下旬|初|底|末|中(?!午|秋|间|心|学|小|国|医|等)|头(?!条)|尾)?';
const MONTH_SPAN = sticky(`(?<rel>上上个?月|上个?月|这个?月|本月|当月|下下个?月|下个?月)(?:份)?的?${WHICH}`);
const OWN_MONTH = sticky(
  `(?:(?<year>(?:19|20)[0-9]{2}|[0-9]{2})年|(?<word>大前年|[前去今本当明]年))?(?<month>元|${SMALL}) ?月(?<fen>份)?的?${WHICH}`,
);
/** 1-3月, 4到6月, 1、2月: months that share the word. */
const MONTHS = sticky(
  `(?:(?<year>(?:19|20)[0-9]{2})年|(?<word>大前年|[前去今本当明]年))?(?<from>${SMALL})月?(?:份)?(?:到|至|~|-{1,2}|、|和|(?<=${DIGIT})(?=${DIGIT}月))(?<month>${SMALL})月(?:份)?(?!${SMALL}[日号]|[初廿])`,
);
const BARE_PART = sticky(
  '(?:月(?<which>初|底|末|中(?=$|[ ,，。、那这去的]|旬)|头(?=$|[ ,，。、那这的])|尾)|(?<xun>[上中下]旬|[上下]半月))',
);
const YEAR_SPAN = sticky(
  '(?<word>大前年|前年|去年|上年|旧年)(?:的)?(?:年?(?<which>初|底|末)|(?<half>上半年|下半年)|[春夏秋冬][天季])?',
);
const YEAR_PART = sticky(
  '(?:(?:今年|明年)?年(?<which>初|底|末|尾|头)(?!一|二|三|四|五|六|七|八|九|十)|(?:今年)?(?<half>上半年|下半年)|今年[春夏秋冬][天季])',
);
const RECENT = sticky(
  '(?:最近|近期|近来|近日|日前|近几天|近些天|这阵子?|这段时间|这几天|这两天|这些天|前几天|前两天|前些天|前几日|前些日子|前阵子?|前一阵子?|前段(?:时间|日子)|节[前后](?=$|[ ,。;走慰去值打巡])|前不久|不久前|早些时候|头几天|头两天|那几天|前三天|前几周|前几个月|这三天|这几日|最近几天)(?:里|来)?',
);
const LAST_FEW = sticky(
  '(?:过去|最近|近|这|前)(?<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2}) ?(?<unit>天|日|周|个?星期|个?礼拜|个月)(?!的?时间|前|后)',
);
const SOON = sticky('(?:过几天|过两天|过些天|改天|改日|过阵子)');
const SOME_DAY = sticky(
  '(?:有一天|有天(?=晚|早|下|上|我|去|巡)|那天(?=晚|早|下午|上午|我|去|巡|打|在)|某天|某日)',
);

function monthSpan(month: string, which: string | undefined): Span {
  const last = lastDay(month);
  if (which === undefined) return [firstDay(month), last];
  if (which === '初' || which === '头') return [firstDay(month), `${month}-07`];
  if (which === '上旬') return [firstDay(month), `${month}-10`];
  if (which === '上半月') return [firstDay(month), `${month}-15`];
  if (which === '下半月') return [`${month}-16`, last];
  if (which.startsWith('中')) return [`${month}-11`, `${month}-20`];
  if (which === '下旬') return [`${month}-21`, last];
  return [addDays(last, -6), last];
}

function weekSpan(shift: string, end: boolean, now: Now): Span {
  const weeks = shift.startsWith('上上')
    ? -2
    : /^[上前]/.test(shift)
      ? -1
      : shift.startsWith('下下')
        ? 2
        : shift.startsWith('下')
          ? 1
          : 0;
  const monday = addDays(now.today, 1 - weekday(now.today) + weeks * 7);
  return end ? [addDays(monday, 5), addDays(monday, 6)] : [monday, addDays(monday, 6)];
}

function span(at: number, found: RegExpExecArray, days: Span, of?: 'week' | 'month'): Day {
  const ref = { kind: 'span' as const, first: days[0], last: days[1] };
  return { end: at + found[0].length, refs: [of ? { ...ref, of } : ref], flags: ['approximate'] };
}

/** A stretch of days by week or month. */
export function readSpan(text: string, at: number, now: Now): Day | null {
  const week = matchAt(WEEK_SPAN, text, at);
  if (week) {
    const end = week.groups!['end'] !== undefined;
    return span(at, week, weekSpan(week.groups!['shift']!, end, now), end ? undefined : 'week');
  }
  const weekend = matchAt(WEEKEND, text, at);
  if (weekend && !isGreeting(text, at + weekend[0].length) && !/[每个逢]/.test(before(text, at, 1))) {
    const thisWeek = weekday(now.today) >= 6 || now.bias === 'future';
    return span(at, weekend, weekSpan(thisWeek ? '这' : '上', true, now));
  }
  const month = matchAt(MONTH_SPAN, text, at);
  if (month)
    return span(
      at,
      month,
      monthSpan(monthOfWord(month.groups!['rel']!, now), month.groups!['which']),
      'month',
    );
  return (
    readMonths(text, at, now) ??
    readOwnMonth(text, at, now) ??
    readBarePart(text, at, now) ??
    readYearSpan(text, at, now) ??
    readRecent(text, at, now)
  );
}

/** 1-3月: all days of these months. */
function readMonths(text: string, at: number, now: Now): Day | null {
  const found = matchAt(MONTHS, text, at);
  if (!found || /[0-9.:零〇一二三四五六七八九十第年月]/.test(before(text, at, 1))) return null;
  const groups = found.groups!;
  const [from, to] = [valueOf(groups['from']!), valueOf(groups['month']!)];
  if (!(from >= 1 && from < to && to <= 12)) return null;
  const current = Number(now.today.slice(0, 4));
  let year = groups['year'] === undefined ? current : Number(groups['year']);
  if (groups['word'] !== undefined) year = yearOfWord(groups['word'], now);
  const month = (value: number): string => `${year}-${String(value).padStart(2, '0')}`;
  if (
    groups['year'] === undefined &&
    groups['word'] === undefined &&
    now.bias === 'past' &&
    month(from) > monthOf(now.today)
  )
    year -= 1;
  return span(at, found, [firstDay(month(from)), lastDay(month(to))]);
}

/** 一月三次 is a habit; 八月桂花 and the like are no months either. */
const REPEATED = sticky('(?:(?<=一月) ?[一两三二0-9][次回趟]|桂花|革命|饼|[兰雪瓜柿泡龄])');

/** 10月份, 3月底, 去年12月. */
function readOwnMonth(text: string, at: number, now: Now): Day | null {
  const found = matchAt(OWN_MONTH, text, at);
  if (!found || /[0-9.:零〇一二三四五六七八九十第每几两数半]/.test(before(text, at, 1))) return null;
  const groups = found.groups!;
  const number = groups['month'] === '元' ? 1 : valueOf(groups['month']!);
  const end = at + found[0].length;
  if (!(number >= 1 && number <= 12)) return { end, refs: [], flags: [], impossible: true };
  if (holdsAt(REPEATED, text, end) && groups['fen'] === undefined) return null;
  if (groups['month'] === '两' || (groups['fen'] === undefined && text[end] === '月')) return null;
  const month = `-${String(number).padStart(2, '0')}`;
  let year = Number(now.today.slice(0, 4));
  if (groups['year'] !== undefined) year = Number(groups['year']) + (groups['year'].length === 2 ? 2000 : 0);
  else if (groups['word'] !== undefined) year = yearOfWord(groups['word'], now);
  else if (now.bias === 'past' && `${year}${month}` > monthOf(now.today)) year -= 1;
  return span(at, found, monthSpan(`${year}${month}`, groups['which']), 'month');
}

/** 月初, 月底, 上旬: of this month, or of the last one where that part has not begun. */
function readBarePart(text: string, at: number, now: Now): Day | null {
  const found = matchAt(BARE_PART, text, at);
  if (!found || /[0-9一二三四五六七八九十正腊冬个每本上下这当月]/.test(before(text, at, 1))) return null;
  const which = found.groups!['which'] ?? found.groups!['xun'];
  const own = monthSpan(monthOf(now.today), which);
  const days =
    now.bias === 'past' && own[0] > now.today ? monthSpan(addMonths(monthOf(now.today), -1), which) : own;
  return span(at, found, days);
}

function readYearSpan(text: string, at: number, now: Now): Day | null {
  const found = matchAt(YEAR_SPAN, text, at) ?? matchAt(YEAR_PART, text, at);
  if (!found || /[每零〇一二三四五六七八九十0-9]/.test(before(text, at, 1))) return null;
  const groups = found.groups!;
  const year = groups['word'] === undefined ? Number(now.today.slice(0, 4)) : yearOfWord(groups['word'], now);
  if (groups['which'] !== undefined) {
    const start = /初|头/.test(groups['which']);
    const late =
      !start && groups['word'] === undefined && now.bias === 'past' && now.today.slice(5) < '12'
        ? year - 1
        : year;
    return span(at, found, start ? [`${year}-01-01`, `${year}-02-28`] : [`${late}-12-01`, `${late}-12-31`]);
  }
  if (groups['half'] === '上半年') return span(at, found, [`${year}-01-01`, `${year}-06-30`]);
  if (groups['half'] === '下半年') return span(at, found, [`${year}-07-01`, `${year}-12-31`]);
  return span(at, found, [`${year}-01-01`, `${year}-12-31`]);
}

function readRecent(text: string, at: number, now: Now): Day | null {
  const few = matchAt(LAST_FEW, text, at);
  if (few && !isMeasured(text, at + few[0].length)) {
    const count = parseNumeral(few.groups!['count']!) ?? 7;
    const length =
      count * (/月/.test(few.groups!['unit']!) ? 30 : /天|日/.test(few.groups!['unit']!) ? 1 : 7);
    return span(at, few, [addDays(now.today, -length), now.today]);
  }
  const recent = matchAt(RECENT, text, at);
  if (recent) return span(at, recent, [addDays(now.today, -10), now.today]);
  const soon = matchAt(SOON, text, at);
  if (soon) return span(at, soon, [addDays(now.today, 1), addDays(now.today, 10)]);
  const some = matchAt(SOME_DAY, text, at);
  return some ? span(at, some, [addDays(now.today, -10), now.today]) : null;
}
