import { expect, test } from '@jest/globals';
import { type Example, misread } from '../language/own-branch.ts';

const TODAY = ['2026-06-20'];
const YESTERDAY = ['2026-06-19'];
const told = (by: string, text: string, post: string, more: Record<string, unknown> = {}): Example => [
  text,
  'record report',
  { post, members: [by], dates: TODAY, ...more },
  { by },
];

/** What people of each post say, in own words: verb, object, what came of it. */
const DUTIES: readonly Example[] = [
  told('彭大勇', '昨晚我跟秋生巡到十点，平安', 'security-patrol', {
    members: ['彭大勇', '田秋生'],
    dates: YESTERDAY,
  }),
  told('彭大勇', '昨晚巡五组六组，平安', 'security-patrol', { dates: YESTERDAY }),
  told('李伟(五组)', '今天核对了四月五月的账，少两张票', 'village-supervision'),
  told('宋春兰', '前天落了大雨，今天把一组的水沟清了', 'sanitation'),
  told('唐小雨', '禁火宣讲今天我跑了三个湾', 'policy-publicity'),
  told('罗启明', '孙家跟吴家争田里的水，今天我喊到一起坐了半天，都点头了', 'mediation'),
  told('高远', '昨夜在卡口守了大半夜', 'security-patrol', { dates: YESTERDAY }),
  told('曾志强', '夜里打着手电绕塘边转了一圈，没得事', 'security-patrol'),
  told('彭大勇', '昨晚寻逻了五组', 'security-patrol', { dates: YESTERDAY }),
  told('田秋生', '抽水机有点响，我上午去试了机，好的', 'facility-upkeep'),
  told('蒋四海', '桥上的栏杆断了一截，我拿铁丝先绑好了', 'facility-upkeep'),
  told('李伟(二组)', '进村的减速牌歪了，扶正了还上了漆', 'facility-upkeep'),
  told('曾志强', '今天检修了水闸', 'facility-upkeep'),
  told('宋春兰', '下午把祠堂门前的杂草锄了', 'sanitation'),
  told('单文海', '一早在村口捡了两袋垃圾', 'sanitation'),
  told('田秋菊', '看到有人往塘里倒垃圾，劝住了，又捡了上来', 'sanitation'),
  told('龚守正', '给四组的老人念了养老金的政策', 'policy-publicity'),
  told('唐小雨', '挨家挨户发了三十份禁烧告知书', 'policy-publicity'),
  told('罗启明', '骑车带喇叭在三组四组喊了防火', 'policy-publicity'),
  told('李伟(五组)', '跟理财小组一起核对了上半年的票据', 'village-supervision'),
  told('李伟(五组)', '今天去看了修渠工程的质量，厚度都够', 'village-supervision'),
  told('罗启明', '五组两妯娌相骂，我去劝了一下午，和好了', 'mediation'),
  told('欧阳静', '四组老钱要去上访，我上门做了工作，答应不去了', 'mediation'),
  told('田秋菊', '给独居的周婆婆送了饭，顺手把碗洗了', 'left-behind-care'),
  told('谢桂芳', '陪二组陶爹爹去卫生院拿了药', 'left-behind-care'),
  told('秦月娥', '今天给留守的小北辅导了一个钟头作业', 'left-behind-care'),
  told('尹红霞', '联系支部：在外务工，一切正常', 'floating-member'),
  told('韩素梅', '到结对户屋里坐了坐，问了猪仔缺不缺饲料', 'poverty-pairing'),
  told('谢贵方', '帮脱贫户老孟联系了镇上的厂，下周一去上工', 'poverty-pairing'),
  told('单文海', '组织了一场象棋比赛，十二个人', 'culture-sports'),
  told('谢桂芳', '锣鼓队排练了两个小时，我带的队', 'culture-sports'),
  told('尹红霞', '今天跟书记视频了，汇报了近来的思想', 'floating-member'),
  told('邹建平', '这个月的学习心得寄给支部了', 'floating-member'),
  told('龚守正', '晚上一家人坐一起讲了家训', 'family-virtue'),
  told('秦月娥', '给孙伢讲了勤俭的故事，家风岗报一次', 'family-virtue'),
];

test('the duties of all eleven posts are heard in everyday words', () => {
  expect(misread(DUTIES)).toEqual([]);
});

const PATROL = { post: 'security-patrol' };
const PEOPLE: readonly Example[] = [
  [
    '昨天扫了村部到桥头，文海也去了',
    'record report',
    { post: 'sanitation', members: ['宋春兰', '单文海'], dates: YESTERDAY },
    { by: '宋春兰' },
  ],
  [
    '田秋生 昨晚跟我一路巡的',
    'record report',
    { ...PATROL, members: ['彭大勇', '田秋生'], dates: YESTERDAY },
  ],
  [
    '昨天上午打扫祠堂，来的有我、宋春兰、单文海',
    'record report',
    { post: 'sanitation', members: ['彭大勇', '宋春兰', '单文海'], dates: YESTERDAY },
  ],
  [
    '补一句，秋菊那天也来扫了的',
    'record report',
    { post: 'sanitation', members: ['田秋菊'] },
    { by: '宋春兰', previous: '单文海：今天大扫除我们组都到了' },
  ],
  [
    '重新报：6月18号晚上8点，三组，我和秋生',
    'record report',
    { ...PATROL, members: ['彭大勇', '田秋生'], dates: ['2026-06-18'], time: '20:00' },
  ],
  ['算我一个', 'ask report', {}, { previous: '田秋生：昨晚我在五组巡逻了' }],
  ['算我一个', 'silent none', {}, { previous: '田秋生：今晚哪个去巡逻' }],
];

