import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { settleArchive } from '../archive.ts';
import {
  type Cell,
  FOOT,
  type Form,
  type Line,
  lineHeight,
  MARGIN,
  rowHeights,
  type Section,
  TEXT_SIZE,
  TITLE_SIZE,
  titleHeight,
  writingHeight,
  writingWidth,
} from '../form.ts';
import { stretch } from '../paging.ts';

/** A form as a Word file: A4, headings repeated and page numbers on every page, no row torn across two. */
export async function wordOf(form: Form): Promise<Uint8Array> {
  const document = new Document({
    creator: '积分管理',
    styles: {
      default: { document: { run: { font: BODY, size: TEXT_SIZE * 2, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: { page: pageOf(form) },
        footers: { default: footerOf(form) },
        children: form.sections.flatMap((section, i) => sectionOf(form, section, i)),
      },
    ],
  });
  return settleArchive(new Uint8Array(await Packer.toArrayBuffer(document)));
}

const BODY = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋', cs: 'Times New Roman' };
const HEADING = { ...BODY, eastAsia: '宋体' };
const twips = (mm: number): number => Math.round((mm / 25.4) * 1440);

function pageOf(form: Form) {
  const margin = {
    top: twips(MARGIN),
    bottom: twips(FOOT),
    left: twips(MARGIN),
    right: twips(MARGIN),
    footer: twips(9),
    header: twips(8),
  };
  const orientation = form.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  return { size: { width: twips(210), height: twips(297), orientation }, margin };
}

function footerOf(form: Form): Footer {
  const tab = { type: TabStopType.RIGHT, position: twips(writingWidth(form)) };
  const numbers = ['\t第 ', PageNumber.CURRENT, ' 页 共 ', PageNumber.TOTAL_PAGES, ' 页'];
  const children = [
    new TextRun({ text: form.footer ?? '', size: 18 }),
    new TextRun({ children: numbers, size: 20 }),
  ];
  return new Footer({ children: [new Paragraph({ tabStops: [tab], children })] });
}

function sectionOf(form: Form, section: Section, index: number): (Paragraph | Table)[] {
  const parts: (Paragraph | Table)[] = [
    titleOf(section.title, TITLE_SIZE, index > 0 && section.newPage === true, index > 0),
  ];
  if (section.subtitle !== undefined) parts.push(titleOf(section.subtitle, 14, false, false));
  for (const line of section.before ?? []) parts.push(lineOf(form, line));
  if (section.table !== undefined)
    parts.push(tableOf(section.table, section.table.rowHeight * growth(form, section)));
  for (const line of section.after ?? []) parts.push(lineOf(form, line));
  return parts;
}

function titleOf(text: string, size: number, pageBreakBefore: boolean, apart: boolean): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    pageBreakBefore,
    keepNext: true,
    spacing: { before: apart && !pageBreakBefore ? 320 : 40, after: 80 },
    children: [new TextRun({ text, size: size * 2, bold: size === TITLE_SIZE, font: HEADING })],
  });
}

function lineOf(form: Form, line: Line): Paragraph {
  const run = (text: string) => new TextRun({ text, bold: line.bold ?? false, size: TEXT_SIZE * 2 });
  const right = line.right === undefined ? [] : [new TextRun({ children: ['\t'] }), run(line.right)];
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: twips(writingWidth(form)) }],
    keepNext: !line.signature,
    spacing: { before: line.signature ? 420 : 60, after: 60 },
    children: [run(line.left), ...right],
  });
}

/** Word breaks pages itself: rows grow by so much that its last page is not left nearly empty. */
function growth(form: Form, { title, subtitle, before = [], table, after = [] }: Section): number {
  if (table === undefined) return 1;
  const width = writingWidth(form);
  const heights = (rows: readonly (readonly Cell[])[]) => rowHeights(rows, table.widths, table.rowHeight);
  const lines = (of: readonly Line[]) => of.map((line) => lineHeight(line, width, width));
  const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0);
  const titles =
    titleHeight(title, TITLE_SIZE, width) + (subtitle === undefined ? 0 : titleHeight(subtitle, 14, width));
  const again = sum(heights(table.head));
  return stretch(heights(table.body), {
    page: writingHeight(form),
    above: titles + sum(lines(before)) + again,
    again,
    below: sum(lines(after)),
  });
}

function tableOf(
  { widths, head, body, rowHeight }: NonNullable<Section['table']>,
  bodyHeight: number,
): Table {
  const rows = (lines: readonly (readonly Cell[])[], tableHeader: boolean) =>
    lines.map(
      (cells) =>
        new TableRow({
          tableHeader,
          cantSplit: true,
          height: { value: twips(tableHeader ? rowHeight : bodyHeight), rule: HeightRule.ATLEAST },
          children: cells.map((each) => cellOf(each, tableHeader)),
        }),
    );
  return new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: twips(widths.reduce((a, b) => a + b, 0)), type: WidthType.DXA },
    columnWidths: widths.map(twips),
    margins: { left: 60, right: 60, top: 20, bottom: 20 },
    borders: {
      top: EDGE,
      bottom: EDGE,
      left: EDGE,
      right: EDGE,
      insideHorizontal: EDGE,
      insideVertical: EDGE,
    },
    rows: [...rows(head, true), ...rows(body, false)],
  });
}

const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '404040' };

function cellOf(cell: Cell, head: boolean): TableCell {
  const alignment = cell.align === 'left' ? AlignmentType.LEFT : AlignmentType.CENTER;
  const children = String(cell.value)
    .split('\n')
    .map(
      (text) =>
        new Paragraph({
          alignment,
          children: [new TextRun({ text, size: (cell.size ?? TEXT_SIZE) * 2, bold: cell.bold ?? head })],
        }),
    );
  return new TableCell({
    columnSpan: cell.across ?? 1,
    rowSpan: cell.down ?? 1,
    verticalAlign: VerticalAlignTable.CENTER,
    ...(head ? { shading: { fill: 'F2F2F2' } } : {}),
    children,
  });
}
