/** How fast a message is understood, against chrono's own Chinese locale alone on the same messages. */
import * as zh from 'chrono-node/zh';
import { createReader } from '../commands/read.ts';
import { commands } from '../commands/registry.ts';
import type { Heard, ReadingContext, RosterMember } from '../commands/reading.ts';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: string | number;
  readonly ratio?: number;
  readonly aim?: string | number;
}

const AT = '2027-03-17T21:30:00';
const NAMES =
  '罗启明 欧阳静 韩素梅 唐小雨 龚守正 彭大勇 田秋生 田秋菊 谢桂芳 谢贵方 曾志强 单文海 宋春兰 高远 秦月娥 丁得水 尹红霞 邹建平 乔山 蒋四海';
const ROLES: Readonly<Record<string, RosterMember['role']>> = {
  罗启明: 'secretary',
  欧阳静: 'deputy',
  唐小雨: 'recorder',
};

const MEMBERS: readonly RosterMember[] = NAMES.split(' ').map((name) => ({
  name,
  role: ROLES[name] ?? 'member',
  status: 'full',
  group: '三组',
  posts: ['security-patrol', 'sanitation'],
  aliases: [name.slice(1)],
}));

const CONTEXT: ReadingContext = {
  bot: '积分小兰',
  branch: '枫树坳村党支部（虚构）',
  members: MEMBERS,
  posts: {
    'security-patrol': '治安巡逻志愿服务岗',
    sanitation: '环境卫生维护志愿服务岗',
    'facility-upkeep': '公共设施维护志愿服务岗',
  },
  meetings: [{ date: '2027-03-18', at: '19:30', name: '党课', category: 'study' }],
  pending: [{ kind: 'board', month: '2027-02' }],
};

/** Made-up messages in the shares of a branch's group: about half of them chat. */
const MESSAGES: readonly (readonly [by: string, text: string])[] = [
  ['彭大勇', '昨晚8点到9点半和秋生巡了三组四组，没发现情况'],
  ['宋春兰', '今早把卫生室门口扫了，垃圾桶也清了'],
  ['唐小雨', '迟到：高远、乔山；请假：宋春兰；其他都到'],
  ['唐小雨', '彭大勇治安岗 10 10 9，环境岗 10 9 10'],
  ['彭大勇', '确认无误'],
  ['田秋菊', '明天党课我请假，带孩子打针'],
  ['高远', '党费转了12块，全年的'],
  ['谢桂芳', '看看我二月份扣了哪些分'],
  ['田秋生', '我想把环境岗换成设施岗，下个月开始'],
  ['彭大勇', '#接龙\n3月18日党课，能来的接龙\n1. 唐小雨\n2. 彭大勇\n3. 秋生'],
  ['宋春兰', '好的，辛苦各位了👍'],
  ['田秋生', '三组的路灯坏了两盏，麻烦来人看一下'],
  ['高远', '晚上一起吃饭不'],
  ['谢桂芳', '气象台：今天下午到夜里有大到暴雨，注意防范'],
  ['蒋四海', '这个天气我有意见，天天下雨'],
  ['单文海', '今天修了一天电脑，眼睛都花了'],
  ['乔山', '土鸡蛋有人要吗，十块钱一板'],
  ['秦月娥', '国庆回来住几天，到时候聚聚'],
  ['彭大勇', '哈哈哈哈'],
  ['罗启明', '@所有人 通知：3月18日晚上7:30在村部上党课，请大家准时参加，收到请回复。'],
];

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function heard(by: string, text: string, room: Heard['room'] = 'group'): Heard {
  const role = MEMBERS.find((m) => m.name === by)?.role ?? 'member';
  return { text, sender: by, role, at: AT, room, addressed: false };
}

/** Rounds before anything is timed: a bot runs for months, and its code is long since compiled. */
const WARM_UP = 1500;

/** Median microseconds a message over many rounds, once warm. */
function measure(read: (by: string, text: string) => void, rounds: number): number {
  for (let i = 0; i < WARM_UP; i++) for (const [by, text] of MESSAGES) read(by, text);
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    for (const [by, text] of MESSAGES) {
      const from = performance.now();
      read(by, text);
      times.push((performance.now() - from) * 1000);
    }
  }
  return median(times);
}

/** Milliseconds for one long message, the best of several. */
function longest(read: (text: string) => void, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 15; i++) {
    const from = performance.now();
    read(text);
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

/** Rows: the median message beside chrono's, and messages of 2,000 and 4,000 characters. */
export async function bench(): Promise<Row[]> {
  const reader = createReader(commands);
  const now = new Date('2027-03-17T13:30:00Z');
  const ours = measure((by, text) => reader(heard(by, text), CONTEXT), 150);
  const theirs = measure((_by, text) => void zh.hans.parse(text, now), 150);
  const long = (length: number): string =>
    MESSAGES.map(([, text]) => text)
      .join('\n')
      .repeat(20)
      .slice(0, length);
  const read = (text: string): void => void reader(heard('唐小雨', text, 'private'), CONTEXT);
  const two = longest(read, long(2000));
  const four = longest(read, long(4000));
  return [
    {
      name: 'a message understood, median',
      value: ours,
      unit: 'µs',
      baseline: 'chrono zh.hans',
      ratio: ours / theirs,
      aim: '≤ 3×',
    },
    { name: 'chrono zh.hans alone on the same', value: theirs, unit: 'µs' },
    { name: 'a message of 2,000 characters', value: two, unit: 'ms', aim: '≤ 5 ms' },
    {
      name: 'a message of 4,000 characters',
      value: four,
      unit: 'ms',
      baseline: 'that of 2,000',
      ratio: four / two,
      aim: 'about 2×',
    },
  ];
}
