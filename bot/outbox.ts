import { type Content, SendError, type Target } from './gateway/port.ts';
import { splitText } from './outbox/split.ts';

/**
 * Everything the bot says leaves through here, one thing at a time and at a person's pace: real accounts are banned
 * for talking fast. It is a queue in memory; what must survive a crash is kept by the caller, who hears of every
 * outcome and puts in again under the same id what is still owed.
 */

/** A direct answer goes before a notice. */
export type Priority = 'answer' | 'notice';

export interface Letter {
  /** The caller's id for it; putting in an id that still waits changes nothing. */
  readonly id: string;
  readonly target: Target;
  readonly content: Content;
  readonly priority: Priority;
  /** Whether it may be sent a second time where it stays unknown if it went out. Default no: once at most. */
  readonly repeatable?: boolean;
}

export type SendResult =
  | { readonly state: 'sent'; readonly messageId?: string }
  /** Perhaps sent: the line broke and nothing was seen of it afterwards. */
  | { readonly state: 'unknown'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };

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

export interface OutboxParts {
  send(target: Target, content: Content): Promise<{ readonly id?: string }>;
  readonly timer: OutboxTimer;
  readonly pace: OutboxPace;
  /** A number from 0 to 1, 1 left out. */
  readonly random: () => number;
  /** Two letters to the same chat as one, where that reads well: the newer one's content, or null to keep them apart. */
  readonly merge?: (waiting: Letter, added: Letter) => Content | null;
  readonly onResult?: (id: string, result: SendResult) => void;
}

interface Job {
  letter: Letter;
  parts: Content[];
  readonly ids: string[];
  readonly done: ((result: SendResult) => void)[];
  tries: number;
  repeated: boolean;
  lastId: string | undefined;
  /** Some of it may have left: it can neither be merged nor called off any more. */
  begun: boolean;
}

const RESERVED_SHARE = 0.2;
const CAP_CHECK_MS = 60_000;
const FAILURES_KEPT = 200;

