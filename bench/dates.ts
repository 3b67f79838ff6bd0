/** How fast dates are read, against chrono's own Chinese locale on the same messages. */
import * as zh from 'chrono-node/zh';
import { findDates } from '../commands/language/dates/find.ts';

export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  baseline?: number;
  ratio?: number;
  aim?: number;
}

const REFERENCE = '2027-03-17T15:30:00';

/** Made-up messages of the kinds that a branch's group sees, most of them without any date. */
const MESSAGES = [
  '昨晚8点到9点半和水生巡了三组四组，没发现情况',
  '补记3月5号 打扫卫生 2小时 5人参加',
  '收到',
  '好的，辛苦各位了👍',
  '上周三下午走访张奶奶，帮忙买了药',
  '三组的路灯坏了两盏，麻烦来人看一下',
  '#接龙\n3月12日植树活动\n1. 张国强\n2. 李水生\n3. 南春桃',
  '党费转了12块，全年的',
  '农历二月初二舞龙，大家都来看',
  '明天我请假哈，家里有喜酒',
  '3月2号、9号、16号三次巡查了泵站，都正常',
  '每周一例会，提三点意见',
  '今天上午给三户讲了秸秆禁烧的政策，发了宣传单30份。',
  '气象台：今天下午到夜里有大到暴雨，注意防范',
  '这个天气我有意见，天天下雨',
  '同意',
];

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Median microseconds a message over `rounds` rounds. */
function measure(read: (text: string) => void, rounds: number): number {
  for (let i = 0; i < 200; i += 1) for (const text of MESSAGES) read(text);
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    for (const text of MESSAGES) {
      const from = performance.now();
      read(text);
      times.push((performance.now() - from) * 1000);
    }
  }
  return median(times);
}

const HARD = [
  '1',
  '十',
  '号',
  '3月',
  '初',
  '8点到',
  '1.',
  '周一',
  '每',
  '5、',
  '昨',
  '农历',
  '1:',
  '今天5号',
];

/** The slowest of the 2,000-character messages that are worst for a grammar, in milliseconds. */
function slowest(): { text: string; ms: number } {
  let worst = { text: '', ms: 0 };
  for (const piece of HARD) {
    const text = piece.repeat(Math.floor(2000 / piece.length));
    const times = Array.from({ length: 15 }, () => {
      const from = performance.now();
      findDates(text, { reference: REFERENCE });
      return performance.now() - from;
    });
    const ms = median(times);
    if (ms > worst.ms) worst = { text: piece, ms };
  }
  return worst;
}

export async function bench(): Promise<BenchRow[]> {
  const instant = new Date(`${REFERENCE}+08:00`);
  const own = measure((text) => findDates(text, { reference: REFERENCE }), 400);
  const chrono = measure((text) => zh.hans.parse(text, instant), 400);
  const worst = slowest();
  return [
    {
      name: 'dates: one message (median)',
      value: own,
      unit: 'µs',
      baseline: chrono,
      ratio: own / chrono,
      aim: 1.5,
    },
    { name: `dates: 2,000 characters of ${worst.text}`, value: worst.ms, unit: 'ms', aim: 5 },
  ];
}
