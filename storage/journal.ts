import { Low } from 'lowdb';
import type { BranchId, Entry, Operation } from '../ledger/entry.ts';
import type { Finding } from '../scoring/finding.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import { JournalAdapter, type Capture } from './adapter.ts';
import {
  entriesOf,
  hashText,
  linkAfter,
  readOperation,
  START,
  writeOperation,
  type Kept,
  type Link,
} from './chain.ts';
import { Committer, type Durable, type Staged } from './commit.ts';
import { applyAll, type Fold, type StateStore, type Upgrade } from './fold.ts';
import { openFolder } from './folder.ts';
import { readPart, realIO, type IO } from './io.ts';
import { lineAt } from './line.ts';
import { lockFolder, type Lock } from './lock.ts';
import { corruption, faultOf, type StorageProblem } from './problem.ts';
import { unreadable } from './recover.ts';
import type { Head, Receipt } from './store.ts';
import { emptyTown, JOURNAL, locate, segmentPath, segmentPlace, type Town } from './town.ts';
import { verifyJournal } from './verify.ts';

export interface JournalOptions<S> {
  /** The data folder: made where it does not exist, refused where it is not ours. */
  readonly folder: string;
  readonly fold: Fold<S>;
  readonly upgrade?: Upgrade;
  readonly io?: IO;
  /** The wall clock, for the month of new segments; without it the operations' own times decide. */
  readonly now?: () => LocalTime;
  /** Told what was mended on opening, for people. Standard error if left out. */
  readonly notice?: (text: string) => void;
  /** Takes the one-writer lock. */
  readonly lock?: (folder: string) => Promise<Lock>;
  /** A checkpoint is made by itself after so many lines; 0 = only when asked and on closing. */
  readonly checkpointEvery?: number;
  /** Idle time in milliseconds after which the last batch is sealed. */
  readonly sealAfter?: number;
  readonly capture?: Capture;
}

/**
 * Opens the embedded journal. Throws a StorageProblem (which says where, what is safe and how to mend it) where the
 * folder is another's, held by another process, newer than the program, or damaged where something was acknowledged.
 */
export async function openJournalStore<S>(options: JournalOptions<S>): Promise<StateStore<S>> {
  const { folder, io = realIO } = options;
  const lock = await (options.lock ?? lockFolder)(folder);
  try {
    const marker = await openFolder(io, folder);
    const notice = options.notice ?? ((text: string) => console.error(text));
    const upgrade = options.upgrade ?? ((entry: Entry) => entry);
    const adapter = new JournalAdapter(
      { io, folder, fold: options.fold, upgrade, notice },
      marker,
      options.capture,
    );
    const low = new Low<Town<S>>(adapter, emptyTown(options.fold.initial()));
    await low.read();
    return new JournalStore({ ...options, io, upgrade }, low, adapter, lock);
  } catch (error) {
    await lock.release();
    throw faultOf(folder, '打开数据文件夹', error);
  }
}

interface Waiting extends Staged {
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class JournalStore<S> implements StateStore<S> {
  readonly #options: JournalOptions<S> & { readonly io: IO; readonly upgrade: Upgrade };
  readonly #low: Low<Town<S>>;
  readonly #adapter: JournalAdapter<S>;
  readonly #lock: Lock;
  readonly #committer: Committer<S>;
  /** Where each branch stands once everything staged is durable. */
  readonly #tips = new Map<BranchId, Link>();
  readonly #staged = new Map<string, Waiting>();
  #queue: Waiting[] = [];
  /** The one thing that touches the files at a time: a commit, a seal. */
  #running: Promise<void> | null = null;
  #checkpointing: Promise<void> = Promise.resolve();
  #sealTimer: NodeJS.Timeout | null = null;
  #fault: StorageProblem | null = null;
  #closed = false;

  constructor(
    options: JournalOptions<S> & { io: IO; upgrade: Upgrade },
    low: Low<Town<S>>,
    adapter: JournalAdapter<S>,
    lock: Lock,
  ) {
    this.#options = options;
    this.#low = low;
    this.#adapter = adapter;
    this.#lock = lock;
    this.#committer = new Committer(options.io, options.folder, low.data, options.now);
    this.#afterwards();
  }

  state(): S {
    return this.#low.data.state;
  }

  async append(operations: readonly Operation[]): Promise<Receipt[]> {
    this.#refuseIfStopped();
    const results = this.#stage(operations);
    const receipts = results.map(async (result) => {
      if ('receipt' in result) return result.receipt;
      await result.waiting.done;
      return receiptOf(result.waiting, result.duplicate);
    });
    this.#kick();
    return Promise.all(receipts);
  }

  /** Gives all operations their place, or none: what cannot be kept throws before anything is staged. */
  #stage(
    operations: readonly Operation[],
  ): ({ receipt: Receipt } | { waiting: Waiting; duplicate: boolean })[] {
    const tips = new Map<BranchId, Link>();
    const fresh = new Map<string, Waiting>();
    const results = operations.map((operation) => {
      const key = keyOf(operation.branch, operation.source);
      const before = fresh.get(key) ?? this.#staged.get(key);
      if (before) return { waiting: before, duplicate: true };
      const known = this.#find(operation.branch, operation.source);
      if (known) return { receipt: known };
      const tip =
        tips.get(operation.branch) ??
        this.#tips.get(operation.branch) ??
        this.#low.data.links.get(operation.branch) ??
        START;
      const waiting = this.#prepare(operation, tip);
      tips.set(operation.branch, waiting.link);
      fresh.set(key, waiting);
      return { waiting, duplicate: false };
    });
    for (const [branch, link] of tips) this.#tips.set(branch, link);
    for (const [key, waiting] of fresh) {
      this.#staged.set(key, waiting);
      this.#queue.push(waiting);
    }
    return results;
  }

