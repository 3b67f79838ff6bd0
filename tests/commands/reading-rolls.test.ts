import { expect, test } from '@jest/globals';
import { type Circumstances, type Example, misread } from '../language/own-branch.ts';

const AFTER: Circumstances = { by: '唐小雨', at: '2026-06-15T10:30' };
const took = (entries: Record<string, unknown>): Record<string, unknown> => ({
  date: '2026-06-15',
  phase: 'record',
  entries,
});
const roll = (text: string, entries: Record<string, unknown>): Example => [
  text,
  'record attendance',
  took(entries),
  AFTER,
];

const THREE = { late: ['高远'], leave: ['乔山', '宋春兰'], absent: ['蒋四海'] };

/** One roll in every order and with every mark between; only the order may tell who did what. */
const ORDERS: readonly Example[] = [
  roll('6.15主题党日 迟到：高远 请假：乔山、宋春兰（病） 缺席：蒋四海 其他都到了', {
    ...THREE,
    present: 'rest',
  }),
  roll('迟到 高远 请假 乔山、宋春兰 缺席 蒋四海', THREE),
  roll('迟到高远，请假乔山、宋春兰，缺席蒋四海', THREE),
  roll('高远 迟到 乔山、宋春兰 请假 蒋四海 缺席', THREE),
  roll('高远迟到 乔山、宋春兰请假 蒋四海没来', THREE),
  roll('高远来晚了，乔山和宋春兰请假，没到的蒋四海', THREE),
  roll('迟到：高远\n请假：乔山\n宋春兰\n缺席：蒋四海\n剩下的人全到', { ...THREE, present: 'rest' }),
  roll('高远：迟到；乔山、宋春兰：请假；蒋四海：缺席', THREE),
  roll('迟到的：高远，请假的：乔山，宋春兰，旷会的：蒋四海', THREE),
  roll('签到 高远 迟到 乔山、宋春兰 请假 蒋四海 缺席', THREE),
];

const WORDINGS: readonly Example[] = [
  roll('四海没到，高远晚了一刻钟', { absent: ['蒋四海'], late: ['高远'] }),
  roll('文海是10点走的，算早退；高远九点才来', { early: ['单文海'], late: ['高远'] }),
  roll('实到：罗启明、高远（迟到）、乔山 缺席：蒋四海', {
    present: ['罗启明', '乔山'],
    late: ['高远'],
    absent: ['蒋四海'],
  }),
  roll('实到3人：罗启明、高远、乔山，请假：蒋四海', {
    present: ['罗启明', '高远', '乔山'],
    leave: ['蒋四海'],
  }),
  roll('应到20实到18，四海没来，说是请假了，贵方无故缺席', {
    leave: ['蒋四海'],
    absent: ['谢贵方'],
    present: 'rest',
  }),
  roll('没有人迟到，高远请假', { leave: ['高远'] }),
  roll('没来的有四海和高远，高远是请了假的', { absent: ['蒋四海'], leave: ['高远'] }),
];

const UNTOLD: readonly Example[] = [
  ['高远迟到乔山请假宋春兰', 'ask attendance', {}, AFTER],
  ['实到：高远、乔山 宋春兰迟到', 'ask attendance', {}, AFTER],
  ['主题党日都到了，就差一个', 'ask attendance', {}, AFTER],
];

test('a roll gives each name its own status in whatever order it is typed', () => {
  expect(misread(ORDERS)).toEqual([]);
});

test('statuses are understood as people word them', () => {
  expect(misread(WORDINGS)).toEqual([]);
});

test('where the order does not tell who did what, it is asked', () => {
  expect(misread(UNTOLD)).toEqual([]);
});
