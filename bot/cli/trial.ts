import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { type CreateBot, DEFAULT_PORT, runTrial } from '../../trial/trial.ts';
import { openBot } from '../bot.ts';
import { readBranchFile } from '../founding.ts';
import { found } from '../rehearsal.ts';
import { TRIAL_PACE } from '../outbox.ts';
import { realTimer } from '../timer.ts';
import { openTownStore } from '../town-store.ts';
import { readPolicyFiles } from './input.ts';

/** A connection that is down must not hold up the clock for ever. */
const LONGEST_WAIT_MS = 10_000;

/** The bot of the trial: the same as on real WeChat, in a hurry. */
export const createTrialBot: CreateBot = async (gateway, clock, dataFolder, { world, branch }) => {
  const read = readBranchFile(branch);
  if ('findings' in read) throw new Error(read.findings.map((f) => `${f.place}：${f.problem}`).join('\n'));
  const folder = join(dataFolder, 'ledger');
  const store = await openTownStore(folder);
  const contacts = new Map(world.people.map((p) => [p.name, p.id]));
  await found(store, read.file, clock.now(), {
    contact: (name) => contacts.get(name),
    group: world.rooms.find((r) => r.kind === 'branch')?.id ?? '',
    town: world.rooms.find((r) => r.kind === 'town')?.id ?? '',
    officers: world.people.filter((p) => p.role === 'town').map((p) => p.name),
  });
  const bot = await openBot({
    gateway,
    store,
    policy: readPolicyFiles(),
    folder,
    pace: TRIAL_PACE,
    timer: realTimer(() => clock.now()),
    random: Math.random,
    now: () => clock.now(),
    log: ({ level, what, id, error }) => {
      if (level === 'error')
        process.stderr.write(
          `${what} ${id ?? ''} ${error instanceof Error ? (error.stack ?? error.message) : ''}\n`,
        );
    },
    fatal: (error) => {
      process.stderr.write(`账本写不下去了，已停止：${String(error)}\n`);
      process.exit(1);
    },
  });
  // The clock may only go on once everything is out: a message bears the time at which it left.
  const out = (): Promise<unknown> =>
    Promise.race([bot.engine.idle(), setTimeout(LONGEST_WAIT_MS, null, { ref: false })]);
  return {
    nextJob: () => bot.nextJob(),
    seen: (id) => bot.seen(id),
    stop: () => bot.stop(),
    tick: async (now) => {
      await bot.tick(now);
      await out();
    },
  };
};

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('端口是 0 到 65535 的整数');
  return port;
}

interface Options {
  data?: string;
  port: number;
  fresh?: boolean;
  branch?: string;
}

/** `lanxing trial [--data DIR] [--port N] [--fresh] [--branch FILE]`: what `npm start` runs. */
export function trialCommand(): Command {
  return new Command('trial')
    .description('在本机试用整套系统：真实的机器人，本机的“微信”，一个网页')
    .option('--data <folder>', '数据放在哪里；不写则放在用户数据目录')
    .option('--port <port>', '网页端口，0 自动挑选', portOf, DEFAULT_PORT)
    .option('--fresh', '清空以前的试用数据，重新开始（会先问一声）')
    .option('--branch <file>', '支部文件；不写则用自带的示例支部')
    .action(async (options: Options) => {
      process.exitCode = await runTrial({
        createBot: createTrialBot,
        port: options.port,
        ...(options.data === undefined ? {} : { dataFolder: options.data }),
        ...(options.fresh ? { fresh: true } : {}),
        ...(options.branch === undefined ? {} : { branchFile: options.branch }),
      });
    });
}
