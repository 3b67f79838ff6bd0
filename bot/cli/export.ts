import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { agendaForm } from '../../boards/agenda-form.ts';
import { rosterBook, rosterCells } from '../../boards/excel/roster-book.ts';
import { excelOf } from '../../boards/excel/workbook.ts';
import { filingForm } from '../../boards/filing-form.ts';
import type { Form } from '../../boards/form.ts';
import { signInForm, unconfirmedForm } from '../../boards/list-forms.ts';
import { formatCsv } from '../../boards/roster/csv.ts';
import { annex2Form, annex3Form } from '../../boards/sheets.ts';
import { wordOf } from '../../boards/word/document.ts';
import { agendaView } from '../../commands/month/agenda-view.ts';
import { unconfirmedView } from '../../commands/month/answers.ts';
import { filingView } from '../../commands/month/filing-view.ts';
import { annex3OfYear } from '../../commands/year/year-sheet.ts';
import { newBranch } from '../../ledger/empty-state.ts';
import { policyFor } from '../../ledger/policy.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime, isMonth, type LocalTime, monthOf, shanghai } from '../../scoring/calendar.ts';
import { annex2Views, annex3Month, type PolicyOn } from '../form-views.ts';
import { encodeCsv } from '../roster-file.ts';
import { rosterOf, rosterPosts } from '../roster-import.ts';
import { branchesCalled } from '../speaking.ts';
import { ledgerFolder, readTown } from '../town-store.ts';
import { BadInput, guard, readPolicyFiles, withPolicy } from './input.ts';

interface Options {
  data: string;
  branch?: string;
  month?: string;
  year?: string;
  member?: string;
  each?: boolean;
  format: string;
  out: string;
  policy: readonly string[];
}

/** What a form is made from. */
interface Request {
  readonly state: BranchState;
  readonly policyOn: PolicyOn;
  readonly at: LocalTime;
  readonly month: string;
  readonly year: number | null;
  readonly member: string | null;
  /** One file a member instead of one for the branch. */
  readonly each: boolean;
}

/** The printed forms by the names they are asked for. */
const FORMS: Readonly<Record<string, (request: Request) => Form[]>> = {
  annex2: annex2,
  annex3: ({ state, policyOn, month, year }) => [
    annex3Form(
      year === null
        ? annex3Month(state, policyOn, month)
        : annex3OfYear(state, policyOn(`${year}-12-31`), year),
    ),
  ],
  agenda: ({ state, policyOn, month, at }) => [
    agendaForm(agendaView(state, policyOn(dateOfTime(at)), month, dateOfTime(at), at)),
  ],
  filing: ({ state, policyOn, month, at }) => {
    const view = filingView(state, policyOn(dateOfTime(at)), month, at);
    if (view === null) throw noBoard(month);
    return [filingForm(view)];
  },
  unconfirmed: ({ state, month }) => {
    const view = unconfirmedView(state, month);
    if (view === null) throw noBoard(month);
    return [unconfirmedForm(view)];
  },
  'sign-in': ({ state, at }) => {
    const members = rosterOf(state, dateOfTime(at)).map(({ name, group }) => ({
      name,
      ...(group === undefined ? {} : { group }),
    }));
    return [signInForm({ branch: state.name, meeting: '主题党日', date: dateOfTime(at), members })];
  },
};

const WORDS: Readonly<Record<string, string>> = {
  附件2: 'annex2',
  附件3: 'annex3',
  议程: 'agenda',
  备案: 'filing',
  未确认: 'unconfirmed',
  签到表: 'sign-in',
  名册: 'roster',
  模板: 'template',
};

function noBoard(month: string): BadInput {
  return new BadInput([
    { place: '--month', problem: `${month} 还没有公示榜`, mend: '公示以后再导出，或换一个月份' },
  ]);
}

function annex2({ state, policyOn, at, month, year, member, each }: Request): Form[] {
  const views = annex2Views(state, policyOn, year ?? Number(month.slice(0, 4)), monthOf(at)).filter(
    (view) => member === null || view.name === member,
  );
  if (views.length === 0) {
    const problem = member === null ? '这一年没有纳入积分管理的党员' : `这一年没有“${member}”的积分`;
    throw new BadInput([{ place: member === null ? '--year' : '--member', problem }]);
  }
  return each ? views.map((view) => annex2Form([view])) : [annex2Form(views)];
}

async function exportForm(asked: string, options: Options): Promise<void> {
  const what = WORDS[asked] ?? asked;
  const make = FORMS[what];
  if (make === undefined && what !== 'roster' && what !== 'template')
    throw new BadInput([
      { place: asked, problem: '没有这种表', mend: `可选：${Object.keys(WORDS).join('、')}` },
    ]);
  const formats = make === undefined ? ['excel', 'csv'] : ['excel', 'word', 'both'];
  if (!formats.includes(options.format))
    throw new BadInput([
      {
        place: '--format',
        problem: `${asked}没有 ${options.format} 格式`,
        mend: `可选：${formats.join('、')}`,
      },
    ]);
  const request = await requestOf(options, what === 'template');
  const files =
    make === undefined
      ? await rosterFiles(what, request, options.format)
      : await formFiles(make(request), options.format);
  try {
    mkdirSync(options.out, { recursive: true });
    for (const { name, bytes } of files) {
      const path = join(options.out, name);
      // Forms carry personal data: readable by their owner only.
      writeFileSync(path, bytes, { mode: 0o600 });
      process.stdout.write(`${path}\n`);
    }
  } catch (error) {
    throw new BadInput([
      { place: options.out, problem: `写不了（${error instanceof Error ? error.message : String(error)}）` },
    ]);
  }
}

