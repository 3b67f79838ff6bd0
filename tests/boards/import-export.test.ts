import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { exportCommand } from '../../bot/cli/export.ts';
import { importCommand } from '../../bot/cli/import.ts';
import { readTable } from '../../bot/roster-file.ts';
import { rosterOf } from '../../bot/roster-import.ts';
import { readTown } from '../../bot/town-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'lanxing-roster-'));
const data = join(folder, 'data');
const branch = '青石坳村';

/** Runs a verb in this process: what it said, what it warned, and its exit code. */
async function lanxing(...args: string[]): Promise<{ out: string; warned: string; code: number }> {
  const said: string[] = [];
  const warned: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => warned.push(String(text)) > 0);
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const command = args[0] === 'import' ? importCommand() : exportCommand();
    await command.exitOverride().parseAsync(args.slice(1), { from: 'user' });
    return { out: said.join(''), warned: warned.join(''), code: process.exitCode };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
}

function roster(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

async function members() {
  const { town } = await readTown(data);
  const state = town.branches[branch];
  return state === undefined ? null : { state, records: rosterOf(state, '2999-01-01') };
}

beforeAll(() => {
  // Only the date stands still: the store's own timers go on.
  jest.useFakeTimers({
    now: new Date('2031-05-20T02:00:00Z'),
    doNotFake: [
      'nextTick',
      'setImmediate',
      'clearImmediate',
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'queueMicrotask',
      'hrtime',
      'performance',
    ],
  });
});
afterEach(() => {
  for (const name of readdirSync(folder))
    if (name.startsWith('out')) rmSync(join(folder, name), { recursive: true });
});
afterAll(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

describe('A branch from its roster', () => {
  const first = () =>
    roster('first.csv', [
      '姓名,性别,联系电话,组别,职务,岗位1,岗位2,党员类别',
      '赵一鸣,男,13900000001,一组,书记,治安巡逻,家风家教,',
      '钱二妹,女,,二组,积分记录员,环境卫生维护岗,,',
      '孙三元,男,,二组,,,,预备党员',
    ]);

  test('is only shown at first; nothing is written', async () => {
    const { out, warned, code } = await lanxing(
      'import',
      first(),
      '--data',
      data,
      '--branch',
      branch,
      '--town',
      '云岭镇',
    );
    expect(code).toBe(0);
    expect(out).toContain('新建支部');
    expect(out).toContain('新增3人');
    expect(warned).toContain('--yes');
    expect(await members()).toBeNull();
  });

  test('is founded on --yes, with offices, posts and profile', async () => {
    expect(
      (await lanxing('import', first(), '--data', data, '--branch', branch, '--town', '云岭镇', '--yes')).out,
    ).toContain('已导入');
    const now = await members();
    expect(now?.state.town).toBe('云岭镇');
    expect(now?.records.map(({ name, role, status, posts }) => [name, role, status, posts])).toEqual([
      ['赵一鸣', 'secretary', 'full', ['security-patrol', 'family-virtue']],
      ['钱二妹', 'recorder', 'full', ['sanitation']],
      ['孙三元', undefined, 'probationary', undefined],
    ]);
    expect(now?.state.people['赵一鸣']?.profile).toEqual({ gender: '男', phone: '13900000001' });
  });

  test('imported again changes nothing', async () => {
    const seq = (await members())?.state.seq;
    expect((await lanxing('import', first(), '--data', data, '--branch', branch, '--yes')).out).toContain(
      '没有要改的',
    );
    expect((await members())?.state.seq).toBe(seq);
  });

  test('takes changes: details at once, posts from the next month, one recorder at a time', async () => {
    const path = roster('second.csv', [
      '姓名,联系电话,组别,职务,岗位1,转正时间,党员类别',
      '赵一鸣,13900000009,,,政策宣传,,',
      '孙三元,,三组,积分记录员,,2031-05-01,正式党员',
      '李四海,,一组,,,,',
    ]);
    const { out } = await lanxing('import', path, '--data', data, '--branch', branch, '--yes');
    expect(out).toContain('新增1人，变动2人');
    expect(out).not.toContain('13900000009');
    const now = await members();
    expect(now?.state.people['赵一鸣']?.profile.phone).toBe('13900000009');
    expect(now?.state.people['赵一鸣']?.claims).toEqual(
      expect.arrayContaining([{ post: 'policy-publicity', from: '2031-06', until: null }]),
    );
    expect(now?.state.people['孙三元']).toMatchObject({
      status: 'full',
      fullSince: '2031-05-01',
      group: '三组',
    });
    const recorders = now?.state.appointments.filter(
      ({ role, until }) => role === 'recorder' && until === null,
    );
    expect(recorders?.map(({ name }) => name)).toEqual(['孙三元']);
    expect(Object.keys(now?.state.people ?? {})).toEqual(['赵一鸣', '钱二妹', '孙三元', '李四海']);
  });

  test('with a mistake in it is refused whole, with file, cell and mend', async () => {
    const seq = (await members())?.state.seq;
    const path = roster('bad.csv', ['姓名,性别,出生年月', '周五谷,男,1970.5', '吴六顺,雄,1970.14']);
    const { out, warned, code } = await lanxing('import', path, '--data', data, '--branch', branch, '--yes');
    expect([out, code]).toEqual(['', 2]);
    expect(warned.trim().split('\n')).toEqual([
      expect.stringMatching(/bad\.csv B3：.*写“男”或“女”/),
      expect.stringMatching(/bad\.csv C3：/),
    ]);
    expect((await members())?.state.seq).toBe(seq);
    expect(
      (await lanxing('import', join(folder, 'none.xlsx'), '--data', data, '--branch', branch)).code,
    ).toBe(2);
  });

  test('does not grant an exemption: that goes through the branch and the town', async () => {
    const path = roster('exempt.csv', ['姓名,党员类别', '钱二妹,不纳入']);
    const { out } = await lanxing('import', path, '--data', data, '--branch', branch, '--yes');
    expect(out).toContain('钱二妹的党员类别没有改');
    expect((await members())?.state.people['钱二妹']?.exemption).toBeNull();
  });
});

describe('A roster file that cannot be read', () => {
  test('is said in one plain Chinese line, with exit code 2, and nothing is changed', async () => {
    const long = roster('long.csv', ['姓名', ...Array.from({ length: 5000 }, (_, i) => `李${i}`)]);
    const large = roster('large.csv', ['姓名', '李'.repeat(2 * 1024 * 1024)]);
    const largeJson = roster('large.json', [`{"branch":"${'村'.repeat(2 * 1024 * 1024)}"}`]);
    const before = await members();
    for (const [path, problem] of [
      [join(folder, 'no.xlsx'), '没有这个文件'],
      [join(folder, 'no.json'), '没有这个文件'],
      [join(long, 'no.csv'), '没有这个文件'],
      [folder, '是文件夹，不是文件'],
      [long, '有5001行，名册最多5000行'],
      [large, '有6.0MB，名册文件最多5MB'],
      [largeJson, '有6.0MB，名册文件最多5MB'],
    ] as const) {
      const { out, warned, code } = await lanxing(
        'import',
        path,
        '--data',
        data,
        '--branch',
        branch,
        '--yes',
      );
      expect({ out, code }).toEqual({ out: '', code: 2 });
      expect(warned.trimEnd().split('\n')).toEqual([expect.stringContaining(`${path}：${problem}`)]);
      expect(warned).not.toMatch(/ENOENT|EISDIR|ENOTDIR|Error/);
    }
    expect(await members()).toEqual(before);
  });
});

describe('What is exported', () => {
  const exported = async (...args: string[]) => {
    const out = join(folder, 'out');
    const result = await lanxing('export', ...args, '--data', data, '--out', out);
    const paths = result.out.split('\n').filter((path) => path !== '');
    return {
      ...result,
      paths,
      cells: paths[0]?.endsWith('.docx')
        ? []
        : paths[0] === undefined
          ? []
          : (await readTable(readFileSync(paths[0]), paths[0])).cells,
    };
  };

  test('the roster comes back as no change', async () => {
    for (const format of ['excel', 'csv']) {
      const { paths } = await exported('名册', '--format', format);
      expect((await lanxing('import', paths[0]!, '--data', data, '--branch', branch)).out).toContain(
        '没有要改的',
      );
    }
  });

  test('附件3 of a month has everybody in scope, and is marked as a draft until it is published', async () => {
    const { cells } = await exported('附件3', '--month', '2031-05');
    const text = cells.map((line) => line.join('|')).join('\n');
    expect(text).toContain('云岭镇青石坳村党支部党员积分管理评分汇总表');
    expect(text).toMatch(/赵一鸣\|治安巡逻\n家风家教\|40\|待评\|0\|\|待评/);
    expect(text).toContain('草稿，尚未公示');
  });

  test('附件2 is one file for the branch, or one a member, as Excel and Word', async () => {
    expect(
      (await exported('附件2', '--year', '2031', '--format', 'both')).paths.map((path) =>
        path.replace(/.*\./, ''),
      ),
    ).toEqual(['xlsx', 'docx']);
    expect((await exported('附件2', '--year', '2031', '--each')).paths).toHaveLength(4);
    const { cells } = await exported('附件2', '--year', '2031', '--member', '赵一鸣');
    const text = cells.map((line) => line.join('|')).join('\n');
    expect(text).toContain('13900000009');
    expect(text).toMatch(/4月\|本月免评/);
    expect(text).toMatch(/5月\|40\|\|待评/);
  });

  test.each([
    [['附件9'], /没有这种表/],
    [['备案', '--month', '2031-05'], /还没有公示榜/],
    [['附件3', '--month', '2031-13'], /月份不存在/],
    [['附件3', '--branch', '无名村'], /没有“无名村”/],
    [['名册', '--format', 'word'], /没有 word 格式/],
    [['附件2', '--member', '无名'], /没有“无名”/],
  ])('%j is refused in one line', async (args, message) => {
    const { warned, code, paths } = await exported(...args);
    expect([code, paths]).toEqual([2, []]);
    expect(warned).toMatch(message);
    expect(warned.trim().split('\n')).toHaveLength(1);
  });
});
