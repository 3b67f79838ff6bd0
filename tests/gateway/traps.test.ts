import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { knock } from '../../bot/gateway/knock.ts';
import { SendError } from '../../bot/gateway/port.ts';
import type { GatewaySettings } from '../../bot/gateway/wechaty-gateway.ts';
import { freePort, LOCAL_TOKEN } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { type BareBot, bareBot } from './bare-bot.ts';
import { Line } from './line.ts';
import { idOf, ROOM, WORLD } from '../trial/small-world.ts';
import { IMPATIENT, isOnline, type Listener, listen, type Stack, serve, until } from './local-stack.ts';

/** Each trap of wechaty, first shown with a bare bot where that is quick, and then how the gateway gets past it. */

const ending: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  // oxlint-disable-next-line no-await-in-loop -- clients before servers
  for (const end of ending.splice(0).reverse()) await end();
});

/** What takes longer than a quick test may; run with LANXING_LONG=1. */
const longTest = process.env['LANXING_LONG'] === '1' ? test : test.skip;

async function stack(port?: number, token?: string): Promise<Stack> {
  const up = await serve(port, undefined, token);
  ending.push(() => up.server.stop());
  return up;
}
async function lineTo(up: Stack): Promise<Line> {
  const line = await new Line(up.server.endpoint).open();
  ending.push(() => line.cut());
  return line;
}
async function listener(endpoint: string, settings?: Partial<GatewaySettings>): Promise<Listener> {
  const made = listen(endpoint, settings);
  ending.push(() => made.gateway.stop());
  await made.gateway.start();
  return made;
}
async function bare(endpoint: string, token?: string, cache?: boolean): Promise<BareBot> {
  const made = bareBot(endpoint, token, cache);
  ending.push(() => made.stop());
  await made.bot.start();
  return made;
}
const says = (up: Stack, text: string, mentions: string[] = []) =>
  up.wechat.say({ from: idOf('丙三'), chat: ROOM, text, mentions });
const botLines = (up: Stack): string[] =>
  up.wechat.messages.filter((m) => m.from === WORLD.bot.id).map((m) => m.text);
const rest = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe('the server is down at the start', () => {
  longTest('wechaty calls that a success', async () => {
    const { bot, errors } = await bare(`127.0.0.1:${await freePort()}`);
    expect(bot.isLoggedIn).toBe(false);
    expect(errors).not.toEqual([]);
  });

  test('the gateway says offline, and is online soon after the server is', async () => {
    const port = await freePort();
    const made = await listener(`127.0.0.1:${port}`);
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    const up = await stack(port);
    await until(isOnline(made), 'online');
    says(up, '在吗');
    await until(() => made.heard.length === 1, 'heard');
    expect(made.gateway.state()).toMatchObject({
      kind: 'online',
      self: { id: WORLD.bot.id, name: '小助手' },
    });
  });
});

describe('the token is wrong', () => {
  longTest('wechaty calls that a success', async () => {
    const { bot } = await bare((await stack()).server.endpoint, 'insecure_wrong');
    expect(bot.isLoggedIn).toBe(false);
  });

  test('the gateway says so and never that it is online', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint, { token: 'insecure_wrong' });
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    expect(made.gateway.state()).toMatchObject({ reason: expect.stringContaining('token is refused') });
    await rest(200);
    expect(made.states.map((s) => s.kind)).not.toContain('online');
    expect(JSON.stringify([made.reports, made.states])).not.toContain('insecure_wrong');
  });
});

describe('the connection breaks and comes back', () => {
  test('wechaty hears nothing more, and believes that all is well', async () => {
    const up = await stack();
    const line = await lineTo(up);
    const { bot, heard } = await bare(line.endpoint);
    says(up, '一');
    await until(() => heard.length === 1, 'heard');
    await line.cut();
    await line.open();
    await rest(200);
    says(up, '二');
    await rest(150);
    expect(heard).toEqual(['一']);
    expect(bot.state.active()).toBe(true);
  });

  test('the gateway opens a new one, hears again, and told of the gap', async () => {
    const up = await stack();
    const line = await lineTo(up);
    const made = await listener(line.endpoint);
    await until(isOnline(made), 'online');
    await line.cut();
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    await line.open();
    await until(isOnline(made), 'online again');
    says(up, '二');
    await until(() => made.heard.length === 1, 'heard');
    expect(made.heard[0]?.text).toBe('二');
    expect(made.states.map((s) => s.kind)).toEqual(['connecting', 'online', 'offline', 'online']);
  });

  test('again and again, with no listener left behind', async () => {
    const up = await stack();
    const line = await lineTo(up);
    const made = await listener(line.endpoint, { timing: { comeBack: [10, 10], knock: [10, 10] } });
    for (let i = 0; i < 6; i += 1) {
      // oxlint-disable no-await-in-loop -- one outage after the other
      await until(isOnline(made), 'online');
      await line.cut();
      await until(() => made.gateway.state().kind === 'offline', 'offline');
      await line.open();
      // oxlint-enable no-await-in-loop
    }
    await until(isOnline(made), 'online');
    says(up, '还在');
    await until(() => made.heard.length === 1, 'heard');
    await rest(50);
    expect(made.heard).toHaveLength(1);
    expect(up.puppet.listenerCount('message')).toBeLessThanOrEqual(2);
  });
});

