import { expect, test } from '@jest/globals';
import { type Example, misread } from '../language/own-branch.ts';

const D = ['2026-06-20'];
const Y = ['2026-06-19'];
const patrol = (
  members: readonly string[],
  dates: readonly string[],
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({ post: 'security-patrol', members, dates, ...more });
const ME = ['彭大勇'];

const OWN: readonly Example[] = [
  // Whoever is asked about, those who were clear stay in the report.
  [
    '五组的',
    'record report',
    patrol(['彭大勇', '李伟(五组)', '田秋生'], Y),
    { previous: '昨晚我和李伟、秋生在三组巡逻了' },
  ],
  ['昨晚和李伟（五组）在三组巡逻了', 'record report', patrol(['彭大勇', '李伟(五组)'], Y)],
  ['今天跟秋生学着巡逻，8点到9点', 'record report', patrol(['彭大勇', '田秋生'], D, { time: '20:00-21:00' })],
  [
    '我6月份巡了3次：3号、10号、还有昨天',
    'record report',
    patrol(ME, ['2026-06-03', '2026-06-10', '2026-06-19']),
  ],
  ['昨晚12点还在三组巡逻', 'record report', patrol(ME, D, { time: '00:00' })],
  [
    '上午把五组的水渠清了，挖了两车淤泥',
    'record report',
    { post: 'facility-upkeep', members: ['田秋生'] },
    { by: '田秋生' },
  ],
  [
    '五组一棵树倒在路上，我和志强锯断搬开了',
    'record report',
    { post: 'facility-upkeep', members: ['田秋生', '曾志强'] },
    { by: '田秋生' },
  ],
  [
    '今天跟孙伢讲了孝敬老人的道理',
    'record report',
    { post: 'family-virtue', members: ['秦月娥'] },
    { by: '秦月娥' },
  ],
  ['昨晚我在三组巡逻了一趟', 'record report', patrol(ME, Y, { time: undefined })],
  ['巡逻 昨晚8点 三组', 'record report', patrol(ME, Y, { time: '20:00' })],
  ['今晚8点到9点巡逻完了，一切正常', 'record report', patrol(ME, D, { time: '20:00-21:00' })],
  ['刚在村里转了一圈回来，三组五组都看了，冇得么事', 'record report', patrol(ME, D)],
  ['补报一下前天晚上的巡逻', 'record report', patrol(ME, ['2026-06-18'])],
  [
    '6月3号、10号、17号晚上巡的逻，忘记报了',
    'record report',
    patrol(ME, ['2026-06-03', '2026-06-10', '2026-06-17']),
  ],
  ['昨天夜里跟大伟一起巡夜，从桥头走到卫生室', 'record report', patrol(['彭大勇', '李伟(二组)'], Y)],
  ['我和秋生昨晚巡逻了', 'record report', patrol(['彭大勇', '田秋生'], Y)],
  [
    '今晚同秋生、志强三个人在四组五组巡了逻[图片]',
    'record report',
    patrol(['彭大勇', '田秋生', '曾志强'], D),
  ],
  [
    '上报：6月18日晚治安巡逻，20:00-21:30，同行：田秋生、高远',
    'record report',
    patrol(['彭大勇', '田秋生', '高远'], ['2026-06-18'], { time: '20:00-21:30' }),
  ],
  ['昨晚巡了个逻，9点半回的', 'record report', patrol(ME, Y)],
  ['今天巡逻2次，上午一次晚上一次，都在三组', 'record report', patrol(ME, D)],
  ['周三晚上在三组巡逻了，照片等下补', 'record report', patrol(ME, ['2026-06-17'])],
  ['昨晚下大雨我还是去三组巡逻了的', 'record report', patrol(ME, Y)],
  ['把三组的路扫了一遍，垃圾桶也倒了', 'record report', { post: 'sanitation', members: ME, dates: D }],
  ['今早把村部门口打扫干净了', 'record report', { post: 'sanitation', members: ME, dates: D }],
  [
    '今天大扫除参加的有：宋春兰、单文海、田秋菊',
    'record report',
    { post: 'sanitation', members: ['宋春兰', '单文海', '田秋菊'], dates: D },
    { by: '宋春兰' },
  ],
  [
    '昨天下午清了二组的水沟，累得很',
    'record report',
    { post: 'sanitation', members: ['李伟(二组)'], dates: Y },
    { by: '李伟(二组)' },
  ],
  [
    '今天上午捡了一上午垃圾，河道两边都捡干净了[图片]',
    'record report',
    { post: 'sanitation', members: ['蒋四海'], dates: D },
    { by: '蒋四海' },
  ],
  [
    '6.14大扫除 我跟春兰都去了',
    'record report',
    { post: 'sanitation', members: ['单文海', '宋春兰'], dates: ['2026-06-14'] },
    { by: '单文海' },
  ],
  [
    '泵站检查了一遍，闸门都好的',
    'record report',
    { post: 'facility-upkeep', members: ['田秋生'], dates: D },
    { by: '田秋生' },
  ],
  [
    '五组的路灯坏了两盏，我今天换好了',
    'record report',
    { post: 'facility-upkeep', members: ['田秋生'], dates: D },
    { by: '田秋生' },
  ],
  [
    '昨天查看了涵洞和水渠，有一处堵了，已经清通',
    'record report',
    { post: 'facility-upkeep', members: ['曾志强'], dates: Y },
    { by: '曾志强' },
  ],
  [
    '水库护栏松了，我用铁丝绑紧了，也跟村里报了[图片]',
    'record report',
    { post: 'facility-upkeep', members: ['蒋四海'], dates: D },
    { by: '蒋四海' },
  ],
  [
    '上周五巡查了水渠',
    'record report',
    { post: 'facility-upkeep', members: ['高远'], dates: ['2026-06-12'] },
    { by: '高远' },
  ],
  [
    '今天去看了二组的刘奶奶，帮她量了血压',
    'record report',
    { post: 'left-behind-care', members: ['谢桂芳'], dates: D },
    { by: '谢桂芳' },
  ],
  [
    '走访留守儿童两户，辅导作业一个小时',
    'record report',
    { post: 'left-behind-care', members: ['田秋菊'], dates: D },
    { by: '田秋菊' },
  ],
  [
    '昨天给五保户老张头理了发，打扫了屋子',
    'record report',
    { post: 'left-behind-care', members: ['秦月娥'], dates: Y },
    { by: '秦月娥' },
  ],
  [
    '月娥婶不会打字，我代她报，昨天她去看了空巢老人李婆婆',
    'record report',
    { post: 'left-behind-care', members: ['秦月娥'], dates: Y, proxy: '谢桂芳' },
    { by: '谢桂芳' },
  ],
  [
    '帮丁爹报一下，他今天在村口扫了地',
    'record report',
    { post: 'sanitation', members: ['丁得水'], dates: D, proxy: '彭大勇' },
  ],
  [
    '秋菊让我帮她报：今天走访了三户留守老人',
    'record report',
    { post: 'left-behind-care', members: ['田秋菊'], dates: D, proxy: '彭大勇' },
  ],
  [
    '上午到贫困户老胡家里讲了医保，帮他填了手册',
    'record report',
    { members: ['韩素梅'], dates: D },
    { by: '韩素梅' },
  ],
  [
    '今天扶贫日，去结对户家里看了看，送了一袋米',
    'record report',
    { post: 'poverty-pairing', members: ['谢贵方'], dates: D },
    { by: '谢贵方' },
  ],
  [
    '五组两家为宅基地吵架，我去劝和了，都签了字',
    'record report',
    { post: 'mediation', members: ['罗启明'], dates: D },
    { by: '罗启明' },
  ],
  [
    '昨天调解了三组婆媳纠纷，说通了',
    'record report',
    { post: 'mediation', members: ['欧阳静'], dates: Y },
    { by: '欧阳静' },
  ],
  [
    '今天在村文化广场宣讲了防溺水，来了五十多个人',
    'record report',
    { post: 'policy-publicity', members: ['龚守正'], dates: D },
    { by: '龚守正' },
  ],
  [
    '发了40份反诈宣传单，三组挨家挨户发的',
    'record report',
    { post: 'policy-publicity', members: ['唐小雨'], dates: D },
    { by: '唐小雨' },
  ],
  [
    '入户宣传秸秆禁烧，跑了8户',
    'record report',
    { post: 'policy-publicity', members: ['龚守正'], dates: D },
    { by: '龚守正' },
  ],
  [
    '晚上组织大家跳广场舞，二十多人',
    'record report',
    { post: 'culture-sports', members: ['宋春兰'], dates: D },
    { by: '宋春兰' },
  ],
  [
    '今天带老年人打太极，一个小时',
    'record report',
    { post: 'culture-sports', members: ['谢桂芳'], dates: D },
    { by: '谢桂芳' },
  ],
  [
    '今天查了村里的账，票据都对得上',
    'record report',
    { post: 'village-supervision', members: ['李伟(五组)'], dates: D },
    { by: '李伟(五组)' },
  ],
  [
    '看了这个月的村务公开栏，有两项没写全，已经提了建议',
    'record report',
    { post: 'village-supervision', members: ['李伟(五组)'], dates: D },
    { by: '李伟(五组)' },
  ],
  [
    '向支部汇报：我在东莞一切正常，这个月没换厂',
    'record report',
    { post: 'floating-member', members: ['尹红霞'], dates: D },
    { by: '尹红霞' },
  ],
  [
    '昨天给孙子讲了家风故事，教他做人要孝顺',
    'record report',
    { post: 'family-virtue', members: ['秦月娥'], dates: Y },
    { by: '秦月娥' },
  ],
  ['６月１９日晚８点，三组巡逻，一切正常', 'record report', patrol(ME, Y, { time: '20:00' })],
  ['昨晚巡邏了，三組四組走了一遍', 'record report', patrol(ME, Y)],
  [
    '「积分小兰：昨晚谁巡逻了？」\n- - - - - - - - - - - - - - -\n我昨晚8点巡逻的',
    'record report',
    patrol(ME, Y),
  ],
  [`@积分小兰\u2005昨晚巡逻了`, 'record report', patrol(ME, Y)],
  [
    '6月份巡逻\n6.2 三组\n6.9 三组五组\n6.16 全村',
    'record report',
    patrol(ME, ['2026-06-02', '2026-06-09', '2026-06-16']),
  ],
  ['报一下 昨天巡逻 三组', 'record report', patrol(ME, Y)],
  ['打扫 今天上午 一组公路', 'record report', { post: 'sanitation', dates: D }],
  [
    '宋嫂和文海昨天在一组扫路',
    'record report',
    { post: 'sanitation', members: ['宋春兰', '单文海'], dates: Y },
  ],
  ['田秋生昨晚也巡逻了，跟我一路', 'record report', patrol(['彭大勇', '田秋生'], Y)],
  ['昨晚和谢桂方巡逻三组', 'ask report', { candidates: ['谢桂芳', '谢贵方'] }],
  ['李伟今晚也去巡逻了', 'ask report', { candidates: ['李伟(二组)', '李伟(五组)'] }],
  ['五组李伟昨晚巡逻了', 'record report', patrol(['李伟(五组)'], Y)],
  ['昨晚和五组的李伟巡逻', 'record report', patrol(['彭大勇', '李伟(五组)'], Y), { mention: true }],
  ['今天去看望了老人', 'ask report', {}, { by: '高远' }],
  ['6月31号巡逻了，三组', 'ask report', {}],
  ['@积分小兰 报', 'ask report', {}],
  ['昨晚和曾智强在四组巡逻', 'record report', patrol(['彭大勇', '曾志强'], Y)],
];

const NOT_REPORTS: readonly Example[] = [
  '今天巡逻的人好多',
  '下周我去巡逻',
  '明晚谁跟我去巡逻',
  '昨天巡逻看到一条大蛇',
  '巡逻队的车停在村口',
  '隔壁村昨晚巡逻抓了个小偷',
  '我马上去巡逻',
  '昨晚没去巡逻',
  '昨天的大扫除搞得好',
  '大扫除几点开始',
  '大家巡逻注意安全',
  '记得报巡逻',
  '昨天大扫除累死了',
  '大扫除腰疼得很',
  '扫完地一身汗',
  '今天在家打扫卫生',
  '我儿子今天学校大扫除',
  '路灯坏了没人修',
  '哪个晓得泵站电话',
  '想去看看刘奶奶',
  '打算明天去走访',
  '辛苦大家昨晚巡逻',
  '如果下雨就不巡逻了',
  '应该多宣传防火',
  '听说三组昨晚巡逻了',
  '扫码领鸡蛋',
  '扫黄打非宣传片真好看',
  '老婆让我打扫卫生',
  '游戏里巡逻太累了',
  '派出所昨晚在三组巡逻了',
  '我昨天去看了奶奶',
].map((text): Example => [text, 'silent none']);

test('what members did is read with post, people and days', () => {
  expect(misread(OWN)).toEqual([]);
});

test('talk about duties is no report', () => {
  expect(misread(NOT_REPORTS)).toEqual([]);
});
