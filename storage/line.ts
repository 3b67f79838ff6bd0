import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { numberIn, pastDigits, startsWith, ZERO } from './bytes.ts';

/**
 * The lines of a journal segment. Every line is JSON and ends in the CRC-32 of the bytes before that field.
 *
 *   {"journal":"lanxing","v":1,"month":"2026-11","n":0,"previous":null,"heads":{},"crc":"…"}      first in a file
 *   {"n":1,"durable":0,"op":{…one operation, as in chain.ts…},"crc":"…"}
 *   {"n":2,"durable":1,"seal":true,"crc":"…"}
 *
 * `n` counts lines through all segments. `durable` is the highest `n` known to be on disk when the line was written:
 * a damaged line n, followed by a good one that says n was durable, is corruption; otherwise it is a torn tail.
 */
export const JOURNAL_VERSION = 1;

const Header = z.object({
  journal: z.literal('lanxing'),
  v: z.number().int().min(1),
  month: z.string(),
  n: z.number().int(),
  previous: z.string().nullable(),
  heads: z.record(z.string(), z.tuple([z.number().int(), z.string()])),
});
export type Header = z.infer<typeof Header>;

type Line =
  | { readonly kind: 'header'; readonly header: Header }
  | {
      readonly kind: 'operation';
      readonly n: number;
      readonly durable: number;
      /** The operation's exact bytes, as in chain.ts: a view of the bytes that were given. */
      readonly text: Buffer;
    }
  | { readonly kind: 'seal'; readonly n: number; readonly durable: number };

export interface Found {
  readonly line: Line;
  /** Offset of the byte after the line's newline. */
  readonly next: number;
}

/** `,"crc":"01234567"}` */
const TAIL = 18;
const NEWLINE = 10;

const crcField = (crc: number): string => `,"crc":"${crc.toString(16).padStart(8, '0')}"}`;
const close = (body: string): string => `${body}${crcField(crc32(body))}\n`;

export function writeHeader(header: Omit<Header, 'journal' | 'v'>): string {
  const text = JSON.stringify({ journal: 'lanxing', v: JOURNAL_VERSION, ...header });
  return close(text.slice(0, -1));
}

export function writeOperationLine(n: number, durable: number, operationText: string): string {
  return close(`{"n":${n},"durable":${durable},"op":${operationText}`);
}

export function writeSeal(n: number, durable: number): string {
  return close(`{"n":${n},"durable":${durable},"seal":true`);
}

/**
 * The line that starts at `start`, or null where it is damaged or has no newline. All of this is done on the bytes
 * themselves: a start and a verify do it for every line, and making strings would cost more than all the rest.
 */
export function lineAt(bytes: Buffer, start: number): Found | null {
  const end = bytes.indexOf(NEWLINE, start);
  if (end < 0 || end - start <= TAIL) return null;
  const body = end - TAIL;
  if (writtenCrc(bytes, body) !== crc32(bytes.subarray(start, body))) return null;
  const afterN = startsWith(bytes, start, OPENING) ? pastDigits(bytes, start + OPENING.length) : 0;
  const afterDurable =
    afterN && startsWith(bytes, afterN, DURABLE) ? pastDigits(bytes, afterN + DURABLE.length) : 0;
  const isOperation = afterDurable > 0 && startsWith(bytes, afterDurable, OPERATION);
  if (!isOperation && !(afterDurable > 0 && startsWith(bytes, afterDurable, SEAL))) {
    const header = readHeader(bytes.toString('utf8', start, end));
    return header && { line: { kind: 'header', header }, next: end + 1 };
  }
  const n = numberIn(bytes, start + OPENING.length, afterN);
  const durable = numberIn(bytes, afterN + DURABLE.length, afterDurable);
  const line: Line = isOperation
    ? { kind: 'operation', n, durable, text: bytes.subarray(afterDurable + OPERATION.length, body) }
    : { kind: 'seal', n, durable };
  return { line, next: end + 1 };
}

const OPENING = Buffer.from('{"n":');
const DURABLE = Buffer.from(',"durable":');
const OPERATION = Buffer.from(',"op":');
const SEAL = Buffer.from(',"seal":true');
const CRC = Buffer.from(',"crc":"');
const END = Buffer.from('"}');
/** The checksum that a line's last bytes name, or -1 where they are not of its form. */
function writtenCrc(bytes: Buffer, at: number): number {
  const from = at + CRC.length;
  if (!startsWith(bytes, at, CRC) || !startsWith(bytes, from + 8, END)) return -1;
  let crc = 0;
  for (let i = from; i < from + 8; i++) {
    const byte = bytes[i]!;
    const digit = byte >= ZERO && byte <= ZERO + 9 ? byte - ZERO : byte - 87;
    // 87 is `a` less ten. Capitals are not what was written.
    if (digit < 0 || digit > 15 || (byte > ZERO + 9 && digit < 10)) return -1;
    crc = crc * 16 + digit;
  }
  return crc;
}

function readHeader(text: string): Header | null {
  try {
    return Header.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Whether a good line at or after `from` says that line `n` was durable. Looks behind every line's opening, not only
 * after newlines: a newline may be what was damaged. Within JSON strings quotes are escaped, so text cannot pose as one.
 */
export function saysDurable(bytes: Buffer, from: number, n: number): boolean {
  for (const opening of ['{"n":', '{"journal":']) {
    for (let at = bytes.indexOf(opening, from); at >= 0; at = bytes.indexOf(opening, at + 1)) {
      const line = lineAt(bytes, at)?.line;
      if (line && (line.kind === 'header' ? line.header.n : line.durable) >= n) return true;
    }
  }
  return false;
}
