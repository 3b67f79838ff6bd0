import { type Cell, cell, type Form, type Line, type Section } from './form.ts';
import { annex3Section, figureCell } from './sheets.ts';
import { stageOrder } from './text.ts';
import type {
  AgendaRow,
  AgendaView,
  FilingView,
  ObjectionLine,
  SignInView,
  StageTableView,
  UnconfirmedView,
} from './views.ts';
import {
  branchText,
  dateText,
  figureText,
  periodText,
  placeText,
  shortPost,
  timeText,
  UNSCORED,
  weekdayText,
} from './wording.ts';

const label = (text: string): Cell => cell(text, { bold: true });
const left = (text: string): Cell => cell(text, { align: 'left' });
const small = (text: string): Cell => cell(text, { align: 'left', size: 11 });

/** What the committee checks before 主题党日 (R13): everybody's record, then what waits for a decision. */
export function agendaForm(view: AgendaView): Form {
  const title = `${placeText(view.town, view.branch)}支委会积分核实议程`;
  const before: Line[] = [
    {
      left: `会议：${dateText(view.meeting, true)}（${weekdayText(view.meeting)}）`,
      right: `整理时间：${timeText(view.preparedAt)}`,
    },
  ];
  const people: Section = {
    sheet: '逐人情况',
    title,
    subtitle: `（${periodText(view.month)}）`,
    before,
    table: {
      widths: [25, 18, 44, 50, 16, 29],
      head: [
        ['姓名', '义务\n（40分）', '扣分事项', '岗位：已核实次数/最少次数，建议分', '加分', '支委会定分'].map(
          label,
        ),
      ],
      body: view.rows.map(agendaCells),
      rowHeight: 12,
    },
    after: [
      { left: '“建议”只按次数推算，岗位得分由支委会决定。本表含扣分事项，只供支委会使用，不得公示。' },
      { left: '参会支委签字：', right: '支部书记签字：　　　　　　　', signature: true },
    ],
  };
  return { name: `${title} ${periodText(view.month)}`, sections: [people, ...agendaLists(view)] };
}

function agendaCells(row: AgendaRow): Cell[] {
  const posts = row.posts.map((post) => {
    const count = `${post.done}${post.minimum === null ? '' : `/${post.minimum}`}次`;
    const score =
      post.given === null
        ? post.suggested === null
          ? UNSCORED
          : `建议${figureText(post.suggested)}`
        : `已评${figureText(post.given)}`;
    return `${shortPost(post.post)} ${count} ${score}`;
  });
  return [
    cell(row.name, { size: 13 }),
    figureCell(row.obligation),
    small(row.deductions.join('\n')),
    small(posts.join('\n') || '未认领'),
    figureCell(row.bonus),
    cell(''),
  ];
}

function agendaLists(view: AgendaView): Section[] {
  const title = (text: string) => `${periodText(view.month)}${text}`;
  const list = (sheet: string, head: string[], widths: number[], body: Cell[][]): Section[] =>
    body.length === 0
      ? []
      : [{ sheet, title: title(sheet), table: { widths, head: [head.map(label)], body, rowHeight: 12 } }];
  return [
    ...list(
      '待会议决定的加分',
      ['编号', '姓名', '事项', '建议分', '会议决定'],
      [18, 28, 80, 22, 34],
      view.bonusClaims.map((c) => [
        cell(c.number ?? ''),
        cell(c.name),
        left(c.item),
        cell(c.points ?? ''),
        cell(''),
      ]),
    ),
    ...list(
      '待核实的报告',
      ['编号', '内容', '核实结果'],
      [20, 122, 40],
      view.unverified.map((r) => [cell(r.number), left(r.text), cell('')]),
    ),
    ...list('未结异议', OBJECTION_HEAD, OBJECTION_WIDTHS, view.objections.map(objectionCells)),
    ...list('会上通报的裁定', OBJECTION_HEAD, OBJECTION_WIDTHS, view.rulings.map(objectionCells)),
    ...list(
      '其他事项',
      ['事项', '会议决定'],
      [132, 50],
      (view.notes ?? []).map((note) => [left(note), cell('')]),
    ),
  ];
}

const OBJECTION_HEAD = ['编号', '对象', '事项', '提出日期', '结果', '裁定和说明', '答复日期'];
const OBJECTION_WIDTHS = [14, 24, 34, 23, 22, 42, 23];

