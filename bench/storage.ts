import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Entry } from '../ledger/entry.ts';
import { realIO } from '../storage/io.ts';
import { openJournalStore } from '../storage/journal.ts';
import { verifyJournal } from '../storage/verify.ts';
import type { Row } from './main.ts';
import { benchFold, BRANCHES, branchMonth, townMonth } from './storage-town.ts';

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

/** Milliseconds of writing these bytes to the end of a file and syncing them: what the disk itself takes. */
function bareAppend(handle: number, bytes: Buffer, at: number): number {
  const start = performance.now();
  fs.writeSync(handle, bytes, 0, bytes.length, at);
  fs.fdatasyncSync(handle);
  return performance.now() - start;
}

/** Acknowledged appends one at a time and 56 at once, each beside the bare disk in the same loop. */
async function appending(folder: string): Promise<Row[]> {
  const store = await openJournalStore({
    folder: join(folder, 'append'),
    fold: benchFold,
    checkpointEvery: 0,
  });
  const bare = fs.openSync(join(folder, 'bare'), 'w');
  const { operations } = branchMonth('示范1村', 0, '2026-01');
  const line = Buffer.alloc(620, 'x');
  const ours: number[] = [];
  const bares: number[] = [];
  for (const [i, operation] of operations.slice(0, 300).entries()) {
    bares.push(bareAppend(bare, line, i * line.length));
    const start = performance.now();
    await store.append([operation]);
    ours.push(performance.now() - start);
  }
  const [our, its] = [quantile(ours.slice(20), 0.5), quantile(bares.slice(20), 0.5)];
  const rates = await together(store, bare, line);
  fs.closeSync(bare);
  await store.close();
  return [
    {
      name: 'acknowledged append, one at a time, p50',
      value: our,
      unit: 'ms',
      baseline: `bare write+fdatasync (${its.toFixed(3)} ms)`,
      ratio: our / its,
      aim: its < 0.5 ? '≤ 2× (a sync takes under 0.5 ms)' : '≤ 1.3×',
    },
    rates,
    ...(await sqlite(folder, operations[0]?.bodies, its)),
  ];
}

async function together(
  store: Awaited<ReturnType<typeof openJournalStore>>,
  bare: number,
  line: Buffer,
): Promise<Row> {
  // A bot runs for months: what the engine compiles in its first second is not what an append costs.
  const warming = 60;
  const rounds = 40;
  let ours = 0;
  let bares = 0;
  // The bare loop appends as we do: a line written over another would leave the file's size as it is, and sync sooner.
  let end = fs.fstatSync(bare).size;
  for (let round = -warming; round < rounds; round++) {
    const start = performance.now();
    await Promise.all(
      BRANCHES.map((branch) =>
        store.append([
          {
            branch,
            source: `together ${round}`,
            at: '2026-01-31T20:00:00',
            by: '党员1',
            bodies: [{ kind: 'notice-posted', v: 1, data: { notice: 'x'.repeat(300) } }],
          },
        ]),
      ),
    );
    if (round < 0) continue;
    ours += performance.now() - start;
    for (let i = 0; i < 20; i++, end += line.length) bares += bareAppend(bare, line, end) / 20;
  }
  const rate = (rounds * BRANCHES.length * 1000) / ours;
  const serial = (rounds * 1000) / bares;
  return {
    name: 'acknowledged appends, 56 branches at once',
    value: rate,
    unit: '/s',
    baseline: `bare serial fdatasync loop (${serial.toFixed(0)}/s)`,
    ratio: rate / serial,
    aim: '≥ 7×',
  };
}

interface Database {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): unknown };
  close(): void;
}

/** The same appends into SQLite (WAL, FULL) where Node brings it. */
async function sqlite(folder: string, data: unknown, bare: number): Promise<Row[]> {
  const name = 'node:sqlite';
  const found: { DatabaseSync: new (path: string) => Database } | null = await import(name).catch(() => null);
  if (!found) {
    process.stderr.write(
      `  (no ${name} in Node.js ${process.versions.node}: from 22.5 on it is measured beside ours)\n`,
    );
    return [];
  }
  const db = new found.DatabaseSync(join(folder, 'bench.sqlite'));
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry(branch TEXT, seq INTEGER, source TEXT, data TEXT, UNIQUE(branch, seq), UNIQUE(branch, source))',
  );
  const insert = db.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)');
  const times = Array.from({ length: 300 }, (_, i) => {
    const start = performance.now();
    insert.run('示范1村', i, `s${i}`, JSON.stringify(data));
    return performance.now() - start;
  });
  db.close();
  const p50 = quantile(times.slice(20), 0.5);
  return [
    {
      name: 'the same in node:sqlite (WAL, FULL)',
      value: p50,
      unit: 'ms',
      baseline: 'bare write+fdatasync',
      ratio: p50 / bare,
    },
  ];
}

