import { describe, expect, test } from '@jest/globals';
import { knock } from '../../bot/gateway/knock.ts';
import { SendError } from '../../bot/gateway/port.ts';
import { freePort } from '../../trial/puppet-server.ts';
import { ROOM, WORLD } from '../trial/small-world.ts';
import { bareBot } from './bare-bot.ts';
import { IMPATIENT, isOnline, until } from './local-stack.ts';
import { botLines, rest, rig, says } from './rig.ts';

/**
 * Traps of wechaty on the line, by the numbers of the notes: each first shown with a bare bot, and then how the gateway
 * gets past it. Those of messages and of processes are in the files beside this one.
 */

const { stack, lineTo, listener, bare } = rig();

describe('trap 2: the server is down at the start, or the token is wrong', () => {
  test('wechaty calls either a success', async () => {
    const up = await stack();
    const both = await Promise.all([
      bare(`127.0.0.1:${await freePort()}`),
      bare(up.server.endpoint, 'insecure_wrong'),
    ]);
    for (const { bot, errors } of both) {
      expect(bot.isLoggedIn).toBe(false);
      expect(bot.state.active()).toBe(true);
      expect(errors).not.toEqual([]);
    }
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
  test('the gateway says that the token is refused, and never that it is online', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint, { token: 'insecure_wrong' });
    await until(() => made.gateway.state().kind === 'offline', 'offline');
    expect(made.gateway.state()).toMatchObject({ reason: expect.stringContaining('token is refused') });
    await rest(200);
    expect(made.states.map((s) => s.kind)).not.toContain('online');
    expect(JSON.stringify([made.reports, made.states])).not.toContain('insecure_wrong');
  });
});

describe('trap 3: the connection breaks and comes back', () => {
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

describe('trap 4: the server hangs', () => {
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

describe('trap 10: two clients on one server and token', () => {
  test('of wechaty: one of them hears nothing, and neither is told', async () => {
    const up = await stack();
    const first = await bare(up.server.endpoint);
    await until(() => first.bot.isLoggedIn, 'logged in');
    const second = await bare(up.server.endpoint);
    says(up, '一');
    await until(() => first.heard.length + second.heard.length > 0, 'one hears');
    await rest(150);
    expect(first.heard.length + second.heard.length).toBe(1);
    expect([first.bot.state.active(), second.bot.state.active()]).toEqual([true, true]);
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

test('the account is scanned, logs in, is logged out by the phone and scanned again', async () => {
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

describe('what the provider says to a send', () => {
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
