/** What is on the table at a meeting, as plain data: who signs in, and what the committee is to decide. */
import type { IsoDate, IsoMonth, LocalTime } from '../../scoring/calendar.ts';
import type { Figure } from './board.ts';

/** One meeting's sign-in, as progress in chat and as a sheet to sign. */
export interface SignInView {
  readonly branch: string;
  /** 主题党日, 党员大会, 集中学习 … */
  readonly meeting: string;
  readonly date: IsoDate;
  readonly place?: string;
  readonly members: readonly SignInMember[];
}

export interface SignInMember {
  readonly name: string;
  readonly group?: string;
  /** What is known already: present, or approved leave (never its cause). */
  readonly mark?: 'present' | 'late' | 'early' | 'leave' | 'absent';
}

/** What the committee needs on the table before 主题党日 (R13). Not for the group. */
export interface AgendaView {
  readonly town: string;
  readonly branch: string;
  readonly month: IsoMonth;
  readonly meeting: IsoDate;
  readonly preparedAt: LocalTime;
  readonly rows: readonly AgendaRow[];
  /** Reports still waiting for the recorder. */
  readonly unverified: readonly { readonly number: number; readonly text: string }[];
  /** Bonus claims awaiting a minute. */
  readonly bonusClaims: readonly {
    readonly number?: number;
    readonly name: string;
    readonly item: string;
    readonly points: number | null;
  }[];
  readonly objections: readonly ObjectionLine[];
  /** Rulings of last month to be reported at the meeting (R26). */
  readonly rulings: readonly ObjectionLine[];
  /** Anything else to settle, one sentence each. */
  readonly notes?: readonly string[];
}

export interface AgendaRow {
  readonly name: string;
  readonly obligation: Figure;
  /** What was deducted in the 40, in a word each: 组织生活 迟到 −2. */
  readonly deductions: readonly string[];
  readonly posts: readonly AgendaPost[];
  readonly bonus: Figure;
}

export interface AgendaPost {
  readonly post: string;
  /** Verified reports this month and the month's minimum, where the post has one (R23). */
  readonly done: number;
  readonly minimum: number | null;
  /** 0–30, what the count suggests; people give the score. */
  readonly suggested: Figure;
  readonly given: Figure;
}

/** An objection and what became of it (R26). */
export interface ObjectionLine {
  readonly number: number;
  readonly by?: string;
  readonly about: string;
  readonly item: string;
  /** 处理中, 采纳, 部分采纳, 不采纳, 已撤回, 已申诉 … in Chinese. */
  readonly outcome: string;
  readonly ruling?: string;
  readonly handler?: string;
  readonly filedOn?: IsoDate;
  readonly due?: IsoDate;
  readonly answeredOn?: IsoDate;
}
