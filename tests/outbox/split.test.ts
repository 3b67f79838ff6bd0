import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { splitText } from '../../bot/outbox/split.ts';

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

describe('a text', () => {
  test('that fits stays whole', () => {
    expect(splitText('确认')).toEqual(['确认']);
    expect(splitText('好'.repeat(666))).toHaveLength(1);
  });

  test('is cut between paragraphs rather than lines, and between lines rather than sentences', () => {
    const paragraph = `${'一二三四五。'.repeat(4)}\n${'六七八九十。'.repeat(4)}`;
    expect(splitText(`${paragraph}\n\n${paragraph}`, 200)).toEqual([paragraph, paragraph]);
    expect(splitText(paragraph, 100)).toEqual(paragraph.split('\n'));
    expect(splitText('一二三四五。六七八九十。', 24)).toEqual(['一二三四五。', '六七八九十。']);
  });

  test('without any pause is cut where it must', () => {
    expect(splitText('好'.repeat(10), 12)).toEqual(['好好好好', '好好好好', '好好']);
  });

  test('is not cut inside an emoji of several parts', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const part of splitText(family.repeat(8), 60)) expect(part.replaceAll(family, '')).toBe('');
  });

  test('of nothing has no parts', () => {
    expect(splitText('  \n ')).toEqual([]);
  });

  test('whatever it is, comes apart into parts that fit, none empty, and nothing but blanks lost', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.integer({ min: 40, max: 300 }),
        (text, max) => {
          const parts = splitText(text, max);
          for (const part of parts) {
            expect(bytes(part)).toBeLessThanOrEqual(max);
            expect(part).not.toBe('');
          }
          const bare = (s: string): string => s.replace(/\s/g, '');
          expect(bare(parts.join(''))).toBe(bare(text));
        },
      ),
      { numRuns: 200 },
    );
  });
});
