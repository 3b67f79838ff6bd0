import type { Finding } from '../scoring/finding.ts';

/**
 * `corrupt`: bytes that were acknowledged are not there as they were. `missing`: a file that must be there is not.
 * `foreign`: the folder is not ours. `newer`: written by a newer program. `busy`: another process has it open.
 * `fault`: the machine refused a read, a write or a sync. `unreadable`: the program cannot take in a recorded entry.
 */
export type ProblemKind = 'corrupt' | 'missing' | 'foreign' | 'newer' | 'busy' | 'fault' | 'unreadable';

export interface ProblemFacts {
  readonly kind: ProblemKind;
  /** The file, and where it can be told the line: `journal/2026-11.jsonl:412`. */
  readonly place: string;
  readonly problem: string;
  /** What is not lost. */
  readonly safe: string;
  /** The command that mends it. */
  readonly mend: string;
  readonly cause?: unknown;
}

/** Why a store will not open, or has stopped: where, what is safe, and how to mend it. */
export class StorageProblem extends Error {
  readonly kind: ProblemKind;
  readonly place: string;
  readonly problem: string;
  readonly safe: string;
  readonly mend: string;

  constructor(facts: ProblemFacts) {
    super(`${facts.place}: ${facts.problem}. Safe: ${facts.safe}. Mend: ${facts.mend}`, {
      cause: facts.cause,
    });
    this.name = 'StorageProblem';
    this.kind = facts.kind;
    this.place = facts.place;
    this.problem = facts.problem;
    this.safe = facts.safe;
    this.mend = facts.mend;
  }

  finding(): Finding {
    return { place: this.place, problem: this.problem, mend: `${this.mend} (safe: ${this.safe})` };
  }
}

const RESTORE = 'lanxing verify --data DIR to see all of it, then lanxing restore BACKUP --data NEWDIR';

export function corruption(place: string, problem: string, lines: number): StorageProblem {
  return new StorageProblem({
    kind: 'corrupt',
    place,
    problem,
    safe: `the ${lines} journal lines before it; nothing was changed`,
    mend: RESTORE,
  });
}

export function missing(place: string, problem: string): StorageProblem {
  return new StorageProblem({
    kind: 'missing',
    place,
    problem,
    safe: 'every file that is there; nothing was changed',
    mend: `put the file back, or lanxing restore BACKUP --data NEWDIR`,
  });
}

export function faultOf(place: string, doing: string, cause: unknown): StorageProblem {
  if (cause instanceof StorageProblem) return cause;
  const why = reasonOf(cause);
  return new StorageProblem({
    kind: 'fault',
    place,
    problem: `${doing} failed (${why}); the store has stopped and acknowledges nothing more`,
    safe: 'everything acknowledged before this',
    mend: 'free disk space or mend the disk (lanxing doctor), then start again',
    cause,
  });
}

/** An error's own words. */
export function reasonOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'message' in cause
    ? String(cause.message)
    : String(cause);
}
