import type { IsoDate, IsoMonth, LocalTime } from '../scoring/calendar.ts';
import type { BranchId } from './entry.ts';
import type { Data } from './kinds.ts';

/**
 * A town as its entries leave it: plain JSON (it is checkpointed), built only by `fold.ts`.
 * Everything the bot knows between two messages is here, so a restart loses nothing.
 */
export interface TownState {
  office: Office;
  branches: Record<BranchId, BranchState>;
}

/** The town's own ledger: its office, its branches and the policy it set. */
export interface Office {
  seq: number;
  name: string;
  rooms: string[];
  officers: { name: string; contact: string | null; until: IsoDate | null }[];
  branches: Record<BranchId, { name: string }>;
  codes: { branch: BranchId; code: string; until: LocalTime; room: string | null }[];
  policies: PolicyChange[];
  questions: Question[];
  jobs: Record<string, LocalTime>;
  owed: OwedReplies[];
}

export interface PolicyChange {
  overrides: unknown;
  date: IsoDate;
  minute: string;
  by: string;
}

export interface Settings {
  /** Day of the month of the 主题党日. */
  themeDay: number;
  themeAt: string;
  noticeDays: number;
  /** No message of the bot's own accord between these hours (`HH:mm`). */
  quietFrom: string;
  quietTo: string;
  reminderAt: string;
  ranking: boolean;
  shortfallReminders: boolean;
  quarterlyDues: boolean;
  /** Weekday of the 扶贫日 reminder, 1 = Monday; left out, there is none. */
  pairingDay?: number;
}

export interface Person {
  name: string;
  status: 'full' | 'probationary';
  group: string;
  aliases: string[];
  floating: boolean;
  joined: IsoDate | null;
  left: { date: IsoDate; reason: 'town' | 'branch'; to: string | null } | null;
  fullSince: IsoDate | null;
  exemption: {
    state: 'applied' | 'approved' | 'filed' | 'ended';
    category: Data<'exemption-applied'>['category'] | null;
    filed: IsoDate | null;
    until: IsoDate | null;
  } | null;
  /** Posts held, oldest first; `until` null = still held. */
  claims: { post: string; from: IsoMonth; until: IsoMonth | null }[];
  /** A claim waiting for the secretary. */
  pendingClaim: Data<'posts-claimed'> | null;
  details: Record<string, string>;
  profile: NonNullable<Data<'member-added'>['profile']>;
  carried: NonNullable<Data<'member-added'>['carried']>;
  history: { year: number; outcome: string }[];
  /** The branch of this town that the member came from. */
  from?: string;
  reminders: boolean;
  phoneless: boolean;
}

export interface Appointment {
  name: string;
  role: Data<'appointed'>['role'];
  from: IsoDate;
  until: IsoDate | null;
}

export interface Report {
  number: number;
  names: string[];
  post: string;
  date: IsoDate;
  time: string | null;
  by: string;
  proxy: boolean;
  deed: boolean;
  place: string | null;
  words: string | null;
  evidence: string[];
  flags: string[];
  contested: string[];
  state: 'pending' | 'verified' | 'rejected' | 'withdrawn';
  reason: string | null;
  /** When and in which message it was reported. */
  at: LocalTime;
  source: string;
  verifiedBy: string | null;
}

export type Category = 'study' | 'organisation';

export type Mark = 'present' | 'absent' | 'late' | 'early' | 'late+early' | 'leave' | 'away';

/** A meeting planned, held, or both, under the key `DATE NAME`. */
export interface Meeting {
  date: IsoDate;
  at: string | null;
  name: string;
  category: Category;
  also: Category | null;
  committeeOnly: boolean;
  cancelled: boolean;
  signIn: 'none' | 'open' | 'closed';
  rsvp: string[];
  signedIn: Record<string, string | null>;
  notes: Record<string, 'present' | 'late' | 'early' | 'absent'>;
  leave: Record<string, { reason: 'sick' | 'duty' | 'private'; state: 'requested' | 'approved' | 'refused' }>;
  /** The recorder's marks; nobody marked and `complete` false = not taken yet. */
  marks: Record<string, Mark>;
  complete: boolean;
}

export interface PostScore {
  commitment?: number;
  performance?: number;
  deed?: number;
  total?: number;
  deedId?: string;
  by: string;
  at: LocalTime;
}

export interface BoardRecord extends Data<'board-published'> {
  by: string;
  seq: number;
  withdrawn: string | null;
}

