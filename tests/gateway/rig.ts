import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { afterEach } from '@jest/globals';
import type { GatewaySettings } from '../../bot/gateway/wechaty-gateway.ts';
import { WORLD, idOf, ROOM } from '../trial/small-world.ts';
import { type BareBot, bareBot } from './bare-bot.ts';
import { Line } from './line.ts';
import { type Listener, listen, type Stack, serve } from './local-stack.ts';

/** A script beside the tests, running as a process of its own. */
export interface Script {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything that it has printed. */
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

export interface Rig {
  /** What is to be ended after the test, last made first. */
  readonly ending: (() => Promise<unknown> | void)[];
  stack: (port?: number, token?: string) => Promise<Stack>;
  lineTo: (up: Stack) => Promise<Line>;
  /** Lanxing's gateway, started. */
  listener: (endpoint: string, settings?: Partial<GatewaySettings>) => Promise<Listener>;
  /** wechaty by itself, started. */
  bare: (endpoint: string, token?: string, cache?: boolean) => Promise<BareBot>;
  run: (script: URL, args: readonly string[], env?: Record<string, string>) => Script;
}

/** For test files that set up stacks of their own in each test: all is taken down again, clients before servers. */
export function rig(): Rig {
  const ending: Rig['ending'] = [];
  afterEach(async () => {
    // oxlint-disable-next-line no-await-in-loop -- clients before servers
    for (const end of ending.splice(0).reverse()) await end();
  });
  return {
    ending,
    async stack(port, token) {
      const up = await serve(port, undefined, token);
      ending.push(() => up.server.stop());
      return up;
    },
    async lineTo(up) {
      const line = await new Line(up.server.endpoint).open();
      ending.push(() => line.cut());
      return line;
    },
    async listener(endpoint, settings) {
      const made = listen(endpoint, settings);
      ending.push(() => made.gateway.stop());
      await made.gateway.start();
      return made;
    },
    async bare(endpoint, token, cache) {
      const made = bareBot(endpoint, token, cache);
      ending.push(() => made.stop());
      await made.bot.start();
      return made;
    },
    run(script, args, env = {}) {
      const child = spawn(process.execPath, ['--import', 'tsx', script.pathname, ...args], {
        env: { ...process.env, ...env },
      });
      ending.push(() => void child.kill('SIGKILL'));
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const ended = new Promise<number | null>((resolve) => {
        child.once('exit', resolve);
      });
      return { child, said: () => said, ended };
    },
  };
}

export const says = (up: Stack, text: string, mentions: string[] = []) =>
  up.wechat.say({ from: idOf('丙三'), chat: ROOM, text, mentions });

export const botLines = (up: Stack): string[] =>
  up.wechat.messages.filter((m) => m.from === WORLD.bot.id).map((m) => m.text);

export const rest = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
