import { describe, expect, test } from '@jest/globals';
import { commands } from '../../commands/registry.ts';
import { phrases } from '../../commands/phrases.ts';
import { report } from '../../commands/report/report.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch } from './town.ts';

const help = commands.find((c) => c.name === 'help')!;
const about = (topic: string) => ({ topic });

describe('help', () => {
  test('begins with what waits, and has examples from the speaker’s own posts', () => {
    const branch = new Branch();
    branch.given(
      '2026-03-01T08:00:00',
      '严书林',
      body('meeting-planned', {
        date: '2026-03-15',
        at: '08:30',
        name: '主题党日',
        category: 'organisation',
      }),
    );
    branch.says('鲁水根', report, {
      post: 'security-patrol',
      members: ['鲁水根', '韩石头'],
      dates: ['2026-03-01'],
    });
    const said = branch.says('韩石头', help, about('commands'));
    expect(said.to('here')).toBe('已私下回复您。');
    const text = said.to('private');
    expect(text).toContain('#1 不是我');
    expect(text).toContain('我请假');
    expect(text).toContain('昨晚8点在一组巡逻');
    expect(text).toContain('大扫除');
    expect(text).not.toContain('您的职务还可以');
    expect(text).not.toContain('核实 全部');
  });

  test('leaves out what there is nothing for at the moment', () => {
    const branch = new Branch();
    const text = branch.says('韩石头', help, about('commands')).to('private');
    expect(text).toContain('“查分”');
    for (const idle of ['“确认”', '年度', '撤回异议', '不是我']) expect(text).not.toContain(idle);
  });

  test('names a secretary’s many commands by their words, and explains the one asked about', () => {
    const branch = new Branch();
    const all = branch.says('严书林', help, about('commands'), { place: 'private' }).to('here');
    expect(all).toMatch(/您的职务还可以：.*暂缓.*帮助 /s);
    expect(all).not.toContain('还有两人的分要核对');
    const one = branch.says('严书林', help, { topic: 'commands', about: '暂缓' }, { place: 'private' });
    expect(one.to('here')).toContain('“暂缓 3月 还有两人的分要核对”');
    const member = branch.says('韩石头', help, { topic: 'commands', about: '暂缓' }, { place: 'private' });
    expect(member.to('here')).not.toContain('还有两人的分要核对');
  });

  test('of the recorder and the secretary has their own work', () => {
    const branch = new Branch();
    branch.says('韩石头', report, { post: 'security-patrol', members: ['韩石头'], dates: ['2026-03-01'] });
    branch.given(
      '2026-03-02T08:00:00',
      '祝小梅',
      body('meeting-planned', { date: '2026-03-15', name: '主题党日', category: 'organisation' }),
      body('leave-requested', { date: '2026-03-15', meeting: '主题党日', name: '祝小梅', reason: 'sick' }),
    );
    expect(branch.says('苗春燕', help, about('commands'), { place: 'private' }).to('here')).toContain(
      '1条报告待核实',
    );
    const secretary = branch.says('严书林', help, about('commands'), { place: 'private' }).to('here');
    expect(secretary).toContain('请假待批：祝小梅（3月15日主题党日）');
    expect(secretary).not.toContain('病');
  });

  test.each([
    ['leave_rule', '扣2'],
    ['dues_rule', '不按时每月扣3'],
    ['rule', '满分100'],
    ['proof_alternative', '代报'],
    ['report', '已记 #编号'],
    ['claim', '最多2个岗'],
    ['confirm', '“收到”不算确认'],
    ['objection', '申诉'],
  ])('on %s answers with the policy’s numbers', (topic, words) => {
    expect(new Branch().says('韩石头', help, about(topic)).to('here')).toContain(words);
  });

  test('where nothing was understood says that nothing was written', () => {
    expect(new Branch().says('韩石头', help, about('unknown')).to('here')).toContain('没有记');
  });
});

describe('the registry', () => {
  test('names every command once, with words, summary and examples', () => {
    const names = commands.map((c) => c.name);
    expect(new Set(names).size).toBe(names.length);
    for (const c of commands)
      expect({ name: c.name, summary: c.summary !== '', where: c.where.length > 0 }).toEqual({
        name: c.name,
        summary: true,
        where: true,
      });
  });

  test('refusals are worded as sentences', () => {
    for (const [id, phrase] of Object.entries(phrases)) {
      const text = phrase({});
      expect({ id, ends: /[。？]$/.test(text) }).toEqual({ id, ends: true });
    }
  });
});
