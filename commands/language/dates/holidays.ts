/**
 * Days known by name. The list: the State Council's holidays and memorial days (全国年节及纪念日放假办法), the
 * days a Party branch keeps (七一, 学雷锋, 宪法日 …), the lunar festivals and the 24 solar terms, each with the
 * short names used in chat.
 */
import { Lunar } from 'lunar-typescript';
import { addDays, dateOf, type IsoDate, weekday } from '../../../scoring/calendar.ts';
import type { Day, DayRef, Now } from './day.ts';
import { isGivenName, isHabit } from './guards.ts';
import { fromLunar } from './lunar.ts';
import { before, holdsAt, matchAt, sticky, valueOf } from './words.ts';
import { yearOfWord } from './written.ts';

interface Holiday {
  name: string;
  /** The day in a year, null where it has none. */
  on: (year: number) => IsoDate | null;
  /** 十一, 五一, 小年: also something else, or not the same day everywhere. */
  flag?: 'ambiguous-numeric' | 'lunar-guess';
}

const fixed = (month: number, day: number) => (year: number) => dateOf(year, month, day);
const lunar = (month: number, day: number) => (year: number) => fromLunar(year, month, day);
/** The nth of a weekday in a month (母亲节 = second Sunday of May). */
const nth = (month: number, day: number, count: number) => (year: number) => {
  const first = dateOf(year, month, 1)!;
  return addDays(first, ((day - weekday(first) + 7) % 7) + (count - 1) * 7);
};

const terms = new Map<number, Map<string, IsoDate>>();

/** The solar terms of a calendar year, as computed by lunar-typescript for Chinese time. */
function termsOf(year: number): Map<string, IsoDate> {
  const known = terms.get(year);
  if (known) return known;
  const days = new Map<string, IsoDate>();
  for (const from of [year, year + 1]) {
    for (const [name, moment] of Object.entries(Lunar.fromYmd(from, 1, 1).getJieQiTable())) {
      const date = moment.toYmd();
      if (!/[a-zA-Z]/.test(name) && date.startsWith(String(year))) days.set(name, date);
    }
  }
  terms.set(year, days);
  return days;
}

const term = (name: string) => (year: number) =>
  year < 1900 || year > 2100 ? null : (termsOf(year).get(name) ?? null);

const NAMES: [string, (year: number) => IsoDate | null, Holiday['flag']?][] = [
  ['元旦节?', fixed(1, 1)],
  ['学雷锋(?:纪念)?日|雷锋日', fixed(3, 5)],
  ['三八妇女节|三八节|妇女节|女神节|三八(?=$|[ ,，。活慰])', fixed(3, 8)],
  ['植树节', fixed(3, 12)],
  ['消费者权益(?:保护)?日', fixed(3, 15)],
  ['世界水日', fixed(3, 22)],
  ['(?:全民)?国家安全(?:教育)?日', fixed(4, 15)],
  ['(?:世界)?地球日', fixed(4, 22)],
  ['(?:世界)?读书日', fixed(4, 23)],
  ['五一(?:国际)?劳动节|五一节?|劳动节', fixed(5, 1)],
  ['五四青年节|五四(?=$|[ ,，。青活慰当那晚])|青年节', fixed(5, 4)],
  ['(?:防灾减灾|全国防灾减灾)日', fixed(5, 12)],
  ['护士节', fixed(5, 12)],
  ['六一(?:国际)?儿童节|六一节?|儿童节', fixed(6, 1)],
  ['(?:世界)?环境日', fixed(6, 5)],
  ['(?:国际)?禁毒日', fixed(6, 26)],
  ['七一建党节|建党节|建党日|建党纪念日|党的生日|七一', fixed(7, 1)],
  ['八一建军节|建军节|八一', fixed(8, 1)],
  ['抗战胜利(?:纪念)?日', fixed(9, 3)],
  ['教师节', fixed(9, 10)],
  ['九一八', fixed(9, 18)],
  ['烈士纪念日', fixed(9, 30)],
  ['十一国庆节?|国庆节?', fixed(10, 1)],
  ['记者节', fixed(11, 8)],
  ['消防(?:宣传|安全)?日', fixed(11, 9)],
  ['双十一|光棍节', fixed(11, 11)],
  ['双十二', fixed(12, 12)],
  ['(?:国家)?宪法(?:宣传)?日', fixed(12, 4)],
  ['(?:国际)?志愿者日', fixed(12, 5)],
  ['(?:国家)?公祭日', fixed(12, 13)],
  ['平安夜', fixed(12, 24)],
  ['圣诞节|圣诞', fixed(12, 25)],
  ['跨年夜', fixed(12, 31)],
  ['情人节', fixed(2, 14)],
  ['愚人节', fixed(4, 1)],
  ['母亲节', nth(5, 7, 2)],
  ['父亲节', nth(6, 7, 3)],
  ['感恩节', nth(11, 4, 4)],
  ['(?:中国农民)?丰收节', term('秋分')],
  ['除夕夜?|大年三十|年三十|大年夜|年夜(?!饭)', lunar(12, 0)],
  ['春节', lunar(1, 1)],
  ['元宵节|元宵(?=$|[ ,。;晚上那当猜闹值巡慰走打活前后])|上元节', lunar(1, 15)],
  ['龙抬头', lunar(2, 2)],
  ['端午节?|端阳节?', lunar(5, 5)],
  ['七夕节?', lunar(7, 7)],
  ['中元节?|鬼节', lunar(7, 15)],
  ['中秋节?', lunar(8, 15)],
  ['重阳节?|老人节|敬老节', lunar(9, 9)],
  ['寒衣节', lunar(10, 1)],
  ['下元节', lunar(10, 15)],
  ['腊八节?', lunar(12, 8)],
  ['小年(?:夜)?(?!轻|纪|龄|级|份|少)', lunar(12, 23), 'lunar-guess'],
  ...['立春', '惊蛰', '春分', '谷雨', '立夏', '小满', '芒种', '夏至', '小暑', '大暑', '立秋', '处暑'].map(
    (name): [string, (year: number) => IsoDate | null] => [name, term(name)],
  ),
  ...['白露', '秋分', '寒露', '霜降', '立冬', '冬至', '小寒', '大寒'].map(
    (name): [string, (year: number) => IsoDate | null] => [name, term(name)],
  ),
  ['清明节?', term('清明')],
  // These three are weather far more often than a day.
  ...['雨水', '小雪', '大雪'].map((name): [string, (year: number) => IsoDate | null] => [
    `${name}(?=节气|那天|当天|这天)`,
    term(name),
  ]),
];

