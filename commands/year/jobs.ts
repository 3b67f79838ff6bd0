/** The year's work of the clock: reminding those who have not answered, and closing on the eighth day (R11). */
import type { JobName } from '../../scheduler/due.ts';
import type { Decision, JobRequest } from '../command.ts';
import { notice } from '../command.ts';
import { bossOf } from '../month/boss.ts';
import { listed } from '../wording.ts';
import { yearClosingJob } from './close.ts';
import { openYear, unconfirmedOfYear } from './year-board.ts';

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

export const yearJobs = {
  'year-closing': yearClosingJob,
  'year-unconfirmed': unconfirmedJob,
} satisfies Partial<Record<JobName, (request: JobRequest) => Decision>>;
