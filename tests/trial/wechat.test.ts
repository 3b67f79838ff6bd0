import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { TrialClock } from '../../trial/clock.ts';
import { LocalWechat, NotPossible } from '../../trial/wechat.ts';
import { readWorld, worldOf } from '../../trial/world.ts';
import { idOf, ROOM, WORLD } from './small-world.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'lanxing-wechat-'));
const inFolder = (path: string): LocalWechat => new LocalWechat(WORLD, path, () => 1_800_000_000_000);
const say = (wechat: LocalWechat, text: string, from = '丙三') =>
  wechat.say({ from: idOf(from), chat: ROOM, text });

describe('the local WeChat', () => {
  test('lasts: messages, recalls and files are there when it is opened again', () => {
    const path = folder();
    const first = inFolder(path);
    const one = say(first, '一');
    first.recall(idOf('丙三'), one.id);
    const file = { name: '照片.png', type: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
    const photo = first.say({ from: idOf('丙三'), chat: ROOM, file });
    const again = inFolder(path);
    expect(again.messages.map((m) => [m.id, m.kind, m.recalled])).toEqual([
      [one.id, 'text', true],
      [photo.id, 'image', undefined],
    ]);
    expect([...(again.bytes(photo.file?.sha256 ?? '') ?? [])]).toEqual([1, 2, 3]);
    expect(say(again, '二').seq).toBe(4);
  });

  test('leaves out a line that was cut off, and goes on behind it', () => {
    const path = folder();
    say(inFolder(path), '一');
    appendFileSync(join(path, 'messages.jsonl'), '{"t":"message","id":"msg0000');
    const again = inFolder(path);
    say(again, '二');
    expect(inFolder(path).messages.map((m) => m.text)).toEqual(['一', '二']);
    expect(readFileSync(join(path, 'messages.jsonl'), 'utf8').endsWith('\n')).toBe(true);
  });

  test('names the line that it cannot read', () => {
    const path = folder();
    appendFileSync(join(path, 'messages.jsonl'), '{"t":"gossip"}\n');
    expect(() => inFolder(path)).toThrow(/messages\.jsonl.*gossip.*--fresh/);
  });

  test('lets nobody write where they are not, nor take back what is not theirs', () => {
    const wechat = new LocalWechat(WORLD, null, () => 0);
    const { id } = say(wechat, '一');
    const town = idOf('镇员');
    expect(() => wechat.say({ from: town, chat: ROOM, text: '好' })).toThrow(NotPossible);
    expect(() => wechat.say({ from: town, chat: `private:${idOf('丙三')}`, text: '好' })).toThrow(
      '别人的私聊',
    );
    expect(() => wechat.say({ from: town, chat: 'nowhere', text: '好' })).toThrow('没有这个群');
    expect(() => wechat.recall(idOf('甲一'), id)).toThrow('只能撤回自己的消息');
    expect(() => say(wechat, ' \n ')).toThrow('空白');
    expect(wechat.messages).toHaveLength(1);
  });

  test('shows nobody’s private chat to others', () => {
    const wechat = new LocalWechat(WORLD, null, () => 0);
    expect(wechat.chatsOf(idOf('丙三'))).toEqual([ROOM, `private:${idOf('丙三')}`]);
    expect(wechat.chatsOf(idOf('镇员'))).toEqual(['town@chatroom', `private:${idOf('镇员')}`]);
  });
});

describe('the world of a branch file', () => {
  test('has a group with everybody but the town, and a room for the town', () => {
    expect(WORLD.rooms.map((r) => [r.kind, r.topic, r.people.length])).toEqual([
      ['branch', '样板村党员群', 4],
      ['town', '镇组织办积分备案群', 2],
    ]);
  });

  test('without anybody at the town has an officer all the same', () => {
    const world = worldOf({ branch: '某村', members: [{ name: '甲' }] });
    expect(world.people.map((p) => p.role)).toEqual(['member', 'town']);
  });

  test('is made of the sample branch, whose names are all different', () => {
    const world = readWorld('trial/sample-branch.json');
    expect(new Set(world.people.map((p) => p.name)).size).toBe(world.people.length);
    expect(world.people.map((p) => p.role)).toEqual(
      expect.arrayContaining(['secretary', 'recorder', 'town']),
    );
  });

  test('is not made of anything else', () => {
    expect(() => worldOf({ branch: '某村', members: [] })).toThrow();
    expect(() => worldOf([])).toThrow();
  });
});

describe('the trial’s clock', () => {
  test('runs, goes forward and never back, also over a restart', () => {
    let real = Date.parse('2026-03-05T00:00:00Z');
    const file = join(folder(), 'clock');
    const clock = new TrialClock(file, () => real);
    expect(clock.now()).toBe('2026-03-05T08:00:00');
    clock.set('2026-04-01T08:00:00');
    clock.set('2026-03-20T08:00:00');
    real += 60_000;
    expect(clock.now()).toBe('2026-04-01T08:01:00');
    expect(new TrialClock(file, () => real).now()).toBe('2026-04-01T08:01:00');
  });
});
