import type { IsoDate, LocalTime } from '../scoring/calendar.ts';
import type { Settings } from '../ledger/state.ts';

/** `2026-03-15` and `08:30` as a moment. */
export function moment(date: IsoDate, clock: string): LocalTime {
  return `${date}T${clock.length === 5 ? `${clock}:00` : clock}`;
}

export function endOfDay(date: IsoDate): LocalTime {
  return moment(date, '23:59:59');
}

/** When a morning's work is done: 8:00, or later where the quiet hours last longer. */
export function morning(settings: Settings): string {
  return settings.quietTo > '08:00' && settings.quietTo < '12:00' ? settings.quietTo : '08:00';
}

/** Whether a clock time (`HH:mm`) lies in the branch's quiet hours, which most often span midnight. */
function isQuiet(settings: Settings, clock: string): boolean {
  const { quietFrom, quietTo } = settings;
  const time = clock.slice(0, 5);
  if (quietFrom === quietTo) return false;
  return quietFrom < quietTo ? time >= quietFrom && time < quietTo : time >= quietFrom || time < quietTo;
}

/** A reminder to people on a day: at the branch's hour, never in its quiet hours. */
export function reminder(settings: Settings, date: IsoDate): LocalTime {
  const clock = isQuiet(settings, settings.reminderAt) ? '18:00' : settings.reminderAt;
  return moment(date, isQuiet(settings, clock) ? morning(settings) : clock);
}
