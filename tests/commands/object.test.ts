import { describe, expect, test } from '@jest/globals';
import { confirm } from '../../commands/confirm/confirm.ts';
import { appealRuling } from '../../commands/object/appeal.ts';
import { object } from '../../commands/object/object.ts';
import { investigate, ruling } from '../../commands/object/ruling.ts';
import { withdrawObjection } from '../../commands/object/withdraw.ts';
import { body } from '../../ledger/kinds.ts';
import { choicesOf, MARCH, publishedMarch } from './a-month.ts';

const slots = (name: string, more: object = {}) => ({ member: name, month: MARCH, item: 'study', ...more });

describe('objecting', () => {
  test('opens a ticket, is never argued in the group, and goes to the secretary with its words', () => {
    const branch = publishedMarch();
    const said = branch.says('韩石头', object, slots('韩石头', { date: '2026-03-20' }), {
      text: '我3月20号到了的，怎么记缺席',
    });
    expect(said.data('objected')[0]).toMatchObject({
      number: 1,
      by: '韩石头',
      about: '韩石头',
      month: MARCH,
      version: 1,
      item: 'study',
      late: false,
    });
    expect(said.to('here')).toBe('已私下回复您。');
    expect(said.to('private')).toContain('已受理 1号异议：3月积分，3月20日的学习教育。');
    expect(said.to('@严书林')).toContain('1号异议：韩石头，3月20日的学习教育。');
    expect(said.to('private')).toContain('由严书林处理，4月22日前');
    expect(said.to('@严书林')).toContain('怎么记缺席');
  });

  test('voids an earlier confirmation', () => {
    const branch = publishedMarch();
    branch.says('韩石头', confirm, { member: '韩石头', month: MARCH });
    branch.says('韩石头', object, slots('韩石头'), { text: '不对' });
    expect(branch.state.months[MARCH]?.confirmed['韩石头']).toBeUndefined();
  });

  test('without a row asks for it in private, and the answer completes the same ticket', () => {
    const branch = publishedMarch();
    const said = branch.says(
      '鲁水根',
      object,
      { member: '鲁水根', month: MARCH, item: null },
      { text: '异议' },
    );
    expect(said.kinds).toEqual(['objected', 'question-asked']);
    const choices = choicesOf(said);
    expect(choices.map((c) => c.label)).toEqual([
      '学习教育',
      '组织生活',
      '党费缴纳',
      '遵纪守法',
      '治安巡逻岗',
      '公共设施维护岗',
      '加分',
    ]);
    const then = branch.decides(
      object,
      choices[4]!.reading,
      branch.request('鲁水根', { place: 'private', confirmed: true }),
    );
    expect(then.kinds).toEqual(['objection-detailed']);
    expect(branch.state.tickets[1]?.item).toBe('security-patrol');
    expect(Object.keys(branch.state.tickets)).toEqual(['1']);
  });

  test('said twice is one ticket; about another person it is another', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, slots('韩石头'), { text: '学习不对' });
    const again = branch.says('韩石头', object, slots('韩石头'), { text: '学习真的不对' });
    expect(again.kinds).toEqual(['objection-detailed']);
    expect(branch.state.tickets[1]?.words).toBe('学习不对\n学习真的不对');
    branch.says('韩石头', object, slots('韩石头', { about: '鲁水根', item: 'sanitation' }), {
      text: '水根没去',
    });
    expect(branch.state.tickets[2]).toMatchObject({ about: '鲁水根', item: 'sanitation' });
  });

  test('a bare 15号 said of March’s board is the 15th of March', () => {
    const branch = publishedMarch();
    const day = (text: string) =>
      branch.says('韩石头', object, slots('韩石头', { date: '2026-04-15' }), { text }).data('objected')[0]?.[
        'date'
      ];
    expect(day('我15号到了的')).toBe('2026-03-15');
    expect(day('4月15日我到了的')).toBe('2026-04-15');
  });

  test('after the window it is accepted as a correction', () => {
    const branch = publishedMarch();
    const said = branch.says('韩石头', object, slots('韩石头'), {
      at: '2026-04-23T09:00:00',
      text: '才看到，不对',
    });
    expect(said.data('objected')[0]).toMatchObject({ late: true });
    expect(said.to('private')).toContain('按更正办');
  });

  test('about the secretary goes to the deputy, about the deputy by the secretary to the town', () => {
    const branch = publishedMarch();
    expect(
      branch.says('韩石头', object, slots('韩石头', { about: '严书林' }), { text: '不对' }).to('@贺有田'),
    ).toContain('1号异议');
    const town = branch.says('严书林', object, slots('严书林', { about: '贺有田' }), { text: '不对' });
    expect(town.to('town')).toContain('2号异议');
  });
});

