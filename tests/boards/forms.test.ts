import { describe, expect, jest, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { agendaForm } from '../../boards/agenda-form.ts';
import { entriesOf, settleArchive } from '../../boards/archive.ts';
import { excelOf } from '../../boards/excel/workbook.ts';
import { filingForm } from '../../boards/filing-form.ts';
import { type Form, lineCount, placed, rowHeights, writingHeight, writingWidth } from '../../boards/form.ts';
import { signInForm, stageForm, unconfirmedForm } from '../../boards/list-forms.ts';
import { annex2Form, annex2Totals, annex3Form } from '../../boards/sheets.ts';
import type { Annex2Month, Annex2View } from '../../boards/views/member.ts';
import { wordOf } from '../../boards/word/document.ts';
import { board, row, rows } from './sample.ts';

const month = (n: number, more: Partial<Annex2Month> = {}): Annex2Month => ({
  month: `2031-${String(n).padStart(2, '0')}`,
  obligation: 38,
  service: 50.5,
  bonus: 0,
  deduction: '',
  ...more,
});
const person: Annex2View = {
  town: '云岭镇',
  branch: '青石坳村',
  year: 2031,
  name: '赵一鸣',
  profile: {
    gender: '男',
    born: '1970-10',
    ethnicity: '土家族',
    education: '高中',
    joinedParty: '1995-07-01',
    health: '良好',
    phone: '13900000001',
  },
  months: [
    month(1),
    month(2, { bonus: 2, service: 52 }),
    month(3, { outOfScope: '未纳入积分管理' }),
    month(4, { service: null }),
  ],
  result: { score: 90.75, grade: '优秀', stars: 5 },
};

async function reread(form: Form): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  const bytes = new Uint8Array(await excelOf(form));
  await book.xlsx.load(bytes.buffer);
  return book;
}

/** The values of a sheet row by row, merged cells once, empty ones left out. */
function valuesOf(sheet: ExcelJS.Worksheet): unknown[][] {
  const lines: unknown[][] = [];
  sheet.eachRow((line) => {
    const values: unknown[] = [];
    line.eachCell((cell) => {
      if (cell.master.address === cell.address && cell.value !== null) values.push(cell.value);
    });
    lines.push(values);
  });
  return lines;
}

async function sheetXml(form: Form): Promise<string> {
  const sheet = entriesOf(await excelOf(form)).find(({ name }) => name.endsWith('/sheet1.xml'));
  return new TextDecoder().decode(sheet?.data);
}

async function wordText(form: Form): Promise<{ document: string; footer: string }> {
  const entries = entriesOf(await wordOf(form));
  const textOf = (pattern: RegExp) =>
    entries
      .filter(({ name }) => pattern.test(name))
      .map(({ data }) => new TextDecoder().decode(data))
      .join('');
  return { document: textOf(/^word\/document\.xml$/), footer: textOf(/^word\/footer\d+\.xml$/) };
}

