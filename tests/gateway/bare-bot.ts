import { type Wechaty, WechatyBuilder } from 'wechaty';
import { PuppetService } from 'wechaty-puppet-service';
import { LOCAL_TOKEN } from '../../trial/puppet-server.ts';

export interface BareBot {
  readonly bot: Wechaty;
  readonly puppet: PuppetService;
  readonly heard: string[];
  readonly errors: unknown[];
  stop(): Promise<void>;
}

class CachelessPuppet extends PuppetService {
  constructor(options: ConstructorParameters<typeof PuppetService>[0]) {
    super(options);
    // oxlint-disable-next-line no-underscore-dangle -- the library's own name
    this._payloadStore.start = async () => {};
  }
}

/** wechaty as its own manual has it, to show the traps with; it writes into the home folder only where asked to. */
export function bareBot(endpoint: string, token = LOCAL_TOKEN, cache = false, hearsErrors = true): BareBot {
  const options = { token, endpoint, tls: { disable: true } };
  const puppet = cache ? new PuppetService(options) : new CachelessPuppet(options);
  const bot = WechatyBuilder.build({ puppet });
  const heard: string[] = [];
  const errors: unknown[] = [];
  bot.on('message', (message) => void heard.push(message.text()));
  if (hearsErrors) bot.on('error', (error) => void errors.push(error));
  return {
    bot,
    puppet,
    heard,
    errors,
    async stop() {
      try {
        puppet.grpcManager.client.close();
      } catch {
        // It never had one.
      }
      await bot.stop().catch(() => {});
    },
  };
}
