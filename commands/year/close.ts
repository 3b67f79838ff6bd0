/** Closing a year: by the clock on the eighth day, or by the secretary where the clock could not; follow-ups become tasks (R11, R32). */
import { dateText } from '../../boards/wording.ts';
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addDays, dateOfTime, type IsoDate } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import {
  answer,
  type Command,
  type Decision,
  type JobRequest,
  notice,
  type Outcome,
  refuse,
  type Request,
} from '../command.ts';
import { annex3OfYear } from './year-sheet.ts';
import { bossOf } from '../month/boss.ts';
import type { Here } from '../month/closing.ts';
import { preview } from '../month/preview.ts';
import { plainRead } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { listed } from '../wording.ts';
import { STAGES } from './decide.ts';
import { followUpsOf, taskText } from './settlement.ts';
import { yearMeant, yearOnly } from './which-year.ts';
import { decidedRows, openYearTickets, unconfirmedOfYear } from './year-board.ts';

/** Days that a follow-up is given unless the secretary says otherwise. */
const TASK_DAYS = 30;

export const yearClose: Command = {
  name: 'year-close',
  intent: 'none',
  words: ['年度办结', '年度结束', '办结年度'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '年度公示期满没有异议后办结（到期也会自动办结）',
  examples: ['年度办结'],
  read: plainRead({ name: 'year-close', words: [], slots: yearOnly }),
  decide: closeByHand,
};

/** What keeps a year from being closed, one clause each; empty = nothing does. */
export function yearHolds({ branch, policy, at }: Here, year: number): string[] {
  const state = branch.years[year];
  const board = state?.boards.at(-1);
  if (!state || !board || state.stage !== 'published')
    return [`还没有公示（${STAGES[state?.stage ?? 'open']}）`];
  const holds: string[] = [];
  if (dateOfTime(at) <= board.closes) holds.push(`公示到${dateText(board.closes)}才满`);
  const open = openYearTickets(branch, year);
  if (open.length > 0) holds.push(`${listed(open.map((t) => `${t.number}号`))}异议没有办结`);
  if (changedSince(branch, policy, year).length > 0)
    holds.push(`${listed(changedSince(branch, policy, year))}的积分有更正，请重新评定、上报、公示`);
  return holds;
}

/** Whose row would read otherwise now than on the board. */
function changedSince(branch: BranchState, policy: Policy, year: number): string[] {
  const board = branch.years[year]?.boards.at(-1);
  const now = new Map(decidedRows(branch, policy, year).map((r) => [r.name, r]));
  return (board?.rows ?? [])
    .filter((row) => {
      const is = now.get(row.name);
      return !is || is.obligation !== row.obligation || is.service !== row.service || is.bonus !== row.bonus;
    })
    .map((row) => row.name);
}

function closeByHand(request: Request, reading: Reading): Outcome {
  const year = yearMeant(request.branch, reading, dateOfTime(request.at));
  if (request.branch.years[year]?.stage === 'closed') return refuse('year-closed', { year });
  const holds = yearHolds(request, year);
  if (holds.length > 0) return refuse('year-held', { year, why: holds.join('；') });
  if (!request.confirmed) return preview(request, reading, `将办结${year}年度积分。`, '办结');
  const closed = closeYear(request, year);
  return { ...closed, replies: [...closed.replies, answer(`${year}年度积分已办结。`)] };
}

/** The day after the board closes, and every day until nothing holds it. */
export function yearClosingJob(request: JobRequest): Decision {
  const { branch } = request;
  const years = Object.entries(branch.years).filter(([, y]) => y.stage === 'published');
  for (const [key] of years) {
    const year = Number(key);
    const holds = yearHolds(request, year);
    if (holds.length === 0) return closeYear(request, year);
    const closes = branch.years[year]?.boards.at(-1)?.closes ?? '';
    const first = dateOfTime(request.due) === addDays(closes, 1);
    if (closes < request.day)
      return {
        bodies: [],
        replies: first
          ? [notice(bossOf(branch, request.at), `${year}年度公示期已满，还不能办结：${holds.join('；')}。`)]
          : [],
      };
  }
  return { bodies: [], replies: [] };
}

/** Closes the year: its outcome becomes history, follow-ups become tasks, the town and the secretary get the sheet. */
export function closeYear(here: Here, year: number): Decision {
  const { branch, policy, at } = here;
  const rows = branch.years[year]?.decision?.rows ?? [];
  const due = addDays(dateOfTime(at), TASK_DAYS);
  const tasks = taskBodies(branch, policy, year, due, at);
  const unconfirmed = unconfirmedOfYear(branch, year);
  const text = `【年度】${branch.name} ${year}年度积分公示期满办结：${rows.length}人，已确认${rows.length - unconfirmed.length}人。`;
  const attachment = {
    kind: 'file' as const,
    name: `${branch.name}${year}年度附件3.xlsx`,
    form: 'annex3-excel',
    view: annex3OfYear(branch, policy, year),
  };
  const own = tasks.length > 0 ? `\n后续任务${tasks.length}项，发“任务”查看和登记。` : '';
  return {
    bodies: [body('year-closed', { year }), ...tasks],
    replies: [
      { ...notice('town', text), attachment, branch: branch.branch },
      { ...notice(bossOf(branch, at), `${text}请打印签字存档。${own}`), attachment },
    ],
  };
}

function taskBodies(branch: BranchState, policy: Policy, year: number, due: IsoDate, at: string): Body[] {
  const owner = ownerOf(branch, at);
  let number = branch.nextTask;
  return (branch.years[year]?.decision?.rows ?? []).flatMap((row) =>
    followUpsOf(branch, policy, year, row).map((task) =>
      body('task-opened', {
        number: number++,
        year,
        name: row.name,
        task: taskText(policy, task),
        owner,
        due,
      }),
    ),
  );
}

function ownerOf(branch: BranchState, at: string): string {
  const day = dateOfTime(at);
  const holder = branch.appointments.find(
    (a) =>
      (a.role === 'secretary' || a.role === 'deputy') &&
      a.from <= day &&
      (a.until === null || a.until >= day),
  );
  return holder?.name ?? '书记';
}
