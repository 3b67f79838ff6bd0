import { describe, expect, test } from '@jest/globals';
import type { CaseMember, Fact } from '../../scoring/case.ts';
import type { Readings } from '../../scoring/policy.ts';
import { MINUTE, months, service, strong, year, yearOf } from './build.ts';

const zero = (name: string): Fact => ({ type: 'year-zero', name, date: '2024-10-10', minute: MINUTE });
const waive = (month: string): Fact => ({ type: 'waive', month, reason: '防汛' });
const bonus = (name: string, points: number): Fact => ({
  type: 'bonus',
  name,
  date: '2024-05-01',
  item: 'other',
  points,
  minute: MINUTE,
});

describe('the mean (R08, Q02, Q04)', () => {
  test('is the mean of the months in scope, half up at two decimals', () => {
    const facts: Fact[] = [
      { type: 'final', name: '甲', month: '2024-12', item: 'study', points: 0, minute: MINUTE },
      { type: 'final', name: '甲', month: '2024-11', item: 'study', points: 9, minute: MINUTE },
    ];
    // (10 × 40 + 30 + 39) / 12 = 39.08333…
    expect(yearOf(facts)).toMatchObject({ months: 12, mean: 39.08 });
    const member = { members: [{ name: '甲', joined: '2024-04-11' }] };
    // (6 × 40 + 30 + 39) / 8 = 38.625 → 38.63
    expect(yearOf(facts, member)).toMatchObject({ months: 8, mean: 38.63 });
  });

  test('divides by twelve where the policy says so, less what is waived', () => {
    const options = (divisor: 'in-scope' | 'twelve') => ({
      members: [{ name: '甲', joined: '2024-07-01' }],
      readings: { divisor },
    });
    expect(yearOf([], options('in-scope'))).toMatchObject({ months: 6, mean: 40 });
    expect(yearOf([], options('twelve'))).toMatchObject({ months: 6, mean: 20 });
    expect(yearOf([waive('2024-08'), waive('2024-02')], options('twelve'))).toMatchObject({
      months: 5,
      mean: 20,
    });
  });

  test('leaves a waived month out, but not its bonus', () => {
    const facts: Fact[] = [
      waive('2024-05'),
      bonus('甲', 2),
      { type: 'final', name: '甲', month: '2024-05', item: 'study', points: 0, minute: MINUTE },
    ];
    expect(yearOf(facts)).toMatchObject({ months: 11, mean: 40, bonus: 2, score: 42 });
  });

  test('takes carried months as they are', () => {
    const members: CaseMember[] = [
      {
        name: '甲',
        joined: '2024-11-15',
        carried: [
          { month: '2024-10', obligation: 35.5, service: 50 },
          { month: '2024-11', obligation: 40, service: 55, bonus: 2 },
        ],
      },
    ];
    // (85.5 + 95 + 40) / 3 = 73.5
    expect(yearOf([], { members })).toMatchObject({ months: 3, mean: 73.5, bonus: 2, score: 75.5 });
  });

  test('no month in scope gives nothing', () => {
    expect(yearOf([], { members: [{ name: '甲', joined: '2024-12-15' }] })).toEqual({
      months: 0,
      mean: null,
      bonus: 0,
      uncapped: null,
      score: null,
      grade: null,
      stars: null,
      zeroed: false,
      followUps: [],
    });
  });

  test('drops the months before somebody became full (Q50)', () => {
    const facts = service('甲', 20);
    const members: CaseMember[] = [{ name: '甲', fullSince: '2024-07-02' }];
    expect(yearOf(facts, { members })).toMatchObject({ months: 12 });
    expect(yearOf(facts, { members, readings: { probationMonths: 'drop' } })).toMatchObject({ months: 5 });
  });
});

describe('the cap (Q01)', () => {
  const facts: Fact[] = [...strong('甲', 60), bonus('甲', 2)];
  const table: [Partial<Readings>, number, number, number][] = [
    [{ cap: 'month' }, 100, 102, 100],
    [{ cap: 'year' }, 100, 102, 100],
    [{ cap: 'none' }, 100, 102, 102],
    [{ cap: 'month', bonus: 'monthly' }, 100, 100.17, 100],
    [{ cap: 'year', bonus: 'monthly' }, 100.17, 100.17, 100],
    [{ cap: 'none', bonus: 'monthly' }, 100.17, 100.17, 100.17],
    [{ cap: 'year', bonus: 'carried' }, 101.33, 101.33, 100],
    [{ cap: 'month', bonus: 'carried' }, 100, 101.33, 100],
  ];
  test.each(table)('%j', (readings, mean, uncapped, score) => {
    expect(yearOf(facts, { readings })).toMatchObject({ mean, uncapped, score });
  });
});

