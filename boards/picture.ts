import { type Drawing, type Faces, type Measure, Sheet } from './canvas.ts';
import { shortFingerprint } from './fingerprint.ts';
import { COLUMN, footer, header, INK, PAGE, ROW, WIDTH } from './picture-style.ts';
import type { BoardRow, BoardView, Figure } from './views/board.ts';
import {
  answerWords,
  dateText,
  figureText,
  isYear,
  periodText,
  placeText,
  shortPost,
  starsText,
  timeText,
  UNSCORED,
  weekdayText,
} from './wording.ts';

/**
 * The board as one picture for a phone (conversation: "The board picture"): 附件3's columns, people in the order
 * given, no reasons. Layout only: the edge measures with a canvas and draws the list that comes out.
 */
export function boardPicture(view: BoardView, faces: Faces, measure: Measure): Drawing {
  const sheet = new Sheet(faces, measure);
  const dense = view.rows.length > 60;
  let y = header(sheet, {
    place: placeText(view.town, view.branch),
    title: `党员积分${isYear(view.period) ? '年度' : ''}公示榜`,
    period: periodText(view.period),
    facts: [`第${view.version}版`, `${view.rows.length}人`, `公示至${dateText(view.closes)}`],
  });
  const columns = isYear(view.period) ? YEAR_COLUMNS : MONTH_COLUMNS;
  const lost: string[] = [];
  const above = sheet.takeMissing();
  if (above.length > 0) lost.push(`标题：缺字 ${above.join('')}`);
  for (const [i, row] of view.rows.entries()) {
    // On a long picture the reader has scrolled the headings away, so they come again.
    if (i === 0 || (i % 30 === 0 && view.rows.length - i > 5)) y = heading(sheet, columns, y);
    y = line(sheet, columns, row, i, y, dense ? ROW.dense : ROW.high);
    const glyphs = sheet.takeMissing().join('');
    if (glyphs !== '') lost.push(`第${i + 1}行 ${row.name}：缺字 ${glyphs}`);
  }
  y = footer(sheet, y, notesOf(view, lost.length > 0));
  return { width: WIDTH, height: Math.ceil(y), strokes: sheet.strokes, warnings: lost };
}

interface Column {
  readonly label: string;
  readonly hint: string;
  /** Left edge and width in pixels. */
  readonly x: number;
  readonly width: number;
  readonly put: (sheet: Sheet, row: BoardRow, cell: Cell) => void;
}

interface Cell {
  readonly x: number;
  readonly width: number;
  /** The row's middle and height. */
  readonly y: number;
  readonly height: number;
  readonly index: number;
}

function figure(pick: (row: BoardRow) => Figure): Column['put'] {
  return (sheet, row, { x, width, y }) => {
    const value = pick(row);
    if (value === null) unscored(sheet, x + width / 2, y);
    else
      sheet.text(figureText(value), x + width / 2, y, {
        size: 38,
        fill: INK.figure,
        align: 'center',
        room: width - 8,
      });
  };
}

function unscored(sheet: Sheet, x: number, y: number): void {
  sheet.box(x - 40, y - 24, 80, 48, PAGE.unscored, 24);
  sheet.text(UNSCORED, x, y, { size: 28, fill: INK.unscored, align: 'center' });
}

function name(sheet: Sheet, row: BoardRow, { x, width, y, index }: Cell): void {
  sheet.text(String(index + 1), x + 36, y, { size: 24, fill: INK.faint, align: 'right' });
  const [person, group] = personOf(row.name);
  const left = x + 52;
  const room = width - 56;
  const lines = nameLines(sheet, person, room);
  const size = lines.length > 1 ? LONG_NAME : person.length > 4 ? 32 : person.length > 3 ? 38 : 42;
  const middle = group === '' ? y : y - 15;
  const top = middle - ((lines.length - 1) * NAME_STEP) / 2;
  for (const [i, text] of lines.entries()) {
    sheet.text(text, left, top + i * NAME_STEP, { size, weight: 'bold', fill: INK.strong, room, least: 24 });
  }
  if (group === '') return;
  const under = top + (lines.length - 1) * NAME_STEP + (lines.length > 1 ? 30 : 38);
  sheet.text(group, left, under, { size: 24, fill: INK.soft, room });
}

