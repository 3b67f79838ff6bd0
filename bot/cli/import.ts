import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { previewRoster, rosterText } from '../../boards/roster/preview.ts';
import { readRoster } from '../../boards/roster/read.ts';
import { type Body, TOWN } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { policyFor } from '../../ledger/policy.ts';
import { newBranch } from '../../ledger/state.ts';
import { addMonths, dateOfTime, monthOf, shanghai } from '../../scoring/calendar.ts';
import { importBodies, postNames, rosterRecords } from '../roster.ts';
import { readTable, readTableFile, type TableFile, TableProblem } from '../roster-file.ts';
import { ledgerFolder, openTownStore } from '../town-store.ts';
import { BadInput, guard, readPolicyFiles, wordFinding } from './input.ts';

interface Options {
  data: string;
  branch: string;
  town?: string;
  yes?: boolean;
  dryRun?: boolean;
}

/** What a new branch begins with: its name, and the year's months before it waived, so that they do not block it (Q06). */
function foundingOf(name: string, town: string, today: string): Body[] {
  const bodies = [body('branch-founded', { name, town, bot: '积分小助手' })];
  const month = monthOf(today);
  for (let past = `${month.slice(0, 4)}-01`; past < month; past = addMonths(past, 1)) {
    bodies.push(body('month-waived', { month: past, reason: '启用本系统之前' }));
  }
  return bodies;
}

async function agreed(options: Options): Promise<boolean> {
  if (options.yes) return true;
  if (!process.stdin.isTTY)
    throw new BadInput([
      { place: '--yes', problem: '还没有确认', mend: '核对上面的预览，没有问题就加 --yes 再运行一次' },
    ]);
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const said = await line.question('按上面的预览导入吗？(是/否) ');
  line.close();
  return /^(是|y|yes)$/i.test(said.trim());
}

async function tableOf(file: string): Promise<TableFile> {
  try {
    if (file !== '-') return await readTableFile(file);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return await readTable(Buffer.concat(chunks), '标准输入');
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    throw new BadInput([{ place: file, problem: error.message.replace(`${file}：`, '') }]);
  }
}

async function importRoster(file: string, options: Options): Promise<void> {
  const table = await tableOf(file);
  const now = shanghai(Date.now());
  const today = dateOfTime(now);
  const store = await openTownStore(ledgerFolder(options.data));
  try {
    const town = store.state();
    const known = Object.values(town.branches).find(
      (b) => b.branch === options.branch || b.name === options.branch,
    );
    const branch = known ?? newBranch(options.branch);
    const policy = policyFor(readPolicyFiles(), town.office, known ?? null, today);
    const posts = postNames(policy, known ?? null);
    const reading = readRoster(table.cells, { today, posts });
    if (reading.findings.length > 0) {
      throw new BadInput(reading.findings.map((f) => ({ ...f, place: `${file} ${f.place}` })));
    }
    for (const n of reading.notices) process.stderr.write(`${wordFinding(n)}\n`);
    const preview = previewRoster(reading, known ? rosterRecords(known, today) : [], posts);
    process.stdout.write(`${rosterText(reading, preview).join('\n')}\n`);
    const bodies = importBodies(branch, preview, today, known === undefined);
    if (options.dryRun || (known !== undefined && bodies.length === 0) || !(await agreed(options))) {
      process.stdout.write('没有改动。\n');
      return;
    }
    const source = `import ${now} ${branch.seq}`;
    const by = 'cli:import';
    const founding = known ? [] : foundingOf(options.branch, options.town ?? town.office.name, today);
    await store.append([
      { branch: branch.branch, source, at: now, by, bodies: [...founding, ...bodies] },
      ...(known
        ? []
        : [
            {
              branch: TOWN,
              source,
              at: now,
              by,
              bodies: [body('branch-registered', { branch: branch.branch, name: options.branch })],
            },
          ]),
    ]);
    process.stdout.write(`已导入：新增${preview.added.length}人，更改${preview.changed.length}人。\n`);
  } finally {
    await store.close();
  }
}

/** `lanxing import FILE --data DIR --branch NAME [--yes | --dry-run]`. */
export function importCommand(): Command {
  return new Command('import')
    .description('导入名册（Excel 或 CSV，UTF-8 或 GBK）：先预览会改什么，确认后才改；有一处问题就都不改')
    .argument('<file>', '名册文件；- 表示标准输入')
    .requiredOption('--data <folder>', '账本所在的文件夹（先停下正在运行的兰星）')
    .requiredOption('--branch <name>', '支部名称；没有这个支部就新建')
    .option('--town <name>', '新建支部时，镇的名称')
    .option('--yes', '不再询问，直接按预览导入')
    .option('--dry-run', '只预览，什么也不改')
    .action((file: string, options: Options) => guard(() => importRoster(file, options)));
}
