import { describe, expect, test } from '@jest/globals';
import type { AgendaView } from '../../boards/views/meeting.ts';
import type { Decision, JobRequest } from '../../commands/command.ts';
import { confirm } from '../../commands/confirm/confirm.ts';
import { agenda, missing } from '../../commands/month/agenda.ts';
import { jobs } from '../../commands/month/jobs.ts';
import { object } from '../../commands/object/object.ts';
import { body } from '../../ledger/kinds.ts';
import type { JobName } from '../../scheduler/due.ts';
import { MARCH, publishedMarch, scoresOf, shaped } from './a-month.ts';
import { Branch, photo, policy } from './town.ts';

/** Runs a job as the clock would, and lets what it decides happen. */
function run(branch: Branch, name: JobName, due: string, at = due): Decision {
  const request: JobRequest = {
    town: branch.town,
    branch: branch.state,
    policy,
    at,
    due,
    day: due.slice(0, 10),
  };
  const decision = jobs[name](request);
  branch.given(at, 'bot', ...decision.bodies);
  return decision;
}

function heard(decision: Decision, who: string): string {
  return decision.replies
    .filter(
      (r) =>
        (typeof r.to === 'string'
          ? r.to
          : 'role' in r.to
            ? r.to.role
            : 'person' in r.to
              ? r.to.person
              : r.to.contact) === who,
    )
    .map((r) => r.text)
    .join('\n');
}

const report = (number: number, name: string, post: string, date: string) =>
  body('reported', { number, names: [name], post, date, by: name });

describe('the month’s turn', () => {
  test('the 1st: the recorder hears what is missing, and the month is collected', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-20T08:00:00',
      '韩石头',
      report(1, '韩石头', 'security-patrol', '2026-03-19'),
      body('dues-claimed', { name: '鲁水根', months: [MARCH], by: '鲁水根' }),
      body('attendance-recorded', {
        date: '2026-03-15',
        meeting: '主题党日',
        category: 'organisation',
        rest: true,
      }),
      body('meeting-planned', { date: '2026-03-20', name: '党课', category: 'study' }),
      ...scoresOf(branch, MARCH).slice(2),
    );
    const done = run(branch, 'collect', '2026-04-01T08:00:00');
    const text = heard(done, 'recorder');
    expect(text).toContain('待核实的报告1条：#1');
    expect(text).toContain('岗位待评1人：严书林');
    expect(text).toContain('党费说已交、待登记：鲁水根');
    expect(text).toContain('3月20日党课没有考勤');
    expect(text).not.toContain('主题党日');
    expect(branch.state.months[MARCH]?.collectedAt).toBe('2026-04-01T08:00:00');
    expect(branch.says('苗春燕', missing, { month: MARCH }).to('private')).toContain('待评1人');
  });

  test('what the recorder took part in waits for the secretary, who is told', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-20T08:00:00',
      '韩石头',
      report(1, '韩石头', 'security-patrol', '2026-03-19'),
      report(2, '苗春燕', 'culture-sports', '2026-03-19'),
    );
    const done = run(branch, 'collect', '2026-04-01T08:00:00');
    expect(heard(done, 'recorder')).toContain('待核实的报告2条：#1；#2由严书林核实');
    expect(heard(done, '严书林')).toContain('3月还有1条报告等您核实：#2。');
    expect(heard(done, '苗春燕')).toBe('');
  });

  test('before the month is over it is so far that something is missing', () => {
    const branch = new Branch();
    const text = branch.says('苗春燕', missing, { month: MARCH }, { place: 'private' }).to('here');
    expect(text).toMatch(/^3月到现在，还缺/);
  });

  test('six months of unpaid dues are told to the secretary alone', () => {
    const branch = new Branch();
    const unpaid = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'].map((month) =>
      body('dues-recorded', { name: '鲁水根', month, status: 'unpaid' }),
    );
    branch.given('2026-03-31T08:00:00', '苗春燕', ...unpaid);
    const done = run(branch, 'collect', '2026-04-01T08:00:00');
    expect(heard(done, 'secretary')).toContain('鲁水根');
    expect(done.replies.some((r) => r.to === 'group')).toBe(false);
    const five = new Branch();
    five.given('2026-03-31T08:00:00', '苗春燕', ...unpaid.slice(1));
    expect(heard(run(five, 'collect', '2026-04-01T08:00:00'), 'secretary')).toBe('');
  });

  test('1 January opens the year and leaves December to be finished', () => {
    const branch = new Branch();
    const done = run(branch, 'year', '2027-01-01T00:00:00');
    expect(done.bodies).toEqual([body('year-opened', { year: 2027 })]);
    expect(heard(done, 'secretary')).toContain('2026年12月的评分、公示和备案照常办完');
    expect(run(branch, 'collect', '2027-01-01T08:00:00').bodies).toEqual([
      body('month-collected', { month: '2026-12' }),
    ]);
  });
});

