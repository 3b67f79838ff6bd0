/** Commands about scores and the month's way from collecting to filing. */
import type { Command } from './command.ts';
import { confirm } from './confirm/confirm.ts';
import { paper } from './confirm/paper.ts';
import { close } from './month/close.ts';
import { receive, returnFiling } from './month/filing.ts';
import { hold, release, waive, withdraw } from './month/hold.ts';
import { publish } from './month/publish.ts';
import { remind, unconfirmed } from './month/unconfirmed.ts';
import { appealRuling } from './object/appeal.ts';
import { object } from './object/object.ts';
import { ruling } from './object/ruling.ts';
import { withdrawObjection } from './object/withdraw.ts';

export const monthCommands: readonly Command[] = [
  confirm,
  paper,
  object,
  ruling,
  withdrawObjection,
  appealRuling,
  publish,
  hold,
  release,
  withdraw,
  waive,
  unconfirmed,
  remind,
  close,
  receive,
  returnFiling,
];
