import { beforeEach, describe, expect, test } from '@jest/globals';
import { createReception } from '../../bot/approaches.ts';
import { contactOf } from '../../bot/founding.ts';
import type { Approach } from '../../bot/gateway/port.ts';
import { found } from '../../bot/rehearsal.ts';
import { townFold } from '../../bot/town-store.ts';
import type { TownState } from '../../ledger/state.ts';
import { addMinutes } from '../../scoring/calendar.ts';
import type { StateStore } from '../../storage/fold.ts';
import { openMemoryStore } from '../../storage/memory.ts';
import { sampleBranch } from './chat.ts';

/** The rule for friend requests and invitations into rooms. */

let store: StateStore<TownState>;
let now = '';
let fetched = 0;
let paused = 0;
let decide: (approach: Approach) => Promise<boolean>;

beforeEach(async () => {
  store = await openMemoryStore({ fold: townFold });
  const places = { contact: contactOf, group: 'room-1', town: 'room-town', officers: ['江一鸣'] };
  await found(store, sampleBranch(), '2026-11-01T08:00:00', places);
  [now, fetched, paused] = ['2026-11-10T09:00:00', 0, 0];
  decide = createReception({
    gateway: {
      members: async (room) => {
        fetched += 1;
        if (room === 'room-town') throw new Error('not in that room any more');
        return [{ id: 'wx-in-the-group', name: '还没绑定的' }];
      },
    },
    town: () => store.state(),
    now: () => now,
    pause: async () => void (paused += 1),
    log: () => {},
  });
});

let asked = 0;
const friend = (from: string): Promise<boolean> => decide({ id: `a${asked++}`, kind: 'friend', from });
const room = (from: string): Promise<boolean> => decide({ id: `a${asked++}`, kind: 'room', from });

describe('a friend request', () => {
  test('is accepted from bound people, officers and whoever is in a bound group, after a while', async () => {
    for (const from of [contactOf('韦大勇'), contactOf('江一鸣'), 'wx-in-the-group'])
      expect(await friend(from)).toBe(true);
    expect(paused).toBe(3);
  });

  test('of anybody else is left, whatever it says, and costs no more than a look at the groups now and then', async () => {
    for (let i = 0; i < 50; i++) expect(await friend(`wx-stranger-${i}`)).toBe(false);
    expect(paused).toBe(0);
    expect(fetched).toBe(2);
    now = addMinutes(now, 11);
    await friend('wx-stranger');
    expect(fetched).toBe(4);
  });

  test('is not accepted too often: ten an hour, forty a day, and the rest waits for a person', async () => {
    let count = 0;
    for (let minute = 0; minute < 23 * 60; minute += 2) {
      now = addMinutes('2026-11-10T00:00:00', minute);
      if (await friend(contactOf('韦大勇'))) count += 1;
      if (minute === 58) expect(count).toBe(10);
    }
    expect(count).toBe(40);
    now = '2026-11-11T00:30:00';
    expect(await friend(contactOf('韦大勇'))).toBe(true);
  });
});

describe('an invitation into a room', () => {
  test('is accepted from the town and from those who bind rooms, and from nobody else', async () => {
    for (const name of ['江一鸣', '苏晓雯', '梁振邦']) expect(await room(contactOf(name))).toBe(true);
    for (const from of [contactOf('韦大勇'), 'wx-in-the-group', 'wx-stranger'])
      expect(await room(from)).toBe(false);
  });
});
