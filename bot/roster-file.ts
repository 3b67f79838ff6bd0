import { readFile, stat } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { entriesOf } from '../boards/archive.ts';
import { parseCsv } from '../boards/roster/csv.ts';
import { findHeading } from '../boards/roster/heading.ts';
import { codeOf } from '../storage/io.ts';
import { whyUnreadable } from './file-problem.ts';

/** A table as it stands in a file: the sheet it was taken from, and its cells as text. */
export interface TableFile {
  readonly sheet: string;
  readonly cells: string[][];
}

/** Why a file could not be read as a table; one line for a person, with the mend. */
export class TableProblem extends Error {}

const MEGABYTE = 1024 * 1024;
/** A town of 2,500 members with every column filled is under 1 MB: a larger file is another one, or made to hurt. */
const MOST_BYTES = 5 * MEGABYTE;
const MOST_ROWS = 5000;
/** Cells further right are a stray mark, never a roster's column; a row is as long as its last cell. */
const MOST_COLUMNS = 200;
/** An Excel file is packed: a small one can unpack to more than the machine holds. */
const MOST_UNPACKED = 50 * MEGABYTE;

/** Refuses, before it is read, a roster file that is not there, is no file, or is too large. Throws `TableProblem`. */
export async function checkRosterFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw new TableProblem(`${path}：${whyUnreadable(error)}，请核对路径`, { cause: error });
  });
  if (found.isDirectory()) throw new TableProblem(`${path}：是文件夹，不是文件，请写明是哪个文件`);
  if (!found.isFile()) throw new TableProblem(`${path}：不是普通文件，请导入 Excel 或 CSV`);
  refuseLarge(found.size, path);
}

/** Refuses a roster of more people than a town can have. Throws `TableProblem`. */
export function refuseLong(rows: number, name: string): void {
  if (rows > MOST_ROWS)
    throw new TableProblem(`${name}：有${rows}行，名册最多${MOST_ROWS}行，请按支部分开导入`);
}

function refuseLarge(size: number, name: string): void {
  if (size > MOST_BYTES)
    throw new TableProblem(
      `${name}：有${(size / MEGABYTE).toFixed(1)}MB，名册文件最多5MB，请删去图片和多余的表，或按支部分开导入`,
    );
}

/** Reads an Excel (.xlsx) or CSV file; which it is shows in its bytes, not in its name. Throws `TableProblem`. */
export async function readTableFile(path: string): Promise<TableFile> {
  await checkRosterFile(path);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new TableProblem(`${path}：${whyUnreadable(error)}，请核对路径和权限`, { cause: error });
  });
  return readTable(bytes, path);
}

/** The same from bytes, such as a file sent in chat; `name` is for what is said of it. */
export async function readTable(bytes: Uint8Array, name: string): Promise<TableFile> {
  refuseLarge(bytes.length, name);
  if (begins(bytes, [0x50, 0x4b])) return readExcel(bytes, name);
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    throw new TableProblem(`${name}：是旧版 Excel 文件（.xls），请另存为 .xlsx 再导入`);
  if (begins(bytes, [0x25, 0x50, 0x44, 0x46]))
    throw new TableProblem(`${name}：是 PDF 文件，请导入 Excel 或 CSV`);
  const cells = parseCsv(decodeText(bytes));
  if (cells.length === 0) throw new TableProblem(`${name}：文件是空的`);
  refuseLong(filledRows(cells), name);
  return { sheet: '', cells };
}

/**
 * A text file's characters: UTF-16 by its mark, UTF-8 where the bytes are valid UTF-8, else GB18030, which contains
 * the GBK and GB2312 that Excel in China writes.
 */
export function decodeText(bytes: Uint8Array): string {
  if (begins(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (begins(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** A text as the bytes of a CSV file that Excel opens without asking: UTF-8 with its mark. */
export function encodeCsv(text: string): Uint8Array {
  return new TextEncoder().encode(`\ufeff${text}`);
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

async function readExcel(bytes: Uint8Array, name: string): Promise<TableFile> {
  const book = new ExcelJS.Workbook();
  try {
    // Unpacked once only to see that it stays within bounds: the library below has no limit of its own.
    entriesOf(bytes, MOST_UNPACKED);
    const copy = new Uint8Array(bytes);
    await book.xlsx.load(copy.buffer);
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      throw new TableProblem(
        `${name}：解压后超过${MOST_UNPACKED / MEGABYTE}MB，不像名册，请把名册复制到新的 Excel 文件再导入`,
        { cause: error },
      );
    throw new TableProblem(`${name}：Excel 文件损坏或有密码，打不开`, { cause: error });
  }
  const tables = book.worksheets
    .filter((sheet) => sheet.state === 'visible')
    .map((sheet) => ({ sheet: sheet.name, cells: cellsOf(sheet) }));
  // The first sheet with headings: a guide or an empty sheet may stand before the roster.
  const table =
    tables.find(({ cells }) => findHeading(cells) !== null) ?? tables.find(({ cells }) => cells.length > 0);
  if (table === undefined) throw new TableProblem(`${name}：文件里没有表格`);
  refuseLong(filledRows(table.cells), name);
  return table;
}

function filledRows(cells: readonly (readonly string[])[]): number {
  return cells.filter((row) => row.some((text) => text.trim() !== '')).length;
}

function cellsOf(sheet: ExcelJS.Worksheet): string[][] {
  const rows: string[][] = [];
  // A sheet with a stray format far below says it has a million rows: only rows with something in them are walked.
  sheet.eachRow((row, number) => {
    const line: string[] = [];
    row.eachCell((cell, column) => {
      if (column > MOST_COLUMNS) return;
      // A group merged down over its people is each one's; a title merged across is no heading of the columns it covers.
      const covered = cell.isMerged && cell.master.col !== cell.col;
      line[column - 1] = covered ? '' : textOf(cell.value);
    });
    rows[number - 1] = Array.from(line, (text: string | undefined) => text ?? '');
  });
  return Array.from(rows, (row: string[] | undefined) => row ?? []);
}

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'number') return String(Number(value.toPrecision(15)));
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return typeof value.text === 'string' ? value.text : textOf(value.text);
  if ('result' in value) return textOf(value.result);
  return '';
}
