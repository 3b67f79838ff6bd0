import { describe, expect, test } from '@jest/globals';
import { capture } from '../../storage/checkpoint.ts';
import type { Fold } from '../../storage/fold.ts';
import type { IO } from '../../storage/io.ts';
import type { Town } from '../../storage/town.ts';
import { busyEvening, crashStates, faultsOf } from './crash-states.ts';
import { ModelDisk } from './model-disk.ts';

/** Looks at a disk's crash states until `enough` are found to be faulty. */
async function survey(
  disk: ModelDisk,
  random: number,
  enough = Number.POSITIVE_INFINITY,
): Promise<{ states: number; faults: string[] }> {
  let states = 0;
  const faults: string[] = [];
  for (const { left, acked, after } of crashStates(disk, random)) {
    states++;
    for (const fault of await faultsOf(left, acked, states % 3 === 0))
      faults.push(`after event ${after}: ${fault}`);
    if (faults.length >= enough) break;
  }
  return { states, faults };
}

describe('a power cut at any moment', () => {
  test('loses nothing acknowledged and doubles nothing, whatever was left unsynced', async () => {
    const disk = new ModelDisk();
    await busyEvening(disk);
    const { states, faults } = await survey(disk, 14);
    console.log(`crash states: ${states} of ${disk.events.length} events`);
    expect(faults.slice(0, 5)).toEqual([]);
    expect(states).toBeGreaterThanOrEqual(500);
  });
});

describe('the mutants are caught', () => {
  test('a store that never syncs its files', async () => {
    const disk = new ModelDisk();
    const io = { ...bound(disk), fdatasync: async () => {}, fsync: async () => {} };
    await busyEvening(disk, io);
    expect((await survey(disk, 0, 1)).faults).not.toEqual([]);
  });

  test('a store that acknowledges before fdatasync is through', async () => {
    const disk = new ModelDisk();
    const io = {
      ...bound(disk),
      fdatasync: async (handle: number) =>
        void setTimeout(() => void disk.fdatasync(handle).catch(() => {}), 1),
    };
    await busyEvening(disk, io);
    expect((await survey(disk, 0, 1)).faults).not.toEqual([]);
  });

  test('a store that never syncs its folders', async () => {
    const disk = new ModelDisk();
    await busyEvening(disk, { ...bound(disk), syncFolder: async () => {} });
    expect((await survey(disk, 0, 1)).faults).not.toEqual([]);
  });

  test('a checkpoint that takes its position later than its state', async () => {
    const disk = new ModelDisk();
    const apart = <S>(town: Town<S>, fold: Fold<S>) => {
      const { state, parts, sources } = capture(town, fold);
      return {
        state,
        parts,
        sources,
        get n() {
          return town.n;
        },
        get segments() {
          return capture(town, fold).segments;
        },
        get heads() {
          return capture(town, fold).heads;
        },
      };
    };
    await busyEvening(disk, disk, { capture: apart });
    expect((await survey(disk, 0, 1)).faults).not.toEqual([]);
  });

  test('a checkpoint that takes its position earlier than its state', async () => {
    const disk = new ModelDisk();
    let before: ReturnType<typeof capture> | null = null;
    const apart = <S>(town: Town<S>, fold: Fold<S>) => {
      const now = capture(town, fold);
      const { n, segments, heads } = before ?? now;
      before = now;
      return { ...now, n, segments, heads };
    };
    await busyEvening(disk, disk, { capture: apart });
    expect((await survey(disk, 0, 1)).faults).not.toEqual([]);
  });
});

/** The disk as a plain object, so that single calls can be replaced. */
function bound(disk: ModelDisk): IO {
  return {
    open: (path, mode) => disk.open(path, mode),
    write: (handle, bytes, at) => disk.write(handle, bytes, at),
    read: (handle, length, at) => disk.read(handle, length, at),
    peek: (file, length, at) => disk.peek(file, length, at),
    size: (handle) => disk.size(handle),
    truncate: (handle, size) => disk.truncate(handle, size),
    fdatasync: (handle) => disk.fdatasync(handle),
    fsync: (handle) => disk.fsync(handle),
    close: (handle) => disk.close(handle),
    rename: (from, to) => disk.rename(from, to),
    unlink: (path) => disk.unlink(path),
    mkdir: (path) => disk.mkdir(path),
    list: (path) => disk.list(path),
    fact: (path) => disk.fact(path),
    syncFolder: (path) => disk.syncFolder(path),
  };
}
