import { lineCount } from '../form.ts';
import { COLUMNS, type RosterPost, type RosterRecord } from '../roster/columns.ts';
import { fieldText } from '../roster/preview.ts';
import { type Book, type BookCell, type BookSheet, BORDER, bytesOfBook, newBook, write } from './workbook.ts';

/** Rows that can be filled in with choices to pick from. */
const FILLABLE = 150;

/**
 * A roster as an Excel file to read, change and import again: the sheet 名册 and a sheet that says how to fill it.
 * Without records it is the template. Every cell is text, so that phone numbers keep their digits and nothing runs.
 */
export async function rosterBook(
  branch: string,
  records: readonly RosterRecord[],
  posts: readonly RosterPost[],
): Promise<Uint8Array> {
  const book = newBook();
  const sheet = book.addWorksheet('名册', {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
    },
  });
  sheet.headerFooter.oddFooter = '&R第 &P 页 共 &N 页';
  sheet.columns = COLUMNS.map(({ width }) => ({ width: width * 1.25, style: { numFmt: '@' } }));
  const rows = rosterCells(records, posts);
  rows.forEach((values, row) =>
    values.forEach((value, column) => place(sheet.getCell(row + 1, column + 1), value, row === 0)),
  );
  rows.forEach((_, row) => {
    sheet.getRow(row + 1).height = 22;
  });
  addChoices(sheet, posts);
  addGuide(book, branch, posts);
  return bytesOfBook(book);
}

/** A roster's cells, headings first: for CSV as for Excel. */
export function rosterCells(records: readonly RosterRecord[], posts: readonly RosterPost[]): string[][] {
  const names = (record: RosterRecord) =>
    (record.posts ?? []).map((id) => posts.find((post) => post.id === id)?.name ?? id);
  const lines = records.map((record) =>
    COLUMNS.map(({ title, field }) =>
      title === '岗位1'
        ? (names(record)[0] ?? '')
        : title === '岗位2'
          ? (names(record)[1] ?? '')
          : fieldText(record, field),
    ),
  );
  return [COLUMNS.map(({ title }) => title), ...lines];
}

function place(cell: BookCell, value: string, head: boolean): void {
  write(cell, value);
  cell.numFmt = '@';
  cell.font = { name: '宋体', size: 12, bold: head };
  cell.alignment = { vertical: 'middle', wrapText: head };
  cell.border = BORDER;
  if (head) cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } };
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  性别: ['男', '女'],
  流动党员: ['是', '否'],
  党员类别: ['正式党员', '预备党员'],
};

// Posts are picked from the guide's own list: written into the cell's rule they would be too long for Excel.
function addChoices(sheet: BookSheet, posts: readonly RosterPost[]): void {
  const listed = postNames(posts).length;
  COLUMNS.forEach(({ title, field }, i) => {
    const choices = CHOICES[title];
    const list =
      field === 'posts' && listed > 0
        ? `填写说明!$D$2:$D$${listed + 1}`
        : choices === undefined
          ? null
          : `"${choices.join(',')}"`;
    if (list === null) return;
    for (let row = 2; row <= FILLABLE + 1; row++)
      sheet.getCell(row, i + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [list],
        showErrorMessage: field !== 'posts',
      };
  });
}

/** Each post once, under the first name it goes by. */
function postNames(posts: readonly RosterPost[]): string[] {
  return posts.filter((post, i) => posts.findIndex(({ id }) => id === post.id) === i).map(({ name }) => name);
}

function addGuide(book: Book, branch: string, posts: readonly RosterPost[]): void {
  const guide = book.addWorksheet('填写说明', {
    pageSetup: { paperSize: 9, orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  guide.columns = [{ width: 14 }, { width: 70 }, { width: 3 }, { width: 26 }];
  const lines: [string, string][] = [
    ['列', '怎么填'],
    ...COLUMNS.map(({ title, hint }): [string, string] => [title, hint]),
    ['支部', branch],
    ['空格子', '空着的格子不会清掉已有的内容。'],
    ['不在名册里', '名册里没有的人仍然保留；调出、去世等请在群里由记录员登记。'],
    ['不要填', '身份证号、住址、收入等一概不读取、不保存。'],
    ['导入', '先给您看会改什么、哪一格有问题，确认后才导入。'],
  ];
  lines.forEach((line, row) =>
    line.forEach((text, column) => {
      place(guide.getCell(row + 1, column + 1), text, row === 0);
      guide.getCell(row + 1, column + 1).alignment = { vertical: 'middle', wrapText: true };
    }),
  );
  lines.forEach(([, text], row) => {
    guide.getRow(row + 1).height = lineCount(text, 120, 12) * 17 + 5;
  });
  ['可选的岗位', ...postNames(posts)].forEach((text, row) =>
    place(guide.getCell(row + 1, 4), text, row === 0),
  );
}
