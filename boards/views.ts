import type { IsoDate, IsoMonth, LocalTime } from '../scoring/calendar.ts';

/**
 * What people look at, as plain data: the engine fills these in from a folded ledger, and everything else in this
 * room (text, picture, Excel, Word) only draws them. No view of a board can carry a reason, a cause of leave,
 * a due, a place or a person helped: there is no field for it (R27).
 */

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

/** Everything that is kept about one member, in plain words (privacy: on request, for that member alone). */
export interface OwnDataView {
  readonly branch: string;
  readonly name: string;
  readonly day: IsoDate;
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
}
