/** Jobs of a year's board that hangs out: a reminder before it closes, its closing on the eighth day and after (R11). */
import type { BranchState } from '../ledger/state.ts';
import { addDays, type IsoDate } from '../scoring/calendar.ts';
import { endOfDay, moment, morning, reminder } from './hours.ts';
import type { Job } from './job.ts';

/** Days before the board closes on which those who have not answered are reminded. */
const REMINDER_DAYS = 2;

/** Every job of a published year that falls due up to and including a day, in no order. */
export function yearJobs(state: BranchState, to: IsoDate): Job[] {
  const { settings } = state;
  const boards = Object.values(state.years).flatMap((y) =>
    y.stage === 'published' ? y.boards.slice(-1) : [],
  );
  return boards.flatMap((board) => {
    const version = `${board.year} v${board.version}`;
    const jobs: Job[] = [
      {
        name: 'year-unconfirmed',
        key: `year-unconfirmed ${version}`,
        due: reminder(settings, addDays(board.closes, -REMINDER_DAYS)),
        keep: endOfDay(board.closes),
      },
    ];
    const first = addDays(board.closes, 1);
    for (let date = first; date <= to; date = addDays(date, 1))
      jobs.push({
        name: 'year-closing',
        key: `year-closing ${version} ${date}`,
        due: moment(date, morning(settings)),
        keep: date === first ? 'always' : endOfDay(date),
      });
    return jobs;
  });
}
