import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openJournalStore } from '../../storage/journal.ts';
import { openMemoryStore } from '../../storage/memory.ts';
import { storeContract } from './contract.ts';
import { sampleFold, type Sample } from './sample.ts';
import type { StateStore } from '../../storage/fold.ts';

const root = mkdtempSync(join(tmpdir(), 'lanxing-contract-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

storeContract('the memory store', {
  open: (options) => openMemoryStore({ fold: sampleFold, ...options }),
  reopen: null,
});

let count = 0;
const folders = new WeakMap<StateStore<Sample>, string>();
async function open(folder: string, options = {}): Promise<StateStore<Sample>> {
  const store = await openJournalStore({ folder, fold: sampleFold, ...options });
  folders.set(store, folder);
  return store;
}

storeContract('the journal', {
  open: (options) => open(join(root, `${++count}`), options),
  reopen: async (store) => {
    await store.close();
    return open(folders.get(store)!);
  },
});
