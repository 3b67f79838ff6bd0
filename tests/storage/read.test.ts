import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openJournalStore } from '../../storage/journal.ts';
import { readJournal } from '../../storage/read.ts';
import { entriesIn, foldAll, sample, sampleFold } from './sample.ts';

const scratch = (): string => mkdtempSync(join(tmpdir(), 'lanxing-read-'));
const fold = sampleFold;
const journal = (folder: string): string => join(folder, 'journal/2026-11.jsonl');

/** Every file of a folder with its bytes and times: what reading must leave alone. */
function everything(folder: string): unknown[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const fact = statSync(join(folder, name));
      return [name, fact.mtimeMs, fact.isFile() ? readFileSync(join(folder, name), 'utf8') : null];
    });
}

async function ledger(count = 6): Promise<string> {
  const folder = scratch();
  const store = await openJournalStore({ folder, fold });
  for (let i = 0; i < count; i++) await store.append([sample(`s${i}`, i % 2 ? '西村' : '东村')]);
  await store.close();
  return folder;
}

describe('reading a ledger without opening it', () => {
  test('beside a writer it gives what the writer has, from the checkpoint and the tail, and changes nothing', async () => {
    const folder = scratch();
    const store = await openJournalStore({ folder, fold, sealAfter: 60_000 });
    await store.append([sample('a'), sample('b', '西村')]);
    await store.checkpoint();
    await store.append([sample('c', '东村', undefined, 2)]);
    const before = everything(folder);
    const read = await readJournal({ folder, fold });
    expect(everything(folder)).toEqual(before);
    expect(read.state).toEqual(store.state());
    expect(read.state.total).toBe(4);
    expect(read.heads).toEqual([await store.head('东村'), await store.head('西村')]);
    expect(read.findings).toEqual([]);
    await store.append([sample('d')]);
    await store.close();
    expect((await readJournal({ folder, fold })).state.total).toBe(5);
  });

  test('what a torn tail leaves is read, told and not touched', async () => {
    const folder = await ledger();
    rmSync(join(folder, 'checkpoint.jsonl'));
    const whole = readFileSync(journal(folder));
    const lastEntry = whole.lastIndexOf('\n{"n":6,');
    truncateSync(journal(folder), lastEntry + 90);
    const before = everything(folder);
    const { state, findings } = await readJournal({ folder, fold });
    expect(everything(folder)).toEqual(before);
    expect(state.total).toBe(5);
    expect(findings).toMatchObject([
      { place: 'journal/2026-11.jsonl:7', problem: expect.stringMatching(/没写完/) },
    ]);
  });

  test('a damaged checkpoint is told, and the journal read instead', async () => {
    const folder = await ledger();
    const path = join(folder, 'checkpoint.jsonl');
    const bytes = readFileSync(path);
    bytes[30]! ^= 1;
    writeFileSync(path, bytes);
    const { state, findings } = await readJournal({ folder, fold });
    expect(findings).toMatchObject([{ place: 'checkpoint.jsonl', mend: expect.stringMatching(/没有丢失/) }]);
    const store = await openJournalStore({ folder, fold, notice: () => {} });
    const entries = [...(await entriesIn(store, '东村')), ...(await entriesIn(store, '西村'))];
    expect(state.total).toBe(foldAll(entries).total);
    await store.close();
  });

  test('a flip in any byte of what was acknowledged is refused, and a folder without a ledger too', async () => {
    const folder = await ledger(3);
    const bytes = readFileSync(journal(folder));
    const wrong: number[] = [];
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      writeFileSync(journal(folder), changed);
      const kind = await readJournal({ folder, fold }).then(
        () => 'read',
        ({ kind: its }: { kind: string }) => its,
      );
      if (kind !== 'corrupt') wrong.push(at);
    }
    expect(wrong).toEqual([]);
    await expect(readJournal({ folder: join(folder, 'none'), fold })).rejects.toMatchObject({
      kind: 'missing',
    });
  });
});
