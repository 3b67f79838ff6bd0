import { describe, expect, test } from '@jest/globals';
import { contest } from '../../commands/report/contest.ts';
import { flag } from '../../commands/report/flagging.ts';
import { readNumbers } from '../../commands/report/numbers.ts';
import { report } from '../../commands/report/report.ts';
import { showReport } from '../../commands/report/showing.ts';
import { reject, resubmit } from '../../commands/report/rejection.ts';
import { verify } from '../../commands/report/verification.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch } from './town.ts';

/** #1 韩石头 with 鲁水根, #2 祝小梅 at another post, #3 the recorder herself. */
function reported(): Branch {
  const branch = new Branch();
  branch.says(
    '韩石头',
    report,
    { post: 'security-patrol', members: ['韩石头', '鲁水根'], dates: ['2026-03-02'] },
    { at: '2026-03-02T21:00:00', text: '和水根巡逻，三组' },
  );
  branch.says('祝小梅', report, { post: 'sanitation', members: ['祝小梅'], dates: ['2026-03-02'] });
  branch.says('苗春燕', report, { post: 'policy-publicity', members: ['苗春燕'], dates: ['2026-03-02'] });
  return branch;
}

test('numbers of reports are read from words, lists and ranges', () => {
  expect(readNumbers('#37、38号和40')).toEqual([37, 38, 40]);
  expect(readNumbers('37-39，41')).toEqual([37, 38, 39, 41]);
  expect(readNumbers('3到5号')).toEqual([3, 4, 5]);
});

describe('verifying', () => {
  test.each([
    ['核实 1 2', [1, 2]],
    ['核实1、2', null],
    ['核实 #1、#2', [1, 2]],
    ['1、2号核实了', [1, 2]],
    ['1号和2号属实', [1, 2]],
    ['核实 1-2', [1, 2]],
  ])('is read from %s', (text, numbers) => {
    const reading = reported().reads('苗春燕', verify, text);
    if (numbers) expect(reading?.slots['numbers']).toEqual(numbers);
  });

  test.each(['1、2号线都停了', '我核实一下', '这事要核实', '12号去镇里'])('is not read from %s', (text) => {
    expect(reported().reads('苗春燕', verify, text, { addressed: false })).toBeNull();
  });

  test('overheard from somebody who verifies nothing is not for the bot', () => {
    expect(reported().reads('韩石头', verify, '1、2号核实了', { addressed: false })).toBeNull();
  });

  test('by numbers verifies those and says so', () => {
    const branch = reported();
    const said = branch.tells('苗春燕', verify, '核实 1 2 9');
    expect(said?.to('here')).toBe('已核实 #1、#2（2条）。没有#9。');
    expect(branch.state.reports[1]?.state).toBe('verified');
    expect(branch.state.reports[2]?.verifiedBy).toBe('苗春燕');
  });

  test('one’s own report goes to the secretary', () => {
    const branch = reported();
    const said = branch.tells('苗春燕', verify, '核实 3');
    expect(said?.kinds).toEqual([]);
    expect(said?.to('here')).toContain('由严书林核实，已转告');
    expect(said?.to('@严书林')).toContain('核实 3');
    expect(branch.tells('严书林', verify, '核实 3')?.kinds).toEqual(['report-verified']);
  });

  test('nobody who took part verifies, not even in the recorder’s stead', () => {
    const branch = reported();
    branch.says('苗春燕', report, {
      post: 'mediation',
      members: ['苗春燕', '贺有田'],
      dates: ['2026-03-02'],
    });
    expect(branch.tells('贺有田', verify, '核实 4')?.kinds).toEqual([]);
    expect(branch.tells('严书林', verify, '核实 4')?.kinds).toEqual(['report-verified']);
  });

  test('somebody else’s report is not the secretary’s to verify while there is a recorder', () => {
    const said = reported().tells('严书林', verify, '核实 1');
    expect(said?.kinds).toEqual([]);
    expect(said?.to('here')).toContain('由苗春燕核实');
  });

  test('all of them lists first and asks; what came later is not verified unseen', () => {
    const branch = reported();
    const asked = branch.tells('苗春燕', verify, '核实 全部');
    expect(asked?.kinds).toEqual(['question-asked']);
    expect(asked?.to('here')).toBe('已私下回复您。');
    expect(asked?.to('private')).toContain('待核实2条');
    expect(asked?.to('private')).not.toContain('#3');
    branch.says('鲁水根', report, { post: 'facility-upkeep', members: ['鲁水根'], dates: ['2026-03-02'] });
    expect(
      branch
        .agrees('苗春燕', verify)
        .data('report-verified')
        .map((d) => d['number']),
    ).toEqual([1, 2]);
    expect(branch.state.reports[4]?.state).toBe('pending');
  });

  test('the list may be agreed to in the group as well', () => {
    const branch = reported();
    branch.tells('苗春燕', verify, '核实 全部');
    expect(branch.tells('苗春燕', verify, '核实')?.kinds).toEqual([
      'report-verified',
      'report-verified',
      'question-settled',
    ]);
    expect(branch.state.questions).toEqual([]);
    expect(branch.tells('苗春燕', verify, '核实')?.refusal).toBe('verify-none');
  });

  test('with 实事 marks the deed', () => {
    const branch = reported();
    branch.tells('苗春燕', verify, '核实 1 实事');
    expect(branch.state.reports[1]?.deed).toBe(true);
  });
});

