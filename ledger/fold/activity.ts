import { addMinutes, yearOf } from '../../scoring/calendar.ts';
import type { activity } from '../kinds/activity.ts';
import type { BranchState, Mark, Meeting, Report } from '../state.ts';
import { type Appliers, monthState, yearState } from './applier.ts';

export function meetingKey(date: string, name: string): string {
  return `${date} ${name}`;
}

function meeting(state: BranchState, date: string, name: string): Meeting {
  return (state.meetings[meetingKey(date, name)] ??= {
    date,
    at: null,
    name,
    category: 'study',
    also: null,
    committeeOnly: false,
    cancelled: false,
    signIn: 'none',
    rsvp: [],
    signedIn: {},
    notes: {},
    leave: {},
    marks: {},
    complete: false,
  });
}

function report(state: BranchState, number: number): Report | undefined {
  return state.reports[number];
}

/** Late and early in one meeting are two acts; every other mark replaces the one before. */
function mark(m: Meeting, name: string, next: Mark): void {
  const before = m.marks[name];
  const both = (before === 'late' && next === 'early') || (before === 'early' && next === 'late');
  m.marks[name] = both ? 'late+early' : next;
}

function linkEvidence(state: BranchState, number: number, hashes: readonly string[]): void {
  for (const sha of hashes) {
    state.evidence[sha] = [...(state.evidence[sha] ?? []).filter((n) => n !== number), number];
    state.photos = state.photos.filter((p) => p.sha256 !== sha);
  }
}

