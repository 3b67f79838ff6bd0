import { expect, test } from '@jest/globals';
import { BOARD, type Circumstances, type Example, misread } from '../language/own-branch.ts';

const OPEN: Circumstances = { pending: BOARD, at: '2026-06-16T11:00' };
const MAY = '2026-05';
const mine = { member: '彭大勇', month: MAY };

const CONFIRMS: readonly Example[] = [
  ['月娥婶的我看了，她同意', 'record confirm', { member: '秦月娥', proxy: '彭大勇' }, OPEN],
  ['确认，巡逻那次我确实没去', 'record confirm', { member: '彭大勇', month: '2026-05' }, OPEN],
  ...[
    '确认',
    '确认无误',
    '无异议',
    '没意见',
    '没有意见',
    '同意',
    '认可',
    '属实',
    '确人',
    '我确认',
    '我的分确认',
    '5月积分确认',
    '确认。',
    '同意👌',
    '没问题',
    '冇得意见',
    '确认，辛苦小雨',
    '看过了，无异议',
    '确认 彭大勇',
    '彭大勇 确认',
    '彭大勇确认五月份积分',
    '已看，确认',
    '确认了哈',
    '確認',
  ].map((text): Example => [text, 'record confirm', mine, OPEN]),
  ['92分 对的 确认', 'record confirm', { ...mine, claimed: 92 }, OPEN],
  ['彭大勇确认5月积分96', 'record confirm', { ...mine, claimed: 96 }, OPEN],
  ['确认，95.5分', 'record confirm', { ...mine, claimed: 95.5 }, OPEN],
  ['同意', 'record confirm', mine, { at: '2026-06-16T11:00', quote: '2026年5月党员积分公示' }],
  [
    '月娥婶让我帮她确认，她看过了',
    'record confirm',
    { member: '秦月娥', month: MAY, proxy: '谢桂芳' },
    { ...OPEN, by: '谢桂芳' },
  ],
  [
    '代秦月娥确认',
    'record confirm',
    { member: '秦月娥', month: MAY, proxy: '谢桂芳' },
    { ...OPEN, by: '谢桂芳' },
  ],
  [
    '确认 秦月娥',
    'record confirm',
    { member: '秦月娥', month: MAY, proxy: '谢桂芳' },
    { ...OPEN, by: '谢桂芳' },
  ],
  ['收到，确认', 'ask confirm', {}, { ...OPEN, pending: [...BOARD, { kind: 'call' }] }],
  ...[
    '收到',
    '👍',
    '好的',
    '谢谢',
    '同意楼上',
    '大家看了的回个确认',
    '确认过眼神',
    '这次公示做得清楚',
    '请大家抓紧确认',
    '确认收货',
    '嗯',
    '1',
    '认可认可，晚上喝酒',
    '还没看呢',
    '明天再确认',
  ].map((text): Example => [text, 'silent none', {}, OPEN]),
  ...['确认', '同意', '无异议', '没问题', '认可', '属实'].map((text): Example => [text, 'silent none']),
];

