/** The year's work of the clock: reminding those who have not answered, and closing on the eighth day (R11). */
import type { BranchState } from '../../ledger/state.ts';
import { addDays, type IsoDate, type LocalTime } from '../../scoring/calendar.ts';
import type { Decision, JobRequest } from '../command.ts';
import { notice } from '../command.ts';
import { bossOf } from '../month/boss.ts';
import { listed } from '../wording.ts';
import { yearClosingJob } from './close.ts';
import { openYear, unconfirmedOfYear } from './year-board.ts';

export type YearJobName = 'year-closing' | 'year-unconfirmed';

/** The shape of `scheduler/job.ts`. */
export interface YearJob {
  readonly name: YearJobName;
  readonly key: string;
  readonly due: LocalTime;
  readonly keep: LocalTime;
}

/** Days before the board closes on which those who have not answered are reminded. */
const REMINDER_DAYS = 2;

/** Jobs of a year's board that hangs out, falling due up to and including a day. */
export function dueYear(state: BranchState, to: IsoDate): YearJob[] {
  const year = openYear(state);
  const board = year === null ? undefined : state.years[year]?.boards.at(-1);
  if (!board) return [];
  const version = `${board.year} v${board.version}`;
  const remind = addDays(board.closes, -REMINDER_DAYS);
  const jobs: YearJob[] = [];
  if (remind <= to)
    jobs.push({
      name: 'year-unconfirmed',
      key: `year-unconfirmed ${version}`,
      due: `${remind}T${state.settings.reminderAt}:00`,
      keep: `${board.closes}T23:59:59`,
    });
  const first = addDays(board.closes, 1);
  for (let date = first; date <= to; date = addDays(date, 1))
    jobs.push({
      name: 'year-closing',
      key: `year-closing ${version} ${date}`,
      due: `${date}T08:00:00`,
      keep: date === first ? 'always' : `${date}T23:59:59`,
    });
  return jobs;
}

function unconfirmedJob(request: JobRequest): Decision {
  const { branch, at } = request;
  const year = openYear(branch);
  const names = year === null ? [] : unconfirmedOfYear(branch, year);
  if (names.length === 0) return { bodies: [], replies: [] };
  return {
    bodies: [],
    replies: [
      ...names.map((name) =>
        notice(
          { person: name },
          `${year}年度积分和等次正在群里公示，请看一下，没有问题回复“确认年度”，有问题回复“年度异议”。`,
        ),
      ),
      notice(bossOf(branch, at), `${year}年度公示还有${names.length}人没有答复：${listed(names)}。`),
    ],
  };
}

export const yearJobs: Readonly<Record<YearJobName, (request: JobRequest) => Decision>> = {
  'year-closing': yearClosingJob,
  'year-unconfirmed': unconfirmedJob,
};
