import type { Policy } from '../scoring/policy.ts';
import { addMonths, type IsoMonth, lastDay, monthOf, yearOf } from '../scoring/calendar.ts';
import type { BonusFact, Case, CaseMember, Fact, HistoryEntry, MeetingFact } from '../scoring/case.ts';
import type { BranchState, Meeting, MonthState, Person } from './state.ts';

/** The post whose verified reports are the floating member's contact with the branch (R24). */
const CONTACT_POST = 'floating-member';

/** A member's standing on 31 December of the year, and what bounds the months that count (R02, R33, Q50). */
function memberOf(p: Person, year: number): CaseMember {
  const lastDayOfYear = `${year}-12-31`;
  const exemptFiled = p.exemption?.filed ?? null;
  const exemptUntil = p.exemption?.until ?? null;
  const exempt =
    exemptFiled !== null &&
    exemptFiled <= lastDayOfYear &&
    (exemptUntil === null || exemptUntil > lastDayOfYear);
  const probationary = p.status === 'probationary' || (p.fullSince !== null && p.fullSince > lastDayOfYear);
  return {
    name: p.name,
    status: exempt ? 'exempt' : probationary ? 'probationary' : 'full',
    joined: p.joined,
    left: p.left?.date ?? null,
    leftReason: p.left?.reason ?? null,
    fullSince: probationary ? null : p.fullSince,
    exemptFiled,
    exemptUntil,
    floating: p.floating,
    carried: p.carried.filter((c) => yearOf(c.month) === year),
  };
}

/** A meeting as the recorder marked it. A meeting nobody has marked is no fact yet, and committee meetings are none. */
function meetingFact(m: Meeting): MeetingFact | null {
  const marks = Object.entries(m.marks);
  if (m.cancelled || m.committeeOnly || (marks.length === 0 && !m.complete)) return null;
  const having = (...wanted: string[]): string[] =>
    marks.filter(([, mark]) => wanted.includes(mark)).map(([name]) => name);
  return {
    type: 'meeting',
    date: m.date,
    category: m.category,
    also: m.also,
    absent: having('absent'),
    late: having('late', 'late+early'),
    early: having('early', 'late+early'),
    leave: having('leave').map((name) => ({ name, reason: m.leave[name]?.reason ?? 'private' })),
    away: having('away'),
  };
}

function monthFacts(month: IsoMonth, m: MonthState): Fact[] {
  const facts: Fact[] = [];
  for (const [name, status] of Object.entries(m.dues)) facts.push({ type: 'dues', name, month, status });
  for (const c of m.conduct)
    facts.push({ type: 'conduct', name: c.name, date: c.date, kind: c.kind, minute: c.minute });
  for (const [name, scores] of Object.entries(m.scores)) {
    for (const [post, { by: _by, at: _at, ...score }] of Object.entries(scores)) {
      const parts = [score.commitment, score.performance, score.deed].filter((p) => p !== undefined).length;
      // A score with some of its three parts and no total is not given yet: the post stays 待评.
      if (score.total === undefined && parts < 3) continue;
      facts.push({ type: 'post-score', name, month, post, ...score });
    }
  }
  for (const f of m.finals)
    facts.push({ type: 'final', name: f.name, month, item: f.item, points: f.points, minute: f.minute });
  if (m.waived !== null) facts.push({ type: 'waive', month, reason: m.waived });
  return facts;
}

/** A post score or a committee's post figure counts only while the post is claimed; a claim may have been changed since. */
function claimed(state: BranchState, fact: Fact): boolean {
  if (fact.type !== 'post-score' && fact.type !== 'final') return true;
  const p = state.people[fact.name];
  if (!p) return false;
  const post = fact.type === 'post-score' ? fact.post : fact.item;
  if (fact.type === 'final' && !p.claims.some((c) => c.post === post)) return true;
  return p.claims.some(
    (c) => c.post === post && c.from <= fact.month && (c.until === null || c.until >= fact.month),
  );
}

/**
 * Everything the scoring core is told about one branch and one calendar year.
 * The date of a fact decides its year, whenever it was entered (R09). Of earlier years only grades of the policy are told:
 * 不确定等次 and 未纳入 are none.
 */
export function caseOf(state: BranchState, year: number, policy: Policy): Case {
  const first = `${year}-01`;
  const last = `${year}-12`;
  const within = (month: IsoMonth): boolean => month >= first && month <= last;
  const people = Object.values(state.people);
  const facts: Fact[] = [];
  for (const m of Object.values(state.meetings)) {
    if (!within(monthOf(m.date))) continue;
    const fact = meetingFact(m);
    if (fact) facts.push(fact);
  }
  for (const p of people) {
    for (const c of p.claims) {
      if (c.from <= last && (c.until === null || c.until >= first)) {
        facts.push({
          type: 'claim',
          name: p.name,
          post: c.post,
          from: c.from,
          ...(c.until === null ? {} : { until: c.until }),
        });
      }
    }
  }
  for (const r of Object.values(state.reports)) {
    if (r.state === 'rejected' || r.state === 'withdrawn' || !within(monthOf(r.date))) continue;
    for (const name of r.names) {
      facts.push({
        type: 'report',
        name,
        post: r.post,
        date: r.date,
        verified: r.state === 'verified',
        deed: r.deed,
      });
      if (r.post === CONTACT_POST && r.state === 'verified')
        facts.push({ type: 'contact', name, date: r.date });
    }
  }
  for (const [month, m] of Object.entries(state.months))
    if (within(month)) facts.push(...monthFacts(month, m));
  const settled = state.years[year];
  for (const { by: _by, application: _application, ...b } of settled?.bonuses ?? [])
    facts.push({ type: 'bonus', ...b } as BonusFact);
  for (const z of settled?.zeroed ?? [])
    facts.push({ type: 'year-zero', name: z.name, date: z.date, minute: z.minute });
  const grades = new Set(policy.bands.map((b) => b.grade));
  const history: HistoryEntry[] = people.flatMap((p) =>
    p.history
      .filter((h) => h.year < year && grades.has(h.outcome))
      .map((h) => ({ name: p.name, year: h.year, outcome: h.outcome })),
  );
  const known = facts.filter((f) => !('name' in f) || state.people[f.name] !== undefined);
  return {
    members: people.map((p) => memberOf(p, year)),
    history,
    facts: known.filter((f) => claimed(state, f)),
  };
}

/** Whether a member's score counts in a month: joined before it, not left, not exempt (R02, R33). */
export function inScope(p: Person, month: IsoMonth): boolean {
  if (p.joined !== null && p.joined > `${month}-01`) return false;
  if (p.left !== null) {
    const leftMonth = monthOf(p.left.date);
    const whole = p.left.date === lastDay(leftMonth) || p.left.reason === 'branch';
    if (month > leftMonth || (month === leftMonth && !whole)) return false;
  }
  const exemption = p.exemption;
  if (!exemption?.filed || month <= monthOf(exemption.filed)) return true;
  return exemption.until !== null && month >= firstFullMonth(exemption.until);
}

function firstFullMonth(date: string): IsoMonth {
  return date.endsWith('-01') ? monthOf(date) : addMonths(monthOf(date), 1);
}
