import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { MARKER } from './folder.ts';
import { codeOf, realIO } from './io.ts';
import { lockFolder } from './lock.ts';
import { StorageProblem } from './problem.ts';

export type Rename = (from: string, to: string) => void;

interface Placing {
  readonly folder: string;
  /** What is to be in its place: complete, verified and durable. */
  readonly staging: string;
  readonly stamp: string;
  readonly rename: Rename;
}

/** What a folder may hold and still count as empty: a mount point's own, and our lock. */
const ITS_OWN = new Set(['lost+found', 'lock']);
const ASIDE = 'before-restore-';

/** Where to unpack for a folder: beside it, or within it where it is a mount point or its parent is not ours to write. */
export function stagingFor(folder: string): string {
  const name = `restoring-${process.pid}`;
  if (!fs.existsSync(folder)) return `${folder}.${name}`;
  const parent = dirname(folder);
  const isMount = fs.statSync(folder).dev !== fs.statSync(parent).dev;
  return isMount || !isWritable(parent) ? join(folder, `.${name}`) : `${folder}.${name}`;
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts a staged folder in a folder's place. What was there is put aside under another name, never removed; yields where
 * it has gone, null where there was nothing.
 */
export async function putInPlace(placing: Placing): Promise<string | null> {
  const { folder, staging, rename } = placing;
  if (!fs.existsSync(folder)) {
    rename(staging, folder);
    await realIO.syncFolder(dirname(folder));
    return null;
  }
  const lock = await lockFolder(folder);
  try {
    return dirname(staging) === folder ? putWithin(placing) : await exchange(placing);
  } finally {
    await lock.release();
  }
}

async function exchange(placing: Placing): Promise<string | null> {
  const { folder, staging, stamp, rename } = placing;
  const isEmpty = contentOf(folder, staging).length === 0;
  const aside = `${folder}.${ASIDE}${stamp}`;
  if (fs.existsSync(aside)) throw inTheWay(aside);
  try {
    rename(folder, aside);
  } catch (error) {
    // A mount point cannot be renamed, and some parents do not allow it: then the files go, and the folder stays.
    if (!['EBUSY', 'EXDEV', 'EACCES', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
    return putWithin(placing);
  }
  try {
    rename(staging, folder);
  } catch (error) {
    rename(aside, folder);
    throw error;
  }
  await realIO.syncFolder(dirname(folder));
  if (isEmpty) fs.rmSync(aside, { recursive: true });
  else fs.rmSync(`${aside}/lock`, { force: true });
  return isEmpty ? null : aside;
}

/**
 * File by file, in a folder that stays: the old marker goes first and the new one comes last, so that at any moment in
 * between the folder is refused, and neither half is taken for a ledger.
 */
function putWithin({ folder, staging, stamp, rename }: Placing): string | null {
  try {
    fs.chmodSync(folder, 0o700);
  } catch {
    // Some mounts know no permissions: the ledger is as private there as the mount is.
  }
  const old = contentOf(folder, staging);
  const aside = join(folder, `${ASIDE}${stamp}`);
  if (old.length > 0) {
    if (fs.existsSync(aside)) throw inTheWay(aside);
    fs.mkdirSync(aside, { mode: 0o700 });
    for (const name of old) {
      move(rename, join(folder, name), join(aside, name));
      if (name === MARKER) syncOne(folder);
    }
    syncTree(aside);
  }
  for (const name of fs.readdirSync(staging).filter((each) => each !== MARKER))
    move(rename, join(staging, name), join(folder, name));
  syncTree(folder);
  move(rename, join(staging, MARKER), join(folder, MARKER));
  fs.rmSync(staging, { recursive: true, force: true });
  syncOne(join(folder, MARKER));
  syncOne(folder);
  return old.length > 0 ? aside : null;
}

/** What is in a folder besides its own and what we put there, the marker first. */
function contentOf(folder: string, staging: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => !ITS_OWN.has(name) && !name.startsWith(ASIDE) && join(folder, name) !== staging)
    .sort((a, b) => Number(b === MARKER) - Number(a === MARKER));
}

/** Whether a folder holds anything that restoring must not pass over. */
export function isOccupied(folder: string): boolean {
  return fs.existsSync(folder) && contentOf(folder, '').length > 0;
}

/** Between file systems (and out of a mount into another) nothing can be renamed: there it is copied, then removed. */
function move(rename: Rename, from: string, to: string): void {
  try {
    rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    fs.cpSync(from, to, { recursive: true, errorOnExist: true, force: false });
    syncTree(to);
    fs.rmSync(from, { recursive: true });
  }
}

/** Makes all that is in a folder durable. */
export function syncTree(path: string): void {
  if (!fs.statSync(path).isDirectory()) return syncOne(path);
  for (const name of fs.readdirSync(path)) if (name !== 'lost+found') syncTree(join(path, name));
  syncOne(path);
}

function syncOne(path: string): void {
  const handle = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Refuses to put anything where something is. */
export function inTheWay(folder: string): StorageProblem {
  return new StorageProblem({
    kind: 'foreign',
    place: folder,
    problem: '这里已经有东西了',
    safe: '全部内容；什么都没有改动',
    mend: '用 --data 恢复到别的文件夹，或加 --force 把这里原有的移到一边',
  });
}
