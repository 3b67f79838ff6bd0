import { type Cell, cell, type Form, type Line, type Section } from './form.ts';
import { figureCell, personCell } from './sheets.ts';
import type { AgendaRow, AgendaView, ObjectionLine } from './views/meeting.ts';
import {
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
      widths: [25, 17, 42, 56, 15, 27],
      head: [
        ['姓名', '义务\n40分', '扣分事项', '岗位：已核实/最少次数，\n建议分', '加分', '支委会定分'].map(
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
    personCell(row.name),
    figureCell(row.obligation),
    small(row.deductions.join('\n')),
    small(posts.join('\n') || '未认领'),
    figureCell(row.bonus),
    cell(''),
  ];
}

// One table for everything that waits for the meeting, so that the pack stays at a page or two.
function agendaLists(view: AgendaView): Section[] {
  const body = [
    ...view.bonusClaims.map((c) =>
      matter(
        '加分',
        c.number,
        c.name,
        c.points === null ? c.item : `${c.item}，建议${figureText(c.points)}分`,
      ),
    ),
    ...view.unverified.map((r) => matter('待核实', r.number, '', r.text)),
    ...view.objections.map((o) => matter('未结异议', o.number, o.about, objectionWords(o))),
    ...view.rulings.map((o) => matter('通报裁定', o.number, o.about, objectionWords(o))),
    ...(view.notes ?? []).map((note) => matter('其他', undefined, '', note)),
  ];
  if (body.length === 0) return [];
  const head = ['类别', '编号', '对象', '事项', '会议决定'].map(label);
  const table = { widths: [24, 16, 26, 80, 36], head: [head], body, rowHeight: 12 };
  return [{ sheet: '待办和通报', title: `${periodText(view.month)}待办和通报事项`, table }];
}

function matter(kind: string, number: number | undefined, about: string, text: string): Cell[] {
  return [label(kind), cell(number ?? ''), personCell(about), left(text), cell('')];
}

function objectionWords(line: ObjectionLine): string {
  const parts = [`${line.item}：${line.outcome}`];
  if (line.ruling !== undefined) parts.push(line.ruling);
  if (line.due !== undefined && line.answeredOn === undefined) parts.push(`${dateText(line.due)}前答复`);
  return parts.join('，');
}
