import { expect, test } from '@jest/globals';
import { openChat } from './chat.ts';

test('a line of scores that is not understood is told, and the ones that are understood are recorded', async () => {
  const chat = await openChat({ from: '2026-11-29T20:00:00' });
  const heard = await chat.whispers('苏晓雯', '打分 11月\n覃文斌 28 27\n莫长青 一共 10 10 9 10 9 10 8 7');
  expect(heard.in('private', '苏晓雯')).toContain('覃文斌');
  expect(chat.state().months['2026-11']?.scores['覃文斌']).toBeDefined();
  if (!chat.state().months['2026-11']?.scores['莫长青']) {
    expect(heard.in('private', '苏晓雯')).toMatch(/没有看懂、没有记的：\n莫长青/);
  }
});

test('of a row with an item that does not exist nothing is recorded, whoever it is for by whatever name', async () => {
  const chat = await openChat({ from: '2026-11-29T20:00:00' });
  const heard = await chat.whispers('苏晓雯', '打分 11月\n覃文斌 宣传岗28\n大勇 治安岗27 表现9');
  expect(chat.state().months['2026-11']?.scores['覃文斌']).toBeDefined();
  expect(chat.state().months['2026-11']?.scores['韦大勇']).toBeUndefined();
  expect(heard.in('private', '苏晓雯')).toContain('没有看懂、没有记的：\n大勇 治安岗27 表现9');
});

test('an officer of the town is offered the town’s commands, not the members’', async () => {
  const chat = await openChat({ from: '2026-11-29T20:00:00' });
  const heard = await chat.town('江一鸣', '帮助', { mention: true });
  expect(heard.in('private', '江一鸣')).toContain('备案收到');
  expect(heard.in('private', '江一鸣')).not.toContain('查自己的分');
  await chat.town('江一鸣', '查分', { mention: true }).hears('由党员');
});

test.each(['好', '可以', '好的', '行'])(
  '%s to a preview that waits for another word is told which',
  async (text) => {
    const chat = await openChat({ from: '2026-11-03T20:00:00' });
    await chat.says('韦大勇', '今晚和春生在一组二组巡了一圈');
    await chat.whispers('苏晓雯', '核实 全部');
    await chat.whispers('苏晓雯', text).hears('还没有办。要办请回复“核实”，不办请回复“算了”。');
    expect(chat.state().reports[1]?.state).toBe('pending');
    await chat.whispers('苏晓雯', '核实');
    expect(chat.state().reports[1]?.state).toBe('verified');
    await chat.whispers('苏晓雯', '好').hears('没听懂');
  },
);