type Named = Holiday & { pattern: RegExp };

const HOLIDAYS = new Map<string, Named>();
for (const [name, on, flag] of NAMES) {
  HOLIDAYS.set(name, { name, on, ...(flag ? { flag } : {}), pattern: sticky(`(?:${name})`) });
}
const NATIONAL_DAY = HOLIDAYS.get('十一国庆节?|国庆节?')!;

/** The first two characters of every form of a name, so that other text costs nothing. */
function openingsOf(name: string): string[] {
  return name
    .replace(/\(\?[=!][^)]*\)/g, '')
    .split('|')
    .flatMap((form) => {
      const bare = form.replace(/^\(\?:(?=[^)]*$)/, '');
      return [bare.replace(/^\(\?:/, ''), bare.replace(/^\(\?:[^)]*\)\?/, '')].map((text) =>
        text.replace(/[()?:]/g, '').slice(0, 2),
      );
    });
}

const OPENINGS = new Map<string, Named[]>();
for (const holiday of HOLIDAYS.values()) {
  for (const opening of new Set(openingsOf(holiday.name))) {
    OPENINGS.set(opening, [...(OPENINGS.get(opening) ?? []), holiday]);
  }
}

/** The pairs of characters that a named day can begin with. */
export const HOLIDAY_OPENINGS: ReadonlySet<string> = new Set([...OPENINGS.keys(), '十一']);

const YEAR = sticky(
  '(?:(?:(?<year>(?:19|20)[0-9]{2}|[零〇一二三四五六七八九oO]{4}|[0-9]{2}|[零〇一二三四五六七八九]{2})年|(?<word>大前年|[前去旧上今本明后来]年)))(?:的)?',
);
/** 十一 by itself: only where it stands alone or before what one does on the holiday. */
const OCTOBER = sticky(
  '十一(?=$|[ \\n,，。;!]|期间|假|长假|放|黄金周|那|当天|值|巡|升|慰|走|打扫|清理|前|后|国庆|晚|上午|下午|早)',
);
const HALF = /[零〇一二三四五六七八九十百千廿0-9第]/;

/** Things and works named after the day: 五一路, 七一勋章, 中秋月饼, 八一小学. */
const NAMESAKE = sticky(
  '(?:(?<=五四)青年(?!节)|快乐|愉快|吉祥|安康|大吉|祝福|糕|劳动(?!节)|劳模|路|街|巷|道|村|庄|屯|乡|镇|桥|渠|广场|小区|社区|大道|中学|小学|学校|幼儿园|医院|农场|林场|水库|厂|公司|超市|饭店|馆|堂|勋章|奖章|奖|精神|运动|红旗|妇女(?!节)|巾帼|月饼|粽|汤圆|饺|对联|春联|年货|' +
    '物资|礼品|礼物|红包|福利|讲话|班|团|连|组|户|[个人元块点号月日年次名斤分]|上河|电影|制片|南昌|起义|粥|蒜|茶|蛋|花|菜|桂|书记|老师|叔|哥|姐|伯|婶|大姐|大哥|时节|(?<=[一二三四五六七八九十])[零〇一二三四五六七八九十百0-9])',
);
/** 国庆期间, 春节前: around the day, not on it. */
const AROUND = sticky(
  '(?<vague>(?:期间|[0-9一二三四五六七八九十]{1,2}天|假期|长假|小长假|放假|黄金周|假|前后|(?:以|之)?前(?!一天|一日|天|夕)|(?:以|过|之|节)?后(?!一天|天)|前夕|里|过后|左右|那几天|几天|前几天|那阵子|联欢晚会|晚会|联欢会?))',
);
const PREPARE = /(?:[迎庆喜贺祝逢每度盼]|欢度|喜迎|临近|快到|又到|不到) ?$/;
const NTH_DAY = sticky(
  '(?:的|节|假期)?(?:第(?<nth>[0-9]|[一二三四五六七])天|(?<prev>前夜|前一天|头一天|前一日|头天)|(?<next>后一天|次日|隔天|后第一天|过后第一天))',
);
const THAT_DAY = sticky('(?:那天|当天|当日|这天|那日|这一天|节气)');

