import * as fs from 'node:fs';

/** How a file is opened: `create` fails where it exists, `replace` empties it, `edit` and `read` need it to exist. */
export type OpenMode = 'create' | 'replace' | 'edit' | 'read';
export type Handle = number;

export interface FileFact {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * Everything the journal asks of a file system, so that a test can stand in for one: fail at any call, or keep what
 * a power cut would have kept. Nothing else in the journal touches a file. All calls throw Node's system errors.
 */
export interface IO {
  open(path: string, mode: OpenMode): Promise<Handle>;
  /** Writes all the bytes at the position. */
  write(handle: Handle, bytes: Uint8Array, position: number): Promise<void>;
  /** Reads up to `length` bytes, fewer only at the end of the file; into the given buffer, where one is to be used again. */
  read(handle: Handle, length: number, position: number, into?: Buffer): Promise<Buffer>;
  /** The same at once, from an open file or a path: for the rare look-up in the middle of a synchronous step. */
  peek(file: Handle | string, length: number, position: number): Buffer;
  size(handle: Handle): Promise<number>;
  truncate(handle: Handle, size: number): Promise<void>;
  fdatasync(handle: Handle): Promise<void>;
  fsync(handle: Handle): Promise<void>;
  close(handle: Handle): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes one folder, readable by its owner only; a folder that exists already is left as it is. */
  mkdir(path: string): Promise<void>;
  list(path: string): Promise<string[]>;
  /** Null where there is nothing. */
  fact(path: string): Promise<FileFact | null>;
  /** Makes what was created, renamed and removed in the folder durable. */
  syncFolder(path: string): Promise<void>;
}

const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC } = fs.constants;
const FLAGS: Record<OpenMode, number> = {
  create: O_RDWR | O_CREAT | O_EXCL,
  replace: O_RDWR | O_CREAT | O_TRUNC,
  edit: O_RDWR,
  read: O_RDONLY,
};

type Answer<T> = (error: Error | null, value?: T) => void;

/** One call with a callback, as a promise: on raw descriptors, because file handles cost the journal's small writes more. */
function call<T>(run: (answer: Answer<T>) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    run((error, value) => (error ? reject(error) : resolve(value!)));
  });
}

/** The code of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}

/** Milliseconds below which a sync is quick, and how many of them in a row make a disk trusted to be so. */
const QUICK = 0.5;
const TRUSTED = 8;
let quickSyncs = 0;
/** Who appends in a loop must not keep timers and connections waiting: so many in place, then one that lets them run. */
const MOST_A_TURN = 16;
let syncsThisTurn = 0;

/** The machine's own file system. Files are made 0600, folders 0700. */
export const realIO: IO = {
  open: (path, mode) => call((answer) => fs.open(path, FLAGS[mode], 0o600, answer)),
  async write(handle, bytes, position) {
    // A small write only goes into the kernel's memory; handing it to another thread would take longer than doing it.
    const isSmall = bytes.length <= 1 << 16;
    for (let done = 0; done < bytes.length; ) {
      const at = done;
      if (isSmall) done += fs.writeSync(handle, bytes, at, bytes.length - at, position + at);
      else
        done += await call<number>((answer) =>
          fs.write(handle, bytes, at, bytes.length - at, position + at, answer),
        );
    }
  },
  async read(handle, length, position, into) {
    const bytes = into ?? Buffer.allocUnsafeSlow(length);
    let done = 0;
    while (done < length) {
      const at = done;
      const got = await call<number>((answer) =>
        fs.read(handle, bytes, at, length - at, position + at, answer),
      );
      if (got === 0) break;
      done += got;
    }
    return done === bytes.length ? bytes : bytes.subarray(0, done);
  },
  peek(file, length, position) {
    const handle = typeof file === 'number' ? file : fs.openSync(file, O_RDONLY);
    try {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, fs.readSync(handle, bytes, 0, length, position));
    } finally {
      if (typeof file === 'string') fs.closeSync(handle);
    }
  },
  size: async (handle) => (await call<fs.Stats>((answer) => fs.fstat(handle, answer))).size,
  truncate: (handle, size) => call<void>((answer) => fs.ftruncate(handle, size, answer)),
  async fdatasync(handle) {
    // Where the disk answers at once, another thread would only double the wait; a slow one must not hold up the rest.
    const isQuick = quickSyncs >= TRUSTED && syncsThisTurn < MOST_A_TURN;
    const start = performance.now();
    if (isQuick) {
      if (syncsThisTurn++ === 0) setImmediate(() => (syncsThisTurn = 0));
      fs.fdatasyncSync(handle);
    } else await call<void>((answer) => fs.fdatasync(handle, answer));
    quickSyncs = performance.now() - start < QUICK ? quickSyncs + 1 : 0;
  },
  fsync: (handle) => call<void>((answer) => fs.fsync(handle, answer)),
  close: (handle) => call<void>((answer) => fs.close(handle, answer)),
  rename: fs.promises.rename,
  unlink: fs.promises.unlink,
  async mkdir(path) {
    await fs.promises.mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  },
  list: async (path) => (await fs.promises.readdir(path)).sort(),
  async fact(path) {
    try {
      const stat = await fs.promises.stat(path);
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
      return { kind, size: stat.size, mode: stat.mode & 0o777 };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  },
  async syncFolder(path) {
    const handle = await realIO.open(path, 'read');
    try {
      await realIO.fsync(handle);
    } finally {
      await realIO.close(handle);
    }
  },
};

/** Replaces a file by the bytes, durably and in one step: temporary file, fsync, rename, folder fsync. */
export async function replaceFile(io: IO, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${folder}/${name}.tmp`;
  const handle = await io.open(temporary, 'replace');
  try {
    await io.write(handle, bytes, 0);
    await io.fsync(handle);
  } finally {
    await io.close(handle);
  }
  await io.rename(temporary, `${folder}/${name}`);
  await io.syncFolder(folder);
}

const PIECE = 1 << 20;

/**
 * A file's first `size` bytes, piece by piece; while one is worked on, the next is being read. A piece is good until the
 * next one is asked for. Ends early where the file does.
 */
export async function* piecesOf(io: IO, handle: Handle, size: number): AsyncGenerator<Buffer> {
  const [one, other] = [0, 1].map(() => Buffer.allocUnsafeSlow(Math.min(PIECE, size)));
  const readAt = (at: number, into: Buffer | undefined): Promise<Buffer> | null => {
    if (at >= size) return null;
    const reading = io.read(handle, Math.min(PIECE, size - at), at, into);
    // Whoever waits for it hears of a failure; one that nobody waits for any more must not end the process.
    reading.catch(() => {});
    return reading;
  };
  let [into, spare] = [one, other];
  let next = readAt(0, into);
  for (let at = PIECE; next; at += PIECE) {
    const bytes: Buffer = await next;
    [into, spare] = [spare, into];
    next = readAt(at, into);
    yield bytes;
  }
}

/** A whole file, or its part from `from` to `to`. */
export async function readPart(io: IO, path: string, from = 0, to?: number): Promise<Buffer> {
  const handle = await io.open(path, 'read');
  try {
    return await io.read(handle, (to ?? (await io.size(handle))) - from, from);
  } finally {
    await io.close(handle);
  }
}
