import { setTimeout as after } from 'node:timers/promises';
import type { Contact, Message, Room as WechatyRoom } from 'wechaty';
import { type LocalTime, shanghai } from '../../scoring/calendar.ts';
import { Connection, type ConnectionEvents } from './connection.ts';
import { Inbox } from './inbox.ts';
import { answers } from './knock.ts';
import { People } from './people.ts';
import {
  type ConnectionState,
  type Content,
  type Gateway,
  type Inbound,
  type Person,
  type Room,
  SendError,
  type Target,
} from './port.ts';
import { Sending } from './sending.ts';
import { reasonOf, type ServiceSettings } from './service-puppet.ts';
import { translate } from './translate.ts';

/** All in milliseconds. The defaults suit a provider far away; tests and the trial shorten them. */
export interface GatewayTiming {
  /** How long to hold a message for earlier ones that come after it; 0 believes the order of arrival. */
  readonly orderWindow: number;
  /** How long one attempt may take to reach a login or a scan. */
  readonly login: number;
  /** After so long without a sound the other side is asked to answer… */
  readonly silence: number;
  /** …within this time, or the connection is given up. */
  readonly answer: number;
  readonly send: number;
  readonly echoGrace: number;
  /** Between knocks at a port that does not open: from, growing to. */
  readonly knock: readonly [number, number];
  /** Between attempts that reached the server and no login: from, growing to. */
  readonly retry: readonly [number, number];
}

const TIMING: GatewayTiming = {
  orderWindow: 250,
  login: 20_000,
  silence: 45_000,
  answer: 10_000,
  send: 15_000,
  echoGrace: 5_000,
  knock: [500, 3_000],
  retry: [1_000, 60_000],
};

export interface GatewaySettings extends ServiceSettings {
  readonly timing?: Partial<GatewayTiming>;
  /** Whether a message was handled before this process began. */
  readonly seen?: (id: string) => boolean;
  readonly now?: () => LocalTime;
  /** Told of everything that went wrong and was survived; never with what people said. */
  readonly report?: (event: string, reason: string) => void;
}

interface Heard {
  readonly id: string;
  readonly timestamp: number;
  readonly inbound: Inbound;
}

/**
 * WeChat through wechaty and a puppet service, kept alive. wechaty reports success where there is none and silence
 * where there is trouble, so nothing is believed but a login and a sound on the line: one loop connects, watches,
 * hangs up and connects again for as long as the gateway runs.
 */
export class WechatyGateway implements Gateway {
  readonly #settings: GatewaySettings;
  readonly #timing: GatewayTiming;
  readonly #inbox: Inbox<Heard>;
  readonly #sending: Sending;
  readonly #report: (event: string, reason: string) => void;
  readonly #now: () => LocalTime;
  #state: ConnectionState = { kind: 'connecting' };
  #handler: (message: Inbound) => Promise<void> = async () => {};
  readonly #stateHandlers: ((state: ConnectionState) => void)[] = [];
  #line: { connection: Connection; people: People; self: { id: string; name: string } } | null = null;
  #running: Promise<void> | null = null;
  #stopping = new AbortController();
  #lastSound = 0;
  #releaseTimer: NodeJS.Timeout | undefined;
  #delivery: Promise<void> = Promise.resolve();

  constructor(settings: GatewaySettings) {
    this.#settings = settings;
    this.#timing = { ...TIMING, ...settings.timing };
    this.#inbox = new Inbox(this.#timing.orderWindow, settings.seen);
    this.#sending = new Sending({ deadline: this.#timing.send, echoGrace: this.#timing.echoGrace });
    this.#report = settings.report ?? (() => {});
    this.#now = settings.now ?? (() => shanghai(Date.now()));
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#stopping = new AbortController();
    this.#running = this.#supervise();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#releaseTimer);
    await this.#running;
    this.#running = null;
    await this.#delivery;
  }

