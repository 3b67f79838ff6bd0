import { expect, test } from '@jest/globals';
import { createReader } from '../../commands/read.ts';
import type { ScoreOp, ScoreSlots } from '../../commands/reading.ts';
import { type Circumstances, contextFor, type Example, heardFrom, misread } from '../language/own-branch.ts';

const KEEPER: Circumstances = { by: '唐小雨', at: '2026-06-29T20:00' };
const HEAD: Circumstances = { by: '罗启明', at: '2026-06-28T22:00' };
const PATROL = 'security-patrol';
const set = (member: string, item: string, value: number | number[], op: ScoreOp['op'] = 'set'): ScoreOp => ({
  member,
  item,
  op,
  value,
});
const total = (member: string, item: string, value: number): ScoreOp => set(member, item, value, 'set_total');

const LISTS: readonly Example[] = [
  [
    '巡逻岗的几个都打27：彭大勇、田秋生、高远',
    'record score',
    { ops: ['彭大勇', '田秋生', '高远'].map((n) => total(n, PATROL, 27)) },
    KEEPER,
  ],
  [
    '彭大勇28、田秋生27、高远30（巡逻岗）',
    'record score',
    { ops: [total('彭大勇', PATROL, 28), total('田秋生', PATROL, 27), total('高远', PATROL, 30)] },
    KEEPER,
  ],
  [
    '大勇学习、生活、党费都是10分',
    'record score',
    { ops: ['study', 'organisation', 'dues'].map((i) => set('彭大勇', i, 10)) },
    KEEPER,
  ],
  [
    '大勇义务四项都10分，两个岗位都28',
    'record score',
    {
      ops: [
        ...['study', 'organisation', 'dues', 'conduct'].map((i) => set('彭大勇', i, 10)),
        total('彭大勇', PATROL, 28),
        total('彭大勇', 'sanitation', 28),
      ],
    },
    KEEPER,
  ],
  [
    '秋生：亮岗10 履职10 实事9，设施岗 10/8/10',
    'record score',
    {
      ops: [
        set('田秋生', `${PATROL}.commitment`, 10),
        set('田秋生', `${PATROL}.performance`, 10),
        set('田秋生', `${PATROL}.deed`, 9),
        set('田秋生', 'facility-upkeep', [10, 8, 10]),
      ],
    },
    KEEPER,
  ],
];

const BONUSES: readonly Example[] = [
  [
    '6月28日支委会（罗启明、欧阳静、韩素梅参加）定：秋菊好人好事加1分',
    'record score',
    { ops: [{ member: '田秋菊', item: 'bonus.other', op: 'add', value: 1 }], minute: '2026-06-28' },
    HEAD,
  ],
  [
    '支委会6月28日研究：四海缺席说明不成立，扣组织生活5分',
    'record score',
    { ops: [{ member: '蒋四海', item: 'organisation', op: 'deduct', value: 5 }], minute: '2026-06-28' },
    HEAD,
  ],
  [
    '支委会9月28日研究：国庆值班的高远、乔山每人加2分',
    'record score',
    {
      month: '2026-10',
      ops: ['高远', '乔山'].map((member) => ({ member, item: 'bonus.festival', op: 'add', value: 2 })),
      minute: '2026-09-28',
    },
    { by: '罗启明', at: '2026-10-02T09:00' },
  ],
  ['高远造谣，遵纪守法扣10', 'ask score', {}, KEEPER],
  ['文海迟到扣2分', 'ask score', {}, KEEPER],
  [
    '文海迟到扣2分',
    'record score',
    { ops: [{ member: '单文海', item: 'organisation', op: 'deduct', value: 2 }] },
    { by: '唐小雨', at: '2026-06-15T20:00' },
  ],
  ['给四海加2分，跳舞搞得好', 'refuse score', {}],
  ['给自己写上：宣传岗29', 'refuse score', {}, HEAD],
];

const NUMBERS_CORRECTED: readonly Example[] = [
  [
    '大勇那个实事8分写错了，应该是9分',
    'record correct',
    { change: { 彭大勇: { from: 8, to: 9 } } },
    { ...KEEPER, previous: '给彭大勇巡逻岗打分：亮岗10 履职10 实事8' },
  ],
];

test('scores of several people and items are given to those they are meant for', () => {
  expect(misread(LISTS)).toEqual([]);
});

test('those who sat in the meeting get nothing by it; what needs a minute asks for it', () => {
  expect(misread(BONUSES)).toEqual([]);
});

test('a figure typed wrong is put right, not set again', () => {
  expect(misread(NUMBERS_CORRECTED)).toEqual([]);
});

test.each([
  ['学习教育除了四海都10分', '蒋四海', 10, undefined],
  ['四海学习5分，其他人都10分', '蒋四海', 10, 5],
])('%s: everybody else, and not the one named', (text, name, others, own) => {
  const { slots } = createReader()(heardFrom(text, KEEPER), contextFor(KEEPER));
  const ops = (slots as unknown as ScoreSlots).ops;
  expect(ops.find((op) => op.member === name)?.value).toBe(own);
  expect(ops.find((op) => op.member === '高远')?.value).toBe(others);
  // Neither the exempt, nor the town, nor who types it.
  for (const left of ['丁得水', '方敏', '唐小雨']) expect(ops.some((op) => op.member === left)).toBe(false);
});
