import type { yearly } from '../kinds/year.ts';
import type { Data } from '../kinds.ts';
import type { YearState } from '../state.ts';
import { type Appliers, yearState } from './applier.ts';

/** A new version of the year's board voids the confirmations of the rows that changed, and no others (R28). */
function keepConfirmations(y: YearState, board: Data<'year-published'>): void {
  const before = new Map(y.boards.at(-1)?.rows.map((row) => [row.name, JSON.stringify(row)]));
  const same = new Set(
    board.rows.filter((row) => before.get(row.name) === JSON.stringify(row)).map((r) => r.name),
  );
  for (const [name, confirmation] of Object.entries(y.confirmed)) {
    if (same.has(name)) confirmation.version = board.version;
    else delete y.confirmed[name];
  }
}

export const foldYear: Appliers<keyof typeof yearly> = {
  'year-opened': (state, data) => {
    yearState(state, data.year);
  },
  'year-computed': (state, data) => {
    const y = yearState(state, data.year);
    if (y.stage === 'open') y.stage = 'computed';
  },
  'tie-decided': (state, data) => {
    yearState(state, data.year).ties = data.excellent;
  },
  'year-decided': (state, data, entry) => {
    const y = yearState(state, data.year);
    y.decision = { ...data, by: entry.by, at: entry.at };
    y.stage = 'decided';
    y.returned = null;
  },
  'year-submitted': (state, data) => {
    yearState(state, data.year).stage = 'submitted';
  },
  'year-returned': (state, data) => {
    Object.assign(yearState(state, data.year), { stage: 'returned', returned: data.reason });
  },
  'year-passed': (state, data, entry) => {
    Object.assign(yearState(state, data.year), {
      stage: 'passed',
      passed: { number: data.number, by: entry.by, at: entry.at },
    });
  },
  'year-published': (state, data, entry) => {
    const y = yearState(state, data.year);
    keepConfirmations(y, data);
    y.boards.push({ ...data, by: entry.by });
    y.stage = 'published';
  },
  'year-confirmed': (state, data, entry) => {
    const { year, name, ...confirmation } = data;
    yearState(state, year).confirmed[name] = { ...confirmation, at: entry.at };
  },
  'year-closed': (state, data) => {
    const y = yearState(state, data.year);
    y.stage = 'closed';
    for (const row of y.decision?.rows ?? []) {
      const p = state.people[row.name];
      if (p)
        p.history = [
          ...p.history.filter((h) => h.year !== data.year),
          { year: data.year, outcome: row.decided },
        ];
    }
  },
  'task-opened': (state, data) => {
    state.tasks[data.number] = { ...data, done: null };
    state.nextTask = Math.max(state.nextTask, data.number + 1);
  },
  'task-assigned': (state, data) => {
    const task = state.tasks[data.number];
    if (!task) return;
    if (data.owner !== undefined) task.owner = data.owner;
    if (data.due !== undefined) task.due = data.due;
  },
  'task-done': (state, data, entry) => {
    const task = state.tasks[data.number];
    if (task) task.done = { date: data.date, by: entry.by, note: data.note ?? null };
  },
};
