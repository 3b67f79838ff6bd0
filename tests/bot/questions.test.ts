import { describe, expect, test } from '@jest/globals';
import { matchAnswer } from '../../bot/questions.ts';
import type { Question } from '../../ledger/state.ts';

const reading = (member: string): unknown => ({
  act: 'record',
  intent: 'report',
  command: 'report',
  slots: { member },
});

function question(more: Partial<Question>): Question {
  return {
    to: '甲',
    room: 'group',
    text: '？',
    original: '王建军巡逻了',
    until: '2030-01-01T00:00:00',
    at: '2026-01-01T00:00:00',
    ...more,
  };
}

describe('an answer to a question', () => {
  const asked = question({
    choices: [
      { label: '王建军（三组）', reading: reading('三组') },
      { label: '王建军（六组）', reading: reading('六组') },
    ],
  });

  test.each([
    ['1', '三组'],
    ['２', '六组'],
    ['第二个', '六组'],
    ['六组', '六组'],
    ['三组的。', '三组'],
  ])('%s takes the choice of %s', (text, member) => {
    expect(matchAnswer(asked, text)).toMatchObject({
      kind: 'reading',
      confirmed: false,
      reading: { slots: { member } },
    });
  });

  test.each(['3', '王建军', '今天天气不错'])('%s is no answer', (text) => {
    expect(matchAnswer(asked, text)).toBeNull();
  });

  test('不是 and 算了 decline it', () => {
    expect(matchAnswer(asked, '都不是')).toEqual({ kind: 'declined' });
    expect(matchAnswer(asked, '算了')).toEqual({ kind: 'declined' });
  });

  test('a preview is carried out by its own word or a plain yes, and by nothing that only says it was read', () => {
    const preview = question({ confirm: { words: ['发布'], reading: reading('x') } });
    for (const yes of ['发布', '发布吧', '确定', '是的'])
      expect(matchAnswer(preview, yes)).toMatchObject({ kind: 'reading', confirmed: true });
    for (const no of ['好的', '收到', '👍', '知道了', '发布3月']) expect(matchAnswer(preview, no)).toBeNull();
  });

  test('an open question is read together with what was said', () => {
    expect(matchAnswer(question({}), '张婆婆')).toEqual({ kind: 'together', text: '王建军巡逻了 张婆婆' });
    expect(matchAnswer(question({}), '很长'.repeat(40))).toBeNull();
  });
});
