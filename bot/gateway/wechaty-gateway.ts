import { type LocalTime, shanghai } from '../../scoring/calendar.ts';
import { Attempt, type AttemptEvents, type AttemptTiming } from './attempt.ts';
import type { Connection } from './connection.ts';
import { Doorbell } from './doorbell.ts';
import { Hearing } from './hearing.ts';
import { knock } from './knock.ts';
import { causeOf, type OutageCause } from './outage.ts';
import { Pause } from './pause.ts';
import { People } from './people.ts';
import {
  type Approach,
  type ConnectionState,
  type Content,
  type Gateway,
  type Inbound,
  type Person,
  type Room,
  SendError,
  type Target,
} from './port.ts';
import { endpointOf } from './resolver.ts';
import { Sending } from './sending.ts';
import { reasonOf, type ServiceSettings } from './service-puppet.ts';

/** All in milliseconds. The defaults suit a provider far away; tests and the trial shorten them. */
export interface GatewayTiming extends AttemptTiming {
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
  /** Between knocks at a server that does not answer: from, growing to. */
  readonly knock: readonly [number, number];
  /** Between attempts that reached the server and no login: from, growing to. */
  readonly retry: readonly [number, number];
  /** Before coming back after having been online: from, growing to where that happens again and again. */
  readonly comeBack: readonly [number, number];
}

const TIMING: GatewayTiming = {
  orderWindow: 250,
  login: 20_000,
  silence: 45_000,
  answer: 10_000,
  send: 15_000,
  echoGrace: 5_000,
  knock: [400, 2_000],
  retry: [1_000, 60_000],
  comeBack: [200, 60_000],
};

/** Another client on the same token would end us as often as we come back; slow, but not at the first accident. */
const COME_BACK_GROWTH = 1.3;
/** Online for so long, an end is an accident and not a fault that repeats. */
const STEADY_MS = 30_000;
/** After so many attempts without a login the server is told to stop and asked anew. */
const GHOST_FAILURES = 3;

export interface GatewaySettings extends ServiceSettings {
  readonly timing?: Partial<GatewayTiming>;
  /** Who is asked for the endpoint where none is given; default Wechaty's own. */
  readonly resolver?: string;
  /** Whether a message was handled before this process began. */
  readonly seen?: (id: string) => boolean;
  readonly now?: () => LocalTime;
  /** Told of everything that went wrong and was survived; never with what people said. */
  readonly report?: (event: string, reason: string) => void;
}

/**
 * WeChat through wechaty and a puppet service, kept alive. wechaty reports success where there is none and silence
 * where there is trouble, so nothing is believed but a login and a sound on the line: one loop connects, watches,
 * hangs up and connects again for as long as the gateway runs.
 */
export class WechatyGateway implements Gateway {
  readonly #settings: GatewaySettings;
  readonly #timing: GatewayTiming;
  readonly #hearing: Hearing;
  readonly #sending: Sending;
  readonly #doorbell: Doorbell;
  readonly #report: (event: string, reason: string) => void;
  readonly #now: () => LocalTime;
  readonly #stateHandlers: ((state: ConnectionState) => void)[] = [];
  #state: ConnectionState = { kind: 'connecting' };
  #attempt: Attempt | null = null;
  #line: { connection: Connection; people: People } | null = null;
  #running: Promise<void> | null = null;
  #stopping = new AbortController();