interface OutFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function formFiles(forms: readonly Form[], format: string): Promise<OutFile[]> {
  const files: OutFile[] = [];
  for (const form of forms) {
    const name = fileName(form.name);
    if (format !== 'word') files.push({ name: `${name}.xlsx`, bytes: await excelOf(form) });
    if (format !== 'excel') files.push({ name: `${name}.docx`, bytes: await wordOf(form) });
  }
  return files;
}

async function rosterFiles(
  what: string,
  { state, policyOn, at }: Request,
  format: string,
): Promise<OutFile[]> {
  const records = what === 'template' ? [] : rosterOf(state, dateOfTime(at));
  const posts = rosterPosts(policyOn(dateOfTime(at)), state);
  const name = fileName(`${state.name}${what === 'template' ? '党员名册模板' : '党员名册'}`);
  if (format === 'csv')
    return [{ name: `${name}.csv`, bytes: encodeCsv(formatCsv(rosterCells(records, posts))) }];
  return [{ name: `${name}.xlsx`, bytes: await rosterBook(state.name, records, posts) }];
}

/** A name that every file system takes: no separators or wildcards, and not so long that the path is refused. */
function fileName(name: string): string {
  return Array.from(name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim())
    .slice(0, 70)
    .join('');
}

/** An empty table can be asked for before there is a ledger, for a branch of any name. */
async function requestOf(options: Options, isEmpty: boolean): Promise<Request> {
  const at = shanghai(Date.now());
  const { month } = options;
  if (month !== undefined && !isMonth(month))
    throw new BadInput([{ place: '--month', problem: `月份不存在：${month}`, mend: '写成 2026-11' }]);
  if (options.year !== undefined && !/^\d{4}$/.test(options.year))
    throw new BadInput([{ place: '--year', problem: `年份不对：${options.year}`, mend: '写成 2026' }]);
  const { town, findings } = await readTown(ledgerFolder(options.data));
  if (!isEmpty)
    for (const finding of findings) process.stderr.write(`${finding.place}：${finding.problem}\n`);
  const all = Object.values(town.branches);
  const called = options.branch === undefined ? all : branchesCalled(town, options.branch);
  const state = called.length === 1 ? called[0] : isEmpty ? newBranch(options.branch ?? '') : undefined;
  if (state === undefined) {
    const problem =
      all.length === 0
        ? '这里没有账本'
        : options.branch === undefined
          ? '有好几个支部'
          : `没有“${options.branch}”`;
    const mend =
      all.length === 0 ? '用 --data 指到账本所在的文件夹' : `可选：${all.map((b) => b.name).join('、')}`;
    throw new BadInput([{ place: all.length === 0 ? options.data : '--branch', problem, mend }]);
  }
  const base = readPolicyFiles(options.policy);
  return {
    state,
    policyOn: (day) => policyFor(base, town.office, state, day),
    at,
    month: month ?? latestMonth(state) ?? monthOf(at),
    year: options.year === undefined ? null : Number(options.year),
    member: options.member ?? null,
    each: options.each === true,
  };
}

/** The newest month that something happened in; the months before the branch began are waived. */
function latestMonth(state: BranchState): string | undefined {
  return Object.keys(state.months)
    .filter((month) => !state.months[month]?.waived)
    .sort()
    .at(-1);
}

/** `lanxing export WHAT --data DIR [--branch NAME] [--month M | --year Y] [--format excel|word|both|csv] [--out DIR]`. */
export function exportCommand(): Command {
  return withPolicy(new Command('export'))
    .description(
      '导出附件2、附件3、议程、备案材料、未确认名单、签到表（Excel、Word），名册和模板（Excel、CSV）',
    )
    .argument('<what>', Object.keys(WORDS).join('、'))
    .requiredOption('--data <folder>', '账本所在的文件夹')
    .option('--branch <name>', '支部名称；只有一个支部时可以不写')
    .option('--month <month>', '哪个月，如 2026-11；不写则是最近一个月')
    .option('--year <year>', '哪一年，如 2026（附件2、附件3）')
    .option('--member <name>', '只要一个人的附件2')
    .option('--each', '附件2每人一个文件')
    .option('--format <format>', 'excel、word、both；名册是 excel 或 csv', 'excel')
    .option('--out <folder>', '写到哪个文件夹', '.')
    .action((what: string, options: Options) => guard(() => exportForm(what, options)));
}