describe('the server hangs', () => {
  test('wechaty waits for it without end, and what it waits with is sent after all', async () => {
    const up = await stack();
    const line = await lineTo(up);
    const { bot, puppet } = await bare(line.endpoint);
    await until(() => bot.isLoggedIn, 'logged in');
    line.freeze();
    let done = false;
    void puppet.messageSendText(ROOM, '迟到的话').then(() => {
      done = true;
    });
    await rest(500);
    expect(done).toBe(false);
    line.thaw();
    await until(() => done, 'sent');
    expect(botLines(up)).toEqual(['迟到的话']);
  });

  test('the gateway gives up in time, learns later that it went out, and it went out once', async () => {
    const up = await stack();
    const line = await lineTo(up);
    const made = await listener(line.endpoint, { timing: { send: 300 } });
    await until(isOnline(made), 'online');
    line.freeze();
    const error = await made.gateway
      .send({ room: ROOM }, { kind: 'text', text: '迟到的话' })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SendError);
    expect(error).toMatchObject({ failure: 'uncertain' });
    line.thaw();
    expect(error instanceof SendError && (await error.settled)).toBe(true);
    expect(botLines(up)).toEqual(['迟到的话']);
  });

  test('the gateway notices the silence, hangs up, and is online again after the thaw', async () => {
    const up = await stack();
    const line = await lineTo(up);
    const made = await listener(line.endpoint, { timing: { ...IMPATIENT, login: 2000 } });
    await until(isOnline(made), 'online');
    line.freeze();
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    expect(made.gateway.state()).toMatchObject({ reason: 'the server does not answer' });
    await expect(made.gateway.send({ room: ROOM }, { kind: 'text', text: '在吗' })).rejects.toMatchObject({
      failure: 'offline',
    });
    line.thaw();
    await until(isOnline(made), 'online again');
  });
});

test('an old stream that the server holds on to does not keep the gateway out for ever', async () => {
  const up = await stack();
  const line = await lineTo(up);
  const made = await listener(line.endpoint, { timing: { login: 500 } });
  await until(isOnline(made), 'online');
  await line.cut();
  await until(() => made.gateway.state().kind === 'offline', 'offline');
  const ghost = await bare(up.server.endpoint);
  await until(() => ghost.bot.isLoggedIn, 'the other is there');
  // This is how the library leaves: the stream is destroyed, and the call lives on.
  ghost.puppet.grpcManager.eventStream?.destroy();
  await line.open();
  await until(isOnline(made), 'online again');
  says(up, '一');
  await until(() => made.heard.length === 1, 'heard');
});

test('without any heartbeat the gateway asks instead, stays online and lets nothing pile up', async () => {
  const up = await stack();
  const made = await listener(up.server.endpoint, { timing: { silence: 60, answer: 5000 } });
  await until(isOnline(made), 'online');
  await rest(450);
  expect(made.states.map((s) => s.kind)).toEqual(['connecting', 'online']);
});

