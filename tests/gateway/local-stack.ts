import {
  type GatewaySettings,
  type GatewayTiming,
  WechatyGateway,
} from '../../bot/gateway/wechaty-gateway.ts';
import type { ConnectionState, Inbound } from '../../bot/gateway/port.ts';
import { LocalPuppet } from '../../trial/local-puppet.ts';
import { type LocalServer, LOCAL_TOKEN, servePuppet } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { WORLD } from '../trial/small-world.ts';

/** Comes back quickly, and has patience: on a slow machine no test fails for an answer that is late. */
const QUICK: Partial<GatewayTiming> = {
  orderWindow: 0,
  login: 20_000,
  silence: 20_000,
  answer: 20_000,
  send: 20_000,
  echoGrace: 200,
  knock: [50, 100],
  retry: [50, 200],
  comeBack: [20, 100],
};

/** For a server that is to hang: it is given up soon. */
export const IMPATIENT: Partial<GatewayTiming> = { silence: 400, answer: 300, send: 300 };

export interface Stack {
  readonly wechat: LocalWechat;
  readonly puppet: LocalPuppet;
  readonly server: LocalServer;
}

export async function serve(
  port = 0,
  wechat = new LocalWechat(WORLD, null, Date.now),
  token = LOCAL_TOKEN,
): Promise<Stack> {
  const puppet = new LocalPuppet(wechat);
  return { wechat, puppet, server: await servePuppet(puppet, port, token) };
}

export interface Listener {
  readonly gateway: WechatyGateway;
  readonly heard: Inbound[];
  readonly states: ConnectionState[];
  readonly reports: string[];
}

export function listen(endpoint: string, settings: Partial<GatewaySettings> = {}): Listener {
  const heard: Inbound[] = [];
  const states: ConnectionState[] = [];
  const reports: string[] = [];
  const gateway = new WechatyGateway({
    token: LOCAL_TOKEN,
    endpoint,
    tls: false,
    report: (event, reason) => reports.push(`${event}: ${reason}`),
    ...settings,
    timing: { ...QUICK, ...settings.timing },
  });
  gateway.onMessage(async (message) => {
    heard.push(message);
  });
  gateway.onState((state) => states.push(state));
  return { gateway, heard, states, reports };
}

/** Waits until something holds, looking every few milliseconds. */
export async function until(holds: () => boolean, what: string, limit = 25_000): Promise<void> {
  const end = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${limit} ms in vain until ${what}`);
    // oxlint-disable-next-line no-await-in-loop -- that is what waiting is
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

export const isOnline = (listener: Listener) => (): boolean => listener.gateway.state().kind === 'online';
