/**
 * What a command is: data plus pure functions. Its words, examples, who may use it, how it is read and what it
 * decides stand in one declaration, and help, permission checks, the handbook's command table and the reader's
 * vocabulary all come from it.
 */
import type { Body, BranchId } from '../ledger/entry.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import type { IsoDate, LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { ReadingDeclaration } from './language/message.ts';
import type { Intent, Reading, Role } from './reading.ts';

/** Where somebody speaks: a branch's group, a private chat with the bot, the town's room. */
export type Place = 'group' | 'private' | 'town';

/** Who speaks, known by the bound account and never by the text. */
export interface Speaker {
  /** The member's or officer's name. */
  readonly name: string;
  /** Every role held on the day, `member` included. */
  readonly roles: readonly Role[];
  readonly contact: string | null;
}

/** One message on its way to a decision. */
export interface Request {
  readonly town: TownState;
  /** The branch it concerns. In the town's room a command names its branch itself. */
  readonly branch: BranchState;
  /** The policy in force for this branch on the day. */
  readonly policy: Policy;
  readonly speaker: Speaker;
  readonly place: Place;
  readonly at: LocalTime;
  /** The day that the words speak from: today, or an earlier day that they were typed in for. */
  readonly day: IsoDate;
  /** The message's id; also the operation's source. */
  readonly source: string;
  /** The words, normalised; for commands that keep them (an objection's, a ruling's). */
  readonly text: string;
  /** Said to the bot: an answer is owed even where nothing is done. */
  readonly addressed: boolean;
  /** SHA-256 of photos that came with the message. */
  readonly photos: readonly string[];
  /** The speaker answered yes to this command's own preview. */
  readonly confirmed: boolean;
}

/**
 * Who hears a reply. `here` = where it was said; `private` = the speaker alone; a role = everybody who holds it in
 * the branch, privately. A person without a bound account is reported back to the engine, which tells the secretary.
 */
export type Audience =
  | 'here'
  | 'private'
  | 'group'
  | 'town'
  | { readonly person: string }
  /** An account itself, where the same decision is what binds it or lets it go. */
  | { readonly contact: string; readonly called: string }
  | { readonly role: Role };

/** A picture or a file that the edge renders from a view of `boards/views/`. */
export interface Attachment {
  readonly kind: 'image' | 'file';
  /** File name as the receiver sees it, with its ending (`.png`, `.xlsx`, `.docx`). */
  readonly name: string;
  /** Which drawing: `board-picture`, `annex3-excel`, `filing-word` … (see `bot/rendering.ts`). */
  readonly form: string;
  readonly view: unknown;
}

export interface Reply {
  readonly to: Audience;
  readonly text: string;
  readonly attachment?: Attachment;
  /** A direct answer goes before a notice. Answers ignore the quiet hours; notices wait for their end. */
  readonly priority: 'answer' | 'notice';
  /** Replies with the same key that wait at the same time become one line: see `gather`. */
  readonly gather?: {
    readonly key: string;
    readonly items: readonly string[];
    readonly head: string;
    readonly tail: string;
  };
  /** The branch whose group or people are meant, where it is not the request's. */
  readonly branch?: BranchId;
}

/** What is to be written and said. Nothing is said before the bodies are durable. */
export interface Decision {
  readonly bodies: readonly Body[];
  readonly replies: readonly Reply[];
  /** Something of what was said was not done, and the replies say why: a row of several, somebody's own score. */
  readonly undone?: boolean;
  /** Entries in other ledgers that belong to the same act, each its own operation (town acts, transfers). */
  readonly elsewhere?: readonly { readonly branch: BranchId; readonly bodies: readonly Body[] }[];
}

/** Expected and typed: understood, not done, worded once in `phrases.ts`. */
export interface Refusal {
  readonly refusal: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export type Outcome = Decision | Refusal;

/** `name`, `words` and `read` come from {@link ReadingDeclaration}: how the command is heard. */
export interface Command extends ReadingDeclaration {
  readonly intent: Intent;
  /** Who may use it; deny by default. `anyone` = every bound member of the branch. */
  readonly who: readonly Role[] | 'anyone';
  readonly where: readonly Place[];
  /** One line of help, Chinese. */
  readonly summary: string;
  /** Messages that work as they stand, Chinese; shown in help and tried by a test. */
  readonly examples: readonly string[];
  /** Whether there is anything for it at the moment; help leaves out what there is not. Always, where left out. */
  readonly timely?: (request: Request) => boolean;
  readonly decide: (request: Request, reading: Reading) => Outcome;
}

/** Work of a scheduled job: what is written and said when its time has come. */
export interface JobRequest {
  readonly town: TownState;
  readonly branch: BranchState;
  readonly policy: Policy;
  /** When the job runs; `due` is when it should have run. */
  readonly at: LocalTime;
  readonly due: LocalTime;
  readonly day: IsoDate;
}

export const nothing: Decision = { bodies: [], replies: [] };

export function isRefusal(outcome: Outcome): outcome is Refusal {
  return 'refusal' in outcome;
}

export function refuse(refusal: string, facts: Readonly<Record<string, unknown>> = {}): Refusal {
  return { refusal, facts };
}

export function answer(text: string, to: Audience = 'here'): Reply {
  return { to, text, priority: 'answer' };
}

export function notice(to: Audience, text: string): Reply {
  return { to, text, priority: 'notice' };
}
