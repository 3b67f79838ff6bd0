/**
 * `npm run soak`: 10,000 messages and 50 reconnects through the real stack (wechaty, puppet service, gRPC, the whole
 * bot on a real journal), and what that does to the bot's memory. The server runs in a process of its own, so that
 * what is measured is the bot alone. `npm run soak -- MESSAGES RECONNECTS` for another size.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTrialBot } from '../bot/cli/trial.ts';
import { WechatyGateway } from '../bot/gateway/wechaty-gateway.ts';
import { instant, shanghai } from '../scoring/calendar.ts';
import { LocalPuppet } from '../trial/local-puppet.ts';
import { freePort, type LocalServer, servePuppet } from '../trial/puppet-server.ts';
import { LocalWechat } from '../trial/wechat.ts';
import { worldOf } from '../trial/world.ts';

const BRANCH: unknown = JSON.parse(
  readFileSync(new URL('../trial/sample-branch.json', import.meta.url), 'utf8'),
);
const START = instant('2026-11-02T08:00:00');
/** Simulated time between two messages: nobody floods, and a soak covers a good week. */
const STEP_MS = 60_000;
/** What is reached by then is the size of a bot at work; growth is counted from here. */
const WARM_UP_SHARE = 0.3;
/** How long the server stays away each time. */
const OUTAGE_MS = 1000;
const PATIENCE_MS = 120_000;

type Order =
  | {
      readonly do: 'say';
      readonly at: number;
      readonly from: string;
      readonly private: boolean;
      readonly text: string;
    }
  | { readonly do: 'drop'; readonly forMs: number };

