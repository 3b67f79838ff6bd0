import type { Entry } from '../ledger/entry.ts';
import type { Finding } from '../scoring/finding.ts';
import { entriesOf, type Kept, type Link } from './chain.ts';
import { holds, readCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Fold, Upgrade } from './fold.ts';
import { readMarker } from './folder.ts';
import { readPart, type IO } from './io.ts';
import { saysDurable } from './line.ts';
import { missing, reasonOf, StorageProblem, tornTail, uselessCheckpoint, words } from './problem.ts';
import { segmentMonths } from './recover.ts';
import type { Head } from './store.ts';
import { CHECKPOINT, segmentPath, segmentPlace } from './town.ts';
import { headsIn, walkSegment, type Trail } from './walk.ts';

/** Recomputes what an entry claims (a published board's fingerprint) from the state the entries before it left. */
export type CheckEntry<S> = (before: S, entry: Entry) => readonly Finding[];

export interface Verification<S> {
  readonly io: IO;
  readonly folder: string;
  readonly fold: Fold<S>;
  readonly upgrade: Upgrade;
  /** Heads noted elsewhere: the ledger must have had them. `hash` may be its first characters. */
  readonly heads?: readonly Head[];
  readonly checkBoards?: CheckEntry<S>;
  /** Look no further than this line: what comes after is still on its way to the disk. */
  readonly upTo?: number;
}

export interface Verified<S> {
  /** What all entries fold to; null where not all of them could be read. */
  readonly state: S | null;
  readonly findings: Finding[];
  readonly lines: number;
  readonly entries: number;
  readonly heads: Head[];
}

/**
 * Reads a whole data folder back and recomputes it: every line, every branch's chain, the checkpoint against a replay,
 * published boards, and heads noted elsewhere. Changes nothing. All findings are collected; after damage within a
 * segment it goes on with the next one, whose header says where the chains stand. System errors are thrown.
 */
export async function verifyJournal<S>(verification: Verification<S>): Promise<Verified<S>> {
  const audit = new Audit(verification);
  try {
    await audit.run();
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    audit.findings.push(error.finding());
  }
  const { findings, entries, trail, state } = audit;
  return { findings, lines: trail.n, entries, heads: audit.heads(), state };
}

class Audit<S> {
  readonly findings: Finding[] = [];
  readonly trail: Trail = { n: 0, links: new Map<string, Link>(), previous: null };
  entries = 0;
  readonly #given: Verification<S>;
  readonly #noted = new Map<string, Head[]>();
  #state: S;
  #whole = true;
  #checkpoint: Checkpoint<S> | null = null;
  #compared = false;

  constructor(given: Verification<S>) {
    this.#given = given;
    this.#state = given.fold.initial();
    for (const head of given.heads ?? []) {
      const place = `${head.branch}#${head.seq}`;
      this.#noted.set(place, [...(this.#noted.get(place) ?? []), head]);
    }
  }

  get state(): S | null {
    return this.#whole ? this.#state : null;
  }

  heads(): Head[] {
    return [...this.trail.links].map(([branch, link]) => ({ branch, ...link }));
  }

  async run(): Promise<void> {
    const { io, folder, fold } = this.#given;
    const marker = await readMarker(io, folder);
    if (!marker) throw missing(folder, words.noLedger);
    const loaded = await readCheckpoint(io, folder, fold);
    if (loaded && 'unusable' in loaded) this.findings.push(uselessCheckpoint(CHECKPOINT, loaded.unusable));
    if (loaded && 'town' in loaded) this.#checkpoint = loaded;
    try {
      await this.#compareCheckpoint();
      const months = await segmentMonths(io, folder);
      if (marker.newest && !months.includes(marker.newest))
        this.findings.push(missing(segmentPlace(marker.newest), words.gone).finding());
      for (const month of months) await this.#segment(month, month === months.at(-1));
      this.#compareCheckpointEnd();
      this.#compareHeads();
    } finally {
      if (this.#checkpoint) await io.close(this.#checkpoint.file.handle);
    }
  }

  async #segment(month: string, isLast: boolean): Promise<void> {
    const { io, folder, upTo = Number.POSITIVE_INFINITY } = this.#given;
    if (this.trail.n >= upTo) return;
    const bytes = await readPart(io, segmentPath(folder, month));
    if (!this.#whole) this.#resume(bytes);
    try {
      await this.#walk(month, bytes, upTo, isLast);
    } catch (error) {
      if (!(error instanceof StorageProblem)) throw error;
      this.#whole = false;
      this.findings.push(error.finding());
    }
    this.trail.previous = month;
  }

  /** Follows a segment, with a stop at the checkpoint's position to compare the two. */
  async #walk(month: string, bytes: Buffer, upTo: number, isLast: boolean): Promise<void> {
    const pause = this.#checkpoint?.town.n ?? 0;
    let done = { bytes: 0, lines: 0 };
    for (const stop of pause > this.trail.n && pause < upTo ? [pause, upTo] : [upTo]) {
      const walked = walkSegment({
        bytes: bytes.subarray(done.bytes),
        month,
        skipped: done,
        trail: this.trail,
        onOperation: (kept, hash, _offset, line) =>
          this.#operation(kept, hash, () => `${segmentPlace(month)}:${line}`),
        upTo: stop,
      });
      done = { bytes: walked.end, lines: walked.lines };
      if (walked.damaged && this.trail.n < stop) {
        this.#damage(`${segmentPlace(month)}:${done.lines + 1}`, bytes, done.bytes, isLast);
        return;
      }
      await this.#compareCheckpoint();
    }
  }

