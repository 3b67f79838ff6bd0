/** What there is before the first entry: a town, a branch, a month and a year with nothing in them. */
import type { BranchId } from './entry.ts';
import type { BranchState, MonthState, Office, Settings, TownState, YearState } from './state.ts';

const defaultSettings: Settings = {
  themeDay: 15,
  themeAt: '08:30',
  noticeDays: 7,
  quietFrom: '21:00',
  quietTo: '07:00',
  reminderAt: '18:00',
  ranking: false,
  shortfallReminders: true,
  quarterlyDues: true,
};

function newOffice(): Office {
  return {
    seq: 0,
    name: '',
    rooms: [],
    officers: [],
    branches: {},
    codes: [],
    policies: [],
    questions: [],
    jobs: {},
    owed: [],
  };
}

export function newTown(): TownState {
  return { office: newOffice(), branches: {} };
}

export function newBranch(branch: BranchId): BranchState {
  return {
    branch,
    seq: 0,
    name: branch,
    town: '',
    bot: '积分小助手',
    places: [],
    postNames: {},
    posts: {},
    settings: { ...defaultSettings },
    rooms: [],
    accounts: {},
    accountClaims: {},
    nicknames: {},
    aliases: {},
    people: {},
    appointments: [],
    meetings: {},
    reports: {},
    nextReport: 1,
    photos: [],
    evidence: {},
    months: {},
    years: {},
    tickets: {},
    nextTicket: 1,
    proposals: {},
    nextProposal: 1,
    applications: {},
    nextApplication: 1,
    tasks: {},
    nextTask: 1,
    minutes: [],
    policies: [],
    questions: [],
    jobs: {},
    reminded: {},
    owed: [],
    access: [],
  };
}

export function newMonth(): MonthState {
  return {
    dues: {},
    duesClaims: [],
    scores: {},
    adjustments: [],
    finals: [],
    conduct: [],
    waived: null,
    rating: null,
    collectedAt: null,
    agendaAt: null,
    checked: null,
    boards: [],
    held: null,
    confirmed: {},
    closedAt: null,
    filed: null,
    receipt: null,
    returned: null,
    corrections: [],
  };
}

export function newYear(): YearState {
  return {
    bonuses: [],
    zeroed: [],
    stage: 'open',
    ties: null,
    decision: null,
    returned: null,
    passed: null,
    boards: [],
    confirmed: {},
  };
}