describe('ruling', () => {
  const opened = () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, slots('韩石头'), { text: '我到了的' });
    return branch;
  };

  test('asks back, then answers the member in private with the words', () => {
    const branch = opened();
    const asked = branch.tells('严书林', ruling, '裁定 1 不采纳 查了签到表，当天没有签到', {
      place: 'private',
    });
    expect(asked?.kinds).toEqual(['question-asked']);
    const done = branch.agrees('严书林', ruling);
    expect(done.data('objection-ruled')).toEqual([
      { number: 1, ruling: 'rejected', words: '查了签到表，当天没有签到' },
    ]);
    expect(done.to('@韩石头')).toContain('不采纳');
    expect(branch.state.tickets[1]).toMatchObject({ state: 'rejected', ruling: { by: '严书林' } });
    expect(branch.says('严书林', ruling, { number: 1, ruling: 'upheld', words: '又改' }).refusal).toBe(
      'ticket-settled',
    );
  });

  test('verdicts are read in plain speech', () => {
    const branch = opened();
    const read = (text: string) => branch.reads('严书林', ruling, text)?.slots;
    expect(read('1号异议成立，改回10分')).toEqual({ number: 1, ruling: 'upheld', words: '改回10分' });
    expect(read('1号异议部分采纳，按迟到算')).toEqual({ number: 1, ruling: 'partly', words: '按迟到算' });
    expect(read('1号异议不成立，没有签到')).toEqual({ number: 1, ruling: 'rejected', words: '没有签到' });
  });

  test('is not for the person complained of, the objector or the recorder', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, slots('韩石头', { about: '严书林' }), { text: '不对' });
    branch.says('贺有田', object, slots('贺有田'), { text: '不对' });
    const rule = (name: string, number: number) =>
      branch.says(name, ruling, { number, ruling: 'rejected', words: '不对' }).refusal;
    expect(rule('严书林', 1)).toBe('ruling-not-you');
    expect(rule('贺有田', 2)).toBe('ruling-not-you');
    branch.given(
      '2026-04-16T08:00:00',
      'bot',
      body('appointed', { name: '贺有田', role: 'recorder', from: '2026-04-01' }),
    );
    expect(rule('贺有田', 1)).toBe('ruling-not-you');
  });

  test('can be taken up first, and the member hears of it', () => {
    const branch = opened();
    const said = branch.tells('严书林', investigate, '调查 1', { place: 'private' });
    expect(said?.to('@韩石头')).toContain('正在调查');
    expect(branch.state.tickets[1]?.state).toBe('investigating');
    expect(branch.says('严书林', ruling, { number: 1, ruling: 'upheld', words: '属实' }).kinds).toEqual([
      'question-asked',
    ]);
  });

  test('needs words', () => {
    expect(opened().says('严书林', ruling, { number: 1, ruling: 'upheld' }).refusal).toBe('ruling-words');
  });
});

describe('withdrawing and appealing', () => {
  test('only the objector withdraws', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, slots('韩石头'), { text: '不对' });
    expect(branch.says('鲁水根', withdrawObjection, { number: 1 }).refusal).toBe('ticket-not-yours');
    expect(branch.tells('韩石头', withdrawObjection, '撤回异议')?.kinds).toEqual(['objection-withdrawn']);
    expect(branch.says('韩石头', withdrawObjection, {}).refusal).toBe('objection-nothing');
  });

  test('an appeal brings the file to the town; the town’s word goes to the member and the secretary', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, slots('韩石头'), { text: '我到了的' });
    branch.says('严书林', ruling, { number: 1, ruling: 'rejected', words: '没有签到' }, { confirmed: true });
    const appeal = branch.says(
      '韩石头',
      object,
      { member: '韩石头', escalate: 'town' },
      { text: '我不服，要向镇里反映' },
    );
    expect(appeal.kinds).toEqual(['objection-appealed']);
    expect(appeal.to('town')).toContain('我到了的');
    expect(appeal.to('town')).toContain('没有签到');
    expect(branch.says('严书林', ruling, { number: 1, ruling: 'upheld', words: '算了' }).refusal).toBe(
      'ruling-not-you',
    );
    const decided = branch.says(
      '镇上的人',
      appealRuling,
      { number: 1, ruling: 'upheld', words: '签到照片为证' },
      { place: 'town', confirmed: true },
    );
    expect(decided.kinds).toEqual(['appeal-decided']);
    expect(decided.to('@韩石头')).toContain('采纳');
    expect(branch.state.tickets[1]?.state).toBe('upheld');
  });

  test('without any objection there is nothing to appeal', () => {
    expect(publishedMarch().says('韩石头', object, { member: '韩石头', escalate: 'town' }).refusal).toBe(
      'escalate-nothing',
    );
  });
});
