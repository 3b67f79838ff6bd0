import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { DayCount } from './outbox/pacing.ts';

/** How much has left on a day, kept in a file: the daily cap is the account's, and a restart does not begin it anew. */
export function keptCount(path: string): DayCount {
  let today = { day: '', count: 0 };
  try {
    const { day, count } = JSON.parse(readFileSync(path, 'utf8')) as Partial<typeof today>;
    if (typeof day === 'string' && Number.isInteger(count)) today = { day, count: Number(count) };
  } catch {
    // Nothing has been sent yet.
  }
  return {
    today,
    save(now) {
      try {
        writeFileSync(`${path}.new`, JSON.stringify(now), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch {
        // On a full disk: the cap still holds for as long as this process lives.
      }
    },
  };
}
