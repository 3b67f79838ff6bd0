import { describe, expect, test } from '@jest/globals';
import { array, assert, integer, property } from 'fast-check';
import { spread, stretch } from '../../boards/paging.ts';

const frame = { page: 740, above: 140, again: 50, below: 70 };
const alike = (count: number): number[] => Array.from({ length: count }, () => 37);
const ends = (counts: readonly number[]): number[] =>
  counts.map((_, i) => counts.slice(0, i + 1).reduce((a, b) => a + b, 0));

describe('Rows spread over pages', () => {
  test('stay together where one page holds them', () => {
    expect(spread(alike(12), frame)).toEqual([12]);
    expect(stretch(alike(12), frame)).toBe(1);
  });

  test.each([
    [46, [14, 17, 15]],
    [91, [13, 16, 16, 16, 16, 14]],
  ])('leave no page nearly empty: %i', (count, pages) => {
    expect(spread(alike(count), frame)).toEqual(pages);
  });

  test('keep room for the signatures, which never stand alone', () => {
    const counts = spread(alike(16), frame);
    expect(counts).toHaveLength(2);
    expect(counts.every((count) => count > 5)).toBe(true);
  });

  test('come all and in order, and no page is fuller than it can be', () => {
    const height = integer({ min: 20, max: 120 });
    assert(
      property(array(height, { minLength: 1, maxLength: 130 }), (heights) => {
        const counts = spread(heights, frame);
        const last = ends(counts);
        expect(last.at(-1)).toBe(heights.length);
        last.forEach((end, page) => {
          const rows = heights.slice(last[page - 1] ?? 0, end).reduce((a, b) => a + b, 0);
          const below = end === heights.length ? frame.below : 0;
          expect((page === 0 ? frame.above : frame.again) + rows + below).toBeLessThanOrEqual(frame.page);
        });
      }),
    );
  });

  test('may grow until the pages are full, by a quarter at most', () => {
    expect(stretch(alike(46), frame)).toBeCloseTo((740 - 50) / (17 * 37));
    expect(stretch(alike(17), frame)).toBe(1.25);
  });
});
