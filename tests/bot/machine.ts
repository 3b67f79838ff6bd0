import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { openBot } from '../../bot/bot.ts';
import { readConfig } from '../../bot/config.ts';
import { contactOf } from '../../bot/founding.ts';
import type { Inbound } from '../../bot/gateway/port.ts';
import { type OutboxPace, TRIAL_PACE } from '../../bot/outbox.ts';
import { found } from '../../bot/rehearsal.ts';
import { openTownStore } from '../../bot/town-store.ts';
import { createUpkeep, type Upkeep } from '../../bot/upkeep.ts';
import { tellThrough } from '../../bot/upkeep/news.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addMinutes } from '../../scoring/calendar.ts';
import { FakeTimer } from '../outbox/fake-timer.ts';
import { policy, sampleBranch } from './chat.ts';
import { QuietGateway } from './quiet-gateway.ts';

const root = mkdtempSync(join(tmpdir(), 'lanxing-machine-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const file = sampleBranch();
export const GROUP = 'room-1';
export const OFFICERS = ['江一鸣', '值班员'];
export const MEMBER = '韦大勇';
let machines = 0;

export interface Machine {
  /** Where its config lies, and everything else. */
  readonly home: string;
  /** The data folder. */
  readonly folder: string;
  readonly gateway: QuietGateway;
  readonly upkeep: () => Upkeep;
  freeMb: number;
  at: string;
  tick(at: string): Promise<void>;
  /** A member speaks in the group, or privately, or sends a picture; what the group or they heard of it. */
  says(text: string, image?: string): Promise<string[]>;
  whispers(text: string): Promise<string[]>;
  branch(): BranchState;
  /** What the officers have been told, each. */
  told(): string[][];
  /** Runs the scheduled jobs of the machine's time. */
  jobs(): Promise<void>;
  /** The day that the outbox counts turns. */
  nextDay(): Promise<void>;
  open(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The whole bot over a real data folder, with a WeChat, a clock and a disk that are told what to be. */
export async function machine(extra = '', pace: Partial<OutboxPace> = {}): Promise<Machine> {
  const home = join(root, `m${machines++}`);
  const folder = join(home, 'data');
  mkdirSync(home);
  const { config } = readConfig(
    `data: ./data\ntown:\n  name: 镇\n  officers:\n    - name: 江一鸣\nwechat:\n  token: t\n${extra}`,
    'c',
    home,
  );
  if (!config) throw new Error('the config does not read');
  const gateway = new QuietGateway();
  const timer = new FakeTimer();
  let messages = 0;

  const open = async () => {
    const store = await openTownStore(folder);
    const places = { contact: contactOf, group: GROUP, town: 'room-town', officers: OFFICERS };
    await found(store, file, '2026-11-01T08:00:00', places);
    let bot: Awaited<ReturnType<typeof openBot>> | null = null;
    const upkeep = createUpkeep({
      config,
      store,
      log: () => {},
      tell: tellThrough(() => bot?.outbox ?? null),
      freeMb: () => it.freeMb,
    });
    bot = await openBot({
      gateway,
      store,
      policy: policy(),
      folder,
      pace: { ...TRIAL_PACE, ...pace },
      timer,
      random: () => 0,
      now: () => it.at,
      log: () => {},
      hasRoom: () => upkeep.hasRoom(),
      fatal: (error) => {
        throw error;
      },
    });
    return { store, upkeep, bot };
  };

  const speak = async (room: Inbound['room'], text: string, image?: string): Promise<string[]> => {
    const hearer = room?.id ?? contactOf(MEMBER);
    const before = gateway.textsTo(hearer).length;
    await gateway.handler({
      id: `m${messages++}`,
      at: it.at,
      room,
      from: { id: contactOf(MEMBER), name: MEMBER },
      kind: image === undefined ? 'text' : 'image',
      text,
      mentionsMe: room === null,
      mentions: [],
      ...(image === undefined ? {} : { content: { name: 'x.jpg', bytes: async () => Buffer.from(image) } }),
    });
    for (let i = 0; i < 5; i++) {
      // oxlint-disable-next-line no-await-in-loop -- what is said may owe more
      await timer.pass(100);
    }
    it.at = addMinutes(it.at, 1);
    return gateway.textsTo(hearer).slice(before);
  };

  const it: Machine = {
    home,
    folder,
    gateway,
    upkeep: () => running.upkeep,
    freeMb: 10_000,
    at: '2026-11-10T09:00:00',
    async tick(at) {
      it.at = at;
      await running.upkeep.tick(at);
      await timer.pass(1000);
    },
    says: (text, image) => speak({ id: GROUP, topic: file.branch }, text, image),
    whispers: (text) => speak(null, text),
    branch: () => running.store.state().branches[file.branch] as BranchState,
    told: () => OFFICERS.map((name) => gateway.textsTo(contactOf(name))),
    async jobs() {
      await running.bot.tick(it.at);
      await timer.pass(1000);
      await running.bot.engine.idle();
    },
    nextDay: () => timer.pass(86_400_000),
    async open() {
      running = await open();
    },
    async restart() {
      await it.close();
      await it.open();
    },
    close: () => running.bot.stop(),
  };
  let running = await open();
  return it;
}
