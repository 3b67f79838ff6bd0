/** What each scheduled job decides. The month or day it is about follows from its due time (R13, R23, R24, R29). */
import type { JobName } from '../../scheduler/due.ts';
import type { Decision, JobRequest } from '../command.ts';
import { yearJobs } from '../year/jobs.ts';
import { closingJob, unconfirmedJob } from './board-jobs.ts';
import { agendaJob, collectJob, yearJob } from './month-jobs.ts';
import { contactJob, meetingJob, pairingJob, shortfallJob } from './reminder-jobs.ts';
import { photosJob, ticketsJob } from './open-jobs.ts';

const nothing = (): Decision => ({ bodies: [], replies: [] });

export const jobs: Readonly<Record<JobName, (request: JobRequest) => Decision>> = {
  begin: nothing,
  year: yearJob,
  collect: collectJob,
  agenda: agendaJob,
  meeting: meetingJob,
  shortfall: shortfallJob,
  contact: contactJob,
  pairing: pairingJob,
  unconfirmed: unconfirmedJob,
  closing: closingJob,
  tickets: ticketsJob,
  photos: photosJob,
  ...yearJobs,
};
