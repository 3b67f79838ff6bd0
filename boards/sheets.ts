import { shortFingerprint } from './fingerprint.ts';
import { type Cell, cell, type Form, type Line, type Section, type Table } from './form.ts';
import type { Annex3View, BoardRow, Figure } from './views/board.ts';
import type { Annex2Month, Annex2View, Profile } from './views/member.ts';
import {
  dateText,
  figureText,
  isYear,
  periodText,
  placeText,
  shortPost,
  starsText,
  UNSCORED,
} from './wording.ts';

/** A figure for a form: a number where there is one, so that Excel can go on reckoning with it. */
export function figureCell(figure: Figure, more: Omit<Cell, 'value'> = {}): Cell {
  return cell(figure === null ? UNSCORED : Number(figureText(figure)), more);
}

/** A name, big where it is short. */
export function personCell(name: string): Cell {
  return cell(name, { size: Array.from(name).length > 4 ? 11 : 13 });
}

/** 附件3: a branch's sheet of a month or year with its signature column and lines. */
export function annex3Form(view: Annex3View): Form {
  const place = placeText(view.town, view.branch);
  const marks = [
    view.version === undefined ? '' : `第${view.version}版`,
    view.fingerprint === undefined ? '' : `校验码 ${shortFingerprint(view.fingerprint)}`,
    view.policy === undefined ? '' : `细则 ${view.policy}`,
  ].filter((mark) => mark !== '');
  return {
    name: `附件3 ${place}党员积分管理评分汇总表 ${periodText(view.period)}`,
    footer: marks.join(' · '),
    sections: [annex3Section(view)],
  };
}

export function annex3Section(view: Annex3View): Section {
  const on = view.scoredOn;
  const scored = on === undefined ? '　　年　　月　　日' : dateText(on, true);
  const after: Line[] = view.note === undefined ? [] : [{ left: `注：${view.note}` }];
  if (view.rows.some((row) => row.total === null)) after.push({ left: `“${UNSCORED}”是尚未评分，不是0分。` });
  after.push({ left: '积分记录员签字：', right: '支部书记签字：　　　　　　　', signature: true });
  after.push({ left: '', right: '年　　月　　日　　' });
  return {
    sheet: `附件3 ${periodText(view.period)}`,
    title: `${placeText(view.town, view.branch)}党员积分管理评分汇总表`,
    subtitle: `（${periodText(view.period)}）`,
    before: [{ left: '附件3', right: `评分时间：${scored}` }],
    table: annex3Table(view.rows, isYear(view.period)),
    after,
  };
}

function annex3Table(rows: readonly BoardRow[], year: boolean): Table {
  // At 11 points “（40分）” stays on one line in Word too, which sets a gap between a digit and a character.
  const label = (text: string) => cell(text, { bold: true, size: 11 });
  const head = [
    '党员姓名',
    '志愿服务岗位',
    '履行党员\n义务\n（40分）',
    '志愿服务\n岗位\n（60分）',
    '加分项\n（最高\n10分）',
    '扣分项',
    '合计\n得分',
  ];
  const widths = year ? [25, 30, 21, 21, 18, 16, 16, 19, 16] : [27, 34, 23, 23, 20, 18, 18, 19];
  return {
    widths,
    head: [[...head, ...(year ? ['等次'] : []), '党员\n签字'].map(label)],
    body: rows.map((row) => annex3Row(row, year)),
    rowHeight: 13,
  };
}

function annex3Row(row: BoardRow, year: boolean): Cell[] {
  const grade = row.grade ? `${row.grade}\n${starsText(row.stars)}`.trim() : '—';
  return [
    personCell(row.name),
    cell(row.posts.map(shortPost).join('\n'), { size: 11 }),
    figureCell(row.obligation),
    figureCell(row.service),
    figureCell(row.bonus),
    cell(row.deduction, { size: year ? 9 : 12 }),
    figureCell(row.total, { bold: true, size: 13 }),
    ...(year ? [cell(grade, { size: 9 })] : []),
    cell(''),
  ];
}

/** 附件2 for one member, or for a branch: one page each, in the order given. */
export function annex2Form(views: readonly Annex2View[]): Form {
  const first = views[0];
  if (first === undefined) throw new Error('附件2 needs at least one member');
  const whose = views.length === 1 ? first.name : `${views.length}人`;
  return {
    name: `附件2 ${placeText(first.town, first.branch)}党员日常行为积分管理记录表 ${first.year}年度 ${whose}`,
    sections: views.map((view, i) => annex2Section(view, i > 0)),
  };
}

function annex2Section(view: Annex2View, newPage: boolean): Section {
  const after: Line[] = [];
  if (view.result !== undefined) {
    const { score, grade, stars } = view.result;
    after.push({
      left: `年度积分：${figureText(score)}　　等次：${grade ?? '不确定等次'}${starsText(stars)}`,
      bold: true,
    });
  }
  if (view.note !== undefined) after.push({ left: `注：${view.note}` });
  after.push({ left: '党员签字：', right: '支部书记签字：　　　　　　　', signature: true });
  return {
    sheet: view.name,
    title: `${placeText(view.town, view.branch)}党员日常行为积分管理记录表`,
    subtitle: `（${view.year}年度）`,
    before: [{ left: '附件2' }, { left: `所在支部：${placeText('', view.branch)}` }],
    table: {
      widths: ANNEX2_WIDTHS,
      head: [],
      body: [...profileRows(view.name, view.profile), ...monthRows(view)],
      rowHeight: 10,
    },
    after,
    newPage,
  };
}

