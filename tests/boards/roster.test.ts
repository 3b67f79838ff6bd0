import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import { entriesOf } from '../../boards/archive.ts';
import { rosterBook, rosterCells } from '../../boards/excel/roster-book.ts';
import { COLUMNS, fieldOf, type RosterRecord } from '../../boards/roster/columns.ts';
import { formatCsv, parseCsv } from '../../boards/roster/csv.ts';
import { previewRoster, rosterText } from '../../boards/roster/preview.ts';
import { cellName, readRoster } from '../../boards/roster/read.ts';
import { readDate, readPhone, readPosts, readRole } from '../../boards/roster/values.ts';
import { decodeText, encodeCsv, readTable } from '../../bot/roster-file.ts';

const today = '2031-06-01';
const posts = [
  { id: 'security-patrol', name: '治安巡逻志愿服务岗' },
  { id: 'security-patrol', name: '治安巡逻岗' },
  { id: 'facility-upkeep', name: '公共设施维护岗' },
  { id: 'sanitation', name: '环境卫生维护岗' },
  { id: 'left-behind-care', name: '三留守关心关爱岗' },
  { id: 'family-virtue', name: '家风家教岗' },
];
const read = (cells: string[][]) => readRoster(cells, { today, posts });
const places = (findings: readonly { place: string }[]) => findings.map(({ place }) => place);

describe('A date in a roster', () => {
  test.each([
    ['1965.3', '1965-03'],
    ['1965年3月', '1965-03'],
    ['1965年03月12日', '1965-03-12'],
    ['1965-3-12', '1965-03-12'],
    ['1965/03', '1965-03'],
    ['196503', '1965-03'],
    ['19650312', '1965-03-12'],
    ['1965.10', '1965-10'],
    ['1965-03-12 00:00:00', '1965-03-12'],
    ['1965 3', '1965-03'],
    ['１９６５．０３', '1965-03'],
    ['一九六五年三月', '1965-03'],
    ['一九七〇年十二月二十三日', '1970-12-23'],
    ['1965年3月生', '1965-03'],
    ['23813', '1965-03-12'],
    ['65.3', '1965-03'],
    ['05.3', '2005-03'],
    ['Mar-65', '1965-03'],
  ])('%s is %s', (text, value) => {
    expect(readDate(text, today)).toMatchObject({ value });
  });

  test.each([
    '1965',
    '不详',
    '1965.13',
    '1965-02-30',
    '2031.7',
    '2031-06-02',
    '1850.1.1',
    '138',
    '1965.3.12.5',
    '1965年',
  ])('%s is a problem', (text) => {
    expect(readDate(text, today)).toHaveProperty('problem');
  });

  test('1965.1 is January, but may be an October that lost its zero: said', () => {
    expect(readDate('1965.1', today)).toMatchObject({
      value: '1965-01',
      doubt: expect.stringContaining('10月'),
    });
    expect(readDate('1965.01', today)).toEqual({ value: '1965-01' });
  });
});

describe('Other cells', () => {
  test('phones', () => {
    expect(readPhone('139-0000-0001')).toEqual({ value: '13900000001' });
    expect(readPhone('+86 13900000001')).toEqual({ value: '13900000001' });
    expect(readPhone('0713-4220000')).toEqual({ value: '07134220000' });
    for (const text of ['1390000000', '139000000011', '无'])
      expect(readPhone(text)).toHaveProperty('problem');
  });

  test.each([
    ['党支部书记', 'secretary'],
    ['副书记', 'deputy'],
    ['支部副书记', 'deputy'],
    ['组织委员', 'committee'],
    ['支委', 'committee'],
    ['积分记录员', 'recorder'],
    ['积分监督员', 'supervisor'],
    ['村医', 'member'],
    ['驻村第一书记', 'member'],
    ['村委会委员、会计', 'member'],
    ['党员', 'member'],
    ['书记员', 'member'],
  ])('the office of %s is %s', (text, value) => {
    expect(readRole(text)).toMatchObject({ value });
  });

  test('posts by full, short and clipped names, several in a cell', () => {
    expect(readPosts('治安巡逻', posts)).toEqual({ value: ['security-patrol'] });
    expect(readPosts('环卫、三留守关爱岗', posts)).toEqual({ value: ['sanitation', 'left-behind-care'] });
    expect(readPosts('维护', posts)).toHaveProperty('problem');
    expect(readPosts('外星联络岗', posts)).toHaveProperty('problem');
  });

  test.each([
    ['姓　名', 'name'],
    ['党员姓名*', 'name'],
    ['岗位（一）', 'posts'],
    ['志愿服务岗位2', 'posts'],
    ['文化程度', 'education'],
    ['是否流动党员（是/否）', 'floating'],
    ['籍贯', null],
  ])('the heading %s is %s', (text, field) => expect(fieldOf(text)).toBe(field));

  test('cells are named as Excel names them', () => {
    expect([cellName(6, 1), cellName(0, 25), cellName(9, 26), cellName(0, 701), cellName(0, 702)]).toEqual([
      'B7',
      'Z1',
      'AA10',
      'ZZ1',
      'AAA1',
    ]);
  });
});

