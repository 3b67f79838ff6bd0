/** The words of a roll: what each status is called in the villages, and where these words stand in a text. */
import { REST } from '../language/lists.ts';
import type { NameHit } from '../language/message.ts';

export type Status = 'present' | 'late' | 'early' | 'absent' | 'leave' | 'flow_away' | 'exempt';

const MANY = '(?:\\d{1,3}|半|几|一|两|三|四|五|十|二十|三十|四十|十几|几十|十五|一刻)';
const HOUR =
  '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})点(?:半|多|钟|\\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?';

/** Longer words first: 没来也没请假 is an absence, 没到结束 an early leaving. Village speech, own knowledge. */
const STATUS: readonly (readonly [Status, string])[] = [
  [
    'early',
    `没(?:到|等)(?:结束|散会|会完)|(?:开|听|学|坐)?(?:到|了)?(?:一半|半路|半截)(?:就)?(?:走|溜|离开)|没开完(?:会)?就走|早退|提(?:前|早)(?:走|离开|离场|退场|离会|溜)|中途(?:就)?(?:走|离|退|溜)(?:了|场|开|会)?|走了(?:就)?没(?:再)?回来|中间[^,，。]{0,5}走了|先走|先离开|半路走|早走|(?:${HOUR}|会没完)就?走的?`,
  ],
  [
    'absent',
    '没来也没请假|没请假也没来|没来没请假|没请假没来|没到也没请假|(?:也|又)?没请假|未请假|无故(?:缺席|不来|没来|不到|未到)|缺席|缺勤|缺会|旷会|旷课|没有?(?:来|到|参加|出席)(?!上班|上学|上课|上工|吃|喝|打牌|玩|接|拿|买|货|账)|未(?:到|来|参加|出席)(?:会|场)?|不到(?:会|场)?(?=$|[:：,，。;、\\s])|冇来|没见人|没见到人|缺(?:的|了)?(?:人员?)?(?=[:：是有])|缺(?:了)?\\d+(?:人|名|位)(?=[:：是有])|缺(?=[:：]|\\s?[一-龥]{2,4}(?:[、,，。;和跟 ]|$))',
  ],
  [
    'leave',
    '请(?:了|过)?(?:个)?(?:病|事|公)?假|告(?:了)?(?:个)?假|准(?:了)?假|休假|病假|事假|公假|(?<![一-龥])假(?=[:： ])',
  ],
  [
    'late',
    `迟到|(?<![一-龥])迟(?=[:：])|(?:来|到)得?(?:晚|迟)|(?:晚|迟)(?:了|来|到)?(?:了)?${MANY}(?:来|多)?个?(?:分钟?|小时|钟头?|刻钟?)|(?:晚|迟)(?:了)?(?:一?(?:点|会|些)儿?)?(?:才)?(?:来|到)|${HOUR}(?:才|方)?(?:来|到)的?|开会了才(?:来|到)|才(?:来|到)的`,
  ],
  [
    'flow_away',
    '(?:人)?(?:在外(?:地|面|头)?|外出)[^,，。;；、]{0,4}?(?:没有?|未|不能)(?:参加|来|到|回来?)|(?:人)?在外(?:地|面|头|务工|打工)?|外出务工|外出打工|外出|流动(?:在外)?(?:党员)?|在外地|在(?:深圳|广州|东莞|武汉|温州|浙江|广东|上海|北京|杭州|宁波)(?:打工|务工|上班)?',
  ],
  ['exempt', '免(?:考(?:核)?|的|了|于考核)|不纳入(?:考核|管理)?|免考'],
  [
    'present',
    '实到(?:人员|名单)?|到会(?:人员|名单)?|参会(?:人员|名单)?|出席|签到|准时(?:到)?|按时到|在场|到场|已到|(?<![出起过回上下进])来了|到了|都到|都来|全到|到齐|正常|(?:都|全)?到(?=$|[:：,，。;、\\s])|参加(?:人员|名单|的)?',
  ],
];
const TOKEN = new RegExp(STATUS.map(([, source]) => `(${source})`).join('|'), 'g');

/** Nobody was late: 没有人迟到, 无迟到早退. */
const NOBODY =
  /(?:没有?人?|无人?|未出现)(?:迟到|早退|缺席|请假|旷会)(?:[、和或]?(?:迟到|早退|缺席|请假|旷会))*/g;

export interface StatusHit {
  readonly status: Status;
  readonly start: number;
  readonly end: number;
}

const blank = (text: string): string => ' '.repeat(text.length);

function statusOf(m: RegExpExecArray): Status {
  return STATUS[m.slice(1).findIndex((group) => group !== undefined)]![0];
}

/** The first status in a text, or undefined. */
export function statusIn(text: string): Status | undefined {
  TOKEN.lastIndex = 0;
  const m = TOKEN.exec(text);
  return m ? statusOf(m) : undefined;
}

/** 实到19人 counts heads; 实到19人：甲、乙 is a label all the same. */
function countsHeads(text: string, m: RegExpExecArray): boolean {
  const after = text.slice(m.index + m[0].length, m.index + m[0].length + 12);
  return (
    /^\s*\d+/.test(after) &&
    !/^\s*\d+\s*[人名个位]*(?:同志|党员)?\s*[:：]/.test(after) &&
    /^(?:实到|到会|出席|签到|到了|来了|参加)/.test(m[0])
  );
}

/** The bracket right behind a name that says what became of this one: 甲（迟到）. */
export interface Aside extends StatusHit {
  readonly inside: string;
}

export interface StatusWords {
  readonly words: readonly StatusHit[];
  readonly asides: readonly Aside[];
  /** The text with asides and words for everybody else blanked. */
  readonly text: string;
}

/** Status words outside names; brackets are reasons, or a status of the name before them. */
export function findStatuses(body: string, names: readonly NameHit[]): StatusWords {
  const asides: Aside[] = [];
  const open = body.replace(/\(([^()\n]*)\)/g, (whole, inside: string, at: number) => {
    if (/^.{0,4}[组队湾]$/.test(inside) || names.some((n) => n.start < at + whole.length && at < n.end))
      return whole.replace(/[()]/g, ' ');
    const status = statusIn(inside);
    if (status !== undefined) asides.push({ status, start: at, end: at + whole.length, inside });
    return blank(whole);
  });
  const text = open.replace(REST, blank).replace(NOBODY, blank);
  const words: StatusHit[] = [];
  TOKEN.lastIndex = 0;
  for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
    const start = m.index;
    const end = start + m[0].length;
    if (names.some((n) => start < n.end && n.start < end) || countsHeads(text, m)) continue;
    words.push({ status: statusOf(m), start, end });
  }
  return { words, asides, text };
}

/** 不是早退, 没有迟到 right after a name: the status that somebody was not; undefined where none is denied. */
export function deniedStatus(after: string): string | undefined {
  return /^(?:他|她)?(?:并?不是|不算|并?没有?|冇)(迟到|早退|缺席|请假|没来|没到)/.exec(after)?.[1];
}
