import { type BranchState, type Meeting } from '../ledger/state.ts';
import { postsIn } from '../ledger/fold/people.ts';
import { rolesOn } from '../ledger/roles.ts';
import { standingBoard } from '../ledger/stage.ts';
import { addDays, dateOfTime, type LocalTime, monthOf } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { MeetingPlan, Pending, ReadingContext, Role, RosterMember } from '../commands/reading.ts';

/** Offices by weight: the reader is told the one that matters most. */
const WEIGHT: readonly Role[] = [
  'secretary',
  'deputy',
  'recorder',
  'supervisor',
  'committee',
  'town',
  'member',
];

export function mainRole(roles: readonly Role[]): Role {
  return WEIGHT.find((role) => roles.includes(role)) ?? 'member';
}

/** How long before and after its day a meeting is spoken of, and how long somebody who left. */
const MEETING_DAYS = 45;

export function rosterOf(state: BranchState, now: LocalTime, officers: readonly string[]): RosterMember[] {
  const month = monthOf(now);
  const today = dateOfTime(now);
  // Who left is still spoken of until the last month is settled.
  const remembered = addDays(today, -MEETING_DAYS);
  const learned = Object.entries(state.aliases);
  const members = Object.values(state.people)
    .filter((p) => p.left === null || p.left.date >= remembered)
    .map((p): RosterMember => {
      const exempt = p.exemption?.state === 'filed';
      return {
        name: p.name,
        role: mainRole(rolesOn(state, p.name, today)),
        status: exempt ? 'exempt' : p.status,
        group: p.group,
        posts: postsIn(p, month),
        aliases: [...p.aliases, ...learned.filter(([, name]) => name === p.name).map(([alias]) => alias)],
        floating: p.floating,
      };
    });
  const office = officers.map(
    (name): RosterMember => ({ name, role: 'town', status: 'none', group: '', posts: [], aliases: [] }),
  );
  return [...members, ...office];
}

function planOf(m: Meeting): MeetingPlan {
  return {
    date: m.date,
    name: m.name,
    category: m.category,
    ...(m.at === null ? {} : { at: m.at }),
    ...(m.committeeOnly ? { committeeOnly: true } : {}),
  };
}

/** What waits for an answer in the room, or from this person. */
export function pendingOf(state: BranchState, sender: string | null, now: LocalTime): Pending[] {
  const today = dateOfTime(now);
  const pending: Pending[] = [];
  for (const [month, m] of Object.entries(state.months)) {
    const board = standingBoard(m);
    if (!board || m.closedAt !== null) continue;
    const scores = Object.fromEntries(
      board.rows.filter((r) => r.total !== null).map((r) => [r.name, r.total as number]),
    );
    pending.push({ kind: 'board', month, version: board.version, scores });
  }
  for (const y of Object.values(state.years)) {
    const board = y.stage === 'published' ? y.boards.at(-1) : undefined;
    if (board) pending.push({ kind: 'board', month: String(board.year), version: board.version });
  }
  for (const m of Object.values(state.meetings)) {
    if (m.cancelled) continue;
    if (m.signIn === 'open') pending.push({ kind: 'sign-in', date: m.date, meeting: m.name });
    else if (m.date === today && !m.complete)
      pending.push({ kind: 'attendance', date: m.date, meeting: m.name });
  }
  for (const t of Object.values(state.tickets)) {
    if (t.by === sender && (t.state === 'open' || t.state === 'investigating')) {
      pending.push({ kind: 'objection', number: t.number, by: t.by });
    }
  }
  return pending;
}

/** What the reader needs to know of a branch to understand a message said in it now. */
export function contextOf(
  state: BranchState,
  policy: Policy,
  roster: readonly RosterMember[],
  sender: string | null,
  now: LocalTime,
  previous: string | undefined,
): ReadingContext {
  const today = dateOfTime(now);
  const first = addDays(today, -MEETING_DAYS);
  const last = addDays(today, MEETING_DAYS);
  const posts: Record<string, string> = { ...state.postNames };
  for (const post of policy.posts) posts[post.id] ??= post.name;
  for (const [id, own] of Object.entries(state.posts)) if (!own.disabled) posts[id] = own.name;
  return {
    bot: state.bot,
    branch: state.name,
    members: roster,
    posts,
    meetings: Object.values(state.meetings)
      .filter((m) => !m.cancelled && m.date >= first && m.date <= last)
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .map(planOf),
    pending: pendingOf(state, sender, now),
    places: state.places,
    ...(previous === undefined ? {} : { previous }),
  };
}
