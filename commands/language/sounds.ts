/**
 * How characters sound, folded the way village voice input confuses them: tones dropped; zh/z, ch/c, sh/s, n/l,
 * f/h, -ng/-n taken as one (the mergers of Hubei speech and of Mandarin dictation, own knowledge).
 */
import { pinyin } from 'pinyin-pro';

/** Readings of one character without tones, and the same folded. */
export interface Sound {
  readonly exact: readonly string[];
  readonly folded: readonly string[];
}

const heard = new Map<string, Sound>();
const HAN = /^\p{Script=Han}$/u;
const NONE: Sound = { exact: [], folded: [] };

function fold(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/^hu(?!$)/, 'f')
    .replace(/^hu$/, 'fu')
    .replace(/ng$/, 'n');
}

/** Remembered for good: there are only so many characters. */
export function soundOf(char: string): Sound {
  const known = heard.get(char);
  if (known) return known;
  if (!HAN.test(char)) return NONE;
  const exact = pinyin(char, { toneType: 'none', multiple: true, type: 'array', v: true });
  const sound: Sound = { exact, folded: [...new Set(exact.map(fold))] };
  heard.set(char, sound);
  return sound;
}

/** The syllables of a person's name; the first is read as a surname (曾 zeng, 单 shan). */
export function soundsOfName(name: string): Sound[] {
  const exact = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true });
  return exact.map((syllable) => ({ exact: [syllable], folded: [fold(syllable)] }));
}
