import { crc32 } from 'node:zlib';
import type { IO } from './io.ts';
import { StorageProblem } from './problem.ts';

/**
 * Parts of the state that are read seldom (a branch's past months) need not live in memory. A fold names them by
 * patterns such as `branches.*.months.*`; each such part is then a property that reads itself from the checkpoint file
 * when somebody first looks at it, and is a plain property from then on. Whoever reads or changes the state in place
 * sees nothing of this.
 *
 * `*~100` at a pattern's end shelves numbered things (reports) by the hundred: looking at one brings in its neighbours.
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

type Values = Readonly<Record<string, unknown>>;

/** Some keys of one object while nobody looks at them: their values, or where those lie. */
interface Shelved {
  readonly keys: readonly string[];
  rest: { readonly values: Values } | { readonly berth: Berth };
}

export interface Part {
  /** The path of the object whose keys these are. */
  readonly path: readonly string[];
  readonly parent: object;
  readonly shelved: Shelved;
  readonly keys: readonly string[];
  /** Its JSON where it was in memory; null where it lies in the file unread. */
  readonly text: string | null;
}

/** What lies behind the properties of an object. A property that has become plain is no longer in use here. */
const shelvedIn = new WeakMap<object, Map<string, Shelved>>();

/** One pair of accessors for each key, whichever object it is in: thousands of closures would outweigh what is shelved. */
const accessors = new Map<string, PropertyDescriptor & ThisType<object>>();

function accessorOf(key: string): PropertyDescriptor {
  const known = accessors.get(key);
  if (known) return known;
  const made: PropertyDescriptor & ThisType<object> = {
    get() {
      const shelved = shelvedIn.get(this)?.get(key);
      return shelved && takeDown(this, shelved)[key];
    },
    set(value: unknown) {
      put(this, key, value);
    },
    enumerable: true,
    configurable: true,
  };
  accessors.set(key, made);
  return made;
}

function define(parent: object, key: string, shelved: Shelved): void {
  const keys = shelvedIn.get(parent) ?? new Map<string, Shelved>();
  shelvedIn.set(parent, keys.set(key, shelved));
  Object.defineProperty(parent, key, accessorOf(key));
}

function put(parent: object, key: string, value: unknown): void {
  shelvedIn.get(parent)?.delete(key);
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Makes shelved keys plain properties again, but for those that were given another value since. */
function takeDown(parent: object, shelved: Shelved): Values {
  const values = 'values' in shelved.rest ? shelved.rest.values : readBerth(shelved.rest.berth);
  for (const key of shelved.keys) if (shelvedAt(parent, key) === shelved) put(parent, key, values[key]);
  return values;
}

function shelvedAt(parent: object, key: string): Shelved | undefined {
  const property = Object.getOwnPropertyDescriptor(parent, key);
  return property && 'get' in property ? shelvedIn.get(parent)?.get(key) : undefined;
}

function readBerth(berth: Berth): Values {
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
  const values: Values = JSON.parse(bytes.toString('utf8'));
  return values;
}

/**
 * Takes the state apart for a checkpoint, in one synchronous step: the JSON of all but the named parts, and the parts.
 * A part that was in memory is put behind its properties again, so that `settle` can tell whether it was used since.
 */
export function takeApart(state: unknown, patterns: readonly string[]): { skeleton: string; parts: Part[] } {
  const parts: Part[] = [];
  const split = patterns.map((pattern) => pattern.split('.'));
  const rest = without(state, split, [], (parent, keys, path) => void parts.push(shelve(parent, keys, path)));
  return { skeleton: JSON.stringify(rest), parts };
}

type Found = (parent: Record<string, unknown>, keys: readonly string[], path: readonly string[]) => void;

/** A copy of the value down to where the patterns lead, with the parts they name left out and told. */
function without(
  value: unknown,
  patterns: readonly string[][],
  path: readonly string[],
  found: Found,
): unknown {
  if (!isObject(value) || patterns.length === 0) return value;
  const last = patterns.find(([head, ...rest]) => rest.length === 0 && head?.startsWith('*'))?.[0];
  if (last !== undefined) {
    const size = last === '*' ? null : Number(last.slice(2));
    for (const keys of groupsOf(Object.keys(value), size)) found(value, keys, path);
    return {};
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const further = patterns.filter(([head]) => head === '*' || head === key).map(([, ...rest]) => rest);
    copy[key] = without(value[key], further, [...path, key], found);
  }
  return copy;
}

/** The value of an object's part as a checkpoint holds it; null where the object, or all of these keys, are not there. */
export function partText(state: unknown, path: readonly string[], keys: readonly string[]): string | null {
  const parent = placeOf(state, path);
  return parent ? JSON.stringify(Object.fromEntries(keys.map((key) => [key, parent[key]]))) : null;
}

/** What `takeApart` would leave of the state, and which parts it would take, with nothing put on a shelf. */
export function outline(
  state: unknown,
  patterns: readonly string[],
): { skeleton: string; parts: Pick<Part, 'path' | 'keys'>[] } {
  const parts: Pick<Part, 'path' | 'keys'>[] = [];
  const split = patterns.map((pattern) => pattern.split('.'));
  const rest = without(state, split, [], (_, keys, path) => void parts.push({ path, keys }));
  return { skeleton: JSON.stringify(rest), parts };
}

/** Each key alone, or numbers by so many; a key that is no number stays alone. */
function groupsOf(keys: readonly string[], size: number | null): string[][] {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const number = size === null ? Number.NaN : Math.floor(Number(key) / size);
    const group = Number.isNaN(number) ? key : `~${number}`;
    const sofar = groups.get(group);
    if (sofar) sofar.push(key);
    else groups.set(group, [key]);
  }
  return [...groups.values()];
}

function shelve(parent: Record<string, unknown>, keys: readonly string[], path: readonly string[]): Part {
  const already = shelvedAt(parent, keys[0]!);
  if (already?.keys.length === keys.length && keys.every((key) => shelvedAt(parent, key) === already)) {
    const text = 'values' in already.rest ? JSON.stringify(already.rest.values) : null;
    return { path, parent, shelved: already, keys, text };
  }
  const values: Values = Object.fromEntries(keys.map((key) => [key, parent[key]]));
  const shelved: Shelved = { keys, rest: { values } };
  for (const key of keys) define(parent, key, shelved);
  return { path, parent, shelved, keys, text: JSON.stringify(values) };
}

/** After the checkpoint is durable: a part that nobody touched since it was taken now lies in the new file. */
export function settle({ parent, keys, shelved }: Part, berth: Berth): void {
  if (keys.every((key) => shelvedAt(parent, key) === shelved)) shelved.rest = { berth };
}

/** Hangs a part of a loaded checkpoint into the state. Throws where its place is not there. */
export function hang(state: unknown, path: readonly string[], keys: readonly string[], berth: Berth): void {
  const parent = placeOf(state, path);
  if (!parent) throw new TypeError(`no place for ${path.join('.')}`);
  const shelved: Shelved = { keys, rest: { berth } };
  for (const key of keys) define(parent, key, shelved);
}

function placeOf(state: unknown, path: readonly string[]): Record<string, unknown> | null {
  const place = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), state);
  return isObject(place) ? place : null;
}

/** Where an unread part lies; null where it is in memory. */
export function berthOf(part: Part): Berth | null {
  return 'berth' in part.shelved.rest ? part.shelved.rest.berth : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
