import { newMonth, newYear } from '../empty-state.ts';
import type { Entry } from '../entry.ts';
import type { Data, Kind } from '../kinds.ts';
import type { BranchState, MonthState, YearState } from '../state.ts';

/** What one entry does to a branch. */
export type Applier = (state: BranchState, data: never, entry: Entry) => void;

/** Appliers by kind, each seeing the data of its own kind. */
export type Appliers<K extends Kind> = {
  [P in K]: (state: BranchState, data: Data<P>, entry: Entry) => void;
};

export function monthState(state: BranchState, month: string): MonthState {
  return (state.months[month] ??= newMonth());
}

export function yearState(state: BranchState, year: number): YearState {
  return (state.years[year] ??= newYear());
}
