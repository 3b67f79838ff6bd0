import { describe, expect, test } from '@jest/globals';
import { reviewProblems } from '../../boards/year-forms.ts';
import { signalsOf } from '../../commands/town/checks.ts';
import { codeOf } from '../../commands/town/onboarding.ts';
import { regradedIn } from '../../commands/town/policy.ts';
import { reviewRow } from '../../commands/town/review-row.ts';
import { stageRow } from '../../commands/town/stages.ts';
import { branchesNamed, shortBranch } from '../../commands/town/where.ts';
import { newBranch, newTown } from '../../ledger/empty-state.ts';
import { body } from '../../ledger/kinds.ts';
import { monthsOfYear } from '../../scoring/calendar.ts';
import { withReadings } from '../../scoring/policy.ts';
import { MARCH, publishedMarch, scoredMarch, scoresOf } from './a-month.ts';
import { Branch, policy } from './town.ts';

describe('which branch', () => {
  test('the longer name wins, and 党支部 need not be said', () => {
    const town = newTown();
    for (const name of ['云岭村', '上云岭村党支部（虚构）', '柳林村党支部'])
      town.branches[name] = { ...newBranch(name), name };
    const named = (text: string): string[] => branchesNamed(town, text).map((b) => b.name);
    expect(named('从上云岭村转到柳林村')).toEqual(['上云岭村党支部（虚构）', '柳林村党支部']);
    expect(named('云岭村3月')).toEqual(['云岭村']);
    expect(named('没有说')).toEqual([]);
    expect(shortBranch('中共柳林村党支部')).toBe('柳林村');
  });

  test('a code follows from message and branch alone', () => {
    expect(codeOf('m1', '云岭村')).toMatch(/^[A-HJ-KM-NP-Z2-9]{6}$/);
    expect(codeOf('m1', '云岭村')).toBe(codeOf('m1', '云岭村'));
    expect(new Set([codeOf('m1', '云岭村'), codeOf('m2', '云岭村'), codeOf('m1', '柳林村')]).size).toBe(3);
  });
});

describe('the table of stages', () => {
  test('counts days late from the day on which the next step was due', () => {
    const waiting = scoredMarch().state;
    expect(stageRow(waiting, MARCH, '2026-04-15')).toMatchObject({ daysLate: 0, unconfirmed: null });
    expect(stageRow(waiting, MARCH, '2026-04-18')).toMatchObject({ daysLate: 3 });
    const branch = publishedMarch();
    const published = branch.state;
    expect(stageRow(published, MARCH, '2026-04-20')).toMatchObject({
      stage: '公示中',
      daysLate: 0,
      unconfirmed: 13,
    });
    expect(stageRow(published, MARCH, '2026-04-25')).toMatchObject({ daysLate: 2, waitsFor: '党员确认' });
    const objected = body('objected', {
      number: 1,
      by: '韩石头',
      about: '韩石头',
      month: MARCH,
      version: 1,
      item: 'study',
      late: false,
    });
    branch.given('2026-04-20T08:00:00', '韩石头', objected);
    expect(stageRow(published, MARCH, '2026-04-20')).toMatchObject({ waitsFor: '党员确认' });
    expect(stageRow(published, MARCH, '2026-04-25')).toMatchObject({ waitsFor: '书记裁定异议' });
    branch.given('2026-04-24T08:00:00', '韩石头', body('objection-appealed', { number: 1 }));
    expect(stageRow(published, MARCH, '2026-04-25')).toMatchObject({ waitsFor: '镇组织办裁定申诉' });
  });
});

describe('the check of a year', () => {
  test('adds up where everybody has an outcome, and says what is missing where not', () => {
    const branch = new Branch();
    for (const month of monthsOfYear(2026))
      branch.given('2026-12-31T20:00:00', '苗春燕', ...scoresOf(branch, month));
    const row = reviewRow(branch.state, policy, 2026);
    // Sixteen… fourteen people: 12 full, one probationary, one exempt; places 14 × 20 %.
    expect(row).toMatchObject({ members: 14, probationary: 1, exempt: 1, places: 2, months: 0 });
    expect(
      row.excellent + row.qualified + row.basic + row.failed + row.probationary + row.exempt + row.others,
    ).toBe(14);
    expect(reviewProblems(row)).toEqual(['只有0个月有分']);
    branch.given(
      '2026-12-31T21:00:00',
      '严书林',
      body('member-left', { name: '韩石头', date: '2026-12-31', reason: 'town' }),
    );
    expect(reviewRow(branch.state, policy, 2026).members).toBe(13);
  });
});

describe('signs of form-filling', () => {
  test('all alike and all at once are signs; a month of different scores given over days is none', () => {
    const branch = scoredMarch();
    expect(signalsOf(branch.state, policy, MARCH)).toEqual(
      expect.arrayContaining([expect.stringContaining('一分钟内录完')]),
    );
    const varied = new Branch();
    Object.values(varied.state.people).forEach((p, i) => {
      const scores = scoresOf(varied, MARCH).filter((b) => (b.data as { name: string }).name === p.name);
      const own = scores.map((b) =>
        body('post-scored', {
          ...(b.data as { name: string; month: string; post: string }),
          commitment: 10,
          performance: i % 7,
          deed: i % 5,
        }),
      );
      varied.given(`2026-03-${String(10 + i)}T20:00:00`, '苗春燕', ...own);
    });
    expect(signalsOf(varied.state, policy, MARCH)).toEqual([]);
    expect(signalsOf(publishedMarch().state, policy, MARCH)).toEqual(
      expect.arrayContaining(['没有一条已核实的报告却评了分']),
    );
  });
});

test('a change of the policy regrades nobody in an empty branch, and leaves unscored months out on both sides', () => {
  const branch = new Branch();
  for (const month of ['2026-01', '2026-02']) {
    branch.given(`${month}-28T20:00:00`, '苗春燕', ...scoresOf(branch, month));
    branch.given(
      `${month}-28T21:00:00`,
      '苗春燕',
      body('dues-recorded', { name: '马长河(三组)', month, status: 'unpaid' }),
    );
  }
  const other = withReadings(policy, { unpaidDues: 'short' });
  expect(regradedIn(branch.state, policy, other, 2026)).toEqual(['马长河(三组)（基本合格→不合格）']);
  expect(regradedIn(newBranch('空村'), policy, other, 2026)).toEqual([]);
});
