import { dirname } from 'node:path';
import { z } from 'zod';
import { replaceFile, readPart, type IO } from './io.ts';
import { missing, StorageProblem } from './problem.ts';
import { JOURNAL } from './town.ts';

const MARKER = 'lanxing.json';
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
  if (fact.kind !== 'folder') throw foreign(folder, 'it is a file, not a folder');
  if (await io.fact(`${folder}/${MARKER}`)) return parseMarker(await readPart(io, `${folder}/${MARKER}`));
  const names = await io.list(folder);
  const stranger = names.find((name) => !HARMLESS.has(name));
  if (stranger) throw foreign(folder, `it is not empty (${stranger}) and has no ${MARKER}`);
  if (names.includes(JOURNAL) && (await io.list(`${folder}/${JOURNAL}`)).length > 0) {
    throw missing(MARKER, `the data folder has a journal but its ${MARKER} is gone`);
  }
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
      `it is damaged: it should read {"format":"lanxing-town","v":${VERSION},"newest":"YYYY-MM"}`,
    );
  if (marker.data.v > VERSION) throw newer(MARKER, marker.data.v, VERSION);
  return marker.data;
}

/** Opens a data folder, or makes one where there is nothing. Never takes over a folder that holds something else. */
export async function openFolder(io: IO, folder: string): Promise<Marker> {
  const found = await readMarker(io, folder);
  if (found) return found;
  await makeFolders(io, folder);
  await io.mkdir(`${folder}/${JOURNAL}`);
  await writeMarker(io, folder, null);
  return { format: 'lanxing-town', v: VERSION, newest: null };
}

async function makeFolders(io: IO, folder: string): Promise<void> {
  if (await io.fact(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await makeFolders(io, parent);
  await io.mkdir(folder);
  await io.syncFolder(parent);
}

function foreign(folder: string, why: string): StorageProblem {
  return new StorageProblem({
    kind: 'foreign',
    place: folder,
    problem: `this is no data folder of ours: ${why}`,
    safe: 'all that lies there; nothing was changed',
    mend: 'name another folder with --data, one that is empty or does not exist yet',
  });
}

export function newer(place: string, found: number, known: number): StorageProblem {
  return new StorageProblem({
    kind: 'newer',
    place,
    problem: `it is of format ${found}, this program knows up to ${known}`,
    safe: 'all of it; nothing was changed',
    mend: 'start the newer program that wrote it (npm ls lanxing; lanxing --version)',
  });
}
