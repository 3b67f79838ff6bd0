import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { run } from '../../bot/cli/verbs.ts';
import { contactOf } from '../../bot/founding.ts';
import { SendError } from '../../bot/gateway/port.ts';
import { noteUnsent, readUnsent, type Unsent } from '../../bot/unsent.ts';
import { addDays, shanghai } from '../../scoring/calendar.ts';
import { listEvidence } from '../../storage/evidence.ts';
import { GROUP, type Machine, machine, MEMBER } from './machine.ts';

/** What leaves the machine, what does not, and what is kept of either. */

/** Whom WeChat does not let the bot write to. */
function unfriend(it: Machine, name: string): void {
  it.gateway.refuses = (target) =>
    'contact' in target && target.contact === contactOf(name)
      ? new SendError('refused', 'not a friend')
      : null;
}

async function doctor(folder: string): Promise<string> {
  const write = process.stdout.write.bind(process.stdout);
  let said = '';
  process.stdout.write = (text: string) => {
    said += text;
    return true;
  };
  try {
    await run(['doctor', '--data', folder]);
  } finally {
    process.stdout.write = write;
    process.exitCode = 0;
  }
  return said;
}

describe('a message that cannot be sent', () => {
  test('is hinted at where it was asked for, and listed by name and reason, without its words', async () => {
    const it = await machine();
    it.at = shanghai(Date.now());
    unfriend(it, MEMBER);
    expect((await it.says('我的资料')).join('\n')).toMatch(/私信发不到您，请先加我为好友/);
    const list = readUnsent(it.folder);
    expect(list.length).toBeGreaterThan(0);
    expect(list[0]).toMatchObject({ to: MEMBER, place: 'private', state: 'failed', reason: 'not a friend' });
    expect(readFileSync(join(it.folder, 'unsent.json'), 'utf8')).not.toMatch(/名册|正式党员/);
    expect(await doctor(it.folder)).toMatch(
      new RegExp(`消息：七天里有 \\d+ 条没有发出去：.*给${MEMBER}（私聊）：not a friend.*加机器人为好友`),
    );
    await it.close();
  });

  test('is listed for thirty days, two hundred at most, and a list that was damaged begins anew', async () => {
    const it = await machine();
    const one = (at: string): Unsent => ({
      at,
      to: MEMBER,
      place: 'room',
      state: 'unknown',
      reason: 'x'.repeat(999),
    });
    noteUnsent(it.folder, one('2026-11-10T09:00:00'));
    noteUnsent(it.folder, one('2026-12-11T09:00:00'));
    expect(readUnsent(it.folder).map((u) => u.at)).toEqual(['2026-12-11T09:00:00']);
    for (let i = 0; i < 250; i++) noteUnsent(it.folder, one(`${addDays('2026-12-11', i % 5)}T09:00:00`));
    const list = readUnsent(it.folder);
    expect(list).toHaveLength(200);
    expect(list.every((u) => u.at > '2026-12' && u.reason.length <= 120)).toBe(true);
    for (const damaged of ['{}', 'not json', '']) {
      writeFileSync(join(it.folder, 'unsent.json'), damaged);
      noteUnsent(it.folder, one('2026-12-11T09:00:00'));
      expect(readUnsent(it.folder)).toHaveLength(1);
    }
    await it.close();
  });
});

test('the daily cap is the account’s: a restart does not begin it anew, the next day does', async () => {
  const it = await machine('', { dailyCap: 3 });
  expect(await it.says('昨晚在三组巡逻')).toHaveLength(1);
  await it.restart();
  for (const day of ['2日', '3日', '4日']) await it.says(`11月${day}晚在三组巡逻`);
  expect(it.gateway.textsTo(GROUP)).toHaveLength(3);
  await it.nextDay();
  expect(it.gateway.textsTo(GROUP)).toHaveLength(4);
  await it.close();
});

test('photos that a member has deleted are gone from the disk, and the report stays', async () => {
  const it = await machine();
  await it.says('昨晚在三组巡逻');
  await it.says('', 'a picture of the lane');
  expect(await listEvidence(it.folder)).toHaveLength(1);
  expect((await it.whispers('删除我的照片')).join()).toContain('1张照片');
  expect((await it.whispers('删除')).join()).toContain('已删除1张');
  expect(await listEvidence(it.folder)).toEqual([]);
  expect(it.branch().reports[1]).toMatchObject({ state: 'pending', evidence: [] });
  await it.close();
});

test('what waits when the bot is stopped is tried no more, and is said once after the next start', async () => {
  const it = await machine();
  let tries = 0;
  it.gateway.refuses = () => {
    tries += 1;
    return new SendError('offline', 'not online');
  };
  expect(await it.says('昨晚在三组巡逻')).toEqual([]);
  await it.close();
  const before = tries;
  expect(before).toBeGreaterThan(0);
  await it.nextDay();
  expect(tries).toBe(before);
  it.gateway.refuses = () => null;
  await it.open();
  await it.nextDay();
  expect(it.gateway.textsTo(GROUP)).toEqual([expect.stringContaining('已记 #1')]);
  await it.close();
});
