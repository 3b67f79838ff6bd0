import type { IsoMonth } from '../scoring/calendar.ts';
import type { Finding } from '../scoring/finding.ts';
import { entriesOf, type Kept } from './chain.ts';
import { readCheckpoint } from './checkpoint.ts';
import { applyAll, type Fold, type Upgrade } from './fold.ts';
import type { Marker } from './folder.ts';
import { piecesOf, readPart, type IO } from './io.ts';
import { lineAt, saysDurable } from './line.ts';
import {
  corruption,
  faultOf,
  missing,
  reasonOf,
  StorageProblem,
  tornTail,
  uselessCheckpoint,
  words,
} from './problem.ts';
import type { ShelfFile } from './shelves.ts';
import {
  CHECKPOINT,
  emptyTown,
  endOf,
  extendCrc,
  JOURNAL,
  segmentPath,
  segmentPlace,
  type Segment,
  type Town,
} from './town.ts';
import { walkSegment, type Trail } from './walk.ts';

export interface Recovery<S> {
  readonly io: IO;
  readonly folder: string;
  readonly fold: Fold<S>;
  readonly upgrade: Upgrade;
  /** Told what was found and mended on the way, for people. */
  readonly notice: (text: string) => void;
  /** Where given, nothing on the disk is touched: it is told of what a start would mend. */
  readonly onlyTell?: (finding: Finding) => void;
}

export interface Recovered<S> {
  readonly town: Town<S>;
  readonly file: ShelfFile | null;
  /** The last line that is in the checkpoint on disk. */
  readonly checkpointed: number;
}

const SEGMENT = /^(\d{4}-\d{2})\.jsonl$/;

/** The months that have a segment, in order. */
export async function segmentMonths(io: IO, folder: string): Promise<IsoMonth[]> {
  const names = (await io.fact(`${folder}/${JOURNAL}`)) ? await io.list(`${folder}/${JOURNAL}`) : [];
  return names.flatMap((name) => SEGMENT.exec(name)?.[1] ?? []).sort();
}

/**
 * The live model from the disk: the checkpoint where it is good, then the journal's tail. Bytes before the checkpoint's
 * position are compared by checksum. Mends a torn tail; throws a StorageProblem where anything acknowledged is amiss.
 */
export async function recover<S>(recovery: Recovery<S>, marker: Marker): Promise<Recovered<S>> {
  const { io, folder, fold, notice, onlyTell } = recovery;
  const loaded = await readCheckpoint(io, folder, fold);
  if (loaded && 'unusable' in loaded) {
    if (onlyTell) onlyTell(uselessCheckpoint(CHECKPOINT, loaded.unusable));
    else notice(`${CHECKPOINT}：${loaded.unusable}，将由日志重建`);
  }
  const taken = loaded && 'town' in loaded ? loaded : null;
  const months = await segmentMonths(io, folder);
  checkPresence(months, marker, taken?.town.segments ?? []);
  const town: Town<S> = taken?.town ?? emptyTown(fold.initial());
  const checkpointed = town.n;
  try {
    await replay(recovery, town, months, marker);
  } catch (error) {
    if (taken) await io.close(taken.file.handle);
    throw error;
  }
  return { town, file: taken?.file ?? null, checkpointed };
}

/** Nothing is ever started empty because its files are gone: the marker and the checkpoint know which must be there. */
function checkPresence(months: readonly IsoMonth[], marker: Marker, known: readonly Segment[]): void {
  const needed = [...known.map(({ month }) => month), ...(marker.newest ? [marker.newest] : [])];
  const gone = needed.find((month) => !months.includes(month));
  if (gone) throw missing(segmentPlace(gone), words.gone);
}