function objectionCells(line: ObjectionLine): Cell[] {
  return [
    cell(line.number),
    cell(line.about),
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
      { ...annex3Section(board), newPage: true },
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
      {
        left: `积分记录员：${view.recorder ?? ''}　　　　签字：`,
        right: `支部书记：${view.secretary ?? ''}　　　　签字：　　　　　　　`,
        signature: true,
      },
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
    ...view.confirmations.map((c) => [cell(c.name), figureCell(c.score), cell(HOW[c.how]), cell(c.by ?? '')]),
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

/** Whom to phone, with room to mark each call; for the secretary alone. */
export function unconfirmedForm(view: UnconfirmedView): Form {
  const what = `${branchText(view.branch)}${periodText(view.period)}积分未确认人员电话核对单`;
  const people = view.people.filter((person) => !person.objecting);
  return {
    name: what,
    sections: [
      {
        sheet: '未确认名单',
        title: what,
        before: [
          {
            left: `第${view.version}版，已确认${view.confirmed}/${view.members}人`,
            right: `公示到${dateText(view.closes, true)}为止`,
          },
        ],
        table: {
          widths: [12, 30, 24, 18, 22, 22, 16, 16, 22],
          head: [
            [
              '序号',
              '姓名',
              '所在组',
              '合计\n得分',
              '第一次\n拨打',
              '第二次\n拨打',
              '确认',
              '有异议',
              '代答人',
            ].map(label),
          ],
          body: people.map((person, i) => [
            cell(i + 1),
            cell(person.name, { size: 13 }),
            cell(person.group ?? ''),
            figureCell(person.total),
            ...['　月　日', '　月　日'].map((text) => cell(text, { size: 11 })),
            ...['□', '□'].map((text) => cell(text, { size: 16 })),
            cell(''),
          ]),
          rowHeight: 12,
        },
        after: [
          {
            left: '电话里先说版本和得分，再问有没有意见；“收到”不算确认。',
            right: '拨打人签字：　　　　　　　',
            signature: true,
          },
        ],
      },
    ],
  };
}

const MARKS = { present: '到', late: '迟到', early: '早退', leave: '已准假', absent: '缺席' } as const;

/** A sheet to sign at the door: two people a row, so that a branch of forty-five fits one page. */
export function signInForm(view: SignInView): Form {
  const what = `${branchText(view.branch)}${view.meeting}签到表`;
  const half = Math.ceil(view.members.length / 2);
  const person = (i: number): Cell[] => {
    const member = view.members[i];
    if (member === undefined) return [cell(''), cell(''), cell('')];
    return [
      cell(i + 1),
      cell(member.name, { size: 13 }),
      cell(member.mark === undefined ? '' : MARKS[member.mark]),
    ];
  };
  return {
    name: `${what} ${view.date}`,
    sections: [
      {
        sheet: '签到表',
        title: what,
        before: [
          {
            left: `时间：${dateText(view.date, true)}（${weekdayText(view.date)}）`,
            right: `地点：${view.place ?? '　　　　　　　　'}`,
          },
          {
            left: `应到：${view.members.length}人　　实到：　　　人　　请假：　　　人　　缺席：　　　人`,
            right: '记录人：　　　　　　',
          },
        ],
        table: {
          widths: [12, 32, 47, 12, 32, 47],
          head: [['序号', '姓名', '签到', '序号', '姓名', '签到'].map(label)],
          body: Array.from({ length: half }, (_, i) => [...person(i), ...person(half + i)]),
          rowHeight: 9.6,
        },
      },
    ],
  };
}

/** Where every branch stands, late ones first (R36). */
export function stageForm(view: StageTableView): Form {
  const what = `${view.town}各支部积分工作进度表`;
  return {
    name: `${what} ${periodText(view.period)}`,
    landscape: true,
    sections: [
      {
        sheet: '进度表',
        title: what,
        subtitle: `（${periodText(view.period)}）`,
        before: [
          {
            left: `${view.rows.length}个支部，逾期${view.rows.filter((row) => row.daysLate > 0).length}个`,
            right: `统计时间：${timeText(view.at)}`,
          },
        ],
        table: {
          widths: [14, 84, 22, 34, 24, 24, 24, 42],
          head: [['序号', '支部', '党员数', '阶段', '逾期天数', '未结异议', '未确认', '等待'].map(label)],
          body: stageOrder(view).map((row, i) => [
            cell(i + 1),
            cell(row.branch, { align: 'left', bold: row.daysLate > 0 }),
            cell(row.members),
            cell(row.stage),
            cell(row.daysLate > 0 ? row.daysLate : '', { bold: true }),
            cell(row.openTickets > 0 ? row.openTickets : ''),
            cell(row.unconfirmed ?? '—'),
            small(row.waitsFor ?? ''),
          ]),
          rowHeight: 9,
        },
      },
    ],
  };
}
