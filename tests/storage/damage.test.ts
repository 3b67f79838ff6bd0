import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { JournalOptions } from '../../storage/journal.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { StorageProblem } from '../../storage/problem.ts';
import { optionsOn } from './crash-states.ts';
import { ModelDisk } from './model-disk.ts';
import { entriesIn, foldAll, sample, type Sample } from './sample.ts';

const JOURNAL = '/data/journal/2026-11.jsonl';
const CHECKPOINT = '/data/checkpoint.jsonl';
const SOURCES = ['a', 'b', 'c'];

/** What opening a disk comes to: the sources it holds, or the problem it names. */
async function outcome(
  disk: ModelDisk,
  more: Partial<JournalOptions<Sample>> = {},
): Promise<string[] | StorageProblem> {
  try {
    const store = await openJournalStore({ ...optionsOn(disk), ...more });
    const entries = await entriesIn(store, '东村');
    if (JSON.stringify(store.state()) !== JSON.stringify(foldAll(entries)))
      throw new Error('the state is not its entries');
    return entries.map(({ source }) => source);
  } catch (error) {
    if (error instanceof StorageProblem) return error;
    throw error;
  }
}

function problem(found: string[] | StorageProblem): StorageProblem {
  if (found instanceof StorageProblem) return found;
  throw new Error(`it opened, with ${found.join(' ')}`);
}

/** A ledger of three entries, sealed and closed. */
async function closedLedger(): Promise<ModelDisk> {
  const disk = new ModelDisk();
  const store = await openJournalStore(optionsOn(disk));
  for (const source of SOURCES)
    await store.append([{ ...sample(source), bodies: [{ kind: 'noted', v: 1, data: {} }] }]);
  await store.close();
  return disk;
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ (at % 3 === 0 ? 0x80 : 0x01);
  return copy;
}

