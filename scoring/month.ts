/** One member's month: the items (R14–R19) and the posts (R21), under the readings in force. */
import {
  type Books,
  type Cell,
  type Mark,
  type MonthNumber,
  type PostScore,
  cellAt,
  postsHeld,
} from './books.ts';
import type { Units } from './points.ts';
import { MARK, type MarkKind, type Rules } from './rules.ts';

export interface MonthFigures {
  /** By position in the policy's items. */
  readonly items: readonly Units[];
  readonly obligation: Units;
  /** Posts held, by position in the policy. */
  readonly posts: readonly number[];
  /** What each post is worth; null is 待评. */
  readonly values: readonly (Units | null)[];
  /** The sum of the posts that are scored. */
  readonly scored: Units;
  /** How many posts are 待评. */
  readonly pending: number;
}

const empty = new WeakMap<Rules, MonthFigures>();

/** A month without a record and without a post is full (R19); all such months are one object. */
function emptyMonth(rules: Rules): MonthFigures {
  let figures = empty.get(rules);
  if (!figures) {
    figures = {
      items: rules.fullItems,
      obligation: rules.full,
      posts: [],
      values: [],
      scored: 0,
      pending: 0,
    };
    empty.set(rules, figures);
  }
  return figures;
}

export function monthFigures(books: Books, rules: Rules, member: number, month: MonthNumber): MonthFigures {
  const cell = cellAt(books, member, month);
  const posts = postsHeld(books, member, month);
  if (!cell && posts.length === 0) return emptyMonth(rules);
  const items = itemFigures(rules, cell, books.members[member]!.floating);
  let obligation = 0;
  for (const points of items) obligation += points;
  const values: (Units | null)[] = [];
  let scored = 0;
  let pending = 0;
  for (const post of posts) {
    const value = postFigure(rules, cell, post);
    values.push(value);
    if (value === null) pending += 1;
    else scored += value;
  }
  return { items, obligation, posts, values, scored, pending };
}

function itemFigures(rules: Rules, cell: Cell | undefined, floating: boolean): readonly Units[] {
  if (!cell || (!cell.marks && !cell.finals)) return rules.fullItems;
  const points = [...rules.fullItems];
  if (cell.marks) {
    const excusable = floating && cell.contact;
    const both = rules.readings.combinedMeeting === 'both';
    for (const mark of cell.marks) {
      points[mark.item]! -= deduction(rules, mark.kind, mark.item, excusable);
      if (both && mark.also >= 0) points[mark.also]! -= deduction(rules, mark.kind, mark.also, excusable);
    }
    if (rules.readings.itemFloor === 'zero')
      for (let i = 0; i < points.length; i++) if (points[i]! < 0) points[i] = 0;
  }
  if (cell.finals) for (const final of cell.finals) if (final.item >= 0) points[final.item] = final.points;
  return points;
}

/**
 * What one event takes from an item. `excusable`: the member is floating and was in contact in that month, so
 * `floatingOnSite` decides about being away; for anybody else away is absent (R24, Q61).
 */
export function deduction(rules: Rules, kind: MarkKind, item: number, excusable: boolean): Units {
  const { takes } = rules.items[item]!;
  const { readings } = rules;
  switch (kind) {
    case MARK.away:
      if (!excusable || readings.floatingOnSite === 'absent') return takes[MARK.absent]!;
      return readings.floatingOnSite === 'leave' ? takes[MARK.leavePrivate]! : 0;
    case MARK.lateAndEarly:
      return readings.lateAndEarly === 'both'
        ? takes[MARK.late]! + takes[MARK.early]!
        : Math.max(takes[MARK.late]!, takes[MARK.early]!);
    case MARK.leaveSick:
    case MARK.leaveDuty:
      return readings.leave === 'all' ? takes[kind]! : 0;
    case MARK.duesUnpaid:
      return takes[readings.unpaidDues === 'late' ? MARK.duesLate : MARK.duesShort]!;
    default:
      return takes[kind]!;
  }
}

/** Whether a mark bears on an item: its own, or the second one of a combined meeting (Q11). */
export function bears(rules: Rules, mark: Mark, item: number): boolean {
  return mark.item === item || (mark.also === item && rules.readings.combinedMeeting === 'both');
}

/** A post's points: the last final, or the score, or null for 待评. */
function postFigure(rules: Rules, cell: Cell | undefined, post: number): Units | null {
  if (!cell) return null;
  if (cell.finals) {
    const final = cell.finals.findLast((f) => f.post === post);
    if (final) return final.points;
  }
  const score = cell.scores?.find((s) => s.post === post);
  return score ? scoreUnits(rules, score) : null;
}

/** Q24: under `one-post` a deed used before counts 0; a total without a split is taken as it is. */
export function scoreUnits(rules: Rules, score: PostScore): Units {
  return score.rest + (score.repeated && rules.readings.sharedDeed === 'one-post' ? 0 : score.deed);
}
