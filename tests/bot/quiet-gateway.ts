import type { ConnectionState, Content, Gateway, Inbound, Target } from '../../bot/gateway/port.ts';

/** A WeChat in which nothing is slow: what is sent is listed, what is said is heard at once. */
export class QuietGateway implements Gateway {
  readonly sent: { readonly target: Target; readonly content: Content }[] = [];
  handler: (message: Inbound) => Promise<void> = async () => {};
  #state: ConnectionState = {
    kind: 'online',
    self: { id: 'bot', name: '小助手' },
    since: '2026-11-10T09:00:00',
  };
  readonly #watchers: ((state: ConnectionState) => void)[] = [];

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async send(target: Target, content: Content): Promise<{ id?: string }> {
    this.sent.push({ target, content });
    return { id: `w${this.sent.length}` };
  }
  onMessage(handler: (message: Inbound) => Promise<void>): void {
    this.handler = handler;
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
