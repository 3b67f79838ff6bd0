/** Which photos the ledgers still name: their bytes lie once beside the journal, whoever names them. */
import type { BranchState, TownState } from './state.ts';

function namedIn(branch: BranchState, sha256: string): boolean {
  return (
    branch.photos.some((p) => p.sha256 === sha256) ||
    (branch.evidence[sha256] ?? []).some((n) => branch.reports[n]?.evidence.includes(sha256) === true)
  );
}

/** Whether a report of any branch has this photo, or one may still get it. */
export function isPhotoNamed(town: TownState, sha256: string): boolean {
  return Object.values(town.branches).some((branch) => namedIn(branch, sha256));
}
