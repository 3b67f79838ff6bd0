import { openJournalStore, type JournalOptions } from '../../storage/journal.ts';
import type { IO } from '../../storage/io.ts';
import { ModelDisk, type Fate } from './model-disk.ts';
import { entriesIn, foldAll, sample, sampleFold, type Sample } from './sample.ts';

const noLock = async () => ({ release: async () => {} });

export function optionsOn(io: IO): JournalOptions<Sample> {
  return {
    folder: '/data',
    fold: sampleFold,
    io,
    lock: noLock,
    notice: () => {},
    checkpointEvery: 0,
    sealAfter: 1,
  };
}

const BRANCHES = ['东村', '西村'];

/** A busy evening on a disk: appends alone and together, checkpoints in their midst, a new month, a restart. */
export async function busyEvening(
  disk: ModelDisk,
  io: IO = disk,
  more: Partial<JournalOptions<Sample>> = {},
): Promise<void> {
  let number = 0;
  for (const round of [0, 1]) {
    const store = await openJournalStore({ ...optionsOn(io), ...more });
    const append = async (count: number, at: string, bodies = 1): Promise<void> => {
      const sources = Array.from({ length: count }, () => `s${++number}`);
      await Promise.all(
        sources.map(async (source, i) => {
          const [receipt] = await store.append([sample(source, BRANCHES[i % 2], at, bodies)]);
          disk.acked(`${receipt?.branch} ${receipt?.first} ${receipt?.last} ${source} ${receipt?.hash}`);
        }),
      );
    };
    const month = `2026-1${round + 1}`;
    await append(1, `${month}-03T20:15:00`);
    await append(3, `${month}-03T20:16:00`, 2);
    await Promise.all([
      store.checkpoint(),
      append(2, `${month}-04T20:15:00`),
      append(1, `${month}-05T20:15:00`),
    ]);
    for (let i = 0; i < 4; i++)
      await Promise.all([
        store.checkpoint(),
        append(1, `${month}-06T20:15:00`).then(() => append(2, `${month}-07T08:00:00`)),
      ]);
    await append(1, '2026-12-01T08:00:00');
    if (round === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    if (round === 0) await store.close();
  }
}

/** A small generator of repeatable chance. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function isData(what: string): boolean {
  return what === 'write' || what === 'truncate';
}

function fates(length: number, random: number): Fate[] {
  const torn =
    (part: number): Fate =>
    (event, i, pending) =>
      event.what === 'write' && i === pending.findLast(() => true) ? part : 1;
  const chances = Array.from({ length: random }, (_, k): Fate => {
    const next = chance(length * 31 + k);
    return (event) => {
      const roll = next();
      return roll < 0.4 ? 0 : roll < 0.6 && event.what === 'write' ? next() : 1;
    };
  });
  return [
    () => 0,
    () => 1,
    (event) => (isData(event.what) ? 0 : 1),
    (event) => (isData(event.what) ? 1 : 0),
    (_event, i, pending) => (i === pending[0] ? 0 : 1),
    (_event, i, pending) => (i === pending.at(-1) ? 0 : 1),
    ...[0.02, 0.2, 0.4, 0.6, 0.8, 0.999].map(torn),
    ...chances,
  ];
}

/** Every state a crash may have left, each once: after each event, with what was not synced lost, kept, torn or mixed. */
export function* crashStates(
  disk: ModelDisk,
  random: number,
): Generator<{ left: ModelDisk; acked: string[]; after: number }> {
  const seen = new Set<string>();
  for (let length = 1; length <= disk.events.length; length++) {
    const acked = disk.ackedBefore(length);
    for (const fate of fates(length, random)) {
      const left = disk.crashed(length, fate);
      const word = `${acked.length} ${left.fingerprint()}`;
      if (seen.has(word)) continue;
      seen.add(word);
      yield { left, acked, after: length };
    }
  }
}

/** What is wrong with a disk after a crash: nothing acknowledged may be lost or changed, and nothing doubled. */
export async function faultsOf(left: ModelDisk, acked: readonly string[], twice = true): Promise<string[]> {
  try {
    const faults = await lookInto(left, acked, true);
    if (faults.length > 0 || !twice) return faults;
    // The first start after the crash must itself be durable: the power goes again right after it.
    const word = await appendOne(left);
    const after = left.crashed(left.events.length, () => 0);
    return await lookInto(after, [...acked, word]);
  } catch (error) {
    return [`does not open: ${String(error)}`];
  }
}

async function appendOne(disk: ModelDisk): Promise<string> {
  const store = await openJournalStore(optionsOn(disk));
  const [receipt] = await store.append([sample('after the crash', '东村', '2026-12-02T08:00:00')]);
  return `东村 ${receipt?.first} ${receipt?.last} after the crash ${receipt?.hash}`;
}

async function lookInto(disk: ModelDisk, acked: readonly string[], verify = false): Promise<string[]> {
  const store = await openJournalStore(optionsOn(disk));
  const faults: string[] = [];
  const entries = (await Promise.all(BRANCHES.map((branch) => entriesIn(store, branch)))).flat();
  const places = new Map(entries.map((entry) => [`${entry.branch} ${entry.seq}`, entry.source]));
  for (const word of acked) {
    const [branch = '', first = '', last = ''] = word.split(' ');
    const source = word.split(' ').slice(3, -1).join(' ');
    for (let seq = Number(first); seq <= Number(last); seq++) {
      if (places.get(`${branch} ${seq}`) !== source) faults.push(`lost ${branch}#${seq} ${source}`);
    }
  }
  const runs = entries.filter(
    ({ source, branch }, i) => entries[i - 1]?.source !== source || entries[i - 1]?.branch !== branch,
  );
  if (new Set(runs.map(({ branch, source }) => `${branch} ${source}`)).size !== runs.length)
    faults.push('a source is there twice');
  const should = foldAll(entries);
  if (JSON.stringify(sorted(store.state())) !== JSON.stringify(sorted(should)))
    faults.push(`the state is not its entries: ${store.state().total} for ${should.total}`);
  if (verify) for (const finding of await store.verify()) faults.push(`${finding.place}: ${finding.problem}`);
  return faults;
}

function sorted(state: Sample): unknown {
  return [state.total, Object.entries(state.branches).sort(([a], [b]) => (a < b ? -1 : 1))];
}
