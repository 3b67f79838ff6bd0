import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Finding } from '../../scoring/finding.ts';

/** Bad usage or bad input: one line for each finding on standard error, exit code 2, nothing done. */
export class BadInput extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(findings.map(wordFinding).join('\n'));
    this.name = 'BadInput';
    this.findings = findings;
  }
}

/** A finding as one line: where, what, and the mend. */
export function wordFinding(finding: Finding): string {
  return `${finding.place}：${finding.problem}${finding.mend ? `。${finding.mend}` : ''}`;
}

/** Runs a verb's work; bad input is told in words and ends with exit code 2, a fault keeps its stack. */
export async function guard(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new BadInput([
      {
        place: path,
        problem: missing ? '没有这个文件' : `读不了（${(error as Error).message}）`,
        mend: '请检查路径和权限',
      },
    ]);
  }
}

export function readJsonFile(path: string): unknown {
  const text = readTextFile(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput([
      { place: path, problem: `不是合法的 JSON（${(error as Error).message}）`, mend: '请按提示的位置改正' },
    ]);
  }
}
