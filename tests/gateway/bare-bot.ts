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

/** wechaty as its own manual has it: what the traps are shown with, and what the bench compares with. */
export function bareBot(endpoint: string, token = LOCAL_TOKEN): BareBot {
  const puppet = new PuppetService({ token, endpoint, tls: { disable: true } });
  const bot = WechatyBuilder.build({ puppet });
  const heard: string[] = [];
  const errors: unknown[] = [];
  bot.on('message', (message) => void heard.push(message.text()));
  bot.on('error', (error) => void errors.push(error));
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
