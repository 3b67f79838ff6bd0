import type { Message } from 'wechaty';
import { Connection, type ConnectionEvents } from './connection.ts';
import { causeOf, NO_ANSWER, NO_LOGIN } from './outage.ts';
import type { Approach } from './port.ts';
import { reasonOf, type ServiceSettings } from './service-puppet.ts';

export interface AttemptTiming {
  readonly login: number;
  readonly silence: number;
  readonly answer: number;
}

/** What an attempt tells while it lasts. */
export interface AttemptEvents extends Pick<ConnectionEvents, 'announced' | 'joined' | 'left' | 'topic'> {
  approached(kind: Approach['kind'], id: string, connection: Connection): void;
  login(connection: Connection, self: { id: string; name: string }): void;
  logout(reason: string): void;
  scan(qr: string): void;
  message(message: Message): void;
  fault(reason: string, connection: Connection): void;
}

export interface Outcome {
  readonly reason: string;
  /** Milliseconds from the login to the end; 0 where there was no login. */
  readonly wasOnline: number;
}

const GRPC_STATUS = /^(?:Error: )?\d+ [A-Z_]+:/;

/**
 * One connection from beginning to end, watched: it ends where there is no login in time, where the event stream
 * does, and where questions into the silence get no answer (a frozen server keeps its connections open for ever).
 */
export class Attempt {
  readonly #settings: ServiceSettings;
  readonly #timing: AttemptTiming;
  readonly #events: AttemptEvents;
  readonly #ended: Promise<string>;
  #end: (reason: string) => void = () => {};
  #loginTimer: NodeJS.Timeout | undefined;
  /** A login or a scan has been reached. */
  #reached = false;
  #onlineAt = 0;
  #lastSound = 0;

  constructor(settings: ServiceSettings, timing: AttemptTiming, events: AttemptEvents) {
    this.#settings = settings;
    this.#timing = timing;
    this.#events = events;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /**
   * Resolves when it is over. With `stopServer`, if there was no login, the server is told to stop on leaving, so
   * that it lets go of whatever event stream it takes for open.
   */
  async run(signal: AbortSignal, stopServer: boolean): Promise<Outcome> {
    const connection: Connection = new Connection(
      this.#settings,
      this.#connectionEvents(() => connection),
    );
    const onAbort = (): void => this.#end('stopped');
    signal.addEventListener('abort', onAbort, { once: true });
    this.#expectLogin();
    const watch = this.#watch(connection);
    try {
      connection.open().catch((error: unknown) => this.#end(reasonOf(error)));
      const reason = this.#withoutToken(await this.#ended);
      return { reason, wasOnline: this.#onlineAt === 0 ? 0 : Date.now() - this.#onlineAt };
    } finally {
      clearTimeout(this.#loginTimer);
      clearInterval(watch);
      signal.removeEventListener('abort', onAbort);
      await connection.close(stopServer && this.#onlineAt === 0 && !signal.aborted);
    }
  }

  /** An answer failed to come: ask the other side soon instead of waiting for a long silence. */
  suspect(): void {
    this.#lastSound = 0;
  }

  #connectionEvents(connection: () => Connection): ConnectionEvents {
    const events = this.#events;
    return {
      ...events,
      login: (self) => {
        this.#reached = true;
        this.#onlineAt = Date.now();
        events.login(connection(), self);
      },
      logout: (reason) => {
        events.logout(reason);
        this.#expectLogin();
      },
      scan: (qr) => {
        this.#reached = true;
        if (qr !== '') events.scan(qr);
      },
      approached: (kind, id) => events.approached(kind, id, connection()),
      alive: () => this.#sound(),
      ended: this.#end,
      fault: (told) => {
        const reason = this.#withoutToken(told);
        events.fault(reason, connection());
        // wechaty goes on to wait, and then resolves although starting failed: this is where it is said.
        const isFinal = GRPC_STATUS.test(reason) || causeOf(reason) === 'token-malformed';
        if (!this.#reached && isFinal) this.#end(startFailure(reason));
      },
    };
  }

  #expectLogin(): void {
    this.#reached = false;
    clearTimeout(this.#loginTimer);
    this.#loginTimer = setTimeout(() => {
      if (!this.#reached) this.#end(NO_LOGIN);
    }, this.#timing.login);
  }

  #watch(connection: Connection): NodeJS.Timeout {
    const { silence, answer } = this.#timing;
    this.#sound();
    let asked = 0;
    return setInterval(
      () => {
        const now = Date.now();
        if (now - this.#lastSound < silence || (asked > 0 && this.#lastSound > asked)) asked = 0;
        else if (asked === 0) {
          asked = now;
          connection.ping();
        } else if (now - asked > answer) this.#end(NO_ANSWER);
      },
      Math.max(20, Math.min(silence, answer) / 4),
    );
  }

  #sound(): void {
    this.#lastSound = Date.now();
  }

  #withoutToken(reason: string): string {
    return reason.replaceAll(this.#settings.token, '…');
  }
}

function startFailure(reason: string): string {
  return reason.includes('UNAUTHENTICATED') ? `the token is refused: ${reason}` : reason;
}
