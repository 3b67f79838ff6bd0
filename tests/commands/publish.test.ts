import { describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '../../boards/fingerprint.ts';
import { boardView, closingDay } from '../../commands/month/board.ts';
import { hold, release, waive, withdraw } from '../../commands/month/hold.ts';
import { publish } from '../../commands/month/publish.ts';
import { body } from '../../ledger/kinds.ts';
import { standingBoard } from '../../ledger/stage.ts';
import { withReadings } from '../../scoring/policy.ts';
import { MARCH, publishedMarch, scoredMarch, scoresOf, shaped } from './a-month.ts';
import { Branch, policy } from './town.ts';

describe('publishing a month', () => {
  test('is previewed first, and nothing is written before the answer', () => {
    const branch = scoredMarch();
    const asked = branch.says('严书林', publish, { month: MARCH }, { text: '发布 3月' });
    expect(asked.kinds).toEqual(['question-asked']);
    expect(asked.to('here')).toContain('将发布3月公示榜 v1：13人');
    expect(asked.to('here')).toContain('回复“发布”');
    expect(standingBoard(branch.state.months[MARCH])).toBeNull();
  });

  test('sends one text and one picture to the group and pins version, fingerprint and closing day', () => {
    const branch = scoredMarch();
    branch.says('严书林', publish, { month: MARCH }, { place: 'private' });
    const done = branch.agrees('严书林', publish);
    const group = done.replies.filter((r) => r.to === 'group');
    expect(group).toHaveLength(1);
    expect(group[0]?.attachment?.form).toBe('board-picture');
    expect(group[0]?.text).toContain('公示到4月22日');
    const board = standingBoard(branch.state.months[MARCH]);
    expect(board).toMatchObject({ version: 1, closes: '2026-04-22', by: '严书林' });
    const view = boardView(branch.state, board!);
    expect(board?.fingerprint).toBe(fingerprintOf(view));
    expect(view.policy).toBe('lanxi-2023 2023.1');
    expect(board?.rows.map((r) => r.name)).not.toContain('龚老根');
    expect(board?.rows.find((r) => r.name === '韩石头')).toMatchObject({
      obligation: 40,
      service: 58,
      total: 98,
    });
  });

  test('is refused while somebody is 待评, and goes on once the month is waived with a reason', () => {
    const branch = new Branch();
    branch.given('2026-04-02T09:00:00', '苗春燕', ...scoresOf(branch, MARCH).slice(2));
    const refused = branch.says('严书林', publish, { month: MARCH });
    expect(refused.refusal).toBe('publish-unscored');
    expect(branch.says('严书林', publish, { month: '2026-04' }).refusal).toBe('publish-unscored');
    expect(branch.says('严书林', waive, { month: MARCH }).refusal).toBe('reason-needed');
    branch.says('严书林', waive, { month: MARCH, reason: '全村防汛' });
    branch.agrees('严书林', waive);
    const asked = branch.says('严书林', publish, { month: MARCH });
    expect(asked.to('here')).toContain('1人待评已注明');
  });

  test('again without a change is refused; with one it names only the changed row and voids its confirmation alone', () => {
    const branch = publishedMarch();
    expect(branch.says('严书林', publish, { month: MARCH }).refusal).toBe('publish-unchanged');
    const confirmed = (name: string) =>
      body('confirmed', { month: MARCH, name, version: 1, score: 98, how: 'reply', by: name });
    branch.given('2026-04-16T08:00:00', '鲁水根', confirmed('鲁水根'), confirmed('韩石头'));
    branch.given(
      '2026-04-16T09:00:00',
      '苗春燕',
      body('post-scored', {
        name: '韩石头',
        month: MARCH,
        post: 'sanitation',
        commitment: 10,
        performance: 5,
        deed: 10,
      }),
    );
    branch.says('严书林', publish, { month: MARCH }, { place: 'private' });
    const done = branch.agrees('严书林', publish);
    expect(done.to('group')).toContain('韩石头：岗位分 58→54，合计 98→94');
    expect(done.to('group')).not.toContain('鲁水根');
    const m = branch.state.months[MARCH]!;
    expect(standingBoard(m)).toMatchObject({ version: 2, changed: ['韩石头'] });
    expect(m.confirmed['韩石头']).toBeUndefined();
    expect(m.confirmed['鲁水根']).toMatchObject({ version: 2, score: 98 });
  });

  test('what changed after the preview is previewed again before it hangs out', () => {
    const branch = scoredMarch();
    branch.says('严书林', publish, { month: MARCH }, { place: 'private' });
    branch.given(
      '2026-04-15T09:02:00',
      '苗春燕',
      body('dues-recorded', { name: '韩石头', month: MARCH, status: 'late' }),
    );
    const again = branch.agrees('严书林', publish);
    expect(again.kinds).toEqual(['question-asked']);
    expect(again.to('here')).toContain('预览之后有变动');
    expect(branch.agrees('严书林', publish).kinds).toEqual(['board-published']);
  });

  test('a month that has not begun is refused', () => {
    const branch = scoredMarch();
    expect(branch.says('严书林', publish, { month: '2026-05' }).refusal).toBe('publish-too-early');
  });

  test('the picture carries no reason, cause or post detail', () => {
    const branch = scoredMarch();
    branch.says('严书林', publish, { month: MARCH });
    const done = branch.agrees('严书林', publish);
    const view = shaped<{ rows: object[] }>(done.replies[0]?.attachment?.view);
    for (const row of view.rows)
      expect(Object.keys(row).sort()).toEqual([
        'bonus',
        'deduction',
        'name',
        'obligation',
        'posts',
        'service',
        'total',
      ]);
  });

  test('is heard in plain speech from the secretary, and not when it is said not to be done', () => {
    const branch = scoredMarch();
    for (const text of ['把3月的公示发了吧', '发布 3月', '3月公示发出来'])
      expect(branch.reads('严书林', publish, text)?.slots).toMatchObject({ month: MARCH });
    for (const text of ['公示先别发', '公示怎么还没发', '公示我发了'])
      expect(branch.reads('严书林', publish, text, { addressed: false })).toBeNull();
    expect(branch.reads('韩石头', publish, '把3月的公示发了吧', { addressed: false })).toBeNull();
  });
});

describe('holding and withdrawing', () => {
  test('a hold needs a reason, asks back, and is lifted again', () => {
    const branch = scoredMarch();
    expect(branch.says('严书林', hold, { month: MARCH }).refusal).toBe('reason-needed');
    branch.says('严书林', hold, { month: MARCH, reason: '还要核对' });
    branch.agrees('严书林', hold);
    expect(branch.state.months[MARCH]?.held).toBe('还要核对');
    branch.says('严书林', release, {});
    expect(branch.state.months[MARCH]?.held).toBe('');
    expect(branch.says('严书林', release, {}).kinds).toEqual([]);
  });

  test('a withdrawn board loses its confirmations, keeps its version number, and the group hears no reason', () => {
    const branch = publishedMarch();
    branch.given(
      '2026-04-16T08:00:00',
      '鲁水根',
      body('confirmed', { month: MARCH, name: '鲁水根', version: 1, score: 98, how: 'reply', by: '鲁水根' }),
    );
    branch.says('贺有田', withdraw, { reason: '韩石头家的事' });
    const done = branch.agrees('贺有田', withdraw);
    expect(done.to('group')).toContain('第1版已撤回');
    expect(done.to('group')).not.toContain('韩石头');
    expect(branch.state.months[MARCH]?.confirmed).toEqual({});
    const again = branch.says('严书林', publish, { month: MARCH });
    expect(again.to('here')).toContain('v2：13人，上一版已撤回，都要重新确认，公示到');
    branch.agrees('严书林', publish);
    expect(standingBoard(branch.state.months[MARCH])?.version).toBe(2);
  });

  test('reasons are read from plain speech', () => {
    const branch = scoredMarch();
    expect(branch.reads('严书林', withdraw, '撤回公示 3月 岗位填错了')?.slots).toEqual({
      month: MARCH,
      reason: '岗位填错了',
    });
    expect(branch.reads('严书林', waive, '免评 3月 全村防汛')?.slots).toEqual({
      month: MARCH,
      reason: '全村防汛',
    });
  });
});

describe('the closing day', () => {
  test('the posting day is not counted', () => {
    expect(closingDay('2026-04-15', 7, policy)).toBe('2026-04-22');
  });
  test('under skip-holidays weekends and public holidays do not count, worked weekends do', () => {
    const skipping = withReadings(policy, { noticeDays: 'skip-holidays' });
    expect(closingDay('2026-04-15', 7, skipping)).toBe('2026-04-24');
    // 2024-04-28 was a Sunday worked for the May holidays of 1–5 May; 2024-05-11 a Saturday worked.
    expect(closingDay('2024-04-26', 7, skipping)).toBe('2024-05-09');
  });
});
