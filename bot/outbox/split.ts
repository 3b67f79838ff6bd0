/**
 * Long texts, cut where a reader would pause. WeChat's clients refuse or cut a message much above 2,000 bytes,
 * and a Chinese character takes three of them.
 */

const MAX_BYTES = 2000;

/** Where to cut, best first; a cut is made after what matches. */
const PAUSES: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /[。！？；…!?;]+[”』」）)]*/g, /[，、：,:]/g, /\s/g];

/** A cut earlier than this share of what would fit wastes a message. */
const LEAST_SHARE = 0.4;

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The text in parts of at most `max` bytes each, none empty; nothing is lost but blanks around the cuts. */
export function splitText(text: string, max = MAX_BYTES): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (bytesOf(rest) > max) {
    const fits = longestFit(rest, max);
    const cut = pauseIn(fits, rest.length > fits.length);
    const part = rest.slice(0, cut).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

/** The longest beginning within `max` bytes that does not tear a character (an emoji, a letter with its mark). */
function longestFit(text: string, max: number): string {
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    bytes += bytesOf(segment);
    if (bytes > max) break;
    end = index + segment.length;
  }
  // One grapheme alone can be larger than a message only by abuse (a letter under hundreds of marks): tear it.
  return end > 0 ? text.slice(0, end) : tear(text, max);
}

function tear(text: string, max: number): string {
  let end = 0;
  for (const point of text) {
    if (bytesOf(text.slice(0, end)) + bytesOf(point) > max) break;
    end += point.length;
  }
  return text.slice(0, Math.max(1, end));
}

function pauseIn(fits: string, more: boolean): number {
  if (!more) return fits.length;
  for (const pause of PAUSES) {
    let last = 0;
    for (const match of fits.matchAll(pause)) last = match.index + match[0].length;
    if (last >= fits.length * LEAST_SHARE) return last;
  }
  return fits.length;
}
