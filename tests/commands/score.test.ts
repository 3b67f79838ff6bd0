import { describe, expect, test } from '@jest/globals';
import { applyBonus, declineBonus, grantBonus } from '../../commands/month/bonus.ts';
import type { Reading, ScoreOp } from '../../commands/reading.ts';
import { fillAsLastMonth, fillBySuggestion } from '../../commands/score/fill.ts';
import { score } from '../../commands/score/score.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { MARCH, choicesOf, publishedMarch, scoredMarch, shaped } from './a-month.ts';
import { Branch, policy } from './town.ts';

const op = (
  member: string,
  item: string,
  value: ScoreOp['value'],
  o: ScoreOp['op'] = 'set',
  more: object = {},
) => ({ member, item, op: o, value, ...more });
const slots = (...ops: object[]) => ({ month: MARCH, ops });
const at = { at: '2026-03-29T20:00:00', place: 'private' as const };
const meeting = (name: string, date: string, category: 'study' | 'organisation', marks: object) =>
  body('attendance-recorded', { date, meeting: name, category, rest: true, ...marks });

function marched(): Branch {
  const branch = new Branch();
  branch.given(
    '2026-03-20T20:00:00',
    '苗春燕',
    meeting('主题党日', '2026-03-15', 'organisation', { absent: ['鲁水根'], late: ['祝小梅'] }),
    meeting('党课', '2026-03-20', 'study', {}),
  );
  return branch;
}

const row = (branch: Branch, name: string, month = MARCH) => monthSheet(branch.state, policy, month)[name]!;

