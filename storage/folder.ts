import { dirname } from 'node:path';
import { z } from 'zod';
import { replaceFile, readPart, type IO } from './io.ts';
import { missing, StorageProblem } from './problem.ts';
import { CHECKPOINT, JOURNAL } from './town.ts';

/** The file that says a folder is a ledger's. */
export const MARKER = 'lanxing.json';
const VERSION = 1;
/** What may lie in a folder that is not ours yet: a mount point's own, and what a first start left half-way. */
const HARMLESS = new Set(['lost+found', 'lock', `${MARKER}.tmp`, JOURNAL]);

/** `newest` is the newest segment that may hold acknowledged lines: its file must be there. */
const Marker = z.object({
  format: z.literal('lanxing-town'),
  v: z.number().int(),
  newest: z.string().nullable(),
});
export type Marker = z.infer<typeof Marker>;

export function markerText(newest: string | null): string {
  const marker: Marker = { format: 'lanxing-town', v: VERSION, newest };
  return `${JSON.stringify(marker)}\n`;
}

export async function writeMarker(io: IO, folder: string, newest: string | null): Promise<void> {
  await replaceFile(io, folder, MARKER, Buffer.from(markerText(newest)));
}

/** Reads a data folder's marker; null where the folder is absent or empty. Throws where it is not ours, or newer. */
export async function readMarker(io: IO, folder: string): Promise<Marker | null> {
  const fact = await io.fact(folder);
  if (!fact) return null;
  if (fact.kind !== 'folder') throw foreign(folder, '它是文件，不是文件夹');
  if (await io.fact(`${folder}/${MARKER}`)) return parseMarker(await readPart(io, `${folder}/${MARKER}`));
  const names = await io.list(folder);
  const hasJournal = names.includes(JOURNAL) && (await io.list(`${folder}/${JOURNAL}`)).length > 0;
  if (hasJournal || names.includes(CHECKPOINT)) throw missing(MARKER, `文件夹里有账本，却没有 ${MARKER}`);
  const stranger = names.find((name) => !HARMLESS.has(name));
  if (stranger) throw foreign(folder, `它不是空的（有 ${stranger}），又没有 ${MARKER}`);
  return null;
}

function parseMarker(bytes: Buffer): Marker {
  let found: unknown;
  try {
    found = JSON.parse(bytes.toString('utf8'));
  } catch {
    found = null;
  }
  const marker = Marker.safeParse(found);
  if (!marker.success)
    throw missing(
      MARKER,
      `文件损坏，应为 {"format":"lanxing-town","v":${VERSION},"newest":"YYYY-MM"}（最新日志的月份）`,
    );
  if (marker.data.v > VERSION) throw newer(MARKER, marker.data.v, VERSION);
  return marker.data;
}

/** Opens a data folder, or makes one where there is nothing. Never takes over a folder that holds something else. */
export async function openFolder(io: IO, folder: string): Promise<Marker> {
  const found = await readMarker(io, folder);
  if (found) return found;
  await makeFolder(io, folder);
  // An earlier start may have made it and been cut off before this.
  await io.syncFolder(dirname(folder));
  await io.mkdir(`${folder}/${JOURNAL}`);
  await writeMarker(io, folder, null);
  return { format: 'lanxing-town', v: VERSION, newest: null };
}

/** Makes a folder and those above it, durably. */
export async function makeFolder(io: IO, folder: string): Promise<void> {
  if (await io.fact(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(io, parent);
  await io.mkdir(folder);
  await io.syncFolder(parent);
}

function foreign(folder: string, why: string): StorageProblem {
  return new StorageProblem({
    kind: 'foreign',
    place: folder,
    problem: `这不是兰星的数据文件夹：${why}`,
    safe: '里面的一切；什么都没有改动',
    mend: '用 --data 另指一个空的或还不存在的文件夹',
  });
}

export function newer(place: string, found: number, known: number): StorageProblem {
  return new StorageProblem({
    kind: 'newer',
    place,
    problem: `格式是第 ${found} 版，本程序只认得到第 ${known} 版`,
    safe: '全部内容；什么都没有改动',
    mend: '请先升级程序（npm install），再打开这份账本',
  });
}
