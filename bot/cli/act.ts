import { Command } from 'commander';
import { rolesOn } from '../../ledger/roles.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { dateOfTime, isDate, type LocalTime, shanghai } from '../../scoring/calendar.ts';
import { readMarker } from '../../storage/folder.ts';
import { realIO } from '../../storage/io.ts';
import { readTableFile, TableProblem } from '../roster-file.ts';
import { branchesCalled, isOfficer } from '../speaking.ts';
import { ledgerFolder, openTownStore } from '../town-store.ts';
import { sit, type Sitting } from './act-sitting.ts';
import { BadInput, guard, readPolicyFiles, readTextFile, withPolicy } from './input.ts';

interface Options {
  data: string;
  branch?: string;
  as: string;
  town?: boolean;
  file?: string;
  on?: string;
  yes?: boolean;
  policy: readonly string[];
}

/** What is to be done, one thing a line; in a table one a row, its cells read one after the other. */
async function linesOf(words: readonly string[], file: string | undefined): Promise<string[]> {
  const typed = words.length > 0 ? [words.join(' ')] : [];
  if (file === undefined) return typed;
  const rows = /\.(?:xlsx|csv)$/i.test(file) ? await tableRows(file) : readTextFile(file).split('\n');
  const written = rows.map((line) => line.trim()).filter((line) => line !== '');
  if (written.length === 0)
    throw new BadInput([{ place: file, problem: '里面没有写要办什么', mend: '一行写一件，例如 核实 37 38' }]);
  return [...typed, ...written];
}

async function tableRows(file: string): Promise<string[]> {
  try {
    const { cells } = await readTableFile(file);
    return cells.map((row) => row.filter((cell) => cell.trim() !== '').join(' '));
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    throw new BadInput([{ place: file, problem: error.message.replace(`${file}：`, '') }]);
  }
}

/** `2026-11-10` or `2026-11-10T20:15` as the moment that words speak from: of a bare day its end. */
function spokenAtOf(on: string | undefined, at: LocalTime): LocalTime | null {
  if (on === undefined) return null;
  const [, date = '', clock] = /^(\d{4}-\d{2}-\d{2})(?:T((?:[01]\d|2[0-3]):[0-5]\d))?$/.exec(on) ?? [];
  const wrong = (problem: string): BadInput =>
    new BadInput([{ place: '--on', problem, mend: '写成 2026-11-10 或 2026-11-10T20:15，不晚于现在' }]);
  if (!isDate(date)) throw wrong(`看不懂这个日期：${on}`);
  if (clock === undefined && date === dateOfTime(at)) return null;
  const moment = `${date}T${clock ?? '23:59'}:00`;
  if (moment > at) throw wrong(`${on} 还没有到`);
  return moment;
}

/** The branch named, the only one, or the only one that has somebody of this name. */
function branchOf(
  town: TownState,
  { branch: wanted, as: name, town: isOffice }: Options,
): BranchState | null {
  const all = Object.values(town.branches);
  const fitting =
    wanted === undefined
      ? [all, all.filter((b) => b.people[name] !== undefined)].find((some) => some.length === 1)
      : branchesCalled(town, wanted);
  if (fitting?.length === 1) return fitting[0] as BranchState;
  if (wanted === undefined && isOffice) return null;
  throw new BadInput([
    {
      place: '--branch',
      problem: wanted === undefined ? '请写明支部' : `没有“${wanted}”`,
      mend: `可选：${all.map((b) => b.name).join('、')}`,
    },
  ]);
}

function sittingOf(town: TownState, options: Options, at: LocalTime): Sitting {
  const branch = branchOf(town, options);
  const { as: name } = options;
  const spokenAt = spokenAtOf(options.on, at);
  const isOffice = options.town === true;
  const left = branch?.people[name]?.left;
  const isMember =
    branch !== null &&
    rolesOn(branch, name, at).length > 0 &&
    (left === null || left === undefined || left.date >= dateOfTime(at));
  if (isOfficer(town, name, at) || (isMember && !isOffice)) return { name, branch, isOffice, at, spokenAt };
  const problem = isMember
    ? `“${name}”不是镇组织办的人，不能用 --town`
    : left
      ? `“${name}”已经转出`
      : `名册里没有“${name}”`;
  throw new BadInput([{ place: '--as', problem, mend: '写名册里的姓名，或镇组织办的人' }]);
}

/**
 * Does on the command line what people do in chat: the same commands, the same permissions, the same entries, and what
 * the calendar brings, before the words and after them. A month and a year can be finished this way with no WeChat.
 */
async function act(words: readonly string[], options: Options): Promise<void> {
  const lines = await linesOf(words, options.file);
  const folder = ledgerFolder(options.data);
  if ((await readMarker(realIO, folder)) === null)
    throw new BadInput([
      { place: options.data, problem: '这里没有账本', mend: '先用 lanxing import 导入名册' },
    ]);
  const store = await openTownStore(folder);
  try {
    const sitting = sittingOf(store.state(), options, shanghai(Date.now()));
    const policy = readPolicyFiles(options.policy);
    // From here on something may be done, so what fails is no bad input any more.
    await guard(() => sit({ store, folder, policy, sitting }, lines, options.yes === true), 1);
  } finally {
    await store.close();
  }
}

const MORE = `
不写要办的事，就只办到时候该办的：到1号汇总、公示期满备案、新的一年等。每次办事前后也会先看这些。
补录加 --on：只有话里的日期从那天算；谁办的、什么时候录的，照实记现在。
要转告的话前面写着“（给某某）”：请打印、张贴或口头转告，兰星以后不会再发一遍。
退出码：0 办了或答了；1 有一件没有办（没有权限、条件不够、没听懂，或还等着回答；为什么已经写出来了）；2 用法或输入不对，什么也没有动。`;

/** `lanxing act --data DIR --branch NAME --as PERSON "WORDS"`: exit 1 = something was refused, and said why. */
export function actCommand(): Command {
  return withPolicy(new Command('act'))
    .description('没有微信也能办：以某人的名义在命令行上办一件事，权限和群里一样')
    .argument('[words...]', '要办的事，和在群里说的一样，例如 “核实 37 38”')
    .requiredOption('--data <folder>', '账本所在的文件夹（先停下正在运行的兰星）')
    .requiredOption('--as <name>', '谁在办：名册里的姓名，或镇组织办的人')
    .option('--branch <name>', '支部名称；只有一个支部时可以不写')
    .option('--town', '以镇组织办的身份办（备案收到、退回等），不需要有群')
    .option('--file <file>', '从文件逐行办，例如纸面登记后补录：文本、Excel（.xlsx）或 CSV，表里一行一件')
    .option('--on <date>', '补录：话里的“今天”“昨晚”从哪一天算，如 2026-11-10 或 2026-11-10T20:15')
    .option('--yes', '需要再确认的事直接回“确定”')
    .addHelpText('after', MORE)
    .action((words: string[], options: Options) => guard(() => act(words, options)));
}
