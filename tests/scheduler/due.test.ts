import { describe, expect, test } from '@jest/globals';
import { array, assert, integer, property } from 'fast-check';
import { newBranch } from '../../ledger/empty-state.ts';
import type { Body } from '../../ledger/entry.ts';
import { applyToBranch } from '../../ledger/fold.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { due, type Job, lapsed, nextDue } from '../../scheduler/due.ts';

/** A branch whose clock began to count at a moment. */
function branchFrom(began: string, ...bodies: Body[]): BranchState {
  const state = newBranch('云岭村');
  tell(state, began, body('job-done', { job: 'begin' }), ...bodies);
  return state;
}

function tell(state: BranchState, at: string, ...bodies: Body[]): void {
  for (const b of bodies)
    applyToBranch(state, { ...b, branch: 'b', seq: state.seq + 1, at, by: 'bot', source: `s${state.seq}` });
}

function finish(state: BranchState, jobs: readonly Job[], at: string): void {
  for (const job of jobs) tell(state, at, body('job-done', { job: job.key }));
}

const keys = (jobs: readonly Job[]) => jobs.map((j) => j.key);

describe('what is due', () => {
  test('a new branch begins at its first tick, and nothing before that is asked for', () => {
    const state = newBranch('b');
    expect(keys(due(state, '2026-03-20T12:00:00'))).toEqual(['begin']);
    tell(state, '2026-03-20T12:00:00', body('job-done', { job: 'begin' }));
    expect(due(state, '2026-03-20T12:00:00')).toEqual([]);
  });

  test('a month over before the branch began is asked for only where the ledger holds something of it', () => {
    const began = '2026-03-02T09:00:00';
    expect(keys(due(branchFrom(began), '2026-03-15T08:00:00'))).not.toContain('agenda 2026-02');
    const known = branchFrom(began, body('dues-recorded', { name: '甲', month: '2026-02', status: 'paid' }));
    expect(keys(due(known, '2026-03-15T08:00:00'))).toContain('agenda 2026-02');
  });

  test('a whole month, in order, each once', () => {
    const state = branchFrom('2026-03-01T09:00:00');
    const seen: string[] = [];
    for (
      let now = nextDue(state, '2026-03-01T09:00:00');
      now !== null && now < '2026-04-20';
      now = nextDue(state, now)
    ) {
      const jobs = due(state, now);
      seen.push(...jobs.map((j) => `${j.due.slice(5, 16)} ${j.key}`));
      finish(state, jobs, now);
      expect(due(state, now)).toEqual([]);
    }
    expect(seen).toEqual([
      '03-14T18:00 meeting 2026-03-15 主题党日',
      '03-25T18:00 contact 2026-03',
      '03-28T18:00 shortfall 2026-03',
      '04-01T08:00 collect 2026-03',
      '04-14T18:00 agenda 2026-03',
      '04-14T18:00 meeting 2026-04-15 主题党日',
    ]);
  });

  test('after downtime what was missed comes in order; what lost its time is only marked done', () => {
    const state = branchFrom('2026-03-10T09:00:00');
    const jobs = due(state, '2026-04-16T10:00:00');
    expect(keys(jobs)).toEqual([
      'meeting 2026-03-15 主题党日',
      'contact 2026-03',
      'shortfall 2026-03',
      'collect 2026-03',
      'agenda 2026-03',
      'meeting 2026-04-15 主题党日',
    ]);
    expect(keys(jobs.filter((j) => !lapsed(j, '2026-04-16T10:00:00')))).toEqual(['collect 2026-03']);
    finish(state, jobs, '2026-04-16T10:00:00');
    expect(due(state, '2026-04-16T10:01:00')).toEqual([]);
  });

  test('a reminder for a meeting that has begun is dropped', () => {
    const state = branchFrom(
      '2026-03-01T09:00:00',
      body('meeting-planned', { date: '2026-03-20', at: '19:30', name: '党课', category: 'study' }),
    );
    const job = due(state, '2026-03-20T19:00:00').find(
      (j) => j.name === 'meeting' && j.key.includes('党课'),
    )!;
    expect(lapsed(job, '2026-03-20T19:00:00')).toBe(false);
    expect(lapsed(job, '2026-03-20T19:31:00')).toBe(true);
  });

  test('a planned 主题党日 stands for the usual day; cancelled and committee meetings are not announced', () => {
    const state = branchFrom(
      '2026-02-20T09:00:00',
      body('meeting-planned', { date: '2026-03-18', name: '主题党日', category: 'organisation' }),
      body('meeting-planned', { date: '2026-03-17', name: '支委会', category: 'study', committeeOnly: true }),
      body('meeting-planned', { date: '2026-03-19', name: '党课', category: 'study' }),
      body('meeting-cancelled', { date: '2026-03-19', name: '党课' }),
    );
    finish(state, due(state, '2026-03-10T00:00:00'), '2026-03-10T00:00:00');
    expect(keys(due(state, '2026-03-20T00:00:00'))).toEqual([
      'agenda 2026-02',
      'meeting 2026-03-18 主题党日',
    ]);
  });

  test('settings move it: theme day, hour, quiet hours, no shortfall reminders', () => {
    const state = branchFrom(
      '2026-02-20T00:00:00',
      body('settings-changed', { themeDay: 10, reminderAt: '19:30', shortfallReminders: false }),
    );
    const jobs = due(state, '2026-04-01T12:00:00');
    expect(jobs.find((j) => j.key === 'agenda 2026-02')?.due).toBe('2026-03-09T19:30:00');
    expect(keys(jobs)).not.toContain('shortfall 2026-03');
    tell(state, '2026-03-01T00:00:00', body('settings-changed', { reminderAt: '22:00', quietTo: '09:00' }));
    const moved = due(state, '2026-04-01T12:00:00');
    expect(moved.find((j) => j.key === 'contact 2026-03')?.due).toBe('2026-03-25T18:00:00');
    expect(moved.find((j) => j.key === 'collect 2026-03')?.due).toBe('2026-04-01T09:00:00');
  });

  test('a theme day on the 1st has its agenda on the last day of the month before', () => {
    const state = branchFrom('2026-03-20T00:00:00', body('settings-changed', { themeDay: 1 }));
    expect(nextDue(state, '2026-03-28T19:00:00')).toBe('2026-03-31T18:00:00');
    expect(keys(due(state, '2026-03-31T18:00:00'))).toContain('agenda 2026-03');
  });

  test('the new year opens at midnight and December is collected on the same day', () => {
    const state = branchFrom('2026-12-29T09:00:00');
    expect(due(state, '2026-12-31T23:59:59').filter((j) => j.name === 'year')).toEqual([]);
    expect(keys(due(state, '2027-01-01T00:00:00'))).toEqual(['year 2027']);
    expect(keys(due(state, '2027-01-01T08:00:00'))).toContain('collect 2026-12');
  });

  test('February ends on its own day', () => {
    const shortfall = (year: number) =>
      due(branchFrom(`${year}-02-01T09:00:00`), `${year}-03-01T00:00:00`).find((j) => j.name === 'shortfall')
        ?.due;
    expect([shortfall(2026), shortfall(2028)]).toEqual(['2026-02-25T18:00:00', '2028-02-26T18:00:00']);
  });

  test('moments without seconds count too', () => {
    const state = branchFrom('2026-03-25T09:00');
    expect(keys(due(state, '2026-03-25T18:00'))).toEqual(['contact 2026-03']);
  });
});

