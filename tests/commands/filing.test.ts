import { describe, expect, test } from '@jest/globals';
import type { FilingView } from '../../boards/views/filing.ts';
import type { Decision, JobRequest } from '../../commands/command.ts';
import { confirm } from '../../commands/confirm/confirm.ts';
import { close } from '../../commands/month/close.ts';
import { receive, returnFiling } from '../../commands/month/filing.ts';
import { jobs } from '../../commands/month/jobs.ts';
import { object } from '../../commands/object/object.ts';
import { ruling } from '../../commands/object/ruling.ts';
import { body } from '../../ledger/kinds.ts';
import { stageOf } from '../../ledger/stage.ts';
import { withReadings } from '../../scoring/policy.ts';
import { MARCH, publishedMarch, shaped } from './a-month.ts';
import { type Branch, policy } from './town.ts';

function job(branch: Branch, at: string, more: Partial<JobRequest> = {}): JobRequest {
  return { town: branch.town, branch: branch.state, policy, at, due: at, day: at.slice(0, 10), ...more };
}

/** Runs the closing job and lets what it decides happen. */
function closing(branch: Branch, at: string, more: Partial<JobRequest> = {}): Decision {
  const decision = jobs.closing(job(branch, at, more));
  branch.given(at, 'bot', ...decision.bodies);
  return decision;
}

const stage = (branch: Branch) => stageOf(branch.state.months[MARCH]);
const to = (decision: Decision, audience: string) =>
  decision.replies
    .filter(
      (r) =>
        (typeof r.to === 'string'
          ? r.to
          : 'role' in r.to
            ? r.to.role
            : 'person' in r.to
              ? r.to.person
              : r.to.contact) === audience,
    )
    .map((r) => r.text)
    .join('\n');

describe('the end of the notice period', () => {
  test('files the month: package to the town, form to the secretary', () => {
    const branch = publishedMarch();
    branch.says('韩石头', confirm, { member: '韩石头', month: MARCH });
    const done = closing(branch, '2026-04-23T08:00:00');
    expect(done.bodies.map((b) => b.kind)).toEqual(['month-closed', 'month-filed']);
    expect(stage(branch)).toBe('filed');
    expect(to(done, 'town')).toContain('13人，已确认1人，未确认12人，异议0件');
    const sheet = done.replies.find((r) => r.to === 'town')?.attachment;
    expect(sheet?.form).toBe('filing-excel');
    const view = shaped<FilingView>(sheet?.view);
    expect(view.confirmations).toEqual([{ name: '韩石头', score: 98, how: 'reply' }]);
    expect(view.unconfirmed).toHaveLength(12);
    expect(view.secretary).toBe('严书林');
  });

  test('does nothing on the last day itself', () => {
    expect(closing(publishedMarch(), '2026-04-22T08:00:00')).toEqual({ bodies: [], replies: [] });
  });

  test('an open objection holds it; the secretary hears once what holds it, and it files when that is settled', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, { member: '韩石头', month: MARCH, item: 'study' }, { text: '不对' });
    const held = closing(branch, '2026-04-23T08:00:00');
    expect(held.bodies).toEqual([]);
    expect(to(held, 'secretary')).toContain('1号异议没有办结');
    expect(closing(branch, '2026-04-24T08:00:00').replies).toEqual([]);
    branch.says('严书林', ruling, { number: 1, ruling: 'rejected', words: '没有签到' }, { confirmed: true });
    closing(branch, '2026-04-25T08:00:00');
    expect(stage(branch)).toBe('filed');
  });

  test('under blocks-row an open objection holds only its own row', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, { member: '韩石头', month: MARCH, item: 'study' }, { text: '不对' });
    const done = closing(branch, '2026-04-23T08:00:00', {
      policy: withReadings(policy, { openObjection: 'blocks-row' }),
    });
    expect(done.bodies.map((b) => b.kind)).toContain('month-filed');
    expect(to(done, 'town')).toContain('韩石头的一行有异议未结');
  });

  test('a correction that is not published yet holds it too', () => {
    const branch = publishedMarch();
    branch.given(
      '2026-04-20T08:00:00',
      '苗春燕',
      body('dues-recorded', { name: '韩石头', month: MARCH, status: 'late' }),
    );
    expect(to(closing(branch, '2026-04-23T08:00:00'), 'secretary')).toContain('更正还没有发布');
  });

  test('what was upheld and changed nothing yet holds the clock, not the secretary', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, { member: '韩石头', month: MARCH, item: 'study' }, { text: '不对' });
    branch.says('严书林', ruling, { number: 1, ruling: 'upheld', words: '查实到会' }, { confirmed: true });
    expect(to(closing(branch, '2026-04-23T08:00:00'), 'secretary')).toContain('韩石头的分还没有更正');
    branch.at = '2026-04-23T09:00:00';
    expect(branch.says('严书林', close, {}, { place: 'private' }).to('here')).toContain('1号异议已采纳');
    branch.agrees('严书林', close);
    expect(stage(branch)).toBe('filed');
  });

  test('by hand it says what holds it, or asks back', () => {
    const branch = publishedMarch();
    expect(branch.says('严书林', close, { month: MARCH }).refusal).toBe('close-held');
    expect(branch.says('严书林', close, { month: MARCH }, { at: '2026-04-22T23:59:00' }).refusal).toBe(
      'close-held',
    );
    branch.at = '2026-04-23T09:00:00';
    expect(branch.says('严书林', close, {}).kinds).toEqual(['question-asked']);
    branch.agrees('严书林', close);
    expect(stage(branch)).toBe('filed');
    expect(branch.says('严书林', close, { month: MARCH }).refusal).toBe('filed-already');
  });
});

describe('the town’s word', () => {
  const filed = () => {
    const branch = publishedMarch();
    closing(branch, '2026-04-23T08:00:00');
    branch.at = '2026-04-23T10:00:00';
    return branch;
  };

  test('receives with a number, which the secretary is told', () => {
    const branch = filed();
    const said = branch.tells('镇上的人', receive, '备案收到 云岭村 3月', { place: 'town' });
    expect(said?.data('filing-received')).toEqual([{ month: MARCH, number: '202603-01' }]);
    expect(said?.to('role:secretary')).toContain('202603-01');
    expect(stage(branch)).toBe('received');
    expect(branch.tells('镇上的人', receive, '备案收到 云岭村 3月', { place: 'town' })?.refusal).toBe(
      'filing-nothing',
    );
  });

  test('an own number is kept', () => {
    expect(
      filed()
        .tells('镇上的人', receive, '云岭村3月的备案收到了，编号 Q-12', { place: 'town' })
        ?.data('filing-received')[0],
    ).toMatchObject({ number: 'Q-12' });
  });

  test('returns with a reason, and the branch files again', () => {
    const branch = filed();
    expect(branch.tells('镇上的人', returnFiling, '退回 云岭村 3月', { place: 'town' })?.refusal).toBe(
      'reason-needed',
    );
    branch.tells('镇上的人', returnFiling, '退回 云岭村 3月 原因：缺会议记录', { place: 'town' });
    const done = branch.agrees('镇上的人', returnFiling);
    expect(done.to('role:secretary')).toContain('缺会议记录');
    expect(stage(branch)).toBe('returned');
    branch.says('严书林', close, { month: MARCH }, { place: 'private' });
    const again = branch.agrees('严书林', close);
    expect(again.kinds).toEqual(['month-filed']);
    expect(again.to('town')).toContain('重新报送');
    expect(stage(branch)).toBe('filed');
  });
});
