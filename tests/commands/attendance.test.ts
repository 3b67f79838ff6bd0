import { describe, expect, test } from '@jest/globals';
import { attendance } from '../../commands/attendance/attendance.ts';
import { attendanceOf, costOf } from '../../commands/attendance/attended.ts';
import { leaveDecision } from '../../commands/attendance/leave-decision.ts';
import { cancelMeeting, moveMeeting, planMeeting } from '../../commands/attendance/planning.ts';
import { closeSignIn, openSignIn } from '../../commands/attendance/door.ts';
import { categoryOf } from '../../commands/attendance/which-meeting.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch, PEOPLE, policy } from './town.ts';

const DAY = '2026-03-15';
const NAME = '主题党日';
const KEY = `${DAY} ${NAME}`;

function planned(): Branch {
  const branch = new Branch();
  branch.given(
    '2026-03-01T08:00:00',
    '严书林',
    body('meeting-planned', { date: DAY, at: '08:30', name: NAME, category: 'organisation' }),
  );
  return branch;
}

const record = (entries: object, more: object = {}) => ({
  date: DAY,
  meeting: NAME,
  phase: 'record',
  entries,
  ...more,
});
const AFTER = { at: '2026-03-15T11:00:00' } as const;

describe('taking attendance', () => {
  test('with 其余都到 marks everybody in scope who is not spoken for', () => {
    const branch = planned();
    branch.given(
      '2026-03-14T08:00:00',
      '严书林',
      body('leave-decided', { date: DAY, meeting: NAME, name: '祝小梅', approved: true, reason: 'sick' }),
    );
    branch.given(
      '2026-03-14T09:00:00',
      '鲁水根',
      body('leave-requested', { date: DAY, meeting: NAME, name: '鲁水根', reason: 'private' }),
    );
    const said = branch.says(
      '苗春燕',
      attendance,
      record({ present: 'rest', late: ['韩石头'], absent: ['尤新苗'] }),
      { ...AFTER, place: 'private' },
    );
    const { marks, complete } = branch.state.meetings[KEY]!;
    expect(complete).toBe(true);
    expect(marks['韩石头']).toBe('late');
    expect(marks['尤新苗']).toBe('absent');
    expect(marks['祝小梅']).toBe('leave');
    expect(marks['严书林']).toBe('present');
    expect(marks['鲁水根']).toBeUndefined();
    expect(marks['骆远行']).toBeUndefined();
    expect(marks['龚老根']).toBeUndefined();
    const text = said.to('here');
    expect(text).toContain('已批请假，按请假记：祝小梅');
    expect(text).toContain('请了假还没有批，暂不记：鲁水根');
    expect(text).toContain('流动党员没有点到名，暂不记：骆远行');
    expect(text).not.toMatch(/病|事假/);
  });

  test('in the group says who was present and the counts, and tells the rest to the recorder alone', () => {
    const branch = planned();
    const said = branch.says(
      '苗春燕',
      attendance,
      record({ present: ['严书林', '贺有田'], absent: ['尤新苗'], leave: ['祝小梅'] }),
      AFTER,
    );
    expect(said.to('here')).toContain('到会：严书林、贺有田');
    expect(said.to('here')).not.toMatch(/尤新苗|祝小梅/);
    expect(said.to('private')).toContain('缺席1人：尤新苗');
    expect(said.to('role:secretary')).toContain('准假 祝小梅');
  });

  test('holds the counts said against the list', () => {
    const inScope = PEOPLE.length - 1;
    const branch = planned();
    const wrong = branch.says('苗春燕', attendance, record({ present: 'rest', absent: ['尤新苗'] }), {
      ...AFTER,
      text: '应到20实到19，尤新苗没来',
    });
    expect(wrong.to('here')).toContain(`您说应到20，名册上应到${inScope}`);
    const right = planned().says(
      '苗春燕',
      attendance,
      record({ present: 'rest', absent: ['尤新苗'], flow_away: ['骆远行'], exempt: ['龚老根'] }),
      {
        ...AFTER,
        text: `应到${inScope}实到${inScope - 2}`,
      },
    );
    expect(right.to('here')).not.toContain('对不上');
  });

  test('lists the exempt without marking them, and takes a floating member’s absence as being away', () => {
    const branch = planned();
    const said = branch.says('苗春燕', attendance, record({ absent: ['骆远行', '龚老根'] }), {
      ...AFTER,
      place: 'private',
    });
    expect(branch.state.meetings[KEY]!.marks).toEqual({ 骆远行: 'away' });
    expect(said.to('here')).toContain('不纳入考核，不记：龚老根');
  });

  test('late, then early, is both; late again changes nothing', () => {
    const branch = planned();
    branch.says('苗春燕', attendance, record({ late: ['韩石头'] }), AFTER);
    branch.says('苗春燕', attendance, record({ early: ['韩石头'] }));
    expect(branch.state.meetings[KEY]!.marks['韩石头']).toBe('late+early');
    const again = branch.says('苗春燕', attendance, record({ late: ['韩石头'] }));
    expect(again.kinds).toEqual([]);
    expect(branch.state.meetings[KEY]!.marks['韩石头']).toBe('late+early');
  });

  test('of an approved leave as an absence stays leave', () => {
    const branch = planned();
    branch.given(
      '2026-03-14T08:00:00',
      '严书林',
      body('leave-decided', { date: DAY, meeting: NAME, name: '祝小梅', approved: true, reason: 'duty' }),
    );
    branch.says('苗春燕', attendance, record({ absent: ['祝小梅'] }), AFTER);
    expect(branch.state.meetings[KEY]!.marks['祝小梅']).toBe('leave');
    expect(branch.state.meetings[KEY]!.leave['祝小梅']?.reason).toBe('duty');
  });

  test('of a name in two lists, by somebody else, or before the day is refused', () => {
    const branch = planned();
    expect(
      branch.says('苗春燕', attendance, record({ present: ['韩石头'], absent: ['韩石头'] }), AFTER).refusal,
    ).toBe('attendance-two-marks');
    expect(branch.says('韩石头', attendance, record({ present: ['韩石头'] })).refusal).toBe(
      'attendance-not-yours',
    );
    expect(
      branch.says('苗春燕', attendance, record({ present: ['韩石头'] }), { at: '2026-03-14T11:00:00' })
        .refusal,
    ).toBe('attendance-future');
  });

  test('of a meeting nobody planned asks which it was, and remembers its category', () => {
    const branch = new Branch();
    const asked = branch.says(
      '苗春燕',
      attendance,
      { date: '2026-03-10', phase: 'record', entries: { present: 'rest' } },
      AFTER,
    );
    expect(asked.to('here')).toContain('1 主题党日');
    branch.says('苗春燕', attendance, {
      date: '2026-03-10',
      meeting: '集中学习',
      phase: 'record',
      entries: { absent: ['韩石头'] },
    });
    expect(attendanceOf(branch.state, '韩石头', '2026-03', 'study')).toEqual([
      { date: '2026-03-10', meeting: '集中学习', mark: 'absent' },
    ]);
    expect(attendanceOf(branch.state, '韩石头', '2026-03', 'organisation')).toEqual([]);
  });

  test('of a month already published is a correction, and the secretary hears of it', () => {
    const branch = planned();
    branch.says('苗春燕', attendance, record({ present: ['韩石头'] }), AFTER);
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
    const asked = branch.says('苗春燕', attendance, record({ absent: ['韩石头'] }), {
      at: '2026-04-03T08:00:00',
    });
    expect(asked.kinds).toEqual(['question-asked']);
    const said = branch.agrees('苗春燕', attendance);
    expect(said.kinds).toEqual(['attendance-recorded', 'corrected']);
    expect(said.data('corrected')).toMatchObject([{ month: '2026-03', name: '韩石头' }]);
    expect(said.to('role:secretary')).toContain('3月有更正：韩石头');
  });
});

