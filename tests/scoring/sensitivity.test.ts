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
