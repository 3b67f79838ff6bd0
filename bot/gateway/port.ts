import type { LocalTime } from '../../scoring/calendar.ts';
import type { OutageCause } from './outage.ts';

/**
 * The bot's only door to WeChat. Everything outside `bot/gateway` sees chat through these types and never
 * through wechaty, so that a provider, a protocol or the whole of WeChat can be exchanged behind it.
 */

/** Somebody in a chat. `name` is the WeChat nickname; `roomAlias` the name one carries inside a room, where set. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roomAlias?: string;
}

export interface Room {
  readonly id: string;
  readonly topic: string;
}

/**
 * `recall`: somebody took back the message named in `recalled`. `joined`, `left`, `topic`: something happened to
 * the room. `image` and `file` carry `content`. `other`: anything the bot has no use for (voice, stickers, cards).
 */
export type InboundKind = 'text' | 'image' | 'file' | 'recall' | 'joined' | 'left' | 'topic' | 'other';

/** Something heard, in order, once, and already freed of the transport's peculiarities. */
export interface Inbound {
  /** The provider's id of the message: the same after a restart, so fit to be an operation's `source`. */
  readonly id: string;
  /** When it was said, by the provider's clock. */
  readonly at: LocalTime;
  /** Null in a private chat. */
  readonly room: Room | null;
  readonly from: Person;
  readonly kind: InboundKind;
  /**
   * What was said, without the mention of the bot and without the quoted part. A 接龙 sent as a card is here as
   * its text. Empty where nothing was said in words; for `topic` the new topic.
   */
  readonly text: string;
  /** Said to the bot: mentioned by id or by name, or private. */
  readonly mentionsMe: boolean;
  /** Ids of the others mentioned, where the provider tells them. */
  readonly mentions: readonly string[];
  /** What the message answers: whose words, and which (shortened by WeChat where long). */
  readonly quote?: { readonly name: string; readonly text: string };
  /** For `recall`: the id of the message taken back. */
  readonly recalled?: string;
  /** For `joined` and `left`: who. */
  readonly people?: readonly Person[];
  /** For `image` and `file`: its name and, when asked for, its bytes. Rejects where the provider has lost it. */
  readonly content?: { readonly name: string; bytes(): Promise<Uint8Array> };
  /** Typed on the command line instead of said in a chat. */
  readonly typed?: Typed;
}

/** What the command line knows of words typed there, beside who types them. */
export interface Typed {
  /** The branch meant; null where an officer of the town named none. */
  readonly branch: string | null;
  /** Typed in later: the moment that the words speak from (今天, 昨晚). `at` stays when they were typed. */
  readonly spokenAt?: LocalTime;
}

/** The moment that words speak from: when they were said, or the earlier one that they were typed in for. */
export function spokenAt(message: Inbound): LocalTime {
  return message.typed?.spokenAt ?? message.at;
}

export type Target = { readonly room: string } | { readonly contact: string };

export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly mentions?: readonly string[] }
  | { readonly kind: 'image' | 'file'; readonly name: string; readonly bytes: Uint8Array };

/** Somebody asks to be the account's friend, or for it to come into a room. */
export interface Approach {
  readonly id: string;
  readonly kind: 'friend' | 'room';
  /** The contact who asks. */
  readonly from: string;
}

/** `since` is the time from which nothing has been heard. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'waiting-for-scan'; readonly qr: string }
  | { readonly kind: 'online'; readonly self: Person; readonly since: LocalTime }
  | {
      readonly kind: 'offline';
      readonly since: LocalTime;
      readonly cause: OutageCause;
      /** The same in the provider's own words, for the log. */
      readonly reason: string;
    };

/** Why something could not be sent, in the only four ways that call for different behaviour. */
export type SendFailure =
  /** WeChat says that the account is too busy (操作过于频繁): slow down, then try again. */
  | 'too-often'
  /** There is no connection, and it surely did not go out: try again once online. */
  | 'offline'
  /** No answer in time, or the connection broke: whether it went out is not known (yet; see `settled`). */
  | 'uncertain'
  /** It did not and will not go out: no such room or contact, or the provider refuses it. */
  | 'refused';

export class SendError extends Error {
  readonly failure: SendFailure;
  /**
   * For `uncertain`: resolves with true where it turns out that it went out after all (a late answer, or its echo
   * in the chat), with false when nothing of it was seen within a fair time of being online again.
   */
  readonly settled: Promise<boolean>;
  constructor(failure: SendFailure, message: string, settled: Promise<boolean> = Promise.resolve(false)) {
    super(message);
    this.name = 'SendError';
    this.failure = failure;
    this.settled = settled;
  }
}

export interface Gateway {
  /** Resolves once supervision runs, not once online: hear of that by `onState`. Rejects on bad settings only. */
  start(): Promise<void>;
  /** Ends every connection and timer; nothing is heard after it resolves. */
  stop(): Promise<void>;
  /**
   * Sends one thing, at most once. `id` is the provider's id where it tells one.
   * Rejects with a {@link SendError}. Pacing is not done here: that is the outbox's.
   */
  send(target: Target, content: Content): Promise<{ readonly id?: string }>;
  /** The handler is awaited, one message at a time; if it rejects, the fault is reported and the next one comes. */
  onMessage(handler: (message: Inbound) => Promise<void>): void;
  /** Asked for every request, one at a time; true accepts it. Without a handler all stay as they are. */
  onApproach(handler: (approach: Approach) => Promise<boolean>): void;
  /** Called on every change of state, also for the first. */
  onState(handler: (state: ConnectionState) => void): void;
  state(): ConnectionState;
  /** The people in a room. Rejects where the room is not known or nobody is online. */
  members(room: string): Promise<readonly Person[]>;
  rooms(): Promise<readonly Room[]>;
  /** Those the bot can write to privately. */
  contacts(): Promise<readonly Person[]>;
}
