import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseNumeral, readNumeral, toChinese } from '../../commands/language/numerals.ts';

describe('parseNumeral', () => {
  test.each([
    ['23', 23],
    ['2.5', 2.5],
    ['二十三', 23],
    ['廿三', 23],
    ['廿', 20],
    ['卅', 30],
    ['卅一', 31],
    ['十', 10],
    ['十五', 15],
    ['两', 2],
    ['零', 0],
    ['〇五', 5],
    ['二〇二六', 2026],
    ['二零二六', 2026],
    ['二O二六', 2026],
    ['一百零五', 105],
    ['一百一', 110],
    ['一千二', 1200],
    ['两千零三', 2003],
    ['三万五', 35_000],
    ['三万零五百', 30_500],
    ['十二万三千', 123_000],
    ['3千', 3000],
    ['1万2', 12_000],
    ['叁拾伍', 35],
    ['半', 0.5],
    ['一个半', 1.5],
    ['两个半', 2.5],
    ['3个半', 3.5],
    ['三半', 3.5],
    ['二点五', 2.5],
    ['零点二五', 0.25],
  ])('%s is %d', (text, value) => {
    expect(parseNumeral(text)).toBe(value);
  });
  test.each(['', '人', '三人', '半个', '一二三四五x', '点五'])('%j is no number', (text) => {
    expect(parseNumeral(text)).toBeNull();
  });
});

test('a numeral is read where it stands', () => {
  expect(readNumeral('走访二十三户', 2)).toEqual({ value: 23, end: 5 });
  expect(readNumeral('5号', 0)).toEqual({ value: 5, end: 1 });
  expect(readNumeral('号', 0)).toBeNull();
});

describe('toChinese', () => {
  test.each([
    [0, '零'],
    [10, '十'],
    [23, '二十三'],
    [105, '一百零五'],
    [110, '一百一十'],
    [2003, '二千零三'],
    [10_005, '一万零五'],
    [200_300, '二十万零三百'],
  ])('%d is %s', (value, text) => {
    expect(toChinese(value)).toBe(text);
  });
  test('what it writes is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (value) =>
        expect(parseNumeral(toChinese(value))).toBe(value),
      ),
    );
  });
  test('other numbers are refused', () => {
    expect(() => toChinese(1.5)).toThrow(RangeError);
    expect(() => toChinese(-1)).toThrow(RangeError);
  });
});
