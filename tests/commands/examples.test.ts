import { expect, test } from '@jest/globals';
import type { Command } from '../../commands/command.ts';
import { createReader } from '../../commands/read.ts';
import type { ReadingContext, RosterMember } from '../../commands/reading.ts';
import { commands } from '../../commands/registry.ts';
import { body } from '../../ledger/kinds.ts';
import { Branch } from './town.ts';

const reader = createReader(commands);
const AT = '2026-03-15T08:25:00';

/** The fictional branch on the morning of a meeting, with the two people whom examples speak of. */
function context(): ReadingContext {
  const branch = new Branch();
  branch.given(
    AT,
    '严书林',
    body('meeting-planned', { date: '2026-03-15', at: '08:30', name: '主题党日', category: 'organisation' }),
  );
  const base = branch.context([{ kind: 'sign-in', date: '2026-03-15', meeting: '主题党日' }]);
  const named = ['张三', '李四'].map(
    (name): RosterMember => ({
      name,
      role: 'member',
      status: 'full',
      group: '五组',
      posts: ['security-patrol', 'culture-sports'],
      aliases: [],
    }),
  );
  return { ...base, members: [...base.members, ...named] };
}

const known = context();

/** Which commands an example may be taken for, whoever of those allowed says it. */
function takenBy(command: Command, text: string): string[] {
  const roles = command.who === 'anyone' ? (['member', 'recorder', 'secretary'] as const) : command.who;
  const room = command.where.includes('group') ? 'group' : (command.where[0] ?? 'private');
  return roles.map((role) => {
    const sender = known.members.find((m) => m.role === role)?.name ?? '严书林';
    return reader({ text, sender, role, at: AT, room, addressed: true }, known).command;
  });
}

test('every example of every command works as it stands', () => {
  const wrong = commands.flatMap((command) =>
    command.examples
      .filter((text) => !takenBy(command, text).includes(command.name))
      .map((text) => `${command.name}: ${text} → ${takenBy(command, text)[0]}`),
  );
  expect(wrong).toEqual([]);
});

test('talk that only sounds like an instruction is nobody’s', () => {
  const talk: readonly (readonly [role: 'member' | 'recorder' | 'secretary', text: string])[] = [
    ['recorder', '12号没问题，哪天开会都行'],
    ['recorder', '5号可以'],
    ['recorder', '核实，我再核实一下'],
    ['recorder', '3号线通过了验收'],
    ['secretary', '开会，大家快点'],
    ['secretary', '取消，不去了'],
    ['secretary', '提醒：明天要开会'],
    ['secretary', '设置 路障的事谁去办'],
    ['secretary', '同意，就这么办'],
    ['secretary', '批准了就好'],
    ['member', '不是我'],
    ['member', '绑定 银行卡要带身份证'],
    ['member', '看 天气预报没有'],
    ['member', '隐私，莫乱说'],
    ['member', '提醒 大家带伞'],
  ];
  const taken = talk.flatMap(([role, text]) => {
    const sender = known.members.find((m) => m.role === role)!.name;
    const reading = reader({ text, sender, role, at: AT, room: 'group', addressed: false }, known);
    const command = commands.find((c) => c.name === reading.command);
    const allowed = command && (command.who === 'anyone' || command.who.some((r) => r === role));
    return reading.act !== 'silent' && allowed ? [`${text} → ${reading.command}`] : [];
  });
  expect(taken).toEqual([]);
});

test('every command that a reading may name is in the registry', () => {
  const names = new Set(commands.map((c) => c.name));
  for (const named of [
    'report',
    'attendance',
    'leave',
    'dues',
    'claim',
    'query',
    'correct',
    'help',
    'confirm',
    'object',
    'score',
  ])
    expect(names).toContain(named);
});
