import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { clean, hasInvisible, normalise } from '../../commands/language/normalise.ts';

describe('normalise', () => {
  test.each([
    ['８：３０～９：００', '8:30~9:00'],
    ['打掃衛生，禮拜三', '打扫卫生,礼拜三'],
    ['３月５號—７號', '3月5号-7号'],
    ['@小助手\u2005到', '@小助手 到'],
    ['张\u200b三', '张 三'],
    ['好👍的', '好  的'],
    ['⽇⽉', '日月'],
    ['𬭯𠮷', '𬭯𠮷'],
    ['一\n二\t三', '一\n二 三'],
  ])('%j becomes %j', (text, plain) => {
    expect(normalise(text)).toBe(plain);
  });
  test('no character of the first plane is changed twice', () => {
    const unstable: string[] = [];
    for (let unit = 0; unit < 0xd800; unit += 1) check(unit);
    for (let unit = 0xe000; unit <= 0xffff; unit += 1) check(unit);
    function check(unit: number): void {
      const plain = normalise(String.fromCharCode(unit));
      if (plain.length !== 1 || normalise(plain) !== plain) unstable.push(unit.toString(16));
    }
    expect(unstable).toEqual([]);
  });
  test('any text keeps its length, and is not changed twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const plain = normalise(text);
        expect(plain).toHaveLength(text.length);
        expect(normalise(plain)).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });
});

describe('clean', () => {
  test.each([
    ['  昨天\u200b  巡逻👍👍 ', '昨天 巡逻'],
    ['第一行 \n\n 第二行', '第一行\n第二行'],
    ['8️⃣点', '8点'],
    ['確認　無誤！', '确认 无误!'],
  ])('%j becomes %j', (text, plain) => {
    expect(clean(text)).toBe(plain);
  });
  test('says whether there is anything without width', () => {
    expect([hasInvisible('张三'), hasInvisible('张\u200b三')]).toEqual([false, true]);
  });
});
