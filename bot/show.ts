import { policyFor } from '../ledger/policy.ts';
import { monthSheet, scoreBranch } from '../ledger/sheet.ts';
import { stageOf, standingBoard, yearStageOf } from '../ledger/stage.ts';
import type { BranchState, MonthState, TownState } from '../ledger/state.ts';
import { type IsoMonth, lastDay, monthOf, yearOf } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';

/** The figures of a result object sorted for machines: exactly the shape of `lanxing show` (docs: the `show` verb). */
export interface ShowOptions {
  readonly month?: IsoMonth;
  readonly year?: number;
  readonly head: { readonly seq: number; readonly hash: string };
}

function reportsOf(state: BranchState, month: IsoMonth): unknown[] {
  return Object.values(state.reports)
    .filter((r) => monthOf(r.date) === month)
    .map((r) => ({
      number: r.number,
      names: r.names,
      post: r.post,
      date: r.date,
      state: r.state,
      evidence: r.evidence.length,
    }));
}

function boardOf(m: MonthState | undefined): unknown {
  const board = standingBoard(m);
  if (!board) return null;
  const { version, fingerprint, publishedAt, closes } = board;
  return { version, fingerprint, publishedAt, closes };
}

/** Those in scope whose standing row nobody has confirmed. */
export function unconfirmedOf(state: BranchState, month: IsoMonth): string[] {
  const m = state.months[month];
  const board = standingBoard(m);
  return board ? board.rows.map((r) => r.name).filter((name) => m?.confirmed[name] === undefined) : [];
}

function ticketsOf(state: BranchState, month: IsoMonth): unknown[] {
  return Object.values(state.tickets)
    .filter((t) => t.month === month)
    .map((t) => ({ number: t.number, by: t.by, about: t.about, item: t.item, state: t.state }));
}

function showMonth(state: BranchState, policy: Policy, month: IsoMonth): unknown {
  const m = state.months[month];
  return {
    month,
    stage: stageOf(m),
    sheet: monthSheet(state, policy, month),
    reports: reportsOf(state, month),
    board: boardOf(m),
    confirmed: Object.values(m?.confirmed ?? {}).map(({ name, version, score, how }) => ({
      name,
      version,
      score,
      how,
    })),
    unconfirmed: unconfirmedOf(state, month),
    tickets: ticketsOf(state, month),
  };
}

function showYear(state: BranchState, policy: Policy, year: number): unknown {
  const settled = scoreBranch(state, policy, year, { year }).year;
  return { ...settled, stage: yearStageOf(state.years[year], settled?.blocked ?? []) };
}

/** The newest month that something happened in, of one year or of all. */
function latestMonth(state: BranchState, year: number | undefined): IsoMonth | undefined {
  const months = [...Object.keys(state.months), ...Object.values(state.reports).map((r) => monthOf(r.date))];
  return months
    .filter((m) => year === undefined || yearOf(m) === year)
    .sort()
    .at(-1);
}

/** A branch as its ledger leaves it. Without a month the newest one (of the year asked for), without a year the month's. */
export function showBranch(town: TownState, state: BranchState, base: Policy, options: ShowOptions): unknown {
  const month = options.month ?? latestMonth(state, options.year);
  const year = options.year ?? (month === undefined ? undefined : yearOf(month));
  const policyOn = (day: string): Policy => policyFor(base, town.office, state, day);
  return {
    branch: state.name,
    head: options.head,
    ...(month === undefined ? {} : { month: showMonth(state, policyOn(lastDay(month)), month) }),
    ...(year === undefined ? {} : { year: showYear(state, policyOn(`${year}-12-31`), year) }),
  };
}
