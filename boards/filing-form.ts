import { type Cell, cell, type Form, type Section } from './form.ts';
import { annex3Section, figureCell, personCell } from './sheets.ts';
import type { FilingView } from './views/filing.ts';
import type { ObjectionLine } from './views/meeting.ts';
import { dateText, periodText, placeText, timeText } from './wording.ts';

const label = (text: string): Cell => cell(text, { bold: true });
const left = (text: string): Cell => cell(text, { align: 'left' });
const small = (text: string): Cell => cell(text, { align: 'left', size: 11 });

const OBJECTION_HEAD = ['编号', '对象', '事项', '提出日期', '结果', '裁定和说明', '答复日期'];
const OBJECTION_WIDTHS = [14, 24, 34, 23, 22, 42, 23];

function objectionCells(line: ObjectionLine): Cell[] {
  return [
    cell(line.number),
    personCell(line.about),
    small(line.item),
    cell(line.filedOn === undefined ? '' : dateText(line.filedOn), { size: 11 }),
    cell(line.outcome, { size: 11 }),
    small([line.ruling ?? '', line.handler === undefined ? '' : `（${line.handler}）`].join('')),
    cell(line.answeredOn === undefined ? '' : dateText(line.answeredOn), { size: 11 }),
  ];
}

const HOW = { reply: '本人回复', proxy: '他人代答', paper: '纸质签字' } as const;

/** What goes to the town after the notice period (R29): cover, sheet, objections and rulings, who did not answer. */
export function filingForm(view: FilingView): Form {
  const { board } = view;
  const place = placeText(board.town, board.branch);
  const what = `${place}${periodText(board.period)}积分备案材料`;
  return {
    name: what,
    footer: `第${board.version}版 · 校验码 ${board.fingerprint.slice(0, 12)}`,
    sections: [
      cover(view, what),
      { ...annex3Section({ ...board, scoredOn: view.scoredOn }), newPage: true },
      ...objections(view),
      answers(view),
    ],
  };
}

function cover(view: FilingView, title: string): Section {
  const { board } = view;
  const by = (how: keyof typeof HOW) => view.confirmations.filter((c) => c.how === how).length;
  const facts: [string, string][] = [
    ['支部', placeText(board.town, board.branch)],
    ['评分周期', periodText(board.period)],
    ['人数', `${board.rows.length}人`],
    [
      '公示',
      `第${board.version}版，${timeText(board.publishedAt)}发布，公示到${dateText(board.closes, true)}`,
    ],
    ['公示结束', timeText(view.closedAt)],
    [
      '确认',
      `${view.confirmations.length}人（${HOW.reply}${by('reply')}，${HOW.proxy}${by('proxy')}，${HOW.paper}${by('paper')}）`,
    ],
    ['未确认', view.unconfirmed.length === 0 ? '无' : `${view.unconfirmed.length}人，名单附后`],
    ['异议', view.objections.length === 0 ? '无' : `${view.objections.length}件，处理情况附后`],
    ['细则版本', board.policy],
    ['校验码', board.fingerprint.match(/.{1,16}/g)?.join('\n') ?? ''],
    ...(view.versions ?? []).map((v): [string, string] => [
      `第${v.version}版`,
      `${timeText(v.publishedAt)}发布，校验码 ${v.fingerprint.slice(0, 12)}${v.changed.length > 0 ? `；变动：${v.changed.join('、')}` : ''}`,
    ]),
  ];
  return {
    sheet: '备案封面',
    title,
    table: {
      widths: [36, 146],
      head: [],
      body: facts.map(([name, value]) => [label(name), left(value)]),
      rowHeight: 12,
    },
    after: [
      { left: `积分记录员：${view.recorder ?? ''}　　　　签字：`, signature: true },
      { left: `支部书记：${view.secretary ?? ''}　　　　签字：`, signature: true },
      { left: '镇组织办意见：', signature: true },
      { left: '', right: '（盖章）　　　　年　　月　　日　　', signature: true },
    ],
  };
}

function objections(view: FilingView): Section[] {
  if (view.objections.length === 0) return [];
  const body = view.objections.map(objectionCells);
  return [
    {
      sheet: '异议和裁定',
      title: '异议和裁定',
      newPage: true,
      table: { widths: OBJECTION_WIDTHS, head: [OBJECTION_HEAD.map(label)], body, rowHeight: 12 },
    },
  ];
}

function answers(view: FilingView): Section {
  const scores = new Map(view.board.rows.map((row) => [row.name, row.total]));
  const body = [
    ...view.confirmations.map((c) => [
      personCell(c.name),
      figureCell(c.score),
      cell(HOW[c.how]),
      cell(c.by ?? ''),
    ]),
    ...view.unconfirmed.map((name) => [
      cell(name),
      figureCell(scores.get(name) ?? null),
      label('未确认'),
      cell(''),
    ]),
  ];
  const head = ['姓名', '合计得分', '怎样确认', '代答或登记人'].map(label);
  return {
    sheet: '确认情况',
    title: '确认情况',
    newPage: true,
    table: { widths: [48, 36, 50, 48], head: [head], body, rowHeight: 10 },
  };
}
