import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { instant, type LocalTime, shanghai } from '../scoring/calendar.ts';

/** Where the bot and the local WeChat get the time from. */
export interface Clock {
  now(): LocalTime;
}

/**
 * The trial's time: it runs like the real one, and can be put forward. It never goes back, also not over a restart,
 * because what has been recorded was recorded at its time.
 */
export class TrialClock implements Clock {
  readonly #file: string | null;
  readonly #real: () => number;
  #ahead = 0;

  /** @param file where to keep how far it was put forward; null keeps it in memory */
  constructor(file: string | null, real: () => number = Date.now) {
    this.#file = file;
    this.#real = real;
    if (file === null) return;
    try {
      const ahead = Number(readFileSync(file, 'utf8'));
      if (Number.isFinite(ahead) && ahead > 0) this.#ahead = ahead;
    } catch {
      // Never put forward yet.
    }
  }

  /** Milliseconds since 1970, simulated. */
  instant(): number {
    return this.#real() + this.#ahead;
  }

  now(): LocalTime {
    return shanghai(this.instant());
  }

  /** Puts the clock forward to a moment; one that is past changes nothing. */
  set(to: LocalTime): void {
    const forward = instant(to) - this.instant();
    if (forward <= 0) return;
    this.#ahead += forward;
    if (this.#file === null) return;
    writeFileSync(`${this.#file}.new`, String(this.#ahead));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
