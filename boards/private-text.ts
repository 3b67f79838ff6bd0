import { splitMessage } from './message.ts';
import type { AgendaRow, AgendaView, ObjectionLine } from './views/meeting.ts';
import type { ExplanationView } from './views/member.ts';
import type { SettlementView } from './views/year.ts';
import { dateText, figureText, periodText, shortPost, starsText, UNSCORED, weekdayText } from './wording.ts';

/**
 * Texts that are said to one person in private, or to the committee: a member's own record with its reasons, the
 * agenda pack, the year before it is decided. None of these may go to a group (R27, conversation: manners 7).
 */

/** A member's own score with every line and its clause, what is still short, and how to object. */
export function explanationText(view: ExplanationView): string[] {
  const head = `${view.name} ${periodText(view.period)}积分：${figureText(view.total)}（${view.state}）`;
  const items = view.items.map((item) => {
    const first = `${item.label} ${item.points === null ? UNSCORED : `${figureText(item.points)}/${item.of}`}`;
    const lines = item.lines.map((line) => {
      const points = line.points === undefined ? '' : ` ${signed(line.points)}`;
      return `  · ${line.text}${points}${line.clause === undefined ? '' : `（${line.clause}）`}`;
    });
    return [first, ...lines].join('\n');
  });
  const tail = view.shortfalls.map((text) => `还差：${text}`);
  if (view.yearSoFar !== undefined) {
    const { months, mean, bonus } = view.yearSoFar;
    tail.push(`今年到现在：${months}个月，月均${figureText(mean)}，加分累计${figureText(bonus)}`);
  }
  tail.push('有不对的地方，回复“异议”加哪一项，由书记或副书记处理。');
  return splitMessage(head, [...items, ...tail]);
}

function signed(points: number): string {
  return points < 0 ? `−${figureText(-points)}` : `+${figureText(points)}`;
}

/** The agenda pack as chat text for the secretary: first what needs a decision, then everybody's record (R13). */
export function agendaText(view: AgendaView): string[] {
  const unscored = view.rows.filter((row) => row.posts.some((post) => post.given === null));
  const head = `${view.branch} ${periodText(view.month)}支委会议程（${dateText(view.meeting)}${weekdayText(view.meeting)}会议用）`;
  const blocks: string[] = [];
  const list = (title: string, lines: readonly string[]) => {
    if (lines.length > 0) blocks.push([`【${title}】${lines.length}项`, ...lines].join('\n'));
  };
  list(
    '待核实的报告',
    view.unverified.map((r) => `#${r.number} ${r.text}`),
  );
  list(
    '待会议决定的加分',
    view.bonusClaims.map(
      (c) =>
        `${c.number === undefined ? '' : `#${c.number} `}${c.name}：${c.item}${c.points === null ? '' : `，建议${figureText(c.points)}分`}`,
    ),
  );
  list('未结异议', view.objections.map(objectionText));
  list('要在会上通报的裁定', view.rulings.map(objectionText));
  list('其他', view.notes ?? []);
  if (unscored.length > 0)
    blocks.push(`【岗位${UNSCORED}】${unscored.length}人：${unscored.map((row) => row.name).join('、')}`);
  blocks.push(`【逐人情况】${view.rows.length}人`);
  return splitMessage(head, [...blocks, ...view.rows.map(agendaRowText)]);
}

export function agendaRowText(row: AgendaRow): string {
  const posts = row.posts.map((post) => {
    const count = post.minimum === null ? `${post.done}次` : `${post.done}/${post.minimum}次`;
    const score =
      post.given === null
        ? post.suggested === null
          ? UNSCORED
          : `建议${figureText(post.suggested)}`
        : `${figureText(post.given)}分`;
    return `${shortPost(post.post)}${count} ${score}`;
  });
  const parts = [
    `义务${figureText(row.obligation)}${row.deductions.length > 0 ? `（${row.deductions.join('；')}）` : ''}`,
  ];
  parts.push(posts.length > 0 ? posts.join('，') : '未认领岗位');
  if (row.bonus !== null && row.bonus !== 0) parts.push(`加分${figureText(row.bonus)}`);
  return `${row.name}：${parts.join('；')}`;
}

export function objectionText(line: ObjectionLine): string {
  const parts = [`${line.number}号 ${line.about} ${line.item}：${line.outcome}`];
  if (line.ruling !== undefined) parts.push(`答复“${line.ruling}”`);
  if (line.due !== undefined && line.answeredOn === undefined) parts.push(`${dateText(line.due)}前答复`);
  return parts.join('，');
}

/** One line for a reading and a grade, with everybody whom it would move there. */
function sensitivityLines(moved: SettlementView['sensitivity']): string[] {
  const names = new Map<string, string[]>();
  for (const { name, reading, to } of moved) {
    const what = `${reading} → ${to}`;
    names.set(what, [...(names.get(what) ?? []), name]);
  }
  return [...names].map(([what, who]) => `${what}：${who.join('、')}`);
}

/** The year before or after the branch's decision: blocked months, quota, ties, differing grades, follow-ups. */
export function settlementText(view: SettlementView): string[] {
  const head = `${view.branch} ${view.year}年度积分评定`;
  if (view.blocked.length > 0)
    return splitMessage(head, [
      `还不能评定：${view.blocked.map(periodText).join('、')}有人${UNSCORED}。请先打分，或由书记说明理由免评。`,
    ]);
  const blocks: string[] = [];
  if (view.quota !== null) {
    const { base, places, used, tied } = view.quota;
    blocks.push(
      `优秀名额 ${used}/${places}（党员总数${base}人的20%）${tied.length > 0 ? `；末位并列，请支委会决定：${tied.join('、')}` : ''}`,
    );
  }
  blocks.push(
    ...view.rows.map((row, i) => {
      const grade = row.standing ?? row.decided ?? row.computed ?? '待定';
      const differs =
        row.decided && row.computed && row.decided !== row.computed
          ? `（计算为${row.computed}${row.reason ? `：${row.reason}` : ''}）`
          : '';
      return `${i + 1}. ${row.name} ${figureText(row.score)}＝月均${figureText(row.mean)}＋加分${figureText(row.bonus)}（${row.months}个月） ${grade}${starsText(row.stars)}${differs}`;
    }),
  );
  if (view.sensitivity.length > 0)
    blocks.push(['换一种读法会改变等次的：', ...sensitivityLines(view.sensitivity)].join('\n'));
  if (view.followUps.length > 0)
    blocks.push(
      [
        '后续任务：',
        ...view.followUps.map(
          (f) =>
            `${f.name}：${f.task}${f.owner ? `，${f.owner}负责` : ''}${f.due ? `，${dateText(f.due, true)}前` : ''}${f.done ? `，${dateText(f.done)}完成` : ''}`,
        ),
      ].join('\n'),
    );
  return splitMessage(head, blocks);
}
