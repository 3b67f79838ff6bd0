import { type Face, missingGlyphs, type Run, runsOf } from './glyphs.ts';

/** Two weights are enough for a board, and each weight of a Chinese font is ten megabytes. */
export type Weight = 'regular' | 'bold';

/** The fonts a picture is set in, per weight, the preferred one first; later ones only fill in missing characters. */
export type Faces = Readonly<Record<Weight, readonly Face[]>>;

/** One thing to draw. A picture is laid out as a list of these, so that layout can be read and tested without a canvas. */
export type Stroke =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly radius?: number;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly weight: Weight;
      readonly fill: string;
      readonly align: 'left' | 'center' | 'right';
      readonly runs: readonly Run[];
      readonly width: number;
    };

/** A picture before it is drawn: its size in pixels, what to draw in order, and what could not be shown as it should. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly Stroke[];
  readonly warnings: readonly string[];
}

/** The few calls of a canvas's 2D context that drawing needs; `@napi-rs/canvas` has them, and so has a test's double. */
export interface Pen {
  font: string;
  fillStyle: unknown;
  textBaseline: unknown;
  textAlign: unknown;
  measureText(text: string): { readonly width: number };
  fillText(text: string, x: number, y: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fill(): void;
}

/** Width of a text in pixels, in a family at a size and weight. */
export type Measure = (text: string, family: string, size: number, weight: Weight) => number;

export function fontOf(family: string, size: number, weight: Weight): string {
  return `${weight === 'bold' ? 700 : 400} ${size}px "${family}"`;
}

/** Measures with a pen, remembering: the same names and figures come again and again. */
export function measureWith(pen: Pen): Measure {
  const known = new Map<string, number>();
  return (text, family, size, weight) => {
    const key = `${weight}${size}${family}\u0000${text}`;
    const width = known.get(key);
    if (width !== undefined) return width;
    pen.font = fontOf(family, size, weight);
    const measured = pen.measureText(text).width;
    known.set(key, measured);
    return measured;
  };
}

/** How a text is to stand: at `x` by `align`, its middle at height `y`, shrunk to `room` but not below `least` pixels. */
export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly fill: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly room?: number;
  readonly least?: number;
}

/** Collects strokes while a picture is laid out. */
export class Sheet {
  readonly strokes: Stroke[] = [];
  readonly #missing = new Set<string>();
  readonly #faces: Faces;
  readonly #measure: Measure;

  constructor(faces: Faces, measure: Measure) {
    this.#faces = faces;
    this.#measure = measure;
  }

  box(x: number, y: number, width: number, height: number, fill: string, radius = 0): void {
    this.strokes.push({ kind: 'box', x, y, width, height, fill, radius });
  }

  /** Puts a line of text with its middle at `y`; yields the width it takes. */
  text(text: string, x: number, y: number, style: TextStyle): number {
    const {
      size,
      weight = 'regular',
      fill,
      align = 'left',
      room = Number.POSITIVE_INFINITY,
      least = 20,
    } = style;
    const runs = runsOf(text, this.#faces[weight]);
    for (const glyph of missingGlyphs(text, this.#faces[weight])) this.#missing.add(glyph);
    let fitted = size;
    while (fitted > least && this.#widthOf(runs, fitted, weight) > room) fitted -= 1;
    const width = this.#widthOf(runs, fitted, weight);
    this.strokes.push({ kind: 'text', x, y, size: fitted, weight, fill, align, runs, width });
    return width;
  }

  /** The characters that no font had since this was last asked. */
  takeMissing(): string[] {
    const missing = [...this.#missing];
    this.#missing.clear();
    return missing;
  }

  widthOf(text: string, size: number, weight: Weight = 'regular'): number {
    return this.#widthOf(runsOf(text, this.#faces[weight]), size, weight);
  }

  /** Text in lines of at most `room` pixels, broken after a mark where one is near, else between characters. */
  lines(text: string, size: number, room: number, weight: Weight = 'regular'): string[] {
    const lines: string[] = [];
    let line = '';
    for (const piece of piecesOf(text)) {
      if (line !== '' && this.widthOf(line + piece, size, weight) > room) {
        lines.push(line);
        line = '';
      }
      line += piece;
    }
    if (line !== '') lines.push(line);
    return lines;
  }

  #widthOf(runs: readonly Run[], size: number, weight: Weight): number {
    return runs.reduce((sum, run) => sum + this.#measure(run.text, run.family, size, weight), 0);
  }
}

// A closing mark stays with what it closes, and a Latin word or number stays whole.
function piecesOf(text: string): string[] {
  return text.match(/[A-Za-z0-9.+\-:%]+[，。；：、）】”！？]?|.[，。；：、）】”！？]*/gsu) ?? [];
}

/** Draws what was laid out. */
export function draw(drawing: Drawing, pen: Pen): void {
  pen.textBaseline = 'alphabetic';
  pen.textAlign = 'left';
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, drawing.width, drawing.height);
  for (const stroke of drawing.strokes) {
    pen.fillStyle = stroke.fill;
    if (stroke.kind === 'box') {
      if (stroke.radius) {
        pen.beginPath();
        pen.roundRect(stroke.x, stroke.y, stroke.width, stroke.height, stroke.radius);
        pen.fill();
      } else pen.fillRect(stroke.x, stroke.y, stroke.width, stroke.height);
      continue;
    }
    // Each run starts where the last ended; the baseline is set so that Chinese characters stand in the middle.
    let x =
      stroke.x - (stroke.align === 'center' ? stroke.width / 2 : stroke.align === 'right' ? stroke.width : 0);
    for (const run of stroke.runs) {
      pen.font = fontOf(run.family, stroke.size, stroke.weight);
      pen.fillText(run.text, x, stroke.y + stroke.size * 0.36);
      if (stroke.runs.length > 1) x += pen.measureText(run.text).width;
    }
  }
}
