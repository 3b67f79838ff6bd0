/** Clock times as they are written and said: 8点半, 20:30, 七八点钟, 3pm. */
import { isMeasured, isPoints, isPointsAfter, isScore } from './guards.ts';
import { before, DIGIT, GAP, holdsAt, isHan, matchAt, sticky, valueOf } from './words.ts';

export interface Clock {
  end: number;
  hour: number;
  minute: number;
  second: number;
  /** Said with am/pm: the hour is of 24 already. */
  settled?: true;
  /** Written with a colon or in 24-hour style: not doubted. */
  written?: true;
  /** 8点多, 七八点. */
  about?: true;
  /** A bare 8点, good as a time only where a day, a part or the rest of the message makes it one. */
  weak?: true;
}

const HOUR = `(?:[01]?[0-9]|2[0-4]|二?十${DIGIT}?|[零〇一二三四五六七八九两])`;
const MINUTE_WORD = `(?:[零〇]${DIGIT}|[一二三四五]?十${DIGIT}?|${DIGIT})`;
const AMPM = '(?: ?(?<half>[aApP])\\.?[mM]\\b\\.?)';
const COLON = sticky(
  `(?<h>[01]?[0-9]|2[0-4]) ?: ?(?<m>[0-5][0-9])(?: ?: ?(?<s>[0-5][0-9]))?(?:时|分)?${AMPM}?(?![0-9]|:[0-9]|%)`,
);
const ENGLISH = sticky(`(?<h>1[0-2]|0?[1-9])${AMPM}`);
const DOTTED = sticky('(?<h>[01]?[0-9]|2[0-4])[.。](?<m>[0-5][0-9])(?![0-9]|[.。][0-9])');
const REST = `(?:(?<exact>[钟整正])| ?(?<half>半)(?!个|小时|天|年|月|路|途|夜|分)|过?(?<quarter>[一二三两123])刻钟?|${GAP}过?(?<m>[零〇]?[0-9]{1,2}|${MINUTE_WORD})${GAP}分(?!之|别|组|钟?[前后内])钟?|(?<bare>[0-5][0-9]|[零〇][0-9]|[零〇0]${DIGIT}|[一二三四五]?十${DIGIT}?|[二三四五]十)(?![分号日组人户]))?`;
const SECOND = `(?:${GAP}(?<s>[0-9]{1,2}|${MINUTE_WORD})秒)?`;
const OCLOCK = sticky(
  `(?<h>${HOUR})${GAP}(?<word>点(?!名|赞|评|击|子|火|灯|心|菜|歌|球|位|滴|燃|对点|头)|时(?!候|间|期|代|刻|光|尚|常|时|而|节|装|髦))${REST}${SECOND}${AMPM.replace('<half>', '<ampm>')}?`,
);
/** 七八点, 两三点, 十一二点: about the first. */
const EITHER = sticky(`(?<h>十?${DIGIT}|两)[、,]?(?<next>${DIGIT}|十)点(?<half>半)?钟?`);
const SHORT_OF = sticky(
  `差(?<m>[0-9]{1,2}|${MINUTE_WORD})分钟?(?:就|到|不到)?(?<h>${HOUR})点|差(?<quarter>[一1])刻(?:钟)?(?<h2>${HOUR})点`,
);
const SHORT_AFTER = sticky(`(?<h>${HOUR})点差(?:(?<m>[0-9]{1,2}|${MINUTE_WORD})分|(?<quarter>[一1])刻)`);
const ABOUT = sticky(' ?(?:多钟?|左右|前后|上下|许|来钟|光景|的样子|钟左右|过一点|不到)');
const SIDE = sticky(' ?(?:以|之)?[前后](?!面|门|院|台|村|山|排|期|勤|来|进|往)');
/** What follows 点 as decimals (二十点六, 24点5度); not 8点2号桥 or 6点一直到…, where another number or word begins. */
const DECIMAL = sticky(
  '(?:[零〇]|(?:[0-9]{1,2}|[一二三四五六七八九])(?![0-9号组队村人户名位栋楼月日里家条处]|个(?!百分点)|\\.[0-9]|点)(?!(?<=一)[直路起同边块家]))',
);
const HALF_BEFORE = /(?:^|[^a-zA-Z])([aApP])\.?[mM]\.? ?$/;

/**
 * A clock time at a place. `company` = a day or part of the day stands before it, and so 点 is an hour;
 * `dotted` allows 8.30, which only a part of the day makes a time.
 */
export function readClock(text: string, at: number, company: boolean, dotted: boolean): Clock | null {
  if (!company) {
    const left = before(text, at, 1);
    if (/[0-9.]/.test(left)) return null;
    if (/[零〇一二三四五六七八九十百千廿第几]/.test(left) && !/[0-9]/.test(text[at]!)) return null;
  }
  return (
    readColon(text, at, company) ??
    (dotted ? readDotted(text, at) : null) ??
    readShort(text, at) ??
    readEither(text, at, company) ??
    readOclock(text, at, company)
  );
}

function afternoon(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (/a/i.test(half)) return hour === 12 ? 0 : hour;
  return hour < 12 ? hour + 12 : hour;
}

