import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { PuppetServer } from 'wechaty-puppet-service';
import type { OutageCause } from '../../bot/gateway/outage.ts';
import type { GatewaySettings } from '../../bot/gateway/wechaty-gateway.ts';
import { watchConnection } from '../../bot/watch.ts';
import { newTown } from '../../ledger/empty-state.ts';
import { LocalPuppet } from '../../trial/local-puppet.ts';
import { freePort, LOCAL_TOKEN } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { WORLD } from '../trial/small-world.ts';
import { isOnline, type Listener, listen, serve, until } from './local-stack.ts';

/** Why there is no connection, told apart over the real stack, and what the terminal and `/healthz` say of it. */

const ending: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  // oxlint-disable-next-line no-await-in-loop -- clients before servers
  for (const end of ending.splice(0).reverse()) await end();
});

async function plainServer(): Promise<string> {
  const { server } = await serve();
  ending.push(() => server.stop());
  return server.endpoint;
}

/** With the certificate that the library brings along, whose name is the token's prefix `insecure`. */
async function encryptingServer(): Promise<string> {
  const endpoint = `127.0.0.1:${await freePort()}`;
  const puppet = new LocalPuppet(new LocalWechat(WORLD, null, Date.now));
  const server = new PuppetServer({ endpoint, puppet, token: LOCAL_TOKEN });
  await server.start();
  ending.push(async () => {
    await puppet.stop();
    await server.stop();
  });
  return endpoint;
}

async function listener(settings: Partial<GatewaySettings> & { endpoint: string }): Promise<Listener> {
  const made = listen(settings.endpoint, settings);
  ending.push(() => made.gateway.stop());
  await made.gateway.start();
  return made;
}

/** The first thing that is said about the outage, on the terminal and to `/healthz`. */
async function outage(
  settings: Partial<GatewaySettings> & { endpoint: string },
): Promise<{ cause: OutageCause; terminal: string[]; health: string }> {
  const made = await listener(settings);
  const terminal: string[] = [];
  const watch = watchConnection({
    gateway: made.gateway,
    now: () => '2026-11-10T09:00:00',
    town: newTown,
    tell: () => {},
    log: () => {},
    say: (line) => terminal.push(line),
    onScan: async () => {},
  });
  await until(() => made.gateway.state().kind === 'offline', 'offline');
  const state = made.gateway.state();
  // It goes on trying, and the terminal is not told of every try.
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect(made.states.map((s) => s.kind)).not.toContain('online');
  if (state.kind !== 'offline') throw new Error('not offline');
  return { cause: state.cause, terminal, health: watch.trouble() ?? '' };
}

async function expectOutage(
  settings: Partial<GatewaySettings> & { endpoint: string },
  cause: OutageCause,
  words: RegExp,
): Promise<void> {
  const told = await outage(settings);
  expect(told.cause).toBe(cause);
  expect(told.terminal).toHaveLength(1);
  for (const line of [told.terminal[0] ?? '', told.health]) {
    expect(line).toMatch(words);
    // In Chinese, but for the names of settings; and never the token.
    expect(line.replace(/wechat\.\w+|LANXING_TOKEN|DNS|true|false|puppet_xxxx|\d{4}-\S+/g, '')).not.toMatch(
      /[A-Za-z]/,
    );
  }
}

describe('the token', () => {
  test('that is wrong is named as wrong, with where to mend it', async () => {
    await expectOutage(
      { endpoint: await plainServer(), token: 'insecure_wrong' },
      'token-refused',
      /不认这个令牌.*LANXING_TOKEN/,
    );
  });

  test('that is wrong is told from a connection that is', async () => {
    await expectOutage(
      { endpoint: await encryptingServer(), tls: true, token: 'insecure_wrong' },
      'token-refused',
      /不认这个令牌/,
    );
  });

  test('without its prefix is named as cut off', async () => {
    await expectOutage(
      { endpoint: await plainServer(), token: 'wrong' },
      'token-malformed',
      /令牌的写法不对/,
    );
  });
});

describe('encryption', () => {
  test('on both sides connects', async () => {
    const made = await listener({ endpoint: await encryptingServer(), tls: true });
    await until(isOnline(made), 'online');
  });

  test.each([
    ['the server alone', encryptingServer, false],
    ['the client alone', plainServer, true],
  ] as const)('of %s is a mismatch, and no wrong token', async (_who, server, tls) => {
    await expectOutage({ endpoint: await server(), tls }, 'tls-mismatch', /一边加密.*wechat\.tls/);
  });

  test('with a certificate of another name is refused as that', async () => {
    const endpoint = await encryptingServer();
    await expectOutage({ endpoint, tls: true, token: 'other_token' }, 'certificate', /证书不对/);
  });
});

describe('the address', () => {
  test('where nobody answers is named as that', async () => {
    const endpoint = `127.0.0.1:${await freePort()}`;
    await expectOutage({ endpoint }, 'unreachable', /接入服务连不上.*wechat\.endpoint/);
  });

  test('whose host nobody knows is named as that', async () => {
    await expectOutage({ endpoint: 'no-such-host.invalid:8788' }, 'host-unknown', /找不到.*主机名/);
  });
});

describe('without an endpoint the address is asked for', () => {
  async function resolver(answer: (token: string) => { status: number; text: string }): Promise<string> {
    const server: Server = createServer((request, response) => {
      const { status, text } = answer(decodeURIComponent(request.url?.split('/').at(-1) ?? ''));
      response.writeHead(status).end(text);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ending.push(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }
  /** Settings that leave the endpoint out. */
  const by = (url: string, token = LOCAL_TOKEN) =>
    ({ endpoint: undefined, resolver: url, token }) as unknown as { endpoint: string };

  test('and used', async () => {
    const endpoint = await plainServer();
    const [host, port] = endpoint.split(':');
    const url = await resolver((token) =>
      token === LOCAL_TOKEN
        ? { status: 200, text: JSON.stringify({ host, port: Number(port) }) }
        : { status: 404, text: '' },
    );
    await until(isOnline(await listener(by(url))), 'online');
    await expectOutage(by(url, 'insecure_unknown'), 'token-unresolved', /查不到接入服务的地址/);
  });

  test.each(['{}', '[]', 'null', '{"host":"","port":0}'])('and %s is no address', async (text) => {
    await expectOutage(by(await resolver(() => ({ status: 200, text }))), 'token-unresolved', /查不到/);
  });

  test('and where nobody can be asked the process lives on and says so', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await expectOutage(by(url), 'resolver-unreachable', /连不上查地址的服务/);
  });
});
