/**
 * What people look at, as plain data: the engine fills these in from a folded ledger, and everything else in this
 * room (text, picture, Excel, Word) only draws them. No view of a board can carry a reason, a cause of leave,
 * a due, a place or a person helped: there is no field for it (R27).
 */
import type { IsoDate, LocalTime } from '../../scoring/calendar.ts';

/** `YYYY-MM` for a month, `YYYY` for a year. */
export type Period = string;

/** A figure already rounded for printing, at most two decimals; null = 待评, which is never 0. */
export type Figure = number | null;

/** 附件3's 扣分项 column knows only this one word (R35). */
export type Deduction = '' | '年度清零';

/** One line of 附件3. */
export interface BoardRow {
  readonly name: string;
  /** Short Chinese names of the claimed posts, at most two. */
  readonly posts: readonly string[];
  readonly obligation: Figure;
  readonly service: Figure;
  readonly bonus: Figure;
  readonly deduction: Deduction;
  readonly total: Figure;
  /** Year sheets only: 优秀、合格、基本合格、不合格; null for the ungraded (R32, Q07). */
  readonly grade?: string | null;
  /** Year sheets only: 0 to 5. */
  readonly stars?: number | null;
}

/** A published (or about to be published) board of a month or of a year: 附件3. */
export interface BoardView {
  readonly town: string;
  readonly branch: string;
  readonly period: Period;
  readonly version: number;
  /** From `fingerprintOf`; the whole 64 hex digits. */
  readonly fingerprint: string;
  readonly publishedAt: LocalTime;
  /** Last day of the notice period, posting day not counted. */
  readonly closes: IsoDate;
  /** Policy version the figures were computed under. */
  readonly policy: string;
  /** In roster order. */
  readonly rows: readonly BoardRow[];
  /** One line under the table, such as why a month was waived. */
  readonly note?: string;
}

/** One row that changed between two versions; null where it was not there before, or is not any more. */
export interface RowChange {
  readonly name: string;
  readonly before: BoardRow | null;
  readonly after: BoardRow | null;
}

/** Who answered and who has not; for the secretary alone. */
export interface UnconfirmedView {
  readonly branch: string;
  readonly period: Period;
  readonly version: number;
  readonly closes: IsoDate;
  /** How many answers the board needs. */
  readonly members: number;
  readonly confirmed: number;
  readonly people: readonly UnconfirmedPerson[];
}

export interface UnconfirmedPerson {
  readonly name: string;
  readonly group?: string;
  readonly total: Figure;
  /** Reminders already sent, at most two. */
  readonly reminded?: number;
  /** An open objection of this person: counts as answered, shown so that nobody phones about it. */
  readonly objecting?: boolean;
}

/** 附件3 to print: a board's sheet with signature columns. `scoredOn` fills 评分时间; left out, the line stays empty. */
export interface Annex3View {
  readonly town: string;
  readonly branch: string;
  readonly period: Period;
  readonly scoredOn?: IsoDate;
  readonly rows: readonly BoardRow[];
  readonly version?: number;
  readonly fingerprint?: string;
  readonly policy?: string;
  readonly note?: string;
}
