import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { instant } from '../../scoring/calendar.ts';
import { listEvidence, saveEvidence } from '../../storage/evidence.ts';
import { realIO } from '../../storage/io.ts';
import { type Machine, machine } from './machine.ts';

/** A machine that runs for years: its disk, its backups, and what a crash leaves behind. */

describe('a disk that is nearly full', () => {
  test('is told to every officer once, and once when there is room again, also over a restart', async () => {
    const it = await machine();
    await it.tick('2026-11-10T09:00:00');
    expect(it.told()).toEqual([[], []]);
    it.freeMb = 499;
    await it.tick('2026-11-10T09:01:00');
    await it.tick('2026-11-10T09:02:00');
    const low = [expect.stringMatching(/磁盘只剩 499 MB.*照片暂时不保存/)];
    expect(it.told()).toEqual([low, low]);
    expect(it.upkeep().trouble()).toContain('磁盘只剩 499 MB');
    await it.restart();
    await it.tick('2026-11-10T09:03:00');
    expect(it.told()).toEqual([low, low]);
    it.freeMb = 700;
    await it.tick('2026-11-10T09:04:00');
    await it.tick('2026-11-10T09:05:00');
    const both = [...low, expect.stringMatching(/有空间了.*照片恢复保存/)];
    expect(it.told()).toEqual([both, both]);
    expect(it.upkeep().trouble()).toBeNull();
    await it.close();
  });

  test('does not flap: a little above the limit is no room yet, and nobody is told twice', async () => {
    const it = await machine();
    for (const [i, free] of [499, 501, 499, 599, 498].entries()) {
      it.freeMb = free;
      // oxlint-disable-next-line no-await-in-loop -- as time goes by
      await it.tick(`2026-11-10T09:0${i}:00`);
      expect(it.upkeep().hasRoom()).toBe(false);
    }
    expect(it.told().map((t) => t.length)).toEqual([1, 1]);
    it.freeMb = 600;
    await it.tick('2026-11-10T09:10:00');
    it.freeMb = 501;
    await it.tick('2026-11-10T09:11:00');
    expect(it.upkeep().hasRoom()).toBe(true);
    expect(it.told().map((t) => t.length)).toEqual([2, 2]);
    await it.close();
  });

  test('wakes nobody at night, and is told in the morning where it still is', async () => {
    const it = await machine();
    it.freeMb = 10;
    await it.tick('2026-11-10T23:00:00');
    await it.tick('2026-11-11T03:00:00');
    expect(it.told()).toEqual([[], []]);
    expect(it.upkeep().trouble()).toContain('磁盘只剩 10 MB');
    await it.tick('2026-11-11T08:00:00');
    expect(it.told().map((t) => t.length)).toEqual([1, 1]);
    await it.close();
  });

  test('keeps no photo: the report stands, its reporter is told once and what to do, and the rest goes on', async () => {
    const it = await machine();
    it.freeMb = 100;
    await it.tick('2026-11-10T09:00:00');
    expect((await it.says('昨晚在三组巡逻'))[0]).toContain('已记 #1');
    const told = await it.says('', 'a picture of the lane');
    expect(told).toEqual([expect.stringMatching(/#1照样有效.*照片没有保存.*先发照片.*交给记录员/)]);
    expect(await it.says('', 'a second picture of the lane')).toEqual([]);
    expect(it.branch().reports[1]).toMatchObject({ state: 'pending', evidence: [] });
    expect(await listEvidence(it.folder)).toEqual([]);
    await it.close();
  });

  test('that turns out to be full only while a photo is written loses the photo, not the report, and leaves no half of it', async () => {
    const it = await machine();
    await it.says('昨晚在三组巡逻');
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const write = jest.spyOn(realIO, 'write').mockRejectedValueOnce(full);
    const told = await it.says('', 'a picture of the lane');
    write.mockRestore();
    expect(told).toEqual([expect.stringMatching(/#1照样有效.*照片没有保存/)]);
    const left = readdirSync(join(it.folder, 'evidence'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
    await it.close();
  });

  test('tells of a photo that came before its report, and says nothing about pictures of ordinary chat', async () => {
    const it = await machine();
    it.freeMb = 100;
    await it.tick('2026-11-10T09:00:00');
    expect(await it.says('', 'a picture of dinner')).toEqual([]);
    expect((await it.says('昨晚在三组巡逻')).join('\n')).toMatch(/已记 #1[\s\S]*照片没有保存/);
    expect((await it.says('今天上午在三组打扫卫生')).join('\n')).not.toContain('照片没有保存');
    await it.close();
  });

  test('does as it says: the photo, sent again with the words it asked for, is attached to the same report', async () => {
    const it = await machine();
    it.freeMb = 100;
    await it.tick('2026-11-10T09:00:00');
    await it.says('昨晚在三组巡逻');
    const words = /再发“(.+?)”/.exec((await it.says('', 'a picture of the lane')).join())?.[1] ?? '';
    it.freeMb = 10_000;
    await it.tick('2026-11-12T09:00:00');
    await it.says('', 'a picture of the lane');
    await it.says(words);
    expect(Object.keys(it.branch().reports)).toEqual(['1']);
    expect(it.branch().reports[1]?.evidence).toHaveLength(1);
    await it.close();
  });
});

describe('photo files that no entry names', () => {
  /** A file beside the journal, last changed so many hours before the machine's time. */
  function leave(it: Machine, path: string, hours: number, text = 'left over'): string {
    const full = join(it.folder, 'evidence', path);
    mkdirSync(join(full, '..'), { recursive: true });
    if (!existsSync(full)) writeFileSync(full, text);
    const at = instant(it.at) / 1000 - hours * 3600;
    utimesSync(full, at, at);
    return full;
  }
  const pathOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256}`;

  test('are swept after a day, with what was half written; what an entry names, or nobody knows, stays', async () => {
    const it = await machine();
    await it.says('昨晚在三组巡逻');
    await it.says('', 'a picture of the lane');
    const named = it.branch().reports[1]?.evidence[0] ?? '';
    it.at = '2026-12-10T03:00:00';
    const orphan = (await saveEvidence(it.folder, Buffer.from('written right before a crash'))).sha256;
    const young = (await saveEvidence(it.folder, Buffer.from('its entry may be on the way'))).sha256;
    const tmp = '.0f8fad5b-d9cb-469f-a165-70867728950e.tmp';
    const gone = [leave(it, pathOf(orphan), 30), leave(it, `ab/${tmp}`, 30)];
    const kept = [
      leave(it, pathOf(named), 24 * 30),
      leave(it, pathOf(young), 20),
      leave(it, `cd/${tmp}`, 20),
      leave(it, 'ab/notes.txt', 24 * 30),
    ];
    await it.tick('2026-12-10T03:59:00');
    expect([...gone, ...kept].filter((path) => !existsSync(path))).toEqual([]);
    await it.tick('2026-12-10T04:00:00');
    expect(gone.filter((path) => existsSync(path))).toEqual([]);
    expect(kept.filter((path) => !existsSync(path))).toEqual([]);
    // Once a day: a leftover found later waits for the next morning.
    const late = leave(it, pathOf(orphan), 30);
    await it.tick('2026-12-10T12:00:00');
    expect(existsSync(late)).toBe(true);
    await it.tick('2026-12-11T04:00:00');
    expect(existsSync(late)).toBe(false);
    expect(existsSync(kept[0] ?? '')).toBe(true);
    await it.close();
  });

  test('do not include a picture sent a second time without a report: it stays the first report’s', async () => {
    const it = await machine();
    await it.says('昨晚在三组巡逻');
    await it.says('', 'a picture of the lane');
    it.at = '2026-11-11T09:00:00';
    await it.says('', 'a picture of the lane');
    expect(it.branch().photos).toHaveLength(1);
    it.at = '2026-11-11T09:30:00';
    await it.jobs();
    expect(it.branch().photos).toEqual([]);
    expect(await listEvidence(it.folder)).toEqual(it.branch().reports[1]?.evidence);
    await it.close();
  });
});

describe('the daily backup', () => {
  const backups = (it: Machine): string[] => readdirSync(join(it.home, 'backups'));
  const config = 'backup:\n  folder: ./backups\n  at: "03:30"\n';

  test('that failed is tried again every hour until it is made; the officers hear of it once, and once of the end', async () => {
    const it = await machine(config);
    const folder = join(it.home, 'backups');
    // The other disk is not there: a file stands where the folder should be.
    writeFileSync(folder, '');
    await it.tick('2026-11-10T03:30:00');
    expect(it.upkeep().trouble()).toMatch(/备份没有做成/);
    for (const at of ['04:00', '07:00', '09:00', '10:00', '11:00']) await it.tick(`2026-11-10T${at}:00`);
    const failed = [expect.stringMatching(/备份没有做成.*每小时再试/)];
    expect(it.told()).toEqual([failed, failed]);
    rmSync(folder);
    // Within the hour it is not tried again.
    await it.tick('2026-11-10T11:59:00');
    expect(existsSync(folder)).toBe(false);
    await it.tick('2026-11-10T12:00:00');
    expect(backups(it)).toEqual(['lanxing-20261110-1200.backup']);
    expect(it.upkeep().trouble()).toBeNull();
    await it.tick('2026-11-10T13:00:00');
    const both = [...failed, expect.stringContaining('备份做成了')];
    expect(it.told()).toEqual([both, both]);
    expect(backups(it)).toHaveLength(1);
    await it.close();
  });

  test('is made once a day, also where the bot is started again after it', async () => {
    const it = await machine(config);
    await it.tick('2026-11-10T03:29:00');
    await it.tick('2026-11-10T03:30:00');
    await it.restart();
    await it.tick('2026-11-10T09:00:00');
    expect(backups(it)).toEqual(['lanxing-20261110-0330.backup']);
    await it.tick('2026-11-11T03:30:00');
    expect(backups(it)).toEqual(['lanxing-20261110-0330.backup', 'lanxing-20261111-0330.backup']);
    expect(it.told()).toEqual([[], []]);
    await it.close();
  });

  test('is not made with an empty passphrase: it would look locked and be open', async () => {
    const it = await machine(`${config}  passphraseFile: ./passphrase\n`);
    writeFileSync(join(it.home, 'passphrase'), '\n');
    await it.tick('2026-11-10T09:00:00');
    expect(it.upkeep().trouble()).toMatch(/口令/);
    expect(backups(it)).toEqual([]);
    await it.close();
  });
});