const OBJECTS: readonly Example[] = [
  // A fact told against the board is no new report.
  ['不同意，巡逻我巡了三次的', 'record object', { item: 'security-patrol', also: undefined }, OPEN],
  [
    '我15号没迟到，8点25就到了',
    'record object',
    { item: 'organisation', claim: 'not_late' },
    { ...OPEN, at: '2026-07-10T09:00' },
  ],
  ['替秋生说一句，他巡逻不止两次', 'record object', { item: 'security-patrol', also: undefined }, OPEN],
  ['我早退是去接人，后来又回来了的，不该扣', 'record object', { month: '2026-05' }, OPEN],
  ['才晓得5月没给我记走访', 'record object', { month: '2026-05', item: 'left-behind-care', late: true }, {}],
  ['我不确认', 'record object', { month: '2026-05' }, OPEN],
  ['请假不是准了的吗，怎么还扣分', 'record object', { month: '2026-05' }, OPEN],
  ['我的宣传岗？我没报宣传岗啊', 'record object', { item: 'policy-publicity' }, OPEN],
  ['高远设施岗30分太高了', 'record object', { about: '高远', item: 'facility-upkeep' }, OPEN],
  ['不服，我找镇组织办', 'record object', { escalate: 'town' }, {}],
  ['龚老师说我只巡一次不对，我有照片', 'record object', { about: undefined }, OPEN],
  [
    '我18号那天来了的，坐在后面，么样记我缺席',
    'record object',
    { item: 'study', date: '2026-06-18', claim: 'present' },
    {},
  ],
  ['七一的活动我也去了的，怎么没加我', 'record object', { item: 'bonus' }, { at: '2026-07-20T10:00' }],
  ['异议', 'record object', { ...mine, item: null }, OPEN],
  ['不同意', 'record object', { ...mine, item: null }, OPEN],
  ['我的分不对', 'record object', { ...mine }, OPEN],
  ['我有异议，15号主题党日我到了的，怎么记缺席', 'record object', { ...mine, item: 'organisation' }, OPEN],
  ['我5月巡逻了三次怎么只记了两次', 'record object', { ...mine, item: 'security-patrol' }, OPEN],
  ['党费我交了的，怎么还扣3分', 'record object', { ...mine, item: 'dues' }, OPEN],
  [
    '田秋生95分，五月没看到他巡逻，请核实',
    'record object',
    { member: '龚守正', about: '田秋生', item: 'security-patrol' },
    { ...OPEN, by: '龚守正' },
  ],
  ['春兰那天也扫了地，漏记了', 'record object', { about: '宋春兰', item: 'sanitation' }, OPEN],
  ['义务40岗位56怎么合计是94，算错了吧', 'record object', { member: '彭大勇' }, OPEN],
  [
    '我的分确认，但是文海那天也扫了地，怎么没给他记',
    'record confirm',
    {
      ...mine,
      also: [{ intent: 'object', member: '彭大勇', month: MAY, about: '单文海', item: 'sanitation' }],
    },
    OPEN,
  ],
  ['对支部的答复不服，我要向镇里申诉', 'record object', { member: '彭大勇', escalate: 'town' }],
  ['我要找镇组织办反映，对裁定不服', 'record object', { member: '彭大勇', escalate: 'town' }],
  [
    '公示过了我才看到，我5月的加分没写',
    'record object',
    { member: '彭大勇', month: MAY, item: 'bonus', late: true },
  ],
  ['18号那个不对', 'ask object', {}, OPEN],
  ['我怎么才92分', 'answer query', { target: 'self' }, OPEN],
  ['今天的菜不对味', 'silent none', {}, OPEN],
  ['这天气有问题', 'silent none'],
  ['不同意你的看法', 'silent none'],
  ['少了两个碗', 'silent none'],
  ['有意见就提', 'silent none'],
  ['我的异议撤回', 'record correct', { op: 'withdraw_objection', member: '彭大勇' }],
  ['异议不提了，问清楚了', 'record correct', { op: 'withdraw_objection', member: '彭大勇' }],
];

const CORRECTS: readonly Example[] = [
  [
    '打错了，是6月12号不是13号',
    'record correct',
    { change: { date: { from: '2026-06-13', to: '2026-06-12' } } },
    { previous: '6.13 三组巡逻' },
  ],
  [
    '日期写错了，不是18号是17号',
    'record correct',
    { change: { date: { from: '2026-06-18', to: '2026-06-17' } } },
    { previous: '18号晚上巡逻三组' },
  ],
  [
    '名字打错了，是谢贵方不是谢桂芳',
    'record correct',
    { change: { member: { from: '谢桂芳', to: '谢贵方' } } },
  ],
  [
    '不是秋生是秋菊',
    'record correct',
    { change: { member: { from: '田秋生', to: '田秋菊' } } },
    { previous: '今天走访和秋生一起' },
  ],
  ['昨天报的那次巡逻不算，没去成', 'record correct', { op: 'withdraw', member: '彭大勇' }],
  [
    '刚才那条撤回，报错了',
    'record correct',
    { op: 'withdraw', member: '彭大勇' },
    { previous: '昨晚巡逻三组' },
  ],
  ['之前报的16号巡逻作废', 'record correct', { op: 'withdraw', date: '2026-06-16', member: '彭大勇' }],
  ['这个分记重了，删掉一条', 'record correct', { op: 'remove_duplicate' }, { by: '唐小雨' }],
  ['巡逻报重复了，删一条', 'record correct', { op: 'remove_duplicate' }],
  ['"田秋生"撤回了一条消息', 'record correct', { op: 'recalled', member: '田秋生' }, { by: '系统' }],
  ['打错了', 'silent none'],
  ['发错群了', 'silent none'],
  ['不是今天是明天', 'silent none'],
  ['航班取消了', 'silent none'],
  ['订单取消了', 'silent none'],
  ['说错了，是两斤不是三斤', 'silent none'],
  ['"方某"加入了群聊', 'silent none', {}, { by: '系统' }],
];

test('a confirmation is the whole message, and only while a board is open', () => {
  expect(misread(CONFIRMS)).toEqual([]);
});

test('objections are read with whom and what they are about', () => {
  expect(misread(OBJECTS)).toEqual([]);
});

test('corrections say what becomes what', () => {
  expect(misread(CORRECTS)).toEqual([]);
});
