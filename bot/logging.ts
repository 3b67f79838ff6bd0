/** Structured logs without anybody's words or names: ids, masked, and what happened. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { addDays, dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Log } from './engine.ts';

export interface LogSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly folder?: string | undefined;
  readonly days: number;
}

/** An id as it may stand in a log: recognisable as the same one, not traceable to a person. */
export function mask(id: string): string {
  return createHash('sha256').update(`lanxing ${id}`).digest('hex').slice(0, 10);
}

const FILE = /^lanxing-(\d{4}-\d{2}-\d{2})\.log$/;

/** One file a day; files older than the kept days go when a new one begins. */
function dailyFiles(folder: string, days: number, now: () => LocalTime): DestinationStream {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let day = '';
  let file: ReturnType<typeof destination> | null = null;
  return {
    write(line: string) {
      const today = dateOfTime(now());
      if (today !== day) {
        file?.end();
        day = today;
        const path = join(folder, `lanxing-${today}.log`);
        file = destination({ dest: path, sync: true, append: true });
        chmodSync(path, 0o600);
        const oldest = addDays(today, 1 - days);
        for (const name of readdirSync(folder)) {
          const date = FILE.exec(name)?.[1];
          if (date !== undefined && date < oldest) unlinkSync(join(folder, name));
        }
      }
      file?.write(line);
    },
  };
}

/** An error as it may be logged: its kind and where it happened. Its message may quote words, so it is left out. */
function traceOf(error: unknown): { name: string; at: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const frames = (error.stack ?? '').split('\n').filter((l) => l.trimStart().startsWith('at '));
  return {
    name: error.name,
    at: frames
      .slice(0, 6)
      .map((f) => f.trim())
      .join(' | '),
  };
}

export function createLog(settings: LogSettings, now: () => LocalTime): { log: Log; logger: Logger } {
  const stream =
    settings.folder === undefined
      ? destination({ fd: process.stderr.fd, sync: true })
      : dailyFiles(settings.folder, settings.days, now);
  const logger = pino(
    {
      level: settings.level,
      base: null,
      timestamp: () => `,"at":"${now()}"`,
      redact: {
        paths: ['token', 'text', 'name', 'words', '*.token', '*.text', '*.name', '*.words'],
        censor: '[hidden]',
      },
    },
    stream,
  );
  const log: Log = ({ level, what, id, error }) => {
    const trace = traceOf(error);
    logger[level]({
      what,
      ...(id === undefined ? {} : { id: mask(id) }),
      ...(trace ? { error: `${trace.name} ${trace.at}` } : {}),
    });
  };
  return { log, logger };
}