const board = (month: string, publishedAt: string, closes: string) =>
  body('board-published', {
    month,
    version: 1,
    rows: [],
    fingerprint: 'f',
    publishedAt,
    closes,
    policy: 'p',
  });

describe('what something open brings', () => {
  test('a board: reminders two days before and on its last day, closing the day after and daily until it is closed', () => {
    const state = branchFrom('2026-04-15T08:00:00', board('2026-03', '2026-04-15T09:00:00', '2026-04-22'));
    const of = (name: string, now: string) => due(state, now).filter((j) => j.name === name);
    expect(of('unconfirmed', '2026-04-22T20:00:00').map((j) => j.due)).toEqual([
      '2026-04-20T18:00:00',
      '2026-04-22T18:00:00',
    ]);
    expect(of('closing', '2026-04-22T23:59:59')).toEqual([]);
    const jobs = of('closing', '2026-04-25T09:00:00');
    expect(jobs.map((j) => j.due.slice(0, 10))).toEqual(['2026-04-23', '2026-04-24', '2026-04-25']);
    expect(jobs.map((j) => lapsed(j, '2026-04-25T09:00:00'))).toEqual([false, true, false]);
    tell(state, '2026-04-25T09:00:00', body('month-closed', { month: '2026-03' }));
    expect(of('closing', '2026-04-26T09:00:00')).toEqual([]);
  });

  test('a new version has its own clock', () => {
    const state = branchFrom('2026-04-15T08:00:00', board('2026-03', '2026-04-15T09:00:00', '2026-04-22'));
    tell(
      state,
      '2026-04-21T09:00:00',
      body('board-published', {
        month: '2026-03',
        version: 2,
        rows: [],
        fingerprint: 'g',
        publishedAt: '2026-04-21T09:00:00',
        closes: '2026-04-28',
        policy: 'p',
      }),
    );
    const closings = due(state, '2026-04-29T09:00:00').filter((j) => j.name === 'closing');
    expect(keys(closings)).toEqual(['closing 2026-03 v2 2026-04-29']);
  });

  test('a ticket: two days before its answer is due, on the day, and the day after', () => {
    const state = branchFrom('2026-04-15T08:00:00');
    tell(
      state,
      '2026-04-16T12:00:00',
      body('objected', { number: 1, by: '甲', about: '甲', month: null, version: null, item: null }),
    );
    const jobs = due(state, '2026-04-30T00:00:00').filter((j) => j.name === 'tickets');
    expect(jobs.map((j) => j.due)).toEqual([
      '2026-04-21T08:00:00',
      '2026-04-23T08:00:00',
      '2026-04-24T08:00:00',
    ]);
    tell(
      state,
      '2026-04-20T12:00:00',
      body('objection-ruled', { number: 1, ruling: 'rejected', words: '…' }),
    );
    expect(due(state, '2026-04-30T00:00:00').filter((j) => j.name === 'tickets')).toEqual([]);
  });

  test('a photo nobody reported on is let go after its ten minutes', () => {
    const state = branchFrom('2026-04-15T08:00:00');
    tell(state, '2026-04-16T23:55:00', body('photo-received', { sha256: 'a'.repeat(64), name: '甲' }));
    expect(nextDue(state, '2026-04-16T23:56:00')).toBe('2026-04-17T00:06:00');
    expect(due(state, '2026-04-17T00:05:59').filter((j) => j.name === 'photos')).toEqual([]);
    expect(due(state, '2026-04-17T00:06:00').filter((j) => j.name === 'photos')).toHaveLength(1);
  });

  test('the weekly 扶贫日 only where it is set', () => {
    const state = branchFrom('2026-03-02T00:00:00');
    expect(due(state, '2026-03-31T00:00:00').filter((j) => j.name === 'pairing')).toEqual([]);
    Object.assign(state.settings, { pairingDay: 5 });
    expect(
      due(state, '2026-03-31T00:00:00')
        .filter((j) => j.name === 'pairing')
        .map((j) => j.due.slice(0, 10)),
    ).toEqual(['2026-03-06', '2026-03-13', '2026-03-20', '2026-03-27']);
  });
});

