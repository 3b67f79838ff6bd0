import type { Contact, Message, Room as WechatyRoom } from 'wechaty';
import type { PuppetInterface } from 'wechaty-puppet/impls';
import { shanghai } from '../../scoring/calendar.ts';
import { Inbox } from './inbox.ts';
import type { People } from './people.ts';
import type { Inbound, Person } from './port.ts';
import { reasonOf } from './service-puppet.ts';
import { translate } from './translate.ts';
import { milliseconds } from './wording.ts';

interface Heard {
  readonly id: string;
  readonly timestamp: number;
  readonly inbound: Inbound;
}

/** Who listens on a connection: known from the login on. */
export interface Ears {
  readonly people: People;
  readonly self: { readonly id: string; readonly name: string };
}

export interface HearingParts {
  readonly window: number;
  readonly seen: ((id: string) => boolean) | undefined;
  /** The account's own message came back: to whom, and what it said. */
  readonly echoed: (target: string, what: string) => void;
  readonly report: (event: string, reason: string) => void;
}

/**
 * From wechaty's events to messages handed on in order, once, one at a time. It outlives connections: what was heard
 * on one is known on the next.
 */
export class Hearing {
  handler: (message: Inbound) => Promise<void> = async () => {};
  readonly #parts: HearingParts;
  readonly #inbox: Inbox<Heard>;
  #ears: Ears | null = null;
  /** Messages that came before the login did. */
  #early: Message[] = [];
  #timer: NodeJS.Timeout | undefined;
  #delivery: Promise<void> = Promise.resolve();
  #deaf = false;

  constructor(parts: HearingParts) {
    this.#parts = parts;
    this.#inbox = new Inbox(parts.window, parts.seen);
  }

  /** Logged in, or with null not any more. */
  listenAs(ears: Ears | null): void {
    this.#ears = ears;
    this.#deaf = false;
    const early = this.#early.splice(0);
    if (ears) for (const message of early) this.message(message);
  }

  /** Hands on nothing more; resolves when what was handed on has been handled. */
  async stop(): Promise<void> {
    this.#deaf = true;
    clearTimeout(this.#timer);
    await this.#delivery;
  }

  announced(id: string): void {
    this.#inbox.arrived(id, Date.now());
  }

  message(message: Message): void {
    if (this.#ears) void this.#hear(message, this.#ears);
    else this.#early.push(message);
  }

  roomEvent(
    kind: 'joined' | 'left' | 'topic',
    room: WechatyRoom,
    people: readonly Contact[],
    by: Contact,
    at: Date,
    text = '',
  ): void {
    this.#ears?.people.forgetRoom(room.id);
    const id = `${kind}:${room.id}:${at.getTime()}:${people.map((p) => p.id).join(',')}`;
    if (!this.#inbox.arrived(id, Date.now())) return;
    const topic = kind === 'topic' ? Promise.resolve(text) : room.topic().catch(() => '');
    void topic.then((name) => {
      const inbound: Inbound = {
        id,
        at: shanghai(at.getTime()),
        room: { id: room.id, topic: name },
        from: personOf(by),
        kind,
        text,
        mentionsMe: false,
        mentions: [],
        ...(people.length > 0 ? { people: people.map(personOf) } : {}),
      };
      this.#inbox.loaded({ id, timestamp: at.getTime(), inbound });
      this.#release();
    });
  }

  /** Something failed, and wechaty does not say for which message: those still loading are asked for once more. */
  giveUpUnloadable(puppet: PuppetInterface): void {
    for (const id of this.#inbox.loading()) {
      puppet.messagePayload(id).catch(() => {
        this.#inbox.lost(id);
        this.#release();
      });
    }
  }

  async #hear(message: Message, { people, self }: Ears): Promise<void> {
    const payload = message.payload;
    try {
      if (!payload) throw new Error('a message without a payload');
      if (payload.talkerId === self.id) {
        this.#inbox.lost(message.id);
        const target = payload.roomId || payload.listenerId || '';
        this.#parts.echoed(target, payload.text || payload.filename || '');
      } else {
        const inbound = await translate(message, payload, people, self);
        this.#inbox.loaded({ id: message.id, timestamp: milliseconds(payload.timestamp), inbound });
      }
    } catch (error) {
      this.#inbox.lost(message.id);
      this.#parts.report('a message could not be read', reasonOf(error));
    }
    this.#release();
  }

  /** Hands on what is ready, and comes back when the next will be. */
  #release(): void {
    clearTimeout(this.#timer);
    if (this.#deaf) return;
    for (const { inbound } of this.#inbox.release(Date.now())) {
      this.#delivery = this.#delivery.then(() => this.#deliver(inbound));
    }
    const due = this.#inbox.due(Date.now());
    if (due === null) return;
    this.#timer = setTimeout(() => this.#release(), Math.max(1, due - Date.now()));
    this.#timer.unref();
  }

  async #deliver(inbound: Inbound): Promise<void> {
    try {
      await this.handler(inbound);
    } catch (error) {
      this.#parts.report(`handling ${inbound.id} failed`, reasonOf(error));
    }
  }
}

function personOf(contact: Contact): Person {
  return { id: contact.id, name: contact.name() };
}
