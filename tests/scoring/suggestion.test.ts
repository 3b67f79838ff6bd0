import { describe, expect, test } from '@jest/globals';
import type { Fact } from '../../scoring/case.ts';
import { suggest, suggestPost } from '../../scoring/suggestion.ts';
import { caseOf } from './build.ts';
import { standard } from './standard-policy.ts';

const claim = (post: string): Fact => ({ type: 'claim', name: '甲', post, from: '2024-01' });
const report = (post: string, date: string, fields: { verified?: boolean; deed?: boolean } = {}): Fact => ({
  type: 'report',
  name: '甲',
  post,
  date,
  verified: fields.verified ?? true,
  deed: fields.deed ?? false,
});
const of = (...facts: Fact[]) => suggest(caseOf(facts), standard, '2024-03')!['甲']!;

describe('suggestions from verified reports (R23)', () => {
  test('nothing done: commitment alone, and what is missing', () => {
    expect(of(claim('security-patrol'))).toEqual([
      {
        post: 'security-patrol',
        needed: 2,
        done: 0,
        shortBy: 2,
        commitment: 10,
        performance: 0,
        deed: 0,
        total: 10,
        missing: ['治安巡逻本月0次，至少2次，还差2次', '没有核实过的办实事'],
      },
    ]);
  });

  test('one of two is half, three of two is full', () => {
    const facts = [claim('security-patrol'), report('security-patrol', '2024-03-02', { deed: true })];
    expect(of(...facts)[0]).toMatchObject({ done: 1, shortBy: 1, performance: 5, deed: 10, total: 25 });
    const more = ['2024-03-03', '2024-03-04'].map((d) => report('security-patrol', d));
    expect(of(...facts, ...more)[0]).toMatchObject({
      done: 3,
      shortBy: 0,
      performance: 10,
      total: 30,
      missing: [],
    });
  });

  test('only verified reports of this month, post and member count', () => {
    const facts = [
      claim('security-patrol'),
      claim('sanitation'),
      report('security-patrol', '2024-03-02', { verified: false, deed: true }),
      report('security-patrol', '2024-02-29'),
      report('security-patrol', '2024-04-01'),
      report('sanitation', '2024-03-31'),
    ];
    expect(of(...facts).map((s) => [s.post, s.done, s.deed])).toEqual([
      ['security-patrol', 0, 0],
      ['sanitation', 1, 0],
    ]);
  });

  test('a post without a minimum: full with a report, nothing to say without', () => {
    expect(of(claim('mediation'))[0]).toMatchObject({
      needed: null,
      performance: null,
      total: null,
      shortBy: 0,
    });
    expect(of(claim('mediation'), report('mediation', '2024-03-02'))[0]).toMatchObject({
      performance: 10,
      total: 20,
    });
  });

  test('the floating post counts contacts', () => {
    const contact: Fact = { type: 'contact', name: '甲', date: '2024-03-20' };
    expect(of(claim('floating-member'), contact)[0]).toMatchObject({ needed: 1, done: 1, performance: 10 });
    expect(of(claim('floating-member'))[0]).toMatchObject({ done: 0, shortBy: 1, performance: 0 });
  });

  test('the share is rounded half up to whole points', () => {
    const post = { ...standard.posts[2]!, minimum: 3 };
    const points = [0, 1, 2, 3].map((done) => suggestPost(standard, post, { done, deeds: 0 }).performance);
    expect(points).toEqual([0, 3, 7, 10]);
    const four = { ...post, minimum: 4 };
    expect(suggestPost(standard, four, { done: 1, deeds: 0 }).performance).toBe(3);
  });

  test('members out of scope have none, and a bad case has no suggestions', () => {
    const members = [{ name: '甲', joined: '2024-03-02' }];
    expect(suggest(caseOf([], { members }), standard, '2024-03')).toEqual({});
    expect(suggest(caseOf([claim('sleeping')]), standard, '2024-03')).toBeNull();
  });
});