/** The server's side: a WeChat that says what it is told to, and goes away and comes back. */
async function serve(port: number, folder: string): Promise<void> {
  const world = worldOf(BRANCH);
  let now = START;
  const wechat = new LocalWechat(world, folder, () => now);
  let server: LocalServer = await servePuppet(new LocalPuppet(wechat), port);
  const group = world.rooms.find((r) => r.kind === 'branch')?.id ?? '';
  let said = 0;
  wechat.on('message', (message) => {
    if (message.from === world.bot.id) process.send?.({ said: (said += 1), chat: message.chat });
  });
  process.on('message', (order: Order) => {
    if (order.do === 'say') {
      now = order.at;
      const from = world.people.find((p) => p.name === order.from)?.id ?? '';
      wechat.say({ from, chat: order.private ? `private:${from}` : group, text: order.text });
      return;
    }
    void (async () => {
      await server.stop();
      await new Promise((resolve) => setTimeout(resolve, order.forMs));
      server = await servePuppet(new LocalPuppet(wechat), port);
    })();
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
}

const CHAT = [
  '明天降温，多穿点',
  '谁家的鸡跑出来了',
  '收到',
  '好的👍',
  '路口那家米粉不错',
  '哈哈',
  '今年的稻子可以',
];
const REPORTS = [
  '刚在一组巡逻了一圈，正常',
  '今天上午把二组的路扫了',
  '今天去看了泵站，设备正常',
  '今天上门看了空巢老人',
];

/** The nth message: chat mostly, then questions, reports and verifications, by everybody in turn. */
function sayingOf(n: number, names: readonly string[]): { from: string; private: boolean; text: string } {
  const from = names[n % names.length] ?? '';
  const kind = n % 10;
  if (kind === 3) return { from, private: false, text: REPORTS[((n / 10) % REPORTS.length) | 0] ?? '' };
  if (kind === 5) return { from, private: true, text: '我多少分' };
  if (kind === 7) return { from, private: true, text: '帮助' };
  if (kind === 9) return { from: '苏晓雯', private: true, text: n % 20 === 9 ? '核实 全部' : '核实' };
  return { from, private: false, text: CHAT[n % CHAT.length] ?? '' };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

const MB = 1_048_576;
interface Sample {
  readonly messages: number;
  readonly rss: number;
  readonly heap: number;
}

/** Several collections with pauses between: what is left is what is held. */
async function measure(messages: number, gc: () => void): Promise<Sample> {
  for (let i = 0; i < 4; i++) {
    gc();
    // oxlint-disable-next-line no-await-in-loop -- finalisers run in between
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { messages, rss: rss / MB, heap: heapUsed / MB };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    // oxlint-disable-next-line no-await-in-loop -- that is what waiting is
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function soak(messages: number, reconnects: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-soak-'));
  const port = await freePort();
  const child: ChildProcess = fork(import.meta.filename, ['--serve', String(port), join(folder, 'wechat')]);
  let ready = false;
  let answers = 0;
  child.on('message', (word: { ready?: true; said?: number }) => {
    if (word.ready) ready = true;
    if (word.said !== undefined) answers = word.said;
  });
  const order = (what: Order): void => void child.send(what);
  await until(() => ready, 'the server is up');

  let at = START;
  const clock = { now: () => shanghai(at) };
  const world = worldOf(BRANCH);
  const gateway = new WechatyGateway({
    token: 'insecure_lanxing-trial',
    endpoint: `127.0.0.1:${port}`,
    tls: false,
    // A line that breaks again and again is come back to ever more slowly; here that would be hours.
    timing: { orderWindow: 0, knock: [100, 500], retry: [100, 500], comeBack: [200, 500] },
    now: clock.now,
    report: (event, reason) => process.stderr.write(`${event}: ${reason}\n`),
  });
  const bot = await createTrialBot(gateway, clock, folder, {
    world,
    branch: BRANCH,
  });
  await gateway.start();
  const online = (): boolean => gateway.state().kind === 'online';
  await until(online, 'online');

  const names = world.people.filter((p) => p.role !== 'town').map((p) => p.name);
  const gc = collector();
  const samples: Sample[] = [];
  const outages: number[] = [];
  const everyReconnect = Math.floor(messages / reconnects);
  const everySample = Math.floor(messages / 10);
  const began = Date.now();
  for (let n = 1; n <= messages; n++) {
    at += STEP_MS;
    order({ do: 'say', at, ...sayingOf(n, names) });
    // oxlint-disable no-await-in-loop -- a conversation, in order
    if (n % 10 === 9) {
      // Whoever asks in private is answered; that everything before was handled follows from it.
      const before = answers;
      await until(() => answers > before, `an answer to message ${n}`);
      await bot.tick?.(clock.now());
    }
    if (n % everyReconnect === 0) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      order({ do: 'drop', forMs: OUTAGE_MS });
      await until(() => !online(), `the break after message ${n} was noticed`);
      const away = Date.now();
      await until(online, `online again after message ${n}`);
      outages.push(Date.now() - away);
    }
    if (n % everySample === 0) {
      samples.push(await measure(n, gc));
      const { rss, heap } = samples.at(-1) as Sample;
      process.stderr.write(`${n} messages: rss ${rss.toFixed(0)} MB, heap ${heap.toFixed(1)} MB\n`);
    }
    // oxlint-enable no-await-in-loop
  }
  const minutes = (Date.now() - began) / 60_000;
  await bot.stop();
  await gateway.stop();
  child.disconnect();
  rmSync(folder, { recursive: true, force: true });
  report(samples, { messages, reconnects, minutes, answers, outages });
}

/** The middle of three: one sample alone may have met a collection half done. */
function level(samples: readonly Sample[], of: (s: Sample) => number): number {
  return middle(samples.map(of));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report(
  samples: readonly Sample[],
  run: {
    messages: number;
    reconnects: number;
    minutes: number;
    answers: number;
    outages: readonly number[];
  },
): void {
  const warm = samples.filter((s) => s.messages >= run.messages * WARM_UP_SHARE);
  const figures = [(s: Sample): number => s.rss, (s: Sample): number => s.heap].map((of) => {
    const from = level(warm.slice(0, 3), of);
    const to = level(warm.slice(-3), of);
    return { from: Math.round(from), to: Math.round(to), growth: `${((to / from - 1) * 100).toFixed(1)} %` };
  });
  process.stdout.write(
    `${JSON.stringify({
      messages: run.messages,
      reconnects: run.reconnects,
      answers: run.answers,
      minutes: Number(run.minutes.toFixed(1)),
      // From noticing the break to being logged in again, the server's absence included.
      outageMs: { p50: middle(run.outages), max: Math.max(...run.outages) },
      rssMB: figures[0],
      heapMB: figures[1],
      aim: 'rss growth after warm-up ≤ 5 %',
    })}\n`,
  );
}

const [first, second, third] = process.argv.slice(2);
if (first === '--serve') await serve(Number(second), third ?? '');
else {
  await soak(Number(first ?? 10_000), Number(second ?? 50));
  process.exit(0);
}
