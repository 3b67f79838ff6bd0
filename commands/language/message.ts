/**
 * A message as the readings of the single commands see it: what was heard, plus what is worked out once and
 * shared by all of them (the tidied text, who is named, which days are meant).
 */
import type { IsoDate, IsoMonth } from '../../scoring/calendar.ts';
import type { Heard, Reading, ReadingContext, Role } from '../reading.ts';
import type { FoundDate } from './dates/find.ts';

/** A member, or several who might be meant, named in the text. Positions are in `Message.body`. */
export interface NameHit {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Roster names that fit, in roster order; more than one means that somebody has to be asked. */
  readonly members: readonly string[];
  readonly how: 'name' | 'alias' | 'group' | 'role' | 'title' | 'given' | 'sound' | 'self';
}

/**
 * What was heard, tidied. `body` is the text in half-width and simplified characters, without the mention of the bot,
 * without quotes, pictures, emoji and trailing particles; readings look at `body` only.
 */
export interface Message extends Heard {
  readonly body: string;
  readonly context: ReadingContext;
  /** The command word that opens the message, and what follows it. */
  readonly command?: { readonly name: string; readonly word: string; readonly rest: string };
  /** @-ed, quoted, in private, in answer to a question: it will be answered. A command word alone counts less. */
  readonly spokenTo: boolean;
  readonly hasImage: boolean;
  readonly asks: boolean;
  /** The sender's day and month. */
  readonly today: IsoDate;
  readonly month: IsoMonth;
  names(): readonly NameHit[];
  /** Days meant; `past` for what was done, `future` for meetings and leave. */
  dates(bias?: 'past' | 'future'): readonly FoundDate[];
  /** Somebody else's words shortly before, or the sender's own: the context's `previous`, split. */
  readonly before?: { readonly by: string | null; readonly text: string };
  /** The same message cut down to a part of its body (a clause, a line). */
  part(text: string): Message;
}

/**
 * How one command hears: declared beside the command. `read` returns null where the message is not for it.
 * A reading whose act is `silent` is the same as null.
 */
export interface ReadingDeclaration {
  /** The command's name, which becomes `Reading.command`. */
  readonly name: string;
  /** Command words: a message that opens with one of them, then a space or punctuation, is for this command. */
  readonly words: readonly string[];
  read(message: Message, context: ReadingContext): Reading | null;
  /** Who may use it, where it is a command: others are not listened to unless they speak to the bot. */
  readonly who?: readonly Role[] | 'anyone';
}