describe('post scores', () => {
  test('without a month are of the one that has just ended, while it still waits for them', () => {
    const april = { at: '2026-04-02T20:00:00', place: 'private' as const };
    const words = { month: '2026-04', unsaid: true, ops: [op('韩石头', 'security-patrol', [10, 10, 8])] };
    const collected = (): Branch => {
      const branch = marched();
      branch.given('2026-04-01T08:00:00', 'bot', body('month-collected', { month: MARCH }));
      return branch;
    };
    const branch = collected();
    expect(branch.says('苗春燕', score, words, april).data('post-scored')).toMatchObject([{ month: MARCH }]);
    // Said anew, it is put right there.
    const anew = { ...words, ops: [op('韩石头', 'security-patrol', [10, 10, 9])] };
    expect(branch.says('苗春燕', score, anew, april).data('post-scored')).toMatchObject([{ month: MARCH }]);
    const hangsOut = publishedMarch().says('苗春燕', score, words, april);
    expect(hangsOut.data('post-scored')).toMatchObject([{ month: '2026-04' }]);
    expect(
      marched()
        .says('苗春燕', score, words, { ...april, at: '2026-04-12T20:00:00' })
        .data('post-scored'),
    ).toMatchObject([{ month: '2026-04' }]);
    expect(
      collected()
        .says('苗春燕', score, { ...words, unsaid: false }, april)
        .data('post-scored'),
    ).toMatchObject([{ month: '2026-04' }]);
  });

  test('three parts, single and many in one message, with the sum said back', () => {
    const branch = marched();
    const said = branch.says(
      '苗春燕',
      score,
      slots(
        op('韩石头', 'security-patrol', [10, 10, 8]),
        op('祝小梅', 'sanitation', [10, 9, 10]),
        op('祝小梅', 'left-behind-care', [10, 10, 10]),
      ),
      at,
    );
    expect(said.kinds).toEqual(['post-scored', 'post-scored', 'post-scored']);
    expect(said.to('here')).toContain('韩石头 治安巡逻岗 10+10+8＝28');
    expect(row(branch, '祝小梅').service).toBe(59);
  });

  test('in the group only a word; the figures are private', () => {
    const said = marched().says('苗春燕', score, slots(op('韩石头', 'security-patrol', [10, 10, 8])), {
      ...at,
      place: 'group',
    });
    expect(said.to('here')).toBe('已记1条，明细已私下发给您。');
    expect(said.to('private')).toContain('＝28');
  });

  test('a part set later replaces only itself; the same again writes nothing', () => {
    const branch = marched();
    branch.says('苗春燕', score, slots(op('韩石头', 'security-patrol', [10, 10, 8])), at);
    branch.says('苗春燕', score, slots(op('韩石头', 'security-patrol.deed', 9)), at);
    expect(branch.state.months[MARCH]?.scores['韩石头']?.['security-patrol']).toMatchObject({
      commitment: 10,
      performance: 10,
      deed: 9,
    });
    expect(branch.says('苗春燕', score, slots(op('韩石头', 'security-patrol.deed', 9)), at).kinds).toEqual(
      [],
    );
  });

  test('a deduction takes from full marks and is not taken twice', () => {
    const branch = marched();
    branch.says('苗春燕', score, slots(op('韩石头', 'sanitation', [10, 10, 10])), at);
    branch.says('苗春燕', score, slots(op('韩石头', 'sanitation.performance', 5, 'deduct')), at);
    const parts = () => branch.state.months[MARCH]?.scores['韩石头']?.['sanitation'];
    expect(parts()?.performance).toBe(5);
    expect(
      branch.says('苗春燕', score, slots(op('韩石头', 'sanitation.performance', 5, 'deduct')), at).kinds,
    ).toEqual([]);
    expect(parts()?.performance).toBe(5);
  });

  test('a deduction from a figure that is neither full nor the same is asked about', () => {
    const branch = marched();
    branch.says('苗春燕', score, slots(op('韩石头', 'sanitation', [10, 8, 10])), at);
    const asked = branch.says(
      '苗春燕',
      score,
      slots(op('韩石头', 'sanitation.performance', 5, 'deduct')),
      at,
    );
    const choices = choicesOf(asked);
    expect(choices.map((c) => c.label)).toEqual(['5分（从满分扣）', '3分（从现在的分扣）']);
    branch.decides(score, choices[1]!.reading, branch.request('苗春燕', { ...at, confirmed: true }));
    expect(branch.state.months[MARCH]?.scores['韩石头']?.['sanitation']?.performance).toBe(3);
  });

  test('one part alone asks for the others with what the verified reports suggest', () => {
    const branch = marched();
    const report = (number: number, date: string) =>
      body('reported', { number, names: ['韩石头'], post: 'sanitation', date, by: '韩石头', deed: true });
    branch.given(
      '2026-03-25T08:00:00',
      '韩石头',
      report(1, '2026-03-24'),
      body('report-verified', { number: 1 }),
    );
    const asked = branch.says(
      '苗春燕',
      score,
      slots(op('韩石头', 'sanitation.performance', 5, 'deduct')),
      at,
    );
    expect(asked.kinds).toEqual(['question-asked']);
    expect(asked.to('here')).toContain('10+5+10＝25');
    expect(branch.agrees('苗春燕', score, at).data('post-scored')[0]).toMatchObject({
      commitment: 10,
      performance: 5,
      deed: 10,
    });
  });

  test('a total is kept as one, and parts that come to it say more than it', () => {
    const branch = marched();
    const said = branch.says('苗春燕', score, slots(op('韩石头', 'security-patrol', 28, 'set_total')), at);
    expect(said.data('post-scored')[0]).toEqual({
      name: '韩石头',
      month: MARCH,
      post: 'security-patrol',
      total: 28,
    });
    expect(said.to('here')).toContain('请补三项');
    branch.says('苗春燕', score, slots(op('韩石头', 'security-patrol', [10, 9, 9])), at);
    expect(
      branch.says('苗春燕', score, slots(op('韩石头', 'security-patrol', 28, 'set_total')), at).kinds,
    ).toEqual([]);
  });

  test('what does not fit is left out and said, the rest is recorded', () => {
    const said = marched().says(
      '苗春燕',
      score,
      slots(
        op('韩石头', 'security-patrol', [10, 12, 8]),
        op('韩石头', 'mediation', [10, 10, 10]),
        op('韩石头', 'sanitation', [10, 10, 10]),
      ),
      at,
    );
    expect(said.kinds).toEqual(['post-scored']);
    expect(said.to('here')).toContain('最多10分');
    expect(said.to('here')).toContain('没有认领信访矛盾化解岗');
  });
});

