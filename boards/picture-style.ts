import type { Sheet } from './canvas.ts';

/** Sizes in pixels and colours that the pictures share. 1080 wide is a phone's own width. */
export const WIDTH = 1080;
export const COLUMN = { left: 20 } as const;
export const ROW = { heading: 92, high: 100, dense: 88 } as const;

export const INK = {
  strong: '#2a2320',
  figure: '#3d3431',
  soft: '#6f625c',
  faint: '#94877f',
  heading: '#7a2a22',
  total: '#9c231b',
  unscored: '#8a6d3b',
  zero: '#9c231b',
  onRed: '#ffffff',
  onRedSoft: '#f6d9c9',
} as const;

export const PAGE = {
  red: '#a5271d',
  redDeep: '#8f1f17',
  gold: '#e9bf6a',
  paper: '#ffffff',
  band: '#faf5ef',
  heading: '#f3e6d9',
  footer: '#fbf7f1',
  rule: '#ead9c8',
  track: '#f0e4da',
  bar: '#d99a8b',
  star: '#d19a2b',
  unscored: '#f7ecd2',
  late: '#fbe9e4',
} as const;

/** The red head: where, what, when, and a few facts in pills. Yields the height it ends at. */
export function header(
  sheet: Sheet,
  head: { place: string; title: string; period: string; facts: readonly string[] },
): number {
  const placeLines = sheet.lines(head.place, 38, WIDTH - 96);
  const top = 64 + placeLines.length * 50;
  const height = top + 200;
  sheet.box(0, 0, WIDTH, height, PAGE.red);
  sheet.box(0, height - 8, WIDTH, 8, PAGE.gold);
  placeLines.forEach((text, i) => sheet.text(text, 48, 66 + i * 50, { size: 38, fill: INK.onRedSoft }));
  sheet.text(head.title, 48, top + 34, { size: 64, weight: 'bold', fill: INK.onRed, room: WIDTH - 96 });
  let x = 48;
  const y = top + 128;
  const period = sheet.widthOf(head.period, 38, 'bold') + 48;
  sheet.box(x, y - 32, period, 64, PAGE.gold, 32);
  sheet.text(head.period, x + 24, y, { size: 38, weight: 'bold', fill: PAGE.redDeep });
  x += period + 20;
  for (const fact of head.facts) {
    const width = sheet.widthOf(fact, 32) + 40;
    sheet.box(x, y - 28, width, 56, PAGE.redDeep, 28);
    sheet.text(fact, x + 20, y, { size: 32, fill: INK.onRed });
    x += width + 14;
  }
  return height;
}

/** What stands under the table: a few big lines to act on, then small print. Yields the picture's height. */
export function footer(
  sheet: Sheet,
  y: number,
  notes: { strong: readonly string[]; soft: readonly string[] },
): number {
  const room = WIDTH - 96;
  const strong = notes.strong.map((text) => sheet.lines(text, 34, room - 28));
  const soft = notes.soft.flatMap((text) => sheet.lines(text, 27, room));
  const count = strong.reduce((sum, lines) => sum + lines.length, 0);
  const height = 40 + count * 54 + (count > 0 ? 18 : 0) + soft.length * 42 + 28;
  sheet.box(0, y, WIDTH, height, PAGE.footer);
  sheet.box(0, y, WIDTH, 3, PAGE.rule);
  let at = y + 62;
  for (const lines of strong) {
    sheet.box(48, at - 6, 12, 12, PAGE.red, 6);
    for (const text of lines) {
      sheet.text(text, 76, at, { size: 34, fill: INK.strong });
      at += 54;
    }
  }
  at += count > 0 ? 10 : -18;
  for (const text of soft) {
    sheet.text(text, 48, at, { size: 27, fill: INK.soft });
    at += 42;
  }
  return y + height;
}
