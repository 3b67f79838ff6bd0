/** `交接单`: everything open that the next recorder or secretary has to know of. */
import type { Appointment, BranchState } from '../../ledger/state.ts';
import { stageOf } from '../../ledger/stage.ts';
import { isOpen } from '../../scheduler/open-jobs.ts';
import { addMonths, monthOf } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command } from '../command.ts';
import type { Here } from '../month/closing.ts';
import { plainRead } from '../month/said.ts';
import { pendingNames } from '../month/publish.ts';
import { listed, monthText } from '../wording.ts';

const STAGE_WORDS: Readonly<Record<ReturnType<typeof stageOf>, string>> = {
  open: '记录中',
  collected: '待评分核定',
  checked: '待公示',
  published: '公示中',
  closed: '待备案',
  filed: '已报备案，等回执',
  received: '已备案',
  returned: '镇里已退回',
};

/** Months spoken of: the one that runs and those before it that are not filed. */
const MONTHS = 4;

export function handoverText(here: Here, role: Appointment['role']): string {
  const { branch } = here;
  const lines = [...monthLines(here), ...recorderLines(branch)];
  if (role !== 'recorder') lines.push(...secretaryLines(branch));
  return lines.length === 0 ? '没有未办的事。' : lines.join('\n');
}

function monthLines({ branch, policy, at }: Here): string[] {
  return Array.from({ length: MONTHS }, (_, i) => addMonths(monthOf(at), i + 1 - MONTHS)).flatMap((month) => {
    const m = branch.months[month];
    const stage = stageOf(m);
    if (!m || m.waived !== null || stage === 'received') return [];
    const unscored = pendingNames(branch, policy, month);
    return [
      `${monthText(month, at)}：${STAGE_WORDS[stage]}${unscored.length > 0 ? `，待评${unscored.length}人：${listed(unscored)}` : ''}`,
    ];
  });
}

function recorderLines(branch: BranchState): string[] {
  const lines: string[] = [];
  const waiting = Object.values(branch.reports).filter((r) => r.state === 'pending');
  if (waiting.length > 0)
    lines.push(`待核实报告${waiting.length}条：${listed(waiting.map((r) => `#${r.number}`))}`);
  const dues = [...new Set(Object.values(branch.months).flatMap((m) => m.duesClaims))];
  if (dues.length > 0) lines.push(`党费说已交、待登记：${listed(dues)}`);
  const accounts = Object.values(branch.accountClaims).length;
  if (accounts > 0) lines.push(`待确认的微信${accounts}个`);
  return lines;
}

function secretaryLines(branch: BranchState): string[] {
  const numbers = (items: readonly { readonly number: number }[]): string =>
    listed(items.map((i) => `${i.number}号`));
  const lines: string[] = [];
  const tickets = Object.values(branch.tickets).filter(isOpen);
  if (tickets.length > 0) lines.push(`未办结异议：${numbers(tickets)}`);
  const proposals = Object.values(branch.proposals).filter((p) => p.state === 'open');
  if (proposals.length > 0) lines.push(`待复核事项：${numbers(proposals)}`);
  const bonuses = Object.values(branch.applications).filter((a) => a.state === 'open');
  if (bonuses.length > 0) lines.push(`待研究加分：${numbers(bonuses)}`);
  const claims = Object.values(branch.people)
    .filter((p) => p.pendingClaim)
    .map((p) => p.name);
  if (claims.length > 0) lines.push(`待同意的岗位认领：${listed(claims)}`);
  const exempt = Object.values(branch.people)
    .filter((p) => p.exemption?.state === 'applied')
    .map((p) => p.name);
  if (exempt.length > 0) lines.push(`待研究的不纳入申请：${listed(exempt)}`);
  const leave = Object.values(branch.meetings).flatMap((m) =>
    Object.entries(m.leave)
      .filter(([, l]) => l.state === 'requested')
      .map(([name]) => name),
  );
  if (leave.length > 0) lines.push(`待批请假：${listed([...new Set(leave)])}`);
  const tasks = Object.values(branch.tasks).filter((t) => !t.done);
  if (tasks.length > 0) lines.push(`未完成的后续任务：${numbers(tasks)}`);
  return lines;
}

export const handover: Command = {
  name: 'handover',
  intent: 'none',
  words: ['交接单', '交接'],
  who: ['secretary', 'deputy', 'recorder'],
  where: ['group', 'private'],
  summary: '交接单：现在还没办完的事（私下）',
  examples: ['交接单'],
  read: plainRead({
    name: 'handover',
    words: [],
    slots: (message, rest) => (rest === '' || message.spokenTo ? {} : null),
  }),
  decide: (request) => {
    const role =
      request.speaker.roles.includes('secretary') || request.speaker.roles.includes('deputy')
        ? 'secretary'
        : 'recorder';
    const text = `【交接单】\n${handoverText(request, role)}`;
    const replies =
      request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
    return { bodies: [], replies };
  },
};
