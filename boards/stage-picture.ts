import { type Drawing, type Faces, type Measure, Sheet } from './canvas.ts';
import { COLUMN, footer, header, INK, PAGE, ROW, WIDTH } from './picture-style.ts';
import { stageOrder } from './text.ts';
import type { StageRow, StageTableView } from './views/filing.ts';
import { periodText, timeText } from './wording.ts';

const BRANCH = 400;
const COUNTS = [
  { label: '异议', x: 816 },
  { label: '未确认', x: 918 },
  { label: '逾期', x: 1016 },
] as const;

/** Where every branch of the town stands, late ones first (R36); no name and no score of anybody. */
export function stagePicture(view: StageTableView, faces: Faces, measure: Measure): Drawing {
  const sheet = new Sheet(faces, measure);
  const late = view.rows.filter((row) => row.daysLate > 0).length;
  let y = header(sheet, {
    place: view.town,
    title: '各支部积分工作进度',
    period: periodText(view.period),
    facts: [`${view.rows.length}个支部`, late > 0 ? `${late}个逾期` : '没有逾期'],
  });
  for (const [i, row] of stageOrder(view).entries()) {
    if (i === 0 || (i % 30 === 0 && view.rows.length - i > 5)) y = heading(sheet, y);
    y = line(sheet, row, i, y);
  }
  y = footer(sheet, y, { strong: [], soft: [`${timeText(view.at)} · 只列进度，不列个人得分`] });
  const warnings = sheet.takeMissing().map((glyph) => `缺字 ${glyph}`);
  return { width: WIDTH, height: Math.ceil(y), strokes: sheet.strokes, warnings };
}

function heading(sheet: Sheet, y: number): number {
  const middle = y + ROW.heading / 2;
  const style = { size: 27, weight: 'bold', fill: INK.heading } as const;
  sheet.box(0, y, WIDTH, ROW.heading, PAGE.heading);
  sheet.text('支部', COLUMN.left + 52, middle, style);
  sheet.text('阶段', BRANCH + 30, middle, style);
  for (const { label, x } of COUNTS) sheet.text(label, x, middle, { ...style, align: 'center' });
  return y + ROW.heading;
}

function line(sheet: Sheet, row: StageRow, index: number, y: number): number {
  const room = BRANCH - COLUMN.left - 60;
  const names = sheet.lines(row.branch, 30, room, 'bold');
  const height = Math.max(ROW.dense, names.length * 40 + 24);
  const middle = y + height / 2;
  sheet.box(0, y, WIDTH, height, row.daysLate > 0 ? PAGE.late : index % 2 === 0 ? PAGE.paper : PAGE.band);
  if (row.daysLate > 0) sheet.box(0, y, 8, height, PAGE.red);
  sheet.text(String(index + 1), COLUMN.left + 36, middle, { size: 24, fill: INK.faint, align: 'right' });
  names.forEach((text, i) =>
    sheet.text(text, COLUMN.left + 52, middle + (i - (names.length - 1) / 2) * 40, {
      size: 30,
      weight: 'bold',
      fill: INK.strong,
    }),
  );
  const words = row.waitsFor === undefined ? row.stage : `${row.stage} · 等${row.waitsFor}`;
  sheet.text(words, BRANCH + 30, middle - 10, { size: 27, fill: INK.figure, room: 340, least: 20 });
  const track = 250;
  sheet.box(BRANCH + 30, middle + 19, track, 8, PAGE.track, 4);
  if (row.progress > 0)
    sheet.box(BRANCH + 30, middle + 19, Math.max(8, track * Math.min(1, row.progress)), 8, PAGE.bar, 4);
  counts(sheet, row, middle);
  return y + height;
}

function counts(sheet: Sheet, row: StageRow, y: number): void {
  const values = [row.openTickets || null, row.unconfirmed, row.daysLate > 0 ? `${row.daysLate}天` : null];
  COUNTS.forEach(({ x }, i) => {
    const value = values[i];
    const urgent = i === 2 && value !== null;
    if (value === null || value === undefined)
      sheet.text('—', x, y, { size: 26, fill: INK.faint, align: 'center' });
    else
      sheet.text(String(value), x, y, {
        size: 32,
        weight: urgent ? 'bold' : 'regular',
        fill: urgent ? INK.zero : INK.figure,
        align: 'center',
        room: 96,
      });
  });
}
