import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { entriesOf } from '../../boards/archive.ts';
import { type Config, readConfig } from '../../bot/config.ts';
import { townFold, upgradeEntry } from '../../bot/town-store.ts';
import { createUpkeep } from '../../bot/upkeep.ts';
import { expiredPhotos } from '../../bot/upkeep/photos.ts';
import { body } from '../../ledger/kinds.ts';
import type { TownState } from '../../ledger/state.ts';
import { removeEvidence, saveEvidence } from '../../storage/evidence.ts';
import type { StateStore } from '../../storage/fold.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { type Chat, openChat } from './chat.ts';

/** What is kept of people, for how long, who hears of it, and what they can do about it. */

const root = mkdtempSync(join(tmpdir(), 'lanxing-privacy-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Everything that the ledger holds of the branch, as text. */
async function ledgerOf(chat: Chat): Promise<string> {
  const entries: unknown[] = [];
  for await (const entry of chat.rehearsal.store.entries(chat.file.branch)) entries.push(entry);
  return JSON.stringify(entries);
}

describe('what is kept', () => {
  test('of ordinary chat is nothing', async () => {
    const chat = await openChat({ from: '2026-11-03T20:00:00' });
    const before = chat.state().seq;
    // oxlint-disable-next-line no-await-in-loop -- a conversation
    for (const text of ['明天降温，大家多穿点', '我家老二住院了，明天去县里', '谁借我五百块', '[图片]'])
      await chat.says('农海燕', text).silence();
    expect(chat.state().seq).toBe(before);
    expect(await ledgerOf(chat)).not.toMatch(/住院|五百/);
  });

  test('of leave is a category, and nobody but the secretary hears of it', async () => {
    const chat = await openChat({ from: '2026-11-13T19:00:00' });
    const heard = await chat.whispers('甘立新', '15号主题党日我请假，要去县医院做胃镜');
    expect(heard.in('private', '梁振邦')).toContain('病假');
    expect(heard.all.map((s) => s.text).join('\n')).not.toMatch(/胃镜|医院/);
    expect(heard.in('group')).toBe('');
    expect(await ledgerOf(chat)).not.toMatch(/胃镜|医院/);
  });

  test('of dues is no amount', async () => {
    const chat = await openChat({ from: '2026-11-20T19:00:00' });
    await chat.whispers('苏晓雯', '收到党费：韦大勇 3680元、廖春生 42.5元');
    expect(Object.keys(chat.state().months['2026-11']?.dues ?? {}).length).toBe(2);
    expect(await ledgerOf(chat)).not.toMatch(/3680|42\.5/);
  });
});

/** A Word file's words, without its markup. */
async function docxText(bytes: Uint8Array | undefined): Promise<string> {
  const xml = entriesOf(bytes ?? new Uint8Array()).find(({ name }) => name === 'word/document.xml');
  return new TextDecoder().decode(xml?.data).replace(/<[^>]*>/g, '');
}

describe('what a member can do', () => {
  test('is to see in private what is held, and who has looked', async () => {
    const chat = await openChat({ from: '2026-11-10T09:00:00' });
    await chat.says('韦大勇', '昨晚在三组巡逻');
    const own = await chat.says('韦大勇', '我的资料', { mention: true });
    expect(own.in('group')).not.toMatch(/治安巡逻|一组|三组/);
    expect(own.in('private', '韦大勇')).toMatch(/#1/);
    expect(own.in('private', '韦大勇')).toContain('治安巡逻');
    const others = await chat.whispers('农海燕', '我的资料');
    expect(others.in('private', '农海燕')).not.toContain('韦大勇');
  });

  test('is to hear who has looked at what', async () => {
    const chat = await openChat({ from: '2026-11-10T09:00:00' });
    await chat.says('韦大勇', '昨晚在三组巡逻');
    await chat.whispers('梁振邦', '韦大勇11月多少分');
    const own = (await chat.whispers('韦大勇', '我的资料')).in('private', '韦大勇');
    expect(own).toMatch(/【谁看过您的记录】\n11月10日\d\d:\d\d 梁振邦看过积分 2026-11/);
    expect((await chat.whispers('农海燕', '我的资料')).in('private', '农海燕')).not.toContain('梁振邦看过');
  });

  test('is to have it as a file, in private, with all that the text says and nobody else’s', async () => {
    const chat = await openChat({ from: '2026-11-10T09:00:00' });
    await chat.says('韦大勇', '昨晚在三组巡逻');
    await chat.says('农海燕', '昨天上午打扫卫生');
    const heard = await chat.says('韦大勇', '我的资料 文件', { mention: true });
    expect(heard.in('group')).not.toMatch(/治安巡逻|三组/);
    const files = heard.all.filter((said) => said.kind === 'file');
    expect(files.map((f) => [f.room, f.to, f.name])).toEqual([
      ['private', '韦大勇', '我的资料-2026-11-10.docx'],
    ]);
    const words = await docxText(files[0]?.bytes);
    expect(words).toContain('韦大勇的资料');
    expect(words).not.toContain('农海燕');
    const text = (await chat.whispers('韦大勇', '我的资料')).in('private', '韦大勇');
    const lines = text
      .split('\n')
      .slice(1, -1)
      .map((line) => line.replace(/^【|】$/g, ''));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(words).toContain(line);
  });

  test('is not to see another’s figures', async () => {
    const chat = await openChat({ from: '2026-11-10T09:00:00' });
    const asked = await chat.whispers('农海燕', '韦大勇11月多少分');
    expect(asked.all.map((s) => s.text).join()).not.toMatch(/\d+\/\d+/);
  });

  test('is to have photos deleted, after being asked once, while the report stays', async () => {
    const chat = await openChat({ from: '2026-11-10T09:00:00' });
    await chat.says('韦大勇', '昨晚在三组巡逻');
    await chat.photo('韦大勇', 'a picture of the lane');
    expect(chat.state().reports[1]?.evidence).toHaveLength(1);
    await chat.whispers('韦大勇', '删除我的照片').hears('1张照片', '删除');
    expect(chat.state().reports[1]?.evidence).toHaveLength(1);
    await chat.whispers('韦大勇', '删除').hears('已删除1张');
    expect(chat.state().reports[1]).toMatchObject({ state: 'pending', evidence: [] });
  });

  test('is to read what is kept, in plain words; the secretary can post it in the group', async () => {
    const chat = await openChat({ from: '2026-11-10T09:00:00' });
    await chat.whispers('韦大勇', '隐私说明').hears('普通聊天不保存', '我的资料');
    expect((await chat.whispers('梁振邦', '发隐私说明')).in('group')).toContain('普通聊天不保存');
    expect((await chat.whispers('韦大勇', '发隐私说明')).in('group')).toBe('');
  });
});

describe('photos after the filing period', () => {
  const settings = 'town:\n  name: 镇\n  officers:\n    - name: 值班员\nwechat:\n  token: t\n';
  const config = (folder: string): Config =>
    readConfig(`data: ${folder}\n${settings}retention:\n  photoDays: 180\n`, 'c', '/').config!;

  async function filedMonth(folder: string): Promise<{ store: StateStore<TownState>; sha256: string }> {
    const store = await openJournalStore({
      folder,
      fold: townFold,
      upgrade: upgradeEntry,
      notice: () => {},
    });
    const chat = await openChat({ from: '2026-11-10T09:00:00', store });
    const { sha256 } = await saveEvidence(folder, Buffer.from('a picture of the lane'));
    await chat.says('韦大勇', '昨晚在三组巡逻');
    const branch = chat.file.branch;
    const act = { branch, at: '2026-11-10T09:05:00', by: '韦大勇' };
    await store.append([
      { ...act, source: 'photo', bodies: [body('evidence-added', { number: 1, sha256 })] },
      {
        ...act,
        source: 'receipt',
        at: '2026-12-12T09:00:00',
        bodies: [body('filing-received', { month: '2026-11', number: '202611-01' })],
      },
    ]);
    return { store, sha256 };
  }

  test('are removed from the disk, once, with an entry that says so, and not a day before', async () => {
    const folder = join(root, 'kept');
    const { store, sha256 } = await filedMonth(folder);
    const upkeep = createUpkeep({ config: config(folder), store, log: () => {}, tell: async () => true });
    const path = join(folder, 'evidence', sha256.slice(0, 2), sha256);
    const branch = () => Object.values(store.state().branches)[0]!;

    await upkeep.tick('2027-06-10T05:00:00');
    expect(existsSync(path)).toBe(true);
    expect(expiredPhotos(branch(), '2027-06-10T05:00:00', 180)).toEqual([]);

    await upkeep.tick('2027-06-12T05:00:00');
    expect(existsSync(path)).toBe(false);
    expect(branch().reports[1]?.evidence).toEqual([]);
    const seq = branch().seq;
    await upkeep.tick('2027-06-13T05:00:00');
    expect(branch().seq).toBe(seq);
    expect(await removeEvidence(folder, sha256)).toBe(false);
    await store.close();
  });
});
