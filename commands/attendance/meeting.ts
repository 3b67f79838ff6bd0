/** Which meeting a message speaks of: by its name, its day, what is being taken now, or what is on today. */
import { addDays, instant, type IsoDate } from '../../scoring/calendar.ts';
import type { Message } from '../language/message.ts';
import type { MeetingPlan } from '../reading.ts';

export interface MeetingRef {
  readonly meeting?: string;
  readonly date: IsoDate;
  /** In the branch's plan. */
  readonly planned: boolean;
  /** By what it was told: its name, its day, an open taking of attendance, or only the clock. */
  readonly by: 'name' | 'date' | 'pending' | 'clock';
}

/** The meetings of 三会一课 and the like; 当日 is what voice input makes of 党日. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/主题(?:党|当)日(?:活动)?|党日活动|党日/, '主题党日'],
  [/党课/, '党课'],
  [/组织生活会?|生活会/, '组织生活会'],
  [/(?:支部)?党员大会|支部大会|党员会/, '党员大会'],
  [/支委会|支委/, '支委会'],
  [/党小组会/, '党小组会'],
  [/民主评议(?:会|党员)?/, '民主评议'],
  [/集中(?:培训|学习)(?:班|会)?|(?:党员)?培训|党员学习|学习会/, '集中培训'],
];

/** Names that only a Party branch's meetings bear. */
const NAMED_FOR_SURE =
  /主题(?:党|当)日|党日|党课|组织生活|生活会|党员(?:代表)?大会|支部(?:党员)?大会|党员会|支委|党小组|民主评议|党员(?:培训|学习)|集中(?:培训|学习)/;

export function namesMeeting(text: string): boolean {
  return NAMED_FOR_SURE.test(text);
}

/** A meeting's name in a message, planned or not. */
export function meetingNamed(message: Message): string | null {
  for (const plan of message.context.meetings)
    if (plan.name.length > 1 && message.body.includes(plan.name)) return plan.name;
  for (const [pattern, name] of NAMES) if (pattern.test(message.body)) return name;
  return /大会/.test(message.body) && !/运动大会|大会堂/.test(message.body) ? '党员大会' : null;
}

function mayAttend(plan: MeetingPlan, message: Message): boolean {
  return plan.committeeOnly !== true || message.role !== 'member';
}

/** The day's meeting: the one all attend before one for the committee alone. */
function onDay(message: Message, date: IsoDate, name: string | null): MeetingPlan | undefined {
  const plans = message.context.meetings.filter(
    (m) => m.date === date && (name === null || m.name.includes(name) || name.includes(m.name)),
  );
  return plans.find((m) => m.committeeOnly !== true) ?? plans.find((m) => mayAttend(m, message));
}

/** Minutes from the message to the meeting's start; negative once it has begun. Unknown hours count as the day's start. */
export function minutesUntil(message: Message, plan: Pick<MeetingPlan, 'date' | 'at'>): number {
  return (instant(`${plan.date}T${plan.at ?? '00:00'}:00`) - instant(message.at)) / 60_000;
}

export function planOf(message: Message, ref: MeetingRef): MeetingPlan | undefined {
  return onDay(message, ref.date, ref.meeting ?? null) ?? onDay(message, ref.date, null);
}

function nearest(message: Message, name: string, bias: 'past' | 'future'): MeetingPlan | undefined {
  const plans = message.context.meetings.filter((m) => m.name.includes(name) || name.includes(m.name));
  if (bias === 'future')
    return plans.filter((m) => m.date >= message.today).sort((a, b) => a.date.localeCompare(b.date))[0];
  return plans
    .filter((m) => m.date <= message.today && m.date >= addDays(message.today, -31))
    .sort((a, b) => b.date.localeCompare(a.date))[0];
}

function openTaking(message: Message): MeetingRef | null {
  for (const pending of message.context.pending) {
    if (pending.kind === 'attendance' || pending.kind === 'sign-in')
      return { meeting: pending.meeting, date: pending.date, planned: true, by: 'pending' };
  }
  return null;
}

/** The meeting, or null where nothing tells. `bias`: attendance looks back, leave looks ahead. */
export function findMeeting(message: Message, bias: 'past' | 'future'): MeetingRef | null {
  const name = meetingNamed(message);
  const days = message.dates(bias).filter((d) => d.vague !== 'day');
  const day = days[0]?.date;
  // 培训 and 大会 are held by everybody: they count where the branch has planned one.
  if (name !== null && !NAMED_FOR_SURE.test(message.body)) {
    const plan = day === undefined ? onDay(message, message.today, name) : onDay(message, day, name);
    if (plan) return { meeting: plan.name, date: plan.date, planned: true, by: 'name' };
    return openTaking(message) ?? (day === undefined ? null : { date: day, planned: false, by: 'date' });
  }
  if (day !== undefined) {
    const plan = onDay(message, day, name);
    if (plan) return { meeting: plan.name, date: plan.date, planned: true, by: name ? 'name' : 'date' };
    return { ...(name ? { meeting: name } : {}), date: day, planned: false, by: name ? 'name' : 'date' };
  }
  const open = openTaking(message);
  if (name !== null) {
    if (open && open.meeting !== undefined && (open.meeting.includes(name) || name.includes(open.meeting)))
      return open;
    const plan = onDay(message, message.today, name) ?? nearest(message, name, bias);
    if (plan) return { meeting: plan.name, date: plan.date, planned: true, by: 'name' };
    return bias === 'past' ? { meeting: name, date: message.today, planned: false, by: 'name' } : null;
  }
  if (open) return open;
  return byClock(message);
}

/** Today's meeting, the one nearest to now if there are several. */
export function byClock(message: Message): MeetingRef | null {
  const today = message.context.meetings.filter((m) => m.date === message.today && mayAttend(m, message));
  const everybody = today.filter((m) => m.committeeOnly !== true);
  const plans = (everybody.length > 0 ? everybody : today).sort(
    (a, b) => Math.abs(minutesUntil(message, a)) - Math.abs(minutesUntil(message, b)),
  );
  const plan = plans[0];
  return plan ? { meeting: plan.name, date: plan.date, planned: true, by: 'clock' } : null;
}
