/** What a machine that runs for years needs now and then: backups, old photos, disk space. Each once a day. */
import { randomInt } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statfsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Body, TOWN } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import { addDays, dateOfTime, type LocalTime, monthOf } from '../scoring/calendar.ts';
import { backup } from '../storage/backup.ts';
import { removeEvidence } from '../storage/evidence.ts';
import type { StateStore } from '../storage/fold.ts';
import type { Config } from './config.ts';
import type { Log } from './engine.ts';
import { inviteOfficer, openInvitations } from './onboarding.ts';

const BACKUP_FILE = /^lanxing-\d{8}-\d{4}\.backup$/;

/** Free space where a folder lies, in MiB. */
export function freeMb(folder: string): number {
  const fs = statfsSync(folder);
  return Math.floor((fs.bavail * fs.bsize) / 1_048_576);
}

/** Photos of reports whose month was filed and received more than `days` ago (privacy: removed after the filing period). */
export function expiredPhotos(branch: BranchState, now: LocalTime, days: number): string[] {
  const limit = addDays(dateOfTime(now), -days);
  const expired: string[] = [];
  for (const report of Object.values(branch.reports)) {
    const receipt = branch.months[monthOf(report.date)]?.receipt;
    if (receipt && dateOfTime(receipt.at) < limit) expired.push(...report.evidence);
  }
  return [...new Set(expired)];
}

export interface Upkeep {
  /** Does what is due; called every minute or so. */
  tick(now: LocalTime): Promise<void>;
  /** Set while the disk is nearly full, and from a backup that failed until one that did not. */
  trouble(): string | null;
}

export interface UpkeepOptions {
  readonly config: Config;
  readonly store: StateStore<TownState>;
  readonly log: Log;
}

export function createUpkeep({ config, store, log }: UpkeepOptions): Upkeep {
  let backedUp = '';
  let swept = '';
  let diskTrouble: string | null = null;
  let backupTrouble: string | null = null;

  async function makeBackup(now: LocalTime): Promise<void> {
    const settings = config.backup;
    if (!settings) return;
    mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
    const name = `lanxing-${now.slice(0, 10).replaceAll('-', '')}-${now.slice(11, 16).replace(':', '')}.backup`;
    const secret =
      settings.passphraseFile === undefined
        ? {}
        : { secret: { passphrase: readFileSync(settings.passphraseFile, 'utf8').trim() } };
    await backup({ folder: config.data, to: join(settings.folder, name), at: now, ...secret });
    const old = readdirSync(settings.folder)
      .filter((f) => BACKUP_FILE.test(f))
      .sort()
      .slice(0, -settings.keep);
    for (const file of old) unlinkSync(join(settings.folder, file));
    log({ level: 'info', what: 'backup made' });
  }

  async function sweepPhotos(now: LocalTime): Promise<void> {
    for (const branch of Object.values(store.state().branches)) {
      const expired = expiredPhotos(branch, now, config.retention.photoDays);
      if (expired.length === 0) continue;
      const bodies: Body[] = expired.map((sha256) =>
        body('evidence-removed', { sha256, reason: 'retention' }),
      );
      const source = `retention ${dateOfTime(now)}`;
      await store.append([{ branch: branch.branch, source, at: now, by: 'bot', bodies }]);
      for (const sha256 of expired) await removeEvidence(config.data, sha256);
      log({ level: 'info', what: `${expired.length} photos removed after their retention` });
    }
  }

  return {
    async tick(now) {
      const today = dateOfTime(now);
      const free = freeMb(config.data);
      diskTrouble = free < config.diskFreeMb ? `磁盘只剩 ${free} MB` : null;
      if (config.backup && backedUp !== today && now.slice(11, 16) >= config.backup.at) {
        backedUp = today;
        try {
          await makeBackup(now);
          backupTrouble = null;
        } catch (error) {
          backupTrouble = `${today} 的备份没有做成，请检查备份文件夹和口令文件`;
          log({ level: 'error', what: 'backup failed', error });
        }
      }
      if (swept !== today && now.slice(11, 16) >= '04:00') {
        swept = today;
        await sweepPhotos(now).catch((error: unknown) =>
          log({ level: 'error', what: 'photo retention failed', error }),
        );
      }
    },
    trouble: () => diskTrouble ?? backupTrouble,
  };
}

/** The town's own entries where its ledger is new: name and officers from the config. */
export async function foundTown(store: StateStore<TownState>, config: Config, at: LocalTime): Promise<void> {
  const office = store.state().office;
  const missing = config.town.officers.filter(
    (o) =>
      !office.officers.some(
        (known) => known.name === o.name && (o.contact === undefined || known.contact === o.contact),
      ),
  );
  const bodies: Body[] = [
    ...(office.name === config.town.name ? [] : [body('town-founded', { name: config.town.name })]),
    ...missing.map((o) => body('officer-named', o)),
  ];
  if (bodies.length > 0)
    await store.append([{ branch: TOWN, source: `config ${at}`, at, by: 'cli:config', bodies }]);
}

/**
 * Invites officers whose WeChat is not known yet: a code each, to be typed in the office's group. Yields every code
 * that is open, also those of an earlier start.
 */
export async function inviteOfficers(
  store: StateStore<TownState>,
  at: LocalTime,
  newCode: () => string,
): Promise<{ name: string; code: string }[]> {
  const open = openInvitations(store.state(), at);
  const without = store
    .state()
    .office.officers.filter((o) => o.contact === null && !open.some((c) => c.name === o.name));
  const bodies = without.map((o) => inviteOfficer(o.name, newCode(), at));
  if (bodies.length > 0)
    await store.append([{ branch: TOWN, source: `invite ${at}`, at, by: 'cli:config', bodies }]);
  return openInvitations(store.state(), at);
}

/** Six characters that nobody guesses; without 0, O, 1, I, L, because they are read out and typed by hand. */
export function randomCode(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
}