describe('events come twice and out of order', () => {
  test('wechaty hands them on as they come', async () => {
    const up = await stack();
    const { heard } = await bare(up.server.endpoint);
    const { id } = says(up, '一');
    up.puppet.emit('message', { messageId: id });
    await until(() => heard.length === 2, 'heard twice');
    expect(heard).toEqual(['一', '一']);
  });

  test('the gateway puts them in order, each once, also over a restart', async () => {
    const up = await stack();
    let at = 1_800_000_000_000;
    const wechat = new LocalWechat(WORLD, null, () => (at += 1000));
    Object.defineProperty(up.puppet, 'messageRawPayload', {
      value: async (id: string) => {
        const m = wechat.message(id);
        return {
          id,
          talkerId: m?.from,
          roomId: m?.chat,
          text: m?.text,
          timestamp: m?.at,
          type: 7,
          mentionIdList: [],
        };
      },
    });
    const said = ['一', '二', '三', '旧'].map(
      (text) => wechat.say({ from: idOf('丙三'), chat: ROOM, text }).id,
    );
    const made = await listener(up.server.endpoint, {
      timing: { orderWindow: 120 },
      seen: (id) => id === said[3],
    });
    await until(isOnline(made), 'online');
    for (const i of [2, 0, 3, 2, 1, 0]) up.puppet.emit('message', { messageId: said[i] ?? '' });
    await until(() => made.heard.length === 3, 'heard');
    await rest(200);
    expect(made.heard.map((m) => m.text)).toEqual(['一', '二', '三']);
  });

  test('the first touch of a room loads it slowly, and still nothing is overtaken', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    await until(isOnline(made), 'online');
    const texts = Array.from({ length: 30 }, (_, i) => `第${i}句`);
    for (const text of texts) says(up, text);
    await until(() => made.heard.length === 30, 'heard');
    expect(made.heard.map((m) => m.text)).toEqual(texts);
  });
});

describe('the payload cache', () => {
  test('wechaty keeps one under the home folder', async () => {
    const home = mkdtempSync(join(tmpdir(), 'lanxing-home-'));
    ending.push(() => rmSync(home, { recursive: true, force: true }));
    const up = await stack();
    // In a process of its own with a home of its own: the cache must not be taken away under wechaty's hands.
    const script = new URL('./cache-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', script, up.server.endpoint], {
      env: { ...process.env, HOME: home },
    });
    await once(child, 'exit');
    expect(existsSync(join(home, '.wechaty', 'wechaty-puppet-service', LOCAL_TOKEN))).toBe(true);
  });

  test('the gateway keeps none, so that two processes with one token do not lock each other out', async () => {
    const token = `insecure_${randomUUID()}`;
    const [one, other] = [await stack(0, token), await stack(0, token)];
    const both = [
      await listener(one.server.endpoint, { token }),
      await listener(other.server.endpoint, { token }),
    ];
    await until(() => both.every((made) => isOnline(made)()), 'online');
    says(one, '一');
    says(other, '二');
    await until(() => both.every((made) => made.heard.length === 1), 'both heard');
    expect(existsSync(join(homedir(), '.wechaty', 'wechaty-puppet-service', token))).toBe(false);
  });

  test('a room’s new name is known after a restart', async () => {
    const port = await freePort();
    const first = await serve(port);
    const made = await listener(`127.0.0.1:${port}`);
    await until(isOnline(made), 'online');
    says(first, '一');
    await until(() => made.heard.length === 1, 'heard');
    await first.server.stop();
    const renamed = { ...WORLD, rooms: WORLD.rooms.map((r) => ({ ...r, topic: `新${r.topic}` })) };
    const second = await serve(port, new LocalWechat(renamed, null, () => Date.now() + 5000));
    ending.push(() => second.server.stop());
    await until(() => made.states.filter((s) => s.kind === 'online').length === 2, 'online again');
    second.wechat.say({ from: idOf('丙三'), chat: ROOM, text: '先占一个号' });
    second.wechat.say({ from: idOf('丙三'), chat: ROOM, text: '二' });
    await until(() => made.heard.length === 2, 'heard');
    expect(made.heard[1]?.room?.topic).toBe('新样板村党员群');
  });
});

test('another provider gives everybody a new id, and the gateway holds on to no old one', async () => {
  const port = await freePort();
  const first = await serve(port);
  const made = await listener(`127.0.0.1:${port}`);
  await until(isOnline(made), 'online');
  says(first, '一');
  await until(() => made.heard.length === 1, 'heard');
  await first.server.stop();
  const anew = (id: string): string => id.replace('trial', 'other');
  const world = {
    ...WORLD,
    bot: { ...WORLD.bot, id: anew(WORLD.bot.id) },
    people: WORLD.people.map((p) => ({ ...p, id: anew(p.id) })),
    rooms: WORLD.rooms.map((r) => ({ ...r, people: r.people.map(anew) })),
  };
  const second = await serve(port, new LocalWechat(world, null, Date.now));
  ending.push(() => second.server.stop());
  await until(() => made.states.filter((s) => s.kind === 'online').length === 2, 'online again');
  for (const text of ['占号', '@小助手 二'])
    second.wechat.say({ from: anew(idOf('丙三')), chat: ROOM, text });
  await until(() => made.heard.length === 2, 'heard');
  expect(made.heard[1]).toMatchObject({ from: { id: anew(idOf('丙三')), name: '丙三' }, mentionsMe: true });
  expect((await made.gateway.members(ROOM)).map((p) => p.id)).not.toContain(idOf('丙三'));
});

