import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Fold } from './fold.ts';
import { piecesOf, type IO } from './io.ts';
import {
  berthOf,
  hang,
  outline,
  partText,
  settle,
  takeApart,
  type Berth,
  type Part,
  type ShelfFile,
} from './shelves.ts';
import { SourceIndex } from './source-index.ts';
import { CHECKPOINT, type Segment, type Town } from './town.ts';

/**
 * The checkpoint is a readable file of JSON lines: the shelved parts of the state, the rest of it, the index of
 * sources, a manifest that names the journal position all this belongs to, and a last line with the SHA-256 of
 * everything before. It holds nothing that the journal does not: a damaged one is thrown away and rebuilt.
 */
const VERSION = 1;
const CHUNK = 1 << 20;

const Range = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]);
const Manifest = z.object({
  checkpoint: z.literal('lanxing'),
  v: z.literal(VERSION),
  /** The fold's version: an older fold's state is not the new one's. */
  fold: z.number().int(),
  n: z.number().int(),
  segments: z.array(
    z.object({ month: z.string(), size: z.number().int(), crc: z.number().int(), lines: z.number().int() }),
  ),
  heads: z.record(z.string(), z.tuple([z.number().int(), z.string()])),
  state: Range,
  sources: Range,
  parts: z.array(
    z.object({ path: z.array(z.string()), keys: z.array(z.string()), at: Range, crc: z.number().int() }),
  ),
});
type Manifest = z.infer<typeof Manifest>;

/** State and position of one moment, ready to be written while the town goes on. */
export interface Snapshot {
  readonly state: string;
  readonly parts: readonly Part[];
  readonly n: number;
  readonly segments: readonly Segment[];
  readonly heads: Manifest['heads'];
  readonly sources: string;
}

/** Captures a town in one synchronous step: never the state now and the position later. */
export function capture<S>(town: Town<S>, fold: Fold<S>): Snapshot {
  const { skeleton, parts } = takeApart(town.state, fold.shelves ?? []);
  return {
    state: skeleton,
    parts,
    n: town.n,
    segments: town.segments.map((segment) => ({ ...segment })),
    heads: Object.fromEntries([...town.links].map(([branch, { seq, hash }]) => [branch, [seq, hash]])),
    sources: town.sources.toText(),
  };
}

/** Gathers lines, hashes them, and writes them on in pieces. */
class Sheet {
  readonly #io: IO;
  readonly #handle: number;
  readonly #hash = createHash('sha256');
  #waiting: Buffer[] = [];
  #held = 0;
  #written = 0;

  constructor(io: IO, handle: number) {
    this.#io = io;
    this.#handle = handle;
  }

