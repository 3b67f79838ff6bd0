/**
 * A made-up month of a made-up branch of 45: about 700 messages, more than half of them chat. Written by a seeded generator, so
 * that it is the same every time; with every line goes what the ledger must make of it.
 */
import type { BranchFile } from '../../bot/founding.ts';
import type { Line } from '../../bot/rehearsal.ts';
import { addDays, addMinutes, type LocalTime } from '../../scoring/calendar.ts';
import { SPOKEN } from './spoken-posts.ts';

/** Small deterministic generator (mulberry32). */
export function dice(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SURNAMES = Array.from(
  '赵钱孙郑冯褚卫蒋沈韩杨朱秦尤许吕施孔曹严华金魏陶姜戚谢邹喻柏水窦章苏潘葛奚范彭郎鲁韦昌马苗',
);
const GIVEN = [
  '德厚',
  '秋菊',
  '永康',
  '佩兰',
  '铁山',
  '明理',
  '素珍',
  '传福',
  '小满',
  '国栋',
  '爱莲',
  '长根',
  '雨田',
  '桂枝',
  '大川',
  '文清',
  '立夏',
  '守义',
  '晚霞',
  '建业',
  '春燕',
  '石匠',
  '玉梅',
  '学礼',
  '冬生',
  '巧云',
  '满仓',
  '志成',
  '香草',
  '远志',
  '金锁',
  '云飞',
  '来喜',
  '红英',
  '松柏',
  '水仙',
  '先进',
  '新民',
  '兰芝',
  '保田',
  '海棠',
  '贵和',
  '腊梅',
  '开泰',
  '青山',
];
const POSTS = [
  'security-patrol',
  'sanitation',
  'facility-upkeep',
  'left-behind-care',
  'policy-publicity',
  'mediation',
  'culture-sports',
  'poverty-pairing',
  'family-virtue',
];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'security-patrol': [
    '今晚在{g}巡逻了一圈，一切正常',
    '刚巡逻完，{g}，没有异常',
    '巡逻 今晚 {g}',
    '今天晚上去{g}巡了逻，平安',
  ],
  sanitation: [
    '今天把{g}的路扫了，垃圾桶也清了',
    '今天参加大扫除，{g}',
    '大扫除 今天 {g}',
    '今天上午打扫了{g}的卫生',
  ],
  'facility-upkeep': [
    '今天去看了泵站，设备正常',
    '今天巡查了{g}的路灯，都好的',
    '今天上午检查了水渠，没有损坏',
    '今天巡查水利设施，正常',
  ],
  'left-behind-care': [
    '今天去看望了{g}的留守老人，帮忙打扫了屋子',
    '今天走访了{g}的留守儿童，辅导了作业',
    '今天上门看了空巢老人，送了点菜',
  ],
  'policy-publicity': ['今天到{g}宣传了森林防火政策，走了五户', '今天上午在{g}给大家讲了医保政策'],
  mediation: ['今天调解了{g}一起邻里纠纷，双方都和好了', '今天把{g}两家的地界纠纷调解好了'],
  'culture-sports': ['今晚组织大家跳了广场舞', '今天组织了一场乒乓球比赛'],
  'poverty-pairing': ['今天到结对的贫困户家里走访，讲了帮扶政策', '今天去贫困户家帮忙收了菜'],
  'family-virtue': ['今天给家里晚辈讲了家风家训', '今天在{g}讲了一堂家风家教课'],
};
const CHAT = [
  '早上好',
  '今天降温了，大家多穿点',
  '哪个屋里有多的蛇皮袋子',
  '村口快递到了，自己去拿',
  '哈哈哈',
  '晚上吃什么',
  '菜价又涨了',
  '娃儿放学了哪个去接',
  '谢谢',
  '收到',
  '好的',
  '👍',
  '电费交了没',
  '今天停水通知看到没',
  '下雨了，衣服收一下',
  '这个视频好笑',
  '[动画表情]',
  '明天赶集去不',
  '几点发车',
  '我家狗不见了，黄色的',
  '小卖部还有盐没',
  '早点休息',
  '恭喜恭喜',
  '巡逻的同志辛苦了',
  '今晚谁巡逻',
  '扫地机器人好用不',
  '别迟到啊',
  '确认过眼神',
  '同意楼上',
  '这事我有意见，天太冷',
  '打分软件怎么下载',
  '快递已签收',
  '医保交了没',
  '党费什么时候交',
  '请假条怎么写',
  '我也想去',
  '加一个',
  '车子停一下让路',
  '桥头在修路，绕一下',
  '晚上跳舞不',
  '公示栏玻璃裂了',
  '孩子考了95分',
  '扣了我5块钱话费',
  '下周村里放电影',
  '有人会修水泵吗',
  '苹果便宜，三块一斤',
  '我到了，你在哪',
  '老人家要注意保暖',
  '转发：冬季用电安全提醒',
  '大家看下天气预报',
  '微信红包',
  '刚下班',
  '今天好冷',
  '过年回不回来',
  '屋里来客了',
  '哪个有拖拉机',
  '明天开会不开会',
  '感谢帮忙',
  '晚安',
];