describe('the agenda pack', () => {
  test('the day before 主题党日: everybody’s record, what waits, last rulings; as text and as a file', () => {
    const branch = publishedMarch();
    branch.given(
      '2026-04-16T08:00:00',
      '苗春燕',
      body('attendance-recorded', {
        date: '2026-04-08',
        meeting: '党课',
        category: 'study',
        late: ['韩石头'],
        rest: true,
      }),
      report(1, '韩石头', 'security-patrol', '2026-04-03'),
      body('report-verified', { number: 1 }),
      report(2, '韩石头', 'security-patrol', '2026-04-09'),
      body('bonus-applied', { number: 1, name: '鲁水根', words: '捐款修桥', by: '鲁水根' }),
    );
    branch.says('韩石头', object, { member: '韩石头', month: MARCH, item: 'study' }, { text: '不对' });
    branch.given(
      '2026-05-02T08:00:00',
      '严书林',
      body('objection-ruled', { number: 1, ruling: 'rejected', words: '已核对' }),
    );
    const done = run(branch, 'agenda', '2026-05-14T18:00:00');
    expect(done.bodies).toEqual([body('agenda-issued', { month: '2026-04', date: '2026-05-15' })]);
    expect(done.replies.every((r) => JSON.stringify(r.to) === '{"role":"secretary"}')).toBe(true);
    const file = done.replies.at(-1)?.attachment;
    expect(file?.form).toBe('agenda-word');
    const view = shaped<AgendaView>(file?.view);
    const row = view.rows.find((r) => r.name === '韩石头');
    expect(row?.deductions).toEqual(['学习教育 4月8日党课 迟到 −2']);
    expect(row?.posts[0]).toMatchObject({
      post: '治安巡逻岗',
      done: 1,
      minimum: 2,
      suggested: 15,
      given: null,
    });
    expect(view.unverified.map((r) => r.number)).toEqual([2]);
    expect(view.bonusClaims).toEqual([{ number: 1, name: '鲁水根', item: '捐款修桥', points: null }]);
    expect(view.rulings.map((r) => [r.number, r.outcome, r.ruling])).toEqual([[1, '不采纳', '已核对']]);
    expect(view.objections).toEqual([]);
  });

  test('asked for, it goes to who asked, in private', () => {
    const said = publishedMarch().says('柏青松', agenda, { month: MARCH });
    expect(said.to('here')).toBe('已私下回复您。');
    expect(said.to('private')).toContain('逐人情况');
  });
});