describe('the four items', () => {
  test('a typed deduction for an absence already recorded adds nothing and says so', () => {
    const branch = marched();
    const said = branch.says('苗春燕', score, slots(op('鲁水根', 'organisation', 5, 'deduct')), {
      ...at,
      text: '鲁水根 15号主题党日无故缺席 扣5分',
    });
    expect(said.kinds).toEqual([]);
    expect(said.to('here')).toContain('3月15日主题党日 缺席');
    expect(said.to('here')).toContain('没有重复扣');
    expect(row(branch, '鲁水根')['organisation']).toBe(5);
  });

  test('for an absence not recorded yet it becomes attendance, so that it can never be taken twice', () => {
    const branch = marched();
    const text = '韩石头 15号主题党日无故缺席 扣5分';
    const said = branch.says('苗春燕', score, slots(op('韩石头', 'organisation', 5, 'deduct')), {
      ...at,
      text,
    });
    expect(said.data('attendance-recorded')[0]).toMatchObject({ date: '2026-03-15', absent: ['韩石头'] });
    expect(
      branch.says('苗春燕', score, slots(op('韩石头', 'organisation', 5, 'deduct')), { ...at, text }).kinds,
    ).toEqual([]);
    expect(row(branch, '韩石头')['organisation']).toBe(5);
  });

  test('with several meetings it asks which one, and days said of somebody else do not count', () => {
    const branch = marched();
    branch.given('2026-03-22T21:00:00', '苗春燕', meeting('组织生活会', '2026-03-22', 'organisation', {}));
    const text = '柏青松 党费3.15交的；韩石头 生活8（迟到）';
    const asked = branch.says('苗春燕', score, slots(op('韩石头', 'organisation', 8)), { ...at, text });
    const choices = choicesOf(asked);
    expect(choices.map((c) => c.label)).toEqual(['3月15日主题党日迟到', '3月22日组织生活会迟到']);
    expect(choices[1]?.reading).toMatchObject({
      command: 'attendance',
      slots: { date: '2026-03-22', phase: 'record', entries: { late: ['韩石头'] } },
    });
  });

  test('a deduction 附件1 does not know is a draft that waits for the committee, and is not doubled', () => {
    const branch = marched();
    const deduct = slots(op('韩石头', 'study', 2, 'deduct', { reason: '笔记' }));
    const said = branch.says('苗春燕', score, deduct, { ...at, text: '韩石头学习笔记没做，学习教育扣2分' });
    expect(said.data('item-adjusted')).toEqual([
      { name: '韩石头', month: MARCH, item: 'study', op: 'deduct', points: 2, reason: '笔记' },
    ]);
    expect(said.to('here')).toContain('支委会会议记录');
    expect(branch.says('苗春燕', score, deduct, { ...at, text: '韩石头笔记扣2分' }).kinds).toEqual([]);
  });

  test('late dues by their points, for several months', () => {
    const branch = marched();
    const said = branch.says(
      '苗春燕',
      score,
      { month: '2026-01,2026-02', ops: [op('鲁水根', 'dues', 3, 'deduct', { per_month: true })] },
      { ...at, text: '鲁水根1、2月党费没按时交，各扣3分' },
    );
    expect(said.data('dues-recorded')).toEqual([
      { name: '鲁水根', month: '2026-01', status: 'late' },
      { name: '鲁水根', month: '2026-02', status: 'late' },
    ]);
    expect(row(branch, '鲁水根', '2026-01')['dues']).toBe(7);
  });

  test('an obligation total equal to the computed one is confirmed; another asks and writes nothing', () => {
    const branch = marched();
    expect(
      branch.says('苗春燕', score, slots(op('韩石头', 'obligation', 40, 'set_total')), at).to('here'),
    ).toContain('与记录一致');
    const other = branch.says('苗春燕', score, slots(op('祝小梅', 'obligation', 40, 'set_total')), at);
    expect(other.kinds).toEqual([]);
    expect(other.to('here')).toContain('按记录是38分');
    expect(other.to('here')).toContain('迟到 −2');
  });

  test('everybody present at ten lists the exceptions and writes nothing', () => {
    const said = marched().says('苗春燕', score, slots(op('*present', 'organisation', 10)), at);
    expect(said.kinds).toEqual([]);
    expect(said.to('here')).toContain('11人组织生活 10分');
    expect(said.to('here')).toContain(
      '除外：鲁水根5分（3月15日主题党日 缺席 −5）、祝小梅8分（3月15日主题党日 迟到 −2）',
    );
  });

  test('conduct is never deducted without a minute and a second person', () => {
    const said = marched().says('苗春燕', score, slots(op('韩石头', 'conduct', 10, 'deduct')), at);
    expect(said.kinds).toEqual([]);
    expect(said.to('here')).toContain('会议记录');
  });

  test('with a minute the figure is the committee’s', () => {
    const branch = marched();
    const said = branch.says(
      '严书林',
      score,
      { ...slots(op('祝小梅', 'organisation', 9)), minute: '2026-03-28' },
      at,
    );
    expect(said.data('final-set')).toEqual([
      { name: '祝小梅', month: MARCH, item: 'organisation', points: 9, minute: '2026-03-28' },
    ]);
    expect(row(branch, '祝小梅')['organisation']).toBe(9);
  });
});

