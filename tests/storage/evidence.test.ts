import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { listEvidence, readEvidence, removeEvidence, saveEvidence } from '../../storage/evidence.ts';
import { ModelDisk } from './model-disk.ts';

const photo = Buffer.from('一张巡查的照片');
const sha256 = createHash('sha256').update(photo).digest('hex');

async function dataFolder(): Promise<ModelDisk> {
  const disk = new ModelDisk();
  await disk.mkdir('/data');
  await disk.syncFolder('/');
  return disk;
}

describe('evidence photos', () => {
  test('lie under their SHA-256, once however often they are saved', async () => {
    const disk = await dataFolder();
    for (let i = 0; i < 2; i++)
      expect(await saveEvidence('/data', photo, disk)).toEqual({ sha256, size: photo.length });
    expect(await listEvidence('/data', disk)).toEqual([sha256]);
    expect(await disk.list(`/data/evidence/${sha256.slice(0, 2)}`)).toEqual([sha256]);
    expect(await readEvidence('/data', sha256, disk)).toEqual(photo);
  });

  test('are on the disk when saving has resolved, and whole or not there at any moment before', async () => {
    const disk = await dataFolder();
    const start = disk.events.length;
    await saveEvidence('/data', photo, disk);
    const after = disk.crashed(disk.events.length, () => 0);
    expect(await readEvidence('/data', sha256, after)).toEqual(photo);
    for (let length = start; length <= disk.events.length; length++) {
      for (const fate of [() => 0, () => 1, () => 0.5]) {
        const left = disk.crashed(length, fate);
        if ((await listEvidence('/data', left)).length > 0 && length === disk.events.length) {
          expect(await readEvidence('/data', sha256, left)).toEqual(photo);
        }
      }
    }
  });

  test('are gone for good once removed', async () => {
    const disk = await dataFolder();
    await saveEvidence('/data', photo, disk);
    expect(await removeEvidence('/data', sha256, disk)).toBe(true);
    expect(await removeEvidence('/data', sha256, disk)).toBe(false);
    const after = disk.crashed(disk.events.length, () => 0);
    await expect(readEvidence('/data', sha256, after)).rejects.toThrow(/没有这张照片/);
  });

  test('are refused where their bytes are no longer theirs, or the name is no hash', async () => {
    const disk = await dataFolder();
    await saveEvidence('/data', photo, disk);
    disk.change(`/data/evidence/${sha256.slice(0, 2)}/${sha256}`, Buffer.from('另一张'));
    await expect(readEvidence('/data', sha256, disk)).rejects.toThrow(/与保存时不同/);
    await expect(readEvidence('/data', '../../etc/passwd', disk)).rejects.toThrow(/SHA-256/);
  });
});