  constructor(settings: GatewaySettings) {
    this.#settings = settings;
    this.#timing = { ...TIMING, ...settings.timing };
    this.#report = settings.report ?? (() => {});
    this.#now = settings.now ?? (() => shanghai(Date.now()));
    this.#doorbell = new Doorbell(this.#report);
    this.#sending = new Sending({ deadline: this.#timing.send, echoGrace: this.#timing.echoGrace });
    this.#hearing = new Hearing({
      window: this.#timing.orderWindow,
      seen: settings.seen,
      echoed: (target, what) => this.#sending.echoed(target, what),
      report: this.#report,
    });
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#stopping = new AbortController();
    this.#running = this.#supervise(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#hearing.stop();
    await this.#running;
    this.#running = null;
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
      // An answer that did not come is the first sign of a frozen server.
      if (error instanceof SendError && error.failure === 'uncertain') this.#attempt?.suspect();
      throw error;
    }
  }

  onMessage(handler: (message: Inbound) => Promise<void>): void {
    this.#hearing.handler = handler;
  }

  onApproach(handler: (approach: Approach) => Promise<boolean>): void {
    this.#doorbell.handler = handler;
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
  #offline(reason: string, cause: OutageCause = causeOf(reason)): void {
    this.#line = null;
    this.#hearing.listenAs(null);
    const before = this.#state.kind === 'offline' ? this.#state : null;
    if (before?.reason === reason && before.cause === cause) return;
    const since = before?.since ?? this.#now();
    this.#become({ kind: 'offline', since, cause, reason });
  }

  async #supervise(signal: AbortSignal): Promise<void> {
    // While there is no connection nothing else might hold the process.
    const held = setInterval(() => {}, 3_600_000);
    const pauses = {
      knock: new Pause(this.#timing.knock),
      retry: new Pause(this.#timing.retry),
      comeBack: new Pause(this.#timing.comeBack, COME_BACK_GROWTH),
    };
    let failures = 0;
    let hadStream = false;
    // oxlint-disable no-await-in-loop -- one attempt after the other, for as long as the gateway runs
    while (!signal.aborted) {
      const found = await this.#find();
      if ('cause' in found) {
        this.#offline('the puppet service cannot be reached', found.cause);
        await pauses.knock.wait(signal);
        continue;
      }
      pauses.knock.reset();
      const settings = { ...this.#settings, endpoint: found.endpoint };
      this.#attempt = new Attempt(settings, this.#timing, this.#events());
      // A server that gives no login although we were there before may be holding on to our own old stream.
      const { reason, wasOnline } = await this.#attempt.run(signal, hadStream && failures >= GHOST_FAILURES);
      if (signal.aborted) break;
      this.#report('connection ended', reason);
      this.#offline(reason);
      if (wasOnline > 0) pauses.retry.reset();
      if (wasOnline > STEADY_MS) pauses.comeBack.reset();
      failures = wasOnline > 0 ? 0 : failures + 1;
      hadStream ||= wasOnline > 0;
      await (wasOnline > 0 ? pauses.comeBack : pauses.retry).wait(signal);
    }
    // oxlint-enable no-await-in-loop
    this.#line = null;
    clearInterval(held);
  }

  /** The endpoint, once somebody answers there. */
  async #find(): Promise<{ endpoint: string } | { cause: OutageCause }> {
    const { token, endpoint, resolver, tls } = this.#settings;
    const found = endpoint === undefined ? await endpointOf(token, resolver) : { endpoint };
    if ('cause' in found) return found;
    const cause = await knock(found.endpoint, tls);
    return cause === null ? found : { cause };
  }

  #events(): AttemptEvents {
    const hearing = this.#hearing;
    return {
      login: (connection, self) => {
        const people = new People(connection.puppet);
        this.#line = { connection, people };
        hearing.listenAs({ people, self });
        this.#become({ kind: 'online', self: { id: self.id, name: self.name }, since: this.#now() });
        this.#sending.backOnline();
      },
      logout: (reason) => this.#offline(`logged out: ${reason}`),
      scan: (qr) => this.#become({ kind: 'waiting-for-scan', qr }),
      fault: (reason, connection) => {
        this.#report('fault on the line', reason);
        hearing.giveUpUnloadable(connection.puppet);
      },
      approached: (kind, id, connection) => this.#doorbell.ring(kind, id, connection.puppet),
      announced: (id) => hearing.announced(id),
      message: (message) => hearing.message(message),
      joined: (room, people, by, at) => hearing.roomEvent('joined', room, people, by, at),
      left: (room, people, by, at) => hearing.roomEvent('left', room, people, by, at),
      topic: (room, topic, by, at) => hearing.roomEvent('topic', room, [], by, at, topic),
    };
  }
}
