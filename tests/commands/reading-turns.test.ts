/** Turns of phrase in which people confirm, object, correct, ask and score; each beside what it could be taken for. */
import { expect, test } from '@jest/globals';
import { misread } from '../language/own-branch.ts';

const BOARD = { pending: [{ kind: 'board', month: '2026-05' }] } as const;
const SIGN = { at: '2026-06-15T08:25' } as const;
const recorder = { by: '唐小雨' } as const;

test('who is thanked or spoken to in a confirmation does not confirm', () => {
  expect(
    misread([
      ['无异议，小雨辛苦了', 'record confirm', { member: '彭大勇', month: '2026-05' }, BOARD],
      ['我自己那行没问题，确认；秋生的等答复', 'record confirm', { member: '彭大勇' }, BOARD],
      ['有意见走程序提，莫在群里争', 'silent none', {}, { ...BOARD, by: '欧阳静' }],
    ]),
  ).toEqual([]);
});

test('a question why is answered; with what was done it objects; how to appeal is help', () => {
  expect(
    misread([
      ['我的治安岗怎么才25分', 'answer query', { target: 'self', scope: '2026-05' }, BOARD],
      ['怎么我才88分，我巡了四次', 'record object', { item: 'security-patrol' }, BOARD],
      [
        '我15号跟书记请了假的，怎么记我迟到',
        'record object',
        { item: 'organisation', claim: 'leave' },
        BOARD,
      ],
      ['18号党课我后半截到了的，不该算请假', 'record object', { item: 'study', date: '2026-06-18' }, BOARD],
      ['治安岗，5月23号我巡了三组，没给我记', 'record object', { item: 'security-patrol' }, BOARD],
      ['对答复不满意的话还可以找哪个', 'answer help', {}, {}],
      ['加起来不对吧，38+27+28应该是93', 'record object', { item: null }, BOARD],
    ]),
  ).toEqual([]);
});

test('what is put right is told apart from what is taken back or told anew', () => {
  expect(
    misread([
      [
        '刚才那条报错了，是跟秋生不是志强',
        'record correct',
        { change: { member: { from: '曾志强', to: '田秋生' } } },
        { previous: '昨晚和志强巡了一圈' },
      ],
      ['我昨天报的大扫除日期写错了，应该是9号', 'record correct', { change: { date: { to: '2026-06-09' } } }],
      [
        '更正一下，我昨天扫的是四组不是二组',
        'record correct',
        { change: { place: { from: '二组', to: '四组' } } },
        { previous: '昨天扫了二组的路' },
      ],
      [
        '昨天大扫除我没去，莫把我算上',
        'record correct',
        { op: 'withdraw', kind: 'cleanup', date: '2026-06-19' },
      ],
      [
        '3月4号党费记错人了，是李伟五组的不是二组的',
        'record correct',
        { change: { member: { from: '李伟(二组)', to: '李伟(五组)' } } },
        recorder,
      ],
      [
        '更正：6月15日主题党日高远是请假，不是缺席',
        'record correct',
        { change: { 高远: { from: 'absent', to: 'leave' } } },
        recorder,
      ],
      [
        '更正一下，高远是书记派去接人的，不算早退，按到会记',
        'record correct',
        { change: { 高远: { from: 'early', to: 'present' } } },
        { ...recorder, at: '2026-06-18T21:40' },
      ],
    ]),
  ).toEqual([]);
});

test('rolls and leave keep apart who did what', () => {
  expect(
    misread([
      ['明天主题党日，党徽戴好，莫迟到', 'silent none', {}, { ...recorder, at: '2026-06-14T19:00' }],
      [
        '考勤 党课 缺：高远 假：宋春兰 迟：乔山',
        'record attendance',
        { entries: { absent: ['高远'], leave: ['宋春兰'], late: ['乔山'] } },
        { ...recorder, at: '2026-06-18T21:30' },
      ],
      [
        '同意文海请假',
        'record attendance',
        { phase: 'leave_approved', date: '2026-06-18', entries: { leave: ['单文海'] } },
        { by: '罗启明', at: '2026-06-17T19:30' },
      ],
      [
        '高远没来，志强开到一半走了',
        'record attendance',
        { entries: { absent: ['高远'], early: ['曾志强'] } },
        { ...recorder, at: '2026-06-18T21:30' },
      ],
      [
        '我要晚一点，在送货',
        'record attendance',
        { phase: 'self_note', entries: { late: ['彭大勇'] } },
        SIGN,
      ],
    ]),
  ).toEqual([]);
});

const op = (
  member: string,
  item: string,
  value: number | readonly number[],
  how = 'set',
): Record<string, unknown> => ({ member, item, op: how, value });

