import { describe, expect, test } from '@jest/globals';
import type { BonusFact, Fact } from '../../scoring/case.ts';
import type { Readings } from '../../scoring/policy.ts';
import { MINUTE, row, yearOf } from './build.ts';

const bonus = (date: string, fields: Partial<BonusFact>): Fact => ({
  type: 'bonus',
  name: '甲',
  date,
  minute: MINUTE,
  item: 'other',
  ...fields,
});
const award = (date: string, level: string, achievement: string): Fact =>
  bonus(date, { item: 'award', level, achievement });
const festival = (date: string, occasion: string): Fact => bonus(date, { item: 'festival', occasion });

describe('what a bonus is worth (R20)', () => {
  const table: [string, Fact[], Partial<Readings>, number][] = [
    ['a central award', [award('2024-03-01', 'central', 'a')], {}, 4],
    ['a provincial award', [award('2024-03-01', 'province', 'a')], {}, 4],
    ['a city award', [award('2024-03-01', 'city', 'a')], {}, 3],
    ['a county award', [award('2024-03-01', 'county', 'a')], {}, 2],
    ['a town award', [award('2024-03-01', 'town', 'a')], {}, 1],
    ['economy without points', [bonus('2024-03-01', { item: 'economy' })], {}, 2],
    [
      'economy twice is two a year',
      [
        bonus('2024-03-01', { item: 'economy', points: 1.5 }),
        bonus('2024-05-01', { item: 'economy', points: 1.5 }),
      ],
      {},
      2,
    ],
    [
      'economy and welfare are two pots',
      [bonus('2024-03-01', { item: 'economy' }), bonus('2024-05-01', { item: 'public-welfare' })],
      {},
      4,
    ],
    ['other deeds', [bonus('2024-03-01', { points: 1 }), bonus('2024-03-02', { points: 2 })], {}, 3],
    [
      'a higher award for one deed tops up',
      [award('2024-03-01', 'town', 'a'), award('2024-05-01', 'city', 'a')],
      {},
      3,
    ],
    [
      'a lower award for one deed adds nothing',
      [award('2024-03-01', 'city', 'a'), award('2024-05-01', 'town', 'a')],
      {},
      3,
    ],
    [
      'awards for two deeds both count',
      [award('2024-03-01', 'city', 'a'), award('2024-05-01', 'town', 'b')],
      {},
      4,
    ],
    [
      'best of the year',
      [award('2024-03-01', 'city', 'a'), award('2024-05-01', 'central', 'b')],
      { awards: 'best-of-year' },
      4,
    ],
    [
      'sum of awards',
      [award('2024-03-01', 'city', 'a'), award('2024-05-01', 'town', 'a')],
      { awards: 'sum' },
      4,
    ],
    ['one festival, two a year', [festival('2024-07-01', 'july-1')], {}, 2],
    [
      'two festivals, two a year',
      [festival('2024-07-01', 'july-1'), festival('2024-10-01', 'october-1')],
      {},
      2,
    ],
    [
      'one each',
      [festival('2024-07-01', 'july-1'), festival('2024-10-01', 'october-1')],
      { festivals: 'one-each' },
      2,
    ],
    [
      'one each, one festival',
      [festival('2024-07-01', 'july-1'), festival('2024-07-02', 'july-1')],
      { festivals: 'one-each' },
      1,
    ],
    [
      'two each',
      [festival('2024-07-01', 'july-1'), festival('2024-10-01', 'october-1')],
      { festivals: 'two-each' },
      4,
    ],
    [
      'two each, one festival twice',
      [festival('2024-07-01', 'july-1'), festival('2024-07-02', 'july-1')],
      { festivals: 'two-each' },
      2,
    ],
    ['a bonus of another year', [bonus('2023-12-31', { points: 2 })], {}, 0],
  ];
  test.each(table)('%s', (_name, facts, readings, points) =>
    expect(yearOf(facts, { readings }).bonus).toBe(points),
  );
});

describe('the ten of the year', () => {
  const many = [6, 5, 4, 3, 2, 1].map((m) => bonus(`2024-0${m}-10`, { points: 2 }));

  test('is credited in order of date, whatever the order of the file', () => {
    expect(yearOf(many).bonus).toBe(10);
    expect(row(many, {}, '甲', '2024-05').bonus).toBe(2);
    expect(row(many, {}, '甲', '2024-06').bonus).toBe(0);
  });

  test('on one day the order of the file decides', () => {
    const facts = [
      ...many.slice(2),
      bonus('2024-08-01', { points: 1.5 }),
      bonus('2024-08-01', { item: 'economy' }),
    ];
    expect(yearOf(facts).bonus).toBe(10);
    expect(row(facts, {}, '甲', '2024-08').bonus).toBe(2);
  });

  test('is partly used by what another branch credited', () => {
    const members = [
      {
        name: '甲',
        joined: '2024-03-05',
        carried: [{ month: '2024-01', obligation: 40, service: 30, bonus: 9 }],
      },
    ];
    const facts = [bonus('2024-06-10', { points: 2 })];
    expect(yearOf(facts, { members }).bonus).toBe(10);
    expect(row(facts, { members }, '甲', '2024-06').bonus).toBe(1);
  });

  test('a bonus of a month before the scope counts in the year', () => {
    const members = [{ name: '甲', joined: '2024-03-05' }];
    expect(yearOf([bonus('2024-03-10', { points: 2 })], { members })).toMatchObject({
      mean: 40,
      bonus: 2,
      score: 42,
    });
  });
});

describe('how the bonus enters the year (Q02)', () => {
  const facts = [bonus('2024-11-10', { points: 2 })];
  test.each([
    ['annual', 40, 42, 42],
    ['monthly', 40.17, 40.17, 40.17],
    ['carried', 40.33, 40.33, 40.33],
  ] as const)('%s', (reading, mean, uncapped, score) => {
    expect(yearOf(facts, { readings: { bonus: reading } })).toMatchObject({
      mean,
      uncapped,
      score,
      bonus: 2,
    });
  });
});
