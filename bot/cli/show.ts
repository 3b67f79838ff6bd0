import process from 'node:process';
import { Command } from 'commander';
import { isMonth } from '../../scoring/calendar.ts';
import { showBranch } from '../show.ts';
import { branchesCalled } from '../speaking.ts';
import { ledgerFolder, readTown } from '../town-store.ts';
import { BadInput, guard, readPolicyFiles, withPolicy, wordFinding } from './input.ts';

interface Options {
  data: string;
  branch?: string;
  month?: string;
  year?: string;
  policy: readonly string[];
}

async function show(options: Options): Promise<void> {
  if (options.month !== undefined && !isMonth(options.month)) {
    throw new BadInput([{ place: '--month', problem: `月份不存在：${options.month}`, mend: '写成 2026-11' }]);
  }
  if (options.year !== undefined && !/^\d{4}$/.test(options.year)) {
    throw new BadInput([{ place: '--year', problem: `年份不对：${options.year}`, mend: '写成 2026' }]);
  }
  const { town, heads, findings, isWhole } = await readTown(ledgerFolder(options.data));
  const names = Object.keys(town.branches);
  if (names.length === 0) {
    throw new BadInput(
      findings.length > 0
        ? findings
        : [{ place: options.data, problem: '这里没有账本', mend: '用 --data 指到账本所在的文件夹' }],
    );
  }
  for (const finding of findings) process.stderr.write(`${wordFinding(finding)}\n`);
  const wanted = options.branch ?? (names.length === 1 ? names[0] : undefined);
  const called = wanted === undefined ? [] : branchesCalled(town, wanted);
  const [state] = called;
  if (!state || called.length > 1) {
    throw new BadInput([
      {
        place: '--branch',
        problem: wanted === undefined ? '有好几个支部' : `没有“${wanted}”`,
        mend: `可选：${names.join('、')}`,
      },
    ]);
  }
  const head = heads.find((h) => h.branch === state.branch) ?? { seq: state.seq, hash: '' };
  const shown = showBranch(town, state, readPolicyFiles(options.policy), {
    head: { seq: head.seq, hash: head.hash },
    ...(options.month === undefined ? {} : { month: options.month }),
    ...(options.year === undefined ? {} : { year: Number(options.year) }),
  });
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  if (!isWhole) process.exitCode = 1;
}

/** `lanxing show --data DIR --branch NAME [--month YYYY-MM] [--year YYYY]`. */
export function showCommand(): Command {
  return withPolicy(new Command('show'))
    .description('看一个支部的账本现在是什么样子（JSON）')
    .requiredOption('--data <folder>', '账本所在的文件夹')
    .option('--branch <name>', '支部名称；只有一个支部时可以不写')
    .option('--month <month>', '哪个月，如 2026-11；不写则是最近一个月')
    .option('--year <year>', '哪一年，如 2026')
    .action((options: Options) => guard(() => show(options)));
}
