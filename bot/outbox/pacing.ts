import type { Priority } from './letter.ts';

export interface OutboxPace {
  /** Milliseconds between any two sends of the account: at least, and at most (chosen by chance between). */
  readonly gap: readonly [number, number];
  /** The same between two sends to one room or person. */
  readonly roomGap: readonly [number, number];
  /** Rest after "操作过于频繁", doubled each time up to the second figure. */
  readonly rest: readonly [number, number];
  /** Sends a day; the last fifth is kept for answers. */
  readonly dailyCap: number;
  /** How often one letter is tried while WeChat says "too often" before it is given up. */
  readonly tries: number;
}

/** Well under what maintainers report as safe for a personal account. */
export const REAL_PACE: OutboxPace = {
  gap: [1000, 2200],
  roomGap: [1500, 3500],
  rest: [60_000, 1_800_000],
  dailyCap: 1500,
  tries: 6,
};

/** Nobody is banned from a WeChat on the same machine. */
export const TRIAL_PACE: OutboxPace = {
  gap: [0, 0],
  roomGap: [0, 0],
  rest: [1000, 5000],
  dailyCap: 1e9,
  tries: 3,
};

export interface OutboxTimer {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Calls back once after so many milliseconds; the result calls it off. */
  after(ms: number, then: () => void): () => void;
  /** The day that the cap counts. */
  day(): string;
}

/** How much has left on the newest day, and where that is kept. */
export interface DayCount {
  readonly today: { readonly day: string; readonly count: number };
  save(today: { readonly day: string; readonly count: number }): void;
}

const RESERVED_SHARE = 0.2;
const CHATS_REMEMBERED = 5000;

/** When the account, and each chat, may be written to next. */
export class Pacing {
  readonly #pace: OutboxPace;
  readonly #timer: OutboxTimer;
  readonly #random: () => number;
  readonly #chatFree = new Map<string, number>();
  #accountFree = 0;
  #rest: number;
  readonly #kept: DayCount | undefined;
  #today: DayCount['today'];

  constructor(pace: OutboxPace, timer: OutboxTimer, random: () => number, kept?: DayCount) {
    this.#kept = kept;
    this.#today = kept?.today ?? { day: '', count: 0 };
    this.#pace = pace;
    this.#timer = timer;
    this.#random = random;
    this.#rest = pace.rest[0];
  }

  /** The earliest moment for a send to this chat. */
  free(chat: string): number {
    return Math.max(this.#accountFree, this.#chatFree.get(chat) ?? 0);
  }

  /** Whether the day's sends of this priority are used up. */
  isCapped(priority: Priority): boolean {
    const cap = this.#pace.dailyCap;
    return this.#sentToday() >= (priority === 'answer' ? cap : cap * (1 - RESERVED_SHARE));
  }

  /** Something has gone out, or may have. */
  sent(chat: string): void {
    const now = this.#timer.now();
    this.#today = { ...this.#today, count: this.#sentToday() + 1 };
    this.#kept?.save(this.#today);
    this.#accountFree = now + this.#between(this.#pace.gap);
    this.#chatFree.set(chat, now + this.#between(this.#pace.roomGap));
    if (this.#chatFree.size <= CHATS_REMEMBERED) return;
    for (const [key, at] of this.#chatFree) if (at <= now) this.#chatFree.delete(key);
  }

  /** WeChat took a send as it should: an earlier warning is over. */
  accepted(): void {
    this.#rest = this.#pace.rest[0];
  }

  /** The whole account rests, not only the chat: it is the account that is banned. */
  warned(): void {
    this.pause(this.#rest);
    this.#rest = Math.min(this.#rest * 2, this.#pace.rest[1]);
  }

  /** Nothing leaves for so many milliseconds. */
  pause(ms: number): void {
    this.#accountFree = Math.max(this.#accountFree, this.#timer.now() + ms);
  }

  #sentToday(): number {
    const day = this.#timer.day();
    if (this.#today.day !== day) this.#today = { day, count: 0 };
    return this.#today.count;
  }

  #between([from, to]: readonly [number, number]): number {
    return from + (to - from) * this.#random();
  }
}
