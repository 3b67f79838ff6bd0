import {
  type ConnectionState,
  type Content,
  type Gateway,
  type Inbound,
  type Person,
  type Room,
  SendError,
  type SendFailure,
  type Target,
} from '../../bot/gateway/port.ts';

export interface Sent {
  readonly id: string;
  readonly target: Target;
  readonly content: Content;
}

/** A gateway in memory: `hears` plays people, `sent` is what the bot said, `failNext` breaks coming sends. */
export class FakeGateway implements Gateway {
  readonly sent: Sent[] = [];
  readonly failNext: SendFailure[] = [];
  readonly self: Person = { id: 'wx-bot', name: '积分小助手' };
  readonly people = new Map<string, Person[]>();
  readonly topics = new Map<string, Room>();
  /** Those who are not contacts of the bot: a private message to them is refused. */
  readonly strangers = new Set<string>();
  #state: ConnectionState = { kind: 'connecting' };
  #handler: (message: Inbound) => Promise<void> = async () => {};
  readonly #stateHandlers: ((state: ConnectionState) => void)[] = [];
  #count = 0;

  room(id: string, topic: string, people: readonly Person[]): this {
    this.topics.set(id, { id, topic });
    this.people.set(id, [...people, this.self]);
    return this;
  }

  async start(): Promise<void> {
    this.becomes({ kind: 'online', self: this.self, since: '2026-01-01T00:00:00' });
  }

  async stop(): Promise<void> {
    this.#handler = async () => {};
  }

  becomes(state: ConnectionState): void {
    this.#state = state;
    for (const handler of this.#stateHandlers) handler(state);
  }

  /** Somebody says something; resolves when the bot has handled it. Fields left out take ordinary values. */
  async hears(message: Partial<Inbound> & Pick<Inbound, 'at' | 'from'>): Promise<Inbound> {
    this.#count += 1;
    const whole: Inbound = {
      id: `m${this.#count}`,
      room: null,
      kind: 'text',
      text: '',
      mentionsMe: (message.room ?? null) === null,
      mentions: [],
      ...message,
    };
    await this.#handler(whole);
    return whole;
  }

  async send(target: Target, content: Content): Promise<{ id?: string }> {
    const failure = this.failNext.shift();
    if (failure) throw new SendError(failure, `told to fail: ${failure}`);
    if ('room' in target && !this.topics.has(target.room)) throw new SendError('refused', 'no such room');
    if ('contact' in target && this.strangers.has(target.contact))
      throw new SendError('refused', 'not a friend');
    const id = `s${this.sent.length + 1}`;
    this.sent.push({ id, target, content });
    return { id };
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
    const people = this.people.get(room);
    if (!people) throw new Error(`no such room: ${room}`);
    return people;
  }

  async rooms(): Promise<readonly Room[]> {
    return [...this.topics.values()];
  }

  async contacts(): Promise<readonly Person[]> {
    const all = new Map([...this.people.values()].flat().map((p) => [p.id, p]));
    return [...all.values()].filter((p) => p.id !== this.self.id && !this.strangers.has(p.id));
  }
}
