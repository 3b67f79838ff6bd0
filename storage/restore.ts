import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { BACKUP_VERSION, failingWith, type Secret } from './backup.ts';
import { hasItsSum } from './backup-sum.ts';
import type { Fold, Upgrade } from './fold.ts';
import { newer } from './folder.ts';
import { realIO } from './io.ts';
import { inTheWay, isOccupied, putInPlace, stagingFor, syncTree, type Rename } from './place.ts';
import { reasonOf, StorageProblem } from './problem.ts';
import { verifyJournal, type CheckEntry, type Verified } from './verify.ts';

const Opening = z.object({ backup: z.literal('lanxing'), v: z.number().int(), at: z.string() });
const Announced = z.union([
  z.object({
    file: z
      .string()
      .regex(/^(lanxing\.json|journal\/\d{4}-\d{2}\.jsonl|evidence\/[0-9a-f]{2}\/[0-9a-f]{64})$/),
    size: z.number().int().nonnegative(),
  }),
  z.object({
    end: z.literal(true),
    lines: z.number().int(),
    heads: z.record(z.string(), z.tuple([z.number().int(), z.string()])),
    sha256: z.string(),
  }),
]);

export interface Restoring<S> {
  readonly file: string;
  readonly folder: string;
  /** Put aside a folder that is there, instead of refusing. */
  readonly force: boolean;
  /** Names what is put aside: a stamp such as `20261103-201500`. */
  readonly stamp: string;
  readonly fold: Fold<S>;
  readonly upgrade: Upgrade;
  readonly checkBoards?: CheckEntry<S>;
  readonly secret?: Secret;
  /** How files are moved; Node's own if left out. */
  readonly rename?: Rename;
}

export interface Restored<S> extends Verified<S> {
  /** When the backup was made. */
  readonly madeAt: string;
  /** Where the folder that was there has gone; null where there was none. */
  readonly putAside: string | null;
}

/**
 * Unpacks a backup beside the data folder, verifies all of it there, and only then puts it in place. What was there is
 * put aside under another name, never removed. Throws a StorageProblem (or a system error) with nothing changed.
 */
export async function restore<S>(restoring: Restoring<S>): Promise<Restored<S>> {
  const { folder, force, stamp, rename = fs.renameSync } = restoring;
  if (isOccupied(folder) && !force) throw inTheWay(folder);
  const staging = stagingFor(folder);
  fs.rmSync(staging, { recursive: true, force: true });
  fs.mkdirSync(staging, { recursive: true, mode: 0o700 });
  try {
    const { at, lines, heads } = await unpack(restoring, staging);
    const verified = await verifyJournal({ ...restoring, io: realIO, folder: staging });
    const same =
      verified.lines === lines &&
      verified.heads.every(
        ({ branch, seq, hash }) => heads[branch]?.[0] === seq && heads[branch][1] === hash,
      );
    if (verified.findings.length > 0 || !same)
      throw damaged(restoring.file, verified.findings[0]?.problem ?? '链头与记录对不上');
    syncTree(staging);
    const putAside = await putInPlace({ folder, staging, stamp, rename });
    return { ...verified, madeAt: at, putAside };
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}

/** Writes a backup's files into a folder, checking the whole against its last line. */
async function unpack<S>(
  { file, secret }: Restoring<S>,
  into: string,
): Promise<{ at: string; lines: number; heads: Record<string, [number, string]> }> {
  const source = new Source(await opened(file, secret));
  try {
    const opening = Opening.parse(JSON.parse(await source.line()));
    if (opening.v > BACKUP_VERSION) throw newer(file, opening.v, BACKUP_VERSION);
    for (;;) {
      const line = await source.line((text) => text.startsWith('{"end":'));
      const announced = Announced.parse(JSON.parse(line));
      if ('end' in announced) {
        if (source.digest() !== announced.sha256) throw new TypeError('校验和不符');
        if (!(await source.isAtEnd())) throw new TypeError('结尾之后还有内容');
        return { at: opening.at, lines: announced.lines, heads: announced.heads };
      }
      fs.mkdirSync(dirname(`${into}/${announced.file}`), { recursive: true, mode: 0o700 });
      const handle = fs.openSync(`${into}/${announced.file}`, 'wx', 0o600);
      try {
        for await (const chunk of source.bytes(announced.size)) fs.writeSync(handle, chunk);
      } finally {
        fs.closeSync(handle);
      }
    }
  } catch (error) {
    if (error instanceof StorageProblem) throw error;
    throw damaged(file, error instanceof z.ZodError ? '它不是兰星的备份' : reasonOf(error));
  }
}

async function opened(file: string, secret: Secret | undefined): Promise<AsyncIterable<Uint8Array>> {
  const handle = await realIO.open(file, 'read');
  const start = (await realIO.read(handle, 21, 0)).toString('latin1');
  await realIO.close(handle);
  if (!start.startsWith('age-encryption.org/')) {
    if (!(await hasItsSum(file))) throw damaged(file, '内容与写下时不同，或不完整，或它不是兰星的备份');
    const packed = fs.createReadStream(file);
    return packed.pipe(failingWith(createGunzip(), packed));
  }
  // What is encrypted needs no sum: age vouches for every bit of it.
  if (!secret) throw locked(file);
  const raw = fs.createReadStream(file);
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if ('passphrase' in secret) decrypter.addPassphrase(secret.passphrase);
  else if ('identity' in secret) decrypter.addIdentity(secret.identity);
  else throw locked(file);
  const sealed: ReadableStream<Uint8Array> = Readable.toWeb(raw);
  try {
    const plain = Readable.fromWeb(await decrypter.decrypt(sealed));
    return plain.pipe(failingWith(createGunzip(), plain));
  } catch (error) {
    throw damaged(file, `口令或密钥不对，或文件已损坏（${reasonOf(error)}）`);
  }
}

/** Lines and counted bytes from a stream of chunks, with the hash of all that was read. */
class Source {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #hash = createHash('sha256');
  #held: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#held = Buffer.concat([this.#held, next.value]);
    return true;
  }

  /** The next line. Of the last one, only what comes before its checksum is hashed. */
  async line(isLast: (text: string) => boolean = () => false): Promise<string> {
    let end = this.#held.indexOf(10);
    while (end < 0) {
      if (!(await this.#more())) throw new TypeError('没有结尾，只有一半');
      end = this.#held.indexOf(10);
    }
    const text = this.#held.toString('utf8', 0, end);
    this.#hash.update(isLast(text) ? text.slice(0, text.lastIndexOf(',"sha256"')) : `${text}\n`);
    this.#held = this.#held.subarray(end + 1);
    return text;
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#more())) throw new TypeError('没有结尾，只有一半');
      const chunk = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(chunk.length);
      this.#hash.update(chunk);
      left -= chunk.length;
      yield chunk;
    }
  }

  digest(): string {
    return this.#hash.digest('hex');
  }

  async isAtEnd(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#more());
  }
}

function damaged(file: string, why: string): StorageProblem {
  return new StorageProblem({
    kind: 'corrupt',
    place: file,
    problem: `这份备份不能用：${why}`,
    safe: '数据文件夹；什么都没有改动',
    mend: '换一份备份：lanxing restore OTHER --data DIR',
  });
}

function locked(file: string): StorageProblem {
  return new StorageProblem({
    kind: 'unreadable',
    place: file,
    problem: '这份备份是加密的',
    safe: '数据文件夹；什么都没有改动',
    mend: '加上 --passphrase-file 文件 或 --identity-file 文件',
  });
}
