/**
 * Which sources have been appended, and where: an open hash table of 12 bytes a slot, so that years of a town fit in a
 * few megabytes and load at once. It keeps 32 bits of each key's hash and the journal position of its line; whether a
 * candidate is truly the same source is decided by reading that line, so a collision costs a look and nothing else.
 */
export class SourceIndex {
  #tags: Uint32Array;
  /** Journal position + 1; 0 is an empty slot. */
  #positions: Float64Array;
  #count = 0;

  constructor(capacity = 64) {
    this.#tags = new Uint32Array(capacity);
    this.#positions = new Float64Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  add(branch: string, source: string, position: number): void {
    if ((this.#count + 1) * 4 > this.#tags.length * 3) this.#grow();
    this.#put(tagOf(branch, source), position + 1);
    this.#count++;
  }

  /** Positions of lines whose operation may have this source, most likely one or none. */
  candidates(branch: string, source: string): number[] {
    const tag = tagOf(branch, source);
    const mask = this.#tags.length - 1;
    const found: number[] = [];
    for (let slot = tag & mask; this.#positions[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#tags[slot] === tag) found.push(this.#positions[slot]! - 1);
    }
    return found;
  }

  #put(tag: number, stored: number): void {
    const mask = this.#tags.length - 1;
    let slot = tag & mask;
    while (this.#positions[slot] !== 0) slot = (slot + 1) & mask;
    this.#tags[slot] = tag;
    this.#positions[slot] = stored;
  }

  #grow(): void {
    const tags = this.#tags;
    const positions = this.#positions;
    this.#tags = new Uint32Array(tags.length * 2);
    this.#positions = new Float64Array(tags.length * 2);
    for (let slot = 0; slot < tags.length; slot++)
      if (positions[slot] !== 0) this.#put(tags[slot]!, positions[slot]!);
  }

  /** The table as base64, little-endian as every machine we run on. */
  toText(): string {
    const half = Buffer.from(this.#positions.buffer).toString('base64');
    return `${this.#count}.${half}.${Buffer.from(this.#tags.buffer).toString('base64')}`;
  }

  static fromText(text: string): SourceIndex {
    const [count = '0', positions = '', tags = ''] = text.split('.');
    const index = new SourceIndex(0);
    index.#positions = new Float64Array(ownBytes(positions));
    index.#tags = new Uint32Array(ownBytes(tags));
    index.#count = Number(count);
    return index;
  }
}

/** Decoded straight into memory of its own, which the tables then view. */
function ownBytes(base64: string): ArrayBuffer {
  const bytes = Buffer.alloc(Buffer.byteLength(base64, 'base64'));
  bytes.write(base64, 'base64');
  return bytes.buffer;
}

/** A 32-bit hash (FNV-1a with a final mix) of a branch and a source. */
function tagOf(branch: string, source: string): number {
  let h = 0x811c9dc5;
  for (const text of [branch, '\0', source]) {
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
