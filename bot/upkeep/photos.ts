import { type Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { isPhotoNamed } from '../../ledger/photos.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { addDays, addMinutes, dateOfTime, instant, type LocalTime, monthOf } from '../../scoring/calendar.ts';
import { removeEvidence, sweepEvidence } from '../../storage/evidence.ts';
import type { StateStore } from '../../storage/fold.ts';
import type { Log } from '../engine.ts';

/** Photos of reports whose month was filed and received more than `days` ago (privacy: removed after the filing period). */
export function expiredPhotos(branch: BranchState, now: LocalTime, days: number): string[] {
  const limit = addDays(dateOfTime(now), -days);
  const expired: string[] = [];
  for (const report of Object.values(branch.reports)) {
    const receipt = branch.months[monthOf(report.date)]?.receipt;
    if (receipt && dateOfTime(receipt.at) < limit) expired.push(...report.evidence);
  }
  return [...new Set(expired)];
}

/** Removes photos after their retention, each with an entry that says so. */
export async function retirePhotos(
  folder: string,
  store: StateStore<TownState>,
  now: LocalTime,
  days: number,
  log: Log,
): Promise<void> {
  for (const branch of Object.values(store.state().branches)) {
    const expired = expiredPhotos(branch, now, days);
    if (expired.length === 0) continue;
    const bodies: Body[] = expired.map((sha256) => body('evidence-removed', { sha256, reason: 'retention' }));
    const source = `retention ${dateOfTime(now)}`;
    await store.append([{ branch: branch.branch, source, at: now, by: 'bot', bodies }]);
    for (const sha256 of expired)
      if (!isPhotoNamed(store.state(), sha256)) await removeEvidence(folder, sha256);
    log({ level: 'info', what: `${expired.length} photos removed after their retention` });
  }
}

const DAY_MINUTES = 24 * 60;

/** Removes files that no entry names: a crash between writing a photo and its entry leaves them. */
export async function sweepPhotos(
  folder: string,
  store: StateStore<TownState>,
  now: LocalTime,
  log: Log,
): Promise<void> {
  const count = await sweepEvidence(folder, {
    olderThan: instant(addMinutes(now, -DAY_MINUTES)),
    isNamed: (sha256) => isPhotoNamed(store.state(), sha256),
  });
  if (count > 0) log({ level: 'info', what: `${count} photo files without an entry removed` });
}
