/** Reading fixed fields of a line from its bytes, without making a string of it first. */

/** The byte of the digit 0. */
export const ZERO = 48;

/** More digits than any line's number has. */
const MOST_DIGITS = 15;

/** Whether these bytes stand at an offset. */
export function startsWith(bytes: Buffer, at: number, expected: Buffer): boolean {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  return true;
}

/** The offset after the number that starts here; 0 where there is none. */
export function pastDigits(bytes: Buffer, at: number): number {
  let end = at;
  while (end - at <= MOST_DIGITS && bytes[end]! >= ZERO && bytes[end]! <= ZERO + 9) end++;
  return end > at && end - at <= MOST_DIGITS ? end : 0;
}

/** The number whose digits stand from one offset to another. */
export function numberIn(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + bytes[at]! - ZERO;
  return value;
}