describe('rejecting', () => {
  test('needs a reason, which only the reporter and companions hear', () => {
    const branch = reported();
    expect(branch.tells('苗春燕', reject, '驳回 1')?.kinds).toEqual(['question-asked']);
    const said = branch.tells('苗春燕', reject, '驳回 1 时间对不上');
    expect(said?.to('here')).toBe('已驳回#1，已私下告诉韩石头、鲁水根。');
    expect(said?.to('@韩石头')).toContain('时间对不上');
    expect(said?.to('@韩石头')).toContain('补报 1');
    expect(branch.state.reports[1]).toMatchObject({ state: 'rejected', reason: '时间对不上' });
  });

  test('may be answered by the reporter with an explanation, under a new number', () => {
    const branch = reported();
    branch.tells('苗春燕', reject, '驳回 1 时间对不上');
    const said = branch.tells('韩石头', resubmit, '补报 1 是晚上7点到8点，三组');
    expect(said?.to('@苗春燕')).toBe('韩石头把#1补报为#4：是晚上7点到8点，三组');
    expect(said?.to('here')).toBe('已补报 #4（原#1）。待苗春燕核实。');
    expect(branch.state.reports[4]).toMatchObject({
      names: ['韩石头', '鲁水根'],
      state: 'pending',
      date: '2026-03-02',
    });
    expect(branch.tells('苗春燕', verify, '核实 1')?.to('here')).toBe('#1已驳回，补报为#4。');
    expect(branch.tells('韩石头', resubmit, '补报 1 再说一遍')?.refusal).toBe('report-settled');
    const more = branch.given(
      '2026-03-02T22:00:00',
      '苗春燕',
      body('report-rejected', { number: 2, reason: '看不清' }),
    );
    expect(more.tells('祝小梅', resubmit, '补报 2 一起的还有柏青松')?.to('@柏青松')).toContain('#5 不是我');
    expect(branch.state.reports[5]?.names).toEqual(['祝小梅', '柏青松']);
    expect(branch.tells('祝小梅', resubmit, '补报 1 我也在')?.refusal).toBe('report-none-yours');
    expect(branch.tells('祝小梅', resubmit, '补报 5 再报')?.refusal).toBe('resubmit-not-rejected');
  });

  test.each([
    '补报 3月1日治安巡逻',
    '补报：3月18日晚参加村治安巡逻，20:00-21:30',
    '补报 3.18 巡逻',
    '补报一下昨晚的',
  ])('leaves %s to the ordinary report', (text) => {
    expect(reported().reads('韩石头', resubmit, text)).toBeNull();
  });
});

describe('a companion who was not there', () => {
  test('is taken out and the reporter and the verifier are told', () => {
    const branch = reported();
    const said = branch.tells('鲁水根', contest, '#1 不是我', { addressed: false });
    expect(branch.state.reports[1]).toMatchObject({ names: ['韩石头'], contested: ['鲁水根'] });
    expect(said?.to('@韩石头')).toContain('鲁水根说没有参加');
    expect(said?.to('@苗春燕')).toContain('#1');
  });

  test('need not know the number when speaking to the bot', () => {
    const branch = reported();
    expect(
      branch.tells('鲁水根', contest, '那次没我', { place: 'private' })?.data('report-contested'),
    ).toEqual([{ number: 1, name: '鲁水根' }]);
  });

  test('is not read from chat', () => {
    const branch = reported();
    for (const text of ['不是我', '不是我说的', '1号不是我生日'])
      expect(branch.reads('鲁水根', contest, text, { addressed: false })).toBeNull();
  });

  test('who speaks after verification is heard by the one who verified', () => {
    const branch = reported();
    branch.tells('苗春燕', verify, '核实 1');
    const said = branch.tells('鲁水根', contest, '#1不是我');
    expect(said?.kinds).toEqual([]);
    expect(said?.to('@苗春燕')).toContain('已经核实');
  });

  test('cannot be somebody who is not named', () => {
    expect(reported().tells('祝小梅', contest, '#1 不是我')?.refusal).toBe('contest-none');
  });
});

describe('a supervisor’s doubt', () => {
  test('is told to the verifier and the secretary, shown when verifying, and decides nothing', () => {
    const branch = reported();
    const said = branch.tells('丁守正', flag, '存疑 1 时间好像不对');
    expect(said?.to('@苗春燕')).toContain('时间好像不对');
    expect(said?.to('role:secretary')).toContain('#1');
    expect(branch.state.reports[1]?.state).toBe('pending');
    expect(branch.tells('苗春燕', verify, '核实 全部')?.to('private')).toContain('存疑：时间好像不对');
    expect(branch.tells('丁守正', flag, '存疑 1')?.refusal).toBe('flag-words');
  });
});

describe('asking for a report by its number', () => {
  test('shows the facts to all, the words only to those concerned and in private', () => {
    const branch = reported();
    const own = branch.tells('韩石头', showReport, '查 #1');
    expect(own?.to('here')).toContain('#1 韩石头、鲁水根 3月2日 治安巡逻：待苗春燕核实');
    expect(own?.to('here')).not.toContain('三组');
    expect(own?.to('private')).toContain('和水根巡逻，三组');
    const other = branch.tells('祝小梅', showReport, '查 #1');
    expect(other?.replies).toHaveLength(1);
    const supervisor = branch.tells('丁守正', showReport, '看 1', { place: 'private' });
    expect(supervisor?.kinds).toEqual(['access-logged']);
  });
});
