/** Reading a bonus (R20). Which fields it takes depends on the kind of its item in the policy. */
import { type Draft, type Raw, readDay, readUnits, readWord, say, show } from './draft.ts';
import { readName } from './read-members.ts';
import type { Units } from './points.ts';
import type { BonusItem } from './policy.ts';

const FIELDS_OF: Readonly<Record<BonusItem['kind'], readonly string[]>> = {
  award: ['level', 'achievement'],
  pool: ['points'],
  festival: ['occasion'],
  committee: ['points'],
};

export function readBonus(draft: Draft, fact: Raw, i: number): void {
  const place = `facts[${i}]`;
  const member = readName(draft, fact['name'], `${place}.name`);
  const day = readDay(draft, fact['date'], `${place}.date`);
  readDay(draft, fact['minute'], `${place}.minute`);
  const item = draft.rules.bonusItems.get(fact['item']);
  if (!item) {
    say(
      draft,
      `${place}.item`,
      `细则中没有加分项 ${show(fact['item'])}`,
      `可用：${[...draft.rules.bonusItems.keys()].join('、')}`,
    );
    return;
  }
  for (const key of ['level', 'achievement', 'points', 'occasion'])
    if (!FIELDS_OF[item.kind].includes(key) && (fact[key] ?? null) !== null)
      say(draft, `${place}.${key}`, `“${item.name}”不用这个字段`, '删去');
  const level =
    item.kind === 'award'
      ? readWord(
          draft,
          fact['level'],
          item.levels.map((l) => l.id),
          `${place}.level`,
        )
      : null;
  const occasion =
    item.kind === 'festival'
      ? readWord(
          draft,
          fact['occasion'],
          item.occasions.map((o) => o.id),
          `${place}.occasion`,
        )
      : null;
  const achievement =
    item.kind === 'award' ? readAchievement(draft, fact['achievement'], `${place}.achievement`) : null;
  const points = readPoints(draft, item, fact['points'], `${place}.points`);
  if (member < 0 || day < 0 || level === undefined || occasion === undefined) return;
  draft.bonuses[member]!.push({
    day,
    month: day >> 5,
    item: item.id,
    level,
    achievement,
    points,
    occasion,
    fact: i,
  });
}

function readAchievement(draft: Draft, value: unknown, place: string): string | null {
  if (typeof value === 'string' && value !== '') return value;
  say(draft, place, `表彰须写明事迹代号，现为 ${show(value)}`, '同一事迹用同一代号');
  return null;
}

function readPoints(draft: Draft, item: BonusItem, value: unknown, place: string): Units | null {
  if (item.kind === 'pool')
    return readUnits(
      draft,
      value ?? item.points,
      0,
      item.points,
      value === undefined || value === null ? 2 : 1,
      place,
    );
  if (item.kind === 'committee') return readUnits(draft, value, item.least, item.most, 1, place);
  return null;
}
