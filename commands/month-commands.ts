/** Commands about scores and the month's way from collecting to filing. */
import type { Command } from './command.ts';

export const monthCommands: readonly Command[] = [];
