import { describe, expect, test } from '@jest/globals';
import { dues } from '../../commands/dues/dues.ts';
import { statusOf } from '../../commands/dues/timeliness.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch } from './town.ts';

const entry = (member: string, months: string[], more: object = {}) => ({
  member,
  months,
  status: 'paid',
  ...more,
});
const MARCH = { at: '2026-03-20T10:00:00' } as const;

describe('a member who says to have paid', () => {
  test('leaves a claim with the recorder, and the group hears neither month nor amount', () => {
    const branch = new Branch();
    const said = branch.says(
      '韩石头',
      dues,
      { entries: [entry('韩石头', ['2026-03', '2026-04'])] },
      { ...MARCH, text: '党费转了，12块' },
    );
    expect(said.kinds).toEqual(['dues-claimed']);
    expect(branch.state.months['2026-03']).toMatchObject({ duesClaims: ['韩石头'], dues: {} });
    expect(said.to('here')).toBe('已私下回复您。');
    expect(said.to('private')).toContain('3月—4月');
    expect(said.to('@苗春燕')).toContain('党费 韩石头 3月—4月 已收');
    for (const reply of said.replies) expect(reply.text).not.toMatch(/12|块/);
  });

  test('for an elder is a claim of the elder’s', () => {
    const said = new Branch().says('祝小梅', dues, { entries: [entry('岳大娘', ['2026-03'])] }, MARCH);
    expect(said.data('dues-claimed')).toEqual([{ name: '岳大娘', months: ['2026-03'], by: '祝小梅' }]);
  });

  test('may not keep the branch’s list', () => {
    const many = ['祝小梅', '鲁水根', '柏青松', '尤新苗'].map((n) => entry(n, ['2026-03']));
    expect(new Branch().says('韩石头', dues, { entries: many }, MARCH).refusal).toBe('dues-not-yours');
  });
});

describe('the recorder', () => {
  test('records many in one message; the group hears a count', () => {
    const branch = new Branch();
    const said = branch.says(
      '苗春燕',
      dues,
      { entries: ['韩石头', '鲁水根', '苗春燕'].map((n) => entry(n, ['2026-03'])) },
      MARCH,
    );
    expect(branch.state.months['2026-03']?.dues).toEqual({ 韩石头: 'paid', 鲁水根: 'paid', 苗春燕: 'paid' });
    expect(said.to('here')).toBe('党费已记3人，明细已私下发给您。');
    expect(said.to('private')).toContain('韩石头、鲁水根、苗春燕（3人）：3月已交');
  });

  test('settles the claim that waited', () => {
    const branch = new Branch();
    branch.says('韩石头', dues, { entries: [entry('韩石头', ['2026-03'])] }, MARCH);
    branch.says('苗春燕', dues, { entries: [entry('韩石头', ['2026-03'])] });
    expect(branch.state.months['2026-03']).toMatchObject({ duesClaims: [], dues: { 韩石头: 'paid' } });
  });

  test('has the own dues received by the secretary', () => {
    const branch = new Branch();
    const said = branch.says('苗春燕', dues, { entries: [entry('苗春燕', ['2026-03'])] }, MARCH);
    expect(said.kinds).toEqual(['dues-claimed']);
    expect(said.to('@严书林')).toContain('苗春燕');
    expect(branch.says('严书林', dues, { entries: [entry('苗春燕', ['2026-03'])] }).kinds).toEqual([
      'dues-recorded',
    ]);
    expect(branch.says('严书林', dues, { entries: [entry('韩石头', ['2026-03'])] }).kinds).toEqual([
      'dues-claimed',
    ]);
  });

  test('is asked whether earlier months were paid in time, and the answer decides', () => {
    const branch = new Branch();
    const said = branch.says('苗春燕', dues, { entries: [entry('韩石头', ['2026-02', '2026-03'])] }, MARCH);
    expect(said.kinds).toEqual(['question-asked']);
    expect(said.to('here')).not.toContain('韩石头');
    const late = branch.chooses('苗春燕', dues, 2);
    expect(late.data('dues-recorded')).toEqual([
      { name: '韩石头', month: '2026-03', status: 'paid' },
      { name: '韩石头', month: '2026-02', status: 'late' },
    ]);
    const timely = branch.chooses('苗春燕', dues, 1);
    expect(timely.data('dues-recorded')).toEqual([{ name: '韩石头', month: '2026-02', status: 'paid' }]);
  });

  test('says again what is known already, and says so', () => {
    const branch = new Branch();
    branch.says('苗春燕', dues, { entries: [entry('韩石头', ['2026-03'])] }, MARCH);
    const again = branch.says(
      '苗春燕',
      dues,
      { entries: [entry('韩石头', ['2026-03'])] },
      { place: 'private' },
    );
    expect(again.kinds).toEqual([]);
    expect(again.to('here')).toContain('3月已记过');
    const short = branch.says(
      '苗春燕',
      dues,
      { entries: [entry('韩石头', ['2026-03'], { status: 'short' })] },
      { place: 'private' },
    );
    expect(short.to('here')).toContain('3月不足额（3月原记已交）');
  });

  test('after publication makes a correction', () => {
    const branch = new Branch();
    branch.given(
      '2026-04-02T08:00:00',
      '严书林',
      body('board-published', {
        month: '2026-03',
        version: 1,
        rows: [],
        fingerprint: 'f',
        publishedAt: '2026-04-02T08:00:00',
        closes: '2026-04-09',
        policy: 'p',
      }),
    );
    const said = branch.says(
      '苗春燕',
      dues,
      { entries: [entry('韩石头', ['2026-03'], { status: 'late' })] },
      { at: '2026-04-03T08:00:00' },
    );
    expect(said.kinds).toEqual(['question-asked']);
    expect(branch.agrees('苗春燕', dues).kinds).toEqual(['dues-recorded', 'corrected']);
  });
});

describe('on time', () => {
  const paid = (month: string, months: string[], paidIn: string | null, now = '2026-03', quarterly = true) =>
    statusOf(month, { status: 'paid', paidIn, now, months, quarterly });

  test('is the month itself, months ahead, and a whole quarter where the branch consented', () => {
    expect(paid('2026-03', ['2026-03'], null)).toBe('paid');
    expect(paid('2026-05', ['2026-05'], null)).toBe('prepaid');
    expect(paid('2026-02', ['2026-02'], '2026-02')).toBe('paid');
    const quarter = ['2026-01', '2026-02', '2026-03'];
    expect(paid('2026-01', quarter, null)).toBe('paid');
    expect(paid('2026-01', quarter, null, '2026-03', false)).toBeNull();
    expect(paid('2026-01', quarter, '2026-04')).toBe('late');
    expect(paid('2026-02', ['2026-02', '2026-03'], '2026-03')).toBe('late');
  });

  test('what the recorder calls late or short stays so', () => {
    const of = (status: 'late' | 'short' | 'unpaid') =>
      statusOf('2026-02', { status, paidIn: null, now: '2026-03', months: ['2026-02'], quarterly: true });
    expect([of('late'), of('short'), of('unpaid')]).toEqual(['late', 'short', 'unpaid']);
  });
});