// Nine columns carry both halves of the form: four pairs of label and value over five columns of figures.
const ANNEX2_WIDTHS = [14, 15, 28, 15, 25, 18, 26, 13, 28];

function profileRows(name: string, profile: Profile): Cell[][] {
  const label = (text: string) => cell(text, { bold: true });
  const value = (text: string | undefined) => cell(text ?? '', { size: (text ?? '').length > 8 ? 10 : 12 });
  const pairs = (fields: readonly (readonly [string, string | undefined])[]) =>
    fields.flatMap(([text, said]) => [label(text), value(said)]);
  const { gender, born, ethnicity, education, joinedParty, health, phone } = profile;
  const upper = pairs([
    ['姓名', name],
    ['性别', gender],
    ['出生\n年月', monthText(born)],
    ['民族', ethnicity],
  ]);
  const lower = pairs([
    ['学历', education],
    ['入党\n时间', monthText(joinedParty)],
    ['身体\n状况', health],
    ['联系\n电话', phone],
  ]);
  return [[cell('基本\n情况', { bold: true, down: 2 }), ...upper], lower];
}

/** `1965年3月` from `1965-03` or `1965-03-12`; what is not a date stays as it was written. */
function monthText(date: string | undefined): string {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date ?? '');
  return parts === null ? (date ?? '') : `${parts[1]}年${Number(parts[2])}月`;
}

function monthRows(view: Annex2View): Cell[][] {
  const known = new Map(view.months.map((month) => [Number(month.month.slice(5, 7)), month]));
  const bold = { bold: true } as const;
  const rows: Cell[][] = [
    [
      cell('积分\n情况', { bold: true, down: 15 }),
      cell('月份', bold),
      cell('每月履行党员\n义务积分', { bold: true, across: 2 }),
      cell('每月志愿服务岗位\n贡献积分', { bold: true, across: 2 }),
      cell('加分项', bold),
      cell('扣分项', { bold: true, across: 2 }),
    ],
  ];
  for (let n = 1; n <= 12; n++) rows.push(monthRow(`${n}月`, known.get(n)));
  const { sum, average, months } = annex2Totals(view.months);
  // The annex has one row 合计; it gives the sum and the average (R38), one under the other.
  const of = (totals: Annex2Totals) => (months === 0 ? null : totals);
  rows.push(totalRow('合计\n总分', of(sum)), totalRow('合计\n平均', of(average)));
  return rows;
}

function monthRow(label: string, month: Annex2Month | undefined): Cell[] {
  if (month === undefined)
    return [cell(label), cell('', { across: 2 }), cell('', { across: 2 }), cell(''), cell('', { across: 2 })];
  if (month.outOfScope !== undefined) return [cell(label), cell(month.outOfScope, { across: 7 })];
  return [
    cell(label),
    figureCell(month.obligation, { across: 2 }),
    figureCell(month.service, { across: 2 }),
    figureCell(month.bonus),
    cell(month.deduction, { across: 2 }),
  ];
}

function totalRow(label: string, totals: Annex2Totals | null): Cell[] {
  const bold = { bold: true } as const;
  const value = (figure: number | undefined, across = 1) => cell(figure ?? '', { bold: true, across });
  return [
    cell(label, bold),
    value(totals?.obligation, 2),
    value(totals?.service, 2),
    value(totals?.bonus),
    cell(totals === null ? '' : totals.zeroed ? '年度清零' : '', { bold: true, across: 2 }),
  ];
}

export interface Annex2Totals {
  readonly obligation: number;
  readonly service: number;
  readonly bonus: number;
  readonly zeroed: boolean;
}

/**
 * Sum and average of 附件2's columns over the months that have figures (R38), reckoned in hundredths so that no
 * binary fraction shows; the average is rounded half up to two decimals. `months` is how many were counted.
 */
export function annex2Totals(months: readonly Annex2Month[]): {
  sum: Annex2Totals;
  average: Annex2Totals;
  months: number;
} {
  const counted = months.filter(
    (m) => m.outOfScope === undefined && m.obligation !== null && m.service !== null,
  );
  const zeroed = months.some((m) => m.deduction !== '');
  const count = Math.max(1, counted.length);
  const hundredths = (pick: (m: Annex2Month) => Figure) =>
    counted.reduce((sum, m) => sum + Math.round((pick(m) ?? 0) * 100), 0);
  const columns = {
    obligation: hundredths((m) => m.obligation),
    service: hundredths((m) => m.service),
    bonus: hundredths((m) => m.bonus),
  };
  const each = (turn: (n: number) => number): Annex2Totals => ({
    obligation: turn(columns.obligation) / 100,
    service: turn(columns.service) / 100,
    bonus: turn(columns.bonus) / 100,
    zeroed,
  });
  return {
    sum: each((n) => n),
    average: each((n) => Math.floor((2 * n + count) / (2 * count))),
    months: counted.length,
  };
}
