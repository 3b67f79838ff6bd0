import { fileURLToPath } from 'node:url';
import { log, type Wechaty, WechatyBuilder } from 'wechaty';
import { PuppetService } from 'wechaty-puppet-service';

log.level('silent');

/** wechaty as its manual has it, logged in. */
export async function startBare(endpoint: string, token: string): Promise<Wechaty> {
  const bot = WechatyBuilder.build({
    puppet: new PuppetService({ token, endpoint, tls: { disable: true } }),
  });
  bot.on('error', () => {});
  const loggedIn = new Promise<void>((resolve) => {
    bot.once('login', () => resolve());
  });
  await bot.start();
  await loggedIn;
  return bot;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await startBare(process.argv[2] ?? '', process.argv[3] ?? '');
  process.stdout.write('logged in\n');
}
