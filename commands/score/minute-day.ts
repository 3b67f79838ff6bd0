/** The committee meeting an act rests on: the day said, or the one known to have just been held. */
import type { BranchState } from '../../ledger/state.ts';
import { addDays, dateOfTime, isDate, type IsoDate, type LocalTime } from '../../scoring/calendar.ts';

/** How far back a meeting may lie that is only spoken of as 支委会研究过. */
const RECENT_DAYS = 31;

/** The day of the minute; null where a minute is claimed and none is known, or none is claimed. */
export function minuteDay(branch: BranchState, said: unknown, at: LocalTime): IsoDate | null {
  if (typeof said !== 'string') return null;
  const today = dateOfTime(at);
  if (isDate(said)) return said <= today ? said : null;
  const since = addDays(today, -RECENT_DAYS);
  const minutes = branch.minutes.filter((m) => m.body === '支委会').map((m) => m.date);
  const meetings = Object.values(branch.meetings)
    .filter((m) => m.committeeOnly && !m.cancelled)
    .map((m) => m.date);
  return (
    [...minutes, ...meetings]
      .filter((d) => d <= today && d >= since)
      .sort()
      .at(-1) ?? null
  );
}
