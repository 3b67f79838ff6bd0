import { describe, expect, test } from '@jest/globals';
import { check } from '../../commands/month/check.ts';
import { conduct, yearZero } from '../../commands/month/grave.ts';
import { minute } from '../../commands/month/minute.ts';
import { dropProposal, second } from '../../commands/month/proposal.ts';
import { body } from '../../ledger/kinds.ts';
import { boardRows, monthSheet } from '../../ledger/sheet.ts';
import { MARCH, publishedMarch, scoredMarch } from './a-month.ts';
import { Branch, policy } from './town.ts';

const privately = { place: 'private' as const };

describe('the gravest acts', () => {
  test('conduct needs a minute, a preview, and a second person before it counts', () => {
    const branch = scoredMarch();
    expect(branch.tells('严书林', conduct, '违纪 鲁水根', privately)?.refusal).toBe('minute-needed');
    branch.tells('严书林', conduct, '违纪 鲁水根 3月20日 支委会3月28日', privately);
    const proposed = branch.agrees('严书林', conduct);
    expect(proposed.kinds).toEqual(['proposed']);
    expect(proposed.to('role:deputy')).toContain('复核 1');
    const points = () => monthSheet(branch.state, policy, MARCH)['鲁水根']!['conduct'];
    expect(points()).toBe(10);
    expect(branch.tells('严书林', second, '复核 1', privately)?.refusal).toBe('second-self');
    expect(branch.tells('苗春燕', second, '复核 1', privately)?.refusal).toBe('second-role');
    const confirmed = branch.tells('贺有田', second, '复核 1', privately);
    expect(confirmed?.kinds).toEqual(['proposal-confirmed', 'conduct-recorded']);
    expect(points()).toBe(0);
    expect(branch.tells('贺有田', second, '复核 1', privately)?.refusal).toBe('proposal-settled');
  });

  test('on a published month it is kept as a correction, with before and after', () => {
    const branch = publishedMarch();
    branch.tells('严书林', conduct, '违纪 鲁水根 3月20日 支委会3月28日', privately);
    branch.agrees('严书林', conduct);
    const done = branch.tells('贺有田', second, '复核 1', privately);
    expect(done?.data('corrected')[0]).toMatchObject({
      name: '鲁水根',
      before: '40+58＝98',
      after: '30+58＝88',
    });
    expect(done?.to('@鲁水根')).toContain('3月遵纪守法');
  });

  test('year-zero: two people, the town is told, the board says only 年度清零', () => {
    const branch = scoredMarch();
    branch.tells('贺有田', yearZero, '清零 鲁水根 支委会3月28日', privately);
    branch.agrees('贺有田', yearZero);
    const done = branch.tells('严书林', second, '复核', privately);
    expect(done?.kinds).toEqual(['proposal-confirmed', 'year-zeroed']);
    expect(done?.to('town')).toContain('鲁水根2026年度积分清零，经两人确认');
    expect(done?.to('@鲁水根')).toContain('申诉');
    expect(boardRows(branch.state, policy, MARCH).find((r) => r.name === '鲁水根')?.deduction).toBe(
      '年度清零',
    );
    expect(branch.tells('贺有田', yearZero, '清零 鲁水根 支委会3月28日', privately)?.refusal).toBe(
      'zero-already',
    );
  });

  test('about the deputy it goes to the town; one’s own case nobody proposes', () => {
    const branch = scoredMarch();
    branch.tells('严书林', yearZero, '清零 贺有田 支委会3月28日', privately);
    expect(branch.agrees('严书林', yearZero).data('proposed')[0]?.['needs']).toBe('town');
    expect(branch.tells('贺有田', second, '复核 1', privately)?.refusal).toBe('second-role');
    expect(branch.tells('严书林', yearZero, '清零 严书林 支委会3月28日', privately)?.refusal).toBe(
      'zero-self',
    );
  });

  test('dropped, it never takes effect', () => {
    const branch = scoredMarch();
    branch.tells('严书林', conduct, '违纪 鲁水根 支委会3月28日', privately);
    branch.agrees('严书林', conduct);
    const dropped = branch.tells('贺有田', dropProposal, '不同意复核 1 材料不全', privately);
    expect(dropped?.data('proposal-dropped')).toEqual([{ number: 1, reason: '材料不全' }]);
    expect(branch.tells('贺有田', second, '复核 1', privately)?.refusal).toBe('proposal-settled');
    expect(branch.state.months[MARCH]?.conduct).toEqual([]);
  });

  test('none of them may be said where the group reads it', () => {
    for (const command of [yearZero, conduct, second, dropProposal])
      expect(command.where).not.toContain('group');
  });
});

