import type { BranchId, Entry } from '../ledger/entry.ts';
import { monthOf, type IsoMonth, type LocalTime } from '../scoring/calendar.ts';
import type { Link } from './chain.ts';
import { writeMarker } from './folder.ts';
import type { Handle, IO } from './io.ts';
import { writeHeader, writeOperationLine, writeSeal } from './line.ts';
import { endOf, extendCrc, JOURNAL, segmentPath, type Segment, type Town } from './town.ts';
import { headsOf } from './walk.ts';

/** An operation on its way to the disk. */
export interface Staged {
  readonly branch: BranchId;
  readonly source: string;
  readonly at: LocalTime;
  readonly text: string;
  readonly link: Link;
  readonly entries: readonly Entry[];
}

/** What one write and one fdatasync made durable. */
export interface Durable<T extends Staged> {
  readonly batch: readonly T[];
  /** Journal position of each operation's line. */
  readonly positions: readonly number[];
}

interface Current {
  readonly segment: Segment;
  readonly handle: Handle;
}

/**
 * Group commit: everything staged while one batch is on its way to the disk becomes the next batch, written at once
 * and synced once. Lines are numbered here, in the order in which they reach the file. One call at a time.
 */
export class Committer<S> {
  readonly #io: IO;
  readonly #folder: string;
  readonly #town: Town<S>;
  readonly #now: (() => LocalTime) | undefined;
  #current: Current | null = null;
  /** The highest line known to be on disk. */
  #durable: number;

  constructor(io: IO, folder: string, town: Town<S>, now: (() => LocalTime) | undefined) {
    this.#io = io;
    this.#folder = folder;
    this.#town = town;
    this.#now = now;
    this.#durable = town.n;
  }

  /**
   * Writes and syncs. Then, in one synchronous step, brings the town's position up to date and has `take` bring in the
   * entries: a checkpoint captured at any moment sees both or neither.
   */
  async commit<T extends Staged>(batch: readonly T[], take: (durable: Durable<T>) => void): Promise<void> {
    const current = await this.#segmentFor(batch.at(-1)!.at);
    const base = endOf(this.#town.segments);
    const positions: number[] = [];
    let n = this.#durable;
    let length = 0;
    const lines = batch.map((staged) => {
      const line = writeOperationLine(++n, this.#durable, staged.text);
      positions.push(base + length);
      length += Buffer.byteLength(line);
      return line;
    });
    await this.#write(current, lines, n, () => {
      this.#town.sealed = false;
      take({ batch, positions });
    });
  }

  /** Writes a line that says the last batch is durable, so that later damage to it can be told from a torn tail. */
  async seal(): Promise<void> {
    const newest = this.#town.segments.at(-1);
    if (!newest || this.#town.sealed) return;
    const current = await this.#opened(newest);
    const n = this.#durable + 1;
    await this.#write(current, [writeSeal(n, this.#durable)], n, () => {
      this.#town.sealed = true;
    });
  }

  async close(): Promise<void> {
    const current = this.#current;
    this.#current = null;
    if (current) await this.#io.close(current.handle);
  }

  async #write(
    { segment, handle }: Current,
    lines: readonly string[],
    n: number,
    take: () => void,
  ): Promise<void> {
    const bytes = Buffer.from(lines.join(''));
    await this.#io.write(handle, bytes, segment.size);
    await this.#io.fdatasync(handle);
    segment.size += bytes.length;
    segment.crc = extendCrc(segment.crc, bytes);
    segment.lines += lines.length;
    this.#durable = n;
    this.#town.n = n;
    take();
  }

  /** The segment of the month it is, which never goes back: the journal's order is the order of its files. */
  async #segmentFor(at: LocalTime): Promise<Current> {
    const month = monthOf(this.#now?.() ?? at);
    const newest = this.#town.segments.at(-1);
    if (newest && newest.month >= month) {
      return this.#opened(newest);
    }
    await this.close();
    this.#current = await this.#begin(month, newest?.month ?? null);
    return this.#current;
  }

  async #opened(newest: Segment): Promise<Current> {
    this.#current ??= {
      segment: newest,
      handle: await this.#io.open(segmentPath(this.#folder, newest.month), 'edit'),
    };
    return this.#current;
  }

  /** Starts a segment. It is durable, and the marker says that it must be there, before any operation goes into it. */
  async #begin(month: IsoMonth, previous: IsoMonth | null): Promise<Current> {
    const header = Buffer.from(
      writeHeader({ month, n: this.#durable, previous, heads: headsOf(this.#town.links) }),
    );
    const handle = await this.#io.open(segmentPath(this.#folder, month), 'create');
    await this.#io.write(handle, header, 0);
    await this.#io.fsync(handle);
    await this.#io.syncFolder(`${this.#folder}/${JOURNAL}`);
    await writeMarker(this.#io, this.#folder, month);
    const segment: Segment = { month, size: header.length, crc: extendCrc(0, header), lines: 1 };
    this.#town.segments.push(segment);
    return { segment, handle };
  }
}
