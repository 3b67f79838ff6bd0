/** Jobs that something open in the ledger brings: a board to close, a ticket to answer, a photo nobody used. */
import { standingBoard } from '../ledger/stage.ts';
import type { BoardRecord, BranchState, Ticket } from '../ledger/state.ts';
import { addDays, addMinutes, dateOfTime, type IsoDate } from '../scoring/calendar.ts';
import { endOfDay, moment, morning, reminder } from './hours.ts';
import type { Job } from './job.ts';

/** An objection is answered within this many days. */
const ANSWER_DAYS = 7;
/** Photos wait this long for their report; one minute more than the ten that count. */
export const PHOTO_MINUTES = 11;
/** Days before a board closes on which those who have not answered are reminded: at most twice. */
const REMINDER_DAYS = [2, 0] as const;

export function answerDue(ticket: Ticket): IsoDate {
  return addDays(dateOfTime(ticket.at), ANSWER_DAYS);
}

export function isOpen(ticket: Ticket): boolean {
  return ticket.state === 'open' || ticket.state === 'investigating' || ticket.state === 'appealed';
}

function boardJobs(state: BranchState, board: BoardRecord, to: IsoDate): Job[] {
  const { settings } = state;
  const version = `${board.month} v${board.version}`;
  const jobs: Job[] = REMINDER_DAYS.map(
    (days, i): Job => ({
      name: 'unconfirmed',
      key: `unconfirmed ${version} ${i + 1}`,
      due: reminder(settings, addDays(board.closes, -days)),
      keep: endOfDay(board.closes),
    }),
  ).filter((job) => dateOfTime(job.due) > dateOfTime(board.publishedAt));
  // The day after the last, and every day until nothing holds it any more.
  const first = addDays(board.closes, 1);
  for (let date = first; date <= to; date = addDays(date, 1))
    jobs.push({
      name: 'closing',
      key: `closing ${version} ${date}`,
      due: moment(date, morning(settings)),
      keep: date === first ? 'always' : endOfDay(date),
    });
  return jobs;
}

function ticketJobs(state: BranchState, ticket: Ticket): Job[] {
  const due = answerDue(ticket);
  return [-2, 0, 1].map((days): Job => {
    const date = addDays(due, days);
    return {
      name: 'tickets',
      // Tickets due on one day are said together.
      key: `tickets ${date}`,
      due: moment(date, morning(state.settings)),
      keep: days === 1 ? 'always' : endOfDay(due),
    };
  });
}

/** Every job of something open that falls due between two days, both inclusive, in no order. */
export function openJobs(state: BranchState, from: IsoDate, to: IsoDate): Job[] {
  const boards = Object.values(state.months).flatMap((m) => {
    const board = standingBoard(m);
    return board && m.closedAt === null ? [board] : [];
  });
  const photos = state.photos.map(
    (photo): Job => ({
      name: 'photos',
      key: `photos ${photo.sha256.slice(0, 16)} ${photo.at}`,
      due: addMinutes(photo.at, PHOTO_MINUTES),
      keep: 'always',
    }),
  );
  const jobs = [
    ...boards.flatMap((board) => boardJobs(state, board, to)),
    ...Object.values(state.tickets)
      .filter(isOpen)
      .flatMap((ticket) => ticketJobs(state, ticket)),
    ...photos,
  ];
  return jobs.filter((job) => job.due >= moment(from, '00:00') && job.due <= endOfDay(to));
}
