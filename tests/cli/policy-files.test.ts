import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCommandLine } from './command-line.ts';

/** A town whose config lays a file of its own over the regulation: every verb must reckon with the same one. */

const line = openCommandLine();
const policy = join(line.folder, 'town.json');
const roster = join(line.folder, 'roster.csv');
const { act, lanxing, data } = line;
const at = '2026-12-02T09:00:00';

beforeAll(async () => {
  const approved = { by: '镇党委', date: '2026-10-20', minute: '2026-10-20' };
  writeFileSync(
    policy,
    JSON.stringify({ approved, items: [{ id: 'organisation', deductions: { late: 4 } }] }),
  );
  writeFileSync(roster, '姓名,职务\n梁振邦,书记\n苏晓雯,记录员\n贝小军,党员\n');
  const named = ['--branch', '云溪村', '--town', '云溪镇', '--officer', '江一鸣', '--yes'];
  await lanxing('2026-11-01T08:00:00', 'import', roster, '--data', data, ...named);
  await act(at, '苏晓雯', '考勤 11月15日主题党日 迟到：贝小军；其他都到', '--policy', policy);
  const published = await act(at, '梁振邦', '发布11月公示', '--yes', '--policy', policy);
  expect(published).toMatchObject({ code: 0, err: '' });
});
afterAll(() => line.remove());

test('a sheet is reckoned under the town’s file where it is given', async () => {
  const sheet = async (...more: string[]): Promise<unknown> => {
    const { out } = await lanxing(at, 'show', '--data', data, '--month', '2026-11', ...more);
    return JSON.parse(out).month.sheet['贝小军'].organisation;
  };
  expect(await sheet('--policy', policy)).toBe(6);
  expect(await sheet()).toBe(8);
});

test('a board that was published under it is whole with it, and a backup of it is taken back', async () => {
  expect(await lanxing(at, 'verify', '--data', data, '--policy', policy)).toMatchObject({ code: 0, err: '' });
  expect((await lanxing(at, 'verify', '--data', data)).code).toBe(1);
  const file = join(line.folder, 'b.backup');
  await lanxing(at, 'backup', '--data', data, '--to', file);
  const into = join(line.folder, 'new');
  expect((await lanxing(at, 'restore', file, '--data', into)).code).toBe(2);
  expect((await lanxing(at, 'restore', file, '--data', into, '--policy', policy)).code).toBe(0);
});
