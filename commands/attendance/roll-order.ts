/**
 * Which name goes with which status. People write `迟到：甲、乙 请假：丙` (the status first) and `甲、乙迟到，丙请假`
 * (the names first), in one line or many. Each stretch is read in the order in which every name gets a status; where
 * both orders or neither would do, nothing is guessed: `confused`.
 */
import type { NameHit } from '../language/message.ts';
import {
  unitsBetween,
  type Clause,
  clausesOf,
  type Names,
  type Unit,
  unitsOf,
  type Word,
} from './roll-clauses.ts';
import type { Status, StatusHit } from './roll-words.ts';

export interface Given {
  readonly hits: readonly NameHit[];
  readonly statuses: readonly Status[];
}

export interface Ordered {
  readonly given: readonly Given[];
  /** The order of names and statuses cannot be told. */
  readonly confused: boolean;
  /** Several people before late and early at once: who did which? */
  readonly tangled: boolean;
}

/** Statuses of one person said one after the other: 迟到早退 are two acts, 没来，请假了 is leave. */
function joined(statuses: readonly Status[]): Status[] {
  let list: Status[] = [];
  for (const next of statuses) {
    const [before] = list;
    if (before === undefined || before === 'present') list = [next];
    else if (next === 'present' || list.includes(next)) continue;
    else if ((before === 'late' && next === 'early') || (before === 'early' && next === 'late'))
      list = [before, next];
    else if (before === 'absent') list = [next];
  }
  return list;
}

class Ordering {
  readonly given: Given[] = [];
  confused = false;
  tangled = false;
  private pending: NameHit[] = [];
  private carried: readonly Status[] | null = null;
  private last: number | null = null;

  give(hits: readonly NameHit[], said: readonly Status[]): void {
    const statuses = joined(said);
    if (hits.length === 0 || statuses.length === 0) return;
    if (hits.length > 1 && statuses.length > 1) this.tangled = true;
    this.given.push({ hits, statuses });
    this.last = this.given.length - 1;
  }

  /** A full stop ends what is open. */
  stop(): void {
    this.pending = [];
    this.carried = null;
    this.last = null;
  }

  head(status: Status): void {
    this.stop();
    this.carried = [status];
  }

  clause({ units, pure }: Clause, headed: boolean): void {
    const words = units.filter((u) => u.kind === 'word');
    const groups = units.filter((u) => u.kind === 'names');
    if (units.length === 0) return;
    if (words.length === 0) this.namesOnly(groups, pure);
    else if (groups.length === 0) this.wordsOnly(words, pure);
    else this.both(units, headed);
  }

  private namesOnly(groups: readonly Names[], pure: boolean): void {
    const hits = groups.flatMap((g) => g.hits);
    if (this.carried) this.give(pure ? hits : hits.slice(0, groups[0]!.hits.length), this.carried);
    else if (pure) this.pending.push(...hits);
    else this.pending = [];
  }

  private wordsOnly(words: readonly Word[], pure: boolean): void {
    const statuses = words.map((w) => w.status);
    if (this.pending.length > 0) {
      this.give(this.pending, statuses);
      this.pending = [];
      return;
    }
    const before = this.last === null ? undefined : this.given[this.last];
    if (before && !this.carried) {
      const both = joined([...before.statuses, ...statuses]);
      if (before.hits.length > 1 && both.length > 1) this.tangled = true;
      this.given[this.last!] = { hits: before.hits, statuses: both };
      return;
    }
    // 迟到 on a line of its own, the names below it.
    this.carried = pure ? statuses.slice(-1) : null;
  }

  private both(units: readonly Unit[], headed: boolean): void {
    const order = this.orderOf(units, headed);
    if (order === 'confused') {
      this.confused = true;
      this.stop();
      return;
    }
    if (order === 'labels') this.labels(units);
    else this.namesFirst(units);
  }

  private labels(units: readonly Unit[]): void {
    let statuses: Status[] = [...(this.carried ?? [])];
    let fresh = false;
    for (const unit of units) {
      if (unit.kind === 'word') {
        statuses = fresh ? [...statuses, unit.status] : [unit.status];
        fresh = true;
      } else {
        this.give(unit.hits, statuses);
        fresh = false;
      }
    }
    this.pending = [];
    this.carried = statuses;
  }

  private namesFirst(units: readonly Unit[]): void {
    let hits: NameHit[] = units[0]!.kind === 'names' ? this.pending : [];
    let statuses: Status[] = [];
    for (const unit of units) {
      if (unit.kind === 'names') {
        if (statuses.length > 0) {
          this.give(hits, statuses);
          hits = [];
        } else if (hits.length > 0 && hits !== this.pending) hits = [];
        statuses = [];
        hits = [...hits, ...unit.hits];
      } else statuses.push(unit.status);
    }
    this.give(hits, statuses);
    this.pending = [];
    this.carried = null;
  }

  private orderOf(units: readonly Unit[], headed: boolean): 'labels' | 'names' | 'confused' {
    const first = units[0]!;
    const last = units.at(-1)!;
    const gap = (from: Unit['kind']): number[] =>
      units.flatMap((u, i) =>
        u.kind === from && units[i + 1] && units[i + 1]!.kind !== from ? [units[i + 1]!.start - u.end] : [],
      );
    const [toWord, toName] = [Math.max(0, ...gap('names')), Math.max(0, ...gap('word'))];
    if (last.kind === 'names') {
      if (first.kind === 'word' || headed) return 'labels';
      // 甲迟到 乙 and 甲 迟到乙: only what stands together goes together.
      const [nearWord, nearName] = [Math.min(...gap('names')), Math.min(...gap('word'))];
      return nearName === 0 && nearWord > 0 ? 'labels' : 'confused';
    }
    if (first.kind === 'names') {
      const many = first.hits.length > 1;
      const generic = this.carried?.[0] === 'absent';
      return headed && many && !generic && units.length === 2 ? 'confused' : 'names';
    }
    // 主题党日签到 甲迟到 乙请假: the first word is the title's.
    if (first.status === 'present' && !first.heads && toWord <= toName) return 'names';
    if (toWord < toName) return 'names';
    return toName < toWord ? 'labels' : 'confused';
  }
}

function orderStretch(
  ordering: Ordering,
  text: string,
  units: readonly Unit[],
  from: number,
  to: number,
): void {
  const stretch = unitsBetween(units, from, to);
  if (stretch.length === 0) return;
  const heads = stretch.filter((u): u is Word => u.kind === 'word' && u.heads);
  const bounds = [from, ...heads.map((h) => h.start), to];
  bounds.slice(0, -1).forEach((start, i) => {
    const head = i === 0 ? null : heads[i - 1]!;
    if (head) ordering.head(head.status);
    const begin = head ? head.end : start;
    const end = bounds[i + 1]!;
    const inside = unitsBetween(stretch, begin, end);
    let headed = head !== null;
    for (const clause of clausesOf(text, inside, begin, end)) {
      ordering.clause(clause, headed);
      if (clause.units.some((u) => u.kind === 'word')) headed = false;
    }
  });
}

/** Names and statuses of a text, matched. `text` has asides blanked; positions are those of the body. */
export function orderRoll(text: string, names: readonly NameHit[], words: readonly StatusHit[]): Ordered {
  const units = unitsOf(text, names, words);
  const ordering = new Ordering();
  let from = 0;
  for (const at of [...[...text.matchAll(/[。;；]/g)].map((m) => m.index), text.length]) {
    orderStretch(ordering, text, units, from, at);
    ordering.stop();
    from = at + 1;
  }
  return { given: ordering.given, confused: ordering.confused, tangled: ordering.tangled };
}
