import { crc32 } from 'node:zlib';
import type { IO } from './io.ts';
import { StorageProblem } from './problem.ts';

/**
 * Parts of the state that are read seldom (a branch's past months) need not live in memory. A fold names them by
 * patterns such as `branches.*.months.*`; each such part is then a property that reads itself from the checkpoint file
 * when somebody first looks at it, and is a plain property from then on. Whoever reads or changes the state in place
 * sees nothing of this.
 */

/** Where a part lies in a checkpoint file. */
export interface Berth {
  readonly file: ShelfFile;
  readonly offset: number;
  readonly length: number;
  readonly crc: number;
}

/** A checkpoint file kept open while parts of the state still lie in it. */
export interface ShelfFile {
  readonly io: IO;
  readonly handle: number;
  readonly name: string;
}

/** A part while nobody looks at it: its value, or where it lies. */
interface Shelved {
  rest: { readonly value: unknown } | { readonly berth: Berth };
}

export interface Part {
  readonly path: readonly string[];
  readonly parent: object;
  readonly shelved: Shelved;
  /** Its JSON where it was in memory; null where it lies in the file unread. */
  readonly text: string | null;
}

/** What lies behind the properties of an object. A property that has become plain is no longer in use here. */
const shelvedIn = new WeakMap<object, Map<string, Shelved>>();

function define(parent: object, key: string, shelved: Shelved): void {
  const keys = shelvedIn.get(parent) ?? new Map<string, Shelved>();
  shelvedIn.set(parent, keys.set(key, shelved));
  const take = (): unknown => {
    const value = 'value' in shelved.rest ? shelved.rest.value : readBerth(shelved.rest.berth);
    put(parent, key, value);
    return value;
  };
  const set = (value: unknown): void => put(parent, key, value);
  Object.defineProperty(parent, key, { get: take, set, enumerable: true, configurable: true });
}

function put(parent: object, key: string, value: unknown): void {
  shelvedIn.get(parent)?.delete(key);
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}

function shelvedAt(parent: object, key: string): Shelved | undefined {
  const property = Object.getOwnPropertyDescriptor(parent, key);
  return property && 'get' in property ? shelvedIn.get(parent)?.get(key) : undefined;
}

function readBerth(berth: Berth): unknown {
  const bytes = berth.file.io.peek(berth.file.handle, berth.length, berth.offset);
  if (bytes.length !== berth.length || crc32(bytes) !== berth.crc) {
    throw new StorageProblem({
      kind: 'fault',
      place: berth.file.name,
      problem: '检查点里有一部分读不回来',
      safe: '日志，即全部记录',
      mend: '用 lanxing doctor 检查磁盘，再重新启动：检查点会由日志重建',
    });
  }
  return JSON.parse(bytes.toString('utf8'));
}

/**
 * Takes the state apart for a checkpoint, in one synchronous step: the JSON of all but the named parts, and the parts.
 * A part that was in memory is put behind its property again, so that `settle` can tell whether it was used since.
 */
export function takeApart(state: unknown, patterns: readonly string[]): { skeleton: string; parts: Part[] } {
  const parts: Part[] = [];
  const rest = without(
    state,
    patterns.map((pattern) => pattern.split('.')),
    [],
    parts,
  );
  return { skeleton: JSON.stringify(rest), parts };
}

/** A copy of the value down to where the patterns lead, with the parts they name left out and collected. */
function without(
  value: unknown,
  patterns: readonly string[][],
  path: readonly string[],
  parts: Part[],
): unknown {
  if (!isObject(value) || patterns.length === 0) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const here = [...path, key];
    const further = patterns.filter(([head]) => head === '*' || head === key).map(([, ...rest]) => rest);
    if (further.some((rest) => rest.length === 0)) parts.push(shelve(value, key, here));
    else copy[key] = without(value[key], further, here, parts);
  }
  return copy;
}

function shelve(parent: Record<string, unknown>, key: string, path: readonly string[]): Part {
  const already = shelvedAt(parent, key);
  if (already) {
    return {
      path,
      parent,
      shelved: already,
      text: 'value' in already.rest ? JSON.stringify(already.rest.value) : null,
    };
  }
  const value = parent[key];
  const shelved: Shelved = { rest: { value } };
  define(parent, key, shelved);
  return { path, parent, shelved, text: JSON.stringify(value) };
}

/** After the checkpoint is durable: a part that nobody touched since it was taken now lies in the new file. */
export function settle(part: Part, berth: Berth): void {
  const key = part.path.at(-1);
  if (key !== undefined && shelvedAt(part.parent, key) === part.shelved) part.shelved.rest = { berth };
}

/** Hangs a part of a loaded checkpoint into the state. Throws where its place is not there. */
export function hang(state: unknown, path: readonly string[], berth: Berth): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), state);
  const key = path.at(-1);
  if (!isObject(parent) || key === undefined) throw new TypeError(`no place for ${path.join('.')}`);
  define(parent, key, { rest: { berth } });
}

/** Where an unread part lies; null where it is in memory. */
export function berthOf(part: Part): Berth | null {
  return 'berth' in part.shelved.rest ? part.shelved.rest.berth : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
