import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { codeOf } from './io.ts';
import { StorageProblem } from './problem.ts';

/**
 * One writer a data folder. On Linux the lock is a listening socket in the abstract namespace, named after the
 * folder's device and inode: the kernel gives it to one process and takes it back when that process ends, however it
 * ends. A file `lock` beside the journal says who holds it; it also guards where the namespace is not shared (two
 * containers with one volume) and on systems without abstract sockets.
 */
export interface Lock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in clock ticks since boot: a later process with the same number is another one. */
  readonly started: string | null;
}

/** Takes the lock of a folder that exists. Throws `busy` with the holder's pid where another process has it. */
export async function lockFolder(folder: string): Promise<Lock> {
  const path = `${folder}/lock`;
  const server = process.platform === 'linux' ? await listen(folder, path) : null;
  const holder = readHolder(path);
  if (holder && isAlive(holder) && holder.pid !== process.pid) {
    server?.close();
    throw busy(folder, holder.pid);
  }
  if (!server) claimFile(folder, path);
  writeHolder(path);
  return {
    async release() {
      const now = readHolder(path);
      if (now?.pid === process.pid) unlinkSync(path);
      if (server) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The pid of the process that has the folder open, or null. Changes nothing. */
export async function lockHolder(folder: string): Promise<number | null> {
  const holder = readHolder(`${folder}/lock`);
  if (holder && isAlive(holder)) return holder.pid;
  return process.platform === 'linux' ? askHolder(socketName(folder)) : null;
}

function socketName(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `\0lanxing-${dev.toString(16)}-${ino.toString(16)}`;
}

async function listen(folder: string, path: string): Promise<Server> {
  const name = socketName(folder);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(`${process.pid}\n`);
  });
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('listening', () => resolve(false));
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
    );
    server.listen({ path: name, exclusive: true });
  });
  if (taken) throw busy(folder, (await askHolder(name)) ?? readHolder(path)?.pid ?? null);
  server.unref();
  return server;
}

/** Asks the holder for its pid; null where it does not answer within a second. */
function askHolder(name: string): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = connect(name);
    const done = (pid: number | null): void => {
      socket.destroy();
      resolve(pid);
    };
    socket.setTimeout(1000, () => done(null));
    socket.on('error', () => done(null));
    socket.on('data', (bytes) => done(Number(bytes.toString('latin1'))));
    socket.on('end', () => done(null));
  });
}

/** Without abstract sockets: make the file, or take over one whose holder is gone. */
function claimFile(folder: string, path: string): void {
  try {
    writeHolder(path, 'wx');
    return;
  } catch {
    // Somebody left it, or holds it. Renaming it away succeeds for one process only.
  }
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    unlinkSync(aside);
    writeHolder(path, 'wx');
  } catch {
    throw busy(folder, readHolder(path)?.pid ?? null);
  }
}

function writeHolder(path: string, flag: 'w' | 'wx' = 'w'): void {
  const holder: Holder = { pid: process.pid, host: hostname(), started: startOf(process.pid) };
  writeFileSync(path, `${JSON.stringify(holder)}\n`, { mode: 0o600, flag });
}

function readHolder(path: string): Holder | null {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, host, started }: Partial<Record<keyof Holder, unknown>> =
      typeof found === 'object' && found ? found : {};
    if (typeof pid !== 'number') return null;
    return { pid, host: String(host), started: typeof started === 'string' ? started : null };
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return holder.started === null || startOf(holder.pid) === holder.started;
}

/** Field 22 of /proc/PID/stat, with the boot's id; null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}:${ticks}`;
  } catch {
    return null;
  }
}

function busy(folder: string, pid: number | null): StorageProblem {
  return new StorageProblem({
    kind: 'busy',
    place: folder,
    problem: `另一个进程正在使用它${pid === null ? '' : `（pid ${pid}）`}`,
    safe: '全部内容；本进程什么都没有改动',
    mend: pid === null ? '先停掉那个进程' : `先停掉那个进程（kill ${pid}）`,
  });
}
