import { setTimeout as after } from 'node:timers/promises';

/** Growing pauses with some chance in them, so that many bots do not come back in step. */
export class Pause {
  readonly #from: number;
  readonly #to: number;
  readonly #growth: number;
  #next: number;

  /** @param range milliseconds: the first pause, and the longest */
  constructor(range: readonly [number, number], growth = 2) {
    [this.#from, this.#to] = range;
    this.#growth = growth;
    this.#next = this.#from;
  }

  /** Waits for the next pause, or until the signal. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = this.#next * (0.75 + Math.random() / 2);
    this.#next = Math.min(this.#to, this.#next * this.#growth);
    await after(ms, undefined, { signal }).catch(() => {});
  }

  reset(): void {
    this.#next = this.#from;
  }
}
