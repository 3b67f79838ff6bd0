import { describe, expect, test } from '@jest/globals';
import { overridePolicy, readPolicy } from '../../scoring/policy.ts';
import { READINGS, READING_NAMES } from '../../scoring/readings.ts';
import { score } from '../../scoring/score.ts';
import { caseOf, meeting } from './build.ts';
import { standard, standardFile } from './standard-policy.ts';

type Loose = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any
const changed = (change: (file: Loose) => void): string[] => {
  const file = structuredClone(standardFile) as Loose;
  change(file);
  return readPolicy(file).findings.map((f) => f.place);
};

describe('the standard policy', () => {
  test('has the numbers of the regulation', () => {
    expect(standard.items.map((i) => [i.id, i.points])).toEqual([
      ['study', 10],
      ['organisation', 10],
      ['dues', 10],
      ['conduct', 10],
    ]);
    expect(standard.posts).toHaveLength(11);
    expect(standard.posts.filter((p) => p.minimum !== null).map((p) => [p.id, p.minimum])).toEqual([
      ['security-patrol', 2],
      ['facility-upkeep', 2],
      ['sanitation', 2],
      ['left-behind-care', 2],
      ['floating-member', 1],
    ]);
    expect(standard.quota.percent).toBe(20);
  });

  test('has every reading at its default, with a clause', () => {
    for (const name of READING_NAMES) {
      expect([name, standard.readings[name]]).toEqual([name, READINGS[name].values[0]]);
      expect(standard.readingClauses[name]).not.toBe('');
    }
  });
});

describe('mistakes in a policy file are named with their path', () => {
  const table: [string, (file: Loose) => void, string[]][] = [
    ['a missing number', (f) => delete f['quota'].percent, ['quota.percent']],
    ['a word for a number', (f) => (f['items'][0].points = 'ten'), ['items[study].points']],
    [
      'three decimals',
      (f) => (f['items'][1].deductions.leave = 0.125),
      ['items[organisation].deductions.leave'],
    ],
    [
      'a negative deduction',
      (f) => (f['items'][1].deductions.leave = -2),
      ['items[organisation].deductions.leave'],
    ],
    ['an unknown field', (f) => (f['posts'][2].maximum = 3), ['posts[security-patrol].maximum']],
    ['a post with the id of an item', (f) => (f['posts'][2].id = 'study'), ['posts[study].id']],
    ['an item with a word of the row', (f) => (f['items'][0].id = 'total'), ['items[total].id']],
    ['a bonus twice', (f) => (f['bonus'].items[1].id = 'award'), ['bonus.items[award].id']],
    ['bands that rise', (f) => (f['bands'][1].from = 90), ['bands[1].from']],
    ['no last band', (f) => f['bands'].pop(), ['bands[4].from']],
    ['a task without a name', (f) => delete f['followUps'].names['sponsor-talk'], ['followUps.names']],
    ['an unknown failing grade', (f) => (f['followUps'].failing.grade = '差'), ['followUps.failing.grade']],
    ['two dues items', (f) => f['items'].push({ ...f['items'][2], id: 'more' }), ['items']],
    ['an unknown reading', (f) => (f['readings'].sun = { value: 'x', clause: 'x' }), ['readings.sun']],
    ['a reading without a clause', (f) => delete f['readings'].cap.clause, ['readings.cap.clause']],
    ['a wrong value', (f) => (f['readings'].cap.value = 'week'), ['readings.cap']],
    ['weights that are not one', (f) => (f['mutual'].ballots = 0.5), ['mutual.ballots']],
  ];
  test.each(table)('%s', (_name, change, expected) => expect(changed(change)).toEqual(expected));

  test('all of them together', () => {
    expect(
      changed((f) => {
        f['caps'].month = 'x';
        delete f['title'];
        f['bands'][0].stars = 9;
      }),
    ).toEqual(expect.arrayContaining(['title', 'caps.month', 'bands[0].stars']));
  });
});