describe('whatever the machine’s life was', () => {
  const down = array(integer({ min: 1, max: 12 * 24 * 60 }), { minLength: 1, maxLength: 40 });

  test('every tick pattern does the same lasting jobs, once and in order', () => {
    const lasting = (jobs: readonly Job[]) => keys(jobs.filter((j) => j.keep === 'always'));
    const start = Date.parse('2026-11-20T06:00:00Z');
    const end = Date.parse('2027-01-20T06:00:00Z');
    const stamp = (ms: number) => new Date(ms).toISOString().slice(0, 19);
    const run = (gaps: readonly number[]): string[] => {
      const state = branchFrom(stamp(start));
      const done: string[] = [];
      let now = start;
      for (let i = 0; now < end; i++) {
        now = Math.min(end, now + gaps[i % gaps.length]! * 60_000);
        const jobs = due(state, stamp(now));
        const dues = jobs.map((j) => j.due);
        expect(dues).toEqual([...dues].sort());
        done.push(...lasting(jobs));
        finish(state, jobs, stamp(now));
      }
      return done;
    };
    const hourly = run([240]);
    expect(hourly).toEqual(['collect 2026-11', 'year 2027', 'collect 2026-12']);
    assert(
      property(down, (gaps) => expect(run([...gaps, 2 * 24 * 60])).toEqual(hourly)),
      { numRuns: 15 },
    );
  });
});
