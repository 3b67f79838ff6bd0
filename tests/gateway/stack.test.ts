import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PIXEL } from '../trial/pixel.ts';
import { idOf, ROOM } from '../trial/small-world.ts';
import { isOnline, type Listener, listen, type Stack, serve, until } from './local-stack.ts';

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

  test('hears a private message as said to it', async () => {
    stack.wechat.say({ from: idOf('丙三'), chat: `private:${idOf('丙三')}`, text: '我多少分' });
    const [message] = await hears(1);
    expect(message).toMatchObject({ room: null, from: { name: '丙三' }, text: '我多少分', mentionsMe: true });
  });

  test('hears a quote, a recall and a picture with its bytes', async () => {
    const first = stack.wechat.say({ from: idOf('丙三'), chat: ROOM, text: '昨晚巡逻了' });
    stack.wechat.say({ from: idOf('甲一'), chat: ROOM, text: '辛苦', quote: first.id });
    stack.wechat.recall(idOf('丙三'), first.id);
    const bytes = new Uint8Array(60_000).map((_, i) => i % 251);
    stack.wechat.say({
      from: idOf('丙三'),
      chat: ROOM,
      file: { name: '照片.png', type: 'image/png', bytes },
    });
    const [, quote, recall, picture] = await hears(4);
    expect(quote).toMatchObject({ text: '辛苦', quote: { name: '丙三', text: '昨晚巡逻了' } });
    expect(recall).toMatchObject({ kind: 'recall', recalled: first.id, from: { name: '丙三' } });
    expect(picture).toMatchObject({ kind: 'image', content: { name: '照片.png' } });
    const got = await picture?.content?.bytes();
    expect(
      createHash('sha256')
        .update(got ?? '')
        .digest('hex'),
    ).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('does not hear itself', async () => {
    await listener.gateway.send({ room: ROOM }, { kind: 'text', text: '我说的' });
    stack.wechat.say({ from: idOf('丙三'), chat: ROOM, text: '别人说的' });
    expect((await hears(1)).map((m) => m.text)).toEqual(['别人说的']);
  });

  test('sends text, mentions, small and large files, to a room and to a person', async () => {
    const { gateway } = listener;
    const { id } = await gateway.send(
      { room: ROOM },
      { kind: 'text', text: '已记 #1。', mentions: [idOf('丙三')] },
    );
    expect(stack.wechat.message(id ?? '')).toMatchObject({
      chat: ROOM,
      text: '@丙三\u2005已记 #1。',
      mentions: [idOf('丙三')],
    });
    await gateway.send({ contact: idOf('甲一') }, { kind: 'file', name: '表.xlsx', bytes: PIXEL });
    const large = new Uint8Array(300_000).map((_, i) => i % 249);
    await gateway.send({ room: ROOM }, { kind: 'image', name: '榜.png', bytes: large });
    const [small, big] = stack.wechat.messages.slice(-2);
    expect(small).toMatchObject({ chat: `private:${idOf('甲一')}`, kind: 'file', file: { name: '表.xlsx' } });
    expect(big).toMatchObject({ chat: ROOM, kind: 'image', file: { name: '榜.png', size: 300_000 } });
    expect(Buffer.compare(stack.wechat.bytes(big?.file?.sha256 ?? '') ?? Buffer.of(), large)).toBe(0);
  });

  test('knows rooms, their people and its contacts', async () => {
    const { gateway } = listener;
    expect((await gateway.rooms()).map((r) => r.topic)).toEqual(['样板村党员群', '镇组织办积分备案群']);
    expect((await gateway.members(ROOM)).map((p) => p.name)).toEqual(['甲一', '乙二', '丙三', '小助手']);
    expect((await gateway.contacts()).map((p) => p.name)).toEqual(['甲一', '乙二', '丙三', '镇员']);
  });

  test('refuses to send where there is no such room or person', async () => {
    await expect(
      listener.gateway.send({ contact: 'nobody' }, { kind: 'text', text: '好' }),
    ).rejects.toMatchObject({ failure: 'refused' });
  });
});