function readColon(text: string, at: number, company: boolean): Clock | null {
  const found = matchAt(COLON, text, at) ?? matchAt(ENGLISH, text, at);
  if (!found) return null;
  const { h, m, s } = found.groups!;
  const half = found.groups!['half'] ?? (company ? undefined : HALF_BEFORE.exec(before(text, at, 5))?.[1]);
  const end = at + found[0].length;
  const hour = Number(h);
  if (
    (!company && half === undefined && /[0-9]:$|[/a-zA-Z#+]$/.test(before(text, at, 2))) ||
    isScore(text, at, end)
  )
    return null;
  if (hour === 24 && Number(m ?? 0) > 0) return null;
  const clock: Clock = { end, hour: afternoon(hour, half), minute: Number(m ?? 0), second: Number(s ?? 0) };
  if (half !== undefined) clock.settled = true;
  else clock.written = true;
  return about(text, clock);
}

function readDotted(text: string, at: number): Clock | null {
  const found = matchAt(DOTTED, text, at);
  if (!found || isMeasured(text, at + found[0].length)) return null;
  return {
    end: at + found[0].length,
    hour: Number(found.groups!['h']),
    minute: Number(found.groups!['m']),
    second: 0,
  };
}

const QUARTERS: Record<string, number> = { 一: 15, 1: 15, 二: 30, 两: 30, 2: 30, 三: 45, 3: 45 };

function readOclock(text: string, at: number, company: boolean): Clock | null {
  const found = matchAt(OCLOCK, text, at);
  if (!found) return null;
  const groups = found.groups!;
  const hour = valueOf(groups['h']!);
  const end = at + found[0].length;
  const minuteWord = groups['m'] ?? groups['bare'];
  let minute = minuteWord === undefined ? 0 : valueOf(minuteWord);
  if (groups['half'] !== undefined) minute = 30;
  if (groups['quarter'] !== undefined) minute = QUARTERS[groups['quarter']]!;
  const second = groups['s'] === undefined ? 0 : valueOf(groups['s']);
  if (!(hour <= 24 && minute < 60 && second < 60) || (hour === 24 && minute > 0)) return null;
  const clock: Clock = { end, hour: afternoon(hour, groups['ampm']), minute, second };
  if (groups['ampm'] !== undefined) clock.settled = true;
  else if (!soundOclock(text, at, clock, groups, company)) return null;
  return about(text, clock);
}

/** Rules out 三点意见, 8点5 (a decimal), 四点半课堂, 一点 and the like; marks what needs company. */
function soundOclock(
  text: string,
  at: number,
  clock: Clock,
  groups: Record<string, string | undefined>,
  company: boolean,
): boolean {
  const { end } = clock;
  const plain = ['exact', 'half', 'quarter', 'm', 'bare'].every((name) => groups[name] === undefined);
  if (groups['word'] === '时') {
    // 8时 alone is an hour of an official notice only in company; 8时30分 is one anywhere.
    if (plain && !(clock.hour >= 10 && /[0-9]/.test(groups['h']!))) clock.weak = true;
    return !(plain && /[同当平及小临准按到届随有不]$/.test(before(text, at, 1)));
  }
  if (groups['half'] !== undefined && /^(?:课堂|学校|教室|托管|天)/.test(text.slice(end, end + 2)))
    return false;
  if (groups['bare'] !== undefined && (isMeasured(text, end) || /[0-9.]/.test(text[end] ?? ''))) return false;
  if (groups['exact'] !== undefined) return true;
  if (!plain) return company || !/[加减第]$/.test(before(text, at, 1));
  if (holdsAt(DECIMAL, text, end)) return false;
  if (company ? isPointsAfter(text, end) : isPoints(text, at, end, clock.hour)) return false;
  // 一点 is "a little" unless something else says it is a time.
  if (/[一1两]/.test(groups['h']!) && clock.hour <= 2) clock.weak = true;
  if (isMeasured(text, end) && !isHan(text[end])) return false;
  return true;
}

function readEither(text: string, at: number, company: boolean): Clock | null {
  const found = matchAt(EITHER, text, at);
  if (!found) return null;
  const { h, next } = found.groups!;
  const hour = valueOf(h!);
  const end = at + found[0].length;
  const following = next === '十' ? 10 : valueOf(next!) + (hour > 10 ? 10 : 0);
  if (following !== hour + 1 || (company ? isPointsAfter(text, end) : isPoints(text, at, end, hour)))
    return null;
  return { end: holdsAt(ABOUT, text, end) ? ABOUT.lastIndex : end, hour, minute: 0, second: 0, about: true };
}

function readShort(text: string, at: number): Clock | null {
  const found = matchAt(SHORT_OF, text, at) ?? matchAt(SHORT_AFTER, text, at);
  if (!found) return null;
  const groups: Record<string, string | undefined> = found.groups!;
  const { h, h2, m } = groups;
  const hour = valueOf((h ?? h2)!) - 1;
  const minute = 60 - (m === undefined ? 15 : valueOf(m));
  if (!(hour >= 0 && minute > 0 && minute < 60)) return null;
  return { end: at + found[0].length, hour, minute, second: 0 };
}

/** Takes in 多, 左右, 以前: the hour is not exact then. */
function about(text: string, clock: Clock): Clock {
  const found = matchAt(ABOUT, text, clock.end) ?? matchAt(SIDE, text, clock.end);
  return found ? { ...clock, end: clock.end + found[0].length, about: true } : clock;
}