describe('A roster as people keep it', () => {
  const messy = [
    ['青石坳村党员花名册', '', '', '', '', '', '', ''],
    ['填表日期：2031年5月', '', '', '', '', '', '', ''],
    ['序号', '姓 名', '性别', '出生年月', '身份证号', '健康状况', '志愿服务岗位', ''],
    ['1', '赵 一鸣', '男', '1970.3', '4211XXXX', '良好', '治安巡逻', '家风家教'],
    ['', '', '', '', '', '', '', ''],
    ['2', '阿依·努尔', '女性', '1985年12月1日', '', '', '环境卫生维护岗', ''],
    ['', '合计', '2人', '', '', '', '', ''],
    ['填表人：某某', '', '', '', '', '', '', ''],
  ];

  test('is read through titles, blanks, totals and a heading over two columns', () => {
    const { records, findings, notices } = read(messy);
    expect(findings).toEqual([]);
    expect(records).toEqual([
      {
        name: '赵一鸣',
        gender: '男',
        born: '1970-03',
        health: '良好',
        posts: ['security-patrol', 'family-virtue'],
      },
      { name: '阿依·努尔', gender: '女', born: '1985-12-01', posts: ['sanitation'] },
    ]);
    expect(notices).toEqual([{ place: 'E3', problem: expect.stringMatching(/身份证号.*不读取/) }]);
    expect(JSON.stringify(records)).not.toContain('4211');
  });

  test('may have its headings in two rows', () => {
    const { records, findings } = read([
      ['姓名', '性别', '认领岗位', ''],
      ['', '', '岗位1', '岗位2'],
      ['赵一鸣', '男', '治安巡逻', '家风家教'],
    ]);
    expect(findings).toEqual([]);
    expect(records).toEqual([{ name: '赵一鸣', gender: '男', posts: ['security-patrol', 'family-virtue'] }]);
  });

  test('may repeat its headings on a second page', () => {
    expect(
      read([
        ['姓名', '性别'],
        ['赵一鸣', '男'],
        ['姓名', '性别'],
        ['钱二妹', '女'],
      ]).records.map(({ name }) => name),
    ).toEqual(['赵一鸣', '钱二妹']);
  });

  test('has all its problems listed with their cells, and nothing hides behind the first', () => {
    const { findings } = read([
      ['姓名', '性别', '出生年月', '入党时间', '联系电话', '岗位1', '岗位2', '岗位3'],
      ['赵一鸣', '雄', '1970.13', '不详', '123', '没这个岗', '', ''],
      ['', '男', '', '', '', '', '', ''],
      ['钱二妹', '', '1990.5', '2001.7', '', '治安巡逻', '家风家教', '环境卫生维护'],
      ['赵一鸣', '', '', '', '', '', '', ''],
    ]);
    expect(places(findings).sort()).toEqual(['A3', 'A5', 'B2', 'C2', 'D2', 'D4', 'E2', 'F2', 'H4'].sort());
    for (const { problem } of findings) expect(problem).toMatch(/[\u4e00-\u9fff]/);
  });

  test('tells two people of one name apart by their groups', () => {
    const { records, findings } = read([
      ['姓名', '组别'],
      ['孙三元', '三组'],
      ['孙三元', '六组'],
      ['李四海', '一组'],
    ]);
    expect(findings).toEqual([]);
    expect(records.map(({ name }) => name)).toEqual(['孙三元(三组)', '孙三元(六组)', '李四海']);
  });

  test('reads 预备党员 as a column of its own, 转正时间 to the day, and says so where a day is missing', () => {
    const { records, notices } = read([
      ['姓名', '预备党员', '转正时间', '是否流动党员'],
      ['赵一鸣', '是', '', '否'],
      ['钱二妹', '否', '2020年7月', '是'],
    ]);
    expect(records).toEqual([
      { name: '赵一鸣', status: 'probationary', floating: false },
      { name: '钱二妹', status: 'full', fullSince: '2020-07-01', floating: true },
    ]);
    expect(places(notices)).toEqual(['C3']);
  });

  test('without a column of names is refused as a whole', () => {
    expect(
      read([
        ['甲', '乙'],
        ['1', '2'],
      ]).findings,
    ).toHaveLength(1);
    expect(read([]).findings).toHaveLength(1);
    expect(read([['姓名', '性别']]).findings).toHaveLength(1);
  });
});

