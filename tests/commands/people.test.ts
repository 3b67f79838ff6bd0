import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../commands/command.ts';
import { appoint } from '../../commands/people/appointment.ts';
import { applyExemption, approveExemption, endExemption } from '../../commands/people/exemption.ts';
import { becomeFull } from '../../commands/people/full.ts';
import { handover } from '../../commands/people/handover.ts';
import { history } from '../../commands/people/history.ts';
import { firstFullMonth, join } from '../../commands/people/joining.ts';
import { leaveBranch } from '../../commands/people/leaving.ts';
import { inScope } from '../../ledger/case.ts';
import { body } from '../../ledger/kinds.ts';
import { rolesOn } from '../../ledger/roles.ts';
import { Branch } from './town.ts';

const SECRETARY = '严书林';

describe('不纳入积分管理', () => {
  test('the cause is kept as a category whatever was said, and asked for where it was not said', () => {
    const words: Readonly<Record<string, string>> = {
      '申请不纳入 岳大娘 八十多岁了，年纪大': 'elderly',
      '申请不纳入 岳大娘 常年透析': 'long-illness',
      '申请不纳入 岳大娘 腿脚不方便': 'limited-mobility',
      '申请不纳入 岳大娘 生活不能自理': 'no-self-care',
    };
    for (const [text, category] of Object.entries(words)) {
      const branch = new Branch();
      const said = branch.tells('祝小梅', applyExemption, text, { place: 'private' });
      expect(said?.data('exemption-applied')).toEqual([{ name: '岳大娘', category, by: '祝小梅' }]);
      expect(JSON.stringify(said?.outcome)).not.toMatch(/透析|八十/);
    }
    const branch = new Branch();
    const asked = branch.tells('岳大娘', applyExemption, '申请不纳入', { place: 'private' });
    expect(asked?.kinds).toEqual(['question-asked']);
    branch.chooses('岳大娘', applyExemption, 1, { place: 'private' });
    expect(branch.state.people['岳大娘']?.exemption).toMatchObject({
      state: 'applied',
      category: 'no-self-care',
    });
  });

  test('takes effect in the month after filing, never before, and ends with the next whole month', () => {
    const branch = new Branch();
    branch.tells('岳大娘', applyExemption, '申请不纳入 年老体弱', { place: 'private' });
    expect(branch.tells('岳大娘', applyExemption, '申请不纳入 年老体弱', { place: 'private' })?.refusal).toBe(
      'exempt-already',
    );
    branch.tells(SECRETARY, approveExemption, '同意不纳入 岳大娘 支委会3月1日', { place: 'private' });
    branch.given(
      '2026-03-20T09:00:00',
      '镇',
      body('exemption-filed', { name: '岳大娘', date: '2026-03-20' }),
    );
    const p = (): NonNullable<(typeof branch.state.people)[string]> => branch.state.people['岳大娘']!;
    expect([inScope(p(), '2026-03'), inScope(p(), '2026-04')]).toEqual([true, false]);
    branch.tells(SECRETARY, endExemption, '恢复积分 岳大娘 5月10日', {
      place: 'private',
      at: '2026-05-12T09:00:00',
    });
    branch.agrees(SECRETARY, endExemption);
    expect([inScope(p(), '2026-05'), inScope(p(), '2026-06')]).toEqual([false, true]);
  });

  test('nobody approves one’s own', () => {
    const branch = new Branch();
    branch.tells(SECRETARY, applyExemption, '申请不纳入 行动不便', { place: 'private' });
    expect(
      branch.tells(SECRETARY, approveExemption, '同意不纳入 严书林 支委会3月1日', { place: 'private' })
        ?.refusal,
    ).toBe('exempt-own');
  });
});

