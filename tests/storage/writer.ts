import { writeSync } from 'node:fs';
import process from 'node:process';
import { openJournalStore } from '../../storage/journal.ts';
import { sample, sampleFold } from './sample.ts';

/**
 * A process to be killed: `writer.ts FOLDER RUN` appends to several branches at once, makes a checkpoint every few
 * milliseconds, and says what was acknowledged, a line each, the moment it is. It never ends by itself.
 */
const [folder = '', run = '0'] = process.argv.slice(2);
const store = await openJournalStore({
  folder,
  fold: sampleFold,
  checkpointEvery: 0,
  sealAfter: 2,
  notice: () => {},
});

async function keepCheckpointing(): Promise<never> {
  for (;;) {
    await store.checkpoint();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function keepAppending(branch: string): Promise<never> {
  for (let i = 0; ; i++) {
    const month = 1 + (Math.floor(i / 40) % 12);
    const at = `2026-${String(month).padStart(2, '0')}-03T20:15:00`;
    const [receipt] = await store.append([sample(`${run}-${i}`, branch, at, 1 + (i % 3))]);
    writeSync(1, `${branch} ${receipt?.first} ${receipt?.last} ${run}-${i} ${receipt?.hash}\n`);
    if (i % 5 === 4) await new Promise((resolve) => setTimeout(resolve, i % 4));
  }
}

writeSync(1, 'ready\n');
await Promise.all([keepCheckpointing(), ...['东村', '西村', '南村', '北村'].map(keepAppending)]);
