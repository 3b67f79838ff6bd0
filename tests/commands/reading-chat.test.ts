import { expect, test } from '@jest/globals';
import { CHAT } from '../language/ordinary-chat.ts';
import { BOARD, understand } from '../language/own-branch.ts';

const SPEAKERS = ['彭大勇', '田秋生', '宋春兰', '谢桂芳', '李伟(二组)'];

test('ordinary chat is left alone, whoever writes it', () => {
  const heard = CHAT.flatMap((text, i) => {
    const by = SPEAKERS[i % SPEAKERS.length]!;
    const reading = understand(text, { by });
    return reading.act === 'silent' ? [] : [`${by}：${text} → ${reading.act} ${reading.intent}`];
  });
  expect(heard).toEqual([]);
});

test('nothing is recorded for chat of the recorder and the secretary', () => {
  const written = CHAT.flatMap((text) =>
    ['唐小雨', '罗启明'].flatMap((by) => {
      const reading = understand(text, { by });
      return reading.act === 'silent' ? [] : [`${by}：${text} → ${reading.act} ${reading.intent}`];
    }),
  );
  expect(written).toEqual([]);
});

test('while a board is open, chat without a confirming word confirms nothing', () => {
  const words = /^(?:同意|认可|没问题|对的|确认|没意见)/;
  const written = CHAT.filter((text) => !words.test(text)).flatMap((text) => {
    const reading = understand(text, { pending: BOARD });
    return reading.act === 'record' && reading.intent === 'confirm' ? [text] : [];
  });
  expect(written).toEqual([]);
});