test('meetings fall into the two items as the regulation says, and marks cost what the policy says', () => {
  expect(categoryOf('主题党日')).toBe('organisation');
  expect(categoryOf('党员大会')).toBe('study');
  expect(costOf(policy, 'study', 'absent')).toBe(5);
  expect(costOf(policy, 'organisation', 'late+early')).toBe(4);
  expect(costOf(policy, 'organisation', 'away')).toBe(0);
});

describe('leave', () => {
  const asks = {
    date: DAY,
    meeting: NAME,
    phase: 'leave_request',
    entries: { leave: ['祝小梅'], reason: 'sick' },
  };

  test('goes to the secretary privately, its cause nowhere else', () => {
    const branch = planned();
    const said = branch.says('祝小梅', attendance, asks, {
      at: '2026-03-14T18:00:00',
      text: '明天我请假，腰又疼了',
    });
    expect(said.data('leave-requested')).toEqual([
      { date: DAY, meeting: NAME, name: '祝小梅', reason: 'sick' },
    ]);
    expect(said.to('@严书林')).toContain('准假 祝小梅');
    for (const reply of said.replies) expect(reply.text).not.toContain('腰');
    expect(said.to('here')).toBe('已私下转给书记。');
    expect(said.to('private')).not.toContain('病');
  });

  test('of the secretary is decided by the deputy', () => {
    const branch = planned();
    const said = branch.says(
      '严书林',
      attendance,
      { ...asks, entries: { leave: ['严书林'] } },
      { at: '2026-03-14T18:00:00' },
    );
    expect(said.to('@贺有田')).toContain('准假 严书林');
    expect(branch.tells('严书林', leaveDecision, '准假 严书林')?.refusal).toBe('leave-own');
    expect(branch.tells('贺有田', leaveDecision, '准假 严书林')?.data('leave-decided')).toMatchObject([
      { approved: true },
    ]);
  });

  test('is approved or not by name; the member hears what it costs', () => {
    const branch = planned();
    branch.says('祝小梅', attendance, asks, { at: '2026-03-14T18:00:00' });
    const said = branch.tells('严书林', leaveDecision, '准假 祝小梅', { place: 'private' });
    expect(said?.to('@祝小梅')).toContain('已批准（按细则，请假一次扣2分）');
    expect(branch.state.meetings[KEY]!.leave['祝小梅']?.state).toBe('approved');
    const refused = branch.tells('严书林', leaveDecision, '不准假 祝小梅 当天要选举', { place: 'private' });
    expect(refused?.refusal).toBe('leave-none');
  });

  test('is not the recorder’s or a member’s to approve', () => {
    const branch = planned();
    branch.says('祝小梅', attendance, asks, { at: '2026-03-14T18:00:00' });
    const said = branch.says('苗春燕', attendance, { ...asks, phase: 'leave_approved' });
    expect(said.refusal).toBe('leave-not-yours');
    expect(branch.reads('韩石头', leaveDecision, '同意祝小梅请假')).toBeNull();
  });

  test('approved after the roll was taken turns the absence into leave', () => {
    const branch = planned();
    branch.says('祝小梅', attendance, asks, { at: '2026-03-14T18:00:00' });
    branch.says('苗春燕', attendance, record({ absent: ['祝小梅'] }), AFTER);
    expect(branch.state.meetings[KEY]!.marks['祝小梅']).toBe('absent');
    branch.tells('严书林', leaveDecision, '准假 祝小梅');
    expect(branch.state.meetings[KEY]!.marks['祝小梅']).toBe('leave');
  });

  test('asked twice is passed on once', () => {
    const branch = planned();
    branch.says('祝小梅', attendance, asks, { at: '2026-03-14T18:00:00' });
    expect(branch.says('祝小梅', attendance, asks).kinds).toEqual([]);
  });
});

