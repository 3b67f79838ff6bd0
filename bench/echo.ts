import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WechatyGateway } from '../bot/gateway/wechaty-gateway.ts';
import { TrialClock } from '../trial/clock.ts';
import { LocalPuppet } from '../trial/local-puppet.ts';
import { freePort, type LocalServer, servePuppet } from '../trial/puppet-server.ts';
import type { CreateBot, TrialBot } from '../trial/trial.ts';
import { LocalWechat, type TrialMessage } from '../trial/wechat.ts';
import { type World, worldOf } from '../trial/world.ts';
import { startBare } from './start-bare.ts';

/** All in milliseconds, and ratios; p50 of the named number of rounds. */
export interface EchoFigures {
  /** A bare wechaty bot: message said → its echo received. */
  readonly bare: number;
  /** The given bot: report said → receipt received. */
  readonly bot: number;
  readonly ratio: number;
  /** The server is back → the first message said after that is handled. */
  readonly restored: number;
  /** From starting the process to being logged in. */
  readonly startBare: number;
  readonly startGateway: number;
  readonly startRatio: number;
}

export interface EchoOptions {
  readonly rounds?: number;
  readonly outages?: number;
  readonly starts?: number;
  /** The branch that the given bot serves. */
  readonly branch: unknown;
  /** Who reports, and what in the nth round; every one must get a reply in the group. */
  readonly reporter: string;
  readonly report: (round: number) => string;
}

/** Both bots over the same kind of local stack, in turn, so that what else the machine does strikes both alike. */
export async function bench(createBot: CreateBot, options: EchoOptions): Promise<EchoFigures> {
  const { rounds = 200, outages = 9, starts = 5 } = options;
  const bare = await bareSide(options.branch);
  const own = await ownSide(createBot, options.branch);
  const times = { bare: [] as number[], bot: [] as number[] };
  const warmUp = 10;
  for (let i = 0; i < rounds + warmUp; i += 1) {
    // oxlint-disable no-await-in-loop -- one after the other is what is measured
    const bareTime = await roundTrip(bare, options.reporter, `第${i}句`);
    const botTime = await roundTrip(own, options.reporter, options.report(i));
    // oxlint-enable no-await-in-loop
    if (i < warmUp) continue;
    times.bare.push(bareTime);
    times.bot.push(botTime);
  }
  await bare.stop();
  await own.stop();
  const restored = await restoredServer(options.branch, outages);
  const startBareTime = await startTime('bare', options.branch, starts);
  const startGateway = await startTime('gateway', options.branch, starts);
  return {
    bare: median(times.bare),
    bot: median(times.bot),
    ratio: median(times.bot) / median(times.bare),
    restored,
    startBare: startBareTime,
    startGateway,
    startRatio: startGateway / startBareTime,
  };
}

interface Side {
  readonly wechat: LocalWechat;
  stop(): Promise<void>;
}

async function serve(branch: unknown, port = 0, now: () => number = Date.now): Promise<Stack> {
  const world = worldOf(branch);
  const wechat = new LocalWechat(world, null, now);
  return { world, wechat, server: await servePuppet(new LocalPuppet(wechat), port) };
}

interface Stack {
  readonly world: World;
  readonly wechat: LocalWechat;
  readonly server: LocalServer;
}

async function bareSide(branch: unknown): Promise<Side> {
  const { wechat, server } = await serve(branch);
  const bot = await startBare(server.endpoint, server.token);
  bot.on('message', (message) => {
    if (!message.self()) void message.say(message.text());
  });
  return {
    wechat,
    async stop() {
      await bot.stop();
      await server.stop();
    },
  };
}

async function ownSide(createBot: CreateBot, branch: unknown): Promise<Side> {
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-bench-'));
  const clock = new TrialClock(null);
  const { world, wechat, server } = await serve(branch, 0, () => clock.instant());
  const gateway = gatewayTo(server, 0);
  const bot: TrialBot = await createBot(gateway, clock, folder, { world, branch });
  await gateway.start();
  await online(gateway);
  return {
    wechat,
    async stop() {
      await bot.stop();
      await gateway.stop();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function gatewayTo(server: LocalServer, orderWindow?: number): WechatyGateway {
  const timing = orderWindow === undefined ? {} : { timing: { orderWindow } };
  return new WechatyGateway({ token: server.token, endpoint: server.endpoint, tls: false, ...timing });
}

function online(gateway: WechatyGateway): Promise<void> {
  return new Promise((resolve) => {
    gateway.onState((state) => {
      if (state.kind === 'online') resolve();
    });
  });
}

const PATIENCE_MS = 10_000;

/** From saying something in the group until the bot's next message in it. */
function roundTrip({ wechat }: Side, reporter: string, text: string): Promise<number> {
  const { world } = wechat;
  const from = world.people.find((p) => p.name === reporter)?.id ?? '';
  const chat = world.rooms.find((r) => r.kind === 'branch')?.id ?? '';
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const timer = setTimeout(() => reject(new Error(`no reply to “${text}”`)), PATIENCE_MS);
    const onMessage = (message: TrialMessage): void => {
      if (message.from !== world.bot.id || message.chat !== chat) return;
      clearTimeout(timer);
      wechat.off('message', onMessage);
      resolve(performance.now() - start);
    };
    wechat.on('message', onMessage);
    wechat.say({ from, chat, text });
  });
}

/** The gateway as in production, with the server gone for one to four seconds each time. */
async function restoredServer(branch: unknown, outages: number): Promise<number> {
  const port = await freePort();
  let stack = await serve(branch, port);
  const gateway = gatewayTo(stack.server);
  let handled: () => void = () => {};
  gateway.onMessage(async () => handled());
  await gateway.start();
  await online(gateway);
  const times: number[] = [];
  for (let i = 0; i < outages; i += 1) {
    // oxlint-disable no-await-in-loop -- one outage after the other
    await stack.server.stop();
    await later(1000 + 3000 * (i / outages));
    stack = await serve(branch, port);
    const start = performance.now();
    const first = new Promise<void>((resolve) => {
      handled = resolve;
    });
    const { wechat, world } = stack;
    const talking = setInterval(() => {
      wechat.say({
        from: world.people[0]?.id ?? '',
        chat: world.rooms[0]?.id ?? '',
        text: `在吗 ${performance.now()}`,
      });
    }, 50);
    await first;
    times.push(performance.now() - start);
    clearInterval(talking);
    // oxlint-enable no-await-in-loop
  }
  await gateway.stop();
  await stack.server.stop();
  return median(times);
}

/** From spawning a process to its word that it is logged in. */
async function startTime(kind: 'bare' | 'gateway', branch: unknown, starts: number): Promise<number> {
  const { server } = await serve(branch);
  const here = fileURLToPath(import.meta.url);
  const script = join(here, '..', `start-${kind}${extname(here)}`);
  const times: number[] = [];
  for (let i = 0; i < starts; i += 1) {
    // oxlint-disable-next-line no-await-in-loop -- they would slow each other down
    times.push(await timeToLogin([...process.execArgv, script, server.endpoint, server.token]));
  }
  await server.stop();
  return median(times);
}

function timeToLogin(args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let took = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      if (took !== 0 || !chunk.toString().includes('logged in')) return;
      took = performance.now() - start;
      child.kill();
    });
    child.once('exit', () => (took === 0 ? reject(new Error('it did not log in')) : resolve(took)));
  });
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
