/** What a machine that runs for years needs now and then: backups, old photos, disk space. */
import { join } from 'node:path';
import type { TownState } from '../ledger/state.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { StateStore } from '../storage/fold.ts';
import { reasonOf, StorageProblem } from '../storage/problem.ts';
import type { Config } from './config.ts';
import type { Log } from './engine.ts';
import { createBackups } from './upkeep/backups.ts';
import { createDiskRoom, freeMb } from './upkeep/disk-room.ts';
import { createNews, type Tell } from './upkeep/news.ts';
import { officerContacts } from './upkeep/officers.ts';
import { retirePhotos, sweepPhotos } from './upkeep/photos.ts';

export interface Upkeep {
  /** Does what is due; called every minute or so. */
  tick(now: LocalTime): Promise<void>;
  /** Set while the disk is nearly full, and from a backup that failed until one that did not. */
  trouble(): string | null;
  /** Whether there is room to keep photos. */
  hasRoom(): boolean;
}

export interface UpkeepOptions {
  readonly config: Config;
  readonly store: StateStore<TownState>;
  readonly log: Log;
  /** Says something to one of the town's officers. */
  readonly tell: Tell;
  /** Free space where the data lie, in MiB; the machine is asked where left out. */
  readonly freeMb?: () => number;
}

/** The hour of the daily sweep of photos. */
const SWEEP_AT = '04:00';

export function createUpkeep({ config, store, log, tell, ...given }: UpkeepOptions): Upkeep {
  const news = createNews({
    path: join(config.data, 'told.json'),
    officers: (now) => officerContacts(store.state(), now),
    tell,
    log,
  });
  const disk = createDiskRoom(
    config.diskFreeMb,
    given.freeMb ?? (() => freeMb(config.data)),
    news.knows('disk'),
  );
  const backups = config.backup
    ? createBackups(config.data, config.backup, (error) => {
        backupTrouble = whyNoBackup(error);
        log({ level: 'error', what: 'backup failed', error });
      })
    : null;
  let backupTrouble: string | null | undefined;
  let swept = '';

  function watchDisk(now: LocalTime): void {
    disk.look();
    const words = disk.isLow
      ? `兰星的机器磁盘只剩 ${disk.free} MB，不到 ${config.diskFreeMb} MB。报告照常记，照片暂时不保存。请管机器的同志清理磁盘，有空间了我再告诉您。`
      : `兰星的机器磁盘有空间了（${disk.free} MB），照片恢复保存。这期间没有保存的照片，请提醒大家再发一次。`;
    news.report('disk', disk.isLow, words, now);
  }

  async function watchBackup(now: LocalTime): Promise<void> {
    const outcome = await backups?.tick(now);
    if (outcome === 'made') backupTrouble = null;
    // Before the first try of this process nothing is known.
    if (backupTrouble === undefined) return;
    const words =
      backupTrouble === null
        ? '兰星的备份做成了，恢复正常。'
        : `兰星${backupTrouble}。请管机器的同志看一下；我每小时再试一次，做成了再告诉您。`;
    news.report('backup', backupTrouble !== null, words, now);
  }

  return {
    async tick(now) {
      watchDisk(now);
      await watchBackup(now);
      if (swept === dateOfTime(now) || now.slice(11, 16) < SWEEP_AT) return;
      swept = dateOfTime(now);
      try {
        await retirePhotos(config.data, store, now, config.retention.photoDays, log);
        await sweepPhotos(config.data, store, now, log);
      } catch (error) {
        log({ level: 'error', what: 'photo retention failed', error });
      }
    },
    trouble() {
      const troubles = [
        ...(disk.isLow ? [`磁盘只剩 ${disk.free} MB，照片暂时不保存`] : []),
        ...(backupTrouble ? [backupTrouble] : []),
      ];
      return troubles.length > 0 ? troubles.join('；') : null;
    },
    hasRoom: () => !disk.isLow,
  };
}

function whyNoBackup(error: unknown): string {
  const why = error instanceof StorageProblem ? `${error.place}：${error.problem}` : reasonOf(error);
  return `今天的备份没有做成（${why}），请检查备份文件夹和口令文件`;
}
