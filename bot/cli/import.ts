import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { Command } from 'commander';
import { previewRoster, rosterText } from '../../boards/roster/preview.ts';
import { readRoster, type RosterReading } from '../../boards/roster/read.ts';
import { type Body, TOWN } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { policyFor } from '../../ledger/policy.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { BEGIN } from '../../scheduler/due.ts';
import { dateOfTime, firstDay, type LocalTime, monthOf, shanghai } from '../../scoring/calendar.ts';
import type { StateStore } from '../../storage/fold.ts';
import { type BranchFile, foundingBodies, officersOf, readBranchFile } from '../founding.ts';
import { checkRosterFile, readTableFile, refuseLong, TableProblem } from '../roster-file.ts';
import { fileRecords, importBodies, leftOut, rosterOf, rosterPosts } from '../roster-import.ts';
import { branchesCalled, isOfficer } from '../speaking.ts';
import { ledgerFolder, openTownStore, readTown } from '../town-store.ts';
import { BadInput, guard, readJsonFile, readPolicyFiles, withPolicy } from './input.ts';

interface Options {
  data: string;
  branch?: string;
  town?: string;
  officer?: string;
  yes?: boolean;
  policy: readonly string[];
}

/** A file's roster, and the branch file where it was one (it can say more than a roster). */
interface Source {
  readonly reading: RosterReading;
  readonly file?: BranchFile;
}