const LONG_NAME = 26;
const NAME_STEP = 34;

/** A name too wide for its column breaks after its dot (阿依古丽·买买提江) before it breaks anywhere else. */
function nameLines(sheet: Sheet, person: string, room: number): string[] {
  if (sheet.widthOf(person, LONG_NAME, 'bold') <= room) return [person];
  return person.split(/(?<=[·•．])/).flatMap((part) => sheet.lines(part, LONG_NAME, room, 'bold'));
}

// 王建军(三组) is one of two people of that name: the name stays big, what tells them apart goes under it.
function personOf(text: string): [string, string] {
  const split = /^(.+?)[（(]([^（()）]+)[)）]$/.exec(text);
  return split === null ? [text, ''] : [split[1]!, split[2]!];
}

const LONG_POST = 24;
const POST_STEP = 37;

interface PostLine {
  readonly text: string;
  readonly size: number;
}

/** A post too wide for its column goes on below: it never runs into the figures. */
function postLines(sheet: Sheet, row: BoardRow, width: number): PostLine[] {
  const names = row.posts.length > 0 ? row.posts.map(shortPost) : ['未认领'];
  return names.flatMap((post) => {
    const lines = sheet.lines(post, LONG_POST, width - 10);
    return lines.map((text) => ({ text, size: lines.length > 1 ? LONG_POST : 29 }));
  });
}

function posts(sheet: Sheet, row: BoardRow, { x, width, y }: Cell): void {
  const lines = postLines(sheet, row, width);
  const top = y - ((lines.length - 1) * POST_STEP) / 2;
  const fill = row.posts.length > 0 ? INK.soft : INK.faint;
  lines.forEach(({ text, size }, i) =>
    sheet.text(text, x, top + i * POST_STEP, { size, fill, room: width - 10, least: LONG_POST }),
  );
}

function deduction(sheet: Sheet, row: BoardRow, { x, width, y }: Cell): void {
  if (row.deduction === '') sheet.text('—', x + width / 2, y, { size: 26, fill: INK.faint, align: 'center' });
  else {
    sheet.text(row.deduction.slice(0, 2), x + width / 2, y - 16, {
      size: 27,
      weight: 'bold',
      fill: INK.zero,
      align: 'center',
    });
    sheet.text(row.deduction.slice(2), x + width / 2, y + 17, {
      size: 27,
      weight: 'bold',
      fill: INK.zero,
      align: 'center',
    });
  }
}

function total(sheet: Sheet, row: BoardRow, { x, width, y }: Cell): void {
  if (row.total === null) {
    unscored(sheet, x + width / 2, y);
    return;
  }
  sheet.text(figureText(row.total), x + width / 2, y - 8, {
    size: 46,
    weight: 'bold',
    fill: INK.total,
    align: 'center',
    room: width - 16,
  });
  const track = width - 32;
  const share = Math.min(1, Math.max(0, row.total / 100));
  sheet.box(x + 16, y + 23, track, 8, PAGE.track, 4);
  if (share > 0) sheet.box(x + 16, y + 23, Math.max(8, track * share), 8, PAGE.bar, 4);
}

function grade(sheet: Sheet, row: BoardRow, { x, width, y }: Cell): void {
  const stars = starsText(row.stars);
  sheet.text(row.grade ?? '—', x + width / 2, stars === '' ? y : y - 16, {
    size: 27,
    fill: row.grade ? INK.strong : INK.faint,
    align: 'center',
    room: width - 6,
  });
  if (stars !== '')
    sheet.text(stars, x + width / 2, y + 18, {
      size: 20,
      fill: PAGE.star,
      align: 'center',
      room: width - 6,
      least: 14,
    });
}

