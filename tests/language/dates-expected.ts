/** Compares found dates with the short notation of `dates-spoken.ts`; null where they agree, else what does not. */
import type { PrintedDate } from '../../bot/cli/parse-dates.ts';

const ONE =
  /^(\d{4}-\d\d-\d\d)?(?: (\d\d:\d\d(?::\d\d)?))?(?:@([^.~?!]+))?(?:\.\.(?:(\d{4}-\d\d-\d\d) ?)?(\d\d:\d\d)?)?([~?!])?$/;

export function check(expected: string, found: readonly PrintedDate[]): string | null {
  if (expected === '-') return found.length === 0 ? null : 'found where there is none';
  const wanted = expected.split(' | ');
  if (wanted.length !== found.length) return `${found.length} found`;
  for (const [i, item] of wanted.entries()) {
    const why = checkOne(item, found[i]!);
    if (why !== null) return why;
  }
  return null;
}

function checkOne(expected: string, found: PrintedDate): string | null {
  const match = ONE.exec(expected);
  if (!match) throw new Error(`notation not understood: ${expected}`);
  const [, date, time, part, endDate, endTime, mark] = match;
  if (date !== undefined && found.date !== date) return `date ${found.date}`;
  if (mark !== '~' && mark !== '?' && found.approx && found.time === undefined && !expected.includes('~'))
    return 'approximate';
  if (date !== undefined && mark !== '~' && found.time !== time) return `time ${found.time}`;
  if (time !== undefined && found.time !== time) return `time ${found.time}`;
  if (part !== undefined && found.part !== part) return `part ${found.part}`;
  if (mark !== '~' && expected.includes('..') !== (found.end !== undefined)) return 'range';
  if (endDate !== undefined && found.end?.date !== endDate) return `end ${found.end?.date}`;
  if (endTime !== undefined && found.end?.time !== endTime) return `end ${found.end?.time}`;
  if (endTime !== undefined && endDate === undefined && found.end?.date !== date)
    return `end ${found.end?.date}`;
  if (mark === '~' && !found.approx) return 'not approximate';
  if (mark === '?' && (found.flags ?? []).length === 0) return 'no flag';
  if (mark === '!' && (found.flags ?? []).length > 0) return `flags ${found.flags?.join()}`;
  return null;
}
