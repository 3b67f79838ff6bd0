import { describe, expect, test } from '@jest/globals';
import { type Content, SendError, type Target } from '../../bot/gateway/port.ts';
import { type Letter, Outbox, type OutboxPace, type OutboxParts, type SendResult } from '../../bot/outbox.ts';
import { FakeTimer, settle } from './fake-timer.ts';

const PACE: OutboxPace = {
  gap: [1000, 3000],
  roomGap: [2000, 4000],
  rest: [60_000, 240_000],
  dailyCap: 100,
  tries: 3,
};

interface Sent {
  readonly at: number;
  readonly to: string;
  readonly text: string;
}

function setUp(parts: Partial<OutboxParts> = {}) {
  const timer = new FakeTimer();
  const sent: Sent[] = [];
  const plan: (Error | (() => Promise<{ id?: string }>))[] = [];
  const send = async (target: Target, content: Content): Promise<{ id?: string }> => {
    const planned = plan.shift();
    if (planned instanceof Error) throw planned;
    if (planned) return planned();
    const text = content.kind === 'text' ? content.text : content.name;
    sent.push({ at: timer.now(), to: 'room' in target ? target.room : target.contact, text });
    return { id: `w${sent.length}` };
  };
  const outbox = new Outbox({ send, timer, pace: PACE, random: () => 0, ...parts });
  const results = new Map<string, SendResult>();
  const put = (id: string, more: Partial<Letter> & { text?: string; room?: string } = {}): void => {
    const { text = id, room = 'r', ...rest } = more;
    const letter: Letter = {
      id,
      target: { room },
      content: { kind: 'text', text },
      priority: 'notice',
      ...rest,
    };
    void outbox.enqueue(letter).then((result) => results.set(id, result));
  };
  return { timer, sent, plan, outbox, results, put, texts: () => sent.map((s) => s.text) };
}

describe('pace', () => {
  test('between two sends of the account at least a second passes, to one room at least two', async () => {
    const { timer, sent, put } = setUp();
    put('a');
    put('b');
    put('c', { room: 's' });
    await timer.pass(10_000);
    expect(sent).toEqual([
      { at: 0, to: 'r', text: 'a' },
      { at: 1000, to: 's', text: 'c' },
      { at: 2000, to: 'r', text: 'b' },
    ]);
  });

  test('chance makes it longer, never shorter', async () => {
    const { timer, sent, put } = setUp({ random: () => 0.5 });
    for (const [i, room] of ['r', 's', 't'].entries()) put(`m${i}`, { room });
    await timer.pass(10_000);
    expect(sent.map((s) => s.at)).toEqual([0, 2000, 4000]);
  });

  test('an answer goes before every notice that waits, and each kind keeps its order', async () => {
    const { timer, put, texts } = setUp();
    put('n1');
    put('n2');
    put('n3');
    put('a1', { priority: 'answer' });
    put('a2', { priority: 'answer' });
    await timer.pass(20_000);
    expect(texts()).toEqual(['n1', 'a1', 'a2', 'n2', 'n3']);
  });

  test('a day has its cap, the last fifth of it for answers, and the next day goes on', async () => {
    const { timer, put, texts } = setUp({ pace: { ...PACE, gap: [0, 0], roomGap: [0, 0], dailyCap: 10 } });
    for (let i = 1; i <= 9; i += 1) put(`n${i}`);
    await timer.pass(1000);
    expect(texts()).toHaveLength(8);
    for (const id of ['a1', 'a2', 'a3']) put(id, { priority: 'answer' });
    await timer.pass(1000);
    expect(texts().slice(8)).toEqual(['a1', 'a2']);
    await timer.pass(86_400_000);
    expect(texts().slice(10)).toEqual(['a3', 'n9']);
  });
});

