import ExcelJS from 'exceljs';
import {
  type Cell,
  FOOT,
  type Form,
  type Line,
  lineHeight,
  MARGIN,
  placed,
  rowHeights,
  type Section,
  TEXT_SIZE,
  TITLE_SIZE,
  titleHeight,
  writingHeight,
  writingWidth,
} from '../form.ts';
import { spread } from '../paging.ts';
import { settleArchive } from '../archive.ts';

/**
 * A form as an Excel file: A4, one page wide, heading rows and page numbers on every page. What people typed is always
 * text here, also where it begins with `=`, `+`, `-` or `@`: it goes in as a string in a text cell, never as a formula.
 */
export async function excelOf(form: Form): Promise<Uint8Array> {
  const book = newBook();
  const taken = new Set<string>();
  for (const section of form.sections) addSection(book, form, section, sheetName(section.sheet, taken));
  return bytesOfBook(book);
}

export type Book = ExcelJS.Workbook;
export type BookSheet = ExcelJS.Worksheet;
export type BookCell = ExcelJS.Cell;

export function newBook(): Book {
  return new ExcelJS.Workbook();
}

/** A workbook's file, the same bytes for the same content. */
export async function bytesOfBook(book: Book): Promise<Uint8Array> {
  return settleArchive(new Uint8Array(await book.xlsx.writeBuffer()), { 'xl/styles.xml': withPlainDefault });
}

/**
 * Column widths are counted in digits of the default font. Calibri is missing on many machines, and its stand-in makes
 * every column a third wider; Arial, or a font as wide, is everywhere. No cell is set in it.
 */
function withPlainDefault(styles: string): string {
  return styles.replace(
    /<font>(?:(?!<\/font>).)*Calibri.*?<\/font>/s,
    '<font><sz val="10"/><name val="Arial"/><family val="2"/></font>',
  );
}

const BODY = '仿宋';
const HEADING = '宋体';
// A unit of column width is a digit of the default font: 7 pixels, of 96 an inch.
const unitsOf = (mm: number): number => ((mm / 25.4) * 96) / 7;
const inches = (mm: number): number => mm / 25.4;

function addSection(book: ExcelJS.Workbook, form: Form, section: Section, name: string): void {
  const width = writingWidth(form);
  const widths = section.table?.widths ?? [width / 2, width / 2];
  const sheet = book.addWorksheet(name, { pageSetup: pageOf(form) });
  sheet.columns = widths.map((mm) => ({ width: unitsOf(mm) }));
  sheet.headerFooter.oddFooter = `&L&9${(form.footer ?? '').replaceAll('&', '&&')}&R&10第 &P 页 共 &N 页`;
  const columns = widths.length;
  const total = widths.reduce((a, b) => a + b, 0);
  let row = 1;
  let body: BodyRows | null = null;
  row = addTitle(sheet, row, columns, section.title, TITLE_SIZE, total);
  if (section.subtitle !== undefined) row = addTitle(sheet, row, columns, section.subtitle, 14, total);
  for (const line of section.before ?? []) row = addLine(sheet, row, widths, line);
  if (section.table !== undefined) {
    const { head, rowHeight } = section.table;
    const first = row;
    row = addRows(sheet, row, head, widths, rowHeight, true);
    // Only the headings come again: a title on every page would say the same thing and take the room of two people.
    if (head.length > 0) {
      sheet.pageSetup.printTitlesRow = `${first}:${row - 1}`;
      sheet.views = [{ state: 'frozen', ySplit: row - 1 }];
    }
    const top = row;
    row = addRows(sheet, row, section.table.body, widths, rowHeight, false);
    body = { head: first, first: top, end: row };
  }
  for (const line of section.after ?? []) row = addLine(sheet, row, widths, line);
  if (body !== null) breakPages(sheet, body, row, writingHeight(form));
}

/** Where the headings of a table begin, where its rows do, and what comes behind them. */
interface BodyRows {
  readonly head: number;
  readonly first: number;
  readonly end: number;
}

/** Pages end where they are all about equally full. A machine that shrinks the sheet to its width keeps the breaks. */
function breakPages(sheet: ExcelJS.Worksheet, rows: BodyRows, end: number, page: number): void {
  const heights = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, i) => sheet.getRow(from + i).height);
  const sum = (from: number, to: number): number => heights(from, to).reduce((a, b) => a + b, 0);
  const frame = {
    page,
    above: sum(1, rows.first),
    again: sum(rows.head, rows.first),
    below: sum(rows.end, end),
  };
  let last = rows.first - 1;
  for (const count of spread(heights(rows.first, rows.end), frame).slice(0, -1)) {
    last += count;
    sheet.getRow(last).addPageBreak();
  }
}

