/** A policy in the form the core counts with: units instead of points, indexes instead of ids. */
import { type Units, toUnits } from './points.ts';
import type { BonusItem, Policy } from './policy.ts';
import type { Readings } from './readings.ts';

interface ItemRule {
  readonly id: string;
  readonly full: Units;
  readonly kind: 'attendance' | 'dues' | 'conduct';
  /** What each kind of mark takes from this item, by {@link MARK} code, before any reading. */
  readonly takes: readonly Units[];
}

/**
 * The kinds of event that can take points. A mark is an event; what it is worth depends on readings and is
 * settled only when a month is computed, so that one reading of the facts serves every reading of the policy.
 */
export const MARK = {
  absent: 0,
  late: 1,
  early: 2,
  lateAndEarly: 3,
  leaveSick: 4,
  leaveDuty: 5,
  leavePrivate: 6,
  away: 7,
  duesLate: 8,
  duesShort: 9,
  duesLateShort: 10,
  duesUnpaid: 11,
  self: 12,
  family: 13,
  petition: 14,
} as const;
export type MarkKind = (typeof MARK)[keyof typeof MARK];

export interface Rules {
  readonly policy: Policy;
  readonly readings: Readings;
  readonly items: readonly ItemRule[];
  /** Each item undeducted, and all of them together. */
  readonly fullItems: readonly Units[];
  readonly full: Units;
  /** Looked up with whatever a file holds, hence the keys. */
  readonly itemIndex: ReadonlyMap<unknown, number>;
  readonly postIndex: ReadonlyMap<unknown, number>;
  readonly duesItem: number;
  readonly conductItem: number;
  readonly partMax: { readonly commitment: number; readonly performance: number; readonly deed: number };
  readonly postMax: number;
  readonly bonusItems: ReadonlyMap<unknown, BonusItem>;
  readonly yearCap: Units;
  readonly monthCap: Units;
  readonly scoreCap: Units;
  readonly bands: readonly { readonly from: Units; readonly grade: string; readonly stars: number }[];
}

const known = new WeakMap<Policy, Rules>();

/** The rules of a policy; computed once for each policy object. */
export function rulesOf(policy: Policy): Rules {
  let rules = known.get(policy);
  if (!rules) known.set(policy, (rules = compile(policy)));
  return rules;
}

function compile(policy: Policy): Rules {
  const items = policy.items.map((item) => {
    const takes = Array.from({ length: 15 }, () => 0);
    if (item.kind === 'attendance') attendanceTakes(takes, item.deductions);
    if (item.kind === 'dues') {
      takes[MARK.duesLate] = toUnits(item.deductions.late);
      takes[MARK.duesShort] = toUnits(item.deductions.short);
      takes[MARK.duesLateShort] = takes[MARK.duesLate]! + takes[MARK.duesShort]!;
    }
    if (item.kind === 'conduct') {
      takes[MARK.self] = toUnits(item.deductions.self);
      takes[MARK.family] = toUnits(item.deductions.family);
      takes[MARK.petition] = toUnits(item.deductions.petition);
    }
    return { id: item.id, kind: item.kind, full: toUnits(item.points), takes };
  });
  const { commitment, performance, deed } = policy.service.parts;
  return {
    policy,
    readings: policy.readings,
    items,
    fullItems: items.map((item) => item.full),
    full: items.reduce((sum, item) => sum + item.full, 0),
    itemIndex: new Map<unknown, number>(items.map((item, i) => [item.id, i])),
    postIndex: new Map<unknown, number>(policy.posts.map((post, i) => [post.id, i])),
    duesItem: items.findIndex((item) => item.kind === 'dues'),
    conductItem: items.findIndex((item) => item.kind === 'conduct'),
    partMax: { commitment: commitment.points, performance: performance.points, deed: deed.points },
    postMax: (toUnits(commitment.points) + toUnits(performance.points) + toUnits(deed.points)) / 100,
    bonusItems: new Map<unknown, BonusItem>(policy.bonus.items.map((item) => [item.id, item])),
    yearCap: toUnits(policy.bonus.yearCap),
    monthCap: toUnits(policy.caps.month),
    scoreCap: toUnits(policy.caps.year),
    bands: policy.bands.map((b) => ({
      from: b.from === null ? Number.NEGATIVE_INFINITY : toUnits(b.from),
      grade: b.grade,
      stars: b.stars,
    })),
  };
}

function attendanceTakes(
  takes: Units[],
  of: { readonly absent: number; readonly late: number; readonly early: number; readonly leave: number },
): void {
  takes[MARK.absent] = toUnits(of.absent);
  takes[MARK.late] = toUnits(of.late);
  takes[MARK.early] = toUnits(of.early);
  takes[MARK.leaveSick] = toUnits(of.leave);
  takes[MARK.leaveDuty] = toUnits(of.leave);
  takes[MARK.leavePrivate] = toUnits(of.leave);
}
