import { describe, expect, test } from '@jest/globals';
import { confirm } from '../../commands/confirm/confirm.ts';
import { paper } from '../../commands/confirm/paper.ts';
import { publish } from '../../commands/month/publish.ts';
import { unconfirmed, remind } from '../../commands/month/unconfirmed.ts';
import { object } from '../../commands/object/object.ts';
import { body } from '../../ledger/kinds.ts';
import { MARCH, publishedMarch, shaped } from './a-month.ts';
import { Branch } from './town.ts';

const mine = (name: string, more: object = {}) => ({ member: name, month: MARCH, ...more });

describe('confirming a board', () => {
  test('binds member, version and score, and gathers in the group', () => {
    const branch = publishedMarch();
    const said = branch.says('韩石头', confirm, mine('韩石头'), { text: '确认' });
    expect(said.data('confirmed')).toEqual([
      { month: MARCH, name: '韩石头', version: 1, score: 98, how: 'reply', by: '韩石头' },
    ]);
    expect(said.replies).toHaveLength(1);
    expect(said.replies[0]?.gather).toMatchObject({ items: ['韩石头'], head: '已确认：', tail: '（1/13）' });
    const next = branch.says('鲁水根', confirm, mine('鲁水根'));
    expect(next.replies[0]?.gather?.tail).toBe('（2/13）');
    expect(next.replies[0]?.gather?.key).toBe(said.replies[0]?.gather?.key);
  });

  test('repeated changes nothing, and is silent where it was not said to the bot', () => {
    const branch = publishedMarch();
    branch.says('韩石头', confirm, mine('韩石头'));
    const again = branch.says('韩石头', confirm, mine('韩石头'), { addressed: false });
    expect(again.kinds).toEqual([]);
    expect(again.replies).toEqual([]);
    expect(branch.says('韩石头', confirm, mine('韩石头')).to('here')).toContain('已经确认过');
  });

  test('a score said must be the board’s; which it is, is said in private, and 确认 then confirms that', () => {
    const branch = publishedMarch();
    const other = branch.says('韩石头', confirm, mine('韩石头', { claimed: 96 }));
    expect(other.kinds).toEqual(['question-asked']);
    expect(other.to('private')).toContain('98分');
    expect(other.to('here')).not.toContain('98');
    const then = branch.agrees('韩石头', confirm);
    expect(then.data('confirmed')[0]).toMatchObject({ name: '韩石头', score: 98 });
    expect(branch.says('鲁水根', confirm, mine('鲁水根', { claimed: 98 })).kinds).toEqual(['confirmed']);
  });

  test('for somebody else it is a proxy, says so, and the other is told', () => {
    const branch = publishedMarch();
    const said = branch.says('祝小梅', confirm, mine('韩石头', { proxy: '祝小梅' }));
    expect(said.data('confirmed')[0]).toMatchObject({ name: '韩石头', how: 'proxy', by: '祝小梅' });
    expect(said.to('here')).toContain('韩石头（祝小梅代）');
    expect(said.to('@韩石头')).toContain('祝小梅替您确认');
    expect(branch.says('祝小梅', confirm, mine('岳大娘', { proxy: '祝小梅' })).to('@岳大娘')).toBe('');
  });

  test('signatures on paper are recorded by secretary or deputy', () => {
    const branch = publishedMarch();
    const said = branch.tells('严书林', paper, '纸质确认 岳大娘、鲁水根', { place: 'private' });
    expect(said?.data('confirmed').map((c) => [c['name'], c['how'], c['by']])).toEqual([
      ['鲁水根', 'paper', '严书林'],
      ['岳大娘', 'paper', '严书林'],
    ]);
    expect(branch.reads('严书林', paper, '岳大娘在表上签了字')?.slots).toMatchObject({ members: ['岳大娘'] });
  });

  test('without a board, without a row and after filing it is refused', () => {
    expect(new Branch().says('韩石头', confirm, { member: '韩石头' }).refusal).toBe('confirm-nothing-open');
    const branch = publishedMarch();
    expect(branch.says('龚老根', confirm, mine('龚老根')).refusal).toBe('confirm-no-row');
    branch.given(
      '2026-04-23T08:00:00',
      'bot',
      body('month-closed', { month: MARCH }),
      body('month-filed', { month: MARCH, fingerprint: 'f' }),
    );
    expect(branch.says('韩石头', confirm, mine('韩石头')).refusal).toBe('confirm-filed');
  });

  test('with an objection of one’s own open, confirming asks whether to take it back', () => {
    const branch = publishedMarch();
    branch.says('韩石头', object, mine('韩石头', { item: 'study' }), { text: '我到了的' });
    const asked = branch.says('韩石头', confirm, mine('韩石头'));
    expect(asked.kinds).toEqual(['question-asked']);
    const then = branch.agrees('韩石头', confirm);
    expect(then.kinds).toEqual(['objection-withdrawn', 'confirmed']);
    expect(branch.state.tickets[1]?.state).toBe('withdrawn');
  });

  test('收到确认 beside another call is asked about, and yes confirms', () => {
    const branch = publishedMarch();
    const question = { text: '您是确认3月积分公示吗？', missing: ['what'] };
    const reading = {
      act: 'ask' as const,
      intent: 'confirm' as const,
      command: 'confirm',
      slots: {},
      question,
    };
    const asked = branch.decides(confirm, reading, branch.request('韩石头'));
    expect(asked.kinds).toEqual(['question-asked']);
    expect(branch.agrees('韩石头', confirm).data('confirmed')[0]).toMatchObject({
      name: '韩石头',
      version: 1,
    });
  });
});

describe('who has not answered', () => {
  test('is told to the secretary in private, with whom to phone', () => {
    const branch = publishedMarch();
    branch.says('韩石头', confirm, mine('韩石头'));
    const said = branch.says('严书林', unconfirmed, {});
    expect(said.to('here')).toBe('已私下回复您。');
    expect(said.to('private')).toContain('已确认1/13');
    expect(said.to('private')).toContain('鲁水根');
    expect(said.to('private')).not.toContain('韩石头');
    expect(said.to('private')).toContain('打电话或上门的：岳大娘');
  });

  test('reminders go to each at most twice, never to who confirmed, objects or has no account', () => {
    const branch = publishedMarch();
    branch.says('韩石头', confirm, mine('韩石头'));
    branch.says('祝小梅', object, mine('祝小梅', { item: 'study' }), { text: '不对' });
    const first = branch.says('严书林', remind, {}, { place: 'private' });
    const names = first.data('reminded').flatMap((r) => shaped<string[]>(r['names']));
    expect(names).toHaveLength(10);
    for (const name of ['韩石头', '祝小梅', '岳大娘']) expect(names).not.toContain(name);
    expect(first.to('@鲁水根')).toContain('98分');
    expect(branch.says('严书林', remind, {}).data('reminded')).toHaveLength(1);
    const third = branch.says('严书林', remind, {});
    expect(third.kinds).toEqual([]);
    expect(third.to('@鲁水根')).toBe('');
    // A new version asks again only those whose row is a new one.
    branch.given(
      '2026-04-18T08:00:00',
      '苗春燕',
      body('dues-recorded', { name: '鲁水根', month: MARCH, status: 'late' }),
    );
    branch.says('严书林', publish, { month: MARCH }, { place: 'private' });
    branch.agrees('严书林', publish);
    const again = branch.says('严书林', remind, {});
    expect(again.data('reminded').flatMap((r) => shaped<string[]>(r['names']))).toEqual(['鲁水根']);
  });
});
