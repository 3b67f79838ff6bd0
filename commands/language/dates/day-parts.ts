/** Words for parts of the day, and which of them may stand alone: 凌晨, 晌午, 擦黑, 晚上. */
import { isGreeting } from './guards.ts';
import { before, holdsAt, matchAt, sticky } from './words.ts';

/** Which half of the clock a word for part of the day stands for. */
export type PartKind = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'late';

export interface Part {
  kind: PartKind;
  text: string;
  end: number;
}

/** By kind; each list longest first. Dialect: 上昼/下昼 (Wu, Hakka), 后晌, 擦黑, 晚边 (Zhejiang), 早起. */
const PARTS: [PartKind, string][] = [
  ['dawn', '凌晨|后半夜|下半夜|拂晓|黎明|五更天?|天蒙蒙亮|蒙蒙亮|天不亮|天没亮|天还没亮'],
  [
    'morning',
    '一大清早|大清早上?|一大早上?|大早上|清早上?|清晨|早上头?|早晨|早间|早起|早半天|晨间|一清早|一早上?|天刚亮|天亮|早饭[前后]|吃过早饭|上午|上半天|上半日|午前|上昼|头晌|前晌|早|晨',
  ],
  ['noon', '中午|正午|晌午|午间|当昼|大中午|午饭[前后]|中饭[前后]|吃过午饭|晌'],
  ['afternoon', '下午|午后|下半天|下半日|下昼|后半晌|后晌|半下午|过午'],
  [
    'evening',
    '傍晚|黄昏|傍黑|擦黑|天擦黑|天黑|天刚黑|晚上|晚间|晚边上?|下晚|黑了|晚饭[前后]|吃过晚饭|吃完晚饭|夜晚|夜里头?|夜间|夜头|入夜|黑里|黑夜|晚夕|晚|夜',
  ],
  ['night', '半夜三更|三更半夜|大半夜|前半夜|上半夜|半夜里?|深夜|午夜'],
];
const PART_OF = new Map<string, PartKind>();
const words: string[] = [];
for (const [kind, list] of PARTS) {
  for (const item of list.split('|')) {
    const forms = item.includes('[前后]')
      ? [item.replace('[前后]', '前'), item.replace('[前后]', '后')]
      : /.\?$/.test(item)
        ? [item.slice(0, -1), item.slice(0, -2)]
        : [item];
    for (const form of forms) PART_OF.set(form, kind);
    words.push(...forms);
  }
}
words.sort((a, b) => b.length - a.length);
const PART = sticky(`(?:${words.join('|')})`);

/** The first characters (two, or the one there is) of every word for a part of the day. */
export const PART_OPENINGS: ReadonlySet<string> = new Set(words.map((word) => word.slice(0, 2)));

/** Words that are too short or too often something else to be taken without a day. */
const NEEDS_DAY = new Set([
  '早',
  '晨',
  '晌',
  '晚',
  '黑了',
  '夜',
  '黎明',
  '天黑',
  '天亮',
  '过午',
  '早起',
  '入夜',
  '黑夜',
  '五更',
  '五更天',
  '拂晓',
]);
const NOT_PART = sticky(
  '(?:早(?:稻|饭(?![前后])|餐|点|操|市|茶|恋|期|年|日|已|就|些|该|安|先|不)|晚(?:饭(?![前后])|餐|会|礼|报|点(?!半|钟)|年|稻|辈|婚|霞|安|期|些|到(?!了)|归)|夜(?:宵|市|校|光|班|总|巡|查|郎|莺)|晨(?:练|跑|会|扫|光|曦|报)|中午饭(?![前后])|下午茶|上午茶|晚上饭|晚夜班|晌饭)',
);

/** A part of the day. Without a day before it, only the words that can be nothing else. */
export function readPart(text: string, at: number, afterDay: boolean): Part | null {
  const found = matchAt(PART, text, at)?.[0];
  if (found === undefined) return null;
  const end = at + found.length;
  if (
    holdsAt(NOT_PART, text, at) &&
    !(afterDay && /^[早晚夜晨](?:[巡查点操扫]|会议|到)/.test(text.slice(at, at + 2)))
  )
    return null;
  if (isGreeting(text, end) || (/^[前后]/.test(text.slice(end)) && found === '夜')) return null;
  return { kind: PART_OF.get(found)!, text: found, end };
}

/** Whether the part may stand for a day of its own (晚上巡逻了 = this evening's). */
export function standsAlone(part: Part, text: string, at: number): boolean {
  if (NEEDS_DAY.has(part.text)) return false;
  return (
    !/[每各整一几两三半逢]$/.test(before(text, at, 1)) &&
    !/天天$|日日$|平时$|平常$|一般$/.test(before(text, at, 2))
  );
}
