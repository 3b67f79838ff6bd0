/** The year, as plain data: of a branch before and after the decision, and of all branches with their check equations. */
import type { IsoDate, IsoMonth, LocalTime } from '../../scoring/calendar.ts';
import type { Figure } from './board.ts';

/** The year of a branch before and after the decision (R10, R31). */
export interface SettlementView {
  readonly town: string;
  readonly branch: string;
  readonly year: number;
  readonly rows: readonly SettlementRow[];
  readonly quota: {
    readonly base: number;
    readonly places: number;
    readonly used: number;
    readonly tied: readonly string[];
  } | null;
  readonly blocked: readonly IsoMonth[];
  readonly followUps: readonly {
    readonly name: string;
    readonly task: string;
    readonly owner?: string;
    readonly due?: IsoDate;
    readonly done?: IsoDate;
  }[];
  readonly sensitivity: readonly { readonly name: string; readonly reading: string; readonly to: string }[];
}

export interface SettlementRow {
  readonly name: string;
  readonly months: number;
  readonly mean: Figure;
  readonly bonus: number;
  readonly score: Figure;
  readonly computed: string | null;
  readonly stars: number | null;
  readonly decided?: string | null;
  readonly reason?: string;
  readonly appraisal?: string;
  /** 预备党员, 免评, 年度清零 … where there is no grade. */
  readonly standing?: string;
}

/** The year of all branches as the town checks it, with the check equations (issue 7): no individual score. */
export interface YearReviewView {
  readonly town: string;
  readonly year: number;
  readonly at: LocalTime;
  readonly rows: readonly YearReviewRow[];
}

export interface YearReviewRow {
  readonly branch: string;
  /** All members on 31 December. */
  readonly members: number;
  readonly excellent: number;
  readonly qualified: number;
  readonly basic: number;
  readonly failed: number;
  readonly probationary: number;
  readonly exempt: number;
  /** Members without a grade for another reason, such as no month in scope. */
  readonly others: number;
  /** Places for 优秀 (R31). */
  readonly places: number;
  /** Months of the year that are scored or waived; 12 when complete. */
  readonly months: number;
  /** 已报送, 已退回, 公示中, 已完成 … in Chinese. */
  readonly stage: string;
}
