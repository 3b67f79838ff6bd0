import { LocalPuppet } from '../../trial/local-puppet.ts';
import { servePuppet } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { ROOM, WORLD } from '../trial/small-world.ts';
import { bareBot } from './bare-bot.ts';
import { listen, until } from './local-stack.ts';

/** Small programs around wechaty as its manual has them, whose end, or its want, is watched from outside. */
const [what = '', endpoint = ''] = process.argv.slice(2);
const tell = (line: string): void => void process.stdout.write(`${line}\n`);

async function bareWithoutErrorListener(): Promise<void> {
  const { bot } = bareBot(endpoint, undefined, undefined, false);
  bot.on('message', async (message) => {
    if (message.text() === '出错') throw new Error('a bug in a handler');
  });
  await bot.start();
  await until(() => bot.isLoggedIn, 'logged in');
  tell('logged in');
}

/** With a payload cache in the home folder, as wechaty has it by default: the room's name as this program knows it. */
async function bareWithCache(): Promise<void> {
  const made = bareBot(endpoint, undefined, true);
  await made.bot.start();
  await until(() => made.bot.isLoggedIn, 'logged in');
  const room = await made.bot.Room.find({ id: ROOM });
  tell(`topic: ${await room?.topic()}`);
  await made.stop();
  process.exit(0);
}

async function own(): Promise<{ endpoint: string; stop(): Promise<void> }> {
  return servePuppet(new LocalPuppet(new LocalWechat(WORLD, null, Date.now)));
}

/** Client and server in one process; only the client is stopped, and the server when somebody says so. */
async function bareStopped(): Promise<void> {
  const server = await own();
  const { bot } = bareBot(server.endpoint);
  await bot.start();
  await until(() => bot.isLoggedIn, 'logged in');
  await bot.stop();
  process.once('SIGUSR2', () => void server.stop());
  tell('bot stopped');
}

async function lanxingStopped(): Promise<void> {
  const server = await own();
  const { gateway } = listen(server.endpoint);
  await gateway.start();
  await until(() => gateway.state().kind === 'online', 'online');
  await gateway.stop();
  await server.stop();
  tell('both stopped');
}

const programs: Readonly<Record<string, () => Promise<void>>> = {
  'bare-without-error-listener': bareWithoutErrorListener,
  'bare-with-cache': bareWithCache,
  'bare-stopped': bareStopped,
  'lanxing-stopped': lanxingStopped,
};
await programs[what]?.();
