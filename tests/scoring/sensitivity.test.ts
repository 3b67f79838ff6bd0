import { describe, expect, test } from '@jest/globals';
import type { Case, Fact } from '../../scoring/case.ts';
import { READINGS, READING_NAMES, readingValues } from '../../scoring/readings.ts';
import type { SensitivityEntry, YearResult } from '../../scoring/result.ts';
import { score } from '../../scoring/score.ts';
import { MINUTE, caseOf, meeting, service } from './build.ts';
import { randomCase } from './random-case.ts';
import { standard } from './standard-policy.ts';

const yearOf = (input: Case, sensitivity = false): YearResult =>
  score(input, standard, { year: 2024, sensitivity }).year!;

/** The plain way: score again under every other value of every reading and compare. */
function byScoringAgain(input: Case): SensitivityEntry[] {
  const base = yearOf(input);
  if (base.state === 'blocked') return [];
  return READING_NAMES.flatMap((reading) =>
    readingValues(reading).flatMap((value) => {
      const readings = { ...input.policy?.readings, [reading]: value };
      const other = yearOf({ ...input, policy: { readings } });
      return Object.entries(other.members).flatMap(([name, { score: points, grade, stars }]) => {
        const was = base.members[name]!;
        return was.grade === grade && was.stars === stars
          ? []
          : [{ name, reading, value, score: points, grade, stars }];
      });
    }),
  );
}

describe('reading sensitivity', () => {
  test('is what scoring again under each other value gives', () => {
    let entries = 0;
    for (let seed = 1; seed <= 16; seed++) {
      const input = randomCase(seed);
      const found = yearOf(input, true).sensitivity!;
      expect(found).toEqual(byScoringAgain(input));
      entries += found.length;
    }
    expect(entries).toBeGreaterThan(15);
  });

  test('names the member, the reading, the value and what would come of it', () => {
    // 80.0 less a leave of two in one month: 79.83 is 合格, waived it is 80 and 优秀 but for the quota.
    const members = ['甲', '乙', '丙', '丁', '戊'].map((name) => ({ name }));
    const facts: Fact[] = [
      ...service('甲', 30),
      ...service('甲', 10, 'mediation'),
      meeting({ leave: [{ name: '甲', reason: 'sick' }] }),
    ];
    const input = caseOf(facts, { members });
    expect(yearOf(input, true).sensitivity).toEqual([
      { name: '甲', reading: 'leave', value: 'sick-and-duty-waived', score: 80, grade: '优秀', stars: 5 },
    ]);
  });

  /** 甲 stands at 60 a month but for January, which decides on which side of 60 the year comes out. */
  const near = (january: number, ...facts: Fact[]): Fact[] => [
    ...service('甲', 20).filter((f) => f.type !== 'post-score' || f.month !== '2024-01'),
    { type: 'post-score', name: '甲', month: '2024-01', post: 'sanitation', total: january },
    ...facts,
  ];
  const deed = (month: string): Fact => ({
    type: 'post-score',
    name: '甲',
    month,
    post: 'mediation',
    commitment: 0,
    performance: 0,
    deed: 10,
    deedId: 'd',
  });
  const shared: Fact[] = [
    { type: 'claim', name: '甲', post: 'mediation', from: '2024-03', until: '2024-04' },
    deed('2024-03'),
    deed('2024-04'),
  ];
  const award = (level: string, achievement: string): Fact => ({
    type: 'bonus',
    name: '甲',
    date: '2024-05-01',
    item: 'award',
    level,
    achievement,
    minute: MINUTE,
  });
  const festival = (occasion: string): Fact => ({
    type: 'bonus',
    name: '甲',
    date: '2024-07-01',
    item: 'festival',
    occasion,
    minute: MINUTE,
  });
  const dues: Fact = { type: 'dues', name: '甲', month: '2024-03', status: 'unpaid' };
  const away: Fact[] = [meeting({ away: ['甲'] }), { type: 'contact', name: '甲', date: '2024-03-03' }];
  const absences = Array.from({ length: 3 }, () => meeting({ absent: ['甲'] }));
  test.each<[string, string, Fact[]]>([
    ['leave', 'sick-and-duty-waived', near(21, meeting({ leave: [{ name: '甲', reason: 'duty' }] }))],
    ['lateAndEarly', 'once', near(23, meeting({ late: ['甲'], early: ['甲'] }))],
    ['combinedMeeting', 'both', near(26, meeting({ absent: ['甲'], also: 'organisation' }))],
    ['itemFloor', 'none', near(30, ...absences)],
    ['unpaidDues', 'short', near(25, dues)],
    ['sharedDeed', 'both', near(9, ...shared)],
    ['floatingOnSite', 'leave', near(21, ...away)],
    ['awards', 'best-of-year', near(0, award('town', 'a'), award('town', 'b'))],
    ['festivals', 'one-each', near(2, festival('july-1'))],
  ])('sees %s: %s', (reading, value, facts) => {
    const input = caseOf(facts, { members: [{ name: '甲', floating: true }] });
    const found = yearOf(input, true).sensitivity!;
    expect(found).toEqual(byScoringAgain(input));
    expect(found.filter((e) => e.reading === reading && e.value === value)).toHaveLength(1);
  });

  test('is empty for a blocked year, and absent unless asked for', () => {
    const facts: Fact[] = [{ type: 'claim', name: '甲', post: 'mediation', from: '2024-01' }];
    expect(yearOf(caseOf(facts), true)).toMatchObject({ state: 'blocked', sensitivity: [] });
    expect(yearOf(caseOf([]))).not.toHaveProperty('sensitivity');
  });

  test('leaves out readings that no figure hangs on', () => {
    const facts: Fact[] = [{ type: 'year-zero', name: '甲', date: '2024-03-03', minute: MINUTE }];
    const readings = yearOf(caseOf(facts), true).sensitivity!.map((e) => e.reading);
    expect(readings.filter((r) => ['mutual', 'noticeDays', 'openObjection'].includes(r))).toEqual([]);
    expect(Object.keys(READINGS)).toEqual(expect.arrayContaining(['mutual', 'noticeDays', 'openObjection']));
  });
});
