import type { OutboxTimer } from '../../bot/outbox.ts';

/** Time that stands still until it is moved. */
export class FakeTimer implements OutboxTimer {
  #now = 0;
  #waiting: { at: number; call: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  day(): string {
    return String(Math.floor(this.#now / 86_400_000));
  }

  after(ms: number, then: () => void): () => void {
    const one = { at: this.#now + ms, call: then };
    this.#waiting.push(one);
    return () => {
      this.#waiting = this.#waiting.filter((w) => w !== one);
    };
  }

  /** Moves time on, with everything that is due on the way, letting promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#waiting.filter((w) => w.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((w) => w !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      // oxlint-disable-next-line no-await-in-loop -- what was called back may have asked for more
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
