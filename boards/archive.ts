import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * Excel and Word files are zip archives, and the libraries that write them stamp the machine's clock into every entry
 * and into `docProps/core.xml`. Settled, an archive says nothing of when or where it was made: the same form gives
 * the same bytes, so a replayed month gives the same files (cli: replay).
 */
export function settleArchive(bytes: Uint8Array, edits: Readonly<Record<string, Edit>> = {}): Uint8Array {
  const all: Record<string, Edit> = { ...edits, 'docProps/core.xml': withoutDates };
  return archiveOf(entriesOf(bytes).map((entry) => edited(entry, all[entry.name])));
}

/** A change to the text of one file in the archive, for what the writing library offers no setting for. */
export type Edit = (text: string) => string;

function edited(entry: ArchiveEntry, edit: Edit | undefined): ArchiveEntry {
  if (edit === undefined) return entry;
  return { name: entry.name, data: new TextEncoder().encode(edit(new TextDecoder().decode(entry.data))) };
}

function withoutDates(text: string): string {
  return text.replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, '');
}

export interface ArchiveEntry {
  readonly name: string;
  readonly data: Uint8Array;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** 1 January 1980, the first day a zip archive knows. */
const DOS_DATE = 0x0021;
const UTF8_NAMES = 0x0800;

/**
 * The files in a zip archive, unpacked, in its own order. Throws where it is not a zip archive or a damaged one, and
 * with the code `ERR_BUFFER_TOO_LARGE` as soon as all together come to more than `most` bytes.
 */
export function entriesOf(bytes: Uint8Array, most = 2 ** 30): ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  const count = view.getUint16(end + 10, true);
  const entries: ArchiveEntry[] = [];
  let left = most;
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error('a damaged zip archive');
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(start, start + size);
    if (!name.endsWith('/')) {
      // Zero is no limit to zlib's mind, hence one byte more than is left, and the check that it was not needed.
      const data = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: left + 1 });
      left -= data.length;
      if (left < 0) throw tooLarge(most);
      entries.push({ name, data });
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function tooLarge(most: number): Error {
  return Object.assign(new Error(`the archive unpacks to more than ${most} bytes`), {
    code: 'ERR_BUFFER_TOO_LARGE',
  });
}

function archiveOf(entries: readonly ArchiveEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const packed = deflateRawSync(data);
    const label = new TextEncoder().encode(name);
    const facts = [20, UTF8_NAMES, 8, 0, DOS_DATE];
    const sizes = [crc32(data), packed.length, data.length];
    const local = record(LOCAL, facts, sizes, [label.length, 0], []);
    parts.push(local, label, packed);
    central.push(record(CENTRAL, [20, ...facts], sizes, [label.length, 0, 0, 0, 0], [0, offset]), label);
    offset += local.length + label.length + packed.length;
  }
  const directory = central.reduce((sum, part) => sum + part.length, 0);
  const end = record(END, [0, 0, entries.length, entries.length], [directory, offset], [0], []);
  return Buffer.concat([...parts, ...central, end]);
}

/** A zip record: signature, 16-bit fields, 32-bit fields, 16-bit fields, 32-bit fields, all little-endian. */
function record(signature: number, a: number[], b: number[], c: number[], d: number[]): Uint8Array {
  const bytes = new Uint8Array(4 + 2 * (a.length + c.length) + 4 * (b.length + d.length));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (size: 2 | 4) => (value: number) => {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  };
  put(4)(signature);
  a.forEach(put(2));
  b.forEach(put(4));
  c.forEach(put(2));
  d.forEach(put(4));
  return bytes;
}
