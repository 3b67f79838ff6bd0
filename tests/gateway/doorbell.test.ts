import { describe, expect, test } from '@jest/globals';
import { types } from 'wechaty-puppet';
import type { Approach } from '../../bot/gateway/port.ts';
import { idOf, WORLD } from '../trial/small-world.ts';
import { isOnline, type Listener, type Stack, until } from './local-stack.ts';
import { rig, says } from './rig.ts';

/** Friend requests and room invitations over the real stack. */

const { stack, listener } = rig();

interface Phone {
  readonly up: Stack;
  readonly made: Listener;
  /** Requests that were accepted on the account, by id. */
  readonly accepted: string[];
  asks(kind: Approach['kind'], id: string, from: string): void;
}

/** A provider that has requests, as a phone would show them. */
async function phone(): Promise<Phone> {
  const up = await stack();
  const accepted: string[] = [];
  const from = new Map<string, string>();
  const raw = (id: string) => ({ id, timestamp: 1_800_000_000, ticket: 't', hello: '我是丙三' });
  const friend = types.Friendship.Receive;
  const overrides: Record<string, (id: string) => Promise<unknown>> = {
    friendshipRawPayload: async (id) => ({ ...raw(id), type: friend, contactId: from.get(id) }),
    friendshipRawPayloadParser: async (payload) => payload,
    friendshipAccept: async (id) => void accepted.push(id),
    roomInvitationRawPayload: async (id) => ({
      ...raw(id),
      inviterId: from.get(id),
      topic: '新群',
      avatar: '',
      invitation: '',
      memberCount: 2,
      memberIdList: [],
      receiverId: WORLD.bot.id,
    }),
    roomInvitationRawPayloadParser: async (payload) => payload,
    roomInvitationAccept: async (id) => void accepted.push(id),
  };
  for (const [name, value] of Object.entries(overrides)) Object.defineProperty(up.puppet, name, { value });
  const made = await listener(up.server.endpoint);
  await until(isOnline(made), 'online');
  return {
    up,
    made,
    accepted,
    asks(kind, id, who) {
      from.set(id, who);
      if (kind === 'friend') up.puppet.emit('friendship', { friendshipId: id });
      else up.puppet.emit('room-invite', { roomInvitationId: id });
    },
  };
}

describe('requests', () => {
  test.each(['friend', 'room'] as const)(
    'of a %s are put before the rule with who asks, and accepted where it says so, each once',
    async (kind) => {
      const it = await phone();
      const asked: Approach[] = [];
      it.made.gateway.onApproach(async (approach) => {
        asked.push(approach);
        return approach.from === idOf('丙三');
      });
      it.asks(kind, 'one', 'stranger');
      it.asks(kind, 'two', idOf('丙三'));
      it.asks(kind, 'two', idOf('丙三'));
      it.asks(kind, 'last', 'stranger');
      await until(() => asked.at(-1)?.id === 'last', 'all are asked about');
      expect(asked.slice(0, -1)).toEqual([
        { id: 'one', kind, from: 'stranger' },
        { id: 'two', kind, from: idOf('丙三') },
      ]);
      expect(it.accepted).toEqual(['two']);
    },
  );

  test('are left where nobody decides, and a rule that fails harms nothing else', async () => {
    const it = await phone();
    it.asks('friend', 'one', idOf('丙三'));
    says(it.up, '一');
    await until(() => it.made.heard.length === 1, 'heard');
    it.made.gateway.onApproach(async ({ id }) => {
      if (id === 'two') throw new Error('a bug above');
      return true;
    });
    it.asks('friend', 'two', idOf('丙三'));
    it.asks('friend', 'three', idOf('丙三'));
    await until(() => it.accepted.includes('three'), 'accepted');
    expect(it.accepted).toEqual(['three']);
    expect(it.made.reports.join()).toContain('a bug above');
    expect(it.made.gateway.state().kind).toBe('online');
  });
});
