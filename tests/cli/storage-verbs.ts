import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { jest } from '@jest/globals';
import type { Command } from 'commander';
import { body } from '../../ledger/kinds.ts';
import { townFold, upgradeEntry } from '../../bot/town-store.ts';
import { openJournalStore } from '../../storage/journal.ts';
import type { Receipt } from '../../storage/store.ts';

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'lanxing-verbs-'));

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs one verb in this process, as the command line would. */
export async function run(command: Command, ...args: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const taking = (take: (text: string) => void) => (text: unknown) => {
    take(String(text));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(taking((text) => (out += text))),
    jest.spyOn(process.stderr, 'write').mockImplementation(taking((text) => (err += text))),
  ];
  process.exitCode = undefined;
  try {
    await command.exitOverride().parseAsync(args, { from: 'user' });
    return { out, err, code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}

/** A small ledger over two months and two branches, closed. */
export async function smallLedger(folder: string): Promise<Receipt[]> {
  const store = await openJournalStore({ folder, fold: townFold, upgrade: upgradeEntry });
  const receipts: Receipt[] = [];
  for (const [i, branch] of ['东村', '西村', '东村', '东村'].entries()) {
    const at = `2026-1${i < 2 ? 0 : 1}-0${i + 1}T20:15:00`;
    const notice = body('notice-posted', { notice: `通知 ${i}` });
    receipts.push(...(await store.append([{ branch, source: `m${i}`, at, by: '李清照', bodies: [notice] }])));
  }
  await store.close();
  return receipts;
}

/** Reads a folder's file below its journal. */
export const journalOf = (folder: string, month: string): string => join(folder, 'journal', `${month}.jsonl`);

export const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    ['2026-10', '2026-11'].map((month) => [month, readFileSync(journalOf(folder, month), 'utf8')]),
  );
