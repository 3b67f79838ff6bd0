/** What the town looks at of a month, as plain data: a filing, and where every branch stands. */
import type { IsoDate, LocalTime } from '../../scoring/calendar.ts';
import type { BoardView, Figure, Period } from './board.ts';
import type { ObjectionLine } from './meeting.ts';

/** What goes to the town when the window has closed (R29). */
export interface FilingView {
  readonly board: BoardView;
  /** When the scores were fixed, for 评分时间 on the sheet. */
  readonly scoredOn: IsoDate;
  readonly closedAt: LocalTime;
  readonly confirmations: readonly {
    readonly name: string;
    readonly score: Figure;
    readonly how: 'reply' | 'proxy' | 'paper';
    readonly by?: string;
  }[];
  readonly unconfirmed: readonly string[];
  readonly objections: readonly ObjectionLine[];
  /** Earlier versions of this board, oldest first. */
  readonly versions?: readonly {
    readonly version: number;
    readonly publishedAt: LocalTime;
    readonly fingerprint: string;
    readonly changed: readonly string[];
  }[];
  readonly secretary?: string;
  readonly recorder?: string;
}

/** Where every branch stands (R36): no score of anybody. */
export interface StageTableView {
  readonly town: string;
  readonly period: Period;
  readonly at: LocalTime;
  readonly rows: readonly StageRow[];
}

export interface StageRow {
  readonly branch: string;
  readonly members: number;
  /** 记录中, 待审核, 公示中, 已备案 … in Chinese. */
  readonly stage: string;
  /** 0 to 1, how far along the month is, for the picture's bar. */
  readonly progress: number;
  readonly daysLate: number;
  readonly openTickets: number;
  /** null before the board is published. */
  readonly unconfirmed: number | null;
  /** What it waits for, in a few words. */
  readonly waitsFor?: string;
}
