/** Commands of everyday life: what members, the recorder and the secretary say between two boards. */
import type { Command } from './command.ts';
import { report } from './report/report.ts';

export const memberCommands: readonly Command[] = [report];
