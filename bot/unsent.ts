/** What could not be sent, or perhaps was not: listed for whoever looks after the machine, so that people can be told otherwise. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dateOfTime, type LocalTime } from '../scoring/calendar.ts';

/** Whose and why; the words themselves stand in the ledger alone. */
export interface Unsent {
  readonly at: LocalTime;
  /** A member's or a group's name. */
  readonly to: string;
  readonly place: 'private' | 'room';
  /** `unknown`: it may have gone out all the same. */
  readonly state: 'failed' | 'unknown';
  /** In the provider's words. */
  readonly reason: string;
}

const KEPT = 200;
const KEPT_DAYS = 30;
const REASON_LENGTH = 120;

function pathIn(folder: string): string {
  return join(folder, 'unsent.json');
}

/** The list in a data folder, oldest first; empty where nothing was ever left unsent. */
export function readUnsent(folder: string): Unsent[] {
  try {
    const list: unknown = JSON.parse(readFileSync(pathIn(folder), 'utf8'));
    return Array.isArray(list) ? (list as Unsent[]) : [];
  } catch {
    return [];
  }
}

/** Adds to the list; old lines go. A disk that takes no more loses the line, not the bot. */
export function noteUnsent(folder: string, unsent: Unsent): void {
  const oldest = addDays(dateOfTime(unsent.at), -KEPT_DAYS);
  const list = readUnsent(folder).filter((u) => dateOfTime(u.at) >= oldest);
  list.push({ ...unsent, reason: unsent.reason.slice(0, REASON_LENGTH) });
  try {
    writeFileSync(`${pathIn(folder)}.new`, JSON.stringify(list.slice(-KEPT)), { mode: 0o600 });
    renameSync(`${pathIn(folder)}.new`, pathIn(folder));
  } catch {
    // The log has it too.
  }
}

/** One line a message, newest first, in words. */
export function unsentLines(list: readonly Unsent[], most: number): string[] {
  return list
    .slice(-most)
    .reverse()
    .map(
      ({ at, to, place, state, reason }) =>
        `${at.slice(5, 16).replace('T', ' ')} 给${to}${place === 'private' ? '（私聊）' : '（群）'}${state === 'unknown' ? '，可能发出了' : ''}：${reason}`,
    );
}
