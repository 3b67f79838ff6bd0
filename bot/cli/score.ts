/** `lanxing score`: the scoring core alone on a case file, or on one case a line. */
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { Command } from 'commander';
import { isMonth } from '../../scoring/calendar.ts';
import type { Finding } from '../../scoring/finding.ts';
import type { Policy } from '../../scoring/policy.ts';
import { type ScoreOptions, scoreAny } from '../../scoring/score.ts';
import { findingLine, parseJson, readJsonFile } from '../json-file.ts';
import { loadPolicy } from '../policy-file.ts';

interface Flags {
  readonly month?: readonly string[];
  readonly year?: string;
  readonly explain?: boolean;
  readonly sensitivity?: boolean;
  readonly lines?: boolean;
  readonly policy?: readonly string[];
}

const HELP = `
CASE.json 写明 members（党员）、facts（事实）、history（往年等次），可在 policy 中改读法等规定。
不写 --month 也不写 --year 时，算出事实涉及的每个月，以及其中最近的一年。
退出码：0 完成；1 --lines 中有不合格的案例；2 用法或输入有误（逐条写明位置，什么也不算）。

例：
  lanxing score case.json --month 2024-03 --month 2024-04
  lanxing score case.json --year 2024 --explain --sensitivity
  lanxing score --lines --year 2024 < cases.jsonl > results.jsonl`;

export function scoreCommand(): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return new Command('score')
    .description('按细则计算一个案例的月度、年度积分（只算分，不动账本）')
    .argument('[case]', '案例文件 CASE.json')
    .option('--month <YYYY-MM>', '要算的月份，可多次写', collect)
    .option('--year <YYYY>', '要算的年度')
    .option('--explain', '每个数字附上由来：事实、算式、条款')
    .option('--sensitivity', '换一种读法，谁的等次或星级会变（需要年度）')
    .option('--lines', '从标准输入读，一行一个案例，一行一个结果')
    .option('--policy <file>', '镇或支部的细则改动文件，可多次写', collect)
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, flags: Flags) => {
      process.exitCode = await run(file, flags);
    });
}

/** The exit code; everything is written by then. */
async function run(file: string | undefined, flags: Flags): Promise<number> {
  const usage = usageFault(file, flags);
  if (usage !== null) return fail([usage]);
  const { policy, findings } = loadPolicy(flags.policy ?? []);
  if (!policy) return fail(findings.map((f) => findingLine(f.file, f)));
  const options: ScoreOptions = {
    months: flags.month ?? [],
    year: flags.year === undefined ? null : Number(flags.year),
    explain: flags.explain ?? false,
    sensitivity: flags.sensitivity ?? false,
  };
  return file === undefined ? scoreLines(policy, options) : scoreFile(file, policy, options);
}

function usageFault(file: string | undefined, flags: Flags): string | null {
  const month = flags.month?.find((m): boolean => !isMonth(m));
  if (month !== undefined) return `--month ${month}: 不是月份（写成 --month 2024-03）`;
  if (flags.year !== undefined && !/^\d{4}$/.test(flags.year))
    return `--year ${flags.year}: 不是年份（写成 --year 2024）`;
  if (flags.lines && file !== undefined) return `--lines 从标准输入读案例，不用再写文件（去掉其一）`;
  if (!flags.lines && file === undefined)
    return '缺案例文件（lanxing score CASE.json，或 --lines 从标准输入读）';
  if (flags.sensitivity && flags.year === undefined && flags.month !== undefined)
    return '--sensitivity 比较的是年度等次（加上 --year 2024）';
  return null;
}

function fail(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`);
  return 2;
}

async function scoreFile(file: string, policy: Policy, options: ScoreOptions): Promise<number> {
  const json = readJsonFile(file);
  if (!json.ok) return fail([findingLine(file, json.finding)]);
  const { result, findings, warnings } = scoreAny(json.value, policy, options);
  if (!result) return fail(findings.map((f) => findingLine(file, f)));
  warn(file, warnings);
  await write(`${JSON.stringify(result, null, 2)}\n`);
  return 0;
}

async function scoreLines(policy: Policy, options: ScoreOptions): Promise<number> {
  let bad = false;
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const json = parseJson(line);
    const scored = json.ok ? scoreAny(json.value, policy, options) : null;
    if (scored?.result) {
      warn(`第${number}行`, scored.warnings);
      await write(`${JSON.stringify(scored.result)}\n`);
      continue;
    }
    bad = true;
    const findings = json.ok ? (scored?.findings ?? []) : [json.finding];
    await write(`${JSON.stringify({ error: findings.map(oneLine).join('；') })}\n`);
  }
  return bad ? 1 : 0;
}

function oneLine(finding: Finding): string {
  return `${finding.place}: ${finding.problem}${finding.mend === undefined ? '' : `（${finding.mend}）`}`;
}

function warn(file: string, warnings: readonly Finding[]): void {
  if (warnings.length > 0) process.stderr.write(`${warnings.map((w) => findingLine(file, w)).join('\n')}\n`);
}

/** A pipe that is slower than we are is waited for, so that a long run does not pile up in memory. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
