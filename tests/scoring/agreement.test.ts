/** The core against the second reading of the contract, on random cases under random readings. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { scoreAny } from '../../scoring/score.ts';
import { monthsOfYear } from '../../scoring/calendar.ts';
import { referenceScore } from './reference.ts';
import { randomCase } from './random-case.ts';
import { standard } from './standard-policy.ts';

const months = monthsOfYear(2024);
const runs = Number(process.env['LANXING_RUNS'] ?? 80);

describe('the core and the reference agree', () => {
  test(`on ${runs} random cases over all readings`, () => {
    let computed = 0;
    let ties = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const input = randomCase(seed);
      const { result, findings } = scoreAny(structuredClone(input), standard, { months, year: 2024 });
      expect({ seed, findings }).toEqual({ seed, findings: [] });
      const expected = referenceScore(input, months, 2024);
      const found = { months: result!.months, year: result!.year };
      if (!isDeepStrictEqual(found, expected)) expect({ seed, ...found }).toEqual({ seed, ...expected });
      if (result!.year!.state === 'computed') computed += 1;
      if ((result!.year!.quota?.tied.length ?? 0) > 0) ties += 1;
    }
    // The comparison is worth something only where years are computed and ties occur.
    expect(computed).toBeGreaterThan(runs / 4);
    expect(ties).toBeGreaterThan(runs / 200);
  });
});
