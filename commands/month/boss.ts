import { holdersOf } from '../../ledger/roles.ts';
import type { BranchState } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { Audience } from '../command.ts';

/** Who hears what is for the secretary: a branch without one is led by its deputy. */
export function bossOf(branch: BranchState, at: LocalTime): Audience {
  const led = holdersOf(branch, 'secretary', at).length > 0 || holdersOf(branch, 'deputy', at).length === 0;
  return { role: led ? 'secretary' : 'deputy' };
}
