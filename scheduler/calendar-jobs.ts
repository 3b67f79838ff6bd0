/** Jobs that the calendar alone brings: month's turn, meetings, year's turn. */
import type { BranchState, Settings } from '../ledger/state.ts';
import {
  addDays,
  addMonths,
  firstDay,
  type IsoDate,
  type IsoMonth,
  lastDay,
  monthOf,
  weekday,
  yearOf,
} from '../scoring/calendar.ts';
import { endOfDay, moment, morning, reminder } from './hours.ts';
import type { Job } from './job.ts';

/** Days before a month's end on which members short of a minimum are told (R23). */
const SHORTFALL_DAYS = 3;
/** Floating members are reminded of their monthly contact on this day (R24). */
const CONTACT_DAY = 25;

/** The day of a month's 主题党日: as planned, or the branch's usual day. */
export function themeDate(state: BranchState, month: IsoMonth): IsoDate {
  const planned = Object.values(state.meetings)
    .filter((m) => !m.cancelled && monthOf(m.date) === month && m.name.includes('主题党日'))
    .map((m) => m.date)
    .sort()[0];
  return planned ?? `${month}-${String(state.settings.themeDay).padStart(2, '0')}`;
}

/** What a month brings: its collection on the 1st of the next, its reminders, its agenda pack. */
function jobsOfMonth(state: BranchState, month: IsoMonth): Job[] {
  const { settings } = state;
  const first = firstDay(month);
  const last = lastDay(month);
  const before = addMonths(month, -1);
  const theme = themeDate(state, month);
  const jobs: Job[] = [
    {
      name: 'collect',
      key: `collect ${before}`,
      due: moment(first, morning(settings)),
      keep: 'always',
      month: before,
    },
    {
      name: 'agenda',
      key: `agenda ${before}`,
      due: reminder(settings, addDays(theme, -1)),
      keep: endOfDay(theme),
      month: before,
    },
    {
      name: 'contact',
      key: `contact ${month}`,
      due: reminder(settings, `${month}-${CONTACT_DAY}`),
      keep: endOfDay(last),
    },
  ];
  if (month.endsWith('-01'))
    jobs.push({ name: 'year', key: `year ${yearOf(month)}`, due: moment(first, '00:00'), keep: 'always' });
  if (settings.shortfallReminders)
    jobs.push({
      name: 'shortfall',
      key: `shortfall ${month}`,
      due: reminder(settings, addDays(last, -SHORTFALL_DAYS)),
      keep: endOfDay(last),
    });
  return jobs;
}

/** Meetings planned, and the usual 主题党日 where nobody planned it. The reminder for a meeting that has begun is dropped. */
function meetingJobs(state: BranchState, months: readonly IsoMonth[]): Job[] {
  const { settings } = state;
  const jobs = Object.values(state.meetings)
    .filter((m) => !m.cancelled && !m.committeeOnly && months.includes(monthOf(m.date)))
    .map((m) => meetingJob(settings, m.date, m.at, m.name));
  for (const month of months) {
    const theme = themeDate(state, month);
    if (!Object.values(state.meetings).some((m) => m.date === theme && m.name.includes('主题党日')))
      jobs.push(meetingJob(settings, theme, settings.themeAt, '主题党日'));
  }
  return jobs;
}

function meetingJob(settings: Settings, date: IsoDate, at: string | null, name: string): Job {
  return {
    name: 'meeting',
    key: `meeting ${date} ${name}`,
    due: reminder(settings, addDays(date, -1)),
    keep: at === null ? endOfDay(addDays(date, -1)) : moment(date, at),
  };
}

/** The weekly 扶贫日, where the branch has set its weekday (1 = Monday). */
function pairingJobs(state: BranchState, from: IsoDate, to: IsoDate): Job[] {
  const day = state.settings.pairingDay;
  if (day === undefined) return [];
  const jobs: Job[] = [];
  for (let date = from; date <= to; date = addDays(date, 1))
    if (weekday(date) === day)
      jobs.push({
        name: 'pairing',
        key: `pairing ${date}`,
        due: moment(date, morning(state.settings)),
        keep: endOfDay(date),
      });
  return jobs;
}

/** Every calendar job that falls due between two days, both inclusive, in no order. */
export function calendarJobs(state: BranchState, from: IsoDate, to: IsoDate): Job[] {
  const months: IsoMonth[] = [];
  // A theme day on the 1st has its agenda on the last day of the month before: look one month further.
  for (let month = monthOf(from); month <= addMonths(monthOf(to), 1); month = addMonths(month, 1))
    months.push(month);
  return [
    ...months.flatMap((month) => jobsOfMonth(state, month)),
    ...meetingJobs(state, months),
    ...pairingJobs(state, from, to),
  ].filter((job) => job.due >= moment(from, '00:00') && job.due <= endOfDay(to));
}