describe('reminders', () => {
  test('short of a minimum: each once, in private, with what waits for the recorder', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-20T08:00:00',
      '韩石头',
      report(1, '韩石头', 'security-patrol', '2026-03-10'),
      report(2, '韩石头', 'security-patrol', '2026-03-11'),
      report(3, '韩石头', 'security-patrol', '2026-03-12'),
      body('report-verified', { number: 1 }),
      body('report-verified', { number: 2 }),
      report(4, '鲁水根', 'security-patrol', '2026-03-10'),
      body('member-changed', { name: '祝小梅', reminders: false }),
    );
    const done = run(branch, 'shortfall', '2026-03-28T18:00:00');
    expect(heard(done, '韩石头')).not.toContain('治安巡逻');
    expect(heard(done, '韩石头')).toContain('环境卫生维护还差2次（已有0次，至少2次）');
    expect(heard(done, '鲁水根')).toContain('治安巡逻还差2次（已有0次，至少2次，另有1次待核实）');
    for (const name of ['祝小梅', '岳大娘', '龚老根', '丁守正']) expect(heard(done, name)).toBe('');
    expect(done.replies.some((r) => r.to === 'group')).toBe(false);
  });

  test('floating members on the 25th, unless they were in touch; and not a second time on the 28th', () => {
    const branch = new Branch();
    expect(heard(run(branch, 'contact', '2026-03-25T18:00:00'), '骆远行')).toContain('联系');
    expect(heard(run(branch, 'shortfall', '2026-03-28T18:00:00'), '骆远行')).toBe('');
    const known = new Branch();
    known.given('2026-03-20T08:00:00', '骆远行', report(1, '骆远行', 'floating-member', '2026-03-20'));
    expect(run(known, 'contact', '2026-03-25T18:00:00').replies).toEqual([]);
  });

  test('a meeting, one line to the group; two of one day one after the other', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-10T08:00:00',
      '严书林',
      body('meeting-planned', { date: '2026-03-20', at: '19:30', name: '党课', category: 'study' }),
      body('meeting-planned', {
        date: '2026-03-20',
        at: '08:30',
        name: '义务劳动',
        category: 'organisation',
      }),
      body('meeting-planned', {
        date: '2026-03-20',
        at: '18:00',
        name: '支委会',
        category: 'study',
        committeeOnly: true,
      }),
    );
    const first = run(branch, 'meeting', '2026-03-19T18:00:00');
    expect(heard(first, 'group')).toBe(
      '【提醒】明天（3月20日周五）08:30义务劳动，请按时参加。不能来的请提前私下向书记请假。',
    );
    branch.given('2026-03-19T18:00:00', 'bot', body('job-done', { job: 'meeting 2026-03-20 义务劳动' }));
    expect(heard(run(branch, 'meeting', '2026-03-19T18:00:00'), 'group')).toContain('19:30党课');
    expect(heard(run(new Branch(), 'meeting', '2026-03-14T18:00:00'), 'group')).toContain('08:30主题党日');
  });

  test('who has not answered a board, two days before and on the last day, then never again', () => {
    const branch = publishedMarch();
    branch.says('韩石头', confirm, { member: '韩石头', month: MARCH });
    const first = run(branch, 'unconfirmed', '2026-04-20T18:00:00');
    expect(heard(first, '鲁水根')).toContain('公示到4月22日，您是98分');
    expect(heard(first, '韩石头')).toBe('');
    expect(heard(first, 'secretary')).toContain('已确认1/13');
    expect(heard(first, 'secretary')).toContain('打电话或上门的：岳大娘');
    expect(heard(run(branch, 'unconfirmed', '2026-04-22T18:00:00'), '鲁水根')).not.toBe('');
    expect(heard(run(branch, 'unconfirmed', '2026-04-22T19:00:00'), '鲁水根')).toBe('');
  });

  test('two boards that close on one day are spoken of once each', () => {
    const branch = publishedMarch();
    const board = branch.state.months[MARCH]!.boards[0]!;
    const { by: _by, seq: _seq, withdrawn: _withdrawn, ...data } = board;
    branch.given('2026-04-15T10:00:00', '严书林', body('board-published', { ...data, month: '2026-02' }));
    const first = run(branch, 'unconfirmed', '2026-04-20T18:00:00');
    expect(heard(first, '鲁水根')).toContain('2月积分公示');
    expect(heard(first, '鲁水根')).not.toContain('3月积分公示');
    branch.given('2026-04-20T18:00:00', 'bot', body('job-done', { job: 'unconfirmed 2026-02 v1 1' }));
    expect(heard(run(branch, 'unconfirmed', '2026-04-20T18:00:00'), '鲁水根')).toContain('3月积分公示');
  });

  test('the weekly 扶贫日 goes to those who hold the post', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-02T08:00:00',
      'bot',
      body('posts-assigned', { name: '尤新苗', posts: ['poverty-pairing'], from: MARCH }),
    );
    const done = run(branch, 'pairing', '2026-03-06T08:00:00');
    expect(done.replies).toHaveLength(1);
    expect(heard(done, '尤新苗')).toContain('扶贫日');
  });
});

describe('what is open', () => {
  test('a ticket’s handler is reminded before and on the day; afterwards the member hears of the way to the town', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, { member: '韩石头', month: MARCH, item: 'study' }, { text: '不对' });
    expect(heard(run(branch, 'tickets', '2026-04-20T08:00:00'), '严书林')).toContain(
      '请在4月22日前答复韩石头',
    );
    expect(heard(run(branch, 'tickets', '2026-04-21T08:00:00'), '严书林')).toBe('');
    const late = run(branch, 'tickets', '2026-04-23T08:00:00');
    expect(heard(late, '严书林')).toContain('超过7天');
    expect(heard(late, '韩石头')).toContain('申诉');
  });

  test('photos older than ten minutes are released, younger ones stay', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-02T10:00:00',
      '韩石头',
      body('photo-received', { sha256: photo('a'), name: '韩石头' }),
    );
    branch.given(
      '2026-03-02T10:05:00',
      '韩石头',
      body('photo-received', { sha256: photo('b'), name: '韩石头' }),
    );
    run(branch, 'photos', '2026-03-02T10:11:00');
    expect(branch.state.photos.map((p) => p.sha256)).toEqual([photo('b')]);
  });
});