describe('附件3', () => {
  const list = [
    row('赵一鸣', { bonus: 2, total: 94 }),
    row('钱二妹', { service: null, total: null }),
    row('孙三元', { deduction: '年度清零', total: 0 }),
  ];

  test('has the head, columns and figures of the annex, cell by cell', async () => {
    const book = await reread(annex3Form(board(list)));
    const [title, period, line, head, ...body] = valuesOf(book.worksheets[0]!);
    expect(title).toEqual(['云岭镇青石坳村党支部党员积分管理评分汇总表']);
    expect(period).toEqual(['（2031年5月）']);
    expect(line).toEqual(['附件3', '评分时间：　　年　　月　　日']);
    expect(head!.map((text) => String(text).replaceAll('\n', ''))).toEqual([
      '党员姓名',
      '志愿服务岗位',
      '履行党员义务（40分）',
      '志愿服务岗位（60分）',
      '加分项（最高10分）',
      '扣分项',
      '合计得分',
      '党员签字',
    ]);
    expect(body.slice(0, 3)).toEqual([
      ['赵一鸣', '治安巡逻\n家风家教', 40, 52, 2, 94],
      ['钱二妹', '治安巡逻\n家风家教', 40, '待评', 0, '待评'],
      ['孙三元', '治安巡逻\n家风家教', 40, 52, 0, '年度清零', 0],
    ]);
    expect(body.flat().join()).toMatch(/积分记录员签字：.*支部书记签字：/);
  });

  test('prints on A4, one page wide, with repeated headings and page numbers', async () => {
    const sheet = (await reread(annex3Form(board(rows(120))))).worksheets[0]!;
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    });
    expect(sheet.pageSetup.printTitlesRow).toBe('4:4');
    expect(sheet.headerFooter.oddFooter).toContain('第 &P 页 共 &N 页');
    expect(sheet.headerFooter.oddFooter).toContain('校验码');
  });

  test('of 46 members ends its pages in Excel where they are equally full, and its rows grow in Word', async () => {
    const breaks = async (count: number): Promise<number> =>
      (await sheetXml(annex3Form(board(rows(count))))).match(/<brk /g)?.length ?? 0;
    expect(await Promise.all([12, 46].map(breaks))).toEqual([0, 2]);
    const least = async (count: number): Promise<number[]> => {
      const { document } = await wordText(annex3Form(board(rows(count))));
      return [...document.matchAll(/<w:trHeight w:val="(\d+)"/g)].map((m) => Number(m[1])).slice(1);
    };
    const [few, many] = await Promise.all([least(12), least(46)]);
    expect(new Set(many).size).toBe(1);
    expect(many[0]).toBeGreaterThan(few[0]!);
  });

  test('comes out of Word with the same rows, repeated headings, untorn rows and page numbers', async () => {
    const view = board(rows(45));
    const { document, footer } = await wordText(annex3Form(view));
    for (const each of view.rows) expect(document).toContain(`>${each.name}<`);
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(document.match(/<w:cantSplit\/>/g)).toHaveLength(46);
    expect(document).toMatch(/<w:pgSz w:w="119\d\d" w:h="168\d\d" w:orient="portrait"\/>/);
    expect(footer).toContain('PAGE');
    expect(footer).toContain('NUMPAGES');
  });

  test('of a year has a column for the grade', async () => {
    const view = board([row('赵一鸣', { grade: '优秀', stars: 5 })], { period: '2031' });
    const lines = valuesOf((await reread(annex3Form({ ...view, scoredOn: '2032-01-08' }))).worksheets[0]!);
    expect(lines[2]).toEqual(['附件3', '评分时间：2032年1月8日']);
    expect(lines[3]).toContain('等次');
    expect(lines[4]).toContain('优秀\n★★★★★');
  });
});

describe('附件2', () => {
  test('has the profile, twelve months, sum and average, and signature lines', async () => {
    const lines = valuesOf((await reread(annex2Form([person]))).worksheets[0]!);
    expect(lines[0]).toEqual(['云岭镇青石坳村党支部党员日常行为积分管理记录表']);
    expect(lines[1]).toEqual(['（2031年度）']);
    expect(lines[3]).toEqual(['所在支部：青石坳村党支部']);
    expect(lines[4]).toEqual([
      '基本\n情况',
      '姓名',
      '赵一鸣',
      '性别',
      '男',
      '出生\n年月',
      '1970年10月',
      '民族',
      '土家族',
    ]);
    expect(lines[5]).toEqual([
      '学历',
      '高中',
      '入党\n时间',
      '1995年7月',
      '身体\n状况',
      '良好',
      '联系\n电话',
      '13900000001',
    ]);
    expect(lines[7]).toEqual(['1月', 38, 50.5, 0]);
    expect(lines[8]).toEqual(['2月', 38, 52, 2]);
    expect(lines[9]).toEqual(['3月', '未纳入积分管理']);
    expect(lines[10]).toEqual(['4月', 38, '待评', 0]);
    expect(lines[18]).toEqual(['12月']);
    expect(lines[19]).toEqual(['合计\n总分', 76, 102.5, 2]);
    expect(lines[20]).toEqual(['合计\n平均', 38, 51.25, 1]);
    expect(lines.flat().join()).toMatch(/年度积分：90\.75.*优秀★★★★★.*党员签字：.*支部书记签字：/);
  });

  test('fits one page a member in Excel as well', async () => {
    const sheet = (await reread(annex2Form([{ ...person, note: '4月评分时调整过一次。' }]))).worksheets[0]!;
    let points = 0;
    for (let i = 1; i <= sheet.rowCount; i++) points += sheet.getRow(i).height;
    expect(points).toBeLessThan(writingHeight({}));
  });

  test('for a branch is one sheet a member in Excel and one page a member in Word', async () => {
    const form = annex2Form([person, { ...person, name: '钱二妹' }, { ...person, name: '钱二妹' }]);
    expect((await reread(form)).worksheets.map((sheet) => sheet.name)).toEqual([
      '赵一鸣',
      '钱二妹',
      '钱二妹 2',
    ]);
    expect((await wordText(form)).document.match(/<w:pageBreakBefore\/>/g)).toHaveLength(2);
  });

  test('reckons sums without binary dust and rounds the average half up', () => {
    const months = [
      month(1, { service: 0.1, obligation: 10.01 }),
      month(2, { service: 0.2, obligation: 10.02 }),
    ];
    const { sum, average } = annex2Totals(months);
    expect(sum).toMatchObject({ service: 0.3, obligation: 20.03 });
    expect(average).toMatchObject({ service: 0.15, obligation: 10.02 });
    expect(annex2Totals([])).toMatchObject({ months: 0, sum: { obligation: 0 } });
  });

  test('leaves sum and average empty where no month counts', async () => {
    const lines = valuesOf((await reread(annex2Form([{ ...person, months: [] }]))).worksheets[0]!);
    expect(lines[19]).toEqual(['合计\n总分']);
    expect(lines[20]).toEqual(['合计\n平均']);
  });
});

