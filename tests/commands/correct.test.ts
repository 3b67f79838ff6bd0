import { describe, expect, test } from '@jest/globals';
import { correct } from '../../commands/correct/correct.ts';
import { report } from '../../commands/report/report.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch } from './town.ts';

const patrol = (members: string[], date: string, more: object = {}) => ({
  post: 'security-patrol',
  members,
  dates: [date],
  ...more,
});

function reported(): Branch {
  const branch = new Branch();
  branch.says('韩石头', report, patrol(['韩石头', '鲁水根'], '2026-03-02'), { at: '2026-03-03T08:00:00' });
  branch.says(
    '韩石头',
    report,
    { post: 'sanitation', members: ['韩石头'], dates: ['2026-03-03'] },
    { at: '2026-03-03T12:00:00' },
  );
  return branch;
}

describe('taking back', () => {
  const back = (more: object = {}) => ({ op: 'withdraw', ...more });

  test('what was said just now withdraws it with its trace', () => {
    const branch = reported();
    const said = branch.says('韩石头', correct, back(), { at: '2026-03-03T12:05:00' });
    expect(said.to('here')).toBe('已撤回3月3日环境卫生维护（#2）。');
    expect(branch.state.reports[2]?.state).toBe('withdrawn');
    expect(branch.state.reports[1]?.state).toBe('pending');
  });

  test('later asks which, unless a day or a number says so', () => {
    const branch = reported();
    const asked = branch.says('韩石头', correct, back(), { at: '2026-03-04T12:05:00' });
    expect(asked.to('here')).toContain('1 #1');
    expect(branch.chooses('韩石头', correct, 1).data('report-withdrawn')).toMatchObject([{ number: 1 }]);
    expect(
      branch.says('韩石头', correct, back({ date: '2026-03-03' })).data('report-withdrawn'),
    ).toMatchObject([{ number: 2 }]);
  });

  test('by when it was told means that, and not the day of the activity', () => {
    const branch = reported();
    branch.says('韩石头', report, patrol(['韩石头'], '2026-03-01'), { at: '2026-03-04T08:00:00' });
    const said = branch.says('韩石头', correct, back({ date: '2026-03-04' }), {
      at: '2026-03-04T08:10:00',
      text: '刚才报的那条撤回',
    });
    expect(said.data('report-withdrawn')).toMatchObject([{ number: 3 }]);
  });

  test('tells companions, so that they may report for themselves', () => {
    const branch = reported();
    expect(branch.says('韩石头', correct, back({ number: 1 })).to('@鲁水根')).toContain('请自己报一次');
  });

  test('by a companion takes out only the companion', () => {
    const branch = reported();
    expect(branch.says('鲁水根', correct, back({ date: '2026-03-02', kind: 'patrol' })).kinds).toEqual([
      'report-contested',
    ]);
    expect(branch.state.reports[1]?.names).toEqual(['韩石头']);
  });

  test('of one named in it leaves the others, and tells that one', () => {
    const branch = reported();
    const said = branch.says(
      '韩石头',
      correct,
      back({ date: '2026-03-02', kind: 'patrol', member: '鲁水根' }),
    );
    expect(said.to('here')).toBe('已把鲁水根从#1去掉，还有韩石头。');
    expect(said.to('@鲁水根')).toContain('请自己报一次');
    expect(branch.state.reports[1]).toMatchObject({ names: ['韩石头'], state: 'pending' });
  });

  test('a place is put right as the day is', () => {
    const branch = reported();
    branch.says(
      '韩石头',
      correct,
      { change: { place: { from: '二组', to: '四组' } } },
      { at: '2026-03-03T12:05:00' },
    );
    expect(branch.state.reports[2]).toMatchObject({ place: '四组', date: '2026-03-03' });
  });

  test('what is verified goes to the recorder', () => {
    const branch = reported();
    branch.given('2026-03-03T13:00:00', '苗春燕', body('report-verified', { number: 1 }));
    const said = branch.says('韩石头', correct, back({ number: 1 }));
    expect(said.kinds).toEqual([]);
    expect(said.to('@苗春燕')).toContain('驳回 1');
  });

  test('somebody else’s is not possible, and overheard words that fit nothing bring no answer', () => {
    expect(reported().says('祝小梅', correct, back(), { addressed: false }).replies).toEqual([]);
    expect(reported().says('祝小梅', correct, back({ number: 1 })).refusal).toBe('report-none-yours');
  });
});

describe('a recalled message', () => {
  test('takes its report with it and tells the member; chat recalled touches nothing', () => {
    const branch = reported();
    const recall = { op: 'recalled', member: '韩石头' };
    expect(branch.says('韩石头', correct, recall, { at: '2026-03-03T12:09:00' }).kinds).toEqual([]);
    const said = branch.says(
      '韩石头',
      correct,
      { ...recall, target: branch.state.reports[2]!.source },
      { at: '2026-03-03T12:10:00' },
    );
    expect(said.data('report-withdrawn')).toMatchObject([{ number: 2 }]);
    expect(said.to('@韩石头')).toContain('一并撤回');
    expect(said.to('here')).toBe('');
  });

  test('takes every report it had become', () => {
    const branch = new Branch();
    branch.says(
      '韩石头',
      report,
      { post: 'security-patrol', members: ['韩石头'], dates: ['2026-03-01', '2026-03-02'] },
      { at: '2026-03-03T08:00:00' },
    );
    expect(
      branch.says('韩石头', correct, { op: 'recalled', member: '韩石头' }, { at: '2026-03-03T08:01:30' })
        .kinds,
    ).toEqual(['report-withdrawn', 'report-withdrawn']);
  });

  test('of a verified report is left to the verifier', () => {
    const branch = reported();
    branch.given('2026-03-03T12:00:30', '苗春燕', body('report-verified', { number: 2 }));
    const said = branch.says(
      '韩石头',
      correct,
      { op: 'recalled', member: '韩石头' },
      { at: '2026-03-03T12:01:00' },
    );
    expect(said.kinds).toEqual(['report-flagged']);
    expect(branch.state.reports[2]?.state).toBe('verified');
  });
});

