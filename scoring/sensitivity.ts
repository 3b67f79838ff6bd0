/**
 * Reading sensitivity: whose grade or stars would change under another value of any one reading. The facts are laid
 * out once; a reading that does not bear on months or bonuses takes those of the first scoring.
 */
import { withReadings } from './policy.ts';
import { READING_NAMES, type ReadingName, readingValues } from './readings.ts';
import type { SensitivityEntry } from './result.ts';
import { rulesOf } from './rules.ts';
import { gradeOf, printed, settleYear, type Settlement } from './settlement.ts';
import { type Sheet, newSheet } from './sheet.ts';

const BEAR_ON_MONTHS: ReadonlySet<ReadingName> = new Set([
  'leave',
  'lateAndEarly',
  'combinedMeeting',
  'itemFloor',
  'unpaidDues',
  'sharedDeed',
  'floatingOnSite',
]);
const BEAR_ON_BONUS: ReadonlySet<ReadingName> = new Set(['awards', 'festivals']);
/** Readings about ratings and notices: no figure depends on them. */
const BEAR_ON_NOTHING: ReadonlySet<ReadingName> = new Set(['mutual', 'noticeDays', 'openObjection']);

/**
 * The members whose grade or stars differ, reading by reading and value by value in the policy's order. A year that
 * is blocked, now or under the other value, has no grades to compare and gives no entry.
 */
export function sensitivityOf(sheet: Sheet, settlement: Settlement): SensitivityEntry[] {
  if (settlement.blocked.length > 0) return [];
  const entries: SensitivityEntry[] = [];
  for (const reading of READING_NAMES) {
    if (BEAR_ON_NOTHING.has(reading)) continue;
    for (const value of readingValues(reading))
      if (value !== sheet.rules.readings[reading])
        entries.push(...changesUnder(sheet, settlement, reading, value));
  }
  return entries;
}

function changesUnder(
  sheet: Sheet,
  base: Settlement,
  reading: ReadingName,
  value: string,
): SensitivityEntry[] {
  const { books } = sheet;
  const rules = rulesOf(withReadings(books.policy, { [reading]: value }));
  const other = newSheet(books, rules, {
    ...(BEAR_ON_MONTHS.has(reading) ? {} : { months: sheet }),
    ...(BEAR_ON_BONUS.has(reading) ? {} : { bonuses: sheet }),
  });
  const settled = settleYear(other, base.year);
  // Who is a member does not hang on a reading, so the two lists run side by side.
  return settled.figures.flatMap((figures, i) => {
    const who = books.members[figures.member]!;
    const before = gradeOf(sheet.rules, who, base.figures[i]!, base.places.get(figures.member));
    const { grade, stars } = gradeOf(rules, who, figures, settled.places.get(figures.member));
    if (grade === before.grade && stars === before.stars) return [];
    return [{ name: who.name, reading, value, score: printed(figures.score), grade, stars }];
  });
}