export interface Expected {
  readonly reports: { readonly names: readonly string[]; readonly post: string; readonly date: string }[];
  readonly confirmed: number;
  readonly tickets: number;
}

export interface Month {
  readonly file: BranchFile;
  readonly from: LocalTime;
  readonly until: LocalTime;
  readonly lines: readonly Line[];
  readonly expected: Expected;
}

const OFFICES = [
  'secretary',
  'deputy',
  'recorder',
  'supervisor',
  'committee',
  'committee',
  'committee',
] as const;

function branchOf45(): BranchFile {
  const members = SURNAMES.slice(0, 45).map((surname, i) => ({
    name: `${surname}${GIVEN[i]}`,
    role: OFFICES[i] ?? ('member' as const),
    status: i === 44 ? ('exempt' as const) : i === 43 ? ('probationary' as const) : ('full' as const),
    group: `${'一二三四五六'[i % 6]}组`,
    posts:
      i === 44
        ? []
        : i === 42
          ? ['floating-member', 'policy-publicity']
          : [
              POSTS[i % POSTS.length]!,
              POSTS[
                (i * 2 + 1) % POSTS.length === i % POSTS.length
                  ? (i + 4) % POSTS.length
                  : (i * 2 + 1) % POSTS.length
              ]!,
            ],
    aliases: [],
    floating: i === 42,
    joined: null,
    fullSince: null,
    exemptFiled: i === 44 ? '2026-09-20' : null,
  }));
  const officer = {
    name: '镇干事林',
    role: 'town' as const,
    status: 'none' as const,
    group: '',
    posts: [],
    aliases: [],
    floating: false,
    joined: null,
    fullSince: null,
    exemptFiled: null,
  };
  return {
    branch: '石桥村党支部（虚构）',
    town: '石桥镇',
    bot: '积分小助手',
    timezone: 'Asia/Shanghai',
    members: [...members, officer],
    meetings: [],
    themeDay: 15,
    noticeDays: 7,
  };
}

class Script {
  readonly lines: Line[] = [];
  #n = 0;
  say(at: LocalTime, room: Line['room'], from: string, text: string, more: Partial<Line> = {}): void {
    this.lines.push({
      id: `s${String(++this.#n).padStart(4, '0')}`,
      at,
      room,
      from,
      text,
      mention: false,
      ...more,
    });
  }
  /** In time order; what was written first goes first where two fall on one second. */
  sorted(): Line[] {
    return this.lines
      .map((l, i) => [l, i] as const)
      .sort(([a, i], [b, j]) => (a.at < b.at ? -1 : a.at > b.at ? 1 : i - j))
      .map(([l]) => l);
  }
}

