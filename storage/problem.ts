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
    super(`${facts.place}：${facts.problem}。未受影响：${facts.safe}。处理：${facts.mend}`, {
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
    return { place: this.place, problem: this.problem, mend: `${this.mend}（未受影响：${this.safe}）` };
  }
}

/** The words for what several places find. */
export const words = {
  changed: '这一行是应答过的，现在的内容与当时写下的不同',
  gone: '这个月的日志文件不见了',
  noLedger: '这里没有账本',
} as const;

const RESTORE =
  '先用 lanxing verify --data DIR 看清全部情况，再用 lanxing restore BACKUP --data NEWDIR 从备份恢复到新文件夹';

export function corruption(place: string, problem: string, lines: number): StorageProblem {
  return new StorageProblem({
    kind: 'corrupt',
    place,
    problem,
    safe: `这之前的 ${lines} 行日志；什么都没有改动`,
    mend: RESTORE,
  });
}

export function missing(place: string, problem: string): StorageProblem {
  return new StorageProblem({
    kind: 'missing',
    place,
    problem,
    safe: '还在的每一个文件；什么都没有改动',
    mend: '把文件放回原处，或用 lanxing restore BACKUP --data NEWDIR 从备份恢复',
  });
}

export function faultOf(place: string, doing: string, cause: unknown): StorageProblem {
  if (cause instanceof StorageProblem) return cause;
  const why = reasonOf(cause);
  return new StorageProblem({
    kind: 'fault',
    place,
    problem: `${doing}失败（${why}），账本已停止，不再应答任何记录`,
    safe: '此前应答过的全部记录',
    mend: '用 lanxing doctor 检查，腾出磁盘空间或修好磁盘，再重新启动',
    cause,
  });
}

/** An error's own words. */
export function reasonOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'message' in cause
    ? String(cause.message)
    : String(cause);
}
