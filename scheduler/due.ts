/**
 * What is due, as a pure function of a branch and a moment. Nothing is remembered here: a job is done when the ledger
 * says so, so a restart loses nothing, a missed tick catches up, and nothing runs twice.
 */
import type { BranchState } from '../ledger/state.ts';
import { addDays, dateOfTime, type IsoDate, lastDay, type LocalTime } from '../scoring/calendar.ts';
import { calendarJobs } from './calendar-jobs.ts';
import type { Job } from './job.ts';
import { openJobs } from './open-jobs.ts';
import { yearJobs } from './year-jobs.ts';

export { type Job, type JobName, lapsed } from './job.ts';

/** How far back missed jobs are looked for: a machine down for longer has been down for two whole months. */
const BACK_DAYS = 70;
/** Every month brings several jobs, so the next one is never further away. */
const AHEAD_DAYS = 40;

/**
 * The first job of a branch: the clock begins to count for it. A branch founded in the middle of a month is not
 * asked about the months before.
 */
export const BEGIN = 'begin';

/** Moments compare as text, so both must have their seconds. */
function toSeconds(now: LocalTime): LocalTime {
  return now.length === 16 ? `${now}:00` : now;
}

/** A month that was over before the branch began is only spoken of where the ledger holds something of it to settle. */
function concerns(state: BranchState, job: Job, began: LocalTime): boolean {
  return (
    job.month === undefined ||
    lastDay(job.month) >= dateOfTime(began) ||
    state.months[job.month]?.waived === null
  );
}

function jobsBetween(state: BranchState, from: IsoDate, to: IsoDate): Job[] {
  const seen = new Set<string>();
  return [...calendarJobs(state, from, to), ...openJobs(state, from, to), ...yearJobs(state, to)]
    .sort((a, b) => (a.due === b.due ? (a.key < b.key ? -1 : 1) : a.due < b.due ? -1 : 1))
    .filter((job) => !seen.has(job.key) && seen.add(job.key));
}

/**
 * Jobs whose time has come and that are not done, in order of their time. Those whose time has lost its meaning
 * are among them ({@link lapsed}): they are to be marked done without being carried out.
 */
export function due(state: BranchState, at: LocalTime): Job[] {
  const now = toSeconds(at);
  const began = state.jobs[BEGIN] ?? (Object.keys(state.jobs).length > 0 ? '' : null);
  if (began === null) return [{ name: BEGIN, key: BEGIN, due: now, keep: 'always' }];
  const today = dateOfTime(now);
  return jobsBetween(state, addDays(today, -BACK_DAYS), today).filter(
    (job) =>
      job.due <= now && job.due > began && state.jobs[job.key] === undefined && concerns(state, job, began),
  );
}

/** The next moment after `at` at which something falls due, or null. */
export function nextDue(state: BranchState, at: LocalTime): LocalTime | null {
  const now = toSeconds(at);
  const today = dateOfTime(now);
  const began = state.jobs[BEGIN] ?? (Object.keys(state.jobs).length > 0 ? '' : now);
  const next = jobsBetween(state, today, addDays(today, AHEAD_DAYS)).find(
    (job) => job.due > now && state.jobs[job.key] === undefined && concerns(state, job, began),
  );
  return next?.due ?? null;
}