export class Outbox {
  readonly #parts: OutboxParts;
  #queue: Job[] = [];
  /** Set aside until it is known whether they went out. */
  readonly #doubtful = new Set<Job>();
  #sending: Job | null = null;
  #online = true;
  #accountFree = 0;
  readonly #roomFree = new Map<string, number>();
  #rest: number;
  #today = { day: '', count: 0 };
  #wake: (() => void) | null = null;
  readonly #idle: (() => void)[] = [];
  readonly #failures: { id: string; target: Target; result: SendResult }[] = [];
  #stopped = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#rest = parts.pace.rest[0];
  }

  /** Resolves with the letter's outcome; never rejects. */
  enqueue(letter: Letter): Promise<SendResult> {
    const same = this.#all().find((job) => job.ids.includes(letter.id));
    return new Promise((resolve) => {
      if (same) same.done.push(resolve);
      else if (!this.#merged(letter, resolve)) this.#queue.push(newJob(letter, resolve));
      this.#pump();
    });
  }

  /** While offline nothing is tried and nothing is lost. */
  setOnline(online: boolean): void {
    this.#online = online;
    if (online) this.#pump();
  }

  /** Calls off what has not begun to leave; false where it is too late or unknown. */
  cancel(id: string): boolean {
    const job = this.#queue.find((j) => !j.begun && j.ids.length === 1 && j.ids[0] === id);
    if (!job) return false;
    this.#queue = this.#queue.filter((j) => j !== job);
    this.#finish(job, { state: 'failed', reason: 'called off' });
    return true;
  }

  /** Ids of what is still to go out, in the order of leaving as far as it is settled. */
  waiting(): string[] {
    return this.#all().flatMap((job) => job.ids);
  }

  /** What could not be sent, or may not have been, newest last. */
  failures(): readonly { id: string; target: Target; result: SendResult }[] {
    return this.#failures;
  }

  /** Waits until all has left or the time is up; true where nothing is left. */
  async drain(timeoutMs: number): Promise<boolean> {
    if (this.#all().length === 0) return true;
    return new Promise((resolve) => {
      const callOff = this.#parts.timer.after(timeoutMs, () => resolve(false));
      this.#idle.push(() => {
        callOff();
        resolve(true);
      });
    });
  }

  /** Sends nothing more; what waits stays owed to the caller, unresolved. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
    this.#wake = null;
  }

  #all(): Job[] {
    return [...(this.#sending ? [this.#sending] : []), ...this.#doubtful, ...this.#queue];
  }

  #merged(letter: Letter, resolve: (result: SendResult) => void): boolean {
    const { merge } = this.#parts;
    if (!merge) return false;
    const last = this.#queue.findLast((job) => keyOf(job.letter.target) === keyOf(letter.target));
    if (!last || last.begun || last.letter.priority !== letter.priority) return false;
    const content = merge(last.letter, letter);
    if (content === null) return false;
    last.letter = { ...last.letter, content };
    last.parts = partsOf(content);
    last.ids.push(letter.id);
    last.done.push(resolve);
    return true;
  }

  /** Sends the next letter if there is one whose time has come, or arranges to be called when it will. */
  #pump(): void {
    this.#wake?.();
    this.#wake = null;
    if (this.#stopped || this.#sending || !this.#online || this.#queue.length === 0) return;
    const now = this.#parts.timer.now();
    const { job, at } = this.#next(now);
    if (job && at <= now) void this.#send(job);
    else this.#wake = this.#parts.timer.after(Math.max(1, at - now), () => this.#pump());
  }

  /** The job that may leave first, and when. Within a chat and a priority the order of putting in is kept. */
  #next(now: number): { job: Job | null; at: number } {
    let best: { job: Job | null; at: number } = { job: null, at: now + CAP_CHECK_MS };
    for (const priority of ['answer', 'notice'] as const) {
      if (this.#capped(priority)) continue;
      const asked = new Set<string>();
      for (const job of this.#queue) {
        const key = keyOf(job.letter.target);
        if (job.letter.priority !== priority || asked.has(key)) continue;
        asked.add(key);
        const at = Math.max(this.#accountFree, this.#roomFree.get(key) ?? 0);
        if (at <= now) return { job, at };
        if (at < best.at) best = { job, at };
      }
    }
    return best;
  }

  #capped(priority: Priority): boolean {
    const day = this.#parts.timer.day();
    if (this.#today.day !== day) this.#today = { day, count: 0 };
    const cap = this.#parts.pace.dailyCap;
    return this.#today.count >= (priority === 'answer' ? cap : cap * (1 - RESERVED_SHARE));
  }

  async #send(job: Job): Promise<void> {
    this.#sending = job;
    job.begun = true;
    this.#queue = this.#queue.filter((j) => j !== job);
    const part = job.parts[0] ?? job.letter.content;
    try {
      const { id } = await this.#parts.send(job.letter.target, part);
      this.#sending = null;
      this.#left(job, id);
    } catch (error) {
      this.#sending = null;
      this.#missed(job, error);
    }
    this.#pump();
  }

  /** One part has gone out: the next waits its turn, before everything else to that chat. */
  #left(job: Job, id: string | undefined): void {
    this.#paced(job);
    this.#rest = this.#parts.pace.rest[0];
    job.parts.shift();
    job.lastId = id ?? job.lastId;
    job.tries = 0;
    job.repeated = false;
    if (job.parts.length > 0) this.#queue.unshift(job);
    else
      this.#finish(
        job,
        job.lastId === undefined ? { state: 'sent' } : { state: 'sent', messageId: job.lastId },
      );
  }

  #paced(job: Job): void {
    const { pace, timer, random } = this.#parts;
    const now = timer.now();
    this.#capped('answer');
    this.#today.count += 1;
    this.#accountFree = now + between(pace.gap, random());
    this.#roomFree.set(keyOf(job.letter.target), now + between(pace.roomGap, random()));
    if (this.#roomFree.size > 5000)
      for (const [key, at] of this.#roomFree) if (at <= now) this.#roomFree.delete(key);
  }

  #missed(job: Job, error: unknown): void {
    const failure = error instanceof SendError ? error.failure : 'refused';
    const reason = error instanceof Error ? error.message : String(error);
    if (failure === 'offline') {
      // It did not leave. If the gateway has not told us yet that it is offline, do not ask it in a tight loop.
      this.#accountFree = Math.max(this.#accountFree, this.#parts.timer.now() + 1000);
      this.#queue.unshift(job);
    } else if (failure === 'too-often') this.#tooOften(job, reason);
    else if (error instanceof SendError && failure === 'uncertain') this.#inDoubt(job, error);
    else this.#finish(job, { state: 'failed', reason });
  }

  /** The whole account rests, not only this chat: it is the account that is banned. */
  #tooOften(job: Job, reason: string): void {
    const { pace, timer } = this.#parts;
    job.tries += 1;
    this.#accountFree = timer.now() + this.#rest;
    this.#rest = Math.min(this.#rest * 2, pace.rest[1]);
    if (job.tries >= pace.tries) this.#finish(job, { state: 'failed', reason });
    else this.#queue.unshift(job);
  }

  #inDoubt(job: Job, error: SendError): void {
    this.#paced(job);
    this.#doubtful.add(job);
    void error.settled.then((sent) => {
      this.#doubtful.delete(job);
      if (sent) this.#left(job, undefined);
      else if (job.letter.repeatable === true && !job.repeated) {
        job.repeated = true;
        this.#queue.unshift(job);
      } else this.#finish(job, { state: 'unknown', reason: error.message });
      this.#pump();
    });
  }

  #finish(job: Job, result: SendResult): void {
    if (result.state !== 'sent') {
      for (const id of job.ids) this.#failures.push({ id, target: job.letter.target, result });
      this.#failures.splice(0, this.#failures.length - FAILURES_KEPT);
    }
    for (const id of job.ids) this.#parts.onResult?.(id, result);
    for (const done of job.done) done(result);
    if (this.#all().length === 0) for (const idle of this.#idle.splice(0)) idle();
  }
}

function newJob(letter: Letter, done: (result: SendResult) => void): Job {
  return {
    letter,
    parts: partsOf(letter.content),
    ids: [letter.id],
    done: [done],
    tries: 0,
    repeated: false,
    lastId: undefined,
    begun: false,
  };
}

/** Mentions belong to the first part only. An empty text has one empty part, for the gateway to refuse. */
function partsOf(content: Content): Content[] {
  if (content.kind !== 'text') return [content];
  const texts = splitText(content.text);
  if (texts.length <= 1) return [content];
  return texts.map((text, i) => (i === 0 ? { ...content, text } : { kind: 'text', text }));
}

function keyOf(target: Target): string {
  return 'room' in target ? `room:${target.room}` : `contact:${target.contact}`;
}

function between([from, to]: readonly [number, number], chance: number): number {
  return from + (to - from) * chance;
}