/** A day known by name, perhaps with its year (去年国庆) or counted from it (国庆第二天). */
export function readHoliday(text: string, at: number, now: Now): Day | null {
  const year = /[年前]/.test(text.slice(at + 1, at + 6)) ? matchAt(YEAR, text, at) : null;
  const start = at + (year?.[0].length ?? 0);
  const october = matchAt(OCTOBER, text, start);
  if (october && !HALF.test(before(text, start, 1)) && !isGivenName(text, start)) {
    return finish(text, at, start + 2, { ...NATIONAL_DAY, flag: 'ambiguous-numeric' }, yearIn(year, now));
  }
  for (const holiday of OPENINGS.get(text.slice(start, start + 2)) ?? []) {
    const found = matchAt(holiday.pattern, text, start);
    if (!found) continue;
    const end = start + found[0].length;
    const figures = /^[一二三四五六七八九十]/.test(found[0]);
    if (figures && HALF.test(before(text, start, 1))) return null;
    if (!year && !/节|日$/.test(found[0]) && isGivenName(text, start)) return null;
    if (holdsAt(NAMESAKE, text, end) || isHabit(text, at)) {
      return { end, refs: [], flags: [], impossible: true };
    }
    return finish(text, at, end, holiday, yearIn(year, now));
  }
  return null;
}

function yearIn(found: RegExpExecArray | null, now: Now): number | undefined {
  const groups = found?.groups;
  if (groups?.['word'] !== undefined) return yearOfWord(groups['word'], now);
  if (groups?.['year'] === undefined) return undefined;
  const value = valueOf(groups['year']);
  return value >= 100 ? value : value + (value > Number(now.today.slice(2, 4)) + 5 ? 1900 : 2000);
}

function finish(text: string, at: number, end: number, holiday: Holiday, year: number | undefined): Day {
  const ref: Extract<DayRef, { kind: 'yearly' }> = { kind: 'yearly', name: holiday.name };
  if (year !== undefined) ref.year = year;
  const flags = holiday.flag ? [holiday.flag] : [];
  const nthDay = matchAt(NTH_DAY, text, end);
  if (nthDay) {
    const { nth: count, prev } = nthDay.groups!;
    ref.shift = count === undefined ? (prev === undefined ? 1 : -1) : valueOf(count) - 1;
    return { end: end + nthDay[0].length, refs: [ref], flags, holiday: true };
  }
  const around = matchAt(AROUND, text, end);
  if (around || PREPARE.test(before(text, at, 2))) {
    return { end: end + (around?.[0].length ?? 0), refs: [ref], flags: ['approximate'], holiday: true };
  }
  const that = matchAt(THAT_DAY, text, end);
  return { end: end + (that?.[0].length ?? 0), refs: [ref], flags, holiday: true };
}

/** The day a name means: in the year said, or the latest not after today (for what lies ahead, the next). */
export function dateOfHoliday(ref: Extract<DayRef, { kind: 'yearly' }>, now: Now): IsoDate | null {
  const holiday = HOLIDAYS.get(ref.name);
  if (!holiday) return null;
  const shift = ref.shift ?? 0;
  const current = Number(now.today.slice(0, 4));
  const inYear = (year: number): IsoDate | null => {
    const date = holiday.on(year);
    return date === null ? null : addDays(date, shift);
  };
  if (ref.year !== undefined) {
    const date = inYear(ref.year);
    // 今年除夕, said in November: the one that fell into this calendar year.
    if (date && ref.year === current && date.slice(0, 4) > String(current) && now.bias === 'past')
      return inYear(current - 1);
    return date;
  }
  for (let step = -1; step <= 2; step += 1) {
    const year = now.bias === 'past' ? current - step : current + step;
    const date = inYear(year);
    if (date && (now.bias === 'past' ? date <= now.today : date >= now.today)) return date;
  }
  return null;
}
