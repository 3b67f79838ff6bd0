/** Crediting bonuses (R20): in order of date, then of the file, each up to what its item and the year still hold. */
import type { BonusEntry, Books, Member, MonthNumber } from './books.ts';
import { type Units, toUnits } from './points.ts';
import type { BonusItem } from './policy.ts';
import type { Rules } from './rules.ts';

export interface Credit {
  readonly entry: BonusEntry;
  /** What was asked for. */
  readonly claimed: Units;
  /** What its item still allowed (Q31, Q32, the yearly value of the item). */
  readonly allowed: Units;
  /** What the year's cap left of that. */
  readonly credited: Units;
}

export interface YearBonus {
  /** All that counts in the year, at most the year's cap. */
  readonly total: Units;
  /** Of it, brought along from another branch. */
  readonly carried: Units;
  readonly credits: readonly Credit[];
}

const NONE: YearBonus = { total: 0, carried: 0, credits: [] };

/**
 * The bonus of a member's year. Every bonus of the year counts, whatever its month. What another branch credited is
 * credited already: it stands first and uses up the year's cap.
 */
export function yearBonus(books: Books, rules: Rules, member: number, year: number): YearBonus {
  const who = books.members[member]!;
  const entries = books.bonuses[member]!;
  const carried = who.carried ? Math.min(rules.yearCap, carriedBonus(who, year)) : 0;
  if (entries.length === 0) return carried === 0 ? NONE : { total: carried, carried, credits: [] };
  const used = new Map<string, Units>();
  const credits: Credit[] = [];
  let total = carried;
  for (const entry of entries) {
    if (Math.floor(entry.month / 12) !== year) continue;
    const item = rules.bonusItems.get(entry.item)!;
    const claimed = claimedUnits(rules, item, entry);
    const allowed = takeFrom(rules, item, entry, claimed, used);
    const credited = Math.min(allowed, rules.yearCap - total);
    total += credited;
    credits.push({ entry, claimed, allowed, credited });
  }
  return { total, carried, credits };
}

function carriedBonus(member: Member, year: number): Units {
  let sum = 0;
  for (const [month, figures] of member.carried ?? [])
    if (Math.floor(month / 12) === year) sum += figures.bonus;
  return sum;
}

function claimedUnits(rules: Rules, item: BonusItem, entry: BonusEntry): Units {
  if (item.kind === 'award') return toUnits(item.levels.find((l) => l.id === entry.level)!.points);
  if (item.kind === 'festival') return toUnits(item.points[rules.readings.festivals]);
  return entry.points!;
}

/** How much of a claim its item lets through; `used` remembers what each pot of the year gave so far. */
function takeFrom(
  rules: Rules,
  item: BonusItem,
  entry: BonusEntry,
  claimed: Units,
  used: Map<string, Units>,
): Units {
  const pot = potOf(rules, item, entry);
  if (pot === null) return claimed;
  const before = used.get(pot.key) ?? 0;
  const allowed = Math.max(0, Math.min(claimed, pot.size - before));
  used.set(pot.key, before + allowed);
  return allowed;
}

/**
 * The pot a claim draws on. For awards the pot is as large as the award in hand, so that a higher one tops up what a
 * lower one gave (就高不重复).
 */
function potOf(rules: Rules, item: BonusItem, entry: BonusEntry): { key: string; size: Units } | null {
  const { awards, festivals } = rules.readings;
  if (item.kind === 'pool') return { key: item.id, size: toUnits(item.points) };
  if (item.kind === 'committee' || (item.kind === 'award' && awards === 'sum')) return null;
  const size = claimedUnits(rules, item, entry);
  // One pot for all awards or both festivals of the year, or one for each achievement and each festival.
  const shared = item.kind === 'award' ? awards === 'best-of-year' : festivals === 'two-a-year';
  const own = item.kind === 'award' ? entry.achievement : entry.occasion;
  return { key: shared ? item.id : `${item.id}\n${own}`, size };
}

/** What was credited in one month. */
export function creditedIn(bonus: YearBonus, month: MonthNumber): Units {
  let sum = 0;
  for (const credit of bonus.credits) if (credit.entry.month === month) sum += credit.credited;
  return sum;
}
