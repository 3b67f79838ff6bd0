import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, expect, jest, test } from '@jest/globals';
import { parseCommand } from '../../bot/cli/parse.ts';
import { readPending } from '../../bot/cli/parse-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'parse-'));
const branch = join(folder, 'branch.json');
writeFileSync(
  branch,
  JSON.stringify({
    branch: '枫树坳村党支部（虚构）',
    bot: '积分小兰',
    members: [
      {
        name: '罗启明',
        role: 'secretary',
        status: 'full',
        group: '一组',
        posts: ['mediation'],
        aliases: ['老罗'],
      },
      {
        name: '彭大勇',
        role: 'member',
        status: 'full',
        group: '三组',
        posts: ['security-patrol'],
        aliases: [],
      },
      {
        name: '田秋生',
        role: 'member',
        status: 'full',
        group: '五组',
        posts: ['security-patrol'],
        aliases: ['秋生'],
      },
    ],
    postNames: { 'security-patrol': '治安巡逻志愿服务岗', mediation: '信访矛盾化解岗' },
    meetings: [{ date: '2026-06-15', at: '08:30', name: '主题党日', category: 'organisation' }],
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = 0;
  jest.restoreAllMocks();
});

async function run(args: readonly string[], input = ''): Promise<{ out: string; err: string; code: number }> {
  const [out, err]: [string[], string[]] = [[], []];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
  try {
    await parseCommand().parseAsync(['node', 'parse', ...args]);
  } finally {
    Object.defineProperty(process, 'stdin', stdin);
  }
  return { out: out.join(''), err: err.join(''), code: Number(process.exitCode ?? 0) };
}

const line = (more: Record<string, unknown>): string =>
  JSON.stringify({
    id: 'a',
    text: '昨晚8点和秋生在三组巡逻了',
    sender: '彭大勇',
    at: '2026-06-20T21:30',
    ...more,
  });

test('every message gives one line, in order, with act, intent, slots and what would be said', async () => {
  const { out, code } = await run(
    ['--branch', branch],
    `${line({})}\n${line({ id: 2, text: '今天天气好' })}\n`,
  );
  const lines = out
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as Record<string, unknown>);
  expect(code).toBe(0);
  expect(lines.map((l) => [l['id'], l['act'], l['intent']])).toEqual([
    ['a', 'record', 'report'],
    [2, 'silent', 'none'],
  ]);
  expect(lines[0]!['slots']).toMatchObject({
    post: 'security-patrol',
    members: ['彭大勇', '田秋生'],
    dates: ['2026-06-19'],
    time: '20:00',
  });
  expect(lines[0]!['reply']).toContain('6月19日');
  expect(lines[1]).toEqual({ id: 2, act: 'silent', intent: 'none', slots: {} });
});

test('what the bot waits for, the message before and a mention are taken into account', async () => {
  const input = [
    line({ text: '确认', pending: '公示 2026年5月积分 待确认' }),
    line({ text: '+1', prev: '罗启明：到了的回个到', at: '2026-06-15T08:31' }),
    line({ text: '你会做什么', mention: true }),
    line({ text: '今天这样', expect: { act: 'silent' }, note: 'extra fields do no harm' }),
    line({ text: '"彭大勇"撤回了一条消息', sender: '系统', role: 'system' }),
  ].join('\n');
  const { out } = await run(['--branch', branch], input);
  const acts = out
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as { act: string; intent: string })
    .map(({ act, intent }) => `${act} ${intent}`);
  expect(acts).toEqual([
    'record confirm',
    'record attendance',
    'answer help',
    'silent none',
    'record correct',
  ]);
});

test.each([
  ['not json', '不是合法的 JSON'],
  [line({ sender: '没这人' }), 'sender'],
  [line({ at: '昨天' }), 'at'],
  [line({ at: '2026-02-30T08:00' }), 'at'],
  [JSON.stringify({ id: 1, sender: '彭大勇', at: '2026-06-20T21:30' }), 'text'],
])('a bad line ends with code 2, its number and the mend, and prints nothing: %s', async (bad, named) => {
  const { out, err, code } = await run(['--branch', branch], `${line({})}\n${bad}\n`);
  expect([out, code]).toEqual(['', 2]);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toContain(':2');
  expect(err).toContain(named);
});

test('a missing or unfit branch file is named', async () => {
  expect((await run(['--branch', join(folder, 'none.json')], line({}))).code).toBe(2);
  expect((await run([], line({}))).err).toContain('--branch');
});

test('--dates reads dates alone', async () => {
  const { out } = await run(
    ['--dates'],
    '{"id":"d","input":"昨晚8点巡逻","reference":"2026-06-20T21:30:00"}\n',
  );
  expect(JSON.parse(out)).toMatchObject({ id: 'd', found: [{ date: '2026-06-19', time: '20:00' }] });
  expect((await run(['--dates'], '{"id":"d"}\n')).code).toBe(2);
});

test('what is pending is read from its words', () => {
  expect(readPending('公示 2024年3月积分 待确认')).toEqual([{ kind: 'board', month: '2024-03' }]);
  expect(readPending('2024-03-28 党员大会')).toEqual([
    { kind: 'attendance', date: '2024-03-28', meeting: '党员大会' },
  ]);
  expect(readPending('2号异议处理中')).toEqual([{ kind: 'objection', number: 2 }]);
});

test('what somebody may not do is refused where it was said to the bot, and left alone where overheard', async () => {
  const input = [
    line({ text: '发布5月公示', mention: true }),
    line({ text: '发布5月公示' }),
    line({ text: '发布5月公示', sender: '罗启明', mention: true }),
  ].join('\n');
  const { out } = await run(['--branch', branch], input);
  const acts = out
    .trim()
    .split('\n')
    .map((l) => (JSON.parse(l) as { act: string }).act);
  expect(acts).toEqual(['refuse', 'silent', 'record']);
});
