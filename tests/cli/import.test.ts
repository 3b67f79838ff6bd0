import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CommandLine, openCommandLine } from './command-line.ts';

const FILE = {
  branch: '云溪村',
  town: '示范镇',
  members: [
    { name: '梁振邦', role: 'secretary' },
    { name: '苏晓雯', role: 'recorder' },
    { name: '江一鸣', role: 'town', status: 'none' },
  ],
};
const at = '2026-11-01T08:00:00';

let line: CommandLine;
beforeEach(() => {
  line = openCommandLine();
});
afterEach(() => line.remove());

/** Imports a branch file; with these members. */
function imported(more: object[], ...options: string[]) {
  const path = join(line.folder, 'branch.json');
  writeFileSync(path, JSON.stringify({ ...FILE, members: [...FILE.members, ...more] }));
  return line.lanxing(at, 'import', path, '--data', line.data, ...options);
}

async function officers(): Promise<string[]> {
  return (await line.town()).office.officers.map((o) => o.name);
}

describe('the officers of a town that no bot founded', () => {
  test('come from the branch file, when it founds the town and when it names another one later', async () => {
    expect((await imported([])).out).toContain('镇组织办新增：江一鸣');
    expect(await officers()).toEqual([]);
    await imported([], '--yes');
    expect(await officers()).toEqual(['江一鸣']);
    const later = await imported([{ name: '白小茹', role: 'town', status: 'none' }], '--yes');
    expect(later.out).toContain('镇组织办新增：白小茹');
    expect(await officers()).toEqual(['江一鸣', '白小茹']);
    const again = await imported([{ name: '白小茹', role: 'town', status: 'none' }], '--yes');
    expect(again.out).not.toContain('镇组织办');
    expect(await officers()).toEqual(['江一鸣', '白小茹']);
    expect(Object.keys((await line.town()).branches['云溪村']?.people ?? {})).toEqual(['梁振邦', '苏晓雯']);
  });

  test('are named with --officer where a table is imported', async () => {
    const path = join(line.folder, '名册.csv');
    writeFileSync(path, '姓名,职务\n梁振邦,书记\n苏晓雯,记录员\n');
    const args = ['import', path, '--data', line.data, '--branch', '云溪村', '--yes'];
    await line.lanxing(at, ...args, '--officer', '江一鸣、白小茹');
    expect(await officers()).toEqual(['江一鸣', '白小茹']);
    await line.lanxing(at, ...args, '--officer', '白小茹,钟立');
    expect(await officers()).toEqual(['江一鸣', '白小茹', '钟立']);
  });

  test('act for the office without any group', async () => {
    await imported([], '--yes');
    const stages = await line.act(at, '江一鸣', '进度', '--town');
    expect(stages).toMatchObject({ code: 0, err: '' });
    expect(stages.out).toContain('各支部进度');
    const registered = await line.act(at, '江一鸣', '登记支部 上湾村', '--town', '--yes');
    expect(registered.out).toContain('上湾村');
    expect(Object.keys((await line.town()).branches)).toEqual(['云溪村', '上湾村']);
    // Now that there are two branches, an officer need not name one, and a member is known by the own branch.
    expect(await line.act(at, '江一鸣', '进度', '--town')).toMatchObject({ code: 0 });
    expect((await line.act(at, '苏晓雯', '帮助')).out).toContain('记录员');
    const refused = await line.act(at, '梁振邦', '进度', '--town');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('不是镇组织办的人');
  });
});

test('the empty table can be had before there is a ledger, and nothing else can', async () => {
  const args = ['--data', line.data, '--branch', '云溪村', '--out', line.folder];
  const empty = await line.lanxing(at, 'export', '模板', ...args);
  expect(empty).toMatchObject({ code: 0, err: '' });
  expect(empty.out).toContain('云溪村党员名册模板.xlsx');
  expect(await line.lanxing(at, 'export', '名册', ...args)).toMatchObject({ code: 2, out: '' });
});

test('a roster goes to the branch whose short name is typed, not to a second one', async () => {
  await imported([], '--branch', '云溪村党支部', '--yes');
  const path = join(line.folder, '名册.csv');
  writeFileSync(path, '姓名,职务\n梁振邦,书记\n苏晓雯,记录员\n');
  await line.lanxing(at, 'import', path, '--data', line.data, '--branch', '云溪村', '--yes');
  expect(Object.keys((await line.town()).branches)).toHaveLength(1);
});
