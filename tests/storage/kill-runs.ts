import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readCheckpoint } from '../../storage/checkpoint.ts';
import { realIO } from '../../storage/io.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { entriesIn, foldAll, sampleFold } from './sample.ts';

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));

export interface KillCounts {
  runs: number;
  acknowledged: number;
  /** Acknowledged entries that are not there, or not as acknowledged. */
  lost: number;
  doubled: number;
  /** Runs after which the state was not the fold of the entries, or verify found something. */
  wrong: number;
  /** Runs that left a checkpoint behind the journal's end, and runs that left a torn tail. */
  behind: number;
  torn: number;
}

/**
 * Starts the writer on a folder, kills it with -9 some milliseconds after so many lines (the first says that it is ready,
 * the others acknowledge), and yields what it acknowledged.
 */
export function killWriter(folder: string, run: number, afterMs: number, lines = 1): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder, String(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  let timer: NodeJS.Timeout | null = null;
  child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString();
    if (out.split('\n').length > lines) timer ??= setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the writer ended by itself: ${errors}`));
      // The last line may have been cut off by the kill.
      else resolve(out.split('\n').slice(1, -1));
    });
  });
}

/** Opens what a killed writer left and counts what is wrong with it. */
export async function takeStock(folder: string, acked: readonly string[], counts: KillCounts): Promise<void> {
  const loaded = await readCheckpoint(realIO, folder, sampleFold);
  const checkpointed = loaded && 'town' in loaded ? loaded.town.n : 0;
  if (loaded && 'town' in loaded) await realIO.close(loaded.file.handle);
  const store = await openJournalStore({
    folder,
    fold: sampleFold,
    checkpointEvery: 0,
    notice: () => counts.torn++,
  });
  const branches = await store.branches();
  const perBranch = await Promise.all(branches.map((branch) => entriesIn(store, branch)));
  const places = new Map(
    perBranch.flat().map((entry) => [`${entry.branch} ${entry.seq} ${entry.source}`, entry]),
  );
  const started = new Set<string>();
  for (const entries of perBranch) {
    for (const [i, entry] of entries.entries()) {
      if (entries[i - 1]?.source === entry.source) continue;
      const key = `${entry.branch} ${entry.source}`;
      if (started.has(key)) counts.doubled++;
      started.add(key);
    }
  }
  for (const line of acked) {
    const [branch, first, last, source] = line.split(' ');
    for (let seq = Number(first); seq <= Number(last); seq++)
      if (!places.has(`${branch} ${seq} ${source}`)) counts.lost++;
  }
  counts.acknowledged += acked.length;
  counts.runs++;
  const should = foldAll(perBranch.flat());
  const same = branches.every(
    (branch) => JSON.stringify(store.state().branches[branch]) === JSON.stringify(should.branches[branch]),
  );
  const findings = await store.verify();
  if (!same || store.state().total !== should.total || findings.length > 0) counts.wrong++;
  if (checkpointed < perBranch.flat().length) counts.behind++;
  await store.close();
}

export const noCounts = (): KillCounts => ({
  runs: 0,
  acknowledged: 0,
  lost: 0,
  doubled: 0,
  wrong: 0,
  behind: 0,
  torn: 0,
});
