import { describe, expect, test } from '@jest/globals';
import type { IO } from '../../storage/io.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { StorageProblem } from '../../storage/problem.ts';
import { faultsOf, optionsOn } from './crash-states.ts';
import { ModelDisk } from './model-disk.ts';
import { sample } from './sample.ts';

interface Failing {
  readonly io: IO;
  /** What was asked, in order. */
  readonly calls: string[];
}

/** A disk whose n-th call fails, before or after it has done its work; all calls after it are counted, and work again. */
function failing(disk: ModelDisk, fails: number, code: string, after: boolean): Failing {
  const calls: string[] = [];
  const guard = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    calls.push(name);
    if (calls.length !== fails) return work();
    if (after) await work();
    throw Object.assign(new Error(`${code}: injected into ${name}`), { code });
  };
  const half = (bytes: Uint8Array): Uint8Array =>
    after && calls.length === fails ? bytes.subarray(0, bytes.length >> 1) : bytes;
  const io: IO = {
    open: (path, mode) => guard('open', () => disk.open(path, mode)),
    write: (handle, bytes, at) => guard('write', () => disk.write(handle, half(bytes), at)),
    read: (handle, length, at) => guard('read', () => disk.read(handle, length, at)),
    peek: (file, length, at) => disk.peek(file, length, at),
    size: (handle) => guard('size', () => disk.size(handle)),
    truncate: (handle, size) => guard('truncate', () => disk.truncate(handle, size)),
    fdatasync: (handle) => guard('fdatasync', () => disk.fdatasync(handle)),
    fsync: (handle) => guard('fsync', () => disk.fsync(handle)),
    close: (handle) => guard('close', () => disk.close(handle)),
    rename: (from, to) => guard('rename', () => disk.rename(from, to)),
    unlink: (path) => guard('unlink', () => disk.unlink(path)),
    mkdir: (path) => guard('mkdir', () => disk.mkdir(path)),
    list: (path) => guard('list', () => disk.list(path)),
    fact: (path) => guard('fact', () => disk.fact(path)),
    syncFolder: (path) => guard('syncFolder', () => disk.syncFolder(path)),
  };
  return { io, calls };
}

/** A disk whose last run ended in the middle of a write, so that opening has something to mend. */
async function tornDisk(): Promise<ModelDisk> {
  const disk = new ModelDisk();
  const store = await openJournalStore(optionsOn(disk));
  const [receipt] = await store.append([sample('before')]);
  disk.acked(`东村 1 1 before ${receipt?.hash}`);
  await store.append([sample('torn')]);
  const left = disk.copy();
  left.change('/data/journal/2026-11.jsonl', left.content('/data/journal/2026-11.jsonl').subarray(0, -40));
  left.acked(`东村 1 1 before ${receipt?.hash}`);
  return left;
}

/** An evening on a failing disk: what was acknowledged, and what was thrown. */
async function evening(
  { io, calls }: Failing,
  disk: ModelDisk,
): Promise<{ errors: unknown[]; callsAfterFault: string[] }> {
  const errors: unknown[] = [];
  let callsAtFault = 0;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) => {
      if (errors.length === 0) callsAtFault = calls.length;
      errors.push(error);
    });
  };
  await attempt(async () => {
    const store = await openJournalStore({ ...optionsOn(io), sealAfter: 10_000 });
    const append = (source: string, at: string): Promise<void> =>
      attempt(async () => {
        const [receipt] = await store.append([sample(source, '东村', at)]);
        disk.acked(`东村 ${receipt?.first} ${receipt?.last} ${source} ${receipt?.hash}`);
      });
    await append('one', '2026-11-03T20:15:00');
    await Promise.all([append('two', '2026-11-03T20:16:00'), append('three', '2026-11-03T20:16:00')]);
    await attempt(() => store.checkpoint());
    await append('four', '2026-12-03T20:16:00');
    await attempt(() => store.close());
  });
  return { errors, callsAfterFault: errors.length === 0 ? [] : calls.slice(callsAtFault) };
}

describe('a disk that fails', () => {
  test.each([
    ['EIO', false],
    ['ENOSPC', true],
  ])(
    '%s at any call (after it took effect: %s) acknowledges nothing that is not there, and stops',
    async (code, after) => {
      let failures = 0;
      for (let n = 1; ; n++) {
        const disk = (await tornDisk()).copy();
        disk.acked('东村 1 1 before -');
        const failed = failing(disk, n, code, after);
        const { errors, callsAfterFault } = await evening(failed, disk);
        if (failed.calls.length < n) break;
        failures++;
        const at = `${code} at call ${n} (${failed.calls[n - 1]})`;
        // A sync that failed is never tried again: the kernel would say yes the second time, of pages it has dropped.
        if (/sync/.test(failed.calls[n - 1]!)) expect([at, errors.length > 0]).toEqual([at, true]);
        for (const error of errors) expect([at, error]).toEqual([at, expect.any(StorageProblem)]);
        // Once an error was seen nothing is written or synced any more; only what is open is closed.
        expect([at, callsAfterFault.filter((name) => name !== 'close')]).toEqual([at, []]);
        const acked = disk.ackedBefore(disk.events.length);
        expect([at, await faultsOf(disk.copy(), acked)]).toEqual([at, []]);
        expect([
          at,
          await faultsOf(
            disk.crashed(disk.events.length, () => 0),
            acked,
          ),
        ]).toEqual([at, []]);
      }
      expect(failures).toBeGreaterThan(60);
    },
  );

  test('after a fault every append is refused with what is safe and how to mend it', async () => {
    const disk = new ModelDisk();
    const store = await openJournalStore({
      ...optionsOn({
        ...failing(disk, 0, '', false).io,
        fdatasync: async () => Promise.reject(new Error('EIO: gone')),
      }),
    });
    await expect(store.append([sample('a')])).rejects.toThrow(/写日志失败.*未受影响.*doctor/);
    await expect(store.append([sample('b')])).rejects.toThrow(/写日志失败/);
    await expect(store.checkpoint()).rejects.toThrow(/写日志失败/);
    expect(store.state().total).toBe(0);
    await store.close();
  });
});
