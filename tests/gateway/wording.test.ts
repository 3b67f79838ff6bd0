import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  cardTitle,
  isJielong,
  isMentioned,
  milliseconds,
  readQuote,
  recalledId,
  withoutMention,
} from '../../bot/gateway/wording.ts';

const RULE = '- - - - - - - - - - - - - - -';

describe('a mention', () => {
  test.each([
    ['with WeChat’s own blank', '@小助手\u2005你好', true],
    ['with a typed space', '@小助手 你好', true],
    ['with a full-width space', '你好@小助手\u3000', true],
    ['at the very end', '你好 @小助手', true],
    ['before a line break', '@小助手\n确认', true],
    ['of somebody with a longer name', '@小助手二号 你好', false],
    ['only by name, without the sign', '小助手 你好', false],
    ['of everybody', '@所有人 开会', false],
  ])('%s', (_what, text, expected) => {
    expect(isMentioned(text, ['小助手'])).toBe(expected);
  });

  test('is known by the name carried in the room too, and by names with signs in them', () => {
    expect(isMentioned('@村.助手(试) 好', ['小助手', '村.助手(试)'])).toBe(true);
    expect(isMentioned('@村X助手(试) 好', ['村.助手(试)'])).toBe(false);
  });

  test('of nobody’s name is no mention', () => {
    expect(isMentioned('@ 你好', [''])).toBe(false);
  });

  test('is taken out wherever it stands, and the rest is left as it was', () => {
    expect(withoutMention('@小助手\u2005 昨晚巡逻了', ['小助手'])).toBe('昨晚巡逻了');
    expect(withoutMention('昨晚 @小助手 巡逻了', ['小助手'])).toBe('昨晚 巡逻了');
    expect(withoutMention('@小助手二号 你好', ['小助手'])).toBe('@小助手二号 你好');
    expect(withoutMention('一\n二 @小助手', ['小助手'])).toBe('一\n二');
  });
});

describe('a quote', () => {
  test('is split from the reply', () => {
    expect(readQuote(`「甲一：昨晚巡逻了」\n${RULE}\n辛苦`)).toEqual({
      text: '辛苦',
      quote: { name: '甲一', text: '昨晚巡逻了' },
    });
  });

  test('may have several lines, colons and closing brackets in it', () => {
    const read = readQuote(`「甲一：说：「好」\n第二行：完」\n${RULE}\n确认\n92分`);
    expect(read).toEqual({ text: '确认\n92分', quote: { name: '甲一', text: '说：「好」\n第二行：完' } });
  });

  test('of a quote has the inner one as XML, whose title is what was said', () => {
    const inner =
      '<?xml version="1.0"?><msg><appmsg><title>同意 &amp; 支持</title><type>57</type></appmsg></msg>';
    expect(readQuote(`「甲一：${inner}」\n${RULE}\n好`).quote).toEqual({ name: '甲一', text: '同意 & 支持' });
  });

  test('may come as XML altogether', () => {
    const xml =
      '<msg><appmsg><title>确认</title><type>57</type><refermsg><displayname>小助手</displayname>' +
      '<content>10月公示榜 v1</content></refermsg></appmsg></msg>';
    expect(readQuote(xml)).toEqual({ text: '确认', quote: { name: '小助手', text: '10月公示榜 v1' } });
  });

  test('is not seen in ordinary text, however bracketed', () => {
    for (const text of ['「甲一：好」', '「好」\n- -\n好', `说明\n${RULE}\n完`])
      expect(readQuote(text)).toEqual({ text });
  });

  test('written and read again is the same', () => {
    const line = fc.string().filter((s) => !/[\n：:」]/.test(s) && s.trim() === s && s.length > 0);
    fc.assert(
      fc.property(line, line, line, (name, text, reply) => {
        expect(readQuote(`「${name.slice(0, 60)}：${text}」\n${RULE}\n${reply}`).text).toBe(reply);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what comes as a card', () => {
  test('a 接龙 has its text in the title, with its line breaks', () => {
    const title = cardTitle('<msg><appmsg><title><![CDATA[#接龙\n1. 甲一\n2. 乙二]]></title></appmsg></msg>');
    expect(title).toBe('#接龙\n1. 甲一\n2. 乙二');
    expect(isJielong(title ?? '')).toBe(true);
    expect(cardTitle('<msg><appmsg><title>#接龙&#x0A;1. 甲一</title></appmsg></msg>')).toBe('#接龙\n1. 甲一');
  });

  test('other cards are no 接龙, and plain text is no card', () => {
    expect(isJielong('接着说龙舟赛')).toBe(false);
    expect(cardTitle('#接龙 1 < 2')).toBeUndefined();
  });
});

test('a recall names its message plainly or in XML', () => {
  expect(recalledId(' 123 ')).toBe('123');
  expect(
    recalledId(
      '<sysmsg type="revokemsg"><revokemsg><msgid>5</msgid><newmsgid>77</newmsgid></revokemsg></sysmsg>',
    ),
  ).toBe('77');
  expect(recalledId('<sysmsg>…</sysmsg>')).toBe('');
});

test('seconds and milliseconds are told apart', () => {
  expect(milliseconds(1_774_000_000)).toBe(1_774_000_000_000);
  expect(milliseconds(1_774_000_000_123)).toBe(1_774_000_000_123);
});
