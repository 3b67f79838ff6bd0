import {
  type Approach,
  type ConnectionState,
  type Content,
  type Gateway,
  type Inbound,
  type SendError,
  type Target,
} from '../../bot/gateway/port.ts';

/** A WeChat in which nothing is slow: what is sent is listed, what is said is heard at once. */
export class QuietGateway implements Gateway {
  readonly sent: { readonly target: Target; readonly content: Content }[] = [];
  /** Why a send to somebody fails; null lets it pass. */
  refuses: (target: Target) => SendError | null = () => null;
  handler: (message: Inbound) => Promise<void> = async () => {};
  asked: (approach: Approach) => Promise<boolean> = async () => false;
  #state: ConnectionState = {
    kind: 'online',
    self: { id: 'bot', name: '小助手' },
    since: '2026-11-10T09:00:00',
  };
  readonly #watchers: ((state: ConnectionState) => void)[] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async send(target: Target, content: Content): Promise<{ id?: string }> {
    const refused = this.refuses(target);
    if (refused) throw refused;
    this.sent.push({ target, content });
    return { id: `w${this.sent.length}` };
  }
  onMessage(handler: (message: Inbound) => Promise<void>): void {
    this.handler = handler;
  }
  onApproach(handler: (approach: Approach) => Promise<boolean>): void {
    this.asked = handler;
  }
  onState(handler: (state: ConnectionState) => void): void {
    this.#watchers.push(handler);
    handler(this.#state);
  }
  become(state: ConnectionState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
  state(): ConnectionState {
    return this.#state;
  }
  async members(): Promise<never[]> {
    return [];
  }
  async rooms(): Promise<never[]> {
    return [];
  }
  async contacts(): Promise<never[]> {
    return [];
  }

  /** Texts sent to a room or a person. */
  textsTo(id: string): string[] {
    return this.sent.flatMap(({ target, content }) =>
      content.kind === 'text' && ('room' in target ? target.room : target.contact) === id
        ? [content.text]
        : [],
    );
  }
}
