import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openJournalStore } from '../../storage/journal.ts';
import { lockHolder } from '../../storage/lock.ts';
import { killWriter, noCounts, takeStock } from './kill-runs.ts';
import { sample, sampleFold } from './sample.ts';

const root = mkdtempSync(join(tmpdir(), 'lanxing-processes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a process that is killed', () => {
  test('loses nothing it acknowledged, doubles nothing, and leaves no lock behind', async () => {
    const folder = join(root, 'killed');
    const counts = noCounts();
    const acked: string[] = [];
    for (const [run, afterMs] of [25, 90, 60].entries()) {
      const now = await killWriter(folder, run, afterMs, 2);
      acked.push(...now);
      expect(now.length).toBeGreaterThan(0);
      await takeStock(folder, acked, counts);
    }
    expect(counts).toMatchObject({ runs: 3, lost: 0, doubled: 0, wrong: 0 });
  });
});

describe('two processes', () => {
  test('the second is refused with the first one’s pid, and gets in once the first was killed', async () => {
    const folder = join(root, 'two');
    const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', writer, folder, '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // The first word is `ready`; what comes then was acknowledged.
    while (!String((await once(child.stdout, 'data'))[0]).includes('村'));
    await expect(openJournalStore({ folder, fold: sampleFold })).rejects.toThrow(
      new RegExp(`pid ${child.pid}`),
    );
    expect(await lockHolder(folder)).toBe(child.pid);
    child.stdout.resume();
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await lockHolder(folder)).toBeNull();
    const store = await openJournalStore({ folder, fold: sampleFold, notice: () => {} });
    expect(store.state().total).toBeGreaterThan(0);
    await store.close();
  });

  test('the same process does not open it twice either', async () => {
    const folder = join(root, 'same');
    const store = await openJournalStore({ folder, fold: sampleFold });
    await expect(openJournalStore({ folder, fold: sampleFold })).rejects.toThrow(/另一个进程/);
    await store.append([sample('a')]);
    await store.close();
    const again = await openJournalStore({ folder, fold: sampleFold });
    expect(again.state().total).toBe(1);
    await again.close();
  });
});

describe('what lies on the disk', () => {
  test('a folder that is somebody else’s is not touched at all, not even by the lock', async () => {
    const folder = join(root, 'theirs');
    mkdirSync(folder);
    writeFileSync(join(folder, '照片.jpg'), 'x');
    writeFileSync(join(folder, 'lock'), 'theirs');
    await expect(openJournalStore({ folder, fold: sampleFold })).rejects.toThrow(
      /不是兰星的数据文件夹.*照片/,
    );
    expect(readdirSync(folder).sort()).toEqual(['lock', '照片.jpg'].sort());
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe('theirs');
  });

  test('is for its owner only: folders 0700, files 0600', async () => {
    const folder = join(root, 'modes');
    const store = await openJournalStore({ folder, fold: sampleFold });
    await store.append([sample('a')]);
    await store.checkpoint();
    const mode = (name: string): string => (statSync(join(folder, name)).mode & 0o777).toString(8);
    expect(['.', 'journal'].map(mode)).toEqual(['700', '700']);
    expect(['lanxing.json', 'lock', 'checkpoint.jsonl', 'journal/2026-11.jsonl'].map(mode)).toEqual([
      '600',
      '600',
      '600',
      '600',
    ]);
    await store.close();
  });

  test('an idle journal is sealed by itself', async () => {
    const folder = join(root, 'seal');
    const store = await openJournalStore({ folder, fold: sampleFold, sealAfter: 5 });
    await store.append([sample('a')]);
    const lines = (): string[] =>
      readFileSync(join(folder, 'journal/2026-11.jsonl'), 'utf8').trim().split('\n');
    for (let i = 0; i < 100 && lines().length < 3; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(lines().at(-1)).toMatch(/"seal":true/);
    await store.append([sample('b')]);
    expect((await store.verify()).length).toBe(0);
    await store.close();
  });
});