async function importRoster(path: string, options: Options): Promise<void> {
  const at = shanghai(Date.now());
  const folder = ledgerFolder(options.data);
  const { town } = await readTown(folder);
  const source = await readSource(path, town, options, at);
  const name = options.branch ?? source.file?.branch;
  if (name === undefined)
    throw new BadInput([{ place: '--branch', problem: '没有写明支部', mend: '加上 --branch 支部名称' }]);
  const state = branchOf(town, name);
  const preview = previewRoster(
    source.reading,
    state === undefined ? [] : rosterOf(state, dateOfTime(at)),
    postsFor(town, state, options, at),
  );
  if (source.reading.findings.length > 0)
    throw new BadInput(source.reading.findings.map((f) => ({ ...f, place: `${path} ${f.place}` })));
  const officers = newOfficers(town, source, options, at);
  const out = source.file === undefined || state !== undefined ? leftOut(preview) : [];
  const lines = [
    ...(state === undefined ? [`新建支部“${name}”。`] : []),
    ...(officers.length > 0 ? [`镇组织办新增：${officers.join('、')}`] : []),
    ...rosterText(source.reading, preview),
    ...out,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (options.yes !== true) {
    process.stderr.write('这是预览，什么都没有改。确认无误后加 --yes 再运行一次。\n');
    return;
  }
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
  const store = await openTownStore(folder);
  try {
    const named = officers.map((officer) => body('officer-named', { name: officer }));
    if (state === undefined) await foundBranch(store, branchFile(source, name, town, options), named, at);
    else {
      const act = { source: `import ${digest} ${at}`, at, by: 'cli:import' };
      const operations = [
        { ...act, branch: TOWN, bodies: named },
        { ...act, branch: state.branch, bodies: importBodies(state, preview, dateOfTime(at)) },
      ].filter(({ bodies }) => bodies.length > 0);
      if (operations.length > 0) await store.append(operations);
    }
  } finally {
    await store.close();
  }
  process.stdout.write('已导入。\n');
}

async function readSource(path: string, town: TownState, options: Options, at: LocalTime): Promise<Source> {
  try {
    return /\.json$/i.test(path)
      ? await readBranchSource(path)
      : await readTableSource(path, town, options, at);
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    throw new BadInput([{ place: path, problem: error.message.replace(`${path}：`, '') }]);
  }
}

async function readBranchSource(path: string): Promise<Source> {
  await checkRosterFile(path);
  const read = readBranchFile(readJsonFile(path));
  if ('findings' in read)
    throw new BadInput(read.findings.map((f) => ({ ...f, place: `${path} ${f.place}` })));
  const records = fileRecords(read.file);
  refuseLong(records.length, path);
  return { file: read.file, reading: { records, findings: [], notices: [], fields: [] } };
}

async function readTableSource(
  path: string,
  town: TownState,
  options: Options,
  at: LocalTime,
): Promise<Source> {
  const table = await readTableFile(path);
  const state = options.branch === undefined ? undefined : branchOf(town, options.branch);
  return {
    reading: readRoster(table.cells, { today: dateOfTime(at), posts: postsFor(town, state, options, at) }),
  };
}

function branchOf(town: TownState, wanted: string): BranchState | undefined {
  const called = branchesCalled(town, wanted);
  return called.length === 1 ? called[0] : undefined;
}

/** The town's officers whom the file or `--officer` names and the ledger does not know yet. */
function newOfficers(town: TownState, source: Source, options: Options, at: LocalTime): string[] {
  const named = [
    ...(source.file ? officersOf(source.file) : []),
    ...(options.officer ?? '').split(/[、,，]/),
  ];
  const names = [...new Set(named.map((name) => name.trim()))].filter((name) => name !== '');
  return names.filter((name) => !isOfficer(town, name, at));
}

function postsFor(town: TownState, state: BranchState | undefined, { policy }: Options, at: LocalTime) {
  const base = readPolicyFiles(policy);
  return rosterPosts(policyFor(base, town.office, state ?? null, dateOfTime(at)), state ?? null);
}

function branchFile(source: Source, name: string, town: TownState, options: Options): BranchFile {
  const townName = options.town ?? (town.office.name || undefined);
  if (source.file !== undefined)
    return townName === undefined ? source.file : { ...source.file, town: townName };
  const members = source.reading.records.map((record) => {
    const {
      name: person,
      role,
      status,
      group,
      posts,
      aliases,
      floating,
      joined,
      fullSince,
      ...profile
    } = record;
    const standing = status === 'exempt' ? 'full' : status;
    return {
      name: person,
      role,
      status: standing,
      group,
      posts,
      aliases,
      floating,
      joined,
      fullSince,
      profile,
    };
  });
  const read = readBranchFile(
    JSON.parse(
      JSON.stringify({ branch: name, members, ...(townName === undefined ? {} : { town: townName }) }),
    ),
  );
  if ('findings' in read) throw new BadInput(read.findings);
  return read.file;
}

/** A new branch from its roster; the town is founded with its first one. Its group is bound later, by a code (绑定). */
async function foundBranch(
  store: StateStore<TownState>,
  file: BranchFile,
  officers: readonly Body[],
  at: LocalTime,
): Promise<void> {
  const office = [
    ...(store.state().office.name === '' ? [body('town-founded', { name: file.town })] : []),
    body('branch-registered', { branch: file.branch, name: file.branch }),
    ...officers,
  ];
  await store.append([
    { branch: TOWN, source: `founding ${file.branch}`, at, by: 'cli:import', bodies: office },
    {
      branch: file.branch,
      source: 'founding',
      at,
      by: 'cli:import',
      // The clock counts from here: without a bot running, nothing else would begin the first month.
      bodies: [...foundingBodies(file, firstDay(monthOf(at)), {}), body('job-done', { job: BEGIN })],
    },
  ]);
}

/** `lanxing import FILE --data DIR [--branch NAME] [--yes]`: a preview, or with `--yes` the import itself. */
export function importCommand(): Command {
  return withPolicy(new Command('import'))
    .description('从 Excel、CSV 或支部文件导入名册；先预览，加 --yes 才导入')
    .argument('<file>', '名册：.xlsx、.csv（UTF-8 或 GBK）或支部文件 .json')
    .requiredOption('--data <folder>', '账本所在的文件夹（导入时先停下正在运行的兰星）')
    .option('--branch <name>', '支部名称；没有这个支部就新建。支部文件可以不写')
    .option('--town <name>', '新建第一个支部时的镇名')
    .option('--officer <names>', '镇组织办的人，几个人用顿号隔开；支部文件里写了的不用再写')
    .option('--yes', '确认导入')
    .action((file: string, options: Options) => guard(() => importRoster(file, options)));
}