test('figures go to whom and what they stand with', () => {
  expect(
    misread([
      [
        '大扫除只到一次的，环境岗履职都是5分：彭大勇、单文海',
        'record score',
        { ops: [op('彭大勇', 'sanitation.performance', 5), op('单文海', 'sanitation.performance', 5)] },
        recorder,
      ],
      [
        '龚老师宣传岗 十、九、十',
        'record score',
        { ops: [op('龚守正', 'policy-publicity', [10, 9, 10])] },
        recorder,
      ],
      [
        '彭大勇 亮岗10 履职10（治安）；亮岗10 履职8（环境）',
        'record score',
        {
          ops: [
            op('彭大勇', 'security-patrol.commitment', 10),
            op('彭大勇', 'security-patrol.performance', 10),
            op('彭大勇', 'sanitation.commitment', 10),
            op('彭大勇', 'sanitation.performance', 8),
          ],
        },
        recorder,
      ],
      ['高远5月20日党课请假-2', 'record score', { ops: [op('高远', 'study', 2, 'deduct')] }, recorder],
      ['唐小雨 宣传岗29 环境岗28', 'refuse score', {}, recorder],
      ['除高远5分外，其他人组织生活都是10分', 'record score', {}, recorder],
    ]),
  ).toEqual([]);
});

test('dues paid to the keeper are the payer’s, and which months are meant is asked', () => {
  expect(
    misread([
      [
        '5月的党费今天给小雨了，1块',
        'record dues',
        { entries: [{ member: '彭大勇', months: ['2026-05'], status: 'paid', amount: 1 }] },
      ],
      ['小雨，两个月的党费一起转给你了', 'ask dues'],
      ['电视里说有老党员把一辈子积蓄当党费交了', 'silent none'],
    ]),
  ).toEqual([]);
});

test('posts by number, for somebody, or without a word which', () => {
  const called = { at: '2026-01-05T20:00' } as const;
  expect(
    misread([
      [
        '才下班看到，我报10和11',
        'record claim',
        { posts: ['floating-member', 'family-virtue'] },
        { ...called, by: '尹红霞' },
      ],
      ['1、3、5我都要，多干点不怕', 'ask claim', {}, called],
      ['我腿脚不行，给我安排个轻松点的岗', 'ask claim', {}, called],
      [
        '我年轻跑得动，治安岗跟三留守关爱岗给我吧',
        'record claim',
        { posts: ['security-patrol', 'left-behind-care'] },
        { ...called, by: '乔山' },
      ],
      [
        '下个月起我不巡逻了，治安岗换成环境卫生',
        'record claim',
        { replace: { 'security-patrol': 'sanitation' } },
        {},
      ],
      [
        '6月20日支委会研究，高远5月治安岗履职定8分',
        'record score',
        { minute: '2026-06-20' },
        { by: '罗启明' },
      ],
    ]),
  ).toEqual([]);
});

test('a call to sign in is nobody’s sign-in, and whoever is helped is no companion', () => {
  expect(
    misread([
      ['到了的回个到', 'silent none', {}, { by: '唐小雨', at: '2026-06-15T08:25' }],
      ['今天帮月娥婶挑了两担水，扫了门口的路', 'record report', { members: ['宋春兰'] }, { by: '宋春兰' }],
      [
        '组织生活会二组的大伟没来，其他都到了',
        'record attendance',
        { entries: { absent: ['李伟(二组)'], present: 'rest' } },
        { by: '唐小雨', at: '2026-06-24T21:00' },
      ],
    ]),
  ).toEqual([]);
});

test('who asks leave for whom, and a roll whose missing are named by no more than a surname', () => {
  const before = { at: '2026-06-23T19:00' } as const;
  expect(
    misread([
      [
        '秋生明天的组织生活会来不了，托我跟书记请个假',
        'record attendance',
        { phase: 'leave_request', entries: { leave: ['田秋生'] } },
        before,
      ],
      ['李伟叫我说一声，明晚的会他请假', 'ask attendance', {}, before],
      [
        '书记，明天组织生活会请个假',
        'record attendance',
        { phase: 'leave_request', entries: { leave: ['彭大勇'] } },
        before,
      ],
      [
        '今晚组织生活会缺2人：高远、乔山（请假）',
        'record attendance',
        { entries: { absent: ['高远'], leave: ['乔山'] } },
        { by: '唐小雨', at: '2026-06-24T21:00' },
      ],
      [
        '今晚组织生活会老谢没来，其他的都到了',
        'ask attendance',
        {},
        { by: '唐小雨', at: '2026-06-24T21:00' },
      ],
      [
        '支委会同意高远24号请假',
        'record attendance',
        { meeting: '组织生活会', phase: 'leave_approved' },
        { by: '罗启明', at: '2026-06-23T19:00' },
      ],
    ]),
  ).toEqual([]);
});

test('a sheet of dues keeps each row to itself, and who keeps the money pays nothing by it', () => {
  const paid = (member: string, status: string, amount?: number): Record<string, unknown> => ({
    member,
    months: ['2026-06'],
    status,
    ...(amount === undefined ? {} : { amount }),
  });
  expect(
    misread([
      [
        '6月党费登记\n罗启明 1元\n欧阳静 1元\n谢贵方 未交',
        'record dues',
        { entries: [paid('罗启明', 'paid', 1), paid('欧阳静', 'paid', 1), paid('谢贵方', 'unpaid')] },
        { by: '唐小雨' },
      ],
      ['6月党费1块，转给小雨了', 'record dues', { entries: [paid('韩素梅', 'paid', 1)] }, { by: '韩素梅' }],
      ['党费交现金可以啵，我不会转账', 'answer help'],
    ]),
  ).toEqual([]);
});
