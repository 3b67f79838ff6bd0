import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { formatCsv } from '../../boards/roster/csv.ts';
import { rosterBook, rosterCells } from '../../boards/excel/roster-book.ts';
import { annex2Views, annex3OfMonth, annex3OfYear } from '../../commands/forms/annex-views.ts';
import { agendaView } from '../../commands/month/agenda-view.ts';
import { unconfirmedView } from '../../commands/month/answers.ts';
import { filingView } from '../../commands/month/filing-view.ts';
import { boardView } from '../../commands/month/board.ts';
import { policyFor } from '../../ledger/policy.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addDays, dateOf, dateOfTime, isMonth, lastDay, shanghai } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { render } from '../rendering.ts';
import { postNames, rosterRecords } from '../roster.ts';
import { encodeCsv } from '../roster-file.ts';
import { BadInput, guard, readPolicyFiles } from './input.ts';
import { branchMeant, readLedger } from './ledger.ts';

interface Options {
  data: string;
  branch?: string;
  month?: string;
  year?: string;
  member?: string;
  format: string;
  to: string;
  each?: boolean;
}

/** A file to be written: its name and how its bytes are made. */
interface Paper {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}

interface Asked {
  readonly branch: BranchState;
  readonly policy: Policy;
  readonly options: Options;
  readonly today: string;
}

function monthOf({ options }: Asked): string {
  if (options.month === undefined || !isMonth(options.month))
    throw new BadInput([{ place: '--month', problem: '请写明月份', mend: '例如 --month 2026-11' }]);
  return options.month;
}

function yearOf({ options }: Asked): number {
  if (options.year === undefined || !/^\d{4}$/.test(options.year))
    throw new BadInput([{ place: '--year', problem: '请写明年份', mend: '例如 --year 2026' }]);
  return Number(options.year);
}

/** One form in the asked formats. */
function papers(asked: Asked, form: string, name: string, view: unknown): Paper[] {
  const formats = asked.options.format === 'both' ? ['excel', 'word'] : [asked.options.format];
  return formats.map((format) => ({
    name: `${name}.${format === 'word' ? 'docx' : 'xlsx'}`,
    bytes: () => render({ kind: 'file', name, form: `${form}-${format}`, view }),
  }));
}

function annex2(asked: Asked): Paper[] {
  const year = yearOf(asked);
  const { branch, policy, options, today } = asked;
  if (options.member !== undefined && !branch.people[options.member])
    throw new BadInput([{ place: '--member', problem: `名册里没有“${options.member}”` }]);
  const views = annex2Views(branch, policy, year, today, options.member);
  if (views.length === 0) throw new BadInput([{ place: '--year', problem: `${year}年没有人在册` }]);
  if (options.each)
    return views.flatMap((view) =>
      papers(asked, 'annex2', `附件2 ${branch.name} ${view.name} ${year}`, [view]),
    );
  return papers(
    asked,
    'annex2',
    `附件2 ${branch.name}${options.member ? ` ${options.member}` : ''} ${year}`,
    views,
  );
}

function annex3(asked: Asked): Paper[] {
  const { branch, policy, options } = asked;
  if (options.year !== undefined)
    return papers(
      asked,
      'annex3',
      `附件3 ${branch.name} ${yearOf(asked)}年度`,
      annex3OfYear(branch, policy, yearOf(asked)),
    );
  const month = monthOf(asked);
  return papers(asked, 'annex3', `附件3 ${branch.name} ${month}`, annex3OfMonth(branch, policy, month));
}

function agenda(asked: Asked): Paper[] {
  const month = monthOf(asked);
  const { branch, policy } = asked;
  const [year, number] = addDays(lastDay(month), 1).split('-').map(Number) as [number, number];
  const meeting = dateOf(year, number, branch.settings.themeDay) ?? addDays(lastDay(month), 15);
  return papers(
    asked,
    'agenda',
    `${branch.name} ${month} 支委会议程`,
    agendaView(branch, policy, month, meeting, shanghai(Date.now())),
  );
}

function filing(asked: Asked): Paper[] {
  const month = monthOf(asked);
  const view = filingView(asked.branch, asked.policy, month, shanghai(Date.now()));
  if (!view) throw new BadInput([{ place: '--month', problem: `${month}还没有公示，没有备案材料` }]);
  return papers(asked, 'filing', `${asked.branch.name} ${month} 备案`, view);
}

function unconfirmed(asked: Asked): Paper[] {
  const month = monthOf(asked);
  const view = unconfirmedView(asked.branch, month);
  if (!view) throw new BadInput([{ place: '--month', problem: `${month}还没有公示` }]);
  return papers(asked, 'unconfirmed', `${asked.branch.name} ${month} 未确认名单`, view);
}

