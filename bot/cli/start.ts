import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { shanghai } from '../../scoring/calendar.ts';
import { lockHolder } from '../../storage/lock.ts';
import { createReception } from '../approaches.ts';
import { type Bot, openBot } from '../bot.ts';
import { type Config, readConfigFile, tokenOf } from '../config.ts';
import { WechatyGateway } from '../gateway/wechaty-gateway.ts';
import { serveHealth } from '../health.ts';
import { createLog } from '../logging.ts';
import { REAL_PACE } from '../outbox.ts';
import { qrPng, qrTerminal } from '../qr.ts';
import { portTaken, unready } from '../readiness.ts';
import { realTimer } from '../timer.ts';
import { openTownStore } from '../town-store.ts';
import { createUpkeep } from '../upkeep.ts';
import { tellThrough } from '../upkeep/news.ts';
import { foundTown, inviteOfficers, randomCode } from '../upkeep/officers.ts';
import { botVitals } from '../vitals.ts';
import { watchConnection } from '../watch.ts';
import { BadInput, guard, readPolicyFiles } from './input.ts';

const TICK_MS = 5_000;
/** How long a friend request waits for its answer. */
const ANSWER_MS = [5_000, 30_000] as const;
const between = ([from, to]: readonly [number, number]): number => from + (to - from) * Math.random();
const now = (): string => shanghai(Date.now());

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}

/** Runs until a signal; everything acknowledged is durable at every moment, so stopping is only closing. */
export async function startBot(config: Config, token: string, stopped: Promise<unknown>): Promise<void> {
  const policy = readPolicyFiles(config.policy);
  const { log } = createLog({ ...config.log }, now);
  const store = await openTownStore(config.data);
  const fatal = (error: unknown): void => {
    log({ level: 'error', what: 'storage failed: stopping', error });
    process.stderr.write('账本写不下去了，已停止接收。请检查磁盘，再运行 lanxing doctor。\n');
    process.exit(1);
  };
  const gateway = new WechatyGateway({
    token,
    tls: config.wechat.tls,
    ...(config.wechat.endpoint === undefined ? {} : { endpoint: config.wechat.endpoint }),
    seen: (id) => bot?.seen(id) ?? false,
    report: (event, reason) => log({ level: 'warn', what: `${event}: ${reason}` }),
  });
  let bot: Bot | null = null;
  let trouble = (): string | null => '正在启动';
  const health = config.health
    ? await serveHealth({
        port: config.health.port,
        trouble: () => trouble(),
        vitals: botVitals(gateway, store, () => bot),
      }).catch(async () => {
        // Taken since it was looked at, by another program that was started at the same moment.
        await store.close();
        throw new BadInput([portTaken(config.health?.port)]);
      })
    : null;
  await foundTown(store, config, now());
  for (const { name, code } of await inviteOfficers(store, now(), randomCode))
    process.stderr.write(`${name}的微信还没有对上：请本人在镇组织办的群里发“绑定 ${code}”。\n`);
  const tell = tellThrough(() => bot?.outbox ?? null);
  const upkeep = createUpkeep({ config, store, log, tell });
  bot = await openBot({
    gateway,
    store,
    policy,
    folder: config.data,
    pace: { ...REAL_PACE, ...config.pace },
    timer: realTimer(now),
    random: Math.random,
    now,
    log,
    hasRoom: () => upkeep.hasRoom(),
    fatal,
  });
  const running = bot;
  gateway.onApproach(
    createReception({
      gateway,
      town: () => store.state(),
      now,
      pause: () => setTimeout(between(ANSWER_MS), undefined, { ref: false }),
      log,
    }),
  );
  const watch = watchConnection({
    gateway,
    now,
    town: () => store.state(),
    tell: (contact, text) => void tell(contact, text),
    log,
    say: (line) => void process.stderr.write(`${line}\n`),
    onScan: async (code) => {
      process.stderr.write(`请用机器人的微信扫码登录：\n${await qrTerminal(code)}\n`);
      writeFileSync(join(config.data, 'scan.png'), await qrPng(code), { mode: 0o600 });
      process.stderr.write(`二维码图片也在 ${join(config.data, 'scan.png')}\n`);
    },
  });
  trouble = () => upkeep.trouble() ?? watch.trouble();
  const ticking = setInterval(() => {
    void running
      .tick(now())
      .then(() => upkeep.tick(now()))
      .catch((error: unknown) => log({ level: 'error', what: 'tick', error }));
  }, TICK_MS);
  await gateway.start();
  process.stderr.write('兰星已启动，正在连接接入服务……\n');
  await stopped;
  clearInterval(ticking);
  health?.close();
  await gateway.stop();
  await running.stop();
  log({ level: 'info', what: 'stopped' });
}

async function start(options: { config: string }): Promise<void> {
  const { config, findings } = readConfigFile(options.config);
  if (!config) throw new BadInput(findings);
  const token = tokenOf(config, process.env);
  if (typeof token !== 'string') throw new BadInput([token]);
  // Of a second process on one ledger, the lock tells more than a port that is taken.
  const holder = await lockHolder(config.data).catch(() => null);
  const hindrances = holder === null ? await unready(config) : [];
  if (hindrances.length > 0) throw new BadInput(hindrances);
  await startBot(config, token, stopSignal());
}

/** `lanxing start --config FILE`. */
export function startCommand(): Command {
  return new Command('start')
    .description('按配置接入真实的 Wechaty 服务，长期运行；Ctrl-C 或 SIGTERM 有序停止')
    .requiredOption('--config <file>', '配置文件（YAML）；lanxing config example 输出样例')
    .action((options: { config: string }) => guard(() => start(options)));
}