describe('“操作过于频繁”', () => {
  const tooOften = (): Error => new SendError('too-often', '操作过于频繁');

  test('rests the whole account, longer each time, and then sends what waited', async () => {
    const { timer, plan, sent, put } = setUp();
    plan.push(tooOften(), tooOften());
    put('a');
    put('b', { room: 's' });
    await timer.pass(59_999);
    expect(sent).toEqual([]);
    await timer.pass(120_000);
    expect(sent).toEqual([]);
    await timer.pass(10_000);
    expect(sent[0]).toEqual({ at: 180_000, to: 'r', text: 'a' });
    expect(sent[1]?.text).toBe('b');
  });

  test('is given up after some tries, and listed', async () => {
    const { timer, plan, outbox, results, put } = setUp();
    plan.push(tooOften(), tooOften(), tooOften());
    put('a');
    await timer.pass(1_000_000);
    expect(results.get('a')).toEqual({ state: 'failed', reason: '操作过于频繁' });
    expect(outbox.failures().map((f) => f.id)).toEqual(['a']);
  });
});

describe('what is not known to have gone out', () => {
  const doubt = (settled: Promise<boolean>): Error => new SendError('uncertain', 'no answer', settled);

  test('is not sent again where it turns out that it had', async () => {
    const { timer, plan, results, put, texts } = setUp();
    plan.push(doubt(Promise.resolve(true)));
    put('a', { repeatable: true });
    await timer.pass(60_000);
    expect(results.get('a')).toEqual({ state: 'sent' });
    expect(texts()).toEqual([]);
  });

  test('is not sent again by itself, and is told as unknown', async () => {
    const { timer, plan, results, put, texts } = setUp();
    plan.push(doubt(Promise.resolve(false)));
    put('a');
    await timer.pass(60_000);
    expect(results.get('a')).toEqual({ state: 'unknown', reason: 'no answer' });
    expect(texts()).toEqual([]);
  });

  test('is sent once more, and only once, where that does no harm', async () => {
    const { timer, plan, results, put } = setUp();
    plan.push(doubt(Promise.resolve(false)), doubt(Promise.resolve(false)));
    put('a', { repeatable: true });
    await timer.pass(60_000);
    expect(plan).toEqual([]);
    expect(results.get('a')).toMatchObject({ state: 'unknown' });
  });

  test('does not hold up the others', async () => {
    const { timer, plan, outbox, put, texts } = setUp();
    plan.push(doubt(new Promise(() => {})));
    put('a');
    put('b', { room: 's' });
    await timer.pass(60_000);
    expect(texts()).toEqual(['b']);
    expect(outbox.waiting()).toEqual(['a']);
  });
});

describe('offline', () => {
  test('nothing is tried, nothing is lost, and the order is the same afterwards', async () => {
    const { timer, outbox, put, texts } = setUp();
    outbox.setOnline(false);
    put('a');
    put('b');
    await timer.pass(3_600_000);
    expect(texts()).toEqual([]);
    outbox.setOnline(true);
    await timer.pass(10_000);
    expect(texts()).toEqual(['a', 'b']);
  });

  test('a send that surely did not leave is tried again without being counted as failed', async () => {
    const { timer, plan, results, put, texts } = setUp();
    plan.push(new SendError('offline', 'not online'), new SendError('offline', 'not online'));
    put('a');
    await timer.pass(10_000);
    expect(texts()).toEqual(['a']);
    expect(results.get('a')).toEqual({ state: 'sent', messageId: 'w1' });
  });
});

test('what the provider refuses is listed and the rest goes on', async () => {
  const { timer, plan, outbox, results, put, texts } = setUp();
  plan.push(new SendError('refused', 'not a friend'));
  put('a');
  put('b');
  await timer.pass(10_000);
  expect(results.get('a')).toEqual({ state: 'failed', reason: 'not a friend' });
  expect(texts()).toEqual(['b']);
  expect(outbox.failures()).toHaveLength(1);
});

