import { createServer } from 'node:net';
import { log, type Puppet } from 'wechaty-puppet';
import { PuppetServer } from 'wechaty-puppet-service';

log.level('silent');

export interface LocalServer {
  readonly endpoint: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Without TLS the prefix stands for the certificate's name; the client insists on one. */
export const LOCAL_TOKEN = 'insecure_lanxing-trial';

/**
 * A real puppet service on loopback, with the given puppet behind it. The service cannot say which port it got, so
 * a free one is looked up first; `port` asks for a certain one.
 */
export async function servePuppet(puppet: Puppet, port = 0, token = LOCAL_TOKEN): Promise<LocalServer> {
  const endpoint = `127.0.0.1:${port === 0 ? await freePort() : port}`;
  // Every client that comes asks for a start, and the library would add its listeners each time.
  const start = puppet.start.bind(puppet);
  puppet.start = async () => {
    if (!puppet.state.active()) await start();
  };
  const server = new PuppetServer({ endpoint, puppet, token, tls: { disable: true } });
  await withoutDeprecations(() => server.start());
  return {
    endpoint,
    token,
    async stop() {
      await puppet.stop();
      await server.stop();
    },
  };
}

/** The library calls what its own libraries have deprecated; that is no news for whoever starts the trial. */
async function withoutDeprecations(run: () => Promise<void>): Promise<void> {
  const before = process.noDeprecation === true;
  process.noDeprecation = true;
  try {
    await run();
  } finally {
    process.noDeprecation = before;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}
