/** `storage-open.ts FOLDER`: opens a town's ledger in a process of its own, and prints how long it took and what it holds. */
import process from 'node:process';
import { openJournalStore } from '../storage/journal.ts';
import { benchFold } from './storage-town.ts';

const folder = process.argv[2] ?? '';
const before = process.memoryUsage().rss;
const cpu = process.cpuUsage();
const start = performance.now();
const store = await openJournalStore({ folder, fold: benchFold, sealAfter: 60_000, checkpointEvery: 0 });
const openMs = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
const cpuMs = (user + system) / 1000;
const after = process.memoryUsage().rss;
const branches = (await store.branches()).length;
process.stdout.write(JSON.stringify({ openMs, cpuMs, before, after, branches }));
process.exit(0);