export interface Confirmation {
  name: string;
  version: number;
  score: number | null;
  how: 'reply' | 'proxy' | 'paper';
  by: string;
  at: LocalTime;
}

/** What belongs to one month of a branch. */
export interface MonthState {
  dues: Record<string, Data<'dues-recorded'>['status']>;
  duesClaims: string[];
  /** name → post → score */
  scores: Record<string, Record<string, PostScore>>;
  adjustments: (Data<'item-adjusted'> & { by: string; at: LocalTime })[];
  finals: (Data<'final-set'> & { by: string })[];
  conduct: (Data<'conduct-recorded'> & { by: string })[];
  waived: string | null;
  rating: { open: boolean; salt: string; ballots: Record<string, Record<string, number>> } | null;
  collectedAt: LocalTime | null;
  agendaAt: LocalTime | null;
  checked: { minute: IsoDate; by: string; at: LocalTime } | null;
  boards: BoardRecord[];
  held: string | null;
  confirmed: Record<string, Confirmation>;
  closedAt: LocalTime | null;
  filed: { at: LocalTime; fingerprint: string } | null;
  receipt: { at: LocalTime; by: string; number: string } | null;
  returned: { at: LocalTime; by: string; reason: string } | null;
  corrections: (Data<'corrected'> & { by: string; at: LocalTime; seq: number })[];
}

export interface Ticket extends Omit<Data<'objected'>, 'words'> {
  at: LocalTime;
  words: string | null;
  state: 'open' | 'investigating' | 'upheld' | 'partly' | 'rejected' | 'withdrawn' | 'appealed';
  ruling: { by: string; at: LocalTime; words: string } | null;
  appeal: {
    at: LocalTime;
    ruling: { by: string; at: LocalTime; words: string; ruling: string } | null;
  } | null;
}

export interface Proposal extends Data<'proposed'> {
  by: string;
  at: LocalTime;
  state: 'open' | 'confirmed' | 'dropped';
}

export interface BonusApplication extends Data<'bonus-applied'> {
  at: LocalTime;
  state: 'open' | 'granted' | 'declined';
}

export interface YearState {
  bonuses: (Data<'bonus-granted'> & { by: string })[];
  zeroed: (Data<'year-zeroed'> & { by: string })[];
  stage: 'open' | 'computed' | 'decided' | 'submitted' | 'returned' | 'passed' | 'published' | 'closed';
  ties: string[] | null;
  decision: (Data<'year-decided'> & { by: string; at: LocalTime }) | null;
  returned: string | null;
  passed: { number: string; by: string; at: LocalTime } | null;
  boards: (Data<'year-published'> & { by: string })[];
  confirmed: Record<string, { version: number; how: string; by: string; at: LocalTime }>;
}

export interface Task extends Data<'task-opened'> {
  done: { date: IsoDate; by: string; note: string | null } | null;
}

export interface Question extends Data<'question-asked'> {
  at: LocalTime;
}

export interface OwedReplies {
  source: string;
  at: LocalTime;
  replies: unknown[];
}

export interface BranchState {
  branch: BranchId;
  seq: number;
  name: string;
  town: string;
  bot: string;
  places: string[];
  postNames: Record<string, string>;
  posts: Record<string, { name: string; minimum: number | null; disabled: boolean }>;
  settings: Settings;
  rooms: string[];
  /** contact id → member name */
  accounts: Record<string, string>;
  accountClaims: Record<string, { nickname: string; name: string | null; at: LocalTime }>;
  nicknames: Record<string, string>;
  aliases: Record<string, string>;
  /** In roster order. */
  people: Record<string, Person>;
  appointments: Appointment[];
  meetings: Record<string, Meeting>;
  reports: Record<number, Report>;
  nextReport: number;
  photos: { sha256: string; name: string; at: LocalTime }[];
  /** Evidence by hash → report numbers, to see a picture used twice. */
  evidence: Record<string, number[]>;
  months: Record<IsoMonth, MonthState>;
  years: Record<number, YearState>;
  tickets: Record<number, Ticket>;
  nextTicket: number;
  proposals: Record<number, Proposal>;
  nextProposal: number;
  applications: Record<number, BonusApplication>;
  nextApplication: number;
  tasks: Record<number, Task>;
  nextTask: number;
  minutes: (Data<'minute-taken'> & { by: string; at: LocalTime })[];
  policies: PolicyChange[];
  questions: Question[];
  jobs: Record<string, LocalTime>;
  reminded: Record<string, LocalTime>;
  owed: OwedReplies[];
  access: { at: LocalTime; who: string; about: string; what: string }[];
}
