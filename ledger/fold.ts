import { newBranch } from './empty-state.ts';
import { type Entry, TOWN } from './entry.ts';
import { foldActivity } from './fold/activity.ts';
import type { Applier } from './fold/applier.ts';
import { foldMonth } from './fold/month.ts';
import { foldOffice } from './fold/office.ts';
import { foldPeople } from './fold/people.ts';
import { foldService } from './fold/service.ts';
import { foldYear } from './fold/year.ts';
import { isKind } from './kinds.ts';
import type { BranchState, TownState } from './state.ts';

const appliers: Record<string, Applier> = {
  ...foldPeople,
  ...foldActivity,
  ...foldMonth,
  ...foldYear,
  ...foldService,
};

/** Lets one entry happen to a branch. Changes the state in place and returns it. */
export function applyToBranch(state: BranchState, entry: Entry): BranchState {
  state.seq = entry.seq;
  if (isKind(entry.kind)) appliers[entry.kind]?.(state, entry.data as never, entry);
  return state;
}

/** Lets one entry happen to the town: to its office or to one of its branches. */
export function apply(state: TownState, entry: Entry): TownState {
  if (entry.branch === TOWN) {
    foldOffice(state.office, entry);
    return state;
  }
  state.branches[entry.branch] ??= newBranch(entry.branch);
  applyToBranch(state.branches[entry.branch] as BranchState, entry);
  return state;
}
