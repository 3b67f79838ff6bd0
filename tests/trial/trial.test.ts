import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type RunningTrial, startTrial, type TrialOptions } from '../../trial/trial.ts';
import { createEchoBot } from './echo-bot.ts';

const ending: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (const end of ending.splice(0).reverse()) await end();
});

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'lanxing-trial-')), 'data');
async function start(dataFolder: string, more: Partial<TrialOptions> = {}): Promise<RunningTrial> {
  const trial = await startTrial({ createBot: createEchoBot, dataFolder, port: 0, ...more });
  ending.push(() => trial.stop());
  return trial;
}
async function texts(trial: RunningTrial, count: number): Promise<string[]> {
  while (trial.wechat.messages.length < count) {
    // oxlint-disable-next-line no-await-in-loop -- until they have come
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  return trial.wechat.messages.map((m) => m.text);
}
const post = (trial: RunningTrial, path: string, body: unknown): Promise<Response> =>
  fetch(new URL(path, trial.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const problemOf = (options: Partial<TrialOptions>): Promise<string> =>
  start(newFolder(), options).then(
    () => 'it started',
    (error: Error) => error.message,
  );

describe('the whole of it', () => {
  test('answers over the real stack, lasts over a restart, and starts over when asked to', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const me = first.wechat.world.people[5]?.id;
    const chat = first.wechat.world.rooms[0]?.id;
    await post(first, '/api/say', { as: me, chat, text: '@积分小助手 帮助' });
    expect(await texts(first, 2)).toEqual(['@积分小助手 帮助', '听到：帮助']);
    const before = first.control.now();
    await post(first, '/api/clock', { to: 'first' });
    expect(first.control.now() > before).toBe(true);
    await first.stop();

    const again = await start(folder);
    expect(again.control.now() > before).toBe(true);
    expect((await texts(again, 2)).slice(0, 2)).toEqual(['@积分小助手 帮助', '听到：帮助']);
    await again.stop();

    const asked: string[] = [];
    const confirm = async (question: string): Promise<boolean> => {
      asked.push(question);
      return true;
    };
    const fresh = await start(folder, { fresh: true, confirm });
    expect(asked).toHaveLength(1);
    expect(fresh.wechat.messages).toEqual([]);
  });

  test('what was said and not yet heard when it stopped is heard after the next start', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.stop();
    const from = first.wechat.world.people[5]?.id ?? '';
    first.wechat.say({ from, chat: `private:${from}`, text: '@积分小助手 还在吗' });
    expect(await texts(await start(folder), 2)).toEqual(['@积分小助手 还在吗', '听到：还在吗']);
  });

  test('goes through everything that is due on the way, in order and at its time', async () => {
    const trial = await start(newFolder());
    const due = trial.control.nextJob() ?? '';
    await trial.control.advanceTo(due);
    await trial.control.advanceTo(trial.control.nextJob() ?? '');
    const said = (await texts(trial, 2)).map((t) => t.slice(-19));
    expect(said[0]?.slice(0, 16)).toBe(due.slice(0, 16));
    expect((said[1] ?? '') > (said[0] ?? '')).toBe(true);
    expect(said[1]?.slice(10, 16)).toBe('T18:00');
  });
});

describe('it does not start, says what to do, and changes nothing', () => {
  test('where the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => {
      other.once('listening', resolve);
    });
    ending.push(() => void other.close());
    const folder = newFolder();
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const problem = await start(folder, { port }).catch((error: Error) => error.message);
    expect(problem).toMatch(new RegExp(`端口 ${port} 已被.*--port`));
    expect(existsSync(folder)).toBe(false);
  });

  test('where the folder is somebody else’s', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.docx'), '…');
    expect(await problemOf({ dataFolder: folder })).toMatch(/不是试用数据.*--data/);
    expect(await problemOf({ dataFolder: folder, fresh: true })).toMatch(/不是试用数据/);
    expect(readdirSync(folder)).toEqual(['thesis.docx']);
  });

  test('where a newer version has left its data', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'trial'), { recursive: true });
    const mark = '{"lanxing":"trial","v":2,"branch":{}}';
    writeFileSync(join(folder, 'trial', 'trial.json'), mark);
    expect(await problemOf({ dataFolder: folder })).toMatch(/更新的版本.*--data/);
    expect(readdirSync(join(folder, 'trial'))).toEqual(['trial.json']);
    expect(readFileSync(join(folder, 'trial', 'trial.json'), 'utf8')).toBe(mark);
  });

  test('where the folder cannot be', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'lanxing-trial-')), 'file');
    writeFileSync(file, '');
    expect(await problemOf({ dataFolder: join(file, 'data') })).toMatch(/是一个文件.*--data/);
    expect(await problemOf({ dataFolder: file })).toMatch(/是一个文件/);
    if (existsSync('/proc/self'))
      expect(await problemOf({ dataFolder: '/proc/nowhere/data' })).toMatch(/(?:建不了|写不进去).*--data/);
  });

  test('where another process has the folder, and takes over from one that is gone', async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    const lock = join(folder, 'trial', 'lock');
    writeFileSync(lock, String(process.ppid));
    expect(await problemOf({ dataFolder: folder })).toMatch(new RegExp(`进程 ${process.ppid}`));
    expect(readFileSync(lock, 'utf8')).toBe(String(process.ppid));
    writeFileSync(lock, '999999999');
    await start(folder);
  });

  test('where the branch file is none, or another than the folder’s', async () => {
    const folder = newFolder();
    await (await start(folder)).stop();
    const branchFile = join(mkdtempSync(join(tmpdir(), 'lanxing-trial-')), 'branch.json');
    writeFileSync(branchFile, '{"branch":"别村党支部","members":[{"name":"甲"}]}');
    expect(await problemOf({ dataFolder: folder, branchFile })).toMatch(/另一个支部.*--fresh/);
    writeFileSync(branchFile, '{"branch":');
    expect(await problemOf({ branchFile })).toMatch(/支部文件 .*读不了/);
  });

  test('where one says no to starting over', async () => {
    const folder = newFolder();
    const first = await start(folder);
    first.wechat.say({ from: first.wechat.world.bot.id, chat: 'town@chatroom', text: '留着' });
    await first.stop();
    const confirm = async (): Promise<boolean> => false;
    expect(await problemOf({ dataFolder: folder, fresh: true, confirm })).toMatch(/什么也没有动/);
    expect(readFileSync(join(folder, 'trial', 'messages.jsonl'), 'utf8')).toContain('留着');
  });
});
