import { crc32, deflateSync } from 'node:zlib';

/** Colours of a palette; what a byte can name. */
const PALETTE = 256;

/**
 * A drawn board as a PNG with a palette: a few flat colours and the edges of letters need no more, and it comes out a
 * third as large and twice as fast as in full colour, which counts on a village's network. `pixels` are RGBA, opaque.
 */
export function pngOf(pixels: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  const colours = new Uint32Array(aligned.buffer, aligned.byteOffset, width * height);
  const palette = paletteOf(colours);
  const rows = indexed(colours, width, height, palette);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header(width, height)),
    chunk('PLTE', bytesOf(palette)),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ];
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    png.set(part, at);
    at += part.length;
  }
  return png;
}

/** The colours used most; all of them where they are few enough, else alike ones count as one. */
function paletteOf(colours: Uint32Array): Uint32Array {
  const exact = countsOf(colours);
  if (exact.size <= PALETTE) return Uint32Array.from(exact.keys());
  // Flat grounds are kept as they are; of the letters' edges, those that differ in the last three bits are alike.
  const grounds = [...exact]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 24)
    .map(([colour]) => colour);
  const alike = new Map<number, { colour: number; count: number }>();
  for (const [colour, count] of exact) {
    const key = colour & 0xf8f8f8;
    const known = alike.get(key);
    if (known === undefined || known.count < count)
      alike.set(key, { colour, count: count + (known?.count ?? 0) });
    else known.count += count;
  }
  const edges = [...alike.values()].sort((a, b) => b.count - a.count).map(({ colour }) => colour);
  return Uint32Array.from(new Set([...grounds, ...edges])).slice(0, PALETTE);
}

// Counted in stretches of one colour: most of a board is ground.
function countsOf(colours: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  let from = 0;
  for (let i = 1; i <= colours.length; i++) {
    if (i < colours.length && colours[i] === colours[from]) continue;
    const key = colours[from]!;
    counts.set(key, (counts.get(key) ?? 0) + i - from);
    from = i;
  }
  return counts;
}

// Each row is led by its filter byte, 0: rows of palette numbers shrink best as they are.
function indexed(colours: Uint32Array, width: number, height: number, palette: Uint32Array): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  const known = new Map<number, number>();
  let last = -1;
  let index = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colours[y * width + x]!;
      if (colour !== last) {
        last = colour;
        index = known.get(colour) ?? nearest(colour, palette);
        known.set(colour, index);
      }
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  return rows;
}

function nearest(colour: number, palette: Uint32Array): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < palette.length && least > 0; i++) {
    const other = palette[i]!;
    const red = (colour & 0xff) - (other & 0xff);
    const green = ((colour >> 8) & 0xff) - ((other >> 8) & 0xff);
    const blue = ((colour >> 16) & 0xff) - ((other >> 16) & 0xff);
    const distance = red * red + green * green + blue * blue;
    if (distance < least) [least, best] = [distance, i];
  }
  return best;
}

// Pixels lie in memory as red, green, blue, alpha; read as one number on a little-endian machine, red is lowest.
function bytesOf(palette: Uint32Array): Uint8Array {
  return Uint8Array.from(
    Array.from(palette).flatMap((colour) => [colour & 0xff, (colour >> 8) & 0xff, (colour >> 16) & 0xff]),
  );
}

function header(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a pixel, colour type 3: a palette.
  bytes.set([8, 3, 0, 0, 0], 8);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
