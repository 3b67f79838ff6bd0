import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../ledger/entry.ts';
import type { Finding } from '../scoring/finding.ts';
import { entriesOf, type Kept, type Link } from './chain.ts';
import { CHECKPOINT, readCheckpoint } from './checkpoint.ts';
import { applyAll, type Fold, type Upgrade } from './fold.ts';
import { readMarker } from './folder.ts';
import { readPart, type IO } from './io.ts';
import { saysDurable } from './line.ts';
import { missing, reasonOf, StorageProblem } from './problem.ts';
import { segmentMonths } from './recover.ts';
import type { Head } from './store.ts';
import { segmentPath, segmentPlace, type Town } from './town.ts';
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

export interface Verified {
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
export async function verifyJournal<S>(verification: Verification<S>): Promise<Verified> {
  const audit = new Audit(verification);
  try {
    await audit.run();
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    audit.findings.push(error.finding());
  }
  return { findings: audit.findings, lines: audit.trail.n, entries: audit.entries, heads: audit.heads() };
}

class Audit<S> {
  readonly findings: Finding[] = [];
  readonly trail: Trail = { n: 0, links: new Map<string, Link>(), previous: null };
  entries = 0;
  readonly #given: Verification<S>;
  readonly #noted = new Map<string, Head>();
  #state: S;
  #whole = true;
  #checkpoint: Town<S> | null = null;
  #compared = false;

  constructor(given: Verification<S>) {
    this.#given = given;
    this.#state = given.fold.initial();
    for (const head of given.heads ?? []) this.#noted.set(`${head.branch}#${head.seq}`, head);
  }

  heads(): Head[] {
    return [...this.trail.links].map(([branch, link]) => ({ branch, ...link }));
  }

  async run(): Promise<void> {
    const { io, folder, fold } = this.#given;
    const marker = await readMarker(io, folder);
    if (!marker) throw missing(folder, 'there is no ledger here');
    const loaded = await readCheckpoint(io, folder, fold);
    if (loaded && 'unusable' in loaded)
      this.findings.push({
        place: CHECKPOINT,
        problem: loaded.unusable,
        mend: 'nothing is lost: the next start rebuilds it from the journal',
      });
    const file = loaded && 'town' in loaded ? loaded.file : null;
    if (loaded && 'town' in loaded) this.#checkpoint = loaded.town;
    try {
      this.#compareCheckpoint();
      const months = await segmentMonths(io, folder);
      if (marker.newest && !months.includes(marker.newest))
        this.findings.push(missing(segmentPlace(marker.newest), 'this journal segment is gone').finding());
      for (const month of months) await this.#segment(month, month === months.at(-1));
      this.#compareCheckpointEnd();
      this.#compareHeads();
    } finally {
      if (file) await io.close(file.handle);
    }
  }

  async #segment(month: string, isLast: boolean): Promise<void> {
    const { io, folder, upTo = Number.POSITIVE_INFINITY } = this.#given;
    if (this.trail.n >= upTo) return;
    const bytes = await readPart(io, segmentPath(folder, month));
    if (!this.#whole) this.#resume(bytes);
    try {
      const walked = walkSegment({
        bytes,
        month,
        trail: this.trail,
        onOperation: (kept, hash, _offset, line) =>
          this.#operation(kept, hash, `${segmentPlace(month)}:${line}`),
        onLine: () => this.#compareCheckpoint(),
        upTo,
      });
      if (walked.damaged && this.trail.n < upTo)
        this.#damage(`${segmentPlace(month)}:${walked.lines + 1}`, bytes, walked.end, isLast);
    } catch (error) {
      if (!(error instanceof StorageProblem)) throw error;
      this.#whole = false;
      this.findings.push(error.finding());
    }
    this.trail.previous = month;
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
    if (isLast && !saysDurable(bytes, at, this.trail.n + 1)) {
      this.findings.push({
        place,
        problem: `the last write was cut off (${bytes.length - at} bytes), or is on its way just now`,
        mend: 'nothing acknowledged is lost: the next start puts it aside and goes on',
      });
      return;
    }
    this.#whole = false;
    this.findings.push({
      place,
      problem: 'this line was acknowledged and is not as it was written',
      mend: 'lanxing restore BACKUP --data NEWDIR (everything before this line is good)',
    });
  }

  #operation(kept: Kept, hash: string, place: string): void {
    const last = `${kept.branch}#${kept.seq + kept.bodies.length - 1}`;
    const noted = this.#noted.get(last);
    if (noted) {
      this.#noted.delete(last);
      if (!hash.startsWith(noted.hash))
        this.findings.push({
          place,
          problem: `${last} was noted elsewhere as ${noted.hash.slice(0, 8)}, the ledger has ${hash.slice(0, 8)}: it has been rewritten`,
          mend: 'lanxing restore BACKUP --data NEWDIR, from a backup made before',
        });
    }
    this.entries += kept.bodies.length;
    if (!this.#whole) return;
    try {
      for (const entry of entriesOf(kept).map(this.#given.upgrade)) {
        for (const finding of this.#given.checkBoards?.(this.#state, entry) ?? [])
          this.findings.push({ ...finding, place: `${place} ${finding.place}` });
        this.#state = applyAll(this.#given.fold, this.#state, [entry]);
      }
    } catch (error) {
      this.#whole = false;
      const why = reasonOf(error);
      this.findings.push({
        place,
        problem: `the program cannot take in ${kept.branch}#${kept.seq}: ${why}`,
        mend: 'verify with the program version that wrote it, or a newer one',
      });
    }
  }

  /** Where the replay reaches the checkpoint's position, both must be the same. */
  #compareCheckpoint(): void {
    const checkpoint = this.#checkpoint;
    if (!checkpoint || this.#compared || checkpoint.n !== this.trail.n || !this.#whole) return;
    this.#compared = true;
    if (!isDeepStrictEqual(plain(checkpoint.state), plain(this.#state))) {
      this.findings.push({
        place: CHECKPOINT,
        problem: `the state at line ${checkpoint.n} is not what its entries give`,
        mend: `remove ${CHECKPOINT}: the next start rebuilds it from the journal`,
      });
    }
    for (const [branch, link] of checkpoint.links) {
      if (this.trail.links.get(branch)?.hash !== link.hash)
        this.findings.push({ place: CHECKPOINT, problem: `the head of ${branch} is not the journal's` });
    }
  }

  #compareCheckpointEnd(): void {
    const checkpoint = this.#checkpoint;
    if (!checkpoint || checkpoint.n <= this.trail.n) return;
    this.findings.push(
      missing(
        CHECKPOINT,
        `it knows the journal up to line ${checkpoint.n}, but the journal ends at ${this.trail.n}`,
      ).finding(),
    );
  }

  #compareHeads(): void {
    for (const { branch, seq, hash } of this.#noted.values()) {
      const end = this.trail.links.get(branch)?.seq ?? 0;
      const problem =
        seq > end
          ? `the ledger ends at #${end}: entries are missing`
          : 'no operation ends there: the ledger has been rewritten';
      this.findings.push({
        place: `${branch}#${seq}·${hash.slice(0, 8)}`,
        problem: `noted elsewhere, but ${problem}`,
        mend: 'lanxing restore BACKUP --data NEWDIR, from a backup that has it',
      });
    }
  }
}

/** Plain JSON, with shelved parts read in. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
