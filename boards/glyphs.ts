/** One font as far as drawing needs it: its family's name on the canvas, and which characters it can draw. */
export interface Face {
  readonly family: string;
  readonly covers: (codePoint: number) => boolean;
}

/** A stretch of text that one font draws. */
export interface Run {
  readonly text: string;
  readonly family: string;
}

/** Stands in for a character that no font can draw; every Chinese font has it. Never a tofu box. */
export const STAND_IN = '〓';

// Joiners, direction marks and variation selectors draw nothing by themselves and would look like missing glyphs.
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;
const CONTROL = /\p{Cc}/gu;

/** Text as it can be drawn: no invisible marks, no control characters, composed. */
export function drawable(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(CONTROL, ' ');
}

/** The characters that none of the faces can draw, each once, in order. */
export function missingGlyphs(text: string, faces: readonly Face[]): string[] {
  const missing = new Set<string>();
  for (const character of Array.from(drawable(text))) {
    if (faceOf(character, faces) === null) missing.add(character);
  }
  return [...missing];
}

/** Text in runs, each with the first face that has all its characters; what nobody has becomes 〓. */
export function runsOf(text: string, faces: readonly Face[]): Run[] {
  const first = faces[0];
  if (first === undefined) return [];
  const runs: { text: string; family: string }[] = [];
  for (const character of Array.from(drawable(text))) {
    const family = faceOf(character, faces);
    const piece = family === null ? { text: STAND_IN, family: first.family } : { text: character, family };
    const last = runs.at(-1);
    if (last !== undefined && last.family === piece.family) last.text += piece.text;
    else runs.push(piece);
  }
  return runs;
}

function faceOf(character: string, faces: readonly Face[]): string | null {
  const codePoint = character.codePointAt(0);
  if (codePoint === undefined) return null;
  if (codePoint === 0x20) return faces[0]?.family ?? null;
  return faces.find((face) => face.covers(codePoint))?.family ?? null;
}
