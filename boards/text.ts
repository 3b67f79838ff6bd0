import type { IsoDate } from '../scoring/calendar.ts';
import { shortFingerprint } from './fingerprint.ts';
import { splitMessage } from './message.ts';
import type { BoardRow, BoardView, RowChange, UnconfirmedView } from './views/board.ts';
import type { StageTableView } from './views/filing.ts';
import type { SignInView } from './views/meeting.ts';
import {
  answerWords,
  dateText,
  figureText,
  periodText,
  placeText,
  postsText,
  starsText,
  sumText,
  UNSCORED,
  weekdayText,
} from './wording.ts';

/** The one text that goes with the board's picture: what it is, until when, and how to answer. */
export function boardNotice(view: BoardView): string {
  const unscored = view.rows.filter((row) => row.total === null).length;
  const lines = [
    `【公示】${placeText(view.town, view.branch)} ${periodText(view.period)}积分（第${view.version}版，${view.rows.length}人）`,
    `公示到${closing(view.closes)}为止。${howToAnswer(view)}`,
  ];
  if (unscored > 0) lines.push(`其中${unscored}人尚未评分，注明“${UNSCORED}”，不是0分。`);
  if (view.note !== undefined) lines.push(view.note);
  lines.push(`校验码 ${shortFingerprint(view.fingerprint)} · 细则 ${view.policy}`);
  return lines.join('\n');
}

/** The whole board as text, in roster order; several messages where one cannot hold it. Exactly 附件3's columns (R27). */
export function boardText(view: BoardView): string[] {
  const head = `${placeText(view.town, view.branch)} ${periodText(view.period)}积分公示榜 第${view.version}版`;
  const rows = view.rows.map((row, i) => `${i + 1}. ${rowText(row)}`);
  return splitMessage(head, [
    '姓名｜岗位｜义务40＋岗位60＋加分＝合计',
    ...rows,
    ...(view.note === undefined ? [] : [view.note]),
    `公示到${closing(view.closes)}为止。${howToAnswer(view)}`,
    `校验码 ${shortFingerprint(view.fingerprint)} · 细则 ${view.policy}`,
  ]);
}

function howToAnswer(view: BoardView): string {
  const { confirm, object } = answerWords(view.period);
  return `没有问题请回复“${confirm}”；有问题请回复“${object}”加哪一项不对，也可以私聊我。`;
}

/** One row: `张三｜治安巡逻、环境卫生｜40+58+2＝100`, with 年度清零 and a year's grade where there is one. */
export function rowText(row: BoardRow): string {
  const parts = [row.name, postsText(row.posts) || '未认领', sumText(row)];
  if (row.deduction !== '') parts.push(row.deduction);
  if (row.grade) parts.push(`${row.grade}${starsText(row.stars)}`);
  return parts.join('｜');
}

/** What changed between two versions, for the group: only the changed rows, and whose confirmation is void (R28, R34). */
export function differenceText(view: BoardView, changes: readonly RowChange[]): string[] {
  const head = `【更正】${placeText(view.town, view.branch)} ${periodText(view.period)}积分 第${view.version}版，${changes.length}行有变动`;
  const blocks = changes.map(changeText);
  const again = changes.filter((c) => c.after !== null).map((c) => c.name);
  const last =
    again.length > 0 ? `请${again.join('、')}重新确认；其他人已确认的仍然有效。` : '其他人已确认的仍然有效。';
  return splitMessage(head, [
    ...blocks,
    last,
    `公示到${closing(view.closes)}为止。校验码 ${shortFingerprint(view.fingerprint)}`,
  ]);
}

function changeText({ name, before, after }: RowChange): string {
  if (before === null && after !== null) return `${name}：新增 ${sumText(after)}${zeroText(after)}`;
  if (after === null) return `${name}：不再列入`;
  const figures = [
    ['岗位', postsText(before!.posts), postsText(after.posts)],
    ['义务', figureText(before!.obligation), figureText(after.obligation)],
    ['岗位分', figureText(before!.service), figureText(after.service)],
    ['加分', figureText(before!.bonus), figureText(after.bonus)],
    ['扣分项', before!.deduction || '无', after.deduction || '无'],
    ['合计', figureText(before!.total), figureText(after.total)],
    ['等次', before!.grade ?? '无', after.grade ?? '无'],
  ].filter(([, was, is]) => was !== is);
  return `${name}：${figures.map(([label, was, is]) => `${label} ${was}→${is}`).join('，')}`;
}

