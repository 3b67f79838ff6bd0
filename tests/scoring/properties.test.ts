import { describe, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import type { Case, Fact } from '../../scoring/case.ts';
import type { Policy } from '../../scoring/policy.ts';
import { overridePolicy } from '../../scoring/policy.ts';
import type { ScoreResult } from '../../scoring/result.ts';
import { score } from '../../scoring/score.ts';
import { MINUTE, months } from './build.ts';
import { randomCase, randomFrom } from './random-case.ts';
import { standard } from './standard-policy.ts';

const all = (input: Case, policy: Policy = standard): ScoreResult =>
  score(input, policy, { months, year: 2024 });
const cases = fc.integer({ min: 1, max: 1_000_000 }).map(randomCase);
const runs = { numRuns: 15 };

/** Jest's own comparison walks large results slowly; it is asked only where they differ, to show how. */
function expectSame(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

describe('properties of scoring', () => {
  test('the same case gives the same answer, and is not changed by it', () => {
    fc.assert(
      fc.property(cases, (input) => {
        const before = structuredClone(input);
        const first = all(input);
        expectSame(input, before);
        expectSame(all(input), first);
      }),
      runs,
    );
  });

  test('the order of facts does not matter, but for finals, deeds and bonuses of one day', () => {
    const ordered = (fact: Fact): boolean =>
      fact.type === 'final' ||
      fact.type === 'bonus' ||
      (fact.type === 'post-score' && fact.deedId !== undefined);
    fc.assert(
      fc.property(cases, fc.integer(), (input, seed) => {
        const facts = (input.facts ?? []).filter((f) => !ordered(f));
        const random = randomFrom(seed);
        const shuffled = facts.map((fact) => ({ fact, at: random(1e9) })).sort((a, b) => a.at - b.at);
        // The order of claims is the order in which a row lists its posts; their values do not hang on it.
        const sorted = (result: ScoreResult): unknown =>
          JSON.parse(JSON.stringify(result), (key: string, value: unknown) =>
            key === 'pending' ? (value as string[]).sort() : value,
          );
        expectSame(
          sorted(all({ ...input, facts: shuffled.map((s) => s.fact) })),
          sorted(all({ ...input, facts })),
        );
      }),
      runs,
    );
  });

  test('one more deduction never raises a score', () => {
    const deductions = (input: Case, seed: number): Fact => {
      const random = randomFrom(seed);
      const { name } = input.members[random(input.members.length)]!;
      const date = `${months[random(12)]}-15`;
      const category = ['study', 'organisation'][random(2)]!;
      const meeting = { type: 'meeting' as const, date, category };
      return [
        { ...meeting, absent: [name] },
        { ...meeting, also: category === 'study' ? 'organisation' : 'study', late: [name], early: [name] },
        { ...meeting, leave: [{ name, reason: 'private' as const }] },
        { ...meeting, away: [name] },
        { type: 'conduct' as const, name, date, kind: 'family' as const, minute: MINUTE },
      ][random(5)]!;
    };
    fc.assert(
      fc.property(cases, fc.integer(), (input, seed) => {
        const before = all(input);
        const after = all({ ...input, facts: [...(input.facts ?? []), deductions(input, seed)] });
        // Collected and expected once: thousands of single expectations would take most of the time.
        const raised: string[] = [];
        for (const month of months)
          for (const [name, row] of Object.entries(after.months[month]!)) {
            const was = before.months[month]![name]!;
            if (row.obligation > was.obligation || (row.total ?? 0) > (was.total ?? 0))
              raised.push(`${month} ${name}`);
          }
        for (const [name, member] of Object.entries(after.year!.members))
          if ((member.score ?? 0) > (before.year!.members[name]!.score ?? 0)) raised.push(name);
        expect(raised).toEqual([]);
      }),
      runs,
    );
  });

  test('nothing leaves its range', () => {
    fc.assert(
      fc.property(cases, (input) => {
        const floored = {
          ...input,
          policy: { readings: { ...input.policy?.readings, itemFloor: 'zero' as const } },
        };
        const result = all(floored);
        const outside: unknown[] = [];
        const within = (value: unknown, most: number): void => {
          if (value !== null && !(Number(value) >= 0 && Number(value) <= most)) outside.push([value, most]);
        };
        for (const rows of Object.values(result.months))
          for (const row of Object.values(rows)) {
            for (const item of ['study', 'organisation', 'dues', 'conduct']) within(row[item], 10);
            for (const value of Object.values(row.posts)) within(value, 30);
            within(row.bonus, 10);
            within(row.total, result.readings.cap === 'month' ? 100 : 110);
          }
        for (const member of Object.values(result.year!.members)) {
          within(member.bonus, 10);
          within(member.score, result.readings.cap === 'none' ? 110 : 100);
        }
        expect(outside).toEqual([]);
        const { quota } = result.year!;
        if (quota) expect(quota.excellent.length).toBeLessThanOrEqual(quota.places);
      }),
      runs,
    );
  });

  test('twice the numbers give twice the points', () => {
    const double = <T>(value: T, key = ''): T => {
      if (typeof value === 'number')
        return (
          /^(percent|minimum|stars|postsPerMember|trimFrom|days|tracked|ballots)$/.test(key)
            ? value
            : value * 2
        ) as T;
      if (Array.isArray(value)) return value.map((v: unknown) => double(v, key)) as T;
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, double(v as unknown, k)])) as T;
    };
    const { readings: _readings, readingClauses: _clauses, ...numbers } = standard;
    const doubled = overridePolicy(standard, double(numbers));
    expect(doubled.findings).toEqual([]);
    const twice = (input: Case): Case => ({
      ...input,
      members: input.members.map((m) => ({
        ...m,
        carried:
          m.carried?.map((c) => ({
            ...c,
            obligation: c.obligation * 2,
            service: c.service * 2,
            bonus: (c.bonus ?? 0) * 2,
          })) ?? null,
      })),
      facts: (input.facts ?? []).map((f) => ({
        ...f,
        ...Object.fromEntries(
          ['commitment', 'performance', 'deed', 'total', 'points'].flatMap((k) =>
            typeof (f as never)[k] === 'number' ? [[k, Math.round((f as never)[k] * 20) / 10]] : [],
          ),
        ),
      })),
    });
    fc.assert(
      fc.property(cases, (input) => {
        const [one, two] = [all(input), all(twice(input), doubled.policy!)];
        const expected = structuredClone(one.months);
        for (const rows of Object.values(expected))
          for (const row of Object.values(rows)) {
            const twofold = (value: number | null): number | null =>
              value === null ? null : Math.round(value * 200) / 100;
            for (const [key, value] of Object.entries(row))
              if (typeof value === 'number') row[key] = twofold(value);
            for (const [post, value] of Object.entries(row.posts)) row.posts[post] = twofold(value);
          }
        expectSame(two.months, expected);
        expect(two.year!.quota).toEqual(one.year!.quota);
        const graded = (result: ScoreResult): unknown =>
          Object.entries(result.year!.members).map(([name, m]) => [name, m.grade, m.stars, m.followUps]);
        expect(graded(two)).toEqual(graded(one));
      }),
      runs,
    );
  });
});
