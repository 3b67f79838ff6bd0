import { describe, expect, test } from '@jest/globals';
import type { CaseMember } from '../../scoring/case.ts';
import { scoreAny } from '../../scoring/score.ts';
import { caseOf, meeting, months } from './build.ts';
import { standard } from './standard-policy.ts';

/** The months of 2024 in which the member has a row, as numbers. */
function monthsInScope(member: Omit<CaseMember, 'name'>): number[] {
  const { result } = scoreAny(caseOf([], { members: [{ name: '甲', ...member }] }), standard, { months });
  return months.flatMap((month, i) => (result!.months[month]!['甲'] ? [i + 1] : []));
}
const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('who counts in which month (R02, R33)', () => {
  const table: [string, Omit<CaseMember, 'name'>, number[]][] = [
    ['a member of old', {}, span(1, 12)],
    ['joined in the middle of a month', { joined: '2024-03-15' }, span(4, 12)],
    ['joined on the first', { joined: '2024-03-01' }, span(3, 12)],
    ['joined in December', { joined: '2024-12-02' }, []],
    ['left the town in the middle of a month', { left: '2024-06-15', leftReason: 'town' }, span(1, 5)],
    ['left the town on the last of a month', { left: '2024-06-30', leftReason: 'town' }, span(1, 6)],
    ['left on 29 February', { left: '2024-02-29', leftReason: 'town' }, span(1, 2)],
    ['moved inside the town', { left: '2024-06-15', leftReason: 'branch' }, span(1, 6)],
    ['moved inside the town on the first', { left: '2024-06-01', leftReason: 'branch' }, span(1, 6)],
    ['exempt from the month after filing', { status: 'exempt', exemptFiled: '2024-04-01' }, span(1, 4)],
    [
      'back from the first full month',
      { exemptFiled: '2024-04-20', exemptUntil: '2024-09-10' },
      [...span(1, 4), ...span(10, 12)],
    ],
    [
      'back on the first at once',
      { exemptFiled: '2024-04-20', exemptUntil: '2024-09-01' },
      [...span(1, 4), ...span(9, 12)],
    ],
    ['exempt since last year', { status: 'exempt', exemptFiled: '2023-11-20' }, []],
  ];
  test.each(table)('%s', (_name, member, expected) => expect(monthsInScope(member)).toEqual(expected));
});

describe('facts outside the scope', () => {
  const members: CaseMember[] = [{ name: '甲' }, { name: '乙', joined: '2024-03-15' }];

  test('have no effect and are named with their place', () => {
    const facts = [
      meeting({ absent: ['甲', '乙'] }),
      { type: 'dues' as const, name: '乙', month: '2024-02', status: 'late' as const },
    ];
    const { result, warnings } = scoreAny(caseOf(facts, { members }), standard, { months: ['2024-03'] });
    expect(Object.keys(result!.months['2024-03']!)).toEqual(['甲']);
    expect(warnings.map((w) => w.place)).toEqual(['facts[0]', 'facts[1]']);
    expect(warnings[0]!.problem).toContain('乙');
  });

  test('a deed outside the scope is not used up', () => {
    const facts = ['2024-03', '2024-04'].map((month) => ({
      type: 'post-score' as const,
      name: '乙',
      month,
      post: 'mediation',
      commitment: 1,
      performance: 1,
      deed: 1,
      deedId: 'd',
    }));
    const claim = { type: 'claim' as const, name: '乙', post: 'mediation', from: '2024-03' };
    const { result } = scoreAny(caseOf([claim, ...facts], { members }), standard, { months: ['2024-04'] });
    expect(result!.months['2024-04']!['乙']!.service).toBe(3);
  });
});
