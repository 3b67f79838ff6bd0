import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { freePort, LOCAL_TOKEN } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { ROOM, WORLD } from '../trial/small-world.ts';
import { isOnline, serve, until } from './local-stack.ts';
import { rest, rig, says } from './rig.ts';

/** Traps of wechaty that end a process, keep it from ending, or outlive it. */

const { ending, stack, listener, run } = rig();
const SCRIPT = new URL('./bare-process.ts', import.meta.url);

describe('trap 1: the payload cache', () => {
  test('wechaty keeps one under the home folder, and knows a room by its old name after a restart', async () => {
    const home = mkdtempSync(join(tmpdir(), 'lanxing-home-'));
    ending.push(() => rmSync(home, { recursive: true, force: true }));
    const port = await freePort();
    const first = await serve(port);
    const before = run(SCRIPT, ['bare-with-cache', first.server.endpoint], { HOME: home });
    await before.ended;
    expect(before.said()).toContain('topic: 样板村党员群');
    expect(existsSync(join(home, '.wechaty', 'wechaty-puppet-service', LOCAL_TOKEN))).toBe(true);
    await first.server.stop();
    const renamed = { ...WORLD, rooms: WORLD.rooms.map((r) => ({ ...r, topic: `新${r.topic}` })) };
    const second = await serve(port, new LocalWechat(renamed, null, Date.now));
    ending.push(() => second.server.stop());
    const after = run(SCRIPT, ['bare-with-cache', second.server.endpoint], { HOME: home });
    await after.ended;
    expect(after.said()).toContain('topic: 样板村党员群');
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

  test('the gateway knows a room’s new name after a restart', async () => {
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
    for (const text of ['先占一个号', '二']) says(second, text);
    await until(() => made.heard.length === 2, 'heard');
    expect(made.heard[1]?.room).toEqual({ id: ROOM, topic: '新样板村党员群' });
  });
});

describe('trap 7: errors', () => {
  test('from the provider end a wechaty that listens for none', async () => {
    const up = await stack();
    const it = run(SCRIPT, ['bare-without-error-listener', up.server.endpoint]);
    await until(() => it.said().includes('logged in'), 'logged in');
    up.puppet.emit('error', { data: 'trouble at the provider' });
    expect(await it.ended).not.toBe(0);
  });

  test('in an async handler end it too', async () => {
    const up = await stack();
    const it = run(SCRIPT, ['bare-without-error-listener', up.server.endpoint]);
    await until(() => it.said().includes('logged in'), 'logged in');
    says(up, '平安');
    says(up, '出错');
    expect(await it.ended).not.toBe(0);
    expect(it.said()).toContain('a bug in a handler');
  });

  test('end nothing of the gateway', async () => {
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
});

describe('trap 11: the end', () => {
  test('of wechaty alone leaves the process running for ever; it takes the server’s too', async () => {
    const it = run(SCRIPT, ['bare-stopped']);
    await until(() => it.said().includes('bot stopped'), 'stopped');
    await rest(1500);
    expect(it.child.exitCode).toBeNull();
    it.child.kill('SIGUSR2');
    expect(await it.ended).toBe(0);
  });

  test('of the gateway and its server lets the process end by itself', async () => {
    const it = run(SCRIPT, ['lanxing-stopped']);
    expect(await it.ended).toBe(0);
    expect(it.said()).toContain('both stopped');
  });
});
