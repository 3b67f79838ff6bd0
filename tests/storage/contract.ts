import { afterEach, describe, expect, test } from '@jest/globals';
import type { Entry } from '../../ledger/entry.ts';
import type { StateStore } from '../../storage/fold.ts';
import { entriesIn, sample, type Sample } from './sample.ts';

export interface Subject {
  /** A new, empty store. */
  open(options?: { upgrade?: (entry: Entry) => Entry }): Promise<StateStore<Sample>>;
  /** Closes a store and opens what it left; null where the store keeps nothing. */
  reopen: ((store: StateStore<Sample>) => Promise<StateStore<Sample>>) | null;
}

/** What every Store keeps to, whatever lies behind it. */
export function storeContract(name: string, subject: Subject): void {
  describe(`${name} keeps the store's contract`, () => {
    const opened: StateStore<Sample>[] = [];
    const open: Subject['open'] = async (options) => {
      const store = await subject.open(options);
      opened.push(store);
      return store;
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });

    test('an operation gets the next sequences of its branch, one for each body', async () => {
      const store = await open();
      const [first] = await store.append([sample('a', '东村', undefined, 3)]);
      const [second] = await store.append([sample('b')]);
      const [other] = await store.append([sample('a', '西村')]);
      expect([first?.first, first?.last, second?.first, second?.last, other?.first]).toEqual([1, 3, 4, 4, 1]);
      expect(first?.entries.map(({ seq, source, by }) => [seq, source, by])).toEqual([
        [1, 'a', '李清照'],
        [2, 'a', '李清照'],
        [3, 'a', '李清照'],
      ]);
    });

    test('a source that was appended before gives the first receipt again and changes nothing', async () => {
      const store = await open();
      const [first] = await store.append([sample('same', '东村', '2026-11-03T20:15:00', 2)]);
      const [again] = await store.append([sample('same', '东村', '2026-12-09T08:00:00', 1)]);
      expect(again).toEqual({ ...first, duplicate: true });
      expect(first?.duplicate).toBe(false);
      expect(store.state().total).toBe(2);
      expect(await entriesIn(store, '东村')).toHaveLength(2);
      expect((await store.append([sample('same', '西村')]))[0]?.duplicate).toBe(false);
    });

    test('a source that comes twice at once, or twice in one call, is kept once', async () => {
      const store = await open();
      const receipts = await Promise.all([
        store.append([sample('x'), sample('x')]),
        store.append([sample('x')]),
        store.append([sample('y')]),
      ]);
      expect(receipts.flat().map(({ first, duplicate }) => [first, duplicate])).toEqual([
        [1, false],
        [1, true],
        [1, true],
        [2, false],
      ]);
      expect(store.state().total).toBe(2);
    });

    test('many appends at once each get their place, in the order of the calls', async () => {
      const store = await open();
      const receipts = await Promise.all(
        Array.from({ length: 200 }, (_, i) => store.append([sample(`m${i}`, `村${i % 7}`)])),
      );
      expect(receipts.flat().every(({ duplicate }) => !duplicate)).toBe(true);
      expect(await store.branches()).toEqual(['村0', '村1', '村2', '村3', '村4', '村5', '村6']);
      const sources = (await entriesIn(store, '村3')).map(({ source, seq }) => `${seq} ${source}`);
      expect(sources).toEqual(Array.from({ length: sources.length }, (_, i) => `${i + 1} m${3 + 7 * i}`));
      expect(store.state().total).toBe(200);
    });

    test('what cannot be kept is refused before anything of the same call is kept', async () => {
      const store = await open();
      await expect(store.append([sample('good'), { ...sample('empty'), bodies: [] }])).rejects.toThrow(
        /bodies/,
      );
      await expect(store.append([{ ...sample(''), source: '' }])).rejects.toThrow(/source/);
      await expect(store.append([{ ...sample('b'), branch: '' }])).rejects.toThrow(/branch/);
      await expect(store.append([{ ...sample('t'), at: '昨天' }])).rejects.toThrow(/moment/);
      expect(store.state().total).toBe(0);
      expect((await store.append([sample('good')]))[0]?.first).toBe(1);
    });

    test('entries start where asked, and an unknown branch has none', async () => {
      const store = await open();
      await store.append([sample('a'), sample('b', '东村', undefined, 3), sample('c', '西村')]);
      expect((await entriesIn(store, '东村', 3)).map(({ seq }) => seq)).toEqual([3, 4]);
      expect(await entriesIn(store, '南村')).toEqual([]);
      expect(await store.head('南村')).toMatchObject({ branch: '南村', seq: 0 });
    });

    test('what the caller does to an operation afterwards does not reach the ledger', async () => {
      const store = await open();
      const data = { words: '修路' };
      const appending = store.append([{ ...sample('a'), bodies: [{ kind: 'noted', v: 1, data }] }]);
      data.words = '没修';
      await appending;
      expect((await entriesIn(store, '东村'))[0]?.data).toEqual({ words: '修路' });
    });

    test('heads are a hash chain over the texts: one other word gives another head, the same words the same', async () => {
      const one = await open();
      const two = await open();
      const three = await open();
      for (const store of [one, two]) await store.append([sample('a'), sample('b')]);
      await three.append([{ ...sample('a'), by: '杜甫' }, sample('b')]);
      expect(await one.head('东村')).toEqual(await two.head('东村'));
      expect((await one.head('东村')).hash).not.toBe((await three.head('东村')).hash);
      expect((await one.head('东村')).hash).toMatch(/^[0-9a-f]{64}$/);
    });

    test('heads noted elsewhere are confirmed, or said to be another, missing or beyond the end', async () => {
      const store = await open();
      const [a] = await store.append([sample('a')]);
      const [b] = await store.append([sample('b', '东村', undefined, 2)]);
      const head = (seq: number, hash: string) => ({ branch: '东村', seq, hash });
      expect(await store.verify([head(1, a!.hash.slice(0, 8)), head(3, b!.hash)])).toEqual([]);
      const findings = await store.verify([head(1, 'ffffffff'), head(2, 'ffffffff'), head(9, 'ffffffff')]);
      expect(findings).toHaveLength(3);
      for (const { mend } of findings) expect(mend).toMatch(/./);
    });

    test('entries of an older version are read as the newest', async () => {
      const upgrade = (entry: Entry): Entry =>
        entry.v === 1 ? { ...entry, v: 2, data: { words: '新' } } : entry;
      const store = await open({ upgrade });
      await store.append([sample('a')]);
      expect((await entriesIn(store, '东村'))[0]).toMatchObject({ v: 2, data: { words: '新' } });
    });

    test('a closed store takes nothing more', async () => {
      const store = await subject.open();
      await store.append([sample('a')]);
      await store.close();
      await expect(store.append([sample('b')])).rejects.toThrow(/账本已经关闭/);
    });

    const { reopen } = subject;
    if (!reopen) return;

    test('what was appended is there after closing and opening, with the same heads, states and receipts', async () => {
      const store = await subject.open();
      await store.append([sample('a'), sample('b', '西村', '2026-11-30T23:59:59')]);
      await store.checkpoint();
      const [c] = await store.append([sample('c', '东村', '2026-12-01T00:00:00', 2)]);
      const before = [
        structuredClone(store.state()),
        await store.head('东村'),
        await entriesIn(store, '东村'),
      ];
      const again = await reopen(store);
      opened.push(again);
      expect([again.state(), await again.head('东村'), await entriesIn(again, '东村')]).toEqual(before);
      expect((await again.append([sample('c')]))[0]).toEqual({ ...c, duplicate: true });
      expect((await again.append([sample('d')]))[0]?.first).toBe(4);
      expect(await again.verify()).toEqual([]);
    });
  });
}
