import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import type { Finding } from '../../scoring/finding.ts';
import type { Policy } from '../../scoring/policy.ts';
import { codeOf } from '../../storage/io.ts';
import { reasonOf, StorageProblem } from '../../storage/problem.ts';
import { whyUnreadable } from '../file-problem.ts';
import { readJsonFile as readJson } from '../json-file.ts';
import { loadPolicy } from '../policy-file.ts';

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

/**
 * Runs a verb's work; bad input, and a ledger that will not open, are told in words and end with exit code 2 (or
 * another, where something may have been done already). A fault keeps its stack.
 */
export async function guard(work: () => Promise<void>, exitCode: 1 | 2 = 2): Promise<void> {
  try {
    await work();
  } catch (error) {
    const told = inWords(error);
    if (!told) throw error;
    process.stderr.write(`${told.message}\n`);
    process.exitCode = exitCode;
  }
}

/** What went wrong as findings, where it is the operator's to mend; null for a fault of the program. */
function inWords(error: unknown): BadInput | null {
  if (error instanceof BadInput) return error;
  if (error instanceof StorageProblem) return new BadInput([error.finding()]);
  if (!isMachines(error)) return null;
  const mend = '检查权限、磁盘空间和路径（lanxing doctor），再试一次';
  return new BadInput([{ place: error.path, problem: `读写不了（${reasonOf(error)}）`, mend }]);
}

/** Whether the machine refused a file: no permission, no room, a broken or read-only disk. */
function isMachines(error: unknown): error is { path: string } {
  return codeOf(error) !== null && typeof (error as NodeJS.ErrnoException).path === 'string';
}

export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadInput([{ place: path, problem: whyUnreadable(error), mend: '请检查路径和权限' }]);
  }
}

export function readJsonFile(path: string): unknown {
  const json = readJson(path);
  if (!json.ok)
    throw new BadInput([
      { ...json.finding, place: json.finding.place ? `${path} ${json.finding.place}` : path },
    ]);
  return json.value;
}

/** The standard policy with override files laid over it. */
export function readPolicyFiles(overrideFiles: readonly string[] = []): Policy {
  const loaded = loadPolicy(overrideFiles);
  if (loaded.policy) return loaded.policy;
  throw new BadInput(loaded.findings.map((f) => ({ ...f, place: `${f.file} ${f.place}` })));
}

/** `--policy FILE`, also several times: what the config of the bot lists under `policy`, for the verbs that read no config. */
export function withPolicy(command: Command): Command {
  return command.option(
    '--policy <file>',
    '镇里修改细则的文件，和兰星配置里 policy 写的一样，可多次写',
    (file: string, files: readonly string[]) => [...files, file],
    [] as readonly string[],
  );
}