  #prepare(operation: Operation, tip: Link): Waiting {
    const text = writeOperation(operation, tip);
    const kept = readOperation(text);
    const entries = entriesOf(kept).map(this.#options.upgrade);
    const { branch, source, at } = kept;
    let resolve = (): void => {};
    let reject = (_error: unknown): void => {};
    const done = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    done.catch(() => {});
    return {
      branch,
      source,
      at,
      text,
      link: linkAfter(kept, hashText(text)),
      entries,
      done,
      resolve,
      reject,
    };
  }

  /** The receipt of an operation that is durable already. */
  #find(branch: BranchId, source: string): Receipt | null {
    for (const position of this.#low.data.sources.candidates(branch, source)) {
      const { kept, text } = this.#peek(position);
      if (kept.branch !== branch || kept.source !== source) continue;
      const link = linkAfter(kept, hashText(text));
      return receiptOf({ branch, source, link, entries: entriesOf(kept).map(this.#options.upgrade) }, true);
    }
    return null;
  }

  #peek(position: number): { kept: Kept; text: string } {
    const at = locate(this.#low.data.segments, position);
    if (!at) throw new RangeError(`the journal has no position ${position}`);
    const { io, folder } = this.#options;
    for (let length = 4096; ; length *= 8) {
      const bytes = io.peek(segmentPath(folder, at.segment.month), length, at.offset);
      const line = lineAt(bytes, 0)?.line;
      if (line?.kind === 'operation') {
        return { kept: readOperation(line.text), text: line.text };
      }
      if (bytes.length < length)
        throw corruption(segmentPlace(at.segment.month), `第 ${at.offset} 字节处没有完好的一行`, 0);
    }
  }

  /** Starts the commit loop unless it runs. What is appended in the same turn of the event loop goes into one batch. */
  #kick(): void {
    if (this.#running || this.#queue.length === 0) return;
    if (this.#sealTimer) clearTimeout(this.#sealTimer);
    this.#sealTimer = null;
    this.#running = this.#drain();
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    try {
      while (this.#queue.length > 0 && !this.#fault) {
        const batch = this.#queue;
        this.#queue = [];
        try {
          await this.#committer.commit(batch, (durable) => this.#take(durable));
        } catch (error) {
          this.#stop('写日志', error, batch);
        }
      }
    } finally {
      this.#running = null;
    }
    if (!this.#fault) this.#afterwards();
  }

  /** Brings a durable batch into the live model: one synchronous step, and only then do its receipts go out. */
  #take({ batch, positions }: Durable<Waiting>): void {
    const town = this.#low.data;
    for (const [i, { branch, source, link, entries }] of batch.entries()) {
      try {
        town.state = applyAll(this.#options.fold, town.state, entries);
      } catch (error) {
        throw unreadable(`${branch}#${link.seq}`, { branch, seq: link.seq, bodies: entries }, error);
      }
      town.links.set(branch, link);
      town.sources.add(branch, source, positions[i]!);
      this.#staged.delete(keyOf(branch, source));
      if (this.#tips.get(branch) === link) this.#tips.delete(branch);
    }
    for (const waiting of batch) waiting.resolve();
  }

  /** When the queue is empty: seal soon, and make a checkpoint when the tail has grown long. */
  #afterwards(): void {
    const { checkpointEvery = 10_000, sealAfter = 200 } = this.#options;
    if (this.#queue.length > 0) return this.#kick();
    if (checkpointEvery > 0 && this.#low.data.n - this.#adapter.checkpointed >= checkpointEvery)
      this.checkpoint().catch(() => {});
    if (this.#low.data.sealed || this.#closed) return;
    this.#sealTimer = setTimeout(() => {
      if (!this.#running && !this.#fault) this.#running = this.#seal();
    }, sealAfter);
    this.#sealTimer.unref();
  }

  async #seal(): Promise<void> {
    if (this.#fault) return;
    try {
      await this.#committer.seal();
    } catch (error) {
      this.#stop('封存日志', error, []);
    }
    this.#running = null;
    this.#kick();
  }

  /** Fail-stop: nothing is acknowledged any more, and no failed write or sync is ever tried again. */
  #stop(doing: string, error: unknown, batch: readonly Waiting[]): void {
    const newest = this.#low.data.segments.at(-1);
    this.#fault ??= faultOf(
      newest ? `${segmentPlace(newest.month)}:${newest.lines + 1}` : `${JOURNAL}/`,
      doing,
      error,
    );
    const stranded = [...batch, ...this.#queue];
    this.#queue = [];
    for (const waiting of stranded) waiting.reject(this.#fault);
  }

  #refuseIfStopped(): void {
    if (this.#fault) throw this.#fault;
    if (this.#closed) throw new Error('the store is closed');
  }

  async *entries(branch: BranchId, from = 1): AsyncIterable<Entry> {
    const { io, folder } = this.#options;
    const opening = `"op":{"branch":${JSON.stringify(branch)},`;
    for (const { month, size } of this.#low.data.segments.map((segment) => ({ ...segment }))) {
      const bytes = await readPart(io, segmentPath(folder, month), 0, size);
      for (let at = bytes.indexOf(opening); at >= 0; at = bytes.indexOf(opening, at + 1)) {
        // The same words deeper within another line are not an operation of this branch.
        const start = bytes.lastIndexOf(10, at) + 1;
        const line = at - start < 60 ? lineAt(bytes, start)?.line : null;
        if (line?.kind !== 'operation') continue;
        const kept = readOperation(line.text);
        if (kept.branch !== branch) continue;
        for (const entry of entriesOf(kept)) if (entry.seq >= from) yield this.#options.upgrade(entry);
      }
    }
  }

  async branches(): Promise<BranchId[]> {
    return [...this.#low.data.links.keys()].sort();
  }

  async head(branch: BranchId): Promise<Head> {
    return { branch, ...(this.#low.data.links.get(branch) ?? START) };
  }

  /** Reads everything back from the disk, as far as it is durable now. */
  async verify(heads: readonly Head[] = []): Promise<Finding[]> {
    while (this.#running) await this.#running;
    const { io, folder, fold, upgrade } = this.#options;
    const report = await verifyJournal({ io, folder, fold, upgrade, heads, upTo: this.#low.data.n });
    return report.findings;
  }

  checkpoint(): Promise<void> {
    const next = this.#checkpointing.then(() => this.#checkpointNow());
    this.#checkpointing = next.catch(() => {});
    return next;
  }

  async #checkpointNow(): Promise<void> {
    if (this.#fault) throw this.#fault;
    try {
      await this.#low.write();
    } catch (error) {
      this.#stop('写检查点', error, []);
      throw this.#fault;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#sealTimer) clearTimeout(this.#sealTimer);
    while (this.#running) await this.#running;
    await this.#checkpointing;
    const known = this.#fault;
    try {
      await this.#seal();
      if (!this.#fault && this.#low.data.n > this.#adapter.checkpointed) await this.#checkpointNow();
      if (this.#fault && !known) throw this.#fault;
    } finally {
      await this.#committer.close().catch(() => {});
      await this.#adapter.close().catch(() => {});
      await this.#lock.release();
    }
  }
}

const keyOf = (branch: BranchId, source: string): string => `${branch}\0${source}`;

function receiptOf(
  staged: Pick<Staged, 'branch' | 'source' | 'link' | 'entries'>,
  duplicate: boolean,
): Receipt {
  const { branch, source, link, entries } = staged;
  return { branch, source, first: entries[0]!.seq, last: link.seq, hash: link.hash, duplicate, entries };
}
