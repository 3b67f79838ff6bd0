/**
 * The long crash tests: `npm run test:crash [-- RUNS]`. A writer is killed with -9 again and again while it writes and
 * makes checkpoints every few milliseconds, and every state that a power cut could leave of a busy evening is opened.
 * Prints its counts; exit 1 where anything acknowledged was lost, doubled or changed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { busyEvening, crashStates, faultsOf } from '../tests/storage/crash-states.ts';
import { killWriter, noCounts, takeStock } from '../tests/storage/kill-runs.ts';
import { ModelDisk } from '../tests/storage/model-disk.ts';

const RUNS = Number(process.argv[2] ?? 200);
/** A folder is written to by so many runs, one after another, before a fresh one is taken. */
const RUNS_PER_FOLDER = 10;

async function powerCuts(): Promise<number> {
  const disk = new ModelDisk();
  await busyEvening(disk);
  let states = 0;
  let faulty = 0;
  for (const { left, acked, after } of crashStates(disk, 80)) {
    states++;
    const faults = await faultsOf(left, acked);
    if (faults.length === 0) continue;
    faulty++;
    process.stderr.write(`after event ${after}: ${faults.join('; ')}\n`);
  }
  process.stdout.write(`power cuts: ${states} states of ${disk.events.length} events, ${faulty} faulty\n`);
  return faulty;
}

async function kills(): Promise<number> {
  const counts = noCounts();
  for (let done = 0; done < RUNS; done += RUNS_PER_FOLDER) {
    const folder = mkdtempSync(join(tmpdir(), 'lanxing-crash-'));
    const acked: string[] = [];
    for (let run = 0; run < RUNS_PER_FOLDER; run++) {
      acked.push(...(await killWriter(folder, run, 5 + (((done + run) * 37) % 120))));
      await takeStock(folder, acked, counts);
    }
    rmSync(folder, { recursive: true, force: true });
    process.stderr.write(`${counts.runs} of ${RUNS} kills: ${JSON.stringify(counts)}\n`);
  }
  process.stdout.write(`kill -9: ${JSON.stringify(counts)}\n`);
  return counts.lost + counts.doubled + counts.wrong;
}

const wrong = (await powerCuts()) + (await kills());
process.exitCode = wrong === 0 ? 0 : 1;
