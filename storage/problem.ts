import type { Finding } from '../scoring/finding.ts';
import { codeOf } from './io.ts';

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

/** A last line that was never finished: nothing acknowledged is lost by it, and a writer may be busy with it now. */
export function tornTail(place: string, bytes: number): Finding {
  return {
    place,
    problem: `最后一笔没写完（${bytes} 字节），或正在写`,
    mend: '应答过的都在：下次启动会把它移开再继续',
  };
}

/** A checkpoint that is not taken: it holds nothing that the journal does not. */
export function uselessCheckpoint(place: string, problem: string): Finding {
  return { place, problem, mend: '没有丢失：下次启动会由日志重建' };
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

/** Why a store that was closed takes nothing more. */
export function closedStore(): Error {
  return new Error('账本已经关闭，这一笔没有记');
}

/** What a system error is to those who read it; the code stays, for whoever is asked for help. */
const plainWords: Readonly<Record<string, string>> = {
  ENOSPC: '磁盘已满',
  EDQUOT: '磁盘配额已用完',
  EIO: '磁盘读写出错',
  EROFS: '磁盘只能读，不能写',
  EACCES: '没有权限',
  EPERM: '没有权限',
  ENOENT: '没有这个文件或文件夹',
  ENOTDIR: '路径里有一段不是文件夹',
  EISDIR: '它是文件夹，不是文件',
  EMFILE: '打开的文件太多',
  ENFILE: '打开的文件太多',
  EBUSY: '正在被使用',
  EFBIG: '文件太大',
  Z_DATA_ERROR: '压缩的内容损坏了',
  Z_BUF_ERROR: '没有结尾，只有一半',
};

/** Why something failed, in plain words where they are known, else in the error's own. */
export function reasonOf(cause: unknown): string {
  const code = codeOf(cause);
  const plain = code === null ? undefined : plainWords[code];
  if (plain !== undefined) return `${plain}，${code}`;
  return typeof cause === 'object' && cause !== null && 'message' in cause
    ? String(cause.message)
    : String(cause);
}
