/**
 * Exact points. Inside the core every figure is an integer of hundredths ("units": one point is 100) or a fraction of
 * them, so nothing is ever lost to a float; JS numbers appear only where people or files are met.
 */

/** Hundredths of a point, an integer. */
export type Units = number;

const UNIT = 100;

/** An exact fraction of units; `d` is a positive integer. */
export interface Fraction {
  readonly n: number;
  readonly d: number;
}

export function toUnits(points: number): Units {
  return Math.round(points * UNIT);
}

/** Points as a JS number. Dividing an integer by 100 gives the double nearest to the decimal, so it prints as it should. */
export function toPoints(units: Units): number {
  return units / UNIT;
}

/** Half up to whole units, that is to two decimals of a point. */
export function roundHalfUp(value: Fraction): Units {
  return Math.floor((2 * value.n + value.d) / (2 * value.d));
}

/** Negative where `a` is less, positive where it is more. */
export function compare(a: Fraction, b: Fraction): number {
  return a.n * b.d - b.n * a.d;
}

/** The fraction, at most `cap` units. */
export function atMost(value: Fraction, cap: Units): Fraction {
  return value.n > cap * value.d ? { n: cap, d: 1 } : value;
}

/**
 * Whether a number has at most `decimals` decimals. What differs by less than a billionth is the noise of another
 * program's floats (3 × 0.1), not a third decimal that somebody meant.
 */
export function hasDecimals(value: number, decimals: number): boolean {
  const scaled = value * 10 ** decimals;
  return Math.abs(scaled - Math.round(scaled)) < 1e-9;
}
