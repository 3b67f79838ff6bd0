import { createHash, randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Finding } from '../scoring/finding.ts';
import { codeOf, readPart, realIO, type IO } from './io.ts';
import { corruption, missing, StorageProblem } from './problem.ts';

/**
 * Evidence photos (印证照片) lie beside the journal under their SHA-256: `evidence/ab/abcdef…`. A photo is on disk before
 * the entry that names it; retention removes it, and writes an entry that says so.
 */
export const EVIDENCE = 'evidence';
const SHA256 = /^[0-9a-f]{64}$/;

export interface Evidence {
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

function homeOf(sha256: string): string {
  if (!SHA256.test(sha256)) throw new TypeError(`${sha256} is no SHA-256`);
  return `${EVIDENCE}/${sha256.slice(0, 2)}`;
}

/** Saves a photo in a data folder and resolves when it is durable. The same photo twice is one file. Throws system errors. */
export async function saveEvidence(folder: string, bytes: Uint8Array, io: IO = realIO): Promise<Evidence> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const home = homeOf(sha256);
  await io.mkdir(`${folder}/${EVIDENCE}`);
  await io.syncFolder(folder);
  await io.mkdir(`${folder}/${home}`);
  await io.syncFolder(`${folder}/${EVIDENCE}`);
  const temporary = `${folder}/${home}/.${randomUUID()}.tmp`;
  const handle = await io.open(temporary, 'create');
  try {
    await io.write(handle, bytes, 0);
    await io.fsync(handle);
  } catch (error) {
    // On a full disk the half of it would only be in the way.
    await io.unlink(temporary).catch(() => {});
    throw error;
  } finally {
    await io.close(handle);
  }
  await io.rename(temporary, `${folder}/${home}/${sha256}`);
  await io.syncFolder(`${folder}/${home}`);
  return { sha256, size: bytes.length };
}

/** A photo's bytes, checked against its name. Throws a StorageProblem where it is gone or damaged. */
export async function readEvidence(folder: string, sha256: string, io: IO = realIO): Promise<Buffer> {
  const place = `${homeOf(sha256)}/${sha256}`;
  const bytes = await readPart(io, `${folder}/${place}`).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw missing(place, '没有这张照片（过了保存期会删除）');
    throw error;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw corruption(place, '这张照片与保存时不同', 0);
  return bytes;
}

/** Removes a photo for good; resolves when that is durable. False where it was not there. */
export async function removeEvidence(folder: string, sha256: string, io: IO = realIO): Promise<boolean> {
  const home = homeOf(sha256);
  try {
    await io.unlink(`${folder}/${home}/${sha256}`);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  await io.syncFolder(`${folder}/${home}`);
  return true;
}

/** What is amiss with the photos that a ledger names: each must be there, as it was when it was saved. */
export async function verifyEvidence(
  folder: string,
  named: Iterable<string>,
  io: IO = realIO,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const sha256 of new Set(named)) {
    await readEvidence(folder, sha256, io).catch((error: unknown) => {
      if (!(error instanceof StorageProblem)) throw error;
      const { place, problem } = error;
      findings.push({
        place,
        problem,
        mend: '从备份取回：lanxing restore BACKUP --data NEWDIR，再把这个文件复制到同一位置（记录都在，不受影响）',
      });
    });
  }
  return findings;
}

/** The SHA-256 of every photo in a data folder. */
export async function listEvidence(folder: string, io: IO = realIO): Promise<string[]> {
  if (!(await io.fact(`${folder}/${EVIDENCE}`))) return [];
  const found: string[] = [];
  for (const home of await io.list(`${folder}/${EVIDENCE}`)) {
    for (const name of await io.list(`${folder}/${EVIDENCE}/${home}`))
      if (SHA256.test(name)) found.push(name);
  }
  return found;
}

const LEFTOVER = /^\.[0-9a-f-]{36}\.tmp$/;

/**
 * Removes what a crash left: half-written files, and photos that were written but that no entry names. Only files
 * last changed before `olderThan` (milliseconds since 1970) go: the entry of a newer one may be on its way. Resolves
 * with how many went. Files of any other name are left alone.
 */
export async function sweepEvidence(
  folder: string,
  what: { readonly olderThan: number; readonly isNamed: (sha256: string) => boolean },
): Promise<number> {
  let count = 0;
  if (!(await realIO.fact(`${folder}/${EVIDENCE}`))) return 0;
  for (const home of await realIO.list(`${folder}/${EVIDENCE}`)) {
    const path = `${folder}/${EVIDENCE}/${home}`;
    const before = count;
    for (const name of await realIO.list(path)) {
      const isOurs = LEFTOVER.test(name) || SHA256.test(name);
      if (!isOurs || (await stat(`${path}/${name}`)).mtimeMs >= what.olderThan) continue;
      // Asked last, with nothing awaited before the file is gone: it may have been named meanwhile.
      if (SHA256.test(name) && what.isNamed(name)) continue;
      await realIO.unlink(`${path}/${name}`);
      count++;
    }
    if (count > before) await realIO.syncFolder(path);
  }
  return count;
}
