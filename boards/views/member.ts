/** What is one member's own, as plain data: 附件2, the record with its clauses, and all that is kept of them. */
import type { IsoDate, IsoMonth } from '../../scoring/calendar.ts';
import type { Deduction, Figure, Period } from './board.ts';

/** The fields of 附件2's head. They come from the roster and appear on no other form. */
export interface Profile {
  readonly gender?: string;
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  readonly born?: string;
  readonly ethnicity?: string;
  readonly education?: string;
  readonly joinedParty?: string;
  readonly health?: string;
  readonly phone?: string;
}

/** 附件2: one member, one year. */
export interface Annex2View {
  readonly town: string;
  readonly branch: string;
  readonly year: number;
  readonly name: string;
  readonly profile: Profile;
  /** The months of the year that are known, at most twelve; the form prints all twelve. */
  readonly months: readonly Annex2Month[];
  /** The year's result where it is settled. */
  readonly result?: { readonly score: Figure; readonly grade: string | null; readonly stars: number | null };
  readonly note?: string;
}

export interface Annex2Month {
  readonly month: IsoMonth;
  readonly obligation: Figure;
  readonly service: Figure;
  readonly bonus: Figure;
  readonly deduction: Deduction;
  /** Why a month has no figures: 免评, 未纳入 …; such a month stays out of sum and average. */
  readonly outOfScope?: string;
}

/** A member's own record, every line with its clause; said in private only. */
export interface ExplanationView {
  readonly name: string;
  readonly period: Period;
  /** 记录中 (still open), 公示中 v1 … */
  readonly state: string;
  readonly items: readonly ExplanationItem[];
  readonly total: Figure;
  /** What is still short, one sentence each. */
  readonly shortfalls: readonly string[];
  /** The year so far: months counted and their mean. */
  readonly yearSoFar?: { readonly months: number; readonly mean: number; readonly bonus: number };
}

export interface ExplanationItem {
  /** 学习教育, 组织生活, 党费, 遵纪守法, a post's name, 加分. */
  readonly label: string;
  readonly points: Figure;
  readonly of: number;
  readonly lines: readonly { readonly text: string; readonly points?: number; readonly clause?: string }[];
}

/** Everything that is kept about one member, in plain words (privacy: on request, for that member alone). */
export interface OwnDataView {
  readonly branch: string;
  readonly name: string;
  readonly day: IsoDate;
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
}
