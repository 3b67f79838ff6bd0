import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { scoreCommand } from '../../bot/cli/score.ts';
import { inChinese } from '../../bot/cli/usage-words.ts';
import type { ScoreResult } from '../../scoring/result.ts';

const folder = mkdtempSync(join(tmpdir(), 'score-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = 0;
  jest.restoreAllMocks();
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(args: readonly string[], input = ''): Promise<{ out: string; err: string; code: number }> {
  const [out, err]: [string[], string[]] = [[], []];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
  let code: number;
  try {
    await inChinese(scoreCommand())
      .exitOverride()
      .parseAsync(['node', 'score', ...args]);
    code = Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode === 0 ? 0 : 2;
  } finally {
    Object.defineProperty(process, 'stdin', stdin);
  }
  return { out: out.join(''), err: err.join(''), code };
}

const sound = {
  members: [{ name: '甲' }, { name: '乙', joined: '2024-03-15' }],
  facts: [
    { type: 'dues', name: '甲', month: '2024-02', status: 'late' },
    { type: 'dues', name: '乙', month: '2024-02', status: 'late' },
  ],
};
const bad = {
  members: [{ name: '甲', age: 70 }],
  facts: [{ type: 'dues', name: '丙', month: '2024-02', status: 'late' }],
};

describe('lanxing score CASE.json', () => {
  test('prints months and year as JSON, warnings on the side', async () => {
    const path = file('case.json', sound);
    const { out, err, code } = await run([
      path,
      '--month',
      '2024-02',
      '--month',
      '2024-04',
      '--year',
      '2024',
    ]);
    const result = JSON.parse(out) as ScoreResult;
    expect(code).toBe(0);
    expect(Object.keys(result)).toEqual(['policy', 'readings', 'months', 'year']);
    expect(Object.keys(result.months)).toEqual(['2024-02', '2024-04']);
    expect(result.months['2024-02']).toEqual({
      甲: {
        study: 10,
        organisation: 10,
        dues: 7,
        conduct: 10,
        obligation: 37,
        posts: {},
        service: 0,
        bonus: 0,
        uncapped: 37,
        total: 37,
        pending: [],
      },
    });
    expect(result.year!.members['乙']).toMatchObject({ months: 9, mean: 40 });
    expect(err).toBe(`${path}: facts[1]: 乙 2024-02 不在积分范围内，此条不起作用\n`);
  });

  test('with neither month nor year: the months of the facts and their latest year', async () => {
    const { out } = await run([file('case.json', sound)]);
    const result = JSON.parse(out) as ScoreResult;
    expect(Object.keys(result.months)).toEqual(['2024-02']);
    expect(result.year!.year).toBe(2024);
  });

  test('explains and compares readings where asked', async () => {
    const { out } = await run([file('case.json', sound), '--year', '2024', '--explain', '--sensitivity']);
    const result = JSON.parse(out) as ScoreResult;
    expect(result.explain!.year!.members['甲']!['mean']!.length).toBe(13);
    expect(result.year!.sensitivity).toEqual([]);
  });

  test('names every mistake on a line of its own, and computes nothing', async () => {
    const path = file('bad.json', bad);
    const { out, err, code } = await run([path, '--year', '2024']);
    expect([out, code]).toEqual(['', 2]);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(`${path}: members[0].age: 没有这个字段`);
    expect(lines[1]).toMatch(`${path}: facts[0].name: 党员名单中没有 "丙"`);
  });

  test.each([
    ['{"members": [}', '第1行第14列'],
    ['{"members": [],\n "facts": [],}', '第2行第14列'],
    ['{"members": [\n', '第2行第1列'],
    ['{"members": [] "facts": []}', '第1行第16列'],
    ["{'members': []}", '第1行第2列'],
    ['', '第1行第1列'],
    ['{"members": []} x', '第1行第17列'],
    ['{"members": [01]}', '第1行第14列'],
  ])('says where %j is no JSON', async (text, place) => {
    const path = file('broken.json', text);
    const { out, err, code } = await run([path]);
    expect([out, code]).toEqual(['', 2]);
    expect(err.split(': ').slice(0, 2)).toEqual([path, place]);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('reads a file with a byte order mark', async () => {
    expect((await run([file('bom.json', `\uFEFF${JSON.stringify(sound)}`)])).code).toBe(0);
  });

  test.each([
    ['a missing file', [join(folder, 'none.json')], '没有这个文件'],
    ['a folder', [folder], '是文件夹'],
    ['no file', [], '缺案例文件'],
    ['a month that is none', ['x.json', '--month', '2024-13'], '--month 2024-13'],
    ['a year that is none', ['x.json', '--year', '24'], '--year 24'],
    ['a file beside --lines', ['x.json', '--lines'], '--lines'],
    ['sensitivity without a year', ['x.json', '--month', '2024-01', '--sensitivity'], '--sensitivity'],
    ['an unknown option', ['x.json', '--yaer', '2024'], '--yaer'],
    ['a missing policy file', ['x.json', '--policy', join(folder, 'none.json')], 'none.json'],
  ])('bad usage, %s, is exit 2 and one line', async (_name, args, words) => {
    const { out, err, code } = await run(args);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('lays policy files over the standard one, if they are approved', async () => {
    const approved = { date: '2024-01-05', minute: '第1次', by: '测试镇' };
    const over = file('town.json', {
      id: 'our-town',
      items: [{ id: 'dues', deductions: { late: 4 } }],
      approved,
    });
    const { out } = await run([file('case.json', sound), '--month', '2024-02', '--policy', over]);
    expect(JSON.parse(out)).toMatchObject({ policy: 'our-town', months: { '2024-02': { 甲: { dues: 6 } } } });
    const loose = file('loose.json', { items: [{ id: 'dues', points: 'x' }] });
    const { err, code } = await run([file('case.json', sound), '--policy', loose]);
    expect(code).toBe(2);
    expect(err).toContain(`${loose}: items[dues].points`);
    expect(err).toContain(`${loose}: approved`);
  });
});

describe('lanxing score --lines', () => {
  test('one result a line in the same order, an error for a bad one, exit 1 at the end', async () => {
    const input = [JSON.stringify(sound), JSON.stringify(bad), 'nonsense', JSON.stringify(sound)].join('\n');
    const { out, code } = await run(['--lines', '--month', '2024-02'], `${input}\n`);
    const results = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { error?: string; months?: object });
    expect(code).toBe(1);
    expect(results.map((r) => 'error' in r)).toEqual([false, true, true, false]);
    expect(results[1]!.error).toContain('members[0].age');
    expect(results[1]!.error).toContain('facts[0].name');
    expect(Object.keys(results[1]!)).toEqual(['error']);
    expect(results[3]).toEqual(results[0]);
  });

  test('all good is exit 0', async () => {
    expect(await run(['--lines'], JSON.stringify(sound))).toMatchObject({ code: 0 });
  });
});