function columnsOf(
  widths: readonly number[],
  puts: readonly (readonly [string, string, Column['put']])[],
): Column[] {
  let x = COLUMN.left;
  return puts.map(([label, hint, put], i) => {
    const width = widths[i] ?? 0;
    const column = { label, hint, x, width, put };
    x += width;
    return column;
  });
}

const MONTH = [
  ['姓名', '', name],
  ['志愿服务岗位', '', posts],
  ['履行义务', '40分', figure((row) => row.obligation)],
  ['志愿岗位', '60分', figure((row) => row.service)],
  ['加分', '最高10', figure((row) => row.bonus)],
  ['扣分项', '', deduction],
  ['合计', '', total],
] as const satisfies readonly (readonly [string, string, Column['put']])[];

const MONTH_COLUMNS = columnsOf([222, 214, 126, 126, 106, 106, 140], MONTH);
const YEAR_COLUMNS = columnsOf([208, 186, 112, 112, 92, 92, 126, 112], [...MONTH, ['等次', '', grade]]);

function heading(sheet: Sheet, columns: readonly Column[], y: number): number {
  sheet.box(0, y, WIDTH, ROW.heading, PAGE.heading);
  for (const { label, hint, x, width } of columns) {
    const left = label === '姓名' || label === '志愿服务岗位';
    const at = left ? (label === '姓名' ? x + 52 : x) : x + width / 2;
    const middle = y + ROW.heading / 2;
    const style = {
      weight: 'bold' as const,
      fill: INK.heading,
      align: left ? ('left' as const) : ('center' as const),
      room: width - 6,
    };
    sheet.text(label, at, hint === '' ? middle : middle - 15, { ...style, size: 29 });
    if (hint !== '') sheet.text(hint, at, middle + 19, { ...style, weight: 'regular', size: 25 });
  }
  return y + ROW.heading;
}

function line(
  sheet: Sheet,
  columns: readonly Column[],
  row: BoardRow,
  index: number,
  y: number,
  least: number,
): number {
  // A long name or post takes more lines; its row grows instead of the letters shrinking.
  const [person, group] = personOf(row.name);
  const names = nameLines(sheet, person, columns[0]!.width - 56).length + (group === '' ? 0 : 1);
  const duties = postLines(sheet, row, columns[1]!.width).length;
  const height = Math.max(
    least,
    names > 2 ? names * NAME_STEP + 22 : 0,
    duties > 2 ? duties * POST_STEP + 14 : 0,
  );
  sheet.box(0, y, WIDTH, height, index % 2 === 0 ? PAGE.paper : PAGE.band);
  for (const { x, width, put } of columns) put(sheet, row, { x, width, y: y + height / 2, height, index });
  return y + height;
}

function notesOf(view: BoardView, lost: boolean): { strong: string[]; soft: string[] } {
  const { confirm, object } = answerWords(view.period);
  const strong = [
    `公示期：${dateText(view.publishedAt)}起，到${dateText(view.closes, true)}（${weekdayText(view.closes)}）为止`,
    `没有问题：在群里回复“${confirm}”`,
    `有问题：回复“${object}”加哪一项不对，也可以私聊机器人`,
  ];
  const soft: string[] = [];
  if (view.note !== undefined) soft.push(view.note);
  if (view.rows.some((row) => row.total === null)) soft.push('待评：这一项还没有评分，不是0分。');
  if (lost) soft.push('〓：这个字图片里写不出，以文字榜为准。');
  soft.push(
    `第${view.version}版 · ${timeText(view.publishedAt)}发布 · 细则 ${view.policy}`,
    `校验码 ${shortFingerprint(view.fingerprint)}`,
  );
  return { strong, soft };
}
