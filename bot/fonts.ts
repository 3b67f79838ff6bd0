import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import type { Faces, Weight } from '../boards/canvas.ts';
import type { Face } from '../boards/glyphs.ts';

const require = createRequire(import.meta.url);

/** The little of fontkit that is used; it ships no types of its own. */
interface Font {
  hasGlyphForCodePoint(codePoint: number): boolean;
}
const fontkit: { openSync(path: string): Font | { readonly fonts: readonly Font[] } } = require('fontkit');

const PACKAGE = '@expo-google-fonts/noto-sans-sc';
const SHIPPED: Readonly<Record<Weight, string>> = {
  regular: `${PACKAGE}/400Regular/NotoSansSC_400Regular.ttf`,
  bold: `${PACKAGE}/700Bold/NotoSansSC_700Bold.ttf`,
};

/**
 * Where a second font for rare characters may be, the widest first. The shipped font has every character of
 * 《通用规范汉字表》; names outside it (𠮷, 𡋾 …) need one of these. `apt-get install fonts-noto-cjk` or
 * `fonts-hanazono` gives them on Debian.
 */
const SECOND: readonly string[] = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/hanazono/HanaMinA.ttf',
  '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf',
  '/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf',
  '/usr/share/fonts/fonts-hanazono/HanaMinA.ttf',
  '/usr/share/fonts/fonts-hanazono/HanaMinB.ttf',
  '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc',
  '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
  'C:\\Windows\\Fonts\\simsunb.ttf',
  'C:\\Windows\\Fonts\\msyh.ttc',
];

/** The font file the package ships for a weight. */
export function shippedFont(weight: Weight): string {
  return require.resolve(SHIPPED[weight]);
}

/** The second fonts that this machine has; a list of paths from the configuration comes before the known places. */
export function secondFonts(configured: readonly string[] = []): string[] {
  return [...configured, ...SECOND].filter((path) => existsSync(path));
}

/** Registers fonts with the canvas and reads which characters each has. Slow (tens of milliseconds): once a thread. */
export function loadFaces(configured: readonly string[] = []): Faces {
  const second = secondFonts(configured).flatMap((path, i) => registered(path, `Lanxing Second ${i}`));
  return {
    regular: [...registered(shippedFont('regular'), 'Lanxing Regular'), ...second],
    bold: [...registered(shippedFont('bold'), 'Lanxing Bold'), ...second],
  };
}

/** Which characters the fonts of this machine have, without registering anything: for `doctor` and for audits. */
export function readFaces(configured: readonly string[] = []): Face[] {
  return [shippedFont('regular'), ...secondFonts(configured)].map((path) => ({
    family: path,
    covers: coverage(path),
  }));
}

function registered(path: string, family: string): Face[] {
  const key = GlobalFonts.registerFromPath(path, family);
  return key === null ? [] : [{ family, covers: coverage(path) }];
}

// Opened only when a character is first asked about: most boards never need the second font.
function coverage(path: string): (codePoint: number) => boolean {
  let font: Font | undefined;
  const known = new Map<number, boolean>();
  return (codePoint) => {
    let has = known.get(codePoint);
    if (has === undefined) {
      font ??= open(path);
      has = font.hasGlyphForCodePoint(codePoint);
      known.set(codePoint, has);
    }
    return has;
  };
}

function open(path: string): Font {
  const file = fontkit.openSync(path);
  // A collection (.ttc) holds one font a region; they share their characters, and the canvas takes the first.
  return 'fonts' in file ? file.fonts[0]! : file;
}
