import type { BranchId, Operation } from '../ledger/entry.ts';
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
import type { Staged } from './commit.ts';
import type { Upgrade } from './fold.ts';
import type { IO } from './io.ts';
import { lineAt } from './line.ts';
import { corruption } from './problem.ts';
import type { Receipt } from './store.ts';
import { locate, segmentPath, segmentPlace, type Town } from './town.ts';

/** An operation that has its place in the chain and waits for the disk. */
export interface Waiting extends Staged {
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Where an operation stands: durable already, or waiting (perhaps as the same source's first appending). */
export type Placed =
  | { readonly receipt: Receipt }
  | { readonly waiting: Waiting; readonly duplicate: boolean };

const nothing = (): void => {};
const keyOf = (branch: BranchId, source: string): string => `${branch}\0${source}`;

/**
 * What has been asked for and is not durable yet: gives every operation its sequence and link at once, so that the
 * order of the calls is the order of the ledger, and knows a source again whether it is durable or still on its way.
 */
export class Stage<S> {
  readonly #io: IO;
  readonly #folder: string;
  readonly #upgrade: Upgrade;
  readonly #town: Town<S>;
  /** Where each branch stands once everything staged is durable. */
  readonly #tips = new Map<BranchId, Link>();
  readonly #staged = new Map<string, Waiting>();
  #queue: Waiting[] = [];

  constructor(options: { io: IO; folder: string; upgrade: Upgrade }, town: Town<S>) {
    this.#io = options.io;
    this.#folder = options.folder;
    this.#upgrade = options.upgrade;
    this.#town = town;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** Gives all operations their place, or none: what cannot be kept throws before anything is staged. */
  place(operations: readonly Operation[]): Placed[] {
    const tips = new Map<BranchId, Link>();
    const fresh = new Map<string, Waiting>();
    const placed = operations.map((operation): Placed => {
      const { branch, source } = operation;
      const before = fresh.get(keyOf(branch, source)) ?? this.#staged.get(keyOf(branch, source));
      if (before) return { waiting: before, duplicate: true };
      const known = this.#find(branch, source);
      if (known) return { receipt: known };
      const waiting = this.#prepare(operation, tips.get(branch) ?? this.#tipOf(branch));
      tips.set(branch, waiting.link);
      fresh.set(keyOf(branch, source), waiting);
      return { waiting, duplicate: false };
    });
    for (const [branch, link] of tips) this.#tips.set(branch, link);
    for (const [key, waiting] of fresh) {
      this.#staged.set(key, waiting);
      this.#queue.push(waiting);
    }
    return placed;
  }

  /** Everything that waits to be written, in order. */
  takeQueue(): Waiting[] {
    const queue = this.#queue;
    this.#queue = [];
    return queue;
  }

  /** The operation is durable and in the live model. */
  leave({ branch, source, link }: Waiting): void {
    this.#staged.delete(keyOf(branch, source));
    if (this.#tips.get(branch) === link) this.#tips.delete(branch);
  }

  #tipOf(branch: BranchId): Link {
    return this.#tips.get(branch) ?? this.#town.links.get(branch) ?? START;
  }

  #prepare(operation: Operation, tip: Link): Waiting {
    const text = writeOperation(operation, tip);
    // Read back, so that the live model gets what a replay will get, and nobody can change it from outside.
    const kept = readOperation(text);
    const { branch, source, at } = kept;
    let resolve: () => void = nothing;
    let reject: (error: unknown) => void = nothing;
    const done = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    const entries = entriesOf(kept).map(this.#upgrade);
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
    for (const position of this.#town.sources.candidates(branch, source)) {
      const { kept, text } = this.#peek(position);
      if (kept.branch !== branch || kept.source !== source) continue;
      const link = linkAfter(kept, hashText(text));
      return receiptOf({ branch, source, link, entries: entriesOf(kept).map(this.#upgrade) }, true);
    }
    return null;
  }

  #peek(position: number): { kept: Kept; text: Buffer } {
    const at = locate(this.#town.segments, position);
    if (!at) throw new RangeError(`the journal has no position ${position}`);
    const { month } = at.segment;
    for (let length = 4096; ; length *= 8) {
      const bytes = this.#io.peek(segmentPath(this.#folder, month), length, at.offset);
      const line = lineAt(bytes, 0)?.line;
      if (line?.kind === 'operation') return { kept: readOperation(line.text), text: line.text };
      if (bytes.length < length)
        throw corruption(segmentPlace(month), `第 ${at.offset} 字节处没有完好的一行`, 0);
    }
  }
}

export function receiptOf(
  staged: Pick<Staged, 'branch' | 'source' | 'link' | 'entries'>,
  duplicate: boolean,
): Receipt {
  const { branch, source, link, entries } = staged;
  return { branch, source, first: entries[0]!.seq, last: link.seq, hash: link.hash, duplicate, entries };
}