function signIn(asked: Asked): Paper[] {
  const { branch, today } = asked;
  const planned = Object.values(branch.meetings)
    .filter((m) => !m.cancelled && m.date >= today)
    .sort((a, b) => (a.date < b.date ? -1 : 1))[0];
  const members = rosterRecords(branch, today)
    .filter((r) => r.status !== 'exempt')
    .map((r) => ({ name: r.name, ...(r.group ? { group: r.group } : {}) }));
  const view = {
    branch: branch.name,
    meeting: planned?.name ?? '主题党日',
    date: planned?.date ?? today,
    members,
  };
  return papers(asked, 'sign-in', `${branch.name} ${view.date} ${view.meeting}签到表`, view);
}

function board(asked: Asked): Paper[] {
  const month = monthOf(asked);
  const standing = standingBoard(asked.branch.months[month]);
  if (!standing)
    throw new BadInput([{ place: '--month', problem: `${month}还没有公示`, mend: '核对草稿请导出 annex3' }]);
  const name = `${asked.branch.name} ${month} 公示榜 v${standing.version}.png`;
  return [
    {
      name,
      bytes: () =>
        render({ kind: 'image', name, form: 'board-picture', view: boardView(asked.branch, standing) }),
    },
  ];
}

function roster(asked: Asked): Paper[] {
  const { branch, policy, options, today } = asked;
  const records = rosterRecords(branch, today);
  const posts = postNames(policy, branch);
  return options.format === 'csv'
    ? [
        {
          name: `${branch.name} 名册.csv`,
          bytes: async () => encodeCsv(formatCsv(rosterCells(records, posts))),
        },
      ]
    : [{ name: `${branch.name} 名册.xlsx`, bytes: () => rosterBook(branch.name, records, posts) }];
}

const FORMS: Readonly<Record<string, { readonly says: string; readonly make: (asked: Asked) => Paper[] }>> = {
  annex2: { says: '附件2 党员记录表（--year；--member 一个人；--each 每人一个文件）', make: annex2 },
  annex3: { says: '附件3 评分汇总表（--month 或 --year）', make: annex3 },
  agenda: { says: '支委会议程（--month）', make: agenda },
  filing: { says: '备案材料（--month）', make: filing },
  unconfirmed: { says: '未确认名单，打电话用（--month）', make: unconfirmed },
  'sign-in': { says: '下一次会议的签到表', make: signIn },
  board: { says: '公示榜图片（--month）', make: board },
  roster: { says: '名册（--format excel 或 csv），可改后再导入', make: roster },
};

async function exportForm(form: string, options: Options): Promise<void> {
  const chosen = FORMS[form];
  if (!chosen)
    throw new BadInput([
      {
        place: 'export',
        problem: `没有“${form}”这种表`,
        mend: `可选：${Object.keys(FORMS).join('、')}、template`,
      },
    ]);
  if (!['excel', 'word', 'both', 'csv'].includes(options.format))
    throw new BadInput([
      { place: '--format', problem: `没有“${options.format}”这种格式`, mend: '可选：excel、word、both、csv' },
    ]);
  const { town } = await readLedger(options.data);
  const branch = branchMeant(town, options.branch);
  const today = dateOfTime(shanghai(Date.now()));
  const policy = policyFor(
    readPolicyFiles(),
    town.office,
    branch,
    options.month === undefined ? today : lastDay(options.month),
  );
  await write(chosen.make({ branch, policy, options, today }), options.to);
}

async function write(files: readonly Paper[], folder: string): Promise<void> {
  for (const file of files) {
    const path = join(resolve(folder), file.name);
    try {
      writeFileSync(path, await file.bytes(), { mode: 0o600 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      throw new BadInput([
        { place: path, problem: `写不了（${String(error.code)}）`, mend: '用 --to 换一个文件夹' },
      ]);
    }
    process.stdout.write(`${path}\n`);
  }
}

/** `lanxing export FORM --data DIR [--branch NAME] [--month M | --year Y] [--format excel|word|both] [--to DIR]`. */
export function exportCommand(): Command {
  const list = Object.entries(FORMS).map(([name, { says }]) => `  ${name.padEnd(12)} ${says}`);
  return new Command('export')
    .description('导出表格与材料，写完后逐个输出文件路径')
    .argument('<form>', `哪种表：${Object.keys(FORMS).join('、')}、template`)
    .option('--data <folder>', '账本所在的文件夹')
    .option('--branch <name>', '支部名称；只有一个支部时可以不写')
    .option('--month <month>', '哪个月，如 2026-11')
    .option('--year <year>', '哪一年，如 2026')
    .option('--member <name>', '只要一个人的')
    .option('--each', '每人一个文件')
    .option('--format <format>', 'excel、word、both；名册还可以 csv', 'excel')
    .option('--to <folder>', '写到哪个文件夹', '.')
    .addHelpText('after', `\n表的种类：\n${list.join('\n')}\n  template     空白名册模板`)
    .action((form: string, options: Options & { data?: string }) =>
      guard(async () => {
        if (form === 'template') {
          const posts = postNames(readPolicyFiles(), null);
          return write([{ name: '名册模板.xlsx', bytes: () => rosterBook('', [], posts) }], options.to);
        }
        if (options.data === undefined)
          throw new BadInput([{ place: '--data', problem: '请写明账本所在的文件夹' }]);
        return exportForm(form, options);
      }),
    );
}