describe('who may score', () => {
  test('the recorder never scores self: handed to the secretary, the others are recorded', () => {
    const branch = marched();
    const said = branch.says(
      '苗春燕',
      score,
      slots(
        op('苗春燕', 'policy-publicity', 28, 'set_total'),
        op('韩石头', 'security-patrol', 28, 'set_total'),
      ),
      { ...at, text: '我宣传岗28，石头巡逻28' },
    );
    expect(said.data('post-scored').map((d) => d['name'])).toEqual(['韩石头']);
    expect(said.to('here')).toContain('您本人的分由书记或副书记记，已转告严书林');
    expect(said.to('@严书林')).toContain('苗春燕');
    expect(
      branch.says('严书林', score, slots(op('苗春燕', 'policy-publicity', 28, 'set_total')), at).kinds,
    ).toEqual(['post-scored']);
  });

  test('neither secretary nor deputy scores self', () => {
    const branch = marched();
    const secretary = branch.says('严书林', score, slots(op('严书林', 'mediation', 30, 'set_total')), at);
    expect(secretary.kinds).toEqual([]);
    expect(secretary.to('@贺有田')).toContain('严书林本人的分');
    expect(
      branch.says('贺有田', score, slots(op('贺有田', 'mediation', 30, 'set_total')), at).to('@严书林'),
    ).toContain('贺有田本人的分');
  });

  test('a member’s plea is refused and offered as an application', () => {
    const branch = marched();
    const said = branch.says('韩石头', score, slots(op('韩石头', 'bonus', 2, 'add')), {
      ...at,
      text: '给我加2分，我上了县报',
    });
    expect(said.kinds).toEqual(['question-asked']);
    const reading = shaped<{ reading: Reading }>(said.data('question-asked')[0]?.['confirm']).reading;
    expect(reading.command).toBe('bonus-apply');
    const applied = branch.decides(applyBonus, reading, branch.request('韩石头', { ...at, confirmed: true }));
    expect(applied.data('bonus-applied')[0]).toMatchObject({
      number: 1,
      name: '韩石头',
      words: '给我加2分，我上了县报',
    });
    expect(
      branch.says('韩石头', score, slots(op('鲁水根', 'security-patrol', 5, 'set_total')), at).refusal,
    ).toBe('score-not-yours');
  });
});