describe('damage to a ledger', () => {
  // Thousands of problems are made here, and their stacks cost more than all else.
  Error.stackTraceLimit = 0;
  let whole = new ModelDisk();
  let bare = new ModelDisk();
  beforeAll(async () => {
    whole = await closedLedger();
    bare = whole.copy();
    bare.remove(CHECKPOINT);
  });

  test('cut off at any byte, a journal goes on with its whole lines, and puts the rest aside', async () => {
    const bytes = whole.content(JOURNAL);
    const starts = [...bytes.toString('latin1').matchAll(/\n/g)].map(({ index }) => index + 1);
    const wrong: unknown[] = [];
    for (let size = starts[0]!; size < bytes.length; size++) {
      const disk = bare.copy();
      disk.change(JOURNAL, bytes.subarray(0, size));
      const kept = starts.filter((start) => start <= size);
      const notices: string[] = [];
      const found = await outcome(disk, { notice: (text) => notices.push(text) });
      if (String(found) !== String(SOURCES.slice(0, kept.length - 1))) wrong.push([size, found]);
      const torn = size - kept.at(-1)!;
      if (notices.length !== (torn > 0 ? 1 : 0)) wrong.push([size, notices]);
      if (torn === 0) continue;
      const [name = ''] = await disk.list('/data/quarantine');
      if (!disk.content(`/data/quarantine/${name}`).equals(bytes.subarray(size - torn, size)))
        wrong.push([size, name]);
    }
    expect(wrong).toEqual([]);
  });

  test('after a cut the next entry is kept as if nothing had been', async () => {
    const disk = bare.copy();
    disk.change(JOURNAL, whole.content(JOURNAL).subarray(0, -150));
    const store = await openJournalStore(optionsOn(disk));
    const [receipt] = await store.append([sample('d')]);
    await store.close();
    expect(receipt?.first).toBe(3);
    expect(await outcome(disk)).toEqual(['a', 'b', 'd']);
  });

  test('cut off at any byte before what the checkpoint knows, it is refused', async () => {
    const bytes = whole.content(JOURNAL);
    for (let size = 0; size < bytes.length; size += 3) {
      const disk = whole.copy();
      disk.change(JOURNAL, bytes.subarray(0, size));
      expect(problem(await outcome(disk)).kind).toBe('corrupt');
    }
  });

  test('a flip in any byte of an acknowledged line is refused, and the file and line are named', async () => {
    const bytes = whole.content(JOURNAL);
    const lastLine = bytes.lastIndexOf(10, -2) + 1;
    const wrong: unknown[] = [];
    for (let at = 0; at < lastLine; at++) {
      const disk = bare.copy();
      const changed = flipped(bytes, at);
      disk.change(JOURNAL, changed);
      const found = await outcome(disk);
      const line = bytes.subarray(0, at).toString('latin1').split('\n').length;
      const isNamed =
        found instanceof StorageProblem &&
        found.kind === 'corrupt' &&
        found.place === `journal/2026-11.jsonl:${line}`;
      if (!isNamed || !found.mend.includes('lanxing restore')) wrong.push([at, found]);
      if (!disk.content(JOURNAL).equals(changed)) wrong.push([at, 'it was changed']);
    }
    expect(wrong).toEqual([]);
  });

  test('a flip in any byte that the checkpoint vouches for is refused, the seal included', async () => {
    const bytes = whole.content(JOURNAL);
    for (let at = 1; at < bytes.length; at += 2) {
      const disk = whole.copy();
      disk.change(JOURNAL, flipped(bytes, at));
      expect(problem(await outcome(disk)).kind).toBe('corrupt');
    }
  });

  test('a flip in any byte of the checkpoint only has it rebuilt from the journal', async () => {
    const bytes = whole.content(CHECKPOINT);
    const wrong: unknown[] = [];
    for (let at = 0; at < bytes.length; at++) {
      const disk = whole.copy();
      disk.change(CHECKPOINT, flipped(bytes, at));
      const notices: string[] = [];
      const found = await outcome(disk, { notice: (text) => notices.push(text) });
      if (String(found) !== String(SOURCES) || !/checkpoint\.jsonl.*重建/.test(notices.join()))
        wrong.push([at, found, notices]);
    }
    expect(wrong).toEqual([]);
  });

  test('a checkpoint cut off anywhere is rebuilt too', async () => {
    const bytes = whole.content(CHECKPOINT);
    for (let size = 0; size < bytes.length; size += 7) {
      const disk = whole.copy();
      disk.change(CHECKPOINT, bytes.subarray(0, size));
      expect(await outcome(disk)).toEqual(SOURCES);
    }
  });

  test('a flip in the marker is refused or makes no difference, never an empty ledger', async () => {
    const bytes = whole.content('/data/lanxing.json');
    for (let at = 0; at < bytes.length; at++) {
      const disk = whole.copy();
      disk.change('/data/lanxing.json', flipped(bytes, at));
      const found = await outcome(disk);
      if (!(found instanceof StorageProblem)) expect(found).toEqual(SOURCES);
    }
  });

  test('a line taken out, doubled or exchanged is refused though each line is whole', async () => {
    const lines = whole
      .content(JOURNAL)
      .toString('utf8')
      .split(/(?<=\n)/);
    for (const order of [
      [0, 1, 3, 4],
      [0, 1, 1, 2, 3, 4],
      [0, 2, 1, 3, 4],
      [1, 2, 3, 4],
      [0, 0, 1, 2, 3, 4],
    ]) {
      const disk = bare.copy();
      disk.change(JOURNAL, Buffer.from(order.map((i) => lines[i]).join('')));
      expect(problem(await outcome(disk)).kind).toBe('corrupt');
    }
  });

  test('a line rewritten with its checksum breaks the chain', async () => {
    const lines = whole
      .content(JOURNAL)
      .toString('utf8')
      .split(/(?<=\n)/);
    const body = lines[1]!.slice(0, -19).replace('李清照', '李青照');
    lines[1] = `${body},"crc":"${crc32(body).toString(16).padStart(8, '0')}"}\n`;
    const disk = bare.copy();
    disk.change(JOURNAL, Buffer.from(lines.join('')));
    expect(problem(await outcome(disk))).toMatchObject({ kind: 'corrupt', place: 'journal/2026-11.jsonl:3' });
  });
});

