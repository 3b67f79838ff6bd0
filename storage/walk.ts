import type { BranchId } from '../ledger/entry.ts';
import type { IsoMonth } from '../scoring/calendar.ts';
import { hashText, linkAfter, readOperation, START, type Kept, type Link } from './chain.ts';
import { newer } from './folder.ts';
import { JOURNAL_VERSION, lineAt, type Header } from './line.ts';
import { corruption } from './problem.ts';
import { segmentPlace } from './town.ts';

/** What the next line must continue: the journal as far as it has been walked. */
export interface Trail {
  n: number;
  readonly links: Map<BranchId, Link>;
  /** The month of the segment before. */
  previous: IsoMonth | null;
}

export interface Walked {
  /** Offset after the last good line. */
  readonly end: number;
  /** Good lines from the start of the file. */
  readonly lines: number;
  /** Whether something that is no good line follows. */
  readonly damaged: boolean;
  /** Whether the last good line is a seal. */
  readonly sealed: boolean;
}

export interface Walk {
  readonly bytes: Buffer;
  readonly month: IsoMonth;
  /** How many bytes and lines of the file come before `bytes`. */
  readonly skipped?: { readonly bytes: number; readonly lines: number };
  readonly trail: Trail;
  /** Called for each operation, with its line's offset in the file and its number. */
  readonly onOperation: (kept: Kept, hash: string, offset: number, line: number) => void;
  /** Stop after this line of the journal. */
  readonly upTo?: number;
}

/**
 * Follows a segment line by line, checking numbering and every branch's chain, until its end or the first damaged line.
 * Throws `corrupt` where lines are whole but do not follow one another, and `newer` where a newer program wrote them.
 */
export function walkSegment(walk: Walk): Walked {
  const { bytes, month, trail } = walk;
  const skipped = walk.skipped ?? { bytes: 0, lines: 0 };
  let lines = skipped.lines;
  let at = 0;
  let sealed = false;
  // Words are made only where something is wrong: this loop is what a start and a verify spend their time on.
  const place = (): string => `${segmentPlace(month)}:${lines}`;
  while (at < bytes.length && trail.n < (walk.upTo ?? Number.POSITIVE_INFINITY)) {
    const found = lineAt(bytes, at);
    const isFirst = lines === 0;
    if (!found) break;
    lines++;
    sealed = found.line.kind === 'seal';
    const { line } = found;
    if ((line.kind === 'header') !== isFirst)
      throw corruption(place(), '文件头应在第一行，也只应在第一行', trail.n);
    if (line.kind === 'header') checkHeader(line.header, month, trail, place());
    else if (line.n !== trail.n + 1)
      throw corruption(place(), `这里应是第 ${trail.n + 1} 行日志，却是第 ${line.n} 行`, trail.n);
    if (line.kind === 'operation') {
      const { kept, hash } = follow(line.text, trail, place);
      walk.onOperation(kept, hash, skipped.bytes + at, lines);
    }
    if (line.kind !== 'header') trail.n = line.n;
    at = found.next;
  }
  return { end: skipped.bytes + at, lines, damaged: at < bytes.length, sealed };
}

/** Takes one operation onto its branch's chain. */
function follow(text: Buffer, trail: Trail, place: () => string): { kept: Kept; hash: string } {
  const kept = keptIn(text, trail, place);
  const hash = hashText(text);
  const link = trail.links.get(kept.branch) ?? START;
  if (kept.prev !== link.hash || kept.seq !== link.seq + 1) {
    const should = `#${link.seq + 1}（接 ${link.hash.slice(0, 8)}）`;
    throw corruption(
      place(),
      `${kept.branch} 的哈希链断了：这里应是 ${should}，却是 #${kept.seq}（接 ${kept.prev.slice(0, 8)}）`,
      trail.n,
    );
  }
  trail.links.set(kept.branch, linkAfter(kept, hash));
  return { kept, hash };
}

/** A whole line whose words are no operation was not written by us. */
function keptIn(text: Buffer, trail: Trail, place: () => string): Kept {
  try {
    return readOperation(text);
  } catch {
    throw corruption(place(), '这一行的校验和没错，内容却不是一笔记录：被别的程序改写过', trail.n);
  }
}

function checkHeader(header: Header, month: IsoMonth, trail: Trail, place: string): void {
  if (header.v > JOURNAL_VERSION) throw newer(place, header.v, JOURNAL_VERSION);
  if (header.month !== month) throw corruption(place, `文件里写的是 ${header.month}，与文件名不符`, trail.n);
  if (header.n !== trail.n || header.previous !== trail.previous) {
    const before = header.previous ?? '开头';
    throw corruption(
      place,
      `它接在 ${before} 第 ${header.n} 行之后，可这里只到 ${trail.previous ?? '开头'} 第 ${trail.n} 行：中间少了文件或内容`,
      trail.n,
    );
  }
  for (const [branch, [seq, hash]] of Object.entries(header.heads)) {
    const link = trail.links.get(branch);
    if (link?.seq !== seq || link.hash !== hash)
      throw corruption(place, `到这里 ${branch} 的链应是 #${seq}·${hash.slice(0, 8)}`, trail.n);
  }
}

/** A segment's header, where its first line is good. */
export function headsIn(bytes: Buffer): Header | null {
  const line = lineAt(bytes, 0)?.line;
  return line?.kind === 'header' ? line.header : null;
}

/** The chain heads as a header carries them. */
export function headsOf(links: ReadonlyMap<BranchId, Link>): Header['heads'] {
  return Object.fromEntries([...links].map(([branch, { seq, hash }]) => [branch, [seq, hash]]));
}