describe('unscored months (Q06)', () => {
  const pending: Fact[] = [
    { type: 'claim', name: '甲', post: 'mediation', from: '2024-02', until: '2024-03' },
    { type: 'post-score', name: '甲', month: '2024-02', post: 'mediation', total: 24 },
  ];

  test('block the year and are named', () => {
    expect(year(pending)).toEqual({
      year: 2024,
      state: 'blocked',
      blocked: ['2024-03'],
      members: {},
      quota: null,
    });
  });

  test('count zero where the policy says so', () => {
    expect(yearOf(pending, { readings: { unscored: 'zero' } })).toMatchObject({ months: 12, mean: 42 });
  });

  test('do not block once waived, or once the committee gave a figure', () => {
    expect(year([...pending, waive('2024-03')]).state).toBe('computed');
    expect(
      year([
        ...pending,
        { type: 'final', name: '甲', month: '2024-03', item: 'mediation', points: 20, minute: MINUTE },
      ]).state,
    ).toBe('computed');
  });

  test('of somebody out of scope do not block', () => {
    expect(year(pending, { members: [{ name: '甲', joined: '2024-03-10' }] }).state).toBe('computed');
  });
});

describe('grades and stars (R30)', () => {
  /** Twenty members give four places; only 甲 is looked at. */
  const others = Array.from({ length: 19 }, (_, i) => ({ name: `众${i}` }));
  const table: [number, string, number][] = [
    [60, '优秀', 5],
    [40, '优秀', 5],
    [39.9, '合格', 4],
    [30, '合格', 4],
    [29.9, '基本合格', 3],
    [20, '基本合格', 3],
    [19.9, '不合格', 2],
    [15, '不合格', 2],
    [14.9, '不合格', 1],
    [10, '不合格', 1],
    [9.9, '不合格', 0],
  ];
  test.each(table)('40 and %d a month: %s, %d stars', (total, grade, stars) => {
    const posts = total > 30 ? strong('甲', total) : service('甲', total);
    expect(yearOf(posts, { members: [{ name: '甲' }, ...others] })).toMatchObject({ grade, stars });
  });

  test('a score is compared at two decimals: 79.995 is 80.00', () => {
    // 200 months would be needed for 79.995 from tenths; carried months may have hundredths.
    const carried = months.map((month, i) => ({ month, obligation: 40, service: i === 0 ? 39.94 : 40 }));
    const members: CaseMember[] = [{ name: '甲', joined: '2024-12-15', carried }, ...others];
    expect(yearOf([], { members })).toMatchObject({ score: 80, grade: '优秀' });
    carried[1]!.service = 39.99;
    expect(yearOf([], { members })).toMatchObject({ score: 79.99, grade: '合格' });
  });

  test('probationary members have neither; below 60 an extension is proposed (R32)', () => {
    const members: CaseMember[] = [{ name: '甲', status: 'probationary' }];
    expect(yearOf(service('甲', 19), { members })).toMatchObject({
      score: 59,
      grade: null,
      stars: null,
      followUps: ['propose-extended-probation', 'sponsor-talk', 'help-measures'],
    });
    expect(yearOf(service('甲', 20), { members })).toMatchObject({ score: 60, followUps: [] });
  });

  test('members exempt on 31 December are graded only where the policy says so (Q07)', () => {
    const members: CaseMember[] = [{ name: '甲', status: 'exempt', exemptFiled: '2024-06-10' }];
    expect(yearOf([], { members })).toMatchObject({
      months: 6,
      score: 40,
      grade: null,
      stars: null,
      followUps: [],
    });
    expect(yearOf([], { members, readings: { exempt: 'graded' } })).toMatchObject({
      grade: '不合格',
      stars: 0,
    });
  });
});

