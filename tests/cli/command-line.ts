/** The real command line in this process, at a moment of the test's choosing, in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { jest } from '@jest/globals';
import { run } from '../../bot/cli/verbs.ts';
import { readTown } from '../../bot/town-store.ts';
import type { TownState } from '../../ledger/state.ts';
import { instant, type LocalTime } from '../../scoring/calendar.ts';

export interface Done {
  readonly code: string | number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  /** Where files are written to, and where the data folder lies. */
  readonly folder: string;
  readonly data: string;
  readonly lanxing: (at: LocalTime, ...args: string[]) => Promise<Done>;
  readonly act: (at: LocalTime, as: string, words: string, ...more: string[]) => Promise<Done>;
  town(): Promise<TownState>;
  remove(): void;
}

/** A folder without a ledger, and a command line that works in it. */
export function openCommandLine(): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-line-'));
  const data = join(folder, 'data');

  async function lanxing(at: LocalTime, ...args: string[]): Promise<Done> {
    let out = '';
    let err = '';
    const home = process.cwd();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(instant(at));
    const writes = [
      jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
        out += text.toString();
        return true;
      }),
      jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
        err += text.toString();
        return true;
      }),
    ];
    process.chdir(folder);
    try {
      process.exitCode = 0;
      await run(args);
      return { code: process.exitCode ?? 0, out, err };
    } finally {
      process.chdir(home);
      process.exitCode = 0;
      clock.mockRestore();
      for (const write of writes) write.mockRestore();
    }
  }

  return {
    folder,
    data,
    lanxing,
    act: (at, as, words, ...more) =>
      lanxing(at, 'act', '--data', data, '--as', as, ...more, ...(words === '' ? [] : [words])),
    town: async () => (await readTown(data)).town,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
