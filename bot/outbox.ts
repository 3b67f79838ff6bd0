import { type Content, SendError, type Target } from './gateway/port.ts';
import {
  chatOf,
  type Job,
  type Letter,
  mergeInto,
  newJob,
  type Priority,
  type SendResult,
} from './outbox/letter.ts';
import { type DayCount, type OutboxPace, type OutboxTimer, Pacing } from './outbox/pacing.ts';

export type { Letter, SendResult } from './outbox/letter.ts';
export { type OutboxPace, type OutboxTimer, REAL_PACE, TRIAL_PACE } from './outbox/pacing.ts';

export interface OutboxParts {
  send(target: Target, content: Content): Promise<{ readonly id?: string }>;
  readonly timer: OutboxTimer;
  readonly pace: OutboxPace;
  /** A number from 0 to 1, 1 left out. */
  readonly random: () => number;
  /** Two letters to the same chat as one, where that reads well: the newer one's content, or null to keep them apart. */
  readonly merge?: (waiting: Letter, added: Letter) => Content | null;
  /** What has left today, from before this process began. */
  readonly sentToday?: DayCount;
  readonly onResult?: (id: string, result: SendResult) => void;
}

const CAP_CHECK_MS = 60_000;
const OFFLINE_PAUSE_MS = 1000;
const FAILURES_KEPT = 200;
const PRIORITIES: readonly Priority[] = ['answer', 'notice'];

/**
 * Everything the bot says leaves through here, one thing at a time and at a person's pace: real accounts are banned
 * for talking fast. It is a queue in memory; what must survive a crash is kept by the caller, who hears of every
 * outcome and puts in again under the same id what is still owed.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #pacing: Pacing;
  #queue: Job[] = [];
  /** Set aside until it is known whether they went out. */
  readonly #doubtful = new Set<Job>();
  #sending: Job | null = null;
  #online = true;
  #wake: (() => void) | null = null;
  readonly #idle: (() => void)[] = [];
  readonly #failures: { id: string; target: Target; result: SendResult }[] = [];
  #stopped = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#pacing = new Pacing(parts.pace, parts.timer, parts.random, parts.sentToday);
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
    const last = this.#queue.findLast((job) => chatOf(job.letter) === chatOf(letter));
    if (!last || last.begun || last.letter.priority !== letter.priority) return false;
    const content = merge(last.letter, letter);
    if (content === null) return false;
    mergeInto(last, content, letter.id, resolve);
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
    for (const priority of PRIORITIES) {
      if (this.#pacing.isCapped(priority)) continue;
      const asked = new Set<string>();
      for (const job of this.#queue) {
        const chat = chatOf(job.letter);
        if (job.letter.priority !== priority || asked.has(chat)) continue;
        asked.add(chat);
        const at = this.#pacing.free(chat);
        if (at <= now) return { job, at };
        if (at < best.at) best = { job, at };
      }
    }
    return best;
  }

  async #send(job: Job): Promise<void> {
    this.#sending = job;
    job.begun = true;
    this.#queue = this.#queue.filter((j) => j !== job);
    const part = job.parts[0] ?? job.letter.content;
    try {
      const { id } = await this.#parts.send(job.letter.target, part);
      this.#sending = null;
      this.#pacing.sent(chatOf(job.letter));
      this.#pacing.accepted();
      this.#left(job, id);
    } catch (error) {
      this.#sending = null;
      this.#missed(job, error);
    }
    this.#pump();
  }

  /** One part has gone out: the next waits its turn, before everything else to that chat. */
  #left(job: Job, id: string | undefined): void {
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

  #missed(job: Job, error: unknown): void {
    const failure = error instanceof SendError ? error.failure : 'refused';
    const reason = error instanceof Error ? error.message : String(error);
    if (failure === 'offline') {
      // It did not leave. If the gateway has not told us yet that it is offline, do not ask it in a tight loop.
      this.#pacing.pause(OFFLINE_PAUSE_MS);
      this.#queue.unshift(job);
    } else if (failure === 'too-often') this.#tooOften(job, reason);
    else if (error instanceof SendError && failure === 'uncertain') this.#inDoubt(job, error);
    else this.#finish(job, { state: 'failed', reason });
  }

  #tooOften(job: Job, reason: string): void {
    this.#pacing.warned();
    job.tries += 1;
    if (job.tries >= this.#parts.pace.tries) this.#finish(job, { state: 'failed', reason });
    else this.#queue.unshift(job);
  }

  #inDoubt(job: Job, error: SendError): void {
    this.#pacing.sent(chatOf(job.letter));
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