describe('The preview of an import', () => {
  const current: RosterRecord[] = [
    {
      name: '赵一鸣',
      group: '一组',
      phone: '13900000001',
      posts: ['sanitation'],
      status: 'full',
      born: '1970-03-12',
      aliases: ['老赵', '一鸣'],
    },
    { name: '孙三元(三组)', group: '三组' },
    { name: '孙三元(六组)', group: '六组' },
    { name: '李四海' },
  ];

  test('says who is new, who changes in what, who stays and who is not in the file', () => {
    const reading = read([
      ['姓名', '组别', '联系电话', '岗位1', '出生年月', '别名'],
      ['赵一鸣', '二组', '', '治安巡逻', '1970.3', '老赵'],
      ['孙三元', '六组', '', '', '', ''],
      ['周五谷', '一组', '13900000002', '', '', ''],
    ]);
    const preview = previewRoster(reading, current, posts);
    expect(preview.added.map(({ name }) => name)).toEqual(['周五谷']);
    expect(preview.changed).toEqual([
      {
        name: '赵一鸣',
        record: expect.objectContaining({ name: '赵一鸣', group: '二组' }),
        fields: [
          { field: 'group', before: '一组', after: '二组' },
          { field: 'posts', before: '环境卫生维护岗', after: '治安巡逻志愿服务岗' },
        ],
      },
    ]);
    expect(preview.unchanged).toEqual(['孙三元(六组)']);
    expect(preview.missing).toEqual(['孙三元(三组)', '李四海']);
    const text = rosterText(reading, preview).join('\n');
    expect(text).toContain('新增1人，变动1人，不变1人');
    expect(text).toContain('赵一鸣：所在组 一组→二组，岗位 环境卫生维护岗→治安巡逻志愿服务岗');
    expect(text).toContain('仍然保留：孙三元(三组)、李四海');
  });

  test('never shows a phone or a health entry, only that it changes', () => {
    const reading = read([
      ['姓名', '联系电话', '身体状况'],
      ['赵一鸣', '13911112222', '一般'],
    ]);
    const text = rosterText(reading, previewRoster(reading, current, posts)).join('\n');
    expect(text).toContain('身体状况补上，联系电话有变');
    expect(text).not.toMatch(/1391111|一般/);
  });

  test('with problems shows the problems and offers no import', () => {
    const reading = read([
      ['姓名', '性别'],
      ['赵一鸣', '雄'],
    ]);
    const text = rosterText(reading, previewRoster(reading, current)).join('\n');
    expect(text).toContain('1处要改，什么都没有导入');
    expect(text).toContain('B2：性别“雄”看不懂（写“男”或“女”）');
    expect(text).not.toContain('确认后才导入');
  });
});

