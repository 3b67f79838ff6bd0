import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDelivery, type Delivery, stillWorthSaying } from '../../bot/delivery.ts';
import type { Message } from '../../bot/hearers.ts';
import { newBranch, newTown } from '../../ledger/empty-state.ts';

/** What is owed on its way to the outbox: gathered into one line, kept back at night, dropped when it is stale. */

const BRANCH = '云溪村';
let delivery: Delivery;
let sent: string[] = [];
let delivered: [string, number][] = [];

beforeEach(() => {
  const town = newTown();
  town.branches[BRANCH] = newBranch(BRANCH);
  [sent, delivered] = [[], []];
  delivery = createDelivery({
    town: () => town,
    send: async (message) => sent.push(message.text) > 0,
    delivered: async (_branch, source, count) => void delivered.push([source, count]),
    fault: (error) => {
      throw error;
    },
  });
});

const notice: Message = { target: { room: 'r' }, to: BRANCH, text: '通知', priority: 'notice' };
const confirmed = (name: string, count: number): Message => ({
  ...notice,
  text: `已确认：${name}（${count}/24）`,
  gather: { key: 'confirmed', items: [name], head: '已确认：', tail: `（${count}/24）` },
});

describe('confirmations within a minute', () => {
  test('are one line with everybody in it, and each message that owed it is settled', async () => {
    for (const [i, name] of ['张国强', '李水生', '张国强', '南春桃'].entries())
      delivery.deliver(BRANCH, `m${i}`, [confirmed(name, 15 + i)], `2026-11-10T09:00:${10 + i}`);
    await delivery.idle();
    expect(sent).toEqual([]);
    expect(delivery.nextDue()).toBe('2026-11-10T09:01:10');
    delivery.tick('2026-11-10T09:01:10');
    await delivery.idle();
    expect(sent).toEqual(['已确认：张国强、李水生、南春桃（18/24）']);
    expect(delivered.map(([source]) => source)).toEqual(['m0', 'm1', 'm2', 'm3']);
  });

  test('that go on are one line in five minutes', async () => {
    delivery.deliver(BRANCH, 'm1', [confirmed('张国强', 1)], '2026-11-10T09:00:00');
    delivery.tick('2026-11-10T09:01:00');
    delivery.deliver(BRANCH, 'm2', [confirmed('李水生', 2)], '2026-11-10T09:02:00');
    delivery.tick('2026-11-10T09:05:59');
    await delivery.idle();
    expect(sent).toHaveLength(1);
    delivery.tick('2026-11-10T09:06:00');
    await delivery.idle();
    expect(sent).toEqual(['已确认：张国强（1/24）', '已确认：李水生（2/24）']);
  });

  test('of two rooms are two lines', async () => {
    delivery.deliver(BRANCH, 'm1', [confirmed('张国强', 1)], '2026-11-10T09:00:00');
    const other = { ...confirmed('李水生', 2), target: { room: 'other' } };
    delivery.deliver(BRANCH, 'm2', [other], '2026-11-10T09:00:00');
    delivery.tick('2026-11-10T09:01:00');
    await delivery.idle();
    expect(sent).toHaveLength(2);
  });
});

describe('at night', () => {
  test('a notice waits for the morning, an answer does not', async () => {
    const answer: Message = { ...notice, text: '已记 #1', priority: 'answer' };
    delivery.deliver(BRANCH, 'm1', [notice, answer], '2026-11-10T23:00:00');
    await delivery.idle();
    expect(sent).toEqual(['已记 #1']);
    expect(delivered).toEqual([]);
    delivery.tick('2026-11-11T06:59:00');
    await delivery.idle();
    expect(sent).toHaveLength(1);
    delivery.tick('2026-11-11T07:00:00');
    await delivery.idle();
    expect(sent).toEqual(['已记 #1', '通知']);
    expect(delivered).toEqual([['m1', 2]]);
  });
});

test('after an outage an answer is worth saying for half a day, a notice for three', () => {
  const answer: Message = { ...notice, priority: 'answer' };
  expect(stillWorthSaying(answer, '2026-11-10T09:00:00', '2026-11-10T21:00:00')).toBe(true);
  expect(stillWorthSaying(answer, '2026-11-10T09:00:00', '2026-11-10T21:00:01')).toBe(false);
  expect(stillWorthSaying(notice, '2026-11-10T09:00:00', '2026-11-13T09:00:00')).toBe(true);
  expect(stillWorthSaying(notice, '2026-11-10T09:00:00', '2026-11-13T09:00:01')).toBe(false);
});
