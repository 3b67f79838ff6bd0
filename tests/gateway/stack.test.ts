import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { idOf, isOnline, type Listener, listen, ROOM, type Stack, serve, until } from './local-stack.ts';

let stack: Stack;
let listener: Listener;

beforeAll(async () => {
  stack = await serve();
  listener = listen(stack.server.endpoint);
  await listener.gateway.start();
  await until(isOnline(listener), 'online');
});
afterAll(async () => {
  await listener.gateway.stop();
  await stack.server.stop();
});

async function hears(count: number): Promise<(typeof listener.heard)[number][]> {
  await until(() => listener.heard.length >= count, `${count} heard`);
  return listener.heard.splice(0);
}

describe('the gateway over the real stack', () => {
  test('hears a group message with its room, its speaker and a mention by id', async () => {
    const said = stack.wechat.say({
      from: idOf('丙三'),
      chat: ROOM,
      text: '@小助手\u2005 昨晚巡逻了',
      mentions: ['wxid_trialbot'],
    });
    const [message] = await hears(1);
    expect(message).toMatchObject({
      id: said.id,
      room: { id: ROOM, topic: '样板村党员群' },
      from: { id: idOf('丙三'), name: '丙三' },
      kind: 'text',
      text: '昨晚巡逻了',
      mentionsMe: true,
    });
  });
});