async function replay<S>(
  recovery: Recovery<S>,
  town: Town<S>,
  months: readonly IsoMonth[],
  marker: Marker,
): Promise<void> {
  const { io, folder } = recovery;
  const known = new Map(town.segments.map((segment) => [segment.month, segment]));
  const newestKnown = town.segments.at(-1)?.month ?? '';
  const links = new Map(town.links);
  const trail: Trail = { n: town.n, links, previous: town.segments.at(-1)?.month ?? null };
  for (const month of months) {
    const segment = known.get(month);
    if (!segment && month < newestKnown)
      throw corruption(segmentPlace(month), '这个文件是后来才出现的，日志的月份只能往后', town.n);
    if (segment) await comparePrefix(recovery, segment, month < newestKnown);
    if (month >= newestKnown) await replayTail(recovery, town, trail, month, month === months.at(-1), marker);
  }
  // What was read may have been in the machine's memory only, left there by a process that was killed.
  if (recovery.onlyTell) return;
  const last = town.segments.at(-1);
  if (!last) await io.mkdir(`${folder}/${JOURNAL}`);
  if (last) await syncSegment(io, folder, last.month);
  await io.syncFolder(`${folder}/${JOURNAL}`);
}

async function syncSegment(io: IO, folder: string, month: IsoMonth): Promise<void> {
  const handle = await io.open(segmentPath(folder, month), 'edit');
  try {
    await io.fsync(handle);
  } finally {
    await io.close(handle);
  }
}

/** Compares a segment's bytes up to the checkpoint's position with the checksum taken then. */
async function comparePrefix<S>(
  { io, folder }: Recovery<S>,
  segment: Segment,
  whole: boolean,
): Promise<void> {
  const path = segmentPath(folder, segment.month);
  const handle = await io.open(path, 'read');
  try {
    const size = await io.size(handle);
    let crc = 0;
    for await (const piece of piecesOf(io, handle, segment.size)) crc = extendCrc(crc, piece);
    if (crc === segment.crc && size >= segment.size && (!whole || size === segment.size)) return;
  } finally {
    await io.close(handle);
  }
  throw await whereDamaged(io, folder, segment);
}

/** Says on which line a segment stops being what the checkpoint knows of it. */
async function whereDamaged(io: IO, folder: string, segment: Segment): Promise<StorageProblem> {
  const bytes = await readPart(io, segmentPath(folder, segment.month));
  const place = segmentPlace(segment.month);
  let lines = 0;
  for (let at = 0; at < bytes.length; ) {
    const found = lineAt(bytes, at);
    if (!found) break;
    lines++;
    at = found.next;
  }
  const problem =
    bytes.length < segment.size
      ? `文件短了：应答过的有 ${segment.size} 字节，只剩 ${bytes.length} 字节`
      : words.changed;
  return corruption(
    lines < segment.lines || bytes.length < segment.size ? `${place}:${lines + 1}` : place,
    problem,
    lines,
  );
}

async function replayTail<S>(
  recovery: Recovery<S>,
  town: Town<S>,
  trail: Trail,
  month: IsoMonth,
  isLast: boolean,
  marker: Marker,
): Promise<void> {
  const { io, folder } = recovery;
  const current = town.segments.at(-1);
  const known = current?.month === month ? current : null;
  const bytes = await readPart(io, segmentPath(folder, month), known?.size ?? 0);
  const skipped = { bytes: known?.size ?? 0, lines: known?.lines ?? 0 };
  const base = endOf(town.segments) - skipped.bytes;
  const walked = walkSegment({
    bytes,
    month,
    skipped,
    trail,
    onOperation: (kept, _hash, offset, line) => {
      take(recovery, town, kept, month, line);
      town.sources.add(kept.branch, kept.source, base + offset);
    },
  });
  const good = bytes.subarray(0, walked.end - skipped.bytes);
  if (walked.damaged) {
    const headerGone = walked.lines === 0;
    const claimed =
      saysDurable(bytes, good.length, headerGone ? trail.n : trail.n + 1) ||
      !isLast ||
      (headerGone && marker.newest === month);
    if (claimed) throw corruption(`${segmentPlace(month)}:${walked.lines + 1}`, words.changed, trail.n);
    const torn = { line: walked.lines + 1, end: walked.end, bytes: bytes.subarray(good.length) };
    await mendTail(recovery, month, torn, headerGone);
  } else if (walked.lines === 0) {
    if (!isLast || marker.newest === month)
      throw corruption(`${segmentPlace(month)}:1`, '文件是空的', trail.n);
    await mendTail(recovery, month, { line: 1, end: 0, bytes }, true);
  }
  if (walked.lines === 0) return;
  if (!known) town.segments.push({ month, size: 0, crc: 0, lines: 0 });
  const segment = town.segments.at(-1)!;
  segment.size = walked.end;
  segment.crc = extendCrc(segment.crc, good);
  segment.lines = walked.lines;
  if (trail.n > town.n) town.sealed = walked.sealed;
  town.n = trail.n;
  for (const [branch, link] of trail.links) town.links.set(branch, link);
  trail.previous = month;
}