describe('bonuses', () => {
  const minute = { minute: '2026-03-28' };
  const bonus = (member: string, item: string, value: number) => op(member, item, value, 'add');

  test('with a minute are granted and said with what the year credits', () => {
    const branch = marched();
    const said = branch.says(
      '严书林',
      score,
      { ...slots(bonus('韩石头', 'bonus.economy', 2), bonus('鲁水根', 'bonus.award.county', 2)), ...minute },
      at,
    );
    expect(said.data('bonus-granted')).toHaveLength(2);
    expect(said.to('here')).toContain('韩石头 经济发展 +2（2026年累计计入2分');
    expect(said.to('@鲁水根')).toContain('县级表彰 +2');
    expect(row(branch, '鲁水根').bonus).toBe(2);
  });

  test('what goes over the year’s ten is granted and not credited, side by side', () => {
    const branch = marched();
    const award = (level: 'central', n: number) =>
      body('bonus-granted', {
        name: '韩石头',
        date: '2026-02-01',
        item: 'award',
        level,
        achievement: `a${n}`,
        minute: '2026-02-02',
      });
    branch.given('2026-02-03T08:00:00', '严书林', award('central', 1), award('central', 2));
    const said = branch.says(
      '严书林',
      score,
      { ...slots(bonus('韩石头', 'bonus.award.city', 3)), ...minute },
      at,
    );
    expect(said.to('here')).toContain('市级表彰 +3，按规定计入2分（2026年累计计入10分');
  });

  test('without a minute they are refused; the same again is not granted twice; wrong points are said', () => {
    const branch = marched();
    const once = { ...slots(bonus('韩石头', 'bonus.economy', 2)), ...minute };
    expect(branch.says('严书林', score, slots(bonus('韩石头', 'bonus.economy', 2)), at).refusal).toBe(
      'minute-needed',
    );
    branch.says('严书林', score, once, at);
    expect(branch.says('严书林', score, once, at).kinds).toEqual([]);
    const wrong = branch.says(
      '严书林',
      score,
      { ...slots(bonus('鲁水根', 'bonus.award.county', 3)), ...minute },
      at,
    );
    expect(wrong.to('here')).toContain('县级表彰是2分');
  });

  test('支委会研究过 without a day takes the meeting just held, or asks', () => {
    const branch = marched();
    const yes = { ...slots(bonus('韩石头', 'bonus.economy', 2)), minute: 'yes' };
    expect(branch.says('严书林', score, yes, at).kinds).toEqual(['question-asked']);
    branch.given(
      '2026-03-28T20:00:00',
      '严书林',
      body('minute-taken', { date: '2026-03-28', body: '支委会', present: ['严书林'] }),
    );
    expect(branch.says('严书林', score, yes, at).data('bonus-granted')[0]).toMatchObject({
      minute: '2026-03-28',
    });
  });

  test('one’s own bonus is left to the other', () => {
    const said = marched().says(
      '严书林',
      score,
      { ...slots(bonus('严书林', 'bonus.economy', 2)), ...minute },
      at,
    );
    expect(said.kinds).toEqual([]);
    expect(said.to('here')).toContain('您本人的加分');
  });

  test('an application is granted with its minute, or declined with a reason', () => {
    const branch = marched();
    branch.tells('韩石头', applyBonus, '申请加分 获县级优秀志愿者表彰', at);
    branch.tells('鲁水根', applyBonus, '申请加分 捐款修桥', at);
    const granted = branch.tells('严书林', grantBonus, '同意加分 1 支委会3月28日', at);
    expect(granted?.data('bonus-granted')[0]).toMatchObject({
      name: '韩石头',
      item: 'award',
      level: 'county',
      application: 1,
      minute: '2026-03-28',
    });
    expect(branch.state.applications[1]?.state).toBe('granted');
    const declined = branch.tells('严书林', declineBonus, '不同意加分 2 没有收据', at);
    expect(declined?.to('@鲁水根')).toContain('没有收据');
    expect(branch.tells('严书林', grantBonus, '同意加分 2 支委会3月28日', at)?.refusal).toBe('bonus-settled');
  });
});