test('who took part is told by verbs beside the names', () => {
  expect(misread(PEOPLE)).toEqual([]);
});

test('an hour of today that is still to come is asked about, never recorded', () => {
  const early = { at: '2026-06-20T08:10' };
  expect(
    misread([
      ['今晚在三组巡逻了一圈', 'ask report', {}, early],
      ['今晚8点在三组巡逻了', 'ask report', {}, early],
      ['昨晚在三组巡逻了一圈', 'record report', { ...PATROL, dates: YESTERDAY }, early],
    ]),
  ).toEqual([]);
});

/** The same words of somebody else, somewhere else, or as a thing and not an act. */
const NOT_TOLD: readonly Example[] = [
  '我家狗昨晚出去巡逻，叼回来一只鞋',
  '今晚七点巡逻的在村部集合',
  '结对帮扶的干部又来送米了',
  '村里大喇叭又在喊防火了',
  '脱贫户回访表填好了发我',
  '义工队今天清理江边垃圾，捡了十几袋',
  '表弟上周六把店里打扫了一遍',
  '说好周六大扫除，结果我妈一个人干完了',
  '【新闻】某地调解一起邻里纠纷，双方握手言和',
  '幼儿园小朋友打架，老师调解好了',
  '有冇得哪个去巡逻的，喊我一声',
  '昨晚看了个巡逻的纪录片',
  '昨天在镇上看到人家扫街的车，几过瘾',
  '本来要去扫塘边的，下雨了',
  '今天法院调解成功，对方赔了钱',
  '村里装了路灯，晚上散步方便了',
  '学习笔记我交了',
].map((text): Example => [text, 'silent none']);

test('what others do, and what duties are only named in, is no report', () => {
  expect(misread(NOT_TOLD)).toEqual([]);
  const praise = '今晚的广场舞教练教得好，下次我还去';
  expect(misread([[praise, 'silent none', {}, { by: '单文海' }]])).toEqual([]);
});

const CLAIMS: readonly Example[] = [
  ['我报三个，治安、环境、还有文体', 'ask claim', { member: '彭大勇' }],
  [
    '那村务监督我不报了，换成政策宣传',
    'record claim',
    { member: '李伟(五组)', replace: { 'village-supervision': 'policy-publicity' } },
    { by: '李伟(五组)' },
  ],
  [
    '设施岗我做不动了，7月起换成家风家教',
    'record claim',
    { member: '蒋四海', replace: { 'facility-upkeep': 'family-virtue' } },
    { by: '蒋四海' },
  ],
  [
    '我年纪大了，就选家风家教吧',
    'record claim',
    { member: '秦月娥', posts: ['family-virtue'] },
    { by: '秦月娥' },
  ],
  [
    '我要个轻松的，家风家教加宣传',
    'record claim',
    { member: '尹红霞', posts: ['family-virtue', 'policy-publicity'] },
    { by: '尹红霞' },
  ],
  [
    '月娥婶选家风和三留守，我替她报的',
    'record claim',
    { member: '秦月娥', posts: ['family-virtue', 'left-behind-care'] },
    { by: '谢桂芳' },
  ],
  [
    '治安巡逻岗算我一个，另一个选公共设施',
    'record claim',
    { member: '高远', posts: ['security-patrol', 'facility-upkeep'] },
    { by: '高远' },
  ],
  [
    '#接龙\n岗位认领\n\n1. 单文海 扫地 跳舞\n2. 田秋生 3、4',
    'record claim',
    { claims: { 单文海: ['sanitation', 'culture-sports'], 田秋生: ['security-patrol', 'facility-upkeep'] } },
  ],
  ['可以认领三个岗不', 'answer help', { topic: 'claim' }],
  ['岗位名单我整理好了，下午贴村务栏', 'silent none', {}, { by: '唐小雨' }],
];

test('posts are claimed and changed in everyday words', () => {
  expect(misread(CLAIMS)).toEqual([]);
});

test('scores of others are refused to members, and how things work is answered', () => {
  expect(
    misread([
      ['秋生上个月多少分', 'refuse query', { target: '田秋生', scope: '2026-05' }],
      ['秋生这个月积分多少', 'answer query', { target: '田秋生' }, { by: '唐小雨' }],
      ['@积分小兰 怎么请假', 'answer help', { topic: 'leave_rule' }],
      ['异议找哪个提', 'answer help', { topic: 'objection' }],
      ['七一活动能加几多分', 'answer help', { topic: 'rule' }],
      ['党员要不要交两份党费，问过的都说不要', 'silent none'],
      ['秋生考了多少分', 'silent none'],
    ]),
  ).toEqual([]);
});
