import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SendError } from '../../bot/gateway/port.ts';
import { freePort } from '../../trial/puppet-server.ts';
import { ROOM } from '../trial/small-world.ts';
import { IMPATIENT, isOnline, type Listener, listen, until } from './local-stack.ts';

/** The same as in `traps.test.ts`, with a real server process that is really killed and stopped by the system. */

const long = process.env['LANXING_LONG'] === '1' ? describe : describe.skip;

long('a server process', () => {
  const ending: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    // oxlint-disable-next-line no-await-in-loop -- clients before servers
    for (const end of ending.splice(0).reverse()) await end();
  });

  interface Server {
    readonly child: ChildProcessWithoutNullStreams;
    readonly told: string[];
  }
  async function serveOn(port: number): Promise<Server> {
    const script = new URL('./server-process.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', script, String(port)]);
    ending.push(() => void child.kill('SIGKILL'));
    const told: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => told.push(...chunk.toString().split('\n').filter(Boolean)));
    await until(() => told.includes('ready'), 'the server is ready', 30_000);
    return { child, told };
  }
  async function listenOn(port: number, silence: number): Promise<Listener> {
    const made = listen(`127.0.0.1:${port}`, { timing: { ...IMPATIENT, silence } });
    ending.push(() => made.gateway.stop());
    await made.gateway.start();
    await until(isOnline(made), 'online', 10_000);
    return made;
  }

  test('killed and started again is found again', async () => {
    const port = await freePort();
    const first = await serveOn(port);
    const made = await listenOn(port, 400);
    first.child.kill('SIGKILL');
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    const second = await serveOn(port);
    await until(isOnline(made), 'online again', 10_000);
    second.child.stdin.write('在吗\n');
    await until(() => made.heard.some((m) => m.text === '在吗'), 'heard', 10_000);
  });

  test('frozen for a moment sends what it was given, once, and that is learnt', async () => {
    const port = await freePort();
    const { child, told } = await serveOn(port);
    const made = await listenOn(port, 60_000);
    child.kill('SIGSTOP');
    const error = await made.gateway
      .send({ room: ROOM }, { kind: 'text', text: '迟到的话' })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ failure: 'uncertain' });
    child.kill('SIGCONT');
    expect(error instanceof SendError && (await error.settled)).toBe(true);
    await until(() => told.includes('迟到的话'), 'sent', 10_000);
    expect(told.filter((t) => t === '迟到的话')).toHaveLength(1);
  });

  test('frozen for long is left and found again, and nothing is said twice', async () => {
    const port = await freePort();
    const { child, told } = await serveOn(port);
    const made = await listenOn(port, 400);
    child.kill('SIGSTOP');
    await made.gateway.send({ room: ROOM }, { kind: 'text', text: '迟到的话' }).catch(() => {});
    await until(() => made.gateway.state().kind === 'offline', 'offline', 10_000);
    child.kill('SIGCONT');
    await until(isOnline(made), 'online again', 20_000);
    child.stdin.write('在吗\n');
    await until(() => made.heard.some((m) => m.text === '在吗'), 'heard', 10_000);
    expect(told.filter((t) => t === '迟到的话').length).toBeLessThanOrEqual(1);
  });
});