describe('CSV', () => {
  test('any cells go out and come back the same, formulas guarded', () => {
    const cell = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\n', '\t', ' ', '党', 'a', '；'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
        (body) => {
          const table = [['姓名', '性别', '备注'], ...body];
          const text = formatCsv(table);
          expect(parseCsv(text)).toEqual(table);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(['=1+1', '+1', '-1', '@a', '\t=1', "'=1"])('%j does not stand bare in a file', (value) => {
    expect(formatCsv([[value]]).replace(/^"/, '')).toMatch(/^'/);
  });

  test('may be parted by tabs or semicolons', () => {
    expect(parseCsv('姓名\t性别\n赵一鸣\t男')).toEqual([
      ['姓名', '性别'],
      ['赵一鸣', '男'],
    ]);
    expect(parseCsv('姓名;性别\r\n"赵;一鸣";男\r\n')).toEqual([
      ['姓名', '性别'],
      ['赵;一鸣', '男'],
    ]);
  });
});

describe('A roster file', () => {
  const gbk = Uint8Array.from([
    0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd0, 0xd4, 0xb1, 0xf0, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0xc4, 0xd0,
  ]);

  test('in GBK, UTF-8 with or without mark, or UTF-16 says the same', async () => {
    const cells = [
      ['姓名', '性别'],
      ['张三', '男'],
    ];
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('姓名\t性别\n张三\t男', 'utf16le')]);
    for (const bytes of [
      gbk,
      new TextEncoder().encode('姓名,性别\n张三,男'),
      encodeCsv('姓名,性别\n张三,男'),
      utf16,
    ])
      expect((await readTable(bytes, 'a.csv')).cells).toEqual(cells);
    expect(decodeText(gbk)).toBe('姓名,性别\n张三,男');
  });

  test('in Excel is read from the sheet with the headings, with real dates, numbers, merged cells and links', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('封面').getCell('A1').value = '说明';
    const sheet = book.addWorksheet('党员');
    sheet.mergeCells('A1:D1');
    sheet.getCell('A1').value = '党员花名册';
    sheet.getRow(2).values = ['姓名', '出生年月', '联系电话', '组别'];
    sheet.getRow(3).values = [
      { richText: [{ text: '赵' }, { text: '一鸣' }] },
      new Date(Date.UTC(1970, 2, 12)),
      13900000001,
      '一组',
    ];
    sheet.getRow(4).values = ['钱二妹', 1985.12, { text: '13900000002', hyperlink: 'tel:13900000002' }, ''];
    sheet.mergeCells('D3:D4');
    sheet.getCell('F900').numFmt = '@';
    const file = await readTable(new Uint8Array(await book.xlsx.writeBuffer()), 'a.xlsx');
    expect(file.sheet).toBe('党员');
    expect(file.cells[0]).toEqual(['党员花名册', '', '', '']);
    expect(read(file.cells)).toMatchObject({
      findings: [],
      records: [
        { name: '赵一鸣', born: '1970-03-12', phone: '13900000001', group: '一组' },
        { name: '钱二妹', born: '1985-12', phone: '13900000002', group: '一组' },
      ],
    });
  });

  test('that is an old .xls, a PDF, empty or damaged is refused in one line with the mend', async () => {
    await expect(readTable(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'a.xls')).rejects.toThrow(
      '另存为 .xlsx',
    );
    await expect(readTable(new TextEncoder().encode('%PDF-1.7'), 'a.pdf')).rejects.toThrow('PDF');
    await expect(readTable(new Uint8Array(), 'a.csv')).rejects.toThrow('空的');
    await expect(readTable(Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]), 'a.xlsx')).rejects.toThrow('损坏');
  });

  const csv = (people: number) =>
    new TextEncoder().encode(`姓名\n${Array.from({ length: people }, (_, i) => `李${i}`).join('\n')}\n\n\n`);

  test('may have 5000 rows and no more, blank ones not counted', async () => {
    expect((await readTable(csv(4999), 'a.csv')).cells.length).toBeGreaterThanOrEqual(5000);
    await expect(readTable(csv(5000), 'a.csv')).rejects.toThrow('a.csv：有5001行，名册最多5000行');
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('党员');
    for (let i = 0; i <= 5000; i++) sheet.addRow([i === 0 ? '姓名' : `李${i}`]);
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    await expect(readTable(bytes, 'a.xlsx')).rejects.toThrow('有5001行');
  });

  test('of more than 5MB is refused before it is read, and one that unpacks to more than 50MB before it is opened', async () => {
    const large = new Uint8Array(5 * 1024 * 1024 + 1).fill(0x20);
    await expect(readTable(large, 'a.csv')).rejects.toThrow('名册文件最多5MB');
    // Two entries of 30MB of nothing: some 60KB as a file.
    const empty = deflateRawSync(new Uint8Array(30 * 1024 * 1024));
    const bomb = packed([empty, empty]);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readTable(bomb, 'a.xlsx')).rejects.toThrow('解压后超过50MB');
    expect(() => entriesOf(packed([empty]), 30 * 1024 * 1024)).not.toThrow();
    expect(() => entriesOf(packed([empty]), 30 * 1024 * 1024 - 1)).toThrow('unpacks to more than');
  });

  test('with a stray mark far to the right is read without a cell for every column between', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('党员');
    sheet.addRow(['姓名']);
    sheet.addRow(['赵一鸣']);
    sheet.getCell('XFD2').value = 'x';
    const { cells } = await readTable(new Uint8Array(await book.xlsx.writeBuffer()), 'a.xlsx');
    expect(cells).toEqual([['姓名'], ['赵一鸣']]);
  });
});

