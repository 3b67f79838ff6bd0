/**
 * What a message is taken to mean: the boundary between reading (text → slots) and deciding (slots → entries).
 * Pure data. The slot shapes are those that `lanxing parse` prints.
 */
import type { IsoDate, IsoMonth, LocalTime } from '../scoring/calendar.ts';

/** `record` would be written, `ask` sends a question, `answer` informs, `refuse` is understood but not allowed. */
export type Act = 'record' | 'ask' | 'answer' | 'refuse' | 'silent';

export type Intent =
  | 'report'
  | 'attendance'
  | 'dues'
  | 'score'
  | 'claim'
  | 'query'
  | 'confirm'
  | 'object'
  | 'correct'
  | 'help'
  | 'none';

export type Role =
  | 'member'
  | 'recorder'
  | 'supervisor'
  | 'committee'
  | 'secretary'
  | 'deputy'
  | 'town'
  | 'system';

/** A member as the reader needs to know one. */
export interface RosterMember {
  readonly name: string;
  readonly role: Role;
  readonly status: 'full' | 'probationary' | 'exempt' | 'none';
  readonly group: string;
  /** Ids of the posts claimed now. */
  readonly posts: readonly string[];
  readonly aliases: readonly string[];
  readonly floating?: boolean;
}

export interface MeetingPlan {
  readonly date: IsoDate;
  /** `HH:mm`, where known. */
  readonly at?: string;
  readonly name: string;
  readonly category: 'study' | 'organisation';
  readonly committeeOnly?: boolean;
}

/** Something in the room or with this person that waits for an answer. */
export type Pending =
  | {
      readonly kind: 'board';
      readonly month: IsoMonth;
      readonly version?: number;
      readonly scores?: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'attendance'; readonly date: IsoDate; readonly meeting: string }
  | { readonly kind: 'sign-in'; readonly date: IsoDate; readonly meeting: string }
  | { readonly kind: 'objection'; readonly number?: number; readonly by?: string }
  /** Another call in the room such as 收到请回复. */
  | { readonly kind: 'call' };

/** A message as heard, before it is understood. */
export interface Heard {
  readonly text: string;
  /** A roster name: the account decides who speaks. Null for the system and unknown accounts. */
  readonly sender: string | null;
  readonly role: Role;
  readonly at: LocalTime;
  readonly room: 'group' | 'private' | 'town';
  /** The bot is @-ed, or a message of the bot's is quoted. */
  readonly addressed: boolean;
  /** The text of the message replied to. */
  readonly quote?: string;
  readonly quoteFrom?: string;
  /** Photos came with the message. */
  readonly images?: number;
}

export interface ReadingContext {
  readonly bot: string;
  readonly branch: string;
  readonly members: readonly RosterMember[];
  /** Post id → the names people call it by in this branch (the policy's and the branch's own). */
  readonly posts: Readonly<Record<string, string>>;
  readonly meetings: readonly MeetingPlan[];
  readonly pending: readonly Pending[];
  /** The sender's previous message, or what is known of it (`NAME：text` where somebody else's). */
  readonly previous?: string;
  /** Names of neighbouring villages and places, if the branch lists any. */
  readonly places?: readonly string[];
}

/** A choice offered with a question; `reading` is what the message means if it is taken. */
export interface Choice {
  readonly label: string;
  readonly reading: Reading;
}

/**
 * A question that goes back instead of an entry. With `choices` the answer is a number or a label's words;
 * without, the answer is read together with the original text.
 */
export interface Question {
  readonly text: string;
  readonly missing: readonly string[];
  readonly choices?: readonly Choice[];
}

/** One thing a message says. A message may say several: the second and later ones stand in `also`. */
export interface Reading {
  readonly act: Act;
  readonly intent: Intent;
  /** Which command takes it: the name in the registry, e.g. `report`, `leave`, `verify`, `publish`. */
  readonly command: string;
  readonly slots: Slots;
  readonly question?: Question;
  /** Why an understood message is refused: an identifier worded in `phrases.ts`. */
  readonly why?: string;
  readonly also?: readonly Reading[];
}

/** Slots as in the contract of `lanxing parse`: plain JSON. Each command's reading states which it fills. */
export type Slots = Readonly<Record<string, unknown>>;

export interface ReportSlots {
  readonly post: string;
  readonly kind?: string;
  readonly members: readonly string[];
  readonly dates: readonly IsoDate[];
  /** `20:30` or `20:00-21:30`. */
  readonly time?: string;
  readonly proxy?: string;
  readonly proof?: 'image' | 'promised' | 'signed_paper';
  readonly deed?: boolean;
  readonly place?: string;
  readonly flags?: readonly string[];
}

export type AttendancePhase = 'rsvp' | 'leave_request' | 'leave_approved' | 'self_note' | 'signin' | 'record';

export interface AttendanceSlots {
  readonly meeting?: string;
  readonly date: IsoDate;
  readonly phase: AttendancePhase;
  readonly entries: {
    readonly present?: readonly string[] | 'rest';
    readonly late?: readonly string[];
    readonly early?: readonly string[];
    readonly absent?: readonly string[];
    readonly leave?: readonly string[];
    readonly flow_away?: readonly string[];
    readonly exempt?: readonly string[];
    readonly will_attend?: readonly string[];
    readonly proxy?: Readonly<Record<string, string>>;
    readonly reason?: 'sick' | 'duty' | 'private';
  };
}

export interface DuesSlots {
  readonly entries: readonly {
    readonly member: string;
    readonly months: readonly IsoMonth[];
    readonly status: 'paid' | 'prepaid' | 'late' | 'short' | 'late-short' | 'unpaid';
    readonly paid_on?: IsoDate;
    readonly proof?: string;
  }[];
}

export interface ScoreOp {
  readonly member: string;
  /** `study`, `organisation`, `dues`, `conduct`, `obligation`, `POST`, `POST.commitment`, `bonus.award.county` … */
  readonly item: string;
  readonly op: 'set' | 'set_total' | 'deduct' | 'add';
  readonly value: number | readonly number[];
  readonly reason?: string;
  readonly per_month?: boolean;
}

export interface ScoreSlots {
  readonly month: string;
  /** No month was said: it is that of the message. */
  readonly unsaid?: boolean;
  readonly ops: readonly ScoreOp[];
  /** The minute's date, or `yes` where a minute is claimed without one. */
  readonly minute?: string;
  /** Lines of which a part was not understood: nothing is set by them, and they are told. */
  readonly unread?: readonly string[];
}

export interface ClaimSlots {
  readonly member?: string;
  readonly posts?: readonly string[];
  readonly claims?: Readonly<Record<string, readonly string[]>>;
  readonly replace?: Readonly<Record<string, string>>;
  readonly effective?: IsoMonth;
}

export interface QuerySlots {
  readonly target: string;
  /** `YYYY-MM`, `year_to_date` or `YYYY`. */
  readonly scope: string;
  readonly detail?: boolean;
}

export interface CorrectSlots {
  readonly op?: 'recalled' | 'withdraw' | 'withdraw_objection' | 'remove_duplicate';
  readonly target?: string;
  readonly member?: string;
  readonly date?: IsoDate;
  readonly change?: Readonly<Record<string, unknown>>;
}
