/**
 * A case: everything the scoring core is told. It is the input of `lanxing score` (docs: the `score` verb) and what
 * the ledger hands over for one branch. Every optional field may be left out or be null, which means the same.
 */
import type { IsoDate, IsoMonth } from './calendar.ts';
import type { PolicyOverride } from './policy.ts';

/** A post's id in the policy, such as `security-patrol`. */
export type PostId = string;
/** The id of one of the obligation items in the policy, such as `study`. */
type ItemId = string;

export interface Case {
  /** What differs from the policy the case is scored under, most often `{ readings: { … } }`. */
  policy?: PolicyOverride | null;
  members: CaseMember[];
  history?: HistoryEntry[] | null;
  facts?: Fact[] | null;
}

/** Standing on 31 December of the year that is scored (R32, Q07, Q50). */
type MemberStatus = 'full' | 'probationary' | 'exempt';

export interface CaseMember {
  name: string;
  /** Left out: `full`. */
  status?: MemberStatus | null;
  /** Left out: a member from before any fact. The first full month counts (R33). */
  joined?: IsoDate | null;
  /** The day membership in this branch ended. */
  left?: IsoDate | null;
  /** `town`: the last full month counts; `branch`: moved inside the town, the month of the move still counts here. */
  leftReason?: 'town' | 'branch' | null;
  /** The day a probationary member became full. */
  fullSince?: IsoDate | null;
  /** The town's filing date of an exemption: out of scope from the month after it (R02). */
  exemptFiled?: IsoDate | null;
  /** The day the exemption ends: back in scope from the first full month. */
  exemptUntil?: IsoDate | null;
  /** A registered floating member (流动党员). */
  floating?: boolean | null;
  /** Months scored in another branch of the town; they count in the year as they are. */
  carried?: CarriedMonth[] | null;
}

interface CarriedMonth {
  month: IsoMonth;
  obligation: number;
  service: number;
  /** Left out: 0. */
  bonus?: number | null;
}

/** The outcome of an earlier year, for follow-ups of years in a row (R32). */
export interface HistoryEntry {
  name: string;
  year: number;
  /** A grade of the policy: 优秀, 合格, 基本合格 or 不合格. */
  outcome: string;
}

type LeaveReason = 'sick' | 'duty' | 'private';
type DuesStatus = 'paid' | 'prepaid' | 'late' | 'short' | 'late-short' | 'unpaid';
type ConductKind = 'self' | 'family' | 'petition';

export interface MeetingFact {
  type: 'meeting';
  date: IsoDate;
  /** The item it belongs to: an attendance item of the policy (`study`, `organisation`). */
  category: ItemId;
  /** The second category of a combined meeting (Q11). */
  also?: ItemId | null;
  absent?: string[] | null;
  late?: string[] | null;
  early?: string[] | null;
  leave?: { name: string; reason: LeaveReason }[] | null;
  /** Not on site (Q61). */
  away?: string[] | null;
}

interface DuesFact {
  type: 'dues';
  name: string;
  month: IsoMonth;
  status: DuesStatus;
}

/** A floating member was in touch with the branch (R24). */
interface ContactFact {
  type: 'contact';
  name: string;
  date: IsoDate;
}

interface ConductFact {
  type: 'conduct';
  name: string;
  date: IsoDate;
  kind: ConductKind;
  /** The day of the committee minute. */
  minute: IsoDate;
}

/** A post held from `from` until `until`, both inclusive. */
interface ClaimFact {
  type: 'claim';
  name: string;
  post: PostId;
  from: IsoMonth;
  until?: IsoMonth | null;
}

interface ReportFact {
  type: 'report';
  name: string;
  post: PostId;
  date: IsoDate;
  verified: boolean;
  /** It was one of the concrete deeds (办实事). Left out: false. */
  deed?: boolean | null;
}

/** The three parts, or a `total` whose split is not known. */
interface PostScoreFact {
  type: 'post-score';
  name: string;
  month: IsoMonth;
  post: PostId;
  commitment?: number | null;
  performance?: number | null;
  deed?: number | null;
  total?: number | null;
  /** The same id in two scores of one member is one deed (Q24). */
  deedId?: string | null;
}

export interface BonusFact {
  type: 'bonus';
  name: string;
  date: IsoDate;
  minute: IsoDate;
  /** The id of a bonus item of the policy. */
  item: string;
  /** `award`. */
  level?: string | null;
  /** `award`: awards with one achievement are for the same deed (Q31). */
  achievement?: string | null;
  /** `economy`, `public-welfare` (the full value if left out), `other`. */
  points?: number | null;
  /** `festival`. */
  occasion?: string | null;
}

/** The committee's figure for one item or one claimed post of one month; the last in the file holds. */
interface FinalFact {
  type: 'final';
  name: string;
  month: IsoMonth;
  /** The id of an item or of a post. */
  item: ItemId;
  points: number;
  minute: IsoDate;
}

/** The secretary takes a whole month out of the year, with a reason (Q06). */
interface WaiveFact {
  type: 'waive';
  month: IsoMonth;
  reason: string;
}

/** 年度清零 (R35). */
interface YearZeroFact {
  type: 'year-zero';
  name: string;
  date: IsoDate;
  minute: IsoDate;
}

export type Fact =
  | MeetingFact
  | DuesFact
  | ContactFact
  | ConductFact
  | ClaimFact
  | ReportFact
  | PostScoreFact
  | BonusFact
  | FinalFact
  | WaiveFact
  | YearZeroFact;