/** A zip archive of entries as they are given, already packed: only what a reader needs to find and unpack them. */
function packed(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.map((data) => Buffer.concat([Buffer.alloc(30), data]));
  let offset = 0;
  const central = parts.map((part) => {
    const line = Buffer.alloc(46);
    line.writeUInt32LE(0x02014b50, 0);
    line.writeUInt16LE(8, 10);
    line.writeUInt32LE(part.length - 30, 20);
    line.writeUInt32LE(offset, 42);
    offset += part.length;
    return line;
  });
  parts.forEach((part) => part.write('PK\x03\x04'));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...central, end]);
}

describe('Export', () => {
  const records: RosterRecord[] = [
    {
      name: '赵一鸣',
      gender: '男',
      born: '1970-03',
      ethnicity: '汉族',
      education: '高中',
      joinedParty: '1995-07-01',
      fullSince: '1996-07-01',
      health: '良好',
      phone: '13900000001',
      group: '一组',
      role: 'recorder',
      posts: ['security-patrol', 'family-virtue'],
      aliases: ['老赵', '一鸣'],
      floating: true,
      status: 'full',
      joined: '2030-02-03',
      note: '在外务工',
    },
    { name: '=钱二妹', posts: ['sanitation'], status: 'probationary' },
    { name: '孙三元(三组)', group: '三组', role: 'deputy' },
  ];

  test('to Excel and to CSV comes back as no change at all', async () => {
    const excel = (await readTable(await rosterBook('青石坳村', records, posts), 'a.xlsx')).cells;
    const csv = (await readTable(encodeCsv(formatCsv(rosterCells(records, posts))), 'a.csv')).cells;
    for (const cells of [excel, csv]) {
      const reading = read(cells);
      expect(reading.findings).toEqual([]);
      expect(reading.notices).toEqual([]);
      expect(previewRoster(reading, records, posts)).toEqual({
        added: [],
        changed: [],
        unchanged: records.map(({ name }) => name),
        missing: [],
      });
      expect(reading.records[0]).toEqual(records[0]);
    }
  });

  test('the template has every column, choices to pick from, and a guide', async () => {
    const book = new ExcelJS.Workbook();
    const bytes = new Uint8Array(await rosterBook('青石坳村', [], posts));
    await book.xlsx.load(bytes.buffer);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['名册', '填写说明']);
    const [sheet, guide] = book.worksheets;
    expect(COLUMNS.map((_, i) => sheet!.getCell(1, i + 1).value)).toEqual(COLUMNS.map(({ title }) => title));
    for (const { title } of COLUMNS) expect(fieldOf(title)).not.toBeNull();
    expect(sheet!.getCell('B2').dataValidation.formulae).toEqual(['"男,女"']);
    expect(sheet!.getCell('L2').dataValidation.formulae).toEqual(['填写说明!$D$2:$D$6']);
    expect([2, 3, 4, 5, 6, 7].map((n) => guide!.getCell(n, 4).value)).toEqual([
      '治安巡逻志愿服务岗',
      '公共设施维护岗',
      '环境卫生维护岗',
      '三留守关心关爱岗',
      '家风家教岗',
      null,
    ]);
    expect(sheet!.getCell('I2').numFmt).toBe('@');
  });
});
