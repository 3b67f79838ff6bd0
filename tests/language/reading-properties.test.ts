import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CHAT } from './ordinary-chat.ts';
import { BOARD, type Circumstances, understand } from './own-branch.ts';

const SAID: readonly (readonly [text: string, around: Circumstances])[] = [
  ['昨晚8点到9点在三组巡逻了，和秋生一起', {}],
  ['补报：6月18日晚治安巡逻，20:00-21:30，同行：田秋生、高远', {}],
  ['今早把村部门口打扫干净了', {}],
  ['走访留守儿童两户，辅导作业一个小时', { by: '田秋菊' }],
  ['明天主题党日我请假，去吃喜酒', { at: '2026-06-14T19:00' }],
  ['迟到：高远、乔山；请假：宋春兰；其他都到', { by: '唐小雨', at: '2026-06-15T10:30' }],
  ['6月党费已转', {}],
  ['党费转了15块', {}],
  ['打分 彭大勇 治安岗 10 10 9', { by: '唐小雨' }],
  ['谢贵方 15号主题党日缺席 扣5分', { by: '唐小雨' }],
  ['我认领治安巡逻和环境卫生', {}],
  ['看看我五月份扣了哪些分', {}],
  ['确认', { pending: BOARD }],
  ['彭大勇确认5月积分96', { pending: BOARD }],
  ['我有异议，15号主题党日我到了的，怎么记缺席', { pending: BOARD }],
  ['打错了，是6月12号不是13号', { previous: '6.13 三组巡逻' }],
  ['今天巡逻的人好多', {}],
  ['同意楼上', { pending: BOARD }],
  ['收到', { pending: BOARD }],
  ['确认收货了', {}],
];

/** What was understood, without the words of a question. */
function meaning(text: string, around: Circumstances): string {
  const { act, intent, slots, also, question } = understand(text, around);
  return JSON.stringify({ act, intent, slots, also: also?.map((r) => r.slots), missing: question?.missing });
}

/** ASCII typed on a full-width keyboard. */
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)).replaceAll(' ', '\u3000');

const example = fc.constantFrom(...SAID);

test('full-width figures and signs mean the same', () => {
  for (const [text, around] of SAID)
    expect([text, meaning(wide(text), around)]).toEqual([text, meaning(text, around)]);
});

test('blanks of any kind around and between words mean nothing', () => {
  const blank = fc.constantFrom(' ', '  ', '\u2005', '\u3000', '\u00a0', '\t', '\u200b');
  fc.assert(
    fc.property(example, blank, blank, ([text, around], left, right) => {
      const spaced = left + text.replaceAll(' ', right) + right;
      expect([spaced, meaning(spaced, around)]).toEqual([spaced, meaning(text, around)]);
    }),
    { numRuns: 150 },
  );
});

test('particles and emoji at the end mean nothing', () => {
  const tail = fc.constantFrom(
    '哈',
    '啊',
    '哦',
    '。',
    '！',
    '~',
    '👌',
    '😊',
    '🙏🏻',
    ' 💪',
    '[抱拳]',
    '哈👍',
  );
  fc.assert(
    fc.property(example, tail, ([text, around], end) => {
      // A laughing face would make a joke of it; these do not.
      expect([text + end, meaning(text + end, around)]).toEqual([text + end, meaning(text, around)]);
    }),
    { numRuns: 200 },
  );
});

test('了哈 after what is done means no more than that it is done', () => {
  for (const [text, around] of SAID.slice(0, 14)) {
    expect([text, meaning(`${text}了哈`, around)]).toEqual([text, meaning(text, around)]);
  }
});

test('no text makes the reader throw', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          '巡逻',
          '昨晚',
          '8点',
          '彭大勇',
          '李伟',
          '、',
          '：',
          '\n',
          '1.',
          '#接龙',
          '党费',
          '扣',
          '5分',
          '确认',
          '「',
          '」',
          '@积分小兰',
          '[图片]',
          '不是',
          '是',
          '其他都到',
          '3月',
          '请假',
          '岗',
          '🐶',
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  );
  const by = fc.constantFrom('彭大勇', '唐小雨', '罗启明', '方敏', '系统');
  fc.assert(
    fc.property(texts, by, fc.boolean(), (text, sender, mention) => {
      expect(() => understand(text, { by: sender, mention, pending: BOARD, previous: text })).not.toThrow();
    }),
    { numRuns: 400 },
  );
});

test('no message of 2,000 characters makes the reader hang, whatever it is made of', () => {
  const units = [
    ...CHAT.slice(0, 40),
    ...SAID.map(([text]) => text),
    '彭大勇田秋生高远',
    '1、2、3月',
    '不是是不是',
    '(((((',
    '啊啊啊啊',
    '到到到到',
    '巡查检查看看',
  ];
  // How fast it is, npm run bench tells. Here only a reading that grows out of hand is caught.
  const room = 1000;
  const time = (text: string): number => {
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 6 && best > room; i++) {
      const start = performance.now();
      understand(text, { by: '唐小雨', room: 'private', pending: BOARD });
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  const slow = units.flatMap((unit) => {
    const line = `${unit}\n`;
    const long = line.repeat(Math.ceil(2000 / line.length)).slice(0, 2000);
    const taken = time(long);
    return taken <= room ? [] : [`${unit}: ${taken.toFixed(1)} ms`];
  });
  expect(slow).toEqual([]);
});
