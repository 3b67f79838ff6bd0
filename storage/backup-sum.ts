import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';

/**
 * The last bytes of a backup's gzip: an empty member whose extra field carries the SHA-256 of all bytes before it. Gzip
 * itself covers what is packed, but not its own headers and filling bits; with this no bit can change unseen, and
 * `gunzip` still unpacks the file.
 */
const SUBFIELD = Buffer.from('LX');
const SHA256_BYTES = 32;
/** Magic, deflate, "has an extra field", no time, no flags, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255]);
/** Deflate of nothing, then its CRC-32 and its length. */
const NOTHING = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const SUM_BYTES = HEADER.length + 2 + SUBFIELD.length + 2 + SHA256_BYTES + NOTHING.length;

function memberOf(sha256: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(sha256.length);
  const whole = Buffer.alloc(2);
  whole.writeUInt16LE(SUBFIELD.length + length.length + sha256.length);
  return Buffer.concat([HEADER, whole, SUBFIELD, length, sha256, NOTHING]);
}

/** The packed bytes, and behind them their sum. */
export async function* withSum(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of packed) {
    hash.update(chunk);
    yield chunk;
  }
  yield memberOf(hash.digest());
}

/** Whether a file ends in the sum of all that comes before it. Throws system errors. */
export async function hasItsSum(file: string): Promise<boolean> {
  const content = statSync(file).size - SUM_BYTES;
  if (content <= 0) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { end: content - 1 })) hash.update(chunk);
  const last: Buffer[] = [];
  for await (const chunk of createReadStream(file, { start: content })) last.push(chunk);
  return Buffer.concat(last).equals(memberOf(hash.digest()));
}
