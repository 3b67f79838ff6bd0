import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Send } from '../delivery.ts';
import type { Message } from '../hearers.ts';
import { render } from '../rendering.ts';
import { COMMAND_LINE, OFFICE_DESK } from '../speaking.ts';

export interface Printer {
  /** Prints one message, in the order in which they are said; a picture or a file is written into this folder. */
  readonly send: Send;
  /** How many were printed. */
  count(): number;
}

/**
 * Prints what the bot says for whoever sits at the command line: answers as they are, everything else with the name
 * of whom it is for, to be told or handed over on paper. What goes to several people is printed once.
 */
export function createPrinter(name: string, isOffice: boolean): Printer {
  let printing: Promise<void> = Promise.resolve();
  let printed = 0;
  let last = '';

  const isOwn = ({ target }: Message, source: string): boolean =>
    !source.startsWith('job ') &&
    ('contact' in target
      ? target.contact === `${COMMAND_LINE}${name}`
      : isOffice && target.room === OFFICE_DESK);

  async function print(message: Message, source: string): Promise<void> {
    const { text, attachment, to } = message;
    const same = JSON.stringify([source, text, attachment?.name]);
    printed += 1;
    if (same === last) {
      process.stdout.write(`（也给${to}）\n`);
      return;
    }
    last = same;
    process.stdout.write(`${isOwn(message, source) ? '' : `（给${to}）`}${text}\n`);
    if (!attachment) return;
    const path = join(process.cwd(), attachment.name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' '));
    writeFileSync(path, await render(attachment), { mode: 0o600 });
    process.stdout.write(`已写出 ${path}\n`);
  }

  return {
    async send(message, { source }) {
      // Drawing takes its time; what was said first is printed first all the same.
      const turn = printing.then(() => print(message, source));
      printing = turn.catch(() => {});
      await turn;
      return true;
    },
    count: () => printed,
  };
}
