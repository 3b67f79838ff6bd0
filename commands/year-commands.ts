/** Commands about the settlement of a year. */
import type { Command } from './command.ts';

export const yearCommands: readonly Command[] = [];