  /** After damage, the next segment's header says where the chains stand. */
  #resume(bytes: Buffer): void {
    const header = headsIn(bytes);
    if (!header) return;
    this.trail.n = header.n;
    this.trail.previous = header.previous;
    for (const [branch, [seq, hash]] of Object.entries(header.heads))
      this.trail.links.set(branch, { seq, hash });
  }

  #damage(place: string, bytes: Buffer, at: number, isLast: boolean): void {
    const isInCheckpoint = (this.#checkpoint?.town.n ?? 0) > this.trail.n;
    if (isLast && !isInCheckpoint && !saysDurable(bytes, at, this.trail.n + 1)) {
      this.findings.push(tornTail(place, bytes.length - at));
      return;
    }
    this.#whole = false;
    this.findings.push({
      place,
      problem: words.changed,
      mend: '用 lanxing restore BACKUP --data NEWDIR 从备份恢复（这一行之前都完好）',
    });
  }

  #operation(kept: Kept, hash: string, place: () => string): void {
    if (this.#noted.size > 0) this.#compareNoted(kept, hash, place());
    this.entries += kept.bodies.length;
    if (!this.#whole) return;
    try {
      for (const entry of entriesOf(kept).map(this.#given.upgrade)) this.#entry(entry, place);
    } catch (error) {
      this.#whole = false;
      this.findings.push({
        place: place(),
        problem: `本程序读不了 ${kept.branch}#${kept.seq}：${reasonOf(error)}`,
        mend: '用写下它的程序版本或更新的版本核对',
      });
    }
  }

  #entry(entry: Entry, place: () => string): void {
    const { checkBoards, fold } = this.#given;
    if (checkBoards) {
      for (const finding of checkBoards(this.#state, entry)) {
        this.findings.push({ ...finding, place: `${place()} ${finding.place}` });
      }
    }
    const next = fold.apply(this.#state, entry);
    if (next !== undefined) this.#state = next;
  }

  #compareNoted(kept: Kept, hash: string, place: string): void {
    const last = `${kept.branch}#${kept.seq + kept.bodies.length - 1}`;
    for (const noted of this.#noted.get(last) ?? []) {
      if (hash.startsWith(noted.hash)) continue;
      const [theirs, ours] = [noted.hash.slice(0, 8), hash.slice(0, 8)];
      const problem = `${last} 在别处记下的是 ${theirs}，账本里却是 ${ours}：账本被改写过`;
      this.findings.push({
        place,
        problem,
        mend: '用 lanxing restore BACKUP --data NEWDIR 恢复改写之前的备份',
      });
    }
    this.#noted.delete(last);
  }

  /** Where the replay reaches the checkpoint's position, both must be the same. */
  async #compareCheckpoint(): Promise<void> {
    const checkpoint = this.#checkpoint;
    if (!checkpoint || this.#compared || checkpoint.town.n !== this.trail.n || !this.#whole) return;
    this.#compared = true;
    if (!(await holds(checkpoint, this.#state, this.#given.fold))) {
      this.findings.push({
        place: CHECKPOINT,
        problem: `检查点（第 ${checkpoint.town.n} 行）与按记录重算的结果不同`,
        mend: `停机后删去 ${CHECKPOINT}，下次启动会由日志重建`,
      });
    }
    for (const [branch, link] of checkpoint.town.links) {
      if (this.trail.links.get(branch)?.hash !== link.hash)
        this.findings.push({
          place: CHECKPOINT,
          problem: `检查点里 ${branch} 的链头与日志不同`,
          mend: `停机后删去 ${CHECKPOINT}，下次启动会由日志重建`,
        });
    }
  }

  #compareCheckpointEnd(): void {
    const checkpoint = this.#checkpoint;
    if (!checkpoint || checkpoint.town.n <= this.trail.n) return;
    this.findings.push(
      missing(CHECKPOINT, `检查点已到第 ${checkpoint.town.n} 行，日志却只到第 ${this.trail.n} 行`).finding(),
    );
  }

  #compareHeads(): void {
    for (const { branch, seq, hash } of [...this.#noted.values()].flat()) {
      const end = this.trail.links.get(branch)?.seq ?? 0;
      const problem = seq > end ? `账本只到 #${end}：少了记录` : '账本里没有到此为止的一笔：账本被改写过';
      this.findings.push({
        place: `${branch}#${seq}·${hash.slice(0, 8)}`,
        problem: `别处记下了它，但${problem}`,
        mend: '用 lanxing restore BACKUP --data NEWDIR 恢复含有它的备份',
      });
    }
  }
}