test('a second client gets nothing while the first is there, and takes nothing from it', async () => {
  const up = await stack();
  const first = await listener(up.server.endpoint);
  await until(isOnline(first), 'online');
  const second = await listener(up.server.endpoint, { timing: { login: 1000 } });
  await until(() => second.gateway.state().kind === 'offline', 'the second is told');
  says(up, '一');
  await until(() => first.heard.length === 1, 'the first hears');
  expect(second.heard).toEqual([]);
  await first.gateway.stop();
  await until(isOnline(second), 'the second may come');
});

test('a second client that leaves as the library does ends the first one’s stream, and the first comes back', async () => {
  const up = await stack();
  const first = await listener(up.server.endpoint, {});
  await until(isOnline(first), 'online');
  const second = bareBot(up.server.endpoint);
  await second.bot.start();
  await second.bot.stop();
  await until(() => first.states.filter((s) => s.kind === 'online').length === 2, 'online again');
  says(up, '一');
  await until(() => first.heard.length === 1, 'heard');
});

test('a knock is answered by a running server alone', async () => {
  const up = await stack();
  const line = await lineTo(up);
  expect(await knock(line.endpoint, false)).toBeNull();
  line.freeze();
  expect(await knock(line.endpoint, false)).toBe('unreachable');
  await line.cut();
  expect(await knock(line.endpoint, false)).toBe('unreachable');
});

describe('the account', () => {
  test('is scanned, logs in, is logged out by the phone and scanned again', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    await until(isOnline(made), 'online');
    await up.puppet.logout('phone');
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    up.puppet.emit('scan', { qrcode: 'https://example.invalid/qr', status: 2 });
    await until(() => made.gateway.state().kind === 'waiting-for-scan', 'asked to scan');
    expect(made.gateway.state()).toEqual({ kind: 'waiting-for-scan', qr: 'https://example.invalid/qr' });
    up.puppet.login(WORLD.bot.id);
    await until(isOnline(made), 'online again');
  });

  test('mentions are found by name where no ids come, and not in what is quoted', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    await until(isOnline(made), 'online');
    const { id } = says(up, '@小助手\u2005帮助');
    up.wechat.say({ from: idOf('甲一'), chat: ROOM, text: '看这句', quote: id });
    await until(() => made.heard.length === 2, 'heard');
    expect(made.heard.map((m) => m.mentionsMe)).toEqual([true, false]);
    expect(made.heard[1]).toMatchObject({
      text: '看这句',
      quote: { name: '丙三', text: '@小助手\u2005帮助' },
    });
  });
});

describe('errors', () => {
  test('in a handler or from the server end nothing', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    const texts: string[] = [];
    made.gateway.onMessage(async (message) => {
      texts.push(message.text);
      throw new Error('a bug above');
    });
    await until(isOnline(made), 'online');
    up.puppet.emit('error', { data: 'trouble at the provider' });
    up.puppet.emit('message', { messageId: 'no-such-message' });
    says(up, '一');
    says(up, '二');
    await until(() => texts.length === 2, 'both handled');
    expect(made.reports.some((r) => r.includes('a bug above'))).toBe(true);
    expect(made.gateway.state().kind).toBe('online');
  });

  test.each([
    ['操作过于频繁，请稍后再试', 'too-often'],
    ['you are not a friend', 'refused'],
  ])('“%s” on sending is %s, and a file is not sent a second way', async (words, failure) => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    await until(isOnline(made), 'online');
    let tries = 0;
    const refuse = async (): Promise<never> => {
      tries += 1;
      throw new Error(words);
    };
    Object.defineProperty(up.puppet, 'messageSendText', { value: refuse });
    Object.defineProperty(up.puppet, 'messageSendFile', { value: refuse });
    await expect(made.gateway.send({ room: ROOM }, { kind: 'text', text: '好' })).rejects.toMatchObject({
      failure,
    });
    const file = { kind: 'file', name: '表.xlsx', bytes: new Uint8Array(8) } as const;
    await expect(made.gateway.send({ room: ROOM }, file)).rejects.toMatchObject({ failure });
    expect(tries).toBe(2);
  });
});