function zeroText(row: BoardRow): string {
  return row.deduction === '' ? '' : ` ${row.deduction}`;
}

/** The rows that differ between two versions of a board, in the newer one's order, those that left at the end. */
export function changedRows(before: readonly BoardRow[], after: readonly BoardRow[]): RowChange[] {
  const old = new Map(before.map((row) => [row.name, row]));
  const now = new Set(after.map((row) => row.name));
  const changes: RowChange[] = [];
  for (const row of after) {
    const was = old.get(row.name) ?? null;
    if (was === null || !sameRow(was, row)) changes.push({ name: row.name, before: was, after: row });
  }
  for (const row of before)
    if (!now.has(row.name)) changes.push({ name: row.name, before: row, after: null });
  return changes;
}

function sameRow(a: BoardRow, b: BoardRow): boolean {
  const parts = (row: BoardRow) =>
    JSON.stringify([
      row.posts,
      row.obligation,
      row.service,
      row.bonus,
      row.deduction,
      row.total,
      row.grade ?? null,
      row.stars ?? null,
    ]);
  return parts(a) === parts(b);
}

/** Who has not answered, and what can be done about it (`tail`); for the secretary in private. */
export function unconfirmedText(view: UnconfirmedView, tail: readonly string[] = []): string[] {
  const head = `${periodText(view.period)}第${view.version}版：已确认${view.confirmed}/${view.members}`;
  const waiting = view.people.filter((person) => !person.objecting);
  if (waiting.length === 0) return splitMessage(`${head}，没有要催的人。`, [...objecting(view), ...tail]);
  const byGroup = new Map<string, string[]>();
  for (const person of waiting) {
    const group = person.group ?? '';
    const mark = person.reminded ? `（已提醒${person.reminded}次）` : '';
    byGroup.set(group, [...(byGroup.get(group) ?? []), person.name + mark]);
  }
  const lines = [...byGroup].map(([group, names]) =>
    group === '' ? names.join('、') : `${group}：${names.join('、')}`,
  );
  return splitMessage(`${head}，还有${waiting.length}人没有答复`, [
    ...lines,
    ...objecting(view),
    `公示到${closing(view.closes)}为止。`,
    ...tail,
  ]);
}

function objecting(view: UnconfirmedView): string[] {
  const names = view.people.filter((person) => person.objecting).map((person) => person.name);
  return names.length > 0 ? [`有异议正在处理：${names.join('、')}`] : [];
}

/** How far a sign-in has come, in one line for the group. */
export function signInText(view: SignInView): string {
  const here = view.members.filter(
    (m) => m.mark === 'present' || m.mark === 'late' || m.mark === 'early',
  ).length;
  const leave = view.members.filter((m) => m.mark === 'leave').length;
  const rest = view.members.filter((m) => m.mark === undefined).length;
  const parts = [`已签到${here}/${view.members.length}`];
  if (leave > 0) parts.push(`已准假${leave}`);
  if (rest > 0) parts.push(`未到${rest}`);
  return `${dateText(view.date)}${view.meeting}：${parts.join('，')}`;
}

/** Where all branches stand, late ones first (R36): never a score. */
export function stageText(view: StageTableView): string[] {
  const late = view.rows.filter((row) => row.daysLate > 0);
  const head = `${view.town} ${periodText(view.period)}各支部进度：${view.rows.length}个支部，${late.length > 0 ? `${late.length}个逾期` : '没有逾期'}`;
  const lines = stageOrder(view).map((row) => {
    const facts = [row.stage];
    if (row.daysLate > 0) facts.push(`逾期${row.daysLate}天`);
    if (row.openTickets > 0) facts.push(`异议${row.openTickets}件`);
    if (row.unconfirmed !== null && row.unconfirmed > 0) facts.push(`未确认${row.unconfirmed}人`);
    if (row.waitsFor !== undefined) facts.push(`等${row.waitsFor}`);
    return `${row.daysLate > 0 ? '● ' : '　'}${row.branch}：${facts.join('，')}`;
  });
  return splitMessage(head, lines);
}

/** Late branches first, the latest on top; the others by how far they are behind, then in the town's own order. */
export function stageOrder(view: StageTableView): StageTableView['rows'] {
  return [...view.rows].sort((a, b) => b.daysLate - a.daysLate || a.progress - b.progress);
}

function closing(date: IsoDate): string {
  return `${dateText(date)}（${weekdayText(date)}）`;
}
