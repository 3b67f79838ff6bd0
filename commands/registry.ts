/**
 * Every command there is. Help, permission checks, the handbook's command table and the reader's vocabulary come from
 * this list; adding a command is one file and one line in the list of its family.
 */
import type { Command } from './command.ts';
import { helpOver } from './help/help.ts';
import { memberCommands } from './member-commands.ts';
import { monthCommands } from './month-commands.ts';
import { yearCommands } from './year-commands.ts';

export const commands: readonly Command[] = [
  ...memberCommands,
  ...monthCommands,
  ...yearCommands,
  helpOver(() => commands),
];
