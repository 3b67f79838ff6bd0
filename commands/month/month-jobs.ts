/** The calendar's turn: a month collected, a committee's agenda, a new year. */
import { agendaText } from '../../boards/private-text.ts';
import { inScope } from '../../ledger/case.ts';
import { body } from '../../ledger/kinds.ts';
import { holdersOf } from '../../ledger/roles.ts';
import type { BranchState } from '../../ledger/state.ts';
import { themeDate } from '../../scheduler/calendar-jobs.ts';
import {
  addDays,
  addMonths,
  dateOfTime,
  type IsoMonth,
  type LocalTime,
  monthOf,
  yearOf,
} from '../../scoring/calendar.ts';
import { type Decision, type JobRequest, notice, type Reply } from '../command.ts';
import { verifierText } from '../report/verifier.ts';
import { listed, monthText } from '../wording.ts';
import { agendaView } from './agenda-view.ts';
import type { Here } from './closing.ts';
import { pendingNames } from './publish.ts';
import { bossOf } from './boss.ts';

/** Months without dues after which the secretary is told, privately and without any consequence (R16). */
const UNPAID_MONTHS = 6;

export function yearJob(request: JobRequest): Decision {
  const year = yearOf(request.due);
  const m = monthText(`${year - 1}-12`, request.due);
  const text = `${year}年度积分从今天开始。${m}的评分、公示和备案照常办完，备案前不关。`;
  return {
    bodies: [body('year-opened', { year })],
    replies: [notice(bossOf(request.branch, request.at), text)],
  };
}

/** The 1st: last month is collected, and the recorder hears what is missing. */
export function collectJob(request: JobRequest): Decision {
  const month = addMonths(monthOf(request.due), -1);
  const to = holdersOf(request.branch, 'recorder', request.at).length > 0 ? 'recorder' : 'secretary';
  const replies: Reply[] = [notice({ role: to }, missingText(request, month))];
  const recorders = holdersOf(request.branch, to, request.at);
  for (const [who, numbers] of waitingReports(request, month))
    if (!recorders.includes(who))
      replies.push(
        notice(
          { person: who },
          `${monthText(month, request.at)}还有${numbers.length}条报告等您核实：${listed(numbers)}。回复“核实 全部”看详情。`,
        ),
      );
  const unpaid = longUnpaid(request.branch, month);
  if (unpaid.length > 0)
    replies.push(
      notice(
        bossOf(request.branch, request.at),
        `${listed(unpaid)}的党费已连续${UNPAID_MONTHS}个月没有登记为已交，请了解情况。`,
      ),
    );
  return { bodies: [body('month-collected', { month })], replies };
}

/** The numbers of a month's reports that wait, by who is to verify them. */
function waitingReports({ branch, at }: Pick<Here, 'branch' | 'at'>, month: IsoMonth): Map<string, string[]> {
  const waiting = new Map<string, string[]>();
  for (const r of Object.values(branch.reports)) {
    if (r.state !== 'pending' || monthOf(r.date) !== month) continue;
    const who = verifierText(branch, r.names, at);
    waiting.set(who, [...(waiting.get(who) ?? []), `#${r.number}`]);
  }
  return waiting;
}

/** What a month still needs from the recorder. */
export function missingText({ branch, policy, at }: Here, month: IsoMonth): string {
  const lines: string[] = [];
  const waiting = waitingReports({ branch, at }, month);
  if (waiting.size > 0) {
    const recorder = holdersOf(branch, 'recorder', at)[0];
    const count = [...waiting.values()].flat().length;
    const parts = [...waiting].map(([who, numbers]) =>
      who === recorder ? listed(numbers) : `${listed(numbers)}由${who}核实`,
    );
    lines.push(`待核实的报告${count}条：${parts.join('；')}`);
  }
  const unscored = pendingNames(branch, policy, month);
  if (unscored.length > 0) lines.push(`岗位待评${unscored.length}人：${listed(unscored)}`);
  const m = branch.months[month];
  const members = Object.values(branch.people).filter((p) => inScope(p, month));
  const dues = members.map((p) => p.name).filter((name) => m?.dues[name] === undefined);
  if (dues.length === members.length) lines.push('党费还没有登记（不登记按已交算）');
  else if (dues.length > 0) lines.push(`党费没有登记${dues.length}人：${listed(dues)}（不登记按已交算）`);
  if (m && m.duesClaims.length > 0) lines.push(`党费说已交、待登记：${listed(m.duesClaims)}`);
  const open = Object.values(branch.meetings).filter(
    (x) =>
      monthOf(x.date) === month &&
      !x.cancelled &&
      !x.committeeOnly &&
      Object.keys(x.marks).length === 0 &&
      !x.complete,
  );
  for (const x of open)
    lines.push(`${Number(x.date.slice(5, 7))}月${Number(x.date.slice(8))}日${x.name}没有考勤`);
  const head = `${monthText(month, at)}${month < monthOf(at) ? '到期汇总' : '到现在'}`;
  return lines.length === 0
    ? `${head}：没有缺的，可以请支委会核定。`
    : `${head}，还缺：\n${lines.join('\n')}`;
}

/** Members whose dues were recorded as unpaid in each of the last six months. */
function longUnpaid(branch: BranchState, last: IsoMonth): string[] {
  const months = Array.from({ length: UNPAID_MONTHS }, (_, i) => addMonths(last, -i));
  return Object.keys(branch.people).filter((name) =>
    months.every((m) => branch.months[m]?.dues[name] === 'unpaid'),
  );
}

/** The day before 主题党日: the agenda pack of the month before, as text and as a file to print (R13). */
export function agendaJob(request: JobRequest): Decision {
  const meeting = themeDate(request.branch, monthOf(addDays(dateOfTime(request.due), 1)));
  const month = addMonths(monthOf(meeting), -1);
  return agendaPack(request, month, meeting, request.at);
}

export function agendaPack(request: Here, month: IsoMonth, meeting: string, at: LocalTime): Decision {
  const { branch, policy } = request;
  const view = agendaView(branch, policy, month, meeting, at);
  const texts = agendaText(view);
  const attachment = {
    kind: 'file' as const,
    name: `${branch.name}${month}支委会议程.docx`,
    form: 'agenda-word',
    view,
  };
  return {
    bodies: [body('agenda-issued', { month, date: meeting })],
    replies: texts.map((text, i) => ({
      ...notice(bossOf(request.branch, request.at), text),
      ...(i === texts.length - 1 ? { attachment } : {}),
    })),
  };
}
