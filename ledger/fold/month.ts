import { monthOf, yearOf } from '../../scoring/calendar.ts';
import type { monthly } from '../kinds/month.ts';
import type { BranchState, MonthState, Ticket } from '../state.ts';
import { type Appliers, monthState, yearState } from './applier.ts';

function ticket(state: BranchState, number: number): Ticket | undefined {
  return state.tickets[number];
}

/** A new version keeps the confirmations of rows that did not change, and voids those that did (R28). */
function carryConfirmations(m: MonthState, version: number, changed: readonly string[]): void {
  for (const name of changed) delete m.confirmed[name];
  for (const confirmation of Object.values(m.confirmed)) confirmation.version = version;
}

export const foldMonth: Appliers<keyof typeof monthly> = {
  'post-scored': (state, data, entry) => {
    const { name, month, post, ...score } = data;
    const scores = (monthState(state, month).scores[name] ??= {});
    scores[post] = { ...score, by: entry.by, at: entry.at } as (typeof scores)[string];
  },
  'item-adjusted': (state, data, entry) => {
    monthState(state, data.month).adjustments.push({ ...data, by: entry.by, at: entry.at });
  },
  'final-set': (state, data, entry) => {
    monthState(state, data.month).finals.push({ ...data, by: entry.by });
  },
  'conduct-recorded': (state, data, entry) => {
    monthState(state, monthOf(data.date)).conduct.push({ ...data, by: entry.by });
  },
  'year-zeroed': (state, data, entry) => {
    yearState(state, yearOf(data.date)).zeroed.push({ ...data, by: entry.by });
  },
  'minute-taken': (state, data, entry) => {
    state.minutes.push({ ...data, by: entry.by, at: entry.at });
  },
  'month-waived': (state, data) => {
    monthState(state, data.month).waived = data.reason;
  },
  proposed: (state, data, entry) => {
    state.proposals[data.number] = { ...data, by: entry.by, at: entry.at, state: 'open' };
    state.nextProposal = Math.max(state.nextProposal, data.number + 1);
  },
  'proposal-confirmed': (state, data) => {
    const proposal = state.proposals[data.number];
    if (proposal) proposal.state = 'confirmed';
  },
  'proposal-dropped': (state, data) => {
    const proposal = state.proposals[data.number];
    if (proposal) proposal.state = 'dropped';
  },

  'rating-opened': (state, data) => {
    const m = monthState(state, data.month);
    m.rating = { open: true, salt: data.salt, ballots: m.rating?.ballots ?? {} };
  },
  'rating-closed': (state, data) => {
    const m = monthState(state, data.month);
    if (m.rating) m.rating.open = false;
  },
  'ballot-cast': (state, data) => {
    const m = monthState(state, data.month);
    if (m.rating) m.rating.ballots[data.token] = data.ratings;
  },

  'month-collected': (state, data, entry) => {
    monthState(state, data.month).collectedAt ??= entry.at;
  },
  'agenda-issued': (state, data, entry) => {
    monthState(state, data.month).agendaAt = entry.at;
  },
  'month-checked': (state, data, entry) => {
    monthState(state, data.month).checked = { minute: data.minute, by: entry.by, at: entry.at };
  },
  'board-published': (state, data, entry) => {
    const m = monthState(state, data.month);
    m.boards.push({ ...data, by: entry.by, seq: entry.seq, withdrawn: null });
    carryConfirmations(m, data.version, data.changed ?? Object.keys(m.confirmed));
    Object.assign(m, { held: null, closedAt: null, filed: null, receipt: null, returned: null });
  },
  'board-held': (state, data) => {
    monthState(state, data.month).held = data.reason ?? '';
  },
  'board-withdrawn': (state, data) => {
    const m = monthState(state, data.month);
    const board = m.boards.at(-1);
    if (board) board.withdrawn = data.reason;
    m.confirmed = {};
  },
  confirmed: (state, data, entry) => {
    const { month, ...confirmation } = data;
    monthState(state, month).confirmed[data.name] = { ...confirmation, at: entry.at };
  },
  'month-closed': (state, data, entry) => {
    monthState(state, data.month).closedAt = entry.at;
  },
  'month-filed': (state, data, entry) => {
    Object.assign(monthState(state, data.month), {
      filed: { at: entry.at, fingerprint: data.fingerprint },
      returned: null,
    });
  },
  'filing-received': (state, data, entry) => {
    monthState(state, data.month).receipt = { at: entry.at, by: entry.by, number: data.number };
  },
  'filing-returned': (state, data, entry) => {
    monthState(state, data.month).returned = { at: entry.at, by: entry.by, reason: data.reason };
  },
  reminded: (state, data, entry) => {
    for (const name of data.names) state.reminded[`${data.what} ${name}`] = entry.at;
  },

  objected: (state, data, entry) => {
    state.tickets[data.number] = {
      ...data,
      words: data.words ?? null,
      at: entry.at,
      state: 'open',
      ruling: null,
      appeal: null,
    };
    state.nextTicket = Math.max(state.nextTicket, data.number + 1);
    // An objection to one's own row takes back one's confirmation of it (R26).
    if (data.month && data.by === data.about) delete monthState(state, data.month).confirmed[data.by];
  },
  'objection-detailed': (state, data) => {
    const t = ticket(state, data.number);
    if (!t) return;
    if (data.item) t.item = data.item;
    if (data.about) t.about = data.about;
    if (data.words) t.words = data.words;
  },
  'objection-investigated': (state, data) => {
    const t = ticket(state, data.number);
    if (t?.state === 'open') t.state = 'investigating';
  },
  'objection-ruled': (state, data, entry) => {
    const t = ticket(state, data.number);
    if (t)
      Object.assign(t, { state: data.ruling, ruling: { by: entry.by, at: entry.at, words: data.words } });
  },
  'objection-withdrawn': (state, data) => {
    const t = ticket(state, data.number);
    if (t) t.state = 'withdrawn';
  },
  'objection-appealed': (state, data, entry) => {
    const t = ticket(state, data.number);
    if (t) Object.assign(t, { state: 'appealed', appeal: { at: entry.at, ruling: null } });
  },
  'appeal-decided': (state, data, entry) => {
    const t = ticket(state, data.number);
    if (!t?.appeal) return;
    t.appeal.ruling = { by: entry.by, at: entry.at, words: data.words, ruling: data.ruling };
    t.state = data.ruling;
  },
  corrected: (state, data, entry) => {
    monthState(state, data.month).corrections.push({ ...data, by: entry.by, at: entry.at, seq: entry.seq });
  },
};
