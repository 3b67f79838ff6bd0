import { fieldOf, type RosterField } from './columns.ts';

/** A column that is taken in: which field it is, and its heading's own words. */
export interface Column {
  readonly field: RosterField;
  readonly column: number;
  readonly text: string;
}

/** Where the headings of a table are; rows and columns count from 0. */
export interface Heading {
  readonly columns: readonly Column[];
  readonly unknown: readonly { readonly row: number; readonly column: number; readonly text: string }[];
  /** The column of the names. */
  readonly name: number;
  /** The first row below the headings. */
  readonly after: number;
}

// A title, a unit and a date may stand above the headings; a table whose headings come later than this has none.
const ROWS = 20;

/** Finds the heading row: the one that names most fields, a name among them; a second row of it may be above or below. */
export function findHeading(cells: readonly (readonly string[])[]): Heading | null {
  let best = -1;
  let most = 0;
  for (let row = 0; row < Math.min(ROWS, cells.length); row++) {
    const fields = new Set((cells[row] ?? []).map(fieldOf).filter((field) => field !== null));
    if (fields.has('name') && fields.size > most) [best, most] = [row, fields.size];
  }
  if (best < 0) return null;
  const lower = continues(cells[best] ?? [], cells[best + 1] ?? []) ? best + 1 : best;
  const width = Math.max(...cells.slice(0, lower + 1).map((line) => line.length));
  const rows = [...new Set([best, lower, best - 1])].filter((row) => row >= 0);
  return columnsOf(cells, rows, width, lower + 1);
}

// 岗位 over 岗位1 and 岗位2: the lower row names fields where the upper one is blank, merged or a heading of several.
function continues(upper: readonly string[], lower: readonly string[]): boolean {
  const name = upper.findIndex((text) => fieldOf(text) === 'name');
  const under = (lower[name] ?? '').trim();
  if (under !== '' && under !== (upper[name] ?? '').trim()) return false;
  return lower.some((text, i) => fieldOf(text) !== null && i !== name);
}

function columnsOf(
  cells: readonly (readonly string[])[],
  rows: readonly number[],
  width: number,
  after: number,
): Heading {
  const columns: Column[] = [];
  const unknown: { row: number; column: number; text: string }[] = [];
  const first = rows[0]!;
  for (let column = 0; column < width; column++) {
    const texts = rows.map((row) => ({ row, column, text: (cells[row]?.[column] ?? '').trim() }));
    const known = texts.find(({ text }) => text !== '' && fieldOf(text) !== null);
    const field = known === undefined ? null : fieldOf(known.text);
    if (field !== null && (REPEATED.has(field) || !columns.some((each) => each.field === field)))
      columns.push({ field, column, text: known!.text });
    else if (
      texts[0]!.text === '' &&
      columns.at(-1)?.field === 'posts' &&
      columns.at(-1)?.column === column - 1 &&
      first === texts[0]!.row &&
      hasWords(cells, column, after)
    )
      // 志愿服务岗位 written once over two columns: a merged heading reads as blank in its second column.
      columns.push({ field: 'posts', column, text: columns.at(-1)!.text });
    else if (texts[0]!.text !== '' && !ORDINAL.test(texts[0]!.text)) unknown.push(texts[0]!);
  }
  return { columns, unknown, name: columns.find(({ field }) => field === 'name')!.column, after };
}

const REPEATED: ReadonlySet<RosterField> = new Set(['posts', 'aliases']);
const ORDINAL = /^(序号|编号|No\.?|号)$/i;

function hasWords(cells: readonly (readonly string[])[], column: number, after: number): boolean {
  return cells.slice(after).some((line) => (line[column] ?? '').trim() !== '');
}
