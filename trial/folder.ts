import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type World, worldOf } from './world.ts';

/** Something that keeps the trial from starting: one line for the person at the terminal, with what to do. */
export class TrialProblem extends Error {}

const VERSION = 1;

/** What stands in a trial's data folder to tell it from every other folder. */
interface Mark {
  readonly lanxing: 'trial';
  readonly v: typeof VERSION;
  readonly branch: unknown;
}

const MARK = join('trial', 'trial.json');
const LOCK = join('trial', 'lock');

export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_DATA_HOME'] || join(env['HOME'] || homedir(), '.local', 'share');
  return join(base, 'lanxing', 'trial');
}

/** What a data folder is, without changing anything. */
export type FolderState = { readonly kind: 'new' } | { readonly kind: 'trial'; readonly branch: unknown };

/** Throws a {@link TrialProblem} where the folder cannot be used or belongs to something else. */
export function inspectFolder(folder: string): FolderState {
  const existing = nearestExisting(folder);
  if (!statSync(existing).isDirectory()) {
    throw new TrialProblem(`数据文件夹用不了：${existing} 是一个文件。请用 --data 换一个文件夹。`);
  }
  try {
    accessSync(existing, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new TrialProblem(`数据文件夹写不进去：${folder}。请改它的权限，或用 --data 换一个文件夹。`);
  }
  if (existing !== resolve(folder) || readdirSync(folder).length === 0) return { kind: 'new' };
  const mark = readMark(folder);
  if (mark === undefined) {
    throw new TrialProblem(`${folder} 里有别的东西，不是试用数据，没有动它。请用 --data 换一个空文件夹。`);
  }
  if (mark.v > VERSION) {
    throw new TrialProblem(
      `${folder} 里是更新的版本留下的试用数据，没有动它。请换用新版的兰星，或用 --data 换一个空文件夹。`,
    );
  }
  return { kind: 'trial', branch: mark.branch };
}

function nearestExisting(folder: string): string {
  let path = resolve(folder);
  while (!existsSync(path)) path = dirname(path);
  return path;
}

function readMark(folder: string): { readonly v: number; readonly branch: unknown } | undefined {
  try {
    const mark: unknown = JSON.parse(readFileSync(join(folder, MARK), 'utf8'));
    if (typeof mark !== 'object' || mark === null) return undefined;
    if (!('lanxing' in mark) || mark.lanxing !== 'trial' || !('branch' in mark)) return undefined;
    if (!('v' in mark) || typeof mark.v !== 'number') return undefined;
    return { v: mark.v, branch: mark.branch };
  } catch {
    return undefined;
  }
}

export interface OpenFolder {
  readonly world: World;
  /** The branch file's contents that the trial was begun with. */
  readonly branch: unknown;
  /** Where the local WeChat keeps its things. */
  readonly wechat: string;
  release(): void;
}

/** Takes the folder for this process, emptied first if `fresh`. Throws where another process has it. */
export function openFolder(folder: string, state: FolderState, fresh: boolean, branch: unknown): OpenFolder {
  const wechat = join(folder, 'trial');
  try {
    makeFolder(resolve(wechat));
  } catch {
    throw new TrialProblem(`数据文件夹建不了：${folder}。请用 --data 换一个文件夹。`);
  }
  takeLock(join(folder, LOCK));
  if (fresh) {
    for (const name of readdirSync(folder))
      if (name !== 'trial') rmSync(join(folder, name), { recursive: true });
    for (const name of readdirSync(wechat))
      if (name !== 'lock') rmSync(join(wechat, name), { recursive: true });
  }
  const kept = state.kind === 'trial' && !fresh ? state.branch : branch;
  const mark: Mark = { lanxing: 'trial', v: VERSION, branch: kept };
  writeFileSync(join(folder, MARK), `${JSON.stringify(mark, null, 1)}\n`);
  return {
    world: worldOf(kept),
    branch: kept,
    wechat,
    release: () => rmSync(join(folder, LOCK), { force: true }),
  };
}

/** Level by level: where the system refuses, Node's own way of making all levels at once never ends (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** A lock left behind by a process that is gone is taken over. */
function takeLock(path: string): void {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw new TrialProblem(
          `数据文件夹写不进去：${dirname(path)}。请改它的权限，或用 --data 换一个文件夹。`,
        );
      }
    }
    const holder = holderOf(path);
    if (holder !== process.pid && isRunning(holder)) {
      throw new TrialProblem(
        `这份试用数据正被另一个程序使用（进程 ${holder}）。请先关掉它，或用 --data 换一个文件夹。`,
      );
    }
    rmSync(path, { force: true });
  }
}

/** 0 where the lock has just been given back. */
function holderOf(path: string): number {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