describe('overrides', () => {
  const approved = { date: '2024-01-05', minute: '支委会2024年第1次', by: '测试支部' };

  test('of a town or branch must be dated and approved', () => {
    const places = (over: unknown): string[] =>
      overridePolicy(standard, over, { approval: true }).findings.map((f) => f.place);
    expect(places({ quota: { percent: 15 } })).toEqual(['approved']);
    expect(places({ quota: { percent: 15 }, approved: { ...approved, date: '2024-02-30' } })).toEqual(
      expect.arrayContaining(['approved.date']),
    );
    expect(places({ quota: { percent: 15 }, approved })).toEqual([]);
  });

  test('change what they name and leave the rest', () => {
    const { policy } = overridePolicy(standard, {
      approved,
      readings: { leave: 'sick-and-duty-waived' },
      items: [{ id: 'study', deductions: { absent: 4 } }],
      posts: [
        { id: 'sanitation', minimum: 3 },
        { id: 'tea-garden', name: '茶园帮扶岗' },
        { id: 'mediation', enabled: false },
      ],
    });
    expect(policy!.readings).toEqual({ ...standard.readings, leave: 'sick-and-duty-waived' });
    expect(policy!.items[0]).toMatchObject({ points: 10, deductions: { absent: 4, late: 2 } });
    expect(policy!.posts).toHaveLength(12);
    expect(policy!.posts.find((p) => p.id === 'sanitation')).toMatchObject({
      minimum: 3,
      shortName: '环境卫生维护岗',
    });
    expect(policy!.posts.find((p) => p.id === 'tea-garden')).toMatchObject({
      shortName: '茶园帮扶岗',
      minimum: null,
    });
    expect(policy!.posts.find((p) => p.id === 'mediation')!.enabled).toBe(false);
    // The one it was laid over is untouched.
    expect(standard.items[0]).toMatchObject({ deductions: { absent: 5 } });
  });

  test('lie over one another, and over a case', () => {
    const first = overridePolicy(standard, { items: [{ id: 'study', points: 8 }] }).policy!;
    const second = overridePolicy(first, { items: [{ id: 'study', deductions: { absent: 3 } }] }).policy!;
    const input = {
      ...caseOf([meeting({ absent: ['甲'] })]),
      policy: { items: [{ id: 'organisation', points: 12 }] },
    };
    expect(score(input, second, { months: ['2024-03'] }).months['2024-03']!['甲']).toMatchObject({
      study: 5,
      organisation: 12,
      obligation: 37,
    });
  });
});

describe('a town with other numbers needs no code', () => {
  test('30 and 70, items, posts, bands and quota of its own', () => {
    const file = structuredClone(standardFile) as Loose;
    const item = file['items'][0];
    file['id'] = 'other-town';
    file['items'] = [
      {
        ...item,
        id: 'meetings',
        name: '会议',
        points: 18,
        deductions: { absent: 6, late: 1.5, early: 1.5, leave: 1 },
      },
      { ...file['items'][2], points: 12 },
    ];
    file['service'].parts.commitment.points = 15;
    file['service'].parts.performance.points = 12.5;
    file['service'].parts.deed.points = 7.5;
    file['posts'] = [
      { id: 'river-watch', name: '护河岗' },
      { id: 'library', name: '农家书屋岗' },
    ];
    file['bands'] = [
      { from: 90, grade: '好', stars: 3 },
      { from: 50, grade: '中', stars: 2 },
      { from: null, grade: '差', stars: 0 },
    ];
    file['quota'].percent = 50;
    file['followUps'].failing = { grade: '差', years: [['admonition-talk']], clause: '甲' };
    const { policy, findings } = readPolicy(file);
    expect(findings).toEqual([]);
    const months = Array.from({ length: 12 }, (_, i) => `2024-${String(i + 1).padStart(2, '0')}`);
    const posts = ['river-watch', 'library'].flatMap((post) => [
      { type: 'claim' as const, name: '甲', post, from: '2024-01' },
      ...months.map((month) => ({
        type: 'post-score' as const,
        name: '甲',
        month,
        post,
        commitment: 15,
        performance: 12.5,
        deed: 7.5,
      })),
    ]);
    const input = caseOf([...posts, meeting({ category: 'meetings', late: ['甲'], early: ['甲'] })], {
      members: [{ name: '甲' }, { name: '乙' }],
    });
    const result = score(input, policy!, { months: ['2024-03'], year: 2024 });
    expect(result.policy).toBe('other-town');
    expect(result.months['2024-03']!['甲']).toEqual({
      meetings: 15,
      dues: 12,
      obligation: 27,
      posts: { 'river-watch': 35, library: 35 },
      service: 70,
      bonus: 0,
      uncapped: 97,
      total: 97,
      pending: [],
    });
    expect(result.year!.members).toMatchObject({
      甲: { mean: 99.75, grade: '好', stars: 3 },
      乙: { mean: 30, grade: '差', stars: 0, followUps: ['admonition-talk'] },
    });
    expect(result.year!.quota).toMatchObject({ base: 2, places: 1, excellent: ['甲'] });
  });
});