/** Brings one operation's entries into the live model. */
function take<S>(
  { fold, upgrade }: Recovery<S>,
  town: Town<S>,
  kept: Kept,
  month: IsoMonth,
  line: number,
): void {
  try {
    town.state = applyAll(fold, town.state, entriesOf(kept).map(upgrade));
  } catch (error) {
    throw unreadable(`${segmentPlace(month)}:${line}`, kept, error);
  }
}

export function unreadable(
  place: string,
  kept: Pick<Kept, 'branch' | 'seq' | 'bodies'>,
  cause: unknown,
): StorageProblem {
  const why = reasonOf(cause);
  return new StorageProblem({
    kind: 'unreadable',
    place,
    problem: `本程序读不了 ${kept.branch}#${kept.seq}（${kept.bodies.map(({ kind, v }) => `${kind} v${v}`).join('、')}）：${why}`,
    safe: '全部记录，都在磁盘上',
    mend: '用写下它的程序版本或更新的版本启动',
    cause,
  });
}

/** Puts the bytes of a torn tail aside and cuts them off, durably and in this order. */
async function mendTail<S>(
  recovery: Recovery<S>,
  month: IsoMonth,
  { line, end, bytes: torn }: { line: number; end: number; bytes: Buffer },
  whole: boolean,
): Promise<void> {
  const { io, folder, notice, onlyTell } = recovery;
  if (onlyTell) return onlyTell(tornTail(`${segmentPlace(month)}:${line}`, torn.length));
  try {
    if (torn.length > 0) await quarantine(io, folder, `${month}.at-${end}`, torn);
    const path = segmentPath(folder, month);
    if (whole) await io.unlink(path);
    else {
      const handle = await io.open(path, 'edit');
      try {
        await io.truncate(handle, end);
        await io.fsync(handle);
      } finally {
        await io.close(handle);
      }
    }
    await io.syncFolder(`${folder}/${JOURNAL}`);
  } catch (error) {
    throw faultOf(segmentPlace(month), '清理写了一半的末尾', error);
  }
  notice(
    `${segmentPlace(month)}：上次中断时最后一笔没写完（${torn.length} 字节，未曾应答），已移到 quarantine/`,
  );
}

async function quarantine(io: IO, folder: string, name: string, bytes: Buffer): Promise<void> {
  await io.mkdir(`${folder}/quarantine`);
  await io.syncFolder(folder);
  const taken = await io.list(`${folder}/quarantine`);
  const free = Array.from({ length: taken.length + 1 }, (_, i) => `${name}.${i + 1}.torn`).find(
    (each) => !taken.includes(each),
  );
  const handle = await io.open(`${folder}/quarantine/${free}`, 'replace');
  try {
    await io.write(handle, bytes, 0);
    await io.fsync(handle);
  } finally {
    await io.close(handle);
  }
  await io.syncFolder(`${folder}/quarantine`);
}
