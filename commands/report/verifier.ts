/** Who verifies a report: the recorder, or somebody else where the recorder took part (R03–R07: nobody scores oneself). */
import { holdersOf } from '../../ledger/roles.ts';
import type { BranchState, Report } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { Audience } from '../command.ts';

const LADDER = ['recorder', 'secretary', 'deputy', 'committee'] as const;

interface Verifier {
  readonly name: string;
  readonly role: (typeof LADDER)[number];
}

/** The first in line who took no part; null where the branch has named nobody. */
function verifierOf(state: BranchState, names: readonly string[], day: LocalTime): Verifier | null {
  for (const role of LADDER) {
    const name = holdersOf(state, role, day).find((n) => !names.includes(n));
    if (name !== undefined) return { name, role };
  }
  return null;
}

export function verifierText(state: BranchState, names: readonly string[], day: LocalTime): string {
  return verifierOf(state, names, day)?.name ?? '记录员';
}

export function toVerifier(state: BranchState, names: readonly string[], day: LocalTime): Audience {
  const verifier = verifierOf(state, names, day);
  return verifier ? { person: verifier.name } : { role: 'secretary' };
}

/** Whether somebody may verify or reject a report. A stand-in may only where the recorder took part or is not named. */
export function mayVerify(
  state: BranchState,
  speaker: string,
  report: Pick<Report, 'names'>,
  day: LocalTime,
): boolean {
  if (report.names.includes(speaker)) return false;
  const verifier = verifierOf(state, report.names, day);
  if (!verifier) return false;
  return (
    holdersOf(state, verifier.role, day).includes(speaker) ||
    (verifier.role === 'secretary' && holdersOf(state, 'deputy', day).includes(speaker))
  );
}
