import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Inbox, type InboxItem } from '../../bot/gateway/inbox.ts';

const item = (id: string, timestamp: number): InboxItem => ({ id, timestamp });
const ids = (items: readonly InboxItem[]): string[] => items.map((i) => i.id);

describe('without a window', () => {
  test('the order of arrival is kept although later ones load first', () => {
    const inbox = new Inbox<InboxItem>(0);
    inbox.arrived('a', 1);
    inbox.arrived('b', 1);
    inbox.loaded(item('b', 5));
    expect(inbox.release(2)).toEqual([]);
    inbox.loaded(item('a', 9));
    expect(ids(inbox.release(3))).toEqual(['a', 'b']);
  });

  test('one that never loads holds the others up for ten seconds and no longer', () => {
    const inbox = new Inbox<InboxItem>(0);
    inbox.arrived('a', 0);
    inbox.arrived('b', 0);
    inbox.loaded(item('b', 1));
    expect(ids(inbox.release(9_999))).toEqual([]);
    expect(inbox.due(9_999)).toBe(10_000);
    expect(ids(inbox.release(10_000))).toEqual(['b']);
    expect(inbox.due(10_001)).toBeNull();
  });

  test('one that is lost gives way, and may come again', () => {
    const inbox = new Inbox<InboxItem>(0);
    inbox.arrived('a', 0);
    inbox.arrived('b', 0);
    inbox.loaded(item('b', 1));
    inbox.lost('a');
    expect(ids(inbox.release(1))).toEqual(['b']);
    expect(inbox.arrived('a', 2)).toBe(true);
  });

  test('a repeat that fails to load does not take back what was loaded', () => {
    const inbox = new Inbox<InboxItem>(0);
    inbox.arrived('a', 0);
    inbox.loaded(item('a', 1));
    inbox.lost('a');
    expect(ids(inbox.release(1))).toEqual(['a']);
  });
});

describe('with a window', () => {
  test('one that was said earlier and arrives within it goes first', () => {
    const inbox = new Inbox<InboxItem>(100);
    inbox.arrived('b', 0);
    inbox.loaded(item('b', 20));
    expect(ids(inbox.release(50))).toEqual([]);
    inbox.arrived('a', 60);
    inbox.loaded(item('a', 10));
    expect(inbox.due(60)).toBe(100);
    expect(ids(inbox.release(100))).toEqual(['a', 'b']);
  });

  test('one that came within it and is still loading is waited for', () => {
    const inbox = new Inbox<InboxItem>(100);
    inbox.arrived('b', 0);
    inbox.arrived('a', 1);
    inbox.loaded(item('b', 20));
    expect(ids(inbox.release(150))).toEqual([]);
    inbox.loaded(item('a', 10));
    expect(ids(inbox.release(151))).toEqual(['a', 'b']);
  });

  test('one that comes too late is handed on all the same', () => {
    const inbox = new Inbox<InboxItem>(100);
    inbox.arrived('b', 0);
    inbox.loaded(item('b', 20));
    expect(ids(inbox.release(100))).toEqual(['b']);
    inbox.arrived('a', 101);
    inbox.loaded(item('a', 10));
    expect(ids(inbox.release(201))).toEqual(['a']);
  });
});

describe('repeats', () => {
  test('are known, also those from before a restart', () => {
    const inbox = new Inbox<InboxItem>(0, (id) => id === 'old');
    expect(inbox.arrived('old', 0)).toBe(false);
    expect(inbox.arrived('a', 0)).toBe(true);
    expect(inbox.arrived('a', 1)).toBe(false);
  });

  test('are forgotten after as many others as it remembers', () => {
    const inbox = new Inbox<InboxItem>(0, () => false, 2);
    for (const id of ['a', 'b', 'c']) expect(inbox.arrived(id, 0)).toBe(true);
    expect(inbox.arrived('b', 1)).toBe(false);
    expect(inbox.arrived('a', 1)).toBe(true);
  });
});

test('whatever the order and however often repeated, all within the window come out once and as they were said', () => {
  const messages = fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(messages, fc.array(fc.nat(11)), (times, repeats) => {
      const inbox = new Inbox<InboxItem>(100);
      const said = times.map((t) => item(`m${t}`, t));
      for (const one of [...said, ...repeats.flatMap((i) => said[i] ?? [])]) {
        if (inbox.arrived(one.id, 0)) inbox.loaded(one);
      }
      expect(inbox.release(100).map((i) => i.timestamp)).toEqual([...times].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