  /** Adds one line around a body of JSON; yields where the body lies. */
  async line(before: string, body: Buffer, after: string): Promise<[number, number]> {
    const opening = Buffer.from(before);
    const offset = this.#written + this.#held + opening.length;
    for (const piece of [opening, body, Buffer.from(after)]) {
      this.#hash.update(piece);
      this.#waiting.push(piece);
      this.#held += piece.length;
    }
    if (this.#held >= CHUNK) await this.flush();
    return [offset, body.length];
  }

  async seal(manifest: readonly [number, number]): Promise<void> {
    const opening = `{"manifest":[${manifest[0]},${manifest[1]}]`;
    const sum = this.#hash.update(opening).digest('hex');
    const line = Buffer.from(`${opening},"sha256":"${sum}"}\n`);
    this.#waiting.push(line);
    this.#held += line.length;
    await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    await this.#io.write(this.#handle, bytes, this.#written);
    this.#written += bytes.length;
    this.#waiting = [];
    this.#held = 0;
  }
}

/**
 * Writes a snapshot as the folder's checkpoint, durably, and shelves the parts nobody touched meanwhile in it.
 * Yields the new file, open: the one before it may be closed then.
 */
export async function writeCheckpoint(
  io: IO,
  folder: string,
  snapshot: Snapshot,
  foldVersion: number,
): Promise<ShelfFile> {
  const temporary = `${folder}/${CHECKPOINT}.tmp`;
  const file: ShelfFile = { io, handle: await io.open(temporary, 'replace'), name: CHECKPOINT };
  const sheet = new Sheet(io, file.handle);
  const berths: Berth[] = [];
  for (const part of snapshot.parts) {
    const body = part.text === null ? await bytesAt(berthOf(part)) : Buffer.from(part.text);
    const [offset, length] = await sheet.line(`{"part":${JSON.stringify(part.path)},"value":`, body, '}\n');
    berths.push({ file, offset, length, crc: crc32(body) });
  }
  const state = await sheet.line('{"state":', Buffer.from(snapshot.state), '}\n');
  const sources = await sheet.line('{"sources":"', Buffer.from(snapshot.sources), '"}\n');
  const manifest: Manifest = {
    checkpoint: 'lanxing',
    v: VERSION,
    fold: foldVersion,
    n: snapshot.n,
    segments: snapshot.segments.map((segment) => ({ ...segment })),
    heads: snapshot.heads,
    state,
    sources,
    parts: snapshot.parts.map(({ path, keys }, i) => {
      const { offset, length, crc } = berths[i]!;
      return { path: [...path], keys: [...keys], at: [offset, length], crc };
    }),
  };
  await sheet.seal(await sheet.line('', Buffer.from(JSON.stringify(manifest)), '\n'));
  await io.fsync(file.handle);
  await io.rename(temporary, `${folder}/${CHECKPOINT}`);
  await io.syncFolder(folder);
  for (const [i, part] of snapshot.parts.entries()) settle(part, berths[i]!);
  return file;
}

async function bytesAt(berth: Berth | null): Promise<Buffer> {
  if (!berth) throw new TypeError('a shelved part lies nowhere');
  return berth.file.io.read(berth.file.handle, berth.length, berth.offset);
}

export interface Checkpoint<S> {
  readonly town: Town<S>;
  readonly file: ShelfFile;
  readonly manifest: Manifest;
}

export type Loaded<S> = Checkpoint<S> | { readonly unusable: string } | null;

/**
 * Reads the folder's checkpoint. Null where there is none; `unusable` says why one that is there cannot be taken.
 * System errors of reading are thrown as they are.
 */
export async function readCheckpoint<S>(io: IO, folder: string, fold: Fold<S>): Promise<Loaded<S>> {
  const path = `${folder}/${CHECKPOINT}`;
  if (!(await io.fact(path))) return null;
  const file: ShelfFile = { io, handle: await io.open(path, 'read'), name: CHECKPOINT };
  const manifest = await readManifest(file);
  if (!manifest) {
    await io.close(file.handle);
    return { unusable: '文件损坏' };
  }
  if (manifest.fold !== (fold.version ?? 1)) {
    await io.close(file.handle);
    return { unusable: '程序读账本的方法更新了' };
  }
  const json = (await io.read(file.handle, manifest.state[1], manifest.state[0])).toString('utf8');
  // The file's hash has been checked: what the fold wrote as S is what is read here.
  const state: S = JSON.parse(json);
  for (const part of manifest.parts) {
    const [offset, length] = part.at;
    hang(state, part.path, part.keys, { file, offset, length, crc: part.crc });
  }
  const sources = SourceIndex.fromText(
    (await io.read(file.handle, manifest.sources[1], manifest.sources[0])).toString('latin1'),
  );
  const links = new Map(
    Object.entries(manifest.heads).map(([branch, [seq, hash]]) => [branch, { seq, hash }]),
  );
  const town = { state, n: manifest.n, sealed: true, segments: manifest.segments, links, sources };
  return { town, file, manifest };
}

/** The journal line that the folder's checkpoint belongs to, whoever's fold wrote it: 0 where there is none to rely on. */
export async function checkpointedLine(io: IO, folder: string): Promise<number> {
  const path = `${folder}/${CHECKPOINT}`;
  if (!(await io.fact(path))) return 0;
  const file: ShelfFile = { io, handle: await io.open(path, 'read'), name: CHECKPOINT };
  try {
    return (await readManifest(file))?.n ?? 0;
  } finally {
    await io.close(file.handle);
  }
}

/** Whether a checkpoint holds this state: part by part, so that the two need not be in memory at once. */
export async function holds<S>({ file, manifest }: Checkpoint<S>, state: S, fold: Fold<S>): Promise<boolean> {
  const { skeleton, parts } = outline(state, fold.shelves ?? []);
  if (manifest.parts.length !== parts.length) return false;
  const names = new Set(parts.map(nameOf));
  for (const part of manifest.parts) {
    // Deleted, so that one part twice is not taken for two.
    if (!names.delete(nameOf(part))) return false;
    const text = partText(state, part.path, part.keys);
    if (text === null || !(await isSame(file, part.at, text))) return false;
  }
  return isSame(file, manifest.state, skeleton);
}

const nameOf = ({ path, keys }: Pick<Part, 'path' | 'keys'>): string => JSON.stringify([path, keys]);

async function isSame(
  { io, handle }: ShelfFile,
  [offset, length]: readonly [number, number],
  text: string,
): Promise<boolean> {
  const written = await io.read(handle, length, offset);
  return (
    written.equals(Buffer.from(text)) ||
    isDeepStrictEqual(JSON.parse(written.toString('utf8')), JSON.parse(text))
  );
}

const FOOTER = /\{"manifest":\[(\d{1,15}),(\d{1,15})\],"sha256":"([0-9a-f]{64})"\}\n$/;

/** The manifest, where every byte of the file is as it was written. */
async function readManifest({ io, handle }: ShelfFile): Promise<Manifest | null> {
  const size = await io.size(handle);
  const end = (await io.read(handle, Math.min(size, 200), Math.max(0, size - 200))).toString('latin1');
  const match = FOOTER.exec(end);
  if (!match) return null;
  const signed = size - match[0].length + match[0].indexOf(',"sha256"');
  const hash = createHash('sha256');
  for await (const piece of piecesOf(io, handle, signed)) hash.update(piece);
  if (hash.digest('hex') !== match[3]) return null;
  const text = (await io.read(handle, Number(match[2]), Number(match[1]))).toString('utf8');
  return Manifest.safeParse(JSON.parse(text)).data ?? null;
}