export const foldActivity: Appliers<keyof typeof activity> = {
  reported: (state, data, entry) => {
    // Merging costs less than spreading, and a town files thirty thousand reports a month.
    state.reports[data.number] = Object.assign({}, data, {
      time: data.time ?? null,
      place: data.place ?? null,
      words: data.words ?? null,
      contested: [],
      state: 'pending',
      reason: null,
      at: entry.at,
      source: entry.source,
      verifiedBy: null,
    }) as Report;
    state.nextReport = Math.max(state.nextReport, data.number + 1);
    linkEvidence(state, data.number, data.evidence);
  },
  'report-completed': (state, data) => {
    const r = report(state, data.number);
    if (!r) return;
    if (data.names) r.names = [...new Set([...r.names, ...data.names])];
    if (data.time) r.time = data.time;
    if (data.place) r.place = data.place;
    if (data.deed !== undefined) r.deed = data.deed;
    if (data.flags) r.flags = [...new Set([...r.flags, ...data.flags])];
  },
  'report-verified': (state, data, entry) => {
    const r = report(state, data.number);
    if (!r) return;
    r.state = 'verified';
    r.verifiedBy = entry.by;
    if (data.deed !== undefined) r.deed = data.deed;
  },
  'report-rejected': (state, data) => {
    const r = report(state, data.number);
    if (r) Object.assign(r, { state: 'rejected', reason: data.reason });
  },
  'report-withdrawn': (state, data) => {
    const r = report(state, data.number);
    if (r) Object.assign(r, { state: 'withdrawn', reason: data.reason ?? null });
  },
  'report-changed': (state, data) => {
    const r = report(state, data.number);
    if (!r) return;
    if (data.date) r.date = data.date;
    if (data.post) r.post = data.post;
    if (data.names) r.names = data.names;
    if (data.time) r.time = data.time;
    if (data.place) r.place = data.place;
  },
  'report-contested': (state, data) => {
    const r = report(state, data.number);
    if (!r) return;
    r.names = r.names.filter((n) => n !== data.name);
    r.contested.push(data.name);
    if (r.names.length === 0) r.state = 'withdrawn';
  },
  'report-flagged': (state, data) => {
    const r = report(state, data.number);
    if (r && !r.flags.includes(data.flag)) r.flags.push(data.flag);
  },
  'photo-received': (state, data, entry) => {
    const oldest = addMinutes(entry.at, -30);
    state.photos = [...state.photos.filter((p) => p.at >= oldest), { ...data, at: entry.at }];
  },
  'photo-released': (state, data) => {
    state.photos = state.photos.filter((p) => p.sha256 !== data.sha256);
  },
  'evidence-added': (state, data) => {
    const r = report(state, data.number);
    if (!r) return;
    if (!r.evidence.includes(data.sha256)) r.evidence.push(data.sha256);
    if (data.reused && !r.flags.includes('reused-photo')) r.flags.push('reused-photo');
    linkEvidence(state, data.number, [data.sha256]);
  },
  'evidence-removed': (state, data) => {
    for (const number of state.evidence[data.sha256] ?? []) {
      const r = report(state, number);
      if (r) r.evidence = r.evidence.filter((sha) => sha !== data.sha256);
    }
  },

  'meeting-planned': (state, data) => {
    const m = meeting(state, data.date, data.name);
    Object.assign(m, { ...data, at: data.at ?? m.at, cancelled: false });
  },
  'meeting-moved': (state, data) => {
    const key = meetingKey(data.date, data.name);
    const m = state.meetings[key];
    if (!m) return;
    delete state.meetings[key];
    state.meetings[meetingKey(data.to, data.name)] = { ...m, date: data.to, at: data.at ?? m.at };
  },
  'meeting-cancelled': (state, data) => {
    meeting(state, data.date, data.name).cancelled = true;
  },
  'signin-opened': (state, data) => {
    meeting(state, data.date, data.meeting).signIn = 'open';
  },
  'signin-closed': (state, data) => {
    meeting(state, data.date, data.meeting).signIn = 'closed';
  },
  'rsvp-given': (state, data) => {
    const m = meeting(state, data.date, data.meeting);
    m.rsvp = [...new Set([...m.rsvp, ...data.names])];
  },
  'signed-in': (state, data) => {
    const m = meeting(state, data.date, data.meeting);
    for (const name of data.names) m.signedIn[name] ??= data.proxy?.[name] ?? null;
  },
  'self-noted': (state, data) => {
    meeting(state, data.date, data.meeting).notes[data.name] = data.note;
  },
  'leave-requested': (state, data) => {
    meeting(state, data.date, data.meeting).leave[data.name] = { reason: data.reason, state: 'requested' };
  },
  'leave-decided': (state, data) => {
    const m = meeting(state, data.date, data.meeting);
    const reason = data.reason ?? m.leave[data.name]?.reason ?? 'private';
    m.leave[data.name] = { reason, state: data.approved ? 'approved' : 'refused' };
  },
  'attendance-recorded': (state, data) => {
    const m = meeting(state, data.date, data.meeting);
    m.category = data.category;
    m.also = data.also;
    for (const name of data.present) m.marks[name] = 'present';
    for (const name of data.absent) mark(m, name, 'absent');
    for (const name of data.late) mark(m, name, 'late');
    for (const name of data.early) mark(m, name, 'early');
    for (const name of data.away) mark(m, name, 'away');
    for (const { name, reason } of data.leave) {
      mark(m, name, 'leave');
      m.leave[name] = { reason, state: 'approved' };
    }
    if (data.rest) m.complete = true;
  },

  'dues-claimed': (state, data) => {
    for (const month of data.months) {
      const m = monthState(state, month);
      if (!m.duesClaims.includes(data.name)) m.duesClaims.push(data.name);
    }
  },
  'dues-recorded': (state, data) => {
    const m = monthState(state, data.month);
    m.dues[data.name] = data.status;
    m.duesClaims = m.duesClaims.filter((n) => n !== data.name);
  },

  'bonus-applied': (state, data, entry) => {
    state.applications[data.number] = { ...data, at: entry.at, state: 'open' };
    state.nextApplication = Math.max(state.nextApplication, data.number + 1);
  },
  'bonus-declined': (state, data) => {
    const application = state.applications[data.number];
    if (application) application.state = 'declined';
  },
  'bonus-granted': (state, data, entry) => {
    yearState(state, yearOf(data.date)).bonuses.push({ ...data, by: entry.by });
    const application = data.application === undefined ? undefined : state.applications[data.application];
    if (application) application.state = 'granted';
  },
};