describe('filling in what nobody scored yet', () => {
  const report = (number: number, post: string) =>
    body('reported', {
      number,
      names: ['韩石头'],
      post,
      date: '2026-03-10',
      by: '韩石头',
      deed: number === 1,
    });

  test('by the verified record: previewed in private, self and what has no record left out, nothing overwritten', () => {
    const branch = marched();
    branch.given(
      '2026-03-25T08:00:00',
      '韩石头',
      report(1, 'security-patrol'),
      body('report-verified', { number: 1 }),
      body('post-scored', { name: '韩石头', month: MARCH, post: 'sanitation', total: 25 }),
    );
    const asked = branch.tells('苗春燕', fillBySuggestion, '按记录打分 3月', at);
    expect(asked?.kinds).toEqual(['question-asked']);
    expect(asked?.to('here')).toContain('韩石头 治安巡逻岗 10+5+10＝25');
    expect(asked?.to('here')).toMatch(/单独打分的：.*苗春燕政策宣传岗/);
    const done = branch.agrees('苗春燕', fillBySuggestion, at);
    expect(done.data('post-scored').map((d) => d['name'])).not.toContain('苗春燕');
    const scores = branch.state.months[MARCH]?.scores['韩石头'];
    expect(scores?.['security-patrol']).toMatchObject({ commitment: 10, performance: 5, deed: 10 });
    expect(scores?.['sanitation']?.total).toBe(25);
  });

  test('a list too long for one message comes in parts, the question last', () => {
    const branch = marched();
    const bodies = Array.from({ length: 60 }, (_, i) => {
      const name = `党员${String(i).padStart(3, '0')}`;
      const patrol = {
        number: 100 + i,
        names: [name],
        post: 'security-patrol',
        date: '2026-03-10',
        by: name,
      };
      return [
        body('member-added', { name, status: 'full' }),
        body('posts-assigned', { name, posts: ['security-patrol'], from: MARCH }),
        body('reported', patrol),
        body('report-verified', { number: 100 + i }),
      ];
    }).flat();
    branch.given('2026-03-28T08:00:00', '苗春燕', ...bodies);
    const asked = branch.tells('苗春燕', fillBySuggestion, '按记录打分 3月', at)!;
    expect(asked.replies.length).toBeGreaterThan(1);
    for (const reply of asked.replies) expect(Buffer.byteLength(reply.text)).toBeLessThanOrEqual(2000);
    expect(asked.replies.at(-1)?.text).toContain('回复“记上”');
  });

  test('as last month: only full scores are taken over, for the month before this one by default', () => {
    const branch = marched();
    branch.given(
      '2026-03-05T08:00:00',
      '苗春燕',
      body('post-scored', {
        name: '韩石头',
        month: '2026-02',
        post: 'security-patrol',
        commitment: 10,
        performance: 8,
        deed: 9,
      }),
      body('post-scored', { name: '韩石头', month: '2026-02', post: 'sanitation', total: 25 }),
    );
    branch.at = '2026-04-02T09:00:00';
    expect(branch.reads('苗春燕', fillAsLastMonth, '照上月打分')?.slots).toEqual({});
    branch.tells('苗春燕', fillAsLastMonth, '照上月打分', { place: 'private' });
    const done = branch.agrees('苗春燕', fillAsLastMonth);
    expect(done.data('post-scored')).toEqual([
      { name: '韩石头', month: MARCH, post: 'security-patrol', commitment: 10, performance: 8, deed: 9 },
    ]);
  });

  test('as last month, once that has its scores but not its receipt: the month that runs', () => {
    const branch = scoredMarch();
    branch.at = '2026-04-28T09:00:00';
    const said = branch.tells('苗春燕', fillAsLastMonth, '照上月打分', { place: 'private' });
    expect(said?.to('here')).toMatch(/^将照上月给4月还没有评的/);
  });
});

describe('a month already published', () => {
  test('is corrected after a preview, with before and after, and the secretary is asked for the new version', () => {
    const branch = publishedMarch();
    const later = { at: '2026-04-16T10:00:00', place: 'private' as const };
    const asked = branch.says('苗春燕', score, slots(op('韩石头', 'sanitation', [10, 5, 10])), later);
    expect(asked.kinds).toEqual(['question-asked']);
    expect(asked.to('here')).toContain('40+58＝98 → 40+54＝94');
    const done = branch.agrees('苗春燕', score, { at: '2026-04-16T10:05:00' });
    expect(done.kinds).toEqual(['post-scored', 'corrected']);
    expect(done.data('corrected')[0]).toMatchObject({
      name: '韩石头',
      before: '40+58＝98',
      after: '40+54＝94',
    });
    expect(done.to('role:secretary')).toContain('发布 3月');
  });

  test('a change that leaves the row alone needs no correction', () => {
    const branch = publishedMarch();
    const said = branch.says('苗春燕', score, slots(op('韩石头', 'sanitation', [9, 10, 10])), {
      at: '2026-04-16T10:00:00',
      place: 'private',
    });
    expect(said.kinds).toEqual(['post-scored']);
  });
});
