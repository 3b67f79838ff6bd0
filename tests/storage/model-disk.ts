import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { FileFact, Handle, IO, OpenMode } from '../../storage/io.ts';

/** What was asked of the disk, in order. `acked` is not the disk's: it marks when the store answered for something. */
type Event =
  | { readonly what: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly what: 'truncate'; readonly file: number; readonly size: number }
  | { readonly what: 'sync'; readonly file: number }
  | { readonly what: 'link'; readonly path: string; readonly file: number }
  | { readonly what: 'mkdir'; readonly path: string }
  | { readonly what: 'rename'; readonly path: string; readonly to: string; readonly file: number }
  | { readonly what: 'unlink'; readonly path: string }
  | { readonly what: 'sync-folder'; readonly path: string }
  | { readonly what: 'acked'; readonly word: string };

/** What becomes of a change that was not synced when the power went: how much of it is on the disk, 0 to 1. */
export type Fate = (event: Event, index: number, pending: readonly number[]) => number;

/**
 * A file system in memory that remembers what was asked of it, and can say what would be left if the power had gone
 * at any moment: what was synced for certain, and of the rest whatever the given fate says.
 */
export class ModelDisk implements IO {
  readonly events: Event[] = [];
  /** What was there, durably, before the first event. */
  #base: { files: Map<number, Buffer>; names: Map<string, number | 'folder'> } = {
    files: new Map(),
    names: new Map([['/', 'folder']]),
  };
  #files = new Map<number, Buffer>();
  #names = new Map<string, number | 'folder'>([['/', 'folder']]);
  readonly #handles = new Map<Handle, number>();
  #nextFile = 1;
  #nextHandle = 1;

  acked(word: string): void {
    this.events.push({ what: 'acked', word });
  }

  async open(path: string, mode: OpenMode): Promise<Handle> {
    const found = this.#names.get(path);
    if (found === 'folder') throw systemError('EISDIR', path);
    if (found !== undefined && mode === 'create') throw systemError('EEXIST', path);
    if (found === undefined && (mode === 'edit' || mode === 'read')) throw systemError('ENOENT', path);
    if (found === undefined && this.#names.get(dirname(path)) !== 'folder') throw systemError('ENOENT', path);
    const file = found ?? this.#nextFile++;
    if (found === undefined) this.#do({ what: 'link', path, file });
    else if (mode === 'replace') this.#do({ what: 'truncate', file, size: 0 });
    this.#handles.set(this.#nextHandle, file);
    return this.#nextHandle++;
  }

  async write(handle: Handle, bytes: Uint8Array, at: number): Promise<void> {
    this.#do({ what: 'write', file: this.#file(handle), at, bytes: Buffer.from(bytes) });
  }

  async read(handle: Handle, length: number, position: number): Promise<Buffer> {
    return this.peek(handle, length, position);
  }

  peek(file: Handle | string, length: number, position: number): Buffer {
    const number = typeof file === 'number' ? this.#file(file) : this.#names.get(file);
    if (typeof number !== 'number') throw systemError('ENOENT', String(file));
    return Buffer.from(this.#bytes(number).subarray(position, position + length));
  }

  async size(handle: Handle): Promise<number> {
    return this.#bytes(this.#file(handle)).length;
  }

  async truncate(handle: Handle, size: number): Promise<void> {
    this.#do({ what: 'truncate', file: this.#file(handle), size });
  }

  async fdatasync(handle: Handle): Promise<void> {
    await this.fsync(handle);
  }

  async fsync(handle: Handle): Promise<void> {
    await Promise.resolve();
    this.#do({ what: 'sync', file: this.#file(handle) });
  }

  async close(handle: Handle): Promise<void> {
    this.#file(handle);
    this.#handles.delete(handle);
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.#names.get(from);
    if (typeof file !== 'number') throw systemError('ENOENT', from);
    this.#do({ what: 'rename', path: from, to, file });
  }

  async unlink(path: string): Promise<void> {
    if (!this.#names.has(path)) throw systemError('ENOENT', path);
    this.#do({ what: 'unlink', path });
  }

  async mkdir(path: string): Promise<void> {
    if (!this.#names.has(path)) this.#do({ what: 'mkdir', path });
  }

  async list(path: string): Promise<string[]> {
    if (this.#names.get(path) !== 'folder') throw systemError('ENOENT', path);
    return [...this.#names.keys()]
      .filter((name) => name !== '/' && dirname(name) === path)
      .map((name) => name.slice(path === '/' ? 1 : path.length + 1));
  }

  async fact(path: string): Promise<FileFact | null> {
    const found = this.#names.get(path);
    if (found === undefined) return null;
    return found === 'folder'
      ? { kind: 'folder', size: 0, mode: 0o700 }
      : { kind: 'file', size: this.#bytes(found).length, mode: 0o600 };
  }

  async syncFolder(path: string): Promise<void> {
    if (this.#names.get(path) !== 'folder') throw systemError('ENOENT', path);
    await Promise.resolve();
    this.#do({ what: 'sync-folder', path });
  }

  /** A copy of the disk as it is, all of it durable. */
  copy(): ModelDisk {
    return this.crashed(this.events.length, () => 1);
  }

  /** The bytes of a file. */
  content(path: string): Buffer {
    const file = this.#names.get(path);
    if (typeof file !== 'number') throw systemError('ENOENT', path);
    return this.#bytes(file);
  }

  /** Puts other bytes into a file, as somebody with an editor would. */
  change(path: string, bytes: Buffer): void {
    const file = this.#names.get(path);
    if (typeof file !== 'number') throw systemError('ENOENT', path);
    this.#files.set(file, bytes);
    this.#base.files.set(file, bytes);
  }

  /** Removes a file, or moves it. */
  remove(path: string, to?: string): void {
    const file = this.#names.get(path);
    for (const names of [this.#names, this.#base.names]) {
      names.delete(path);
      if (to !== undefined && file !== undefined) names.set(to, file);
    }
  }

  /** The words acknowledged in the first `length` events. */
  ackedBefore(length: number): string[] {
    return this.events.slice(0, length).flatMap((event) => (event.what === 'acked' ? [event.word] : []));
  }

  /** The disk as a crash after the first `length` events leaves it. */
  crashed(length: number, fate: Fate): ModelDisk {
    const events = this.events.slice(0, length);
    const pending = events.flatMap((event, i) => (isChange(event) && !isSynced(event, i, events) ? [i] : []));
    const isPending = new Set(pending);
    const left = new ModelDisk();
    left.#nextFile = this.#nextFile;
    left.#files = new Map(this.#base.files);
    left.#names = new Map(this.#base.names);
    for (const [i, event] of events.entries()) {
      if (!isChange(event)) continue;
      const part = isPending.has(i) ? fate(event, i, pending) : 1;
      if (part <= 0) continue;
      left.#apply(
        event.what === 'write' && part < 1
          ? { ...event, bytes: event.bytes.subarray(0, Math.floor(event.bytes.length * part)) }
          : event,
      );
    }
    // A name in a folder that is not there is nowhere.
    for (const name of left.#names.keys())
      if (name !== '/' && !left.#isReachable(name)) left.#names.delete(name);
    left.#base = { files: new Map(left.#files), names: new Map(left.#names) };
    return left;
  }

  #isReachable(name: string): boolean {
    return name === '/' || (this.#names.has(name) && this.#isReachable(dirname(name)));
  }

  /** A word for all that is on the disk, to tell states apart. */
  fingerprint(): string {
    const hash = createHash('sha256');
    for (const name of [...this.#names.keys()].sort()) {
      const file = this.#names.get(name);
      hash.update(`${name}\0`).update(typeof file === 'number' ? this.#bytes(file) : '/');
    }
    return hash.digest('hex');
  }

  #do(event: Event): void {
    this.events.push(event);
    this.#apply(event);
  }

  #apply(event: Event): void {
    if (event.what === 'write') {
      const old = this.#bytes(event.file);
      const bytes = Buffer.alloc(Math.max(old.length, event.at + event.bytes.length));
      old.copy(bytes);
      event.bytes.copy(bytes, event.at);
      this.#files.set(event.file, bytes);
    } else if (event.what === 'truncate') {
      const bytes = Buffer.alloc(event.size);
      this.#bytes(event.file).copy(bytes);
      this.#files.set(event.file, bytes);
    } else if (event.what === 'link') this.#names.set(event.path, event.file);
    else if (event.what === 'mkdir') this.#names.set(event.path, 'folder');
    else if (event.what === 'unlink') this.#names.delete(event.path);
    else if (event.what === 'rename') {
      this.#names.delete(event.path);
      this.#names.set(event.to, event.file);
    }
  }

  #file(handle: Handle): number {
    const file = this.#handles.get(handle);
    if (file === undefined) throw systemError('EBADF', `handle ${handle}`);
    return file;
  }

  #bytes(file: number): Buffer {
    return this.#files.get(file) ?? Buffer.alloc(0);
  }
}

function isChange(event: Event): boolean {
  return event.what !== 'sync' && event.what !== 'sync-folder' && event.what !== 'acked';
}

function isSynced(event: Event, index: number, events: readonly Event[]): boolean {
  const later = events.slice(index + 1);
  if (event.what === 'write' || event.what === 'truncate')
    return later.some((next) => next.what === 'sync' && next.file === event.file);
  if (!('path' in event)) return false;
  const folder = dirname(event.path);
  return later.some((next) => next.what === 'sync-folder' && next.path === folder);
}

function systemError(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