describe('signing in', () => {
  const sign = (present: string[], more: object = {}) => ({
    date: DAY,
    meeting: NAME,
    phase: 'signin',
    entries: { present, ...more },
  });
  const MORNING = { at: '2026-03-15T08:31:00', addressed: false } as const;

  test('counts only what is new in a list sent again, and gathers into one line', () => {
    const branch = planned();
    branch.tells('苗春燕', openSignIn, '开始签到', { at: '2026-03-15T08:25:00', addressed: false });
    branch.says('韩石头', attendance, sign(['韩石头']), MORNING);
    const said = branch.says(
      '鲁水根',
      attendance,
      sign(['韩石头', '鲁水根', '岳大娘'], { proxy: { 岳大娘: '祝小梅' } }),
      MORNING,
    );
    expect(said.data('signed-in')).toEqual([
      { date: DAY, meeting: NAME, names: ['鲁水根', '岳大娘'], proxy: { 岳大娘: '祝小梅' } },
    ]);
    expect(said.to('here')).toBe(`已签到：鲁水根、岳大娘（3/${PEOPLE.length - 1}）`);
    expect(said.to('role:recorder')).toContain('岳大娘（祝小梅代）');
    expect(branch.says('祝小梅', attendance, sign(['韩石头', '鲁水根']), MORNING).kinds).toEqual([]);
  });

  test('ends with those who signed marked present; of the others nothing is inferred', () => {
    const branch = planned();
    branch.tells('苗春燕', openSignIn, '开始签到', { at: '2026-03-15T08:25:00' });
    branch.says('韩石头', attendance, sign(['韩石头']), MORNING);
    const said = branch.tells('苗春燕', closeSignIn, '结束签到', { at: '2026-03-15T09:00:00' });
    expect(branch.state.meetings[KEY]).toMatchObject({
      signIn: 'closed',
      marks: { 韩石头: 'present' },
      complete: false,
    });
    expect(said?.to('group')).not.toContain('鲁水根');
    expect(said?.to('private')).toContain('鲁水根');
    branch.agrees('苗春燕', attendance);
    expect(branch.state.meetings[KEY]!.marks['鲁水根']).toBe('absent');
  });

  test('after the close is not taken from members', () => {
    const branch = planned();
    branch.tells('苗春燕', openSignIn, '开始签到', { at: '2026-03-15T08:25:00' });
    branch.tells('苗春燕', closeSignIn, '结束签到', { at: '2026-03-15T09:00:00' });
    expect(branch.says('韩石头', attendance, sign(['韩石头']), { at: '2026-03-15T09:10:00' }).refusal).toBe(
      'signin-closed',
    );
    expect(
      branch.says('韩石头', attendance, sign(['韩石头']), { at: '2026-03-15T09:11:00', addressed: false })
        .kinds,
    ).toEqual([]);
  });

  test('is not opened by members, nor by chat', () => {
    const branch = planned();
    for (const text of ['到了的回个到', '签到了没', '开始吧'])
      expect(branch.reads('韩石头', openSignIn, text, { addressed: false })).toBeNull();
    expect(branch.reads('苗春燕', openSignIn, '明天记得签到', { addressed: false })).toBeNull();
    // Overheard, the recorder’s call writes nothing: those who answer it count as it is, and it can be ended.
    expect(branch.reads('苗春燕', openSignIn, '到了的回个到', { addressed: false })).toBeNull();
    branch.says('韩石头', attendance, sign(['韩石头']), MORNING);
    expect(branch.tells('苗春燕', closeSignIn, '结束签到', MORNING)?.kinds).toContain('signin-closed');
  });

  test('is opened by the meeting’s name where nobody planned it', () => {
    const branch = new Branch();
    const at = '2026-03-15T08:25:00';
    expect(branch.tells('苗春燕', openSignIn, '开始签到 主题党日', { at })?.kinds).toEqual([
      'meeting-planned',
      'signin-opened',
    ]);
  });

  test('beforehand is no sign-in', () => {
    const branch = planned();
    branch.says(
      '韩石头',
      attendance,
      { date: DAY, meeting: NAME, phase: 'rsvp', entries: { will_attend: ['韩石头'] } },
      { at: '2026-03-12T08:00:00', addressed: false },
    );
    expect(branch.state.meetings[KEY]).toMatchObject({ rsvp: ['韩石头'], signedIn: {}, marks: {} });
    expect(attendanceOf(branch.state, '韩石头', '2026-03', 'organisation')).toEqual([]);
  });

  test('late by one’s own word is shown to the recorder and changes nothing', () => {
    const branch = planned();
    branch.says(
      '韩石头',
      attendance,
      { date: DAY, meeting: NAME, phase: 'self_note', entries: { late: ['韩石头'] } },
      MORNING,
    );
    expect(branch.state.meetings[KEY]!.marks).toEqual({});
    const said = branch.says('苗春燕', attendance, record({ present: 'rest' }), AFTER);
    expect(said.to('private')).toContain('请再确认：韩石头');
  });
});

describe('planning', () => {
  test('a meeting, moving it with its leave, and calling it off', () => {
    const branch = new Branch();
    const said = branch.says('严书林', planMeeting, { date: DAY, at: '08:30', name: NAME });
    expect(said.to('here')).toBe('已安排：3月15日08:30 主题党日。会前一天提醒大家。');
    branch.says('祝小梅', attendance, {
      date: DAY,
      meeting: NAME,
      phase: 'leave_request',
      entries: { leave: ['祝小梅'] },
    });
    branch.says('严书林', moveMeeting, { name: NAME, to: '2026-03-18', at: '09:00' });
    expect(branch.state.meetings[`2026-03-18 ${NAME}`]?.leave['祝小梅']).toBeDefined();
    branch.says('严书林', cancelMeeting, { name: NAME });
    expect(branch.state.meetings[`2026-03-18 ${NAME}`]?.cancelled).toBe(true);
  });

  test('once attendance was taken, the meeting stays where it is', () => {
    const branch = planned();
    branch.says('苗春燕', attendance, record({ present: 'rest' }), AFTER);
    expect(branch.says('严书林', cancelMeeting, { date: DAY, name: NAME }).refusal).toBe('meeting-held');
  });
});
