import { describe, expect, test } from '@jest/globals';
import type { Message } from 'wechaty';
import { types } from 'wechaty-puppet';
import type { Inbound } from '../../bot/gateway/port.ts';
import { freePort } from '../../trial/puppet-server.ts';
import { LocalWechat } from '../../trial/wechat.ts';
import { idOf, ROOM, WORLD } from '../trial/small-world.ts';
import { isOnline, type Stack, serve, until } from './local-stack.ts';
import { rest, rig, says } from './rig.ts';

/** Traps of wechaty in what is heard: each first shown with a bare bot, and then how the gateway gets past it. */

const { ending, stack, listener, bare } = rig();

interface Raw {
  readonly type: number;
  readonly text: string;
}

/** Lets a message come in as a provider may send it: what it is, and its words, as they are on the wire. */
function arrives(up: Stack, { type, text }: Raw): void {
  const { id } = says(up, '（换成原样）');
  const load = up.puppet.messageRawPayload.bind(up.puppet);
  Object.defineProperty(up.puppet, 'messageRawPayload', {
    configurable: true,
    value: async (asked: string) => {
      const payload = await load(asked);
      return asked === id ? { ...payload, type, text } : payload;
    },
  });
}

/** The same message as wechaty and as the gateway hand it on. */
async function bothHear(raw: Raw): Promise<{ wechaty: Message; lanxing: Inbound }> {
  const [one, other] = [await stack(), await stack()];
  const { bot } = await bare(one.server.endpoint);
  const heard: Message[] = [];
  bot.on('message', (message) => void heard.push(message));
  const made = await listener(other.server.endpoint);
  await until(() => bot.isLoggedIn && isOnline(made)(), 'online');
  arrives(one, raw);
  arrives(other, raw);
  await until(() => heard.length === 1 && made.heard.length === 1, 'heard');
  return { wechaty: heard[0]!, lanxing: made.heard[0]! };
}

describe('trap 5: events come twice and out of order', () => {
  test('wechaty hands them on as they come', async () => {
    const up = await stack();
    const { bot, heard } = await bare(up.server.endpoint);
    await until(() => bot.isLoggedIn, 'logged in');
    const first = says(up, '一');
    const second = says(up, '二');
    await until(() => heard.length === 2, 'heard');
    for (const { id } of [second, first, second]) up.puppet.emit('message', { messageId: id });
    await until(() => heard.length === 5, 'heard again');
    expect(heard.slice(2)).toEqual(['二', '一', '二']);
  });

  test('the gateway puts them in order, each once, also over a restart', async () => {
    const up = await stack();
    let at = 1_800_000_000_000;
    const wechat = new LocalWechat(WORLD, null, () => (at += 1000));
    Object.defineProperty(up.puppet, 'messageRawPayload', {
      value: async (id: string) => {
        const m = wechat.message(id);
        return {
          id,
          talkerId: m?.from,
          roomId: m?.chat,
          text: m?.text,
          timestamp: m?.at,
          type: 7,
          mentionIdList: [],
        };
      },
    });
    const said = ['一', '二', '三', '旧'].map(
      (text) => wechat.say({ from: idOf('丙三'), chat: ROOM, text }).id,
    );
    const made = await listener(up.server.endpoint, {
      timing: { orderWindow: 120 },
      seen: (id) => id === said[3],
    });
    await until(isOnline(made), 'online');
    for (const i of [2, 0, 3, 2, 1, 0]) up.puppet.emit('message', { messageId: said[i] ?? '' });
    await until(() => made.heard.length === 3, 'heard');
    await rest(200);
    expect(made.heard.map((m) => m.text)).toEqual(['一', '二', '三']);
  });
});

describe('trap 6: a mention without ids', () => {
  test('is none to wechaty', async () => {
    const up = await stack();
    const { bot } = await bare(up.server.endpoint);
    const mentioned: Promise<boolean>[] = [];
    bot.on('message', (message) => void mentioned.push(message.mentionSelf()));
    await until(() => bot.isLoggedIn, 'logged in');
    says(up, '@小助手\u2005帮助');
    says(up, '@小助手\u2005帮助', [WORLD.bot.id]);
    await until(() => mentioned.length === 2, 'heard');
    expect(await Promise.all(mentioned)).toEqual([false, true]);
  });

  test('is found by name by the gateway, and not in what is quoted', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    await until(isOnline(made), 'online');
    const { id } = says(up, '@小助手\u2005帮助');
    up.wechat.say({ from: idOf('甲一'), chat: ROOM, text: '看这句', quote: id });
    await until(() => made.heard.length === 2, 'heard');
    expect(made.heard.map((m) => m.mentionsMe)).toEqual([true, false]);
    expect(made.heard[1]).toMatchObject({
      text: '看这句',
      quote: { name: '丙三', text: '@小助手\u2005帮助' },
    });
  });
});

describe('trap 7: “ready” before the login, and twice', () => {
  test('wechaty says so while nobody is logged in; the gateway believes the login alone', async () => {
    const [one, other] = [await stack(), await stack()];
    const { bot } = await bare(one.server.endpoint);
    let ready = 0;
    bot.on('ready', () => void (ready += 1));
    const made = await listener(other.server.endpoint);
    await until(() => bot.isLoggedIn && isOnline(made)(), 'online');
    for (const up of [one, other]) {
      // oxlint-disable-next-line no-await-in-loop -- one account after the other
      await up.puppet.logout('phone');
    }
    await until(() => !bot.isLoggedIn && made.gateway.state().kind === 'offline', 'logged out');
    for (const up of [one, other]) for (let i = 0; i < 2; i++) up.puppet.emit('ready', { data: '' });
    await until(() => ready === 2, 'ready twice');
    expect(bot.isLoggedIn).toBe(false);
    await rest(100);
    expect(made.gateway.state()).toMatchObject({ kind: 'offline', cause: 'logged-out' });
    other.puppet.login(WORLD.bot.id);
    await until(isOnline(made), 'online again');
    expect(made.states.map((s) => s.kind)).toEqual(['connecting', 'online', 'offline', 'online']);
  });
});