describe('who belongs', () => {
  test('joining counts from the first full month', () => {
    expect(firstFullMonth('2026-03-01')).toBe('2026-03');
    expect(firstFullMonth('2026-03-02')).toBe('2026-04');
    const branch = new Branch();
    branch.tells(SECRETARY, join, '新增党员 米小满、宁小荷 3月2日 预备 四组', { place: 'private' });
    branch.agrees(SECRETARY, join);
    expect(branch.state.people['宁小荷']).toMatchObject({
      status: 'probationary',
      group: '四组',
      joined: '2026-03-02',
    });
    expect(branch.tells(SECRETARY, join, '新增党员 韩石头 3月2日', { place: 'private' })?.refusal).toBe(
      'person-known',
    );
  });

  test('leaving ends offices and the account, and asks first', () => {
    const branch = new Branch();
    const shown = branch.tells(SECRETARY, leaveBranch, '转出 苗春燕 3月1日', { place: 'private' });
    expect(shown?.to('here')).toContain('积分记录员'.slice(2));
    expect(branch.state.people['苗春燕']?.left).toBeNull();
    branch.agrees(SECRETARY, leaveBranch);
    expect(rolesOn(branch.state, '苗春燕', '2026-03-02')).toEqual(['member']);
    expect(Object.values(branch.state.accounts)).not.toContain('苗春燕');
  });

  test('only a probationary member becomes a full one, and not in the future', () => {
    const branch = new Branch();
    expect(branch.tells(SECRETARY, becomeFull, '转正 韩石头 3月1日', { place: 'private' })?.refusal).toBe(
      'full-already',
    );
    branch.tells(SECRETARY, becomeFull, '转正 尤新苗 3月1日', { place: 'private' });
    branch.agrees(SECRETARY, becomeFull);
    expect(branch.state.people['尤新苗']).toMatchObject({ status: 'full', fullSince: '2026-03-01' });
  });

  test('last month’s recorder stays last month’s', () => {
    const branch = new Branch();
    branch.tells(SECRETARY, appoint, '任命 韩石头 记录员 3月10日起', {
      place: 'private',
      at: '2026-03-05T09:00:00',
    });
    branch.agrees(SECRETARY, appoint);
    const recorders = (day: string): string[] =>
      Object.keys(branch.state.people).filter((n) => rolesOn(branch.state, n, day).includes('recorder'));
    expect([recorders('2026-03-09'), recorders('2026-03-10')]).toEqual([['苗春燕'], ['韩石头']]);
    expect(branch.tells(SECRETARY, appoint, '任命 韩石头 副书记', { place: 'private' })?.refusal).toBe(
      'appoint-not-yours',
    );
  });

  test('the handover sheet names what is open', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-03T20:00:00',
      '韩石头',
      body('reported', {
        number: 1,
        names: ['韩石头'],
        post: 'security-patrol',
        date: '2026-03-03',
        by: '韩石头',
      }),
      body('objected', { number: 1, by: '祝小梅', about: '祝小梅', month: null, version: null, item: null }),
      body('dues-claimed', { name: '鲁水根', months: ['2026-03'], by: '鲁水根' }),
    );
    const text = branch.says(SECRETARY, handover, {}, { place: 'private' }).to('here');
    expect(text).toContain('待核实报告1条：#1');
    expect(text).toContain('未办结异议：1号');
    expect(text).toContain('鲁水根');
    expect(branch.says('苗春燕', handover, {}, { place: 'private' }).to('here')).not.toContain('异议');
  });

  test('one’s grades are one’s own business and the secretary’s, whose look is logged', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-02T09:00:00',
      SECRETARY,
      body('history-recorded', { name: '韩石头', year: 2025, outcome: '合格' }),
    );
    expect(branch.tells('韩石头', history, '历年等次')?.to('private')).toContain('2025年：合格');
    expect(branch.tells('鲁水根', history, '历年等次 韩石头')?.refusal).toBe('query-others');
    expect(branch.tells(SECRETARY, history, '历年等次 韩石头', { place: 'private' })?.kinds).toEqual([
      'access-logged',
    ]);
  });
});

test('words overheard that only begin like an instruction are talk', () => {
  const talk: readonly (readonly [Command, string])[] = [
    [join, '新党员 欢迎大家'],
    [leaveBranch, '转出 一千块给你了'],
    [becomeFull, '转正 手续真麻烦'],
    [appoint, '任命 书上写的'],
    [endExemption, '恢复积分 怎么弄'],
    [handover, '交接 工作明天再说'],
  ];
  const branch = new Branch();
  const heard = talk.filter(
    ([command, text]) => branch.reads(SECRETARY, command, text, { addressed: false }) !== null,
  );
  expect(heard.map(([, text]) => text)).toEqual([]);
});