describe('the quota of 优秀 (R31)', () => {
  const branch = (
    scores: readonly number[],
    extra: readonly CaseMember[] = [],
  ): { members: CaseMember[]; facts: Fact[] } => ({
    members: [...scores.map((_, i) => ({ name: `第${i}` })), ...extra],
    facts: scores.flatMap((total, i) => (total > 0 ? strong(`第${i}`, total) : [])),
  });
  const ten = branch([50, 49, 48, 0, 0, 0, 0, 0, 0, 0]);

  test('a fifth of all members, rounded down, by rank; the rest are 合格 with four stars', () => {
    const found = year(ten.facts, ten);
    expect(found.quota).toEqual({
      base: 10,
      places: 2,
      excellent: ['第0', '第1'],
      tied: [],
      overQuota: ['第2'],
      needsTown: false,
    });
    expect(found.members['第2']).toMatchObject({ score: 88, grade: '合格', stars: 4 });
  });

  test('over the quota may stay 优秀 (Q48)', () => {
    const found = year(ten.facts, { ...ten, readings: { overQuota: 'excellent' } });
    expect(found.quota!.overQuota).toEqual(['第2']);
    expect(found.members['第2']).toMatchObject({ grade: '优秀', stars: 5 });
  });

  test('a tie across the last place places nobody who ties', () => {
    const { members, facts } = branch([50, 49, 49, 48, 0, 0, 0, 0, 0, 0]);
    const found = year(facts, { members });
    expect(found.quota).toMatchObject({ excellent: ['第0'], tied: ['第1', '第2'], overQuota: ['第3'] });
    expect(found.members['第1']).toMatchObject({ score: 89, grade: null, stars: null, followUps: [] });
  });

  test('a tie that the places hold is no tie', () => {
    const { members, facts } = branch([49, 49, 48, 0, 0, 0, 0, 0, 0, 0]);
    expect(year(facts, { members }).quota).toMatchObject({
      excellent: ['第0', '第1'],
      tied: [],
      overQuota: ['第2'],
    });
  });

  test('the uncapped figure decides between equal scores', () => {
    const { members, facts } = branch([60, 60, 60, 0, 0, 0, 0, 0, 0, 0]);
    const found = year([...facts, bonus('第1', 2), bonus('第2', 1)], { members });
    expect(found.quota).toMatchObject({ excellent: ['第1', '第2'], tied: [], overQuota: ['第0'] });
  });

  test('no place at all needs the town', () => {
    const { members, facts } = branch([50, 0, 0, 0]);
    expect(year(facts, { members }).quota).toEqual({
      base: 4,
      places: 0,
      excellent: [],
      tied: [],
      overQuota: ['第0'],
      needsTown: true,
    });
  });

  test.each([
    ['all', 12],
    ['graded', 10],
    ['without-exempt', 11],
  ] as const)('the base %s is %d (Q45)', (quotaBase, base) => {
    const extra: CaseMember[] = [
      { name: '预', status: 'probationary' },
      { name: '免', status: 'exempt', exemptFiled: '2023-01-05' },
    ];
    expect(
      year(ten.facts, { members: [...ten.members, ...extra], readings: { quotaBase } }).quota!.base,
    ).toBe(base);
  });

  test('those who left by 31 December are not in the year, those who joined are', () => {
    const members: CaseMember[] = [
      { name: '走', left: '2024-12-31', leftReason: 'town' },
      { name: '留', left: '2025-01-01', leftReason: 'town' },
      { name: '来', joined: '2024-12-31' },
      { name: '未', joined: '2025-01-01' },
    ];
    expect(Object.keys(year([], { members }).members)).toEqual(['留', '来']);
  });
});

describe('year zero and follow-ups (R32, R35)', () => {
  const failed = (years: number[], outcome = '不合格') =>
    years.map((y) => ({ name: '甲', year: y, outcome }));

  test('a zeroed member scores 0, the rest of the year stays', () => {
    expect(yearOf([...strong('甲', 60), zero('甲')])).toMatchObject({
      mean: 100,
      uncapped: 100,
      score: 0,
      grade: '不合格',
      stars: 0,
      zeroed: true,
    });
    const other: Fact = { type: 'year-zero', name: '甲', date: '2023-10-10', minute: MINUTE };
    expect(yearOf([other]).zeroed).toBe(false);
  });

  const first = ['admonition-talk', 'rectify-by-deadline', 'one-on-one'];
  test.each([
    ['the first year', [], first],
    ['the second year', [2023], [...first, 'town-study-class']],
    ['the third year', [2022, 2023], [...first, 'town-study-class', 'organisation-procedure']],
    ['the fourth year', [2021, 2022, 2023], [...first, 'town-study-class', 'organisation-procedure']],
    ['a missing year breaks the row', [2021, 2022], first],
    ['a gap further back', [2021, 2023], [...first, 'town-study-class']],
  ])('%s', (_name, years, tasks) => {
    expect(yearOf([], { history: failed(years) }).followUps).toEqual(tasks);
  });

  test('a passed year breaks the row', () => {
    expect(yearOf([], { history: failed([2023], '合格') }).followUps).toEqual(first);
  });

  test('who passes has none, whatever the history', () => {
    expect(yearOf(service('甲', 20), { history: failed([2022, 2023]) }).followUps).toEqual([]);
  });
});