describe('trap 8: what has no field', () => {
  const RULE = '- - - - - - - - - - - - - - -';

  test('a quote is part of the text to wechaty, and told apart by the gateway', async () => {
    const text = `「丙三：昨晚巡逻了」\n${RULE}\n辛苦`;
    const { wechaty, lanxing } = await bothHear({ type: types.Message.Text, text });
    expect(wechaty.text()).toBe(text);
    expect(lanxing).toMatchObject({ text: '辛苦', quote: { name: '丙三', text: '昨晚巡逻了' } });
  });

  test('a quote of a quote is raw XML to wechaty', async () => {
    const text =
      '<msg><appmsg><title>同意</title><type>57</type><refermsg><displayname>甲一</displayname>' +
      '<content>&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;辛苦&lt;/title&gt;&lt;/appmsg&gt;&lt;/msg&gt;</content>' +
      '</refermsg></appmsg></msg>';
    const { wechaty, lanxing } = await bothHear({ type: types.Message.Unknown, text });
    expect(wechaty.text()).toContain('<refermsg>');
    expect(lanxing).toMatchObject({ kind: 'text', text: '同意', quote: { name: '甲一', text: '辛苦' } });
  });

  test('a recall is a message of its own whose text is the id of the other', async () => {
    const { wechaty, lanxing } = await bothHear({ type: types.Message.Recalled, text: 'msg00000007' });
    expect(wechaty.type()).toBe(types.Message.Recalled);
    expect(wechaty.text()).toBe('msg00000007');
    expect(lanxing).toMatchObject({ kind: 'recall', recalled: 'msg00000007', text: '' });
  });

  test.each([
    ['plain text', types.Message.Text, '#接龙 主题党日签到\n1. 甲一\n2. 乙二'],
    [
      'a card',
      types.Message.Url,
      '<msg><appmsg><title>#接龙\n主题党日签到\n1. 甲一\n2. 乙二</title></appmsg></msg>',
    ],
    ['a note', types.Message.GroupNote, '<msg><appmsg><title>#接龙\n1. 甲一\n2. 乙二</title></appmsg></msg>'],
  ])('a 接龙 that comes as %s is words to the gateway', async (_how, type, text) => {
    const { wechaty, lanxing } = await bothHear({ type, text });
    expect(wechaty.type()).toBe(type);
    expect(lanxing.kind).toBe('text');
    expect(lanxing.text).toMatch(/^#接龙[\s\S]*1\. 甲一\n2\. 乙二$/);
  });
});

describe('trap 9: the first touch of a room, and ids that change', () => {
  test('wechaty fetches every member for one message', async () => {
    const up = await stack();
    const { bot } = await bare(up.server.endpoint);
    await until(() => bot.isLoggedIn, 'logged in');
    const asked = new Set<string>();
    const load = up.puppet.contactRawPayload.bind(up.puppet);
    Object.defineProperty(up.puppet, 'contactRawPayload', {
      value: async (id: string) => {
        asked.add(id);
        return load(id);
      },
    });
    says(up, '一');
    const silent = ['甲一', '乙二'].map(idOf);
    await until(() => silent.every((id) => asked.has(id)), 'those who said nothing are asked for too');
  });

  test('the first touch of a room loads it slowly, and still nothing is overtaken', async () => {
    const up = await stack();
    const made = await listener(up.server.endpoint);
    await until(isOnline(made), 'online');
    const texts = Array.from({ length: 30 }, (_, i) => `第${i}句`);
    for (const text of texts) says(up, text);
    await until(() => made.heard.length === 30, 'heard');
    expect(made.heard.map((m) => m.text)).toEqual(texts);
  });

  test('another provider gives everybody a new id, and the gateway holds on to no old one', async () => {
    const port = await freePort();
    const first = await serve(port);
    const made = await listener(`127.0.0.1:${port}`);
    await until(isOnline(made), 'online');
    says(first, '一');
    await until(() => made.heard.length === 1, 'heard');
    await first.server.stop();
    const anew = (id: string): string => id.replace('trial', 'other');
    const world = {
      ...WORLD,
      bot: { ...WORLD.bot, id: anew(WORLD.bot.id) },
      people: WORLD.people.map((p) => ({ ...p, id: anew(p.id) })),
      rooms: WORLD.rooms.map((r) => ({ ...r, people: r.people.map(anew) })),
    };
    const second = await serve(port, new LocalWechat(world, null, Date.now));
    ending.push(() => second.server.stop());
    await until(() => made.states.filter((s) => s.kind === 'online').length === 2, 'online again');
    for (const text of ['占号', '@小助手 二'])
      second.wechat.say({ from: anew(idOf('丙三')), chat: ROOM, text });
    await until(() => made.heard.length === 2, 'heard');
    expect(made.heard[1]).toMatchObject({ from: { id: anew(idOf('丙三')), name: '丙三' }, mentionsMe: true });
    expect((await made.gateway.members(ROOM)).map((p) => p.id)).not.toContain(idOf('丙三'));
  });
});
