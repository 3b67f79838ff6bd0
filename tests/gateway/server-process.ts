import { LocalPuppet } from '../../trial/local-puppet.ts';
import { servePuppet } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { idOf, ROOM, WORLD } from '../trial/small-world.ts';

/** A puppet server in a process of its own, to be killed and frozen. It tells what the bot said, and says what it is told. */
const wechat = new LocalWechat(WORLD, null, Date.now);
await servePuppet(new LocalPuppet(wechat), Number(process.argv[2]));
wechat.on('message', (message) => {
  if (message.from === WORLD.bot.id) process.stdout.write(`${message.text}\n`);
});
process.stdin.on('data', (chunk: Buffer) => {
  for (const text of chunk.toString().split('\n').filter(Boolean)) {
    wechat.say({ from: idOf('丙三'), chat: ROOM, text });
  }
});
process.stdout.write('ready\n');
