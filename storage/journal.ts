import { resolve } from 'node:path';
import { Low } from 'lowdb';
import type { BranchId, Entry, Operation } from '../ledger/entry.ts';
import type { Finding } from '../scoring/finding.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import { JournalAdapter, type Capture } from './adapter.ts';
import { entriesOf, readOperation, START } from './chain.ts';
import { Committer, type Durable } from './commit.ts';
import { applyAll, type Fold, type StateStore, type Upgrade } from './fold.ts';
import { makeFolder, openFolder, readMarker } from './folder.ts';
import { readPart, realIO, type IO } from './io.ts';
import { lineAt } from './line.ts';
import { lockFolder, type Lock } from './lock.ts';
import { closedStore, faultOf, type StorageProblem } from './problem.ts';
import { unreadable } from './recover.ts';
import { receiptOf, Stage, type Waiting } from './stage.ts';
import type { Head, Receipt } from './store.ts';
import { emptyTown, JOURNAL, segmentPath, segmentPlace, type Town } from './town.ts';
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
  const { io = realIO } = options;
  const folder = resolve(options.folder);
  const lock = await prepare(io, folder, options.lock ?? lockFolder);
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
    return new JournalStore({ ...options, folder, io, upgrade }, low, adapter, lock);
  } catch (error) {
    await lock.release();
    throw faultOf(folder, '打开数据文件夹', error);
  }
}

/** Takes the lock, and not before it is sure that the folder is ours: in another's nothing is touched. */
async function prepare(io: IO, folder: string, lock: (folder: string) => Promise<Lock>): Promise<Lock> {
  try {
    if (!(await readMarker(io, folder))) await makeFolder(io, folder);
    return await lock(folder);
  } catch (error) {
    throw faultOf(folder, '打开数据文件夹', error);
  }
}

class JournalStore<S> implements StateStore<S> {
  readonly #options: JournalOptions<S> & { readonly io: IO; readonly upgrade: Upgrade };
  readonly #low: Low<Town<S>>;
  readonly #adapter: JournalAdapter<S>;
  readonly #lock: Lock;
  readonly #committer: Committer<S>;
  readonly #stage: Stage<S>;
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
    this.#stage = new Stage(options, low.data);
    this.#committer = new Committer(options.io, options.folder, low.data, options.now);
    this.#afterwards();
  }

  state(): S {
    return this.#low.data.state;
  }

  async append(operations: readonly Operation[]): Promise<Receipt[]> {
    this.#refuseIfStopped();
    const results = this.#stage.place(operations);
    const receipts = results.map(async (result) => {
      if ('receipt' in result) return result.receipt;
      await result.waiting.done;
      return receiptOf(result.waiting, result.duplicate);
    });
    this.#kick();
    return Promise.all(receipts);
  }

  /** Starts the commit loop unless it runs. What is appended in the same turn of the event loop goes into one batch. */
  #kick(): void {
    if (this.#running || this.#stage.isEmpty) return;
    if (this.#sealTimer) clearTimeout(this.#sealTimer);
    this.#sealTimer = null;
    this.#running = this.#drain();
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    try {
      while (!this.#stage.isEmpty && !this.#fault) {
        const batch = this.#stage.takeQueue();
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
    if (this.#fault) throw this.#fault;
    const town = this.#low.data;
    for (const [i, waiting] of batch.entries()) {
      const { branch, source, link, entries } = waiting;
      try {
        town.state = applyAll(this.#options.fold, town.state, entries);
      } catch (error) {
        throw unreadable(`${branch}#${link.seq}`, { branch, seq: link.seq, bodies: entries }, error);
      }
      town.links.set(branch, link);
      town.sources.add(branch, source, positions[i]!);
      this.#stage.leave(waiting);
    }
    for (const waiting of batch) waiting.resolve();
  }

  /** When the queue is empty: seal soon, and make a checkpoint when the tail has grown long. */
  #afterwards(): void {
    const { checkpointEvery = 10_000, sealAfter = 200 } = this.#options;
    if (!this.#stage.isEmpty) return this.#kick();
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
    for (const waiting of [...batch, ...this.#stage.takeQueue()]) waiting.reject(this.#fault);
  }

  #refuseIfStopped(): void {
    if (this.#fault) throw this.#fault;
    if (this.#closed) throw closedStore();
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