describe('Names that look like formulas', () => {
  const names = ['=1+1', '+cmd', '-2', '@SUM(A1)', "='x'!A1"];

  test('are text in Excel: strings in text cells, no formula anywhere', async () => {
    const form = annex3Form(board(names.map((name) => row(name))));
    const sheet = (await reread(form)).worksheets[0]!;
    names.forEach((name, i) => {
      const cell = sheet.getCell(5 + i, 1);
      expect([cell.value, cell.type, cell.numFmt]).toEqual([name, ExcelJS.ValueType.String, '@']);
    });
    const xml = entriesOf(await excelOf(form))
      .map(({ data }) => new TextDecoder().decode(data))
      .join('');
    expect(xml).not.toMatch(/<f[ >]/);
  });

  test('make legal sheet names of their own', async () => {
    const form = annex2Form(
      ["a/b:c?[d]*'", '', 'history', '很'.repeat(40), '很'.repeat(40)].map((name) => ({ ...person, name })),
    );
    const sheets = (await reread(form)).worksheets.map((sheet) => sheet.name);
    expect(new Set(sheets).size).toBe(5);
    for (const name of sheets) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
  });
});

describe('The other papers', () => {
  test('the agenda pack has everybody and every open matter', async () => {
    const form = agendaForm({
      town: '云岭镇',
      branch: '青石坳村',
      month: '2031-05',
      meeting: '2031-06-05',
      preparedAt: '2031-06-04T18:00:00',
      rows: [
        {
          name: '赵一鸣',
          obligation: 38,
          deductions: ['组织生活 迟到 −2'],
          bonus: 0,
          posts: [{ post: '治安巡逻岗', done: 1, minimum: 2, suggested: 25, given: null }],
        },
      ],
      unverified: [{ number: 41, text: '钱二妹 5月30日 大扫除' }],
      bonusClaims: [{ number: 7, name: '孙三元', item: '县级表彰', points: 2 }],
      objections: [{ number: 3, about: '李四海', item: '学习教育', outcome: '处理中', due: '2031-06-10' }],
      rulings: [
        {
          number: 2,
          about: '周五谷',
          item: '岗位分',
          outcome: '采纳',
          ruling: '补记一次',
          answeredOn: '2031-05-20',
        },
      ],
    });
    const [people, matters] = (await reread(form)).worksheets.map((sheet) => valuesOf(sheet));
    expect(people![4]).toEqual(['赵一鸣', 38, '组织生活 迟到 −2', '治安巡逻 1/2次 建议25', 0]);
    expect(matters!.slice(2).map((line) => line.slice(0, 4))).toEqual([
      ['加分', 7, '孙三元', '县级表彰，建议2分'],
      ['待核实', 41, '钱二妹 5月30日 大扫除'],
      ['未结异议', 3, '李四海', '学习教育：处理中，6月10日前答复'],
      ['通报裁定', 2, '周五谷', '岗位分：采纳，补记一次'],
    ]);
  });

  test('the filing package has cover, sheet, rulings, answers, and the whole fingerprint', async () => {
    const view = board(rows(3));
    const form = filingForm({
      board: view,
      scoredOn: '2031-05-28',
      closedAt: '2031-06-12T00:00:00',
      confirmations: [
        { name: view.rows[0]!.name, score: 92, how: 'reply' },
        { name: view.rows[1]!.name, score: 91, how: 'proxy', by: '女儿' },
      ],
      unconfirmed: [view.rows[2]!.name],
      objections: [
        { number: 1, about: view.rows[1]!.name, item: '学习教育', outcome: '不采纳', ruling: '记录无误' },
      ],
      secretary: '周五谷',
    });
    const book = await reread(form);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual([
      '备案封面',
      '附件3 2031年5月',
      '异议和裁定',
      '确认情况',
    ]);
    const cover = valuesOf(book.worksheets[0]!).flat().join('|');
    expect(cover.replaceAll('\n', '')).toContain(view.fingerprint);
    expect(cover).toContain('2人（本人回复1，他人代答1，纸质签字0）');
    expect(valuesOf(book.worksheets[1]!).flat()).toContain('评分时间：2031年5月28日');
    const answers = valuesOf(book.worksheets[3]!).slice(2);
    expect(answers).toEqual([
      [view.rows[0]!.name, 92, '本人回复'],
      [view.rows[1]!.name, 91, '他人代答', '女儿'],
      [view.rows[2]!.name, view.rows[2]!.total, '未确认'],
    ]);
  });

  test('the call list leaves out who objected; the sign-in sheet has everybody in two halves; the stage table no score', async () => {
    const people = [
      { name: '赵一鸣', total: 92 },
      { name: '钱二妹', total: 90, objecting: true },
    ];
    const calls = unconfirmedForm({
      branch: '青石坳村',
      period: '2031-05',
      version: 1,
      closes: '2031-06-11',
      members: 4,
      confirmed: 2,
      people,
    });
    expect(JSON.stringify(valuesOf((await reread(calls)).worksheets[0]!))).toMatch(/赵一鸣(?!.*钱二妹)/);

    const members = rows(45).map(({ name }) => ({ name }));
    const signIn = valuesOf(
      (await reread(signInForm({ branch: '青石坳村', meeting: '主题党日', date: '2031-06-05', members })))
        .worksheets[0]!,
    );
    expect(
      signIn
        .slice(4)
        .flat()
        .filter((value) => members.some(({ name }) => name === value)),
    ).toHaveLength(45);
    expect(signIn[4]!.slice(0, 4)).toEqual([1, members[0]!.name, 24, members[23]!.name]);

    const stages = stageForm({
      town: '云岭镇',
      period: '2031-05',
      at: '2031-06-12T08:00:00',
      rows: [
        {
          branch: '=乙村',
          members: 20,
          stage: '公示中',
          progress: 0.5,
          daysLate: 3,
          openTickets: 0,
          unconfirmed: 3,
        },
      ],
    });
    expect(valuesOf((await reread(stages)).worksheets[0]!).at(-1)).toEqual([1, '=乙村', 20, '公示中', 3, 3]);
  });

  test('no table is wider than its page', () => {
    const forms = [
      annex3Form(board(rows(2))),
      annex3Form(board(rows(2), { period: '2031' })),
      annex2Form([person]),
    ];
    for (const form of forms)
      for (const { table } of form.sections)
        expect(table!.widths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(writingWidth(form));
  });
});

describe('The page beneath', () => {
  test('spanning cells push the ones after them aside', () => {
    const cells = placed([
      [
        { value: 'a', down: 2 },
        { value: 'b', across: 2 },
      ],
      [{ value: 'c' }, { value: 'd' }],
    ]);
    expect(cells.map(({ row: y, column, cell }) => [cell.value, y, column])).toEqual([
      ['a', 0, 0],
      ['b', 0, 1],
      ['c', 1, 1],
      ['d', 1, 2],
    ]);
  });

  test('a row is high enough for the longest text in it', () => {
    const [short, long] = rowHeights([[{ value: '短' }], [{ value: '很长的一段话'.repeat(10) }]], [40], 10);
    expect(long).toBeGreaterThan(short! * 3);
    expect(lineCount('十个汉字十个汉字十个', 22, 12)).toBe(3);
  });

  test('the same form gives the same bytes, whatever the clock says', async () => {
    const form = annex3Form(board(rows(3)));
    const at = (now: string) => {
      jest.useFakeTimers({
        now: new Date(now),
        doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
      });
      return Promise.all([excelOf(form), wordOf(form)]);
    };
    const first = await at('2031-06-04T09:00:00Z');
    const second = await at('2033-01-01T21:00:07Z');
    jest.useRealTimers();
    first.forEach((bytes, i) => expect(Buffer.from(bytes).equals(Buffer.from(second[i]!))).toBe(true));
  });

  test('what is no archive is refused', () => {
    expect(() => settleArchive(new Uint8Array(40))).toThrow('not a zip archive');
  });
});
