import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, expect, jest, test } from '@jest/globals';
import { run } from '../../bot/cli/verbs.ts';

const root = mkdtempSync(join(tmpdir(), 'lanxing-replay-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function complaint(line: object, ...more: string[]): Promise<string> {
  const file = join(root, 'transcript.jsonl');
  writeFileSync(file, JSON.stringify({ room: 'group', from: '韦大勇', text: '大家好', ...line }));
  let said = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text.toString();
    return true;
  });
  const data = join(root, 'data');
  try {
    await run(['replay', file, '--branch', 'trial/sample-branch.json', '--data', data, ...more]);
  } finally {
    write.mockRestore();
  }
  expect(process.exitCode).toBe(2);
  process.exitCode = 0;
  expect(readdirSync(root)).toEqual(['transcript.jsonl']);
  return said;
}

test.each([
  [{ at: '2026-11-05T25:14' }, [], 'transcript.jsonl:1'],
  [{ at: '2026-11-05T20:60' }, [], 'transcript.jsonl:1'],
  [{ at: '2026-11-05T20:14', from: '某某' }, [], '名册里没有“某某”'],
  [{ at: '2026-11-05T20:14' }, ['--from', '2026-11-06'], '晚于第一条消息'],
])('a transcript that cannot be played is refused whole: %j %j', async (line, more, words) => {
  expect(await complaint(line, ...more)).toContain(words);
});

test('the sample month is answered to the letter as kept beside it (otherwise: npm run docs -- --text)', async () => {
  let said = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text.toString();
    return true;
  });
  try {
    const month = 'docs/sample/month.jsonl';
    await run(['replay', month, '--branch', 'trial/sample-branch.json', '--from', '2026-11-01']);
  } finally {
    write.mockRestore();
  }
  expect(said).toBe(readFileSync('docs/sample/month.out.jsonl', 'utf8'));
});
