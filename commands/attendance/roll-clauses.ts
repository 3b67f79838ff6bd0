/** A roll cut into clauses: groups of names and status words, as they stand between commas. */
import type { NameHit } from '../language/message.ts';
import type { StatusHit } from './roll-words.ts';

export interface Names {
  readonly kind: 'names';
  readonly start: number;
  readonly end: number;
  readonly hits: readonly NameHit[];
}

export interface Word extends StatusHit {
  readonly kind: 'word';
  /** A colon, and names right behind it: it can only govern these. */
  readonly heads: boolean;
}

export type Unit = Names | Word;

export interface Clause {
  readonly units: readonly Unit[];
  /** Hardly anything but names, or but status words. */
  readonly pure: boolean;
}

const JOINS =
  /^[\s、,，/&+]*(?:和|跟|与|及|同|以及|还有|加上)?(?:那个)?[\s、]*(?:同志|党员)?[\s、]*(?:和|跟|与|及|还有)?[\s、]*$/;

/** Groups of names and status words, alternating as they stand. */
export function unitsOf(text: string, names: readonly NameHit[], words: readonly StatusHit[]): Unit[] {
  const units: Unit[] = [];
  const all = [...names, ...words].sort((a, b) => a.start - b.start);
  for (const [i, item] of all.entries()) {
    if ('status' in item) {
      const next = all[i + 1];
      const colon =
        /^\s*(?:的|了)?(?:[一二两三四五六七八九十\d]+\s*[个人名位]*)?(?:人员|名单|同志|党员)?(?:的)?(?:有|是|为)?\s*[:：]/.exec(
          text.slice(item.end, item.end + 16),
        );
      const heads =
        colon !== null &&
        next !== undefined &&
        !('status' in next) &&
        next.start - item.end - colon[0].length <= 3;
      units.push({ kind: 'word', ...item, heads });
      continue;
    }
    const last = units.at(-1);
    if (
      last?.kind === 'names' &&
      JOINS.test(text.slice(last.end, item.start)) &&
      !/[,，\n]/.test(text.slice(last.end, item.start))
    )
      units[units.length - 1] = { ...last, end: item.end, hits: [...last.hits, item] };
    else units.push({ kind: 'names', start: item.start, end: item.end, hits: [item] });
  }
  return units;
}

function isPure(text: string, units: readonly Unit[], start: number, end: number): boolean {
  let rest = '';
  let at = start;
  for (const unit of units) {
    rest += text.slice(at, unit.start);
    at = unit.end;
    if (unit.kind === 'names') {
      let inside = text.slice(unit.start, unit.end);
      for (const hit of unit.hits) inside = inside.replace(hit.text, '');
      rest += inside;
    }
  }
  rest += text.slice(at, end);
  return rest.replace(/[^一-龥]|同志|党员|和|跟|与|及|的|了|有|是|都|也|算|人员|名单|他|她/g, '').length <= 2;
}

/** Clauses between commas within one stretch under one label. */
export function clausesOf(text: string, units: readonly Unit[], from: number, to: number): Clause[] {
  const clauses: Clause[] = [];
  let start = from;
  let next = 0;
  for (let at = from; at <= to; at++) {
    const char = text[at];
    if (at < to && char !== ',' && char !== '，' && char !== '\n') continue;
    const inside: Unit[] = [];
    for (; next < units.length && units[next]!.end <= at; next++)
      if (units[next]!.start >= start) inside.push(units[next]!);
    clauses.push({ units: inside, pure: isPure(text, inside, start, at) });
    start = at + 1;
  }
  return clauses;
}

/** The units of a stretch; they stand in order, so that the first is found by halving. */
export function unitsBetween(units: readonly Unit[], from: number, to: number): Unit[] {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (units[middle]!.start < from) low = middle + 1;
    else high = middle;
  }
  const inside: Unit[] = [];
  for (let i = low; i < units.length && units[i]!.end <= to; i++) inside.push(units[i]!);
  return inside;
}