describe('minutes', () => {
  test('a meeting with its day and who was there', () => {
    const branch = new Branch();
    branch.at = '2026-03-29T08:00:00';
    const said = branch.tells('严书林', minute, '支委会 3月28日 参会：严书林、贺有田、柏青松。研究了3月记分');
    expect(said?.data('minute-taken')[0]).toEqual({
      date: '2026-03-28',
      body: '支委会',
      present: ['严书林', '贺有田', '柏青松'],
      words: '研究了3月记分',
    });
    expect(branch.tells('严书林', minute, '支委会 3月28日 参会：严书林、贺有田')?.kinds).toEqual([
      'question-asked',
    ]);
  });

  test('bonuses decided at the meeting and said with it are read as resting on it', () => {
    const branch = new Branch();
    branch.at = '2026-03-29T08:00:00';
    const reading = branch.reads(
      '严书林',
      minute,
      '支委会 3月28日 参会：严书林、贺有田。同意韩石头经济发展加2分',
    );
    expect(reading?.slots).toMatchObject({ date: '2026-03-28', present: ['严书林', '贺有田'] });
    expect(reading?.also?.[0]).toMatchObject({
      command: 'score',
      slots: {
        minute: '2026-03-28',
        ops: [{ member: '韩石头', item: 'bonus.economy', op: 'add', value: 2 }],
      },
    });
  });

  test('talk about a meeting to come is left alone where it was not said to the bot', () => {
    const branch = new Branch();
    for (const text of ['今晚支委会，参会的同志准时到', '支委会到会5人'])
      expect(branch.reads('严书林', minute, text, { addressed: false })).toBeNull();
  });

  test('without people or in the future it is refused; what gives figures is not a minute', () => {
    const branch = new Branch();
    expect(branch.tells('严书林', minute, '支委会 2月28日')?.refusal).toBe('minute-unclear');
    expect(branch.says('严书林', minute, { date: '2026-05-01', present: ['严书林'] }).refusal).toBe(
      'minute-future',
    );
    expect(branch.reads('严书林', minute, '支委会 2月28日研究：同意韩石头经济发展加2分')).toBeNull();
  });

  test('核定 takes the drafts into the committee’s figures', () => {
    const branch = scoredMarch();
    branch.given(
      '2026-04-05T08:00:00',
      '苗春燕',
      body('item-adjusted', {
        name: '韩石头',
        month: MARCH,
        item: 'study',
        op: 'deduct',
        points: 2,
        reason: '笔记',
      }),
    );
    branch.at = '2026-04-12T08:00:00';
    const asked = branch.tells('严书林', check, '核定 3月 支委会4月10日', privately);
    expect(asked?.to('here')).toContain('韩石头 学习教育 扣2分（笔记）');
    const done = branch.agrees('严书林', check);
    expect(done.data('final-set')).toEqual([
      { name: '韩石头', month: MARCH, item: 'study', points: 8, minute: '2026-04-10' },
    ]);
    expect(branch.state.months[MARCH]?.checked).toMatchObject({ minute: '2026-04-10', by: '严书林' });
    expect(monthSheet(branch.state, policy, MARCH)['韩石头']!['study']).toBe(8);
    expect(new Branch().says('严书林', check, { month: '2026-02' }).refusal).toBe('minute-needed');
  });
});
