/** What waits for one person at this moment, so that help begins with it. */
import { inScope } from '../../ledger/case.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { standingBoard } from '../../ledger/stage.ts';
import { addDays, addMonths, dateOfTime, monthOf } from '../../scoring/calendar.ts';
import type { Request } from '../command.ts';
import { shortfallsOf } from '../query/own-record.ts';
import { mayVerify } from '../report/verifier.ts';
import { activityName, dayText, listed, monthText } from '../wording.ts';

/** One line each: what is open, and the words that answer it. */
export function waitingFor(request: Request): string[] {
  return [...asMember(request), ...asRecorder(request), ...asSecretary(request)];
}

function asMember({ branch, policy, speaker, at }: Request): string[] {
  const name = speaker.name;
  const today = dateOfTime(at);
  const lines: string[] = [];
  for (const [month, state] of Object.entries(branch.months)) {
    const board = standingBoard(state);
    if (
      board &&
      !state.closedAt &&
      !state.filed &&
      board.rows.some((r) => r.name === name) &&
      !state.confirmed[name]
    )
      lines.push(`${monthText(month, at)}公示等您答复：没意见回复“确认”，有意见回复“异议”加哪一项`);
  }
  for (const m of Object.values(branch.meetings)) {
    if (m.cancelled || m.committeeOnly || m.date < today || m.date > addDays(today, 7)) continue;
    if (m.date === today && m.signIn === 'open' && m.signedIn[name] === undefined)
      lines.push(`${m.name}正在签到：到了回复“到”`);
    else if (m.leave[name] === undefined && Object.keys(m.marks).length === 0)
      lines.push(
        `${dayText(m.date, at)}${m.at ?? ''}${m.name}：来不了请说“${dayText(m.date, at)}的${m.name}我请假”`,
      );
  }
  const named = Object.values(branch.reports)
    .filter((r) => r.state === 'pending' && r.by !== name && r.names.includes(name))
    .at(-1);
  if (named)
    lines.push(
      `${named.by}报告里有您（#${named.number}，${dayText(named.date, at)}${activityName({ branch, policy }, named.post)}）：没参加请回复“#${named.number} 不是我”`,
    );
  const rejected = Object.values(branch.reports)
    .filter((r) => r.state === 'rejected' && r.by === name && r.at.slice(0, 7) >= addMonths(monthOf(at), -1))
    .at(-1);
  if (rejected)
    lines.push(
      `#${rejected.number}没有通过核实（${rejected.reason ?? ''}）：可以“补报 ${rejected.number} 说明”`,
    );
  return [...lines, ...shortfallsOf(branch, policy, name, monthOf(at), at)];
}

function asRecorder({ branch, speaker, at }: Request): string[] {
  const lines: string[] = [];
  const waiting = Object.values(branch.reports).filter(
    (r) => r.state === 'pending' && mayVerify(branch, speaker.name, r, at),
  ).length;
  if (waiting > 0) lines.push(`${waiting}条报告待核实：回复“核实 全部”先看一遍`);
  if (!speaker.roles.includes('recorder')) return lines;
  const paid = [...new Set(Object.values(branch.months).flatMap((m) => m.duesClaims))];
  if (paid.length > 0) lines.push(`说交了党费、等您登记：${listed(paid)}`);
  const held = Object.values(branch.meetings).filter(
    (m) =>
      !m.cancelled &&
      !m.committeeOnly &&
      m.date <= dateOfTime(at) &&
      m.date.slice(0, 7) >= addMonths(monthOf(at), -1) &&
      Object.keys(m.marks).length === 0 &&
      !m.complete,
  );
  if (held.length > 0)
    lines.push(`考勤还没登记：${listed(held.map((m) => `${dayText(m.date, at)}${m.name}`))}`);
  const last = addMonths(monthOf(at), -1);
  const unscored = Object.values(branch.people).filter(
    (p) =>
      inScope(p, last) &&
      postsIn(p, last).some((post) => branch.months[last]?.scores[p.name]?.[post] === undefined),
  );
  if (unscored.length > 0 && !standingBoard(branch.months[last]))
    lines.push(`${monthText(last, at)}岗位还没评分：${unscored.length}人`);
  return lines;
}

function asSecretary({ branch, speaker, at }: Request): string[] {
  if (!speaker.roles.some((r) => r === 'secretary' || r === 'deputy')) return [];
  const lines: string[] = [];
  const leave = Object.values(branch.meetings).flatMap((m) =>
    Object.entries(m.leave)
      .filter(([n, l]) => l.state === 'requested' && n !== speaker.name)
      .map(([n]) => `${n}（${dayText(m.date, at)}${m.name}）`),
  );
  if (leave.length > 0) lines.push(`请假待批：${listed(leave)}，同意请回复“准假 姓名”`);
  const claims = Object.values(branch.people)
    .filter((p) => p.pendingClaim !== null && p.name !== speaker.name)
    .map((p) => p.name);
  if (claims.length > 0) lines.push(`岗位认领待同意：${listed(claims)}，同意请回复“同意认领 姓名”`);
  const tickets = Object.values(branch.tickets).filter(
    (t) => t.state === 'open' || t.state === 'investigating',
  );
  if (tickets.length > 0) lines.push(`未结异议：${listed(tickets.map((t) => `${t.number}号`))}`);
  return lines;
}
