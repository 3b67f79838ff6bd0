import { bareBot } from './bare-bot.ts';
import { until } from './local-stack.ts';

/** wechaty as it comes, until it is logged in: what it leaves in the home folder is looked at from outside. */
const made = bareBot(process.argv[2] ?? '', undefined, true);
await made.bot.start();
await until(() => made.bot.isLoggedIn, 'logged in');
await made.stop();
process.exit(0);
