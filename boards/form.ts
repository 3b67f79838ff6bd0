/**
 * A printed form as data, between what it says and what file it becomes: every form is laid out once here and comes
 * out of Excel and Word alike. Lengths are millimetres on A4.
 */
export interface Form {
  /** File name without its ending. */
  readonly name: string;
  readonly landscape?: boolean;
  readonly sections: readonly Section[];
  /** Stands beside the page numbers; a board's version and fingerprint. */
  readonly footer?: string;
}

/** A titled part with at most one table. In Excel each is a sheet of its own. */
export interface Section {
  /** Name of the Excel sheet; made unique and legal there. */
  readonly sheet: string;
  readonly title: string;
  readonly subtitle?: string;
  /** Lines between title and table; `left｜right` stand at both ends of one line. */
  readonly before?: readonly Line[];
  readonly table?: Table;
  readonly after?: readonly Line[];
  /** Whether Word begins a page here (Excel always does). */
  readonly newPage?: boolean;
}

export interface Line {
  readonly left: string;
  readonly right?: string;
  readonly bold?: boolean;
  /** Room above, for signatures: lines to be written on stand apart. */
  readonly signature?: boolean;
}

export interface Table {
  /** Column widths; they add up to the page's writing width or less. */
  readonly widths: readonly number[];
  /** Rows that come again on every page. */
  readonly head: readonly (readonly Cell[])[];
  readonly body: readonly (readonly Cell[])[];
  /** Least height of a body row. */
  readonly rowHeight: number;
}

/** A cell; one that spans leaves out the cells it covers. A number stays a number in Excel. */
export interface Cell {
  readonly value: string | number;
  readonly across?: number;
  readonly down?: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center';
  /** Points; the table's own size where left out. */
  readonly size?: number;
}

export const TITLE_SIZE = 20;
export const TEXT_SIZE = 12;
export const MARGIN = 14;
export const FOOT = 18;

/** Writing width of a page in millimetres. */
export function writingWidth(form: Pick<Form, 'landscape'>): number {
  return (form.landscape ? 297 : 210) - 2 * MARGIN;
}

export function cell(value: string | number, more: Omit<Cell, 'value'> = {}): Cell {
  return { value, ...more };
}

/** Where each cell of a block of rows stands, with the cells that spans cover left out: row, column, cell. */
export function placed(rows: readonly (readonly Cell[])[]): { row: number; column: number; cell: Cell }[] {
  const taken = new Set<string>();
  const cells: { row: number; column: number; cell: Cell }[] = [];
  for (const [row, line] of rows.entries()) {
    let column = 0;
    for (const each of line) {
      while (taken.has(`${row},${column}`)) column += 1;
      cells.push({ row, column, cell: each });
      for (let down = 0; down < (each.down ?? 1); down++) {
        for (let across = 0; across < (each.across ?? 1); across++)
          taken.add(`${row + down},${column + across}`);
      }
      column += each.across ?? 1;
    }
  }
  return cells;
}

const MM_PER_POINT = 0.3528;

/** Width of a text in millimetres at a size in points: Chinese characters are as wide as high, Latin ones about half. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of Array.from(text)) ems += character.charCodeAt(0) < 0x2000 ? 0.56 : 1;
  return ems * size * MM_PER_POINT;
}

/** How many lines a text takes in a width, never too few: what is counted short would be cut on paper. */
export function lineCount(text: string, width: number, size: number): number {
  const room = Math.max(size * MM_PER_POINT, width - 2.4);
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((textWidth(line, size) * 1.04) / room)), 0);
}

/** Height in points of each row of a table's block, so that nothing in it is cut. */
export function rowHeights(
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
  least: number,
): number[] {
  const heights = rows.map(() => least / MM_PER_POINT);
  for (const { row, column, cell: each } of placed(rows)) {
    const width = widths.slice(column, column + (each.across ?? 1)).reduce((a, b) => a + b, 0);
    const size = each.size ?? TEXT_SIZE;
    const need = lineCount(String(each.value), width, size) * size * 1.35 + 6;
    const share = need / (each.down ?? 1);
    for (let down = 0; down < (each.down ?? 1); down++)
      heights[row + down] = Math.max(heights[row + down] ?? 0, share);
  }
  return heights;
}

/** Room for writing on a page in points, a little less than there is: printers differ. */
export function writingHeight(form: Pick<Form, 'landscape'>): number {
  return ((form.landscape ? 210 : 297) - MARGIN - FOOT) / MM_PER_POINT - 8;
}

/** Height in points of a title. */
export function titleHeight(text: string, size: number, width: number): number {
  return lineCount(text, width, size) * size * 1.4 + 8;
}

/** Height in points of a line whose two halves have these widths. */
export function lineHeight(line: Line, left: number, right: number): number {
  const lines = Math.max(
    lineCount(line.left, left, TEXT_SIZE),
    line.right === undefined ? 1 : lineCount(line.right, right, TEXT_SIZE),
  );
  return lines * TEXT_SIZE * 1.4 + (line.signature ? 28 : 6);
}
