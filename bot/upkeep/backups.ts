import { mkdirSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { dateOfTime, instant, type LocalTime } from '../../scoring/calendar.ts';
import { backup } from '../../storage/backup.ts';
import type { Config } from '../config.ts';

const BACKUP_FILE = /^lanxing-\d{8}-\d{4}\.backup$/;
/** After a backup that failed the next one is tried so much later. */
const AGAIN_MINUTES = 60;

type Settings = NonNullable<Config['backup']>;

function nameOf(now: LocalTime): string {
  return `lanxing-${now.slice(0, 10).replaceAll('-', '')}-${now.slice(11, 16).replace(':', '')}.backup`;
}

function secretOf(file: string | undefined): { secret?: { passphrase: string } } {
  if (file === undefined) return {};
  const passphrase = readFileSync(file, 'utf8').trim();
  // It would look locked and be open.
  if (passphrase === '') throw new Error('the passphrase is empty');
  return { secret: { passphrase } };
}

async function make(data: string, settings: Settings, now: LocalTime): Promise<void> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
  const to = join(settings.folder, nameOf(now));
  await backup({ folder: data, to, at: now, ...secretOf(settings.passphraseFile) });
  const old = readdirSync(settings.folder)
    .filter((f) => BACKUP_FILE.test(f))
    .sort()
    .slice(0, -settings.keep);
  for (const file of old) unlinkSync(join(settings.folder, file));
}

/** Whether the folder holds a backup of the day already: a restart makes no second one. */
function hasOf(day: string, folder: string): boolean {
  try {
    const start = `lanxing-${day.replaceAll('-', '')}-`;
    return readdirSync(folder).some((f) => BACKUP_FILE.test(f) && f.startsWith(start));
  } catch {
    return false;
  }
}

export interface Backups {
  /** Makes the day's backup from its hour on, once; one that failed is tried again every hour. */
  tick(now: LocalTime): Promise<'made' | 'failed' | 'not due'>;
}

export function createBackups(data: string, settings: Settings, onFault: (error: unknown) => void): Backups {
  let done = '';
  let tried: LocalTime | null = null;
  return {
    async tick(now) {
      const today = dateOfTime(now);
      if (done === today || now.slice(11, 16) < settings.at) return 'not due';
      if (tried !== null && instant(now) - instant(tried) < AGAIN_MINUTES * 60_000) return 'not due';
      tried = now;
      try {
        if (!hasOf(today, settings.folder)) await make(data, settings, now);
        done = today;
        tried = null;
        return 'made';
      } catch (error) {
        onFault(error);
        return 'failed';
      }
    },
  };
}