describe('what is not there', () => {
  async function twoMonths(): Promise<ModelDisk> {
    const disk = new ModelDisk();
    const store = await openJournalStore(optionsOn(disk));
    for (const month of ['10', '11', '12'])
      await store.append([sample(month, '东村', `2026-${month}-03T20:15:00`)]);
    await store.close();
    return disk;
  }

  test('a missing month is named, with and without a checkpoint', async () => {
    for (const month of ['10', '11', '12']) {
      for (const checkpoint of [true, false]) {
        const disk = await twoMonths();
        disk.remove(`/data/journal/2026-${month}.jsonl`);
        if (!checkpoint) disk.remove(CHECKPOINT);
        expect(problem(await outcome(disk)).message).toMatch(/journal\/2026-1[012]/);
      }
    }
  });

  test('a journal gone beside its checkpoint is refused, not started empty', async () => {
    const disk = await closedLedger();
    disk.remove(JOURNAL);
    expect(problem(await outcome(disk))).toMatchObject({ kind: 'missing', place: 'journal/2026-11.jsonl' });
  });

  test.each([CHECKPOINT, JOURNAL])(
    'a ledger without its marker is refused, also where %s is gone',
    async (gone) => {
      const disk = await closedLedger();
      disk.remove('/data/lanxing.json');
      disk.remove(gone);
      expect(problem(await outcome(disk))).toMatchObject({ kind: 'missing', place: 'lanxing.json' });
    },
  );

  test('a month under another name is refused', async () => {
    const disk = await closedLedger();
    disk.remove(CHECKPOINT);
    disk.remove(JOURNAL, '/data/journal/2026-12.jsonl');
    expect(problem(await outcome(disk)).kind).toMatch(/missing|corrupt/);
  });
});

describe('what is not ours', () => {
  test('a folder with other things in it is refused and left as it is', async () => {
    const disk = new ModelDisk();
    await disk.mkdir('/data');
    await disk.open('/data/家庭照片.zip', 'create');
    expect(problem(await outcome(disk))).toMatchObject({
      kind: 'foreign',
      problem: expect.stringMatching(/家庭照片/),
    });
    expect(await disk.list('/data')).toEqual(['家庭照片.zip']);
  });

  test('a fresh mount point is taken', async () => {
    const disk = new ModelDisk();
    await disk.mkdir('/data');
    await disk.mkdir('/data/lost+found');
    expect(await outcome(disk)).toEqual([]);
  });

  test('a folder, a journal or an entry of a newer program is refused and left as it is', async () => {
    const marker = await closedLedger();
    marker.change('/data/lanxing.json', Buffer.from('{"format":"lanxing-town","v":2,"newest":"2026-11"}\n'));
    expect(problem(await outcome(marker)).kind).toBe('newer');

    const header = await closedLedger();
    header.remove(CHECKPOINT);
    const text = header.content(JOURNAL).toString('utf8');
    const first = text.slice(0, text.indexOf('\n') - 18).replace('"v":1', '"v":2');
    const rest = text.slice(text.indexOf('\n'));
    header.change(
      JOURNAL,
      Buffer.from(`${first},"crc":"${crc32(first).toString(16).padStart(8, '0')}"}${rest}`),
    );
    expect(problem(await outcome(header)).kind).toBe('newer');

    const entry = await closedLedger();
    entry.remove(CHECKPOINT);
    const upgrade = (): never => {
      throw new Error('noted v1 is newer than this program');
    };
    expect(problem(await outcome(entry, { upgrade }))).toMatchObject({
      kind: 'unreadable',
      place: 'journal/2026-11.jsonl:2',
    });
  });

  test('a checkpoint of an older fold is rebuilt', async () => {
    const disk = await closedLedger();
    const notices: string[] = [];
    const { fold } = optionsOn(disk);
    expect(
      await outcome(disk, { fold: { ...fold, version: 2 }, notice: (text) => notices.push(text) }),
    ).toEqual(SOURCES);
    expect(notices).toHaveLength(1);
  });
});
