import type { IsoMonth, LocalTime } from '../scoring/calendar.ts';

/** Every kind of scheduled work. What each does is decided in `commands/month/jobs.ts`. */
export type JobName =
  | 'begin'
  | 'year'
  | 'collect'
  | 'agenda'
  | 'meeting'
  | 'shortfall'
  | 'contact'
  | 'pairing'
  | 'unconfirmed'
  | 'closing'
  | 'tickets'
  | 'photos'
  | 'year-unconfirmed'
  | 'year-closing';

/** Something to be done once. */
export interface Job {
  readonly name: JobName;
  /** Unique for ever in a branch: once `state.jobs` has it, the job never runs again. */
  readonly key: string;
  readonly due: LocalTime;
  /** Until when it still has a meaning after its time was missed, or `always`; afterwards it is only marked done. */
  readonly keep: LocalTime;
  /** The month it is about, where that is an earlier one. */
  readonly month?: IsoMonth;
}

/** Whether a job's time has lost its meaning: it is marked done, and nothing is said. */
export function lapsed(job: Job, now: LocalTime): boolean {
  return job.keep !== 'always' && job.keep < now;
}