function clock(random: () => number, from: number, to: number): string {
  const minutes = Math.floor(from * 60 + random() * (to - from) * 60);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(Math.floor(random() * 60))}`;
}

/** The month: November 2026, published on 2 December, filed and received on the 10th and 11th. */
export function monthOf45(seed = 45): Month {
  const random = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const file = branchOf45();
  const people = file.members.filter((m) => m.role !== 'town');
  const [secretary, deputy, recorder] = people as [
    (typeof people)[0],
    (typeof people)[0],
    (typeof people)[0],
  ];
  const script = new Script();
  const reports: Expected['reports'] = [];

  for (const m of people.filter((p) => p.status !== 'exempt')) {
    // Some post of each is reported twice or thrice in the month, on days of its own.
    const post = m.posts.find((p) => WORDS[p] !== undefined);
    if (post === undefined) continue;
    const days = [2 + Math.floor(random() * 11), 16 + Math.floor(random() * 12)];
    for (const day of days) {
      const date = addDays('2026-11-01', day - 1);
      const text = pick(WORDS[post]!).replace('{g}', m.group);
      const evening = /今晚|晚上|巡逻/.test(text);
      script.say(
        `${date}T${evening ? clock(random, 20, 20.9) : clock(random, 15, 18)}`,
        'group',
        m.name,
        text,
      );
      reports.push({ names: [m.name], post, date });
      // Half of them send a photo along, a minute or two later.
      if (random() < 0.5) {
        const said = script.lines.at(-1)!;
        const image = new TextEncoder().encode(`picture ${m.name} ${date}`);
        script.say(addMinutes(said.at, 1 + Math.floor(random() * 3)), 'group', m.name, '', { image });
      }
    }
  }
  for (let i = 0; i < 420; i++) {
    const date = addDays('2026-11-01', Math.floor(random() * 40));
    script.say(`${date}T${clock(random, 7, 22)}`, 'group', pick(people).name, pick(CHAT));
  }

  const rest = people.filter((p) => p.status !== 'exempt' && !p.floating);
  const [late, absent, asksLeave] = [rest[10]!, rest[11]!, rest[12]!];
  script.say('2026-11-14T19:00:00', 'private', asksLeave.name, '明天的主题党日我请假，要去县里看病');
  script.say('2026-11-14T19:30:00', 'private', secretary.name, `准假 ${asksLeave.name}`);
  script.say('2026-11-15T08:05:00', 'group', recorder.name, '开始签到 主题党日');
  for (const p of rest.filter((one) => one !== absent && one !== asksLeave && one !== recorder)) {
    const minute = String(6 + Math.floor(random() * 9)).padStart(2, '0');
    const second = String(Math.floor(random() * 60)).padStart(2, '0');
    script.say(`2026-11-15T08:${minute}:${second}`, 'group', p.name, pick(['到', '+1', '已到']));
  }
  script.say(
    '2026-11-15T10:40:00',
    'private',
    recorder.name,
    `考勤 11月15日主题党日\n迟到：${late.name}\n缺席：${absent.name}\n请假：${asksLeave.name}\n其他都到`,
  );
  script.say(
    '2026-11-25T09:00:00',
    'private',
    people[42]!.name,
    '在外地务工，向支部汇报一下，这个月工作生活都正常',
  );
  for (const day of [5, 10, 14, 20, 25, 29]) {
    script.say(`2026-11-${String(day).padStart(2, '0')}T21:10:00`, 'private', recorder.name, '核实 全部');
    script.say(`2026-11-${String(day).padStart(2, '0')}T21:11:00`, 'private', recorder.name, '核实');
    script.say(`2026-11-${String(day).padStart(2, '0')}T21:12:00`, 'private', secretary.name, '核实 全部');
    script.say(`2026-11-${String(day).padStart(2, '0')}T21:13:00`, 'private', secretary.name, '核实');
  }
  script.say('2026-11-26T20:00:00', 'private', recorder.name, `11月党费 ${rest[13]!.name}没按时交`);

  const scored = people.filter((p) => p.posts.length > 0);
  const lineOf = (p: (typeof people)[0]): string =>
    `${p.name} ${p.posts.map((post) => `${SPOKEN[post]} 10 ${pick([8, 9, 10])} ${pick([7, 8, 9, 10])}`).join('，')}`;
  for (let i = 0; i < scored.length; i += 12) {
    const some = scored.slice(i, i + 12).filter((p) => p !== recorder);
    script.say(
      `2026-11-30T20:${String(10 + i / 12).padStart(2, '0')}:00`,
      'private',
      recorder.name,
      `打分 11月\n${some.map(lineOf).join('\n')}`,
    );
  }
  script.say('2026-11-30T20:20:00', 'private', secretary.name, `打分 11月 ${lineOf(recorder)}`);
  script.say('2026-12-02T09:00:00', 'private', secretary.name, '发布11月公示');
  script.say('2026-12-02T09:01:00', 'private', secretary.name, '发布');

  const answering = people.filter((p) => p.status !== 'exempt' && p !== absent);
  // Most answer when the board comes out, some in the days after.
  for (const p of answering) {
    const soon = `2026-12-02T09:${String(2 + Math.floor(random() * 12)).padStart(2, '0')}:30`;
    const later = `2026-12-0${3 + Math.floor(random() * 4)}T${clock(random, 18, 20)}`;
    const words = pick(['确认', '确认无误', '无异议', '没意见', '同意']);
    script.say(random() < 0.8 ? soon : later, 'group', p.name, words);
  }
  script.say('2026-12-03T12:00:00', 'group', absent.name, '异议，11月15号我到了的，怎么记的缺席');
  script.say(
    '2026-12-04T09:00:00',
    'private',
    deputy.name,
    '裁定 1 不采纳 签到表上没有他的名字，当天也没有人见到',
  );
  script.say('2026-12-04T09:01:00', 'private', deputy.name, '确定');
  script.say('2026-12-05T12:00:00', 'group', absent.name, '问清楚了，确认');
  script.say('2026-12-11T10:00:00', 'town', '镇干事林', '石桥村 11月备案收到');

  return {
    file,
    from: '2026-11-01T06:00:00',
    until: '2026-12-11T12:00:00',
    lines: script.sorted(),
    expected: { reports, confirmed: answering.length + 1, tickets: 1 },
  };
}
