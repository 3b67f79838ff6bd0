import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { LocalTime } from '../../scoring/calendar.ts';
import { createTrialApp } from '../../trial/server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { idOf, ROOM, WORLD } from './small-world.ts';
import { PIXEL } from './pixel.ts';

const Answer = z.record(z.string(), z.unknown());
const Messages = z.array(z.object({ seq: z.number(), text: z.string() }));

let wechat: LocalWechat;
let app: Hono;
let now: LocalTime;
let next: LocalTime | null;

beforeEach(() => {
  wechat = new LocalWechat(WORLD, null, () => Date.parse('2026-03-05T00:00:00Z'));
  now = '2026-12-30T10:00:00';
  next = '2026-12-31T18:00:00';
  const control = {
    now: () => now,
    nextJob: () => next,
    advanceTo: async (moment: LocalTime) => {
      now = moment;
    },
  };
  app = createTrialApp({ wechat, control, botOnline: () => true });
});

const json = async (
  path: string,
  init?: RequestInit,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await app.request(path, init);
  return { status: answer.status, body: Answer.parse(await answer.json()) };
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  json(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const me = idOf('丙三');

describe('the page', () => {
  test('comes with its own files and its libraries, and from nowhere else', async () => {
    const page = await app.request('/');
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'.*sha256-/);
    const files = [...html.matchAll(/"(\/(?:page|vendor)\/[^"]+)"/g)].map((m) => m[1] ?? '');
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      // oxlint-disable-next-line no-await-in-loop -- a handful of files
      const answer = await app.request(file);
      expect([file, answer.status]).toEqual([file, 200]);
    }
  });

  test('has every file that its scripts import', async () => {
    const asked = ['/page/app.js'];
    for (const path of asked) {
      // oxlint-disable-next-line no-await-in-loop -- one leads to the next
      const answer = await app.request(path);
      expect([path, answer.status]).toEqual([path, 200]);
      // oxlint-disable-next-line no-await-in-loop -- one leads to the next
      for (const [, name] of (await answer.text()).matchAll(/from '\.\/([a-z-]+\.js)'/g)) {
        if (!asked.includes(`/page/${name}`)) asked.push(`/page/${name}`);
      }
    }
    expect(asked.length).toBeGreaterThan(6);
  });

  test('gives out nothing else from the disk', async () => {
    for (const path of [
      '/page/../server.ts',
      '/page/%2e%2e%2fserver.ts',
      '/vendor/package.json',
      '/page/none.js',
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- a handful
      expect((await app.request(path)).status).toBe(404);
    }
  });
});

describe('other sites', () => {
  test('open in the same browser may not speak for anybody', async () => {
    const said = { as: me, chat: ROOM, text: '坏话' };
    for (const origin of ['https://elsewhere.example', 'null', 'https://localhost']) {
      // oxlint-disable-next-line no-await-in-loop -- a handful
      expect((await post('/api/say', said, { origin })).status).toBe(403);
    }
    expect(wechat.messages).toEqual([]);
  });

  test('whose name points here are not served', async () => {
    const answer = await app.request('http://elsewhere.example/api/world', {
      headers: { host: 'elsewhere.example' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('saying', () => {
  test('puts a message with its mentions and its quote into the chat', async () => {
    const first = wechat.say({ from: idOf('甲一'), chat: ROOM, text: '昨晚巡逻了' });
    const { status, body } = await post('/api/say', {
      as: me,
      chat: ROOM,
      text: '辛苦',
      mentions: ['x'],
      quote: first.id,
    });
    expect(status).toBe(200);
    expect(wechat.message(String(body['id']))).toMatchObject({
      from: me,
      text: '辛苦',
      mentions: ['x'],
      quote: { name: '甲一', text: '昨晚巡逻了' },
    });
  });

  test('what WeChat would not let one do is refused in words', async () => {
    expect(await post('/api/say', { as: idOf('镇员'), chat: ROOM, text: '好' })).toEqual({
      status: 409,
      body: { problem: '您不在这个群里' },
    });
    expect((await post('/api/say', { as: me })).status).toBe(400);
    expect((await json('/api/say', { method: 'POST', body: '{' })).status).toBe(400);
  });

  test('a recall takes back, once', async () => {
    const { id } = wechat.say({ from: me, chat: ROOM, text: '错了' });
    expect((await post('/api/recall', { as: me, id })).status).toBe(200);
    expect(wechat.message(id)?.recalled).toBe(true);
    expect((await post('/api/recall', { as: me, id })).status).toBe(409);
  });
});

describe('files', () => {
  const send = (file: File) => {
    const form = new FormData();
    form.set('as', me);
    form.set('chat', ROOM);
    form.set('file', file);
    return json('/api/photo', { method: 'POST', body: form });
  };

  test('a photo is shown, with its bytes as they were', async () => {
    const { body } = await send(new File([PIXEL], '照片.png', { type: 'image/png' }));
    const sha256 = wechat.message(String(body['id']))?.file?.sha256;
    const answer = await app.request(`/api/file/${sha256}`);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toMatch(/^inline/);
    expect(Buffer.from(await answer.arrayBuffer()).equals(PIXEL)).toBe(true);
  });

  test('what could run in a browser is only ever saved', async () => {
    const { body } = await send(new File(['<svg onload="alert(1)"/>'], '图.svg', { type: 'image/svg+xml' }));
    const answer = await app.request(`/api/file/${wechat.message(String(body['id']))?.file?.sha256}`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('an empty one, a huge one and one that nobody sent are refused', async () => {
    expect((await send(new File([], '空.png'))).status).toBe(400);
    expect((await send(new File([new Uint8Array(21 * 1024 * 1024)], '大.png'))).status).toBe(413);
    expect((await app.request(`/api/file/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

describe('the clock', () => {
  test.each([
    ['next', '2026-12-31T18:00:00'],
    ['day', '2026-12-31T08:00:00'],
    ['first', '2027-01-01T08:00:00'],
  ])('goes to the %s', async (to, moment) => {
    expect((await post('/api/clock', { to })).body).toMatchObject({ now: moment });
  });

  test('says where there is nothing to go to', async () => {
    next = null;
    expect(await post('/api/clock', { to: 'next' })).toMatchObject({ status: 409 });
    expect(now).toBe('2026-12-30T10:00:00');
  });
});

test('messages come in pages, the newest first to hand', async () => {
  for (let i = 1; i <= 130; i += 1) wechat.say({ from: me, chat: ROOM, text: `第${i}句` });
  wechat.say({ from: me, chat: `private:${me}`, text: '私话' });
  const seqs: number[] = [];
  let before = '';
  for (let more = true; more; ) {
    // oxlint-disable-next-line no-await-in-loop -- one page leads to the next
    const { body } = await json(`/api/messages?chat=${encodeURIComponent(ROOM)}${before}`);
    const messages = Messages.parse(body['messages']);
    seqs.unshift(...messages.map((m) => m.seq));
    before = `&before=${messages[0]?.seq}`;
    more = body['more'] === true;
  }
  expect(seqs).toEqual(Array.from({ length: 130 }, (_, i) => i + 1));
});

test('what happens is streamed to whoever has the page open', async () => {
  const answer = await app.request('/api/events');
  const reader = answer.body?.getReader();
  const heard: string[] = [];
  const read = async (holds: () => boolean): Promise<void> => {
    while (!holds()) {
      // oxlint-disable-next-line no-await-in-loop -- until it has come
      const { value } = (await reader?.read()) ?? {};
      heard.push(new TextDecoder().decode(value));
    }
  };
  await read(() => heard.join('').includes('event: beat'));
  const { id } = wechat.say({ from: me, chat: ROOM, text: '在吗' });
  wechat.recall(me, id);
  await read(() => heard.join('').includes('event: recall'));
  expect(heard.join('')).toMatch(/event: message\ndata: .*在吗/);
  await reader?.cancel();
});