/** Processor time in milliseconds: it says what work there is, where others use the machine too. */
async function cpuOf(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A year of the town: a checkpoint after eleven months, and the twelfth as the tail. */
async function buildYear(folder: string): Promise<number> {
  const store = await openJournalStore({ folder, fold: benchFold, checkpointEvery: 0, notice: () => {} });
  let entries = 0;
  for (let index = 0; index < 12; index++) {
    const month = townMonth(index, `2026-${String(index + 1).padStart(2, '0')}`);
    for (let i = 0; i < month.operations.length; i += 500)
      await store.append(month.operations.slice(i, i + 500));
    entries += month.entries;
    // The twelfth month is the tail that a start replays.
    if (index < 11) await store.checkpoint();
  }
  return entries;
}

async function aYear(folder: string): Promise<Row[]> {
  const year = join(folder, 'year');
  // In a process of its own, which ends without closing: the tail stays a tail, as after a crash.
  const built = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(import.meta.url), 'build', year],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const entries = Number(built.stdout.toString());
  const opens = Array.from({ length: 3 }, () => open(year)).sort((a, b) => a.openMs - b.openMs);
  const best = opens[0]!;
  const journal = fs
    .readdirSync(join(year, 'journal'))
    .map((name) => fs.readFileSync(join(year, 'journal', name)));
  const bytes = journal.reduce((sum, { length }) => sum + length, 0);
  const hashMs = await cpuOf(() => {
    for (const segment of journal) createHash('sha256').update(segment).digest('hex');
  });
  const asItIs = (entry: Entry): Entry => entry;
  const chain = { initial: () => ({}), apply: () => {} };
  let chained = 0;
  const chainMs = await cpuOf(async () => {
    chained = (await verifyJournal({ io: realIO, folder: year, fold: chain, upgrade: asItIs })).entries;
  });
  const fullMs = await cpuOf(async () => {
    const { findings } = await verifyJournal({ io: realIO, folder: year, fold: benchFold, upgrade: asItIs });
    if (findings.length > 0)
      throw new Error(`the bench's own ledger does not verify: ${JSON.stringify(findings[0])}`);
  });
  const mb = (n: number): number => n / 2 ** 20;
  return [
    {
      name: `start: ${entries} entries, checkpoint + last month as tail`,
      value: best.openMs / 1000,
      unit: 's',
      baseline: `its own processor time (${(best.cpuMs / 1000).toFixed(3)} s)`,
      ratio: best.openMs / best.cpuMs,
      aim: '≤ 0.5 s',
    },
    {
      name: `verify: chains of ${chained} entries (${mb(bytes).toFixed(0)} MB)`,
      value: chainMs / 1000,
      unit: 's of CPU',
      baseline: `sha256 of the same bytes (${(hashMs / 1000).toFixed(3)} s)`,
      ratio: chainMs / hashMs,
      aim: '≤ 15×',
    },
    {
      name: 'verify in full: chains, replay, checkpoint',
      value: fullMs / 1000,
      unit: 's of CPU',
      baseline: 'sha256 of the same bytes',
      ratio: fullMs / hashMs,
      aim: '≤ 15×',
    },
    {
      name: `memory of a town just started, over the same program without one (${mb(best.before).toFixed(0)} MB)`,
      value: mb(best.after - best.before),
      unit: 'MB',
      aim: '≤ 100 MB',
    },
  ];
}

function open(folder: string): { openMs: number; cpuMs: number; before: number; after: number } {
  const script = fileURLToPath(new URL('./storage-open.ts', import.meta.url));
  const done = spawnSync(process.execPath, [...process.execArgv, script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: { openMs: number; cpuMs: number; before: number; after: number } = JSON.parse(
    done.stdout.toString(),
  );
  return told;
}

export async function bench(): Promise<Row[]> {
  const folder = fs.mkdtempSync(join(tmpdir(), 'lanxing-bench-'));
  try {
    return [...(await appending(folder)), ...(await aYear(folder))];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === 'build' && process.argv[3]) {
  process.stdout.write(String(await buildYear(process.argv[3])));
  process.exit(0);
}
