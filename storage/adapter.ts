import type { Adapter } from 'lowdb';
import { capture, writeCheckpoint, type Snapshot } from './checkpoint.ts';
import type { Fold } from './fold.ts';
import type { Marker } from './folder.ts';
import { recover, type Recovery } from './recover.ts';
import type { ShelfFile } from './shelves.ts';
import type { Town } from './town.ts';

/** How a town is captured for a checkpoint. */
export type Capture = <S>(town: Town<S>, fold: Fold<S>) => Snapshot;

/**
 * lowdb's two-method port over the journal: `read` yields the verified checkpoint with the journal's tail replayed,
 * `write` makes a durable checkpoint. What `write` is given is captured before its first wait. One call at a time.
 */
export class JournalAdapter<S> implements Adapter<Town<S>> {
  readonly #recovery: Recovery<S>;
  readonly #marker: Marker;
  readonly #capture: Capture;
  #file: ShelfFile | null = null;
  #checkpointed = 0;

  constructor(recovery: Recovery<S>, marker: Marker, captureTown: Capture = capture) {
    this.#recovery = recovery;
    this.#marker = marker;
    this.#capture = captureTown;
  }

  /** The last line that is in the checkpoint on disk. */
  get checkpointed(): number {
    return this.#checkpointed;
  }

  async read(): Promise<Town<S>> {
    const { town, file, checkpointed } = await recover(this.#recovery, this.#marker);
    this.#file = file;
    this.#checkpointed = checkpointed;
    return town;
  }

  async write(town: Town<S>): Promise<void> {
    const { io, folder, fold } = this.#recovery;
    const snapshot = this.#capture(town, fold);
    const before = this.#file;
    this.#file = await writeCheckpoint(io, folder, snapshot, fold.version ?? 1);
    this.#checkpointed = snapshot.n;
    if (before) await io.close(before.handle);
  }

  async close(): Promise<void> {
    if (this.#file) await this.#recovery.io.close(this.#file.handle);
    this.#file = null;
  }
}