describe('putting right', () => {
  test('the day, the post or the person of a pending report', () => {
    const branch = reported();
    const day = branch.says('韩石头', correct, {
      change: { date: { from: '2026-03-02', to: '2026-03-01' } },
    });
    expect(day.to('here')).toContain('已改 #1：韩石头、鲁水根 3月1日 治安巡逻');
    const person = branch.says('韩石头', correct, { change: { member: { from: '鲁水根', to: '柏青松' } } });
    expect(branch.state.reports[1]?.names).toEqual(['韩石头', '柏青松']);
    expect(person.to('@柏青松')).toContain('#1 不是我');
    branch.says('韩石头', correct, { change: { post: { from: 'sanitation', to: 'facility-upkeep' } } });
    expect(branch.state.reports[2]?.post).toBe('facility-upkeep');
  });

  test('a person named in one’s place', () => {
    const branch = reported();
    branch.says('柏青松', correct, { change: { member: { from: '鲁水根', to: '柏青松' } } });
    expect(branch.state.reports[1]?.names).toEqual(['韩石头', '柏青松']);
  });

  test('into something already told leaves one', () => {
    const branch = reported();
    branch.says('韩石头', report, patrol(['韩石头'], '2026-03-01'));
    const said = branch.says('韩石头', correct, {
      change: { date: { from: '2026-03-01', to: '2026-03-02' } },
    });
    expect(said.data('report-withdrawn')).toMatchObject([{ number: 3 }]);
    expect(said.to('here')).toContain('只算一次');
  });

  test('to a day to come, or of somebody else’s report, is refused', () => {
    const branch = reported();
    expect(
      branch.says('韩石头', correct, { change: { date: { from: '2026-03-02', to: '2026-03-29' } } }).refusal,
    ).toBe('report-future');
    expect(
      branch.says('祝小梅', correct, { change: { date: { from: '2026-03-02', to: '2026-03-01' } } }).refusal,
    ).toBe('correct-nothing');
    expect(
      branch.says('祝小梅', correct, { change: { date: { to: '2026-03-01' } } }, { text: '#1 改成1号' })
        .refusal,
    ).toBe('correct-not-yours');
  });
});

describe('a mark of the roll', () => {
  const meeting = () =>
    reported().given(
      '2026-03-15T11:00:00',
      '苗春燕',
      body('meeting-planned', { date: '2026-03-15', name: '主题党日', category: 'organisation' }),
      body('attendance-recorded', {
        date: '2026-03-15',
        meeting: '主题党日',
        category: 'organisation',
        late: ['韩石头'],
      }),
    );
  const turn = (to: string) => ({ target: '2026-03-15 主题党日', change: { 韩石头: { from: 'late', to } } });
  const mark = (branch: Branch) => branch.state.meetings['2026-03-15 主题党日']?.marks['韩石头'];

  test('is turned by the recorder, early replacing late and not joining it', () => {
    const branch = meeting();
    branch.says('苗春燕', correct, turn('early'));
    expect(mark(branch)).toBe('early');
    const said = branch.says('苗春燕', correct, turn('leave'));
    expect(mark(branch)).toBe('leave');
    expect(said.to('here')).toBe('已私下回复您。');
    expect(said.to('private')).toContain('韩石头由早退改为请假');
  });

  test('is not a member’s to turn', () => {
    expect(meeting().says('韩石头', correct, turn('present')).refusal).toBe('attendance-not-yours');
  });
});

describe('what was recorded twice', () => {
  test('is shown to choose from; a deduction is given back, not erased', () => {
    const branch = reported();
    const deduct = body('item-adjusted', {
      name: '韩石头',
      month: '2026-03',
      item: 'study',
      op: 'deduct',
      points: 2,
    });
    branch.given('2026-03-20T08:00:00', '苗春燕', deduct, deduct);
    const asked = branch.says('苗春燕', correct, { op: 'remove_duplicate' });
    expect(asked.to('private')).toContain('韩石头 3月学习教育扣2（记了两次）');
    branch.chooses('苗春燕', correct, 1);
    expect(branch.state.months['2026-03']?.adjustments.map((a) => a.points)).toEqual([2, 2, -2]);
    expect(branch.says('苗春燕', correct, { op: 'remove_duplicate' }).refusal).toBe('correct-no-double');
  });

  test('of one’s own reports may be taken back', () => {
    const branch = reported();
    branch.given(
      '2026-03-03T13:00:00',
      '韩石头',
      body('reported', {
        number: 3,
        names: ['韩石头'],
        post: 'security-patrol',
        date: '2026-03-02',
        by: '韩石头',
      }),
    );
    expect(branch.says('韩石头', correct, { op: 'remove_duplicate' }).to('private')).toContain('#3');
  });
});
