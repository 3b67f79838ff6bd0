import { addMonths } from '../../scoring/calendar.ts';
import type { people } from '../kinds/people.ts';
import type { BranchState, Person } from '../state.ts';
import type { Appliers } from './applier.ts';

function person(state: BranchState, name: string): Person | undefined {
  return state.people[name];
}

/** Replaces a person's name as the key and in every place that must go on meaning the same person. */
function rename(state: BranchState, from: string, to: string): void {
  state.people = Object.fromEntries(
    Object.entries(state.people).map(([name, p]) => (name === from ? [to, { ...p, name: to }] : [name, p])),
  );
  for (const contact of Object.keys(state.accounts))
    if (state.accounts[contact] === from) state.accounts[contact] = to;
  for (const appointment of state.appointments) if (appointment.name === from) appointment.name = to;
  state.aliases[from] = to;
}

/** Holding posts from a month on ends what was held, the month before. */
function assign(p: Person, posts: readonly string[], from: string): void {
  const before = addMonths(from, -1);
  for (const claim of p.claims) {
    if (claim.until === null && !posts.includes(claim.post)) claim.until = before;
  }
  p.claims = p.claims.filter((c) => c.until === null || c.until >= c.from);
  for (const post of posts) {
    if (!p.claims.some((c) => c.post === post && c.until === null))
      p.claims.push({ post, from, until: null });
  }
}

export const foldPeople: Appliers<keyof typeof people> = {
  'branch-founded': (state, data) => {
    Object.assign(state, { name: data.name, town: data.town, bot: data.bot, places: data.places ?? [] });
    state.postNames = data.postNames ?? {};
  },
  'settings-changed': (state, data) => {
    Object.assign(state.settings, data);
  },
  'room-bound': (state, data) => {
    if (!state.rooms.includes(data.room)) state.rooms.push(data.room);
  },
  'room-unbound': (state, data) => {
    state.rooms = state.rooms.filter((room) => room !== data.room);
  },
  'account-bound': (state, data) => {
    state.accounts[data.contact] = data.name;
    if (data.nickname) state.nicknames[data.contact] = data.nickname;
    delete state.accountClaims[data.contact];
  },
  'account-unbound': (state, data) => {
    delete state.accounts[data.contact];
    delete state.accountClaims[data.contact];
  },
  'account-claimed': (state, data, entry) => {
    state.accountClaims[data.contact] = { nickname: data.nickname, name: data.name, at: entry.at };
  },
  'alias-learned': (state, data) => {
    state.aliases[data.alias] = data.name;
  },
  'member-added': (state, data) => {
    state.people[data.name] = {
      name: data.name,
      status: data.status === 'exempt' ? 'full' : data.status,
      group: data.group,
      aliases: data.aliases,
      floating: data.floating,
      joined: data.joined,
      left: null,
      fullSince: data.fullSince,
      exemption:
        data.status === 'exempt'
          ? { state: 'filed', category: null, filed: data.exemptFiled, until: null }
          : null,
      claims: [],
      pendingClaim: null,
      details: {},
      profile: data.profile ?? {},
      carried: data.carried ?? [],
      history: data.history ?? [],
      ...(data.from === undefined ? {} : { from: data.from }),
      reminders: true,
      phoneless: false,
    };
  },
  'carried-recorded': (state, data) => {
    const p = person(state, data.name);
    if (!p) return;
    const again = new Set(data.months.map((c) => c.month));
    p.carried = [...p.carried.filter((c) => !again.has(c.month)), ...data.months].sort((a, b) =>
      a.month < b.month ? -1 : 1,
    );
  },
  'member-changed': (state, data) => {
    const p = person(state, data.name);
    if (!p) return;
    if (data.group !== undefined) p.group = data.group;
    if (data.aliases) p.aliases = data.aliases;
    if (data.floating !== undefined) p.floating = data.floating;
    if (data.profile) Object.assign(p.profile, data.profile);
    if (data.reminders !== undefined) p.reminders = data.reminders;
    if (data.phoneless !== undefined) p.phoneless = data.phoneless;
    if (data.rename) rename(state, data.name, data.rename);
  },
  'member-left': (state, data) => {
    const p = person(state, data.name);
    if (p) p.left = { date: data.date, reason: data.reason, to: data.to ?? null };
  },
  'history-recorded': (state, data) => {
    const p = person(state, data.name);
    if (p)
      p.history = [
        ...p.history.filter((h) => h.year !== data.year),
        { year: data.year, outcome: data.outcome },
      ];
  },
  'became-full': (state, data) => {
    const p = person(state, data.name);
    if (p) Object.assign(p, { status: 'full', fullSince: data.date });
  },
  'exemption-applied': (state, data) => {
    const p = person(state, data.name);
    if (p) p.exemption = { state: 'applied', category: data.category, filed: null, until: null };
  },
  'exemption-approved': (state, data) => {
    const p = person(state, data.name);
    if (p?.exemption) p.exemption.state = 'approved';
  },
  'exemption-refused': (state, data) => {
    const p = person(state, data.name);
    if (p) p.exemption = null;
  },
  'exemption-filed': (state, data) => {
    const p = person(state, data.name);
    if (p)
      p.exemption = {
        state: 'filed',
        category: p.exemption?.category ?? null,
        filed: data.date,
        until: null,
      };
  },
  'exemption-ended': (state, data) => {
    const p = person(state, data.name);
    if (p?.exemption) Object.assign(p.exemption, { state: 'ended', until: data.date });
  },
  appointed: (state, data) => {
    state.appointments.push({ name: data.name, role: data.role, from: data.from, until: data.until });
  },
  'appointment-ended': (state, data) => {
    for (const a of state.appointments) {
      if (a.name === data.name && a.role === data.role && a.until === null) a.until = data.until;
    }
  },
  'posts-claimed': (state, data) => {
    const p = person(state, data.name);
    if (p) p.pendingClaim = data;
  },
  'claim-refused': (state, data) => {
    const p = person(state, data.name);
    if (p) p.pendingClaim = null;
  },
  'posts-assigned': (state, data) => {
    const p = person(state, data.name);
    if (!p) return;
    p.pendingClaim = null;
    assign(p, data.posts, data.from);
  },
  'post-detailed': (state, data) => {
    const p = person(state, data.name);
    if (p) p.details[data.post] = data.detail;
  },
  'post-defined': (state, data) => {
    state.posts[data.post] = {
      name: data.name,
      minimum: data.minimum ?? null,
      disabled: data.disabled ?? false,
    };
  },
};

/** The posts a person holds in a month. */
export function postsIn(p: Person, month: string): string[] {
  return p.claims.filter((c) => c.from <= month && (c.until === null || c.until >= month)).map((c) => c.post);
}
