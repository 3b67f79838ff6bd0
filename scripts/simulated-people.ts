/** The invented people of the simulated town, from a seed: names, posts, and how each of them behaves in a year. */
import type { Member } from './town-chat.ts';

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SURNAMES = Array.from(
  '赵钱孙李吴郑冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺倪汤罗毕安常于傅齐康伍余顾孟黄萧尹姚邵',
);
const FIRST = Array.from('国建志文明春秀玉桂永德立晓海宏庆荣少');
const SECOND = Array.from('华军强芳英兰梅根福祥涛辉敏斌娟霞波刚');
const SIDES = Array.from('东西南北上下前后');
const LANDS = Array.from('湾岭塘坪畈垸冲');

/** 56 villages, none of whose names is within another's. */
export const VILLAGES: readonly string[] = LANDS.flatMap((land) => SIDES.map((side) => `${side}${land}村`));

/** Post, its name in chat, and how doing it is reported; none where it is not reported in this town. */
export const POSTS: readonly {
  readonly id: string;
  readonly title: string;
  readonly doing: string | null;
}[] = [
  { id: 'security-patrol', title: '治安巡逻岗', doing: '巡逻' },
  { id: 'sanitation', title: '环境卫生岗', doing: '打扫卫生' },
  { id: 'policy-publicity', title: '政策宣传岗', doing: '政策宣传' },
  { id: 'facility-upkeep', title: '公共设施岗', doing: null },
  { id: 'culture-sports', title: '文体健身岗', doing: null },
  { id: 'mediation', title: '矛盾化解岗', doing: null },
  { id: 'poverty-pairing', title: '扶贫结对岗', doing: null },
  { id: 'family-virtue', title: '家风家教岗', doing: null },
];

export interface Villager extends Member {
  /** 0 to 1: how much of what could be done is done. */
  readonly zeal: number;
}

/** Gives out names that no two people of the town share. */
export function namer(random: () => number): () => string {
  const given = new Set<string>();
  return () => {
    for (;;) {
      const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!;
      const name = `${pick(SURNAMES)}${pick(FIRST)}${pick(SECOND)}`;
      if (given.has(name)) continue;
      given.add(name);
      return name;
    }
  };
}

const OFFICES = ['secretary', 'deputy', 'recorder', 'committee', 'supervisor'] as const;

/** One branch's roster: five offices, two probationary members, the rest plain members of every kind of zeal. */
export function villagers(count: number, name: () => string, random: () => number): Villager[] {
  return Array.from({ length: count }, (_, i): Villager => {
    const first = Math.floor(random() * POSTS.length);
    const second = (first + 1 + Math.floor(random() * (POSTS.length - 1))) % POSTS.length;
    const office = OFFICES[i];
    const status = i === count - 1 || i === count - 2 ? 'probationary' : 'full';
    return {
      name: name(),
      ...(office ? { role: office } : {}),
      status,
      posts: [POSTS[first]!.id, POSTS[second]!.id],
      group: `${'一二三四五六'[i % 6]}组`,
      zeal: Math.round(random() ** 0.7 * 100) / 100,
    };
  });
}