  async send(target: Target, content: Content): Promise<{ id?: string }> {
    const line = this.#line;
    if (!line || this.#state.kind !== 'online') throw new SendError('offline', 'not online');
    const namesOf = async (ids: readonly string[]): Promise<string[]> => {
      if (!('room' in target)) return [];
      const people = await Promise.all(ids.map((id) => line.people.member(target.room, id)));
      return people.map((p) => p.roomAlias ?? p.name);
    };
    try {
      return await this.#sending.send(line.connection, target, content, namesOf);
    } catch (error) {
      // An answer that did not come is the first sign of a frozen server: ask it before the silence is long.
      if (error instanceof SendError && error.failure === 'uncertain') this.#lastSound = 0;
      throw error;
    }
  }

  onMessage(handler: (message: Inbound) => Promise<void>): void {
    this.#handler = handler;
  }

  onState(handler: (state: ConnectionState) => void): void {
    this.#stateHandlers.push(handler);
    handler(this.#state);
  }

  state(): ConnectionState {
    return this.#state;
  }

  async members(room: string): Promise<readonly Person[]> {
    return this.#people().members(room);
  }

  async rooms(): Promise<readonly Room[]> {
    return this.#people().rooms();
  }

  async contacts(): Promise<readonly Person[]> {
    return this.#people().contacts();
  }

  #people(): People {
    if (!this.#line) throw new Error('not online');
    return this.#line.people;
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    for (const handler of this.#stateHandlers) {
      try {
        handler(state);
      } catch (error) {
        this.#report('state handler failed', reasonOf(error));
      }
    }
  }

  /** The outage keeps its first moment and takes the newest reason. */
  #offline(reason: string): void {
    if (this.#state.kind === 'offline' && this.#state.reason === reason) return;
    const since = this.#state.kind === 'offline' ? this.#state.since : this.#now();
    this.#become({ kind: 'offline', since, reason });
  }

  async #supervise(): Promise<void> {
    // While there is no connection nothing else might hold the process.
    const held = setInterval(() => {}, 3_600_000);
    const { signal } = this.#stopping;
    const knock = new Pause(this.#timing.knock);
    const retry = new Pause(this.#timing.retry);
    let failures = 0;
    let hadStream = false;
    try {
      while (!signal.aborted) {
        const { endpoint, tls } = this.#settings;
        if (endpoint !== undefined && !(await answers(endpoint, tls))) {
          this.#offline('the puppet service cannot be reached');
          await pause(knock.next(), signal);
          continue;
        }
        knock.reset();
        // A server that cannot be logged in to although we were there before may be holding on to our own old stream.
        const stopServer = hadStream && failures >= GHOST_FAILURES;
        const { reason, wasOnline } = await this.#connectOnce(signal, stopServer);
        if (signal.aborted) break;
        this.#report('connection ended', reason);
        this.#offline(reason);
        if (wasOnline > STEADY_MS) retry.reset();
        failures = wasOnline > 0 ? 0 : failures + 1;
        hadStream ||= wasOnline > 0;
        await pause(retry.next(), signal);
      }
    } finally {
      clearInterval(held);
    }
  }

  /** One connection from beginning to end; resolves when it is over, with how long it was online. */
  async #connectOnce(
    signal: AbortSignal,
    stopServer: boolean,
  ): Promise<{ reason: string; wasOnline: number }> {
    let onlineAt = 0;
    let end: (reason: string) => void = () => {};
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    let reached = false;
    let loginTimer: NodeJS.Timeout | undefined;
    const expectLogin = (): void => {
      reached = false;
      clearTimeout(loginTimer);
      loginTimer = setTimeout(() => {
        if (!reached) end('no login: is the token right, and is no other program using it?');
      }, this.#timing.login);
    };
    const connection: Connection = new Connection(this.#settings, {
      login: (self) => {
        reached = true;
        onlineAt = Date.now();
        this.#line = { connection, people: new People(connection.puppet), self };
        this.#become({ kind: 'online', self: { id: self.id, name: self.name }, since: this.#now() });
        this.#sending.backOnline();
      },
      logout: (reason) => {
        this.#line = null;
        this.#offline(`logged out: ${reason}`);
        expectLogin();
      },
      scan: (qr) => {
        reached = true;
        if (qr !== '') this.#become({ kind: 'waiting-for-scan', qr });
      },
      alive: () => this.#sound(),
      ended: end,
      fault: (told) => {
        const reason = this.#withoutToken(told);
        this.#report('fault on the line', reason);
        // wechaty goes on to wait, and then resolves although starting failed: this is where it is said.
        if (!reached && GRPC_STATUS.test(reason)) end(startFailure(reason));
        this.#giveUpUnloadable(connection);
      },
      ...this.#hearing(() => this.#line),
    });
    const onAbort = (): void => end('stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    expectLogin();
    const watch = this.#watch(connection, end);
    try {
      connection.open().catch((error: unknown) => end(reasonOf(error)));
      const reason = this.#withoutToken(await ended);
      return { reason, wasOnline: onlineAt === 0 ? 0 : Date.now() - onlineAt };
    } finally {
      clearTimeout(loginTimer);
      clearInterval(watch);
      signal.removeEventListener('abort', onAbort);
      this.#line = null;
      await connection.close(stopServer && onlineAt === 0 && !signal.aborted);
    }
  }

  /** wechaty does not say which message it could not load, so those still loading are asked for once more. */
  #giveUpUnloadable(connection: Connection): void {
    for (const id of this.#inbox.loading()) {
      connection.puppet.messagePayload(id).catch(() => {
        this.#inbox.lost(id);
        this.#release();
      });
    }
  }

  #withoutToken(reason: string): string {
    return reason.replaceAll(this.#settings.token, '…');
  }

  #sound(): void {
    this.#lastSound = Date.now();
  }

  /** Listens for silence, and asks into it: a frozen server keeps its connection open for ever. */
  #watch(connection: Connection, end: (reason: string) => void): NodeJS.Timeout {
    this.#sound();
    let asked = 0;
    return setInterval(
      () => {
        const now = Date.now();
        if (now - this.#lastSound < this.#timing.silence) asked = 0;
        else if (asked === 0) {
          asked = now;
          connection.ping();
        } else if (this.#lastSound > asked) asked = 0;
        else if (now - asked > this.#timing.answer) end('the server does not answer');
      },
      Math.max(20, Math.min(this.#timing.silence, this.#timing.answer) / 4),
    );
  }

  #hearing(
    line: () => { people: People; self: { id: string; name: string } } | null,
  ): Pick<ConnectionEvents, 'announced' | 'message' | 'joined' | 'left' | 'topic'> {
    return {
      announced: (id) => {
        this.#sound();
        this.#inbox.arrived(id, Date.now());
      },
      message: (message) => {
        void this.#hear(message, line());
      },
      joined: (room, people, by, at) => this.#roomEvent('joined', room, people, by, at, ''),
      left: (room, people, by, at) => this.#roomEvent('left', room, people, by, at, ''),
      topic: (room, topic, by, at) => this.#roomEvent('topic', room, [], by, at, topic),
    };
  }

  async #hear(
    message: Message,
    line: { people: People; self: { id: string; name: string } } | null,
  ): Promise<void> {
    const payload = message.payload;
    try {
      if (!payload || !line) throw new Error('a message without a payload or a login');
      if (payload.talkerId === line.self.id) {
        this.#inbox.lost(message.id);
        this.#sending.echoed(
          payload.roomId || payload.listenerId || '',
          payload.text || payload.filename || '',
        );
      } else {
        const inbound = await translate(message, line.people, line.self);
        this.#inbox.loaded({ id: message.id, timestamp: payload.timestamp, inbound });
      }
    } catch (error) {
      this.#inbox.lost(message.id);
      this.#report('a message could not be read', reasonOf(error));
    }
    this.#release();
  }

  #roomEvent(
    kind: 'joined' | 'left' | 'topic',
    room: WechatyRoom,
    people: readonly Contact[],
    by: Contact,
    at: Date,
    text: string,
  ): void {
    this.#line?.people.forgetRoom(room.id);
    const id = `${kind}:${room.id}:${at.getTime()}:${people.map((p) => p.id).join(',')}`;
    if (!this.#inbox.arrived(id, Date.now())) return;
    const person = (contact: Contact): Person => ({ id: contact.id, name: contact.name() });
    void room
      .topic()
      .catch(() => '')
      .then((topic) => {
        const inbound: Inbound = {
          id,
          at: shanghai(at.getTime()),
          room: { id: room.id, topic: kind === 'topic' ? text : topic },
          from: person(by),
          kind,
          text,
          mentionsMe: false,
          mentions: [],
          ...(people.length > 0 ? { people: people.map(person) } : {}),
        };
        this.#inbox.loaded({ id, timestamp: at.getTime(), inbound });
        this.#release();
      });
  }

  /** Hands on what is ready, one at a time, and comes back when the next will be. */
  #release(): void {
    if (this.#stopping.signal.aborted) return;
    for (const { inbound } of this.#inbox.release(Date.now())) {
      this.#delivery = this.#delivery.then(async () => {
        try {
          await this.#handler(inbound);
        } catch (error) {
          this.#report(`handling ${inbound.id} failed`, reasonOf(error));
        }
      });
    }
    clearTimeout(this.#releaseTimer);
    const due = this.#inbox.due(Date.now());
    if (due !== null)
      this.#releaseTimer = setTimeout(() => this.#release(), Math.max(1, due - Date.now())).unref();
  }
}

/** After so many attempts without a login the server is told to stop, once, and asked anew. */
const GHOST_FAILURES = 3;
const GRPC_STATUS = /^(?:Error: )?\d+ [A-Z_]+:/;

function startFailure(reason: string): string {
  return /UNAUTHENTICATED/.test(reason) ? `the token is refused: ${reason}` : reason;
}

/** Online for so long, an end is an accident and not a fault that repeats. */
const STEADY_MS = 30_000;

/** Growing pauses with some chance in them, so that many bots do not come back in step. */
class Pause {
  readonly #from: number;
  readonly #to: number;
  #next: number;
  constructor([from, to]: readonly [number, number]) {
    this.#from = from;
    this.#to = to;
    this.#next = from;
  }
  next(): number {
    const pause = this.#next;
    this.#next = Math.min(this.#to, this.#next * 2);
    return pause * (0.75 + Math.random() / 2);
  }
  reset(): void {
    this.#next = this.#from;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch(() => {});
}
