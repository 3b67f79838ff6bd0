import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot } from '../../bot/cli/start.ts';
import { run } from '../../bot/cli/verbs.ts';
import { readConfigFile } from '../../bot/config.ts';
import { found } from '../../bot/rehearsal.ts';
import { openTownStore, readTown } from '../../bot/town-store.ts';
import { addDays, dateOfTime, shanghai } from '../../scoring/calendar.ts';
import { LocalPuppet } from '../../trial/local-puppet.ts';
import { freePort, type LocalServer, servePuppet } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { worldOf } from '../../trial/world.ts';
import { sampleBranch } from './chat.ts';

/** `lanxing start` as it is run for years: a process of its own, a config file on disk, a puppet service behind TCP. */

const folder = mkdtempSync(join(tmpdir(), 'lanxing-start-'));
const data = join(folder, 'data');
const config = join(folder, 'lanxing.yaml');
const file = sampleBranch();
const world = worldOf(file);
const wechat = new LocalWechat(world, null, Date.now);
const running: ChildProcessWithoutNullStreams[] = [];
let server: LocalServer;
let health = 0;

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  readonly said: () => string;
}

function start(token = server.token): Running {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(process.cwd(), 'bot/cli/main.ts'), 'start', '--config', config],
    { env: { ...process.env, LANXING_TOKEN: token, HOME: folder } },
  );
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return { child, ended, said: () => said };
}

/** The same in this process, where it is expected to be refused: that is quicker. */
async function startHere(): Promise<{ code: unknown; said: string }> {
  const write = process.stderr.write.bind(process.stderr);
  const token = process.env['LANXING_TOKEN'];
  let said = '';
  process.stderr.write = (text: string) => {
    said += text;
    return true;
  };
  process.env['LANXING_TOKEN'] = server.token;
  try {
    await run(['start', '--config', config]);
    return { code: process.exitCode, said };
  } finally {
    process.stderr.write = write;
    process.exitCode = 0;
    if (token === undefined) delete process.env['LANXING_TOKEN'];
    else process.env['LANXING_TOKEN'] = token;
  }
}

