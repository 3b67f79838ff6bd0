import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Operation } from '../ledger/entry.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import type { Fold, StateStore, Upgrade } from './fold.ts';
import { openMemoryStore } from './memory.ts';

export interface JournalOptions<S> {
  folder: string;
  fold: Fold<S>;
  upgrade?: Upgrade;
  now?: () => LocalTime;
}

/** First, thin shape of the journal: one file, one line an append, replayed in full on opening. */
export async function openJournalStore<S>(options: JournalOptions<S>): Promise<StateStore<S>> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const path = join(options.folder, 'journal.thin.jsonl');
  const inner = await openMemoryStore(options);
  const text = await readFile(path, 'utf8').catch(() => '');
  for (const line of text.split('\n').slice(0, -1)) await inner.append(JSON.parse(line));
  const file = await open(path, 'a', 0o600);
  let turn: Promise<unknown> = Promise.resolve();
  const appendNow = async (operations: readonly Operation[]) => {
    await file.appendFile(`${JSON.stringify(operations)}\n`);
    await file.datasync();
    return inner.append(operations);
  };
  return {
    ...inner,
    append: (operations) => {
      const done = turn.then(() => appendNow(operations));
      turn = done.catch(() => {});
      return done;
    },
    close: async () => {
      await turn;
      await file.close();
      await inner.close();
    },
  };
}
