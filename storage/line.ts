import { crc32 } from 'node:zlib';
import { z } from 'zod';

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
      /** The operation's exact text, as in chain.ts. */
      readonly text: string;
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
const START = /^\{"n":(\d{1,15}),"durable":(\d{1,15}),(?:"op":|("seal":true))/;

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
 * The line that starts at `start`, or null where it is damaged or has no newline. It is read as text at once: bytes that
 * are no UTF-8 come out as other bytes and fail the checksum.
 */
export function lineAt(bytes: Buffer, start: number): Found | null {
  const end = bytes.indexOf(NEWLINE, start);
  if (end < 0 || end - start <= TAIL) return null;
  const text = bytes.toString('utf8', start, end);
  const body = text.slice(0, -TAIL);
  if (!text.endsWith(crcField(crc32(body)))) return null;
  const match = START.exec(body);
  if (!match) {
    const header = readHeader(text);
    return header && { line: { kind: 'header', header }, next: end + 1 };
  }
  const n = Number(match[1]);
  const durable = Number(match[2]);
  const line: Line = match[3]
    ? { kind: 'seal', n, durable }
    : { kind: 'operation', n, durable, text: body.slice(match[0].length) };
  return { line, next: end + 1 };
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
