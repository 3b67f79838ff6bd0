/** What scoring answers: exactly the JSON that `lanxing score` prints. Points are JS numbers, half up to 2 decimals. */
import type { IsoMonth } from './calendar.ts';
import type { PostId } from './case.ts';
import type { Readings } from './readings.ts';

/**
 * One member's month. Beside the named figures there is one figure for every obligation item of the policy
 * (`study`, `organisation`, `dues`, `conduct` in the Lanxi policy), under its id.
 */
export interface MonthRow {
  /** The items by id; typed loosely because a policy may name its own. */
  [item: string]: number | null | readonly string[] | Record<PostId, number | null>;
  /** The sum of the items (履行党员义务). */
  obligation: number;
  /** Each claimed post; null is 待评. */
  posts: Record<PostId, number | null>;
  /** The sum of the posts, or null while one is 待评. */
  service: number | null;
  /** The bonus credited in this month. */
  bonus: number;
  uncapped: number | null;
  total: number | null;
  /** Posts still 待评. */
  pending: readonly PostId[];
}

export interface YearMember {
  /** Months that count in the mean. */
  months: number;
  mean: number | null;
  /** Bonus credited in the year. */
  bonus: number;
  uncapped: number | null;
  score: number | null;
  grade: string | null;
  stars: number | null;
  /** Year zero (R35): the score is 0. */
  zeroed: boolean;
  followUps: string[];
}

export interface Quota {
  base: number;
  places: number;
  excellent: string[];
  tied: string[];
  overQuota: string[];
  needsTown: boolean;
}

export interface SensitivityEntry {
  name: string;
  reading: string;
  value: string;
  score: number | null;
  grade: string | null;
  stars: number | null;
}

export interface YearResult {
  year: number;
  state: 'computed' | 'blocked';
  /** The months that block the year, in order. */
  blocked: IsoMonth[];
  /** Empty while the year is blocked. */
  members: Record<string, YearMember>;
  /** Null while the year is blocked. */
  quota: Quota | null;
  sensitivity?: SensitivityEntry[];
}

/** One line of an explanation: what happened, what it was worth, and where the policy says so. */
export interface ExplainLine {
  /** The whole line for a person: `学习教育 10−5=5：3月20日学习会无故缺席（附件1·义务·1）`. */
  readonly text: string;
  /** What it did to the figure, such as `10−5=5`. */
  readonly arithmetic: string;
  /** Where the policy says so, such as `附件1·义务·1`. */
  readonly clause: string;
  /** The fact in the case, such as `facts[3]`, or null where no fact is behind it. */
  readonly fact: string | null;
}

/** The lines behind every figure, under the figure's own key; a post's lines stand under its id. */
export type FigureLines = Record<string, ExplainLine[]>;

export interface Explanation {
  months: Record<IsoMonth, Record<string, FigureLines>>;
  year: { members: Record<string, FigureLines>; quota: ExplainLine[]; blocked: ExplainLine[] } | null;
}

export interface ScoreResult {
  /** The policy's id. */
  policy: string;
  /** Every reading in force. */
  readings: Readings;
  /** The months asked for; in each, the members in scope. */
  months: Record<IsoMonth, Record<string, MonthRow>>;
  /** Null where no year was asked for. */
  year: YearResult | null;
  explain?: Explanation;
}
