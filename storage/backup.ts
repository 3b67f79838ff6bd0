import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import type { LocalTime } from '../scoring/calendar.ts';
import { withSum } from './backup-sum.ts';
import type { Link } from './chain.ts';
import { checkpointedLine } from './checkpoint.ts';
import { EVIDENCE, listEvidence } from './evidence.ts';
import { markerText, readMarker } from './folder.ts';
import { codeOf, readPart, realIO, type IO } from './io.ts';
import { saysDurable } from './line.ts';
import { corruption, missing, words } from './problem.ts';
import { segmentMonths } from './recover.ts';
import { segmentPath, segmentPlace } from './town.ts';
import { headsOf, walkSegment, type Trail } from './walk.ts';

/**
 * A backup is one file: gzip, inside age where a passphrase or recipient is given. Within, JSON lines announce each file
 * and its size, the file's bytes follow, and the last line carries the heads and the SHA-256 of everything before it. The packed bytes end in a sum of their own.
 * It is made from a running folder as well: the journal only grows, so its good lines up to now are one moment of it.
 */
export const BACKUP_VERSION = 1;

/** `work` is scrypt's cost as a power of two, age's own (18, about a second) if left out. */
export type Secret =
  | { readonly passphrase: string; readonly work?: number }
  | { readonly recipient: string }
  | { readonly identity: string };

export interface BackedUp {
  readonly files: number;
  readonly lines: number;
  readonly branches: number;
  /** Bytes of the backup file. */
  readonly size: number;
}

/** Writes a backup of a data folder to a new file. Throws a StorageProblem where the ledger is damaged: nothing is written then. */
export async function backup(options: {
  folder: string;
  to: string;
  at: LocalTime;
  secret?: Secret;
  io?: IO;
}): Promise<BackedUp> {
  const { folder, to, io = realIO } = options;
  const summary = { files: 0, lines: 0, branches: 0 };
  const temporary = `${to}.tmp`;
  const handle = await io.open(temporary, 'replace');
  let size = 0;
  try {
    const content = Readable.from(pack(io, folder, options.at, summary), { objectMode: false });
    const packed = content.pipe(failingWith(createGzip(), content));
    for await (const chunk of await sealed(Readable.from(withSum(packed)), options.secret)) {
      await io.write(handle, chunk, size);
      size += chunk.length;
    }
    await io.fsync(handle);
    await io.close(handle);
  } catch (error) {
    await io.close(handle).catch(() => {});
    await io.unlink(temporary);
    throw error;
  }
  await io.rename(temporary, to);
  await io.syncFolder(to.slice(0, to.lastIndexOf('/')) || '/');
  return { ...summary, size };
}

/** Makes a stream fail when what feeds it fails: pipe alone would leave it waiting. */
export function failingWith<T extends { destroy(error?: Error): unknown }>(stream: T, feeder: Readable): T {
  feeder.on('error', (error) => stream.destroy(error));
  return stream;
}

async function sealed(packed: Readable, secret: Secret | undefined): Promise<AsyncIterable<Uint8Array>> {
  if (!secret) return packed;
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  if ('passphrase' in secret) {
    encrypter.setPassphrase(secret.passphrase);
    if (secret.work !== undefined) encrypter.setScryptWorkFactor(secret.work);
  }
  if ('recipient' in secret) encrypter.addRecipient(secret.recipient);
  if ('identity' in secret) throw new TypeError('a backup is encrypted to a passphrase or a recipient');
  const plain: ReadableStream<Uint8Array> = Readable.toWeb(packed);
  return readAll(await encrypter.encrypt(plain));
}

async function* readAll(stream: {
  getReader(): ReadableStreamDefaultReader<Uint8Array>;
}): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** The backup's content, unpacked. */
async function* pack(
  io: IO,
  folder: string,
  at: LocalTime,
  summary: { files: number; lines: number; branches: number },
): AsyncGenerator<Buffer> {
  const marker = await readMarker(io, folder);
  if (!marker) throw missing(folder, words.noLedger);
  const hash = createHash('sha256');
  yield told(hash, `${JSON.stringify({ backup: 'lanxing', v: BACKUP_VERSION, at })}\n`);
  const trail: Trail = { n: 0, links: new Map<string, Link>(), previous: null };
  // Before the journal, which only grows: a bot that runs may make another checkpoint meanwhile.
  const checkpointed = await checkpointedLine(io, folder);
  const months = await segmentMonths(io, folder);
  if (marker.newest && !months.includes(marker.newest))
    throw missing(segmentPlace(marker.newest), words.gone);
  for (const month of months) {
    const bytes = await goodLines(io, folder, month, trail, month === months.at(-1));
    trail.previous = month;
    summary.files++;
    yield told(hash, `${JSON.stringify({ file: segmentPlace(month), size: bytes.length })}\n`);
    yield told(hash, bytes);
  }
  if (trail.n < checkpointed)
    throw missing(
      segmentPlace(months.at(-1) ?? ''),
      `检查点已到第 ${checkpointed} 行，日志却只到第 ${trail.n} 行：末尾少了应答过的记录`,
    );
  const text = markerText(months.at(-1) ?? null);
  yield told(hash, `${JSON.stringify({ file: 'lanxing.json', size: text.length })}\n${text}`);
  for (const sha256 of await listEvidence(folder, io)) {
    const file = `${EVIDENCE}/${sha256.slice(0, 2)}/${sha256}`;
    const bytes = await readPart(io, `${folder}/${file}`).catch((error: unknown) => {
      // Retention may have removed it since the list was made.
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (!bytes) continue;
    summary.files++;
    yield told(hash, `${JSON.stringify({ file, size: bytes.length })}\n`);
    yield told(hash, bytes);
  }
  summary.lines = trail.n;
  summary.branches = trail.links.size;
  const end = JSON.stringify({ end: true, lines: trail.n, heads: headsOf(trail.links) });
  hash.update(end.slice(0, -1));
  yield Buffer.from(`${end.slice(0, -1)},"sha256":"${hash.digest('hex')}"}\n`);
}

function told(hash: Hash, content: string | Buffer): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  hash.update(bytes);
  return bytes;
}

/** A segment up to its last good line, its chains followed; what is being written just now is left out. */
async function goodLines(
  io: IO,
  folder: string,
  month: string,
  trail: Trail,
  isLast: boolean,
): Promise<Buffer> {
  const bytes = await readPart(io, segmentPath(folder, month));
  const { end, lines, damaged } = walkSegment({ bytes, month, trail, onOperation: () => {} });
  if (damaged && (!isLast || saysDurable(bytes, end, trail.n + 1))) {
    throw corruption(`${segmentPlace(month)}:${lines + 1}`, words.changed, trail.n);
  }
  return bytes.subarray(0, end);
}
