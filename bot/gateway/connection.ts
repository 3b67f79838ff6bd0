import type { Contact, Message, Room, Wechaty } from 'wechaty';
import { WechatyBuilder } from 'wechaty';
import type { Approach } from './port.ts';
import { reasonOf, ServicePuppet, type ServiceSettings } from './service-puppet.ts';

/** What one connection tells its owner. Nothing is called after {@link Connection.close}. */
export interface ConnectionEvents {
  login(self: { id: string; name: string }): void;
  /** Logged out by the phone or the provider; a new scan is needed. */
  logout(reason: string): void;
  scan(qr: string): void;
  /** A message's event came; `load` fetches it. Events come in the order of the wire. */
  announced(id: string): void;
  message(message: Message): void;
  joined(room: Room, people: readonly Contact[], by: Contact, at: Date): void;
  left(room: Room, people: readonly Contact[], by: Contact, at: Date): void;
  topic(room: Room, topic: string, by: Contact, at: Date): void;
  /** Somebody asks for something: the request's id. */
  approached(kind: Approach['kind'], id: string): void;
  /** Anything at all was heard: the other side lives. */
  alive(): void;
  /** The connection is of no use any more. Called at most once. */
  ended(reason: string): void;
  /** Something went wrong that leaves the connection as it is. */
  fault(reason: string): void;
}

/**
 * One attempt at being connected, from `open` to `close`. It is never reopened: wechaty keeps state and listeners
 * over a stop and start, so the gateway takes a new one each time and lets this one be collected.
 */
export class Connection {
  readonly bot: Wechaty;
  readonly puppet: ServicePuppet;
  readonly #events: ConnectionEvents;
  #over = false;

  constructor(settings: ServiceSettings, events: ConnectionEvents) {
    this.#events = events;
    this.puppet = new ServicePuppet(settings);
    // Without a name wechaty keeps its memory in memory: nothing is written into the working directory.
    this.bot = WechatyBuilder.build({ puppet: this.puppet });
    this.puppet.onStreamEnd = (reason) => this.#end(reason);
    this.#listenToPuppet();
    this.#listenToBot();
  }

  /** Resolves when wechaty says that it has started, which means nothing: only `login` or `scan` do. */
  async open(): Promise<void> {
    await this.bot.start();
  }

  /** Asks the other side to answer through the event stream; hears of it by `alive`. */
  ping(): void {
    try {
      this.puppet.ding('alive');
    } catch (error) {
      this.#end(reasonOf(error));
    }
  }

  /**
   * Hangs up and lets wechaty clean up behind itself, for no longer than it takes. With `stopServer` the server is
   * told to stop its puppet first, which also ends whatever event stream it believes to be open.
   */
  async close(stopServer = false): Promise<void> {
    this.#over = true;
    if (!stopServer) this.puppet.hangUp();
    await Promise.race([this.bot.stop().catch(() => {}), sleep(stopServer ? 3000 : 800)]);
    this.puppet.hangUp();
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#events.ended(reason);
  }

  #listenToPuppet(): void {
    this.puppet.on('message', ({ messageId }) => this.#tell(() => this.#events.announced(messageId)));
    this.puppet.on('friendship', ({ friendshipId }) =>
      this.#tell(() => this.#events.approached('friend', friendshipId)),
    );
    this.puppet.on('room-invite', ({ roomInvitationId }) =>
      this.#tell(() => this.#events.approached('room', roomInvitationId)),
    );
    this.puppet.on('heartbeat', () => this.#tell(() => this.#events.alive()));
    this.puppet.on('dong', () => this.#tell(() => this.#events.alive()));
  }

  #listenToBot(): void {
    const { bot } = this;
    bot.on('login', (self) => this.#tell(() => this.#events.login({ id: self.id, name: self.name() })));
    bot.on('logout', (_self, reason) => this.#tell(() => this.#events.logout(reason ?? 'logged out')));
    bot.on('scan', (qr) => this.#tell(() => this.#events.scan(qr)));
    bot.on('message', (message) => this.#tell(() => this.#events.message(message)));
    bot.on('room-join', (room, people, by, at) =>
      this.#tell(() => this.#events.joined(room, people, by, at ?? new Date())),
    );
    bot.on('room-leave', (room, people, by, at) =>
      this.#tell(() => this.#events.left(room, people, by ?? bot.currentUser, at ?? new Date())),
    );
    bot.on('room-topic', (room, topic, _old, by, at) =>
      this.#tell(() => this.#events.topic(room, topic, by, at ?? new Date())),
    );
    // Without this listener any trouble on the line would end the process.
    bot.on('error', (error) => this.#tell(() => this.#events.fault(reasonOf(error))));
  }

  #tell(event: () => void): void {
    if (!this.#over) event();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