function pageOf(form: Form): Partial<ExcelJS.PageSetup> {
  return {
    paperSize: 9,
    orientation: form.landscape ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: {
      left: inches(MARGIN),
      right: inches(MARGIN),
      top: inches(MARGIN),
      bottom: inches(FOOT),
      header: inches(8),
      footer: inches(9),
    },
  };
}

function addTitle(
  sheet: ExcelJS.Worksheet,
  row: number,
  columns: number,
  text: string,
  size: number,
  total: number,
): number {
  sheet.mergeCells(row, 1, row, columns);
  const target = sheet.getCell(row, 1);
  write(target, text);
  target.font = { name: HEADING, size, bold: size === TITLE_SIZE };
  target.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  sheet.getRow(row).height = titleHeight(text, size, total);
  return row + 1;
}

// The left half of a line and the right half each get the columns that their text needs.
function addLine(sheet: ExcelJS.Worksheet, row: number, widths: readonly number[], line: Line): number {
  const columns = widths.length;
  const halves = line.right === undefined ? columns : split(widths, line);
  if (halves > 1) sheet.mergeCells(row, 1, row, halves);
  if (columns - halves > 1) sheet.mergeCells(row, halves + 1, row, columns);
  const put = (column: number, text: string, horizontal: 'left' | 'right') => {
    const target = sheet.getCell(row, column);
    write(target, text);
    target.font = { name: BODY, size: TEXT_SIZE, bold: line.bold ?? false };
    target.alignment = { horizontal, vertical: line.signature ? 'bottom' : 'middle', wrapText: true };
  };
  put(1, line.left, 'left');
  if (line.right !== undefined) put(halves + 1, line.right, 'right');
  const leftWidth = widths.slice(0, halves).reduce((a, b) => a + b, 0);
  const rightWidth = widths.slice(halves).reduce((a, b) => a + b, 0);
  sheet.getRow(row).height = lineHeight(line, leftWidth, rightWidth);
  return row + 1;
}

/** How many columns the left text of a line gets: the split nearest to the two texts' own proportion. */
function split(widths: readonly number[], line: Line): number {
  if (widths.length < 2) return widths.length;
  const total = widths.reduce((a, b) => a + b, 0);
  const leftLength = Math.max(1, line.left.length);
  const share = leftLength / (leftLength + Math.max(1, line.right?.length ?? 0));
  let best = 1;
  let sum = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < widths.length - 1; i++) {
    sum += widths[i]!;
    const off = Math.abs(sum / total - share);
    if (off < nearest) [nearest, best] = [off, i + 1];
  }
  return best;
}

function addRows(
  sheet: ExcelJS.Worksheet,
  first: number,
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
  least: number,
  head: boolean,
): number {
  rowHeights(rows, widths, least).forEach((height, i) => {
    sheet.getRow(first + i).height = height;
  });
  for (const { row, column, cell } of placed(rows)) {
    const top = first + row;
    const bottom = top + (cell.down ?? 1) - 1;
    const right = column + (cell.across ?? 1);
    if (bottom > top || right > column + 1) sheet.mergeCells(top, column + 1, bottom, right);
    const target = sheet.getCell(top, column + 1);
    write(target, cell.value);
    target.font = { name: BODY, size: cell.size ?? TEXT_SIZE, bold: cell.bold ?? head };
    target.alignment = { horizontal: cell.align ?? 'center', vertical: 'middle', wrapText: true };
    if (head) target.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } };
    for (let y = top; y <= bottom; y++)
      for (let x = column + 1; x <= right; x++) sheet.getCell(y, x).border = BORDER;
  }
  return first + rows.length;
}

const EDGE = { style: 'thin', color: { argb: 'FF404040' } } as const;
export const BORDER = { top: EDGE, left: EDGE, bottom: EDGE, right: EDGE };

/** A number stays a number; a text is a string in a cell of format text, so that editing it does not run it either. */
export function write(target: ExcelJS.Cell, value: string | number): void {
  target.value = value === '' ? null : value;
  if (typeof value === 'string') target.numFmt = '@';
}

/** Excel allows 31 characters in a sheet's name, none of `[]:*?/\`, no quote at its ends, and no name twice. */
function sheetName(wanted: string, taken: Set<string>): string {
  const clean =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || '表';
  for (let n = 1; ; n++) {
    const mark = n === 1 ? '' : ` ${n}`;
    const name =
      Array.from(clean)
        .slice(0, 31 - mark.length)
        .join('')
        .slice(0, 31 - mark.length) + mark;
    if (taken.has(name.toLowerCase()) || name.toLowerCase() === 'history') continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
