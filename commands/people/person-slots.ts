/** What the commands about people find in a message: who, and on which day. */
import { addDays, type IsoDate } from '../../scoring/calendar.ts';
import type { Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import { saidDay } from '../month/said.ts';
import type { Slots } from '../reading.ts';

/** The one member a message names; null for nobody and for several who might be meant. */
export function namedOne(message: Message): string | null {
  const names = [...new Set(message.names().flatMap((n) => (n.members.length === 1 ? n.members : [])))];
  return names.length === 1 ? names[0]! : null;
}

/** The day said: as written, or as people speak of it (昨天, 上周五); null where none is said for sure. */
export function dayOf(message: Message, text: string): IsoDate | null {
  const written = saidDay(text, message.today);
  if (written) return written;
  const found = message.dates('past')[0];
  return found && !found.approx ? found.date : null;
}

/** A day that may lie ahead: 4月1日 said in March is the next one, not last year's. */
export function dayAround(text: string, today: IsoDate): IsoDate | null {
  const past = saidDay(text, today);
  if (past === null || /20\d\d/.test(text)) return past;
  const next = `${Number(past.slice(0, 4)) + 1}${past.slice(4)}`;
  return past < addDays(today, -180) && next <= addDays(today, 180) ? next : past;
}

/** Who and when. A command word overheard without anybody's name is talk: null. */
export function personSlots(message: Message, rest: string): Slots | null {
  const name = namedOne(message);
  if (!name && !message.spokenTo) return null;
  const date = dayOf(message, rest);
  return { ...(name ? { name } : {}), ...(date ? { date } : {}) };
}

/** The accounts bound to a member. */
export function accountsOf(request: Pick<Request, 'branch'>, name: string): string[] {
  return Object.entries(request.branch.accounts).flatMap(([contact, who]) => (who === name ? [contact] : []));
}