test('a long text leaves in parts, in order, with only the first mentioning anybody', async () => {
  const contents: Content[] = [];
  const { timer, results, put } = setUp({
    send: async (_to, content) => {
      contents.push(content);
      return { id: `p${contents.length}` };
    },
  });
  const lines = Array.from({ length: 200 }, (_, i) => `第${i + 1}行：某某某 治安巡逻`);
  put('a', { content: { kind: 'text', text: lines.join('\n'), mentions: ['x'] } });
  put('b');
  await timer.pass(60_000);
  const texts = contents.map((c) => (c.kind === 'text' ? c.text : ''));
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.slice(0, -1).join('\n')).toBe(lines.join('\n'));
  expect(contents.filter((c) => c.kind === 'text' && c.mentions)).toHaveLength(1);
  expect(texts.at(-1)).toBe('b');
  expect(results.get('a')).toEqual({ state: 'sent', messageId: `p${texts.length - 1}` });
});

describe('putting in', () => {
  test('the same id again changes nothing, and both hear the outcome', async () => {
    const { timer, outbox, put, texts } = setUp();
    outbox.setOnline(false);
    put('a');
    const again = outbox.enqueue({
      id: 'a',
      target: { room: 'r' },
      content: { kind: 'text', text: 'other' },
      priority: 'answer',
    });
    outbox.setOnline(true);
    await timer.pass(10_000);
    expect(texts()).toEqual(['a']);
    expect(await again).toEqual({ state: 'sent', messageId: 'w1' });
  });

  test('what waits can be made one with what is added, and each hears the outcome', async () => {
    const merge = (waiting: Letter, added: Letter): Content | null =>
      waiting.content.kind === 'text' && added.content.kind === 'text' && waiting.id.startsWith('c')
        ? { kind: 'text', text: `${waiting.content.text}、${added.content.text}` }
        : null;
    const { timer, results, put, texts } = setUp({ merge });
    put('first');
    put('c1', { text: '甲' });
    put('c2', { text: '乙' });
    put('c3', { text: '丙', room: 's' });
    await timer.pass(20_000);
    expect(texts()).toEqual(['first', '丙', '甲、乙']);
    expect([...results.values()].every((r) => r.state === 'sent')).toBe(true);
  });

  test('what has begun to leave is not merged into and cannot be called off', async () => {
    let finish: (value: { id?: string }) => void = () => {};
    const { outbox, plan, put } = setUp({ merge: () => ({ kind: 'text', text: 'merged' }) });
    plan.push(() => new Promise((resolve) => (finish = resolve)));
    put('a');
    await settle();
    put('b');
    expect(outbox.cancel('a')).toBe(false);
    expect(outbox.waiting()).toEqual(['a', 'b']);
    expect(outbox.cancel('b')).toBe(true);
    finish({});
    await settle();
    expect(outbox.waiting()).toEqual([]);
  });
});

test('of a letter whose first part has left nothing can be called off or merged into', async () => {
  const { timer, outbox, put, texts } = setUp({ merge: () => ({ kind: 'text', text: 'merged' }) });
  put('a', { text: `${'一'.repeat(600)}\n${'二'.repeat(600)}` });
  await settle();
  expect(texts()).toHaveLength(1);
  put('b');
  expect(outbox.cancel('a')).toBe(false);
  await timer.pass(60_000);
  expect(texts()).toEqual(['一'.repeat(600), '二'.repeat(600), 'b']);
});

describe('the end', () => {
  test('draining waits for what is left', async () => {
    const { timer, outbox, put } = setUp();
    put('a');
    put('b');
    const drained = outbox.drain(60_000);
    await timer.pass(5000);
    expect(await drained).toBe(true);
    expect(await outbox.drain(1)).toBe(true);
  });

  test('draining has its time, and what did not leave is still owed', async () => {
    const { timer, outbox, put } = setUp();
    put('a');
    put('b');
    const drained = outbox.drain(500);
    await timer.pass(600);
    expect(await drained).toBe(false);
    outbox.stop();
    await timer.pass(60_000);
    expect(outbox.waiting()).toEqual(['b']);
  });
});
