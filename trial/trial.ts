import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Gateway } from '../bot/gateway/port.ts';
import { WechatyGateway } from '../bot/gateway/wechaty-gateway.ts';
import { type Clock, TrialClock } from './clock.ts';
import { controlOf, tickByItself, type Worker } from './control.ts';
import { defaultDataFolder, inspectFolder, type OpenFolder, openFolder, TrialProblem } from './folder.ts';
import { closeHttp, type Http, listen } from './http.ts';
import { LocalPuppet } from './local-puppet.ts';
import { type LocalServer, servePuppet } from './puppet-server.ts';
import { packageRoot } from '../bot/package-root.ts';
import { loadPolicy } from '../bot/policy-file.ts';
import { StorageProblem } from '../storage/problem.ts';
import { createTrialApp, type TrialControl } from './server.ts';
import { LocalWechat } from './wechat.ts';
import { type World, worldOf } from './world.ts';

export const DEFAULT_PORT = 8420;

/** The bot as the trial sees it. */
export interface TrialBot extends Worker {
  /** Finishes what it is doing and closes its store; called once. */
  stop(): Promise<void>;
  /** Whether it handled this message before: after a restart nothing is handled twice. */
  seen?(messageId: string): boolean;
}

/** Makes the bot on a gateway that is not started yet; `branch` is the branch file's contents. */
export type CreateBot = (
  gateway: Gateway,
  clock: Clock,
  dataFolder: string,
  place: { readonly world: World; readonly branch: unknown },
) => Promise<TrialBot>;

export interface TrialOptions {
  readonly createBot: CreateBot;
  readonly dataFolder?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  readonly fresh?: boolean;
  /** Path of a branch file; default the sample branch. */
  readonly branchFile?: string;
  /** Asked before a fresh start throws anything away. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

export interface RunningTrial {
  readonly url: string;
  readonly wechat: LocalWechat;
  readonly gateway: Gateway;
  readonly control: TrialControl;
  stop(): Promise<void>;
}

/** Everything on this machine, up and online. Throws a {@link TrialProblem}, and then nothing was changed. */
export async function startTrial(options: TrialOptions): Promise<RunningTrial> {
  const folder = options.dataFolder ?? defaultDataFolder();
  const branch = readBranch(options.branchFile ?? join(packageRoot(), 'trial', 'sample-branch.json'));
  const state = inspectFolder(folder);
  const fresh = options.fresh === true && state.kind === 'trial';
  if (fresh && !(await (options.confirm ?? askAtTerminal)(`要清空 ${folder} 里的试用数据，重新开始吗？`))) {
    throw new TrialProblem('没有清空，什么也没有动。');
  }
  if (state.kind === 'trial' && !fresh && options.branchFile !== undefined && !isSame(state.branch, branch)) {
    throw new TrialProblem(
      `${folder} 里是另一个支部的试用数据。请加 --fresh 重新开始，或用 --data 换一个文件夹。`,
    );
  }
  const http = await listen(options.port ?? DEFAULT_PORT);
  try {
    const opened = openFolder(folder, state, fresh, branch);
    return await run(options, folder, opened, http);
  } catch (error) {
    http.server.close();
    throw error;
  }
}

async function run(
  options: TrialOptions,
  folder: string,
  opened: OpenFolder,
  http: Http,
): Promise<RunningTrial> {
  const closing: (() => Promise<void> | void)[] = [() => opened.release()];
  const stop = stopper(closing);
  try {
    const clock = new TrialClock(join(opened.wechat, 'clock'));
    const wechat = new LocalWechat(opened.world, opened.wechat, () => clock.instant());
    const server: LocalServer = await servePuppet(new LocalPuppet(wechat));
    closing.unshift(() => server.stop());
    let bot: TrialBot | null = null;
    const gateway = new WechatyGateway({
      token: server.token,
      endpoint: server.endpoint,
      tls: false,
      // On one machine nothing overtakes anything, and people should not wait for what cannot come.
      timing: { orderWindow: 0, knock: [100, 1000], retry: [200, 2000] },
      now: () => clock.now(),
      seen: (id) => bot?.seen?.(id) ?? false,
    });
    bot = await options.createBot(gateway, clock, folder, { world: opened.world, branch: opened.branch });
    const made = bot;
    closing.unshift(() => made.stop());
    const control = controlOf(clock, made);
    http.handle = createTrialApp({
      wechat,
      control,
      botOnline: () => gateway.state().kind === 'online',
      postNames: Object.fromEntries((loadPolicy().policy?.posts ?? []).map((p) => [p.id, p.shortName])),
    }).fetch;
    closing.unshift(() => closeHttp(http.server));
    await gateway.start();
    closing.splice(closing.length - 2, 0, () => gateway.stop());
    await online(gateway);
    const ticking = tickByItself(clock, made);
    closing.unshift(() => clearInterval(ticking));
    return { url: `http://127.0.0.1:${http.port}/`, wechat, gateway, control, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Of the few steps only the closing of connections ever takes so long; together they stay under two seconds. */
const STOP_STEP_MS = 350;

/** Closes in the given order, each step allowed to fail and given little time: nothing may hold up a Ctrl-C. */
function stopper(steps: readonly (() => Promise<void> | void)[]): () => Promise<void> {
  let stopping: Promise<void> | null = null;
  return () => {
    stopping ??= (async () => {
      for (const step of steps) {
        // oxlint-disable-next-line no-await-in-loop -- the order matters: the bot is closed before its connection
        await Promise.race([
          Promise.resolve()
            .then(step)
            .catch(() => {}),
          later(STOP_STEP_MS),
        ]);
      }
    })();
    return stopping;
  };
}

async function online(gateway: Gateway): Promise<void> {
  const isOnline = new Promise<void>((resolve) => {
    gateway.onState((state) => {
      if (state.kind === 'online') resolve();
    });
  });
  const late = later(15_000).then(() => {
    throw new TrialProblem('机器人没能在 15 秒内上线。请再试一次。');
  });
  await Promise.race([isOnline, late]);
}

function readBranch(path: string): unknown {
  try {
    const contents: unknown = JSON.parse(readFileSync(path, 'utf8'));
    worldOf(contents);
    return contents;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new TrialProblem(`支部文件 ${path} 读不了：${why}`);
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function askAtTerminal(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new TrialProblem('清空数据要先问过您：请在终端里运行，或者直接用 --data 换一个空文件夹。');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question}（输入“是”清空）`);
  terminal.close();
  return /^(?:是|y|yes)$/i.test(answer.trim());
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** For the command line: one address line on standard output, and then on until Ctrl-C. Yields the exit code. */
export async function runTrial(options: TrialOptions): Promise<number> {
  try {
    const interrupted = new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
    });
    const trial = await startTrial(options);
    process.stdout.write(`兰星试用已就绪： ${trial.url} （按 Ctrl-C 结束，数据会留着）\n`);
    await interrupted;
    await trial.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof TrialProblem || error instanceof StorageProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
