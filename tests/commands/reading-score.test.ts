import { expect, test } from '@jest/globals';
import { type Circumstances, type Example, misread } from '../language/own-branch.ts';

const KEEPER: Circumstances = { by: '唐小雨', at: '2026-06-29T20:00' };
const SECRETARY: Circumstances = { by: '罗启明', at: '2026-06-29T20:00' };
const set = (member: string, item: string, value: number | readonly number[]): Record<string, unknown> => ({
  member,
  item,
  op: 'set',
  value,
});
const total = (member: string, item: string, value: number): Record<string, unknown> => ({
  member,
  item,
  op: 'set_total',
  value,
});
const cut = (member: string, item: string, value: number): Record<string, unknown> => ({
  member,
  item,
  op: 'deduct',
  value,
});
const plus = (member: string, item: string, value: number): Record<string, unknown> => ({
  member,
  item,
  op: 'add',
  value,
});
const june = (...ops: Record<string, unknown>[]): Record<string, unknown> => ({ month: '2026-06', ops });
const PATROL = 'security-patrol';

const SCORES: readonly Example[] = [
  [
    '大勇：学习10 组织10 党费10',
    'record score',
    june(set('彭大勇', 'study', 10), set('彭大勇', 'organisation', 10), set('彭大勇', 'dues', 10)),
    KEEPER,
  ],
  [
    '彭大勇：\n治安 10 9 10\n环境 10 10 8',
    'record score',
    june(set('彭大勇', PATROL, [10, 9, 10]), set('彭大勇', 'sanitation', [10, 10, 8])),
    KEEPER,
  ],
  [
    '高远酒驾被拘留，支委会6月26日研究扣10分',
    'record score',
    { ...june(cut('高远', 'conduct', 10)), minute: '2026-06-26' },
    SECRETARY,
  ],
  [
    '高远县级表彰加2分 6月26日支委会',
    'record score',
    { ...june(plus('高远', 'bonus.award.county', 2)), minute: '2026-06-26' },
    SECRETARY,
  ],
  // Nothing of a row is written down while a part of it is not understood.
  ['大勇 学习10 思想10 守法10', 'ask score', {}, KEEPER],
  ['彭大勇治安岗三项：10、10、9', 'record score', june(set('彭大勇', PATROL, [10, 10, 9])), KEEPER],
  ['小雨，帮我治安岗打满分嘛', 'silent none', {}, {}],
  ['彭大勇履职扣5（治安岗）', 'record score', june(cut('彭大勇', `${PATROL}.performance`, 5)), KEEPER],
  ['彭大勇95', 'ask score', {}, KEEPER],
  ['高远做得好，给他加分', 'ask score', {}, SECRETARY],
  ['高远打牌赌博被派出所处理，扣10分', 'ask score', {}, SECRETARY],
  ['彭大勇治安岗30分', 'refuse score', {}, {}],
  ['打分 彭大勇 治安岗 10 10 9', 'record score', june(set('彭大勇', PATROL, [10, 10, 9])), KEEPER],
  [
    '大勇治安28 环境27 义务40',
    'record score',
    june(total('彭大勇', PATROL, 28), total('彭大勇', 'sanitation', 27), total('彭大勇', 'obligation', 40)),
    KEEPER,
  ],
  [
    '给田秋生6月巡逻岗打分：设岗定责10，履职9，办实事10',
    'record score',
    june(
      set('田秋生', `${PATROL}.commitment`, 10),
      set('田秋生', `${PATROL}.performance`, 9),
      set('田秋生', `${PATROL}.deed`, 10),
    ),
    KEEPER,
  ],
  [
    '单文海 环境岗 10 10 8，文体岗 10 9 9',
    'record score',
    june(set('单文海', 'sanitation', [10, 10, 8]), set('单文海', 'culture-sports', [10, 9, 9])),
    KEEPER,
  ],
  [
    '宋春兰 30/28',
    'record score',
    june(total('宋春兰', 'sanitation', 30), total('宋春兰', 'culture-sports', 28)),
    KEEPER,
  ],
  [
    '高远 40 28 30',
    'record score',
    june(total('高远', 'obligation', 40), total('高远', PATROL, 28), total('高远', 'facility-upkeep', 30)),
    KEEPER,
  ],
  [
    '环境岗：宋春兰28 单文海27 蒋四海30',
    'record score',
    june(
      total('宋春兰', 'sanitation', 28),
      total('单文海', 'sanitation', 27),
      total('蒋四海', 'sanitation', 30),
    ),
    KEEPER,
  ],
  [
    '治安岗履职：彭大勇10、田秋生10、高远5',
    'record score',
    june(
      set('彭大勇', `${PATROL}.performance`, 10),
      set('田秋生', `${PATROL}.performance`, 10),
      set('高远', `${PATROL}.performance`, 5),
    ),
    KEEPER,
  ],
  [
    '彭大勇 学习10 生活10 党费10 守法10',
    'record score',
    june(
      set('彭大勇', 'study', 10),
      set('彭大勇', 'organisation', 10),
      set('彭大勇', 'dues', 10),
      set('彭大勇', 'conduct', 10),
    ),
    KEEPER,
  ],
  [
    '秋菊学习8，生活10；四海学习5',
    'record score',
    june(set('田秋菊', 'study', 8), set('田秋菊', 'organisation', 10), set('蒋四海', 'study', 5)),
    KEEPER,
  ],
  ['谢贵方 15号主题党日缺席 扣5分', 'record score', june(cut('谢贵方', 'organisation', 5)), KEEPER],
  ['18号党课单文海迟到扣2分', 'record score', june(cut('单文海', 'study', 2)), KEEPER],
  ['高远组织生活会早退，扣2', 'record score', june(cut('高远', 'organisation', 2)), KEEPER],
  [
    '志强设施岗这个月只去了一次，履职扣5分',
    'record score',
    june(cut('曾志强', 'facility-upkeep.performance', 5)),
    KEEPER,
  ],
  ['乔山党费没按时交扣3分', 'record score', june(cut('乔山', 'dues', 3)), KEEPER],
  [
    '邹建平4、5月党费迟交，各扣3分',
    'record score',
    { month: '2026-04,2026-05', ops: [{ ...cut('邹建平', 'dues', 3), per_month: true }] },
    KEEPER,
  ],
  ['到会的学习教育都记10分', 'record score', june(set('*present', 'study', 10)), KEEPER],
  ['彭大勇5月义务40', 'record score', { month: '2026-05', ops: [total('彭大勇', 'obligation', 40)] }, KEEPER],
  [
    '彭大勇3号岗28分，5号岗29分',
    'record score',
    june(total('彭大勇', PATROL, 28), total('彭大勇', 'sanitation', 29)),
    KEEPER,
  ],
  [
    '唐小雨6月：宣传岗28，环境岗29，义务40',
    'record score',
    june(
      total('唐小雨', 'policy-publicity', 28),
      total('唐小雨', 'sanitation', 29),
      total('唐小雨', 'obligation', 40),
    ),
    SECRETARY,
  ],
  [
    '支委会6月26日研究：龚守正县级表彰加2分，蒋四海公益事业加2分',
    'record score',
    {
      ...june(plus('龚守正', 'bonus.award.county', 2), plus('蒋四海', 'bonus.public-welfare', 2)),
      minute: '2026-06-26',
    },
    SECRETARY,
  ],
  [
    '支委会研究同意给韩素梅经济发展加1分',
    'record score',
    { ...june(plus('韩素梅', 'bonus.economy', 1)), minute: 'yes' },
    SECRETARY,
  ],
  [
    '今天七一活动到的都加2分：彭大勇、宋春兰、乔山，支委会定的',
    'record score',
    {
      month: '2026-07',
      ops: [
        plus('彭大勇', 'bonus.festival', 2),
        plus('宋春兰', 'bonus.festival', 2),
        plus('乔山', 'bonus.festival', 2),
      ],
      minute: 'yes',
    },
    { by: '罗启明', at: '2026-07-01T18:00' },
  ],
  ['彭大勇扣10分', 'ask score', {}, KEEPER],
  ['5月的分补录一下，彭大勇93', 'ask score', {}, KEEPER],
  ['李伟环境岗27', 'ask score', { candidates: ['李伟(二组)', '李伟(五组)'] }, KEEPER],
  ['唐小雨环境岗30', 'refuse score', { why: 'own_score' }, KEEPER],
  ['给我加2分吧，我上县电视台了', 'refuse score', { why: 'not_recorder', ops: [plus('彭大勇', 'bonus', 2)] }],
  ['打分 田秋生 治安岗 30', 'refuse score', { why: 'not_recorder' }],
  [
    '田秋生 党费6.2交的 学习10 生活10',
    'record score',
    {
      ...june(set('田秋生', 'study', 10), set('田秋生', 'organisation', 10)),
      also: [
        {
          intent: 'dues',
          entries: [{ member: '田秋生', months: ['2026-06'], status: 'paid', paid_on: '2026-06-02' }],
        },
      ],
    },
    KEEPER,
  ],
  ['扣分不是目的', 'silent none', {}, KEEPER],
  ['给老罗扣10分，散会不请客😂', 'silent none'],
  ['这个月加分的多', 'silent none', {}, KEEPER],
  ['彭大勇今天表现不错', 'silent none', {}, KEEPER],
  ['大勇，30号之前把表给我', 'silent none', {}, KEEPER],
  ['秋生，你3组28户的医保收了没', 'silent none', {}, KEEPER],
];

test('scores of one or many are read with item, operation and value', () => {
  expect(misread(SCORES)).toEqual([]);
});