async function until<T>(look: () => Promise<T | null> | T | null, what: () => string): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- that is what waiting is
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > end) throw new Error(`waited in vain: ${what()}`);
    // oxlint-disable-next-line no-await-in-loop -- the same
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function healthz(): Promise<{ status: number; text: string } | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${health}/healthz`);
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}

beforeAll(async () => {
  server = await servePuppet(new LocalPuppet(wechat));
  health = await freePort();
  writeFileSync(
    config,
    [
      'data: ./data',
      `town:\n  name: ${file.town}\n  officers:\n    - name: 江一鸣`,
      `wechat:\n  endpoint: ${server.endpoint}\n  tls: false`,
      'pace:\n  gap: [0, 0]\n  roomGap: [0, 0]',
      `health:\n  port: ${health}`,
    ].join('\n'),
  );
  const store = await openTownStore(data);
  const contacts = new Map(world.people.map((p) => [p.name, p.id]));
  await found(store, file, shanghai(Date.now() - 86_400_000), {
    contact: (name) => contacts.get(name),
    group: world.rooms.find((r) => r.kind === 'branch')?.id ?? '',
    town: world.rooms.find((r) => r.kind === 'town')?.id ?? '',
    officers: ['江一鸣'],
  });
  await store.close();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('lanxing start', () => {
  test('connects, answers, tells its health, refuses a second process, and stops in order', async () => {
    const first = start();
    await until(async () => ((await healthz())?.status === 200 ? true : null), first.said);

    const from = world.people.find((p) => p.name === '韦大勇')?.id ?? '';
    const chat = world.rooms.find((r) => r.kind === 'branch')?.id ?? '';
    wechat.say({ from, chat, text: '巡逻 昨晚8点 三组' });
    const receipt = await until(
      () => wechat.messages.find((m) => m.from === world.bot.id && m.chat === chat) ?? null,
      first.said,
    );
    const yesterday = addDays(dateOfTime(shanghai(Date.now())), -1);
    expect(receipt.text).toContain('已记 #1：韦大勇');
    expect(receipt.text).toContain(`${Number(yesterday.slice(5, 7))}月${Number(yesterday.slice(8))}日`);

    const metrics = await (await fetch(`http://127.0.0.1:${health}/metrics`)).text();
    expect(metrics).toMatch(/^lanxing_online 1$/m);
    expect(metrics).not.toMatch(/韦大勇|巡逻/);

    const second = await startHere();
    expect(second.code).toBe(2);
    expect(second.said).toContain(String(first.child.pid));

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.said()).not.toMatch(/韦大勇|巡逻|insecure_/);

    const { town, findings } = await readTown(data);
    expect(findings).toEqual([]);
    expect(Object.keys(town.branches[file.branch]?.reports ?? {})).toEqual(['1']);
  });

  test('with a wrong token says in Chinese what is wrong and what to do, on the terminal and in its health', async () => {
    const it = start('insecure_wrong');
    await until(() => (it.said().includes('不认这个令牌') ? true : null), it.said);
    const told = await healthz();
    expect(told?.status).toBe(503);
    expect(told?.text).toMatch(
      /^从 \d{4}-\d\d-\d\d \d\d:\d\d 起离线：接入服务不认这个令牌。核对令牌.*LANXING_TOKEN/,
    );
    expect(it.said()).toMatch(/^没有连上微信：接入服务不认这个令牌。核对令牌/m);
    it.child.kill('SIGTERM');
    expect(await it.ended).toBe(0);
    expect(it.said()).not.toContain('insecure_wrong');
  });

  test('twice at the same moment on one folder runs once; the other says why in one line and ends with 2', async () => {
    const both = [start(), start()];
    const [loser, code] = await Promise.race(
      both.map(async (one) => [one, await one.ended] as [Running, number | null]),
    );
    expect(code).toBe(2);
    expect(loser.said().trim().split('\n')).toEqual([expect.stringMatching(/另一个进程正在使用|端口用不了/)]);
    const winner = both.find((one) => one !== loser) as Running;
    await until(async () => ((await healthz())?.status === 200 ? true : null), winner.said);
    winner.child.kill('SIGTERM');
    expect(await winner.ended).toBe(0);
  });

  test('with a port that is taken after it was found free says so, changes nothing and lets go of the ledger', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(health, '127.0.0.1', resolve));
    try {
      const read = readConfigFile(config).config!;
      const before = (await readTown(data)).heads;
      await expect(startBot(read, server.token, new Promise(() => {}))).rejects.toThrow(
        /^127\.0\.0\.1:\d+：health\.port 写的端口用不了.*换一个端口$/,
      );
      expect((await readTown(data)).heads).toEqual(before);
      await (await openTownStore(data)).close();
    } finally {
      taken.close();
    }
  });

  test('with a config full of mistakes starts nothing and says all of them', async () => {
    writeFileSync(config, 'data: ./elsewhere\ntwon: {}\n');
    const tried = await startHere();
    expect(tried.code).toBe(2);
    expect(tried.said).toMatch(/lanxing\.yaml:2：不认识的设置 twon/);
    expect(tried.said).toMatch(/wechat/);
  });

  test('with a port that is taken, folders that cannot be and an empty passphrase says all of it and touches nothing', async () => {
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, '');
    writeFileSync(
      config,
      [
        'data: ./untouched',
        'town:\n  name: 示范镇\n  officers:\n    - name: 值班员',
        `wechat:\n  endpoint: ${server.endpoint}\n  tls: false`,
        `health:\n  port: ${server.endpoint.split(':')[1]}`,
        'backup:\n  folder: ./a-file\n  passphraseFile: ./a-file',
        'log:\n  folder: ./a-file',
      ].join('\n'),
    );
    const tried = await startHere();
    expect(tried.code).toBe(2);
    const lines = tried.said.trim().split('\n');
    expect(lines.map((line) => line.replace(folder, ''))).toEqual([
      expect.stringContaining('health.port'),
      expect.stringContaining('备份口令是空的'),
      expect.stringContaining('backup.folder'),
      expect.stringContaining('log.folder'),
    ]);
    expect(existsSync(join(folder, 'untouched'))).toBe(false);
  });
});
