/**
 * What the bot says to the sample month: `docs/sample/month.out.jsonl`, made by `lanxing replay` from the transcript
 * beside it. A test fails where it is not current.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const ROOT = join(import.meta.dirname, '..');
const REPLAY = ['replay', 'docs/sample/month.jsonl', '--branch', 'trial/sample-branch.json'];
const FROM = ['--from', '2026-11-01'];
const OUTPUT = 'docs/sample/month.out.jsonl';

/** Writes the sample's output anew; yields its path where it changed. */
export function refreshSample(): string[] {
  const data = mkdtempSync(join(tmpdir(), 'lanxing-docs-'));
  try {
    const verb = ['--import', 'tsx', 'bot/cli/main.ts', ...REPLAY, ...FROM, '--data', data];
    const said = execFileSync(process.execPath, verb, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (said === readFileSync(join(ROOT, OUTPUT), 'utf8')) return [];
    writeFileSync(join(ROOT, OUTPUT), said);
    return [OUTPUT];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
