import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { EXAMPLE } from '../../bot/config-example.ts';
import { configSchema, readConfig, readConfigFile, tokenOf } from '../../bot/config.ts';
import { createLog } from '../../bot/logging.ts';

const read = (text: string) => readConfig(text, 'lanxing.yaml', '/srv/lanxing');
const words = (text: string): string[] =>
  read(text).findings.map((f) => `${f.place} ${f.problem} ${f.mend ?? ''}`);

const SMALL = 'data: ./data\ntown:\n  name: 示范镇\n  officers:\n    - name: 值班员\nwechat:\n  token: t\n';

describe('the config file', () => {
  test('that is printed as an example is right as it stands, and names every setting', () => {
    const { config, findings } = read(EXAMPLE);
    expect(findings).toEqual([]);
    expect(config?.data).toBe('/srv/lanxing/data');
    expect(config?.backup?.folder).toBe('/srv/lanxing/backups');
    const top = Object.keys((configSchema() as { properties: object }).properties);
    expect(top.length).toBeGreaterThan(7);
    for (const setting of top) expect(EXAMPLE).toMatch(new RegExp(`^(# )?${setting}:`, 'm'));
  });

  test('gets defaults that would not get an account banned, and an encrypted connection', () => {
    const { config } = read(SMALL);
    expect(config?.wechat.tls).toBe(true);
    expect(config?.pace.gap[0]).toBeGreaterThanOrEqual(1000);
    expect(config?.health).toBeUndefined();
  });

  test('with many mistakes tells all of them at once, in Chinese, each with its line', () => {
    const found = words(
      [
        'data: ""', // 1
        'town:', // 2
        '  name: 示范镇', // 3
        '  officers: []', // 4
        '  mayor: 某人', // 5
        'wechat:', // 6
        '  endpoint: 没有端口', // 7
        'pace:', // 8
        '  gap: [3000, 100]', // 9
        '  dailyCap: 很多', // 10
        'health:', // 11
        '  port: 99999', // 12
        'backup:', // 13
        '  folder: ./b', // 14
        '  at: "25:61"', // 15
        'colour: red', // 16
      ].join('\n'),
    );
    for (const line of [1, 4, 5, 7, 9, 10, 12, 15, 16])
      expect(found.some((f) => f.startsWith(`lanxing.yaml:${line} `))).toBe(true);
    expect(found.length).toBe(9);
    expect(found.join('\n')).toContain('不认识的设置 town.mayor');
    expect(found.join('\n')).toContain('写成 03:30 这样的时间');
    expect(found.join('\n')).not.toMatch(/[Ii]nvalid|[Ee]xpected|string|number|array/);
  });

  test('that leaves out what is needed names each missing part', () => {
    const found = words('town:\n  name: 示范镇\n').join('\n');
    expect(found).toContain('data');
    expect(found).toContain('town.officers');
    expect(found).toContain('wechat');
    expect(words('').length).toBeGreaterThan(0);
  });

  test.each([
    ['a full-width colon', 'data：./d\ntown:\n  name: 镇\n', '第1行第1列', /冒号用英文的/],
    [
      'a missing colon',
      'data: ./d\ntown:\n  name: 镇\n  officers\n',
      '第4行第3列',
      /冒号用英文的，后面留一个空格/,
    ],
    ['an indentation too much', 'data: ./d\n  town:\n    name: 镇\n', '第1行第7列', /一行只写一个设置/],
    ['a tab', 'data: ./d\ntown:\n\tname: 镇\n', '第3行第1列', /不用 Tab 键/],
    ['a list that is not straight', 'policy:\n  - a\n - b\n', '第3行第1列', /要对齐/],
    ['a quote that does not end', 'data: "./d\n', '第2行第1列', /补上同样的英文引号/],
    ['a bracket that does not end', 'pace:\n  gap: [1000, 2200\n', '第3行第1列', /英文的括号和逗号/],
    ['a setting twice', 'data: a\ndata: b\n', '第2行第1列', /留下一个/],
    ['a mark with a meaning', 'data: @home\n', '第1行第7列', /英文双引号括起来/],
    ['an alias to nothing', 'town:\n  name: *镇\n', '第2行第9列', /英文双引号括起来/],
    ['a backslash', 'data: "C:\\q"\n', '第1行第10列', /英文单引号/],
    ['two files in one', 'data: a\n---\ndata: b\n', '第2行第1列', /删掉这一行/],
  ])('that is no YAML for %s says where and what to do, in Chinese', (_what, text, place, mend) => {
    const { config, findings } = read(text);
    expect(config).toBeNull();
    expect(findings[0]?.place).toBe(`lanxing.yaml ${place}`);
    expect(findings[0]?.mend).toMatch(mend);
    const said = findings.map((f) => `${f.problem} ${f.mend}`).join('\n');
    expect(said.replace(/YAML|Tab|lanxing config example/g, '')).not.toMatch(/[A-Za-z]/);
  });

  test('that unfolds without end is refused, not unfolded', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de'].map((pair) => pair.split('')))
      bomb.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(', ')}]`);
    expect(words(bomb.join('\n')).join()).toMatch(/第\d行第\d+列/);
  });

  test('may leave out encryption only towards its own machine', () => {
    const open = (endpoint: string): string[] => words(`${SMALL}  tls: false\n  endpoint: ${endpoint}\n`);
    expect(open('127.0.0.1:8788')).toEqual([]);
    expect(open('localhost:8788')).toEqual([]);
    expect(open('gateway.example.org:8788').join()).toMatch(/lanxing\.yaml:8 .*加密/);
    expect(open('127.0.0.1.example.org:8788').join()).toMatch(/加密/);
    expect(words(`${SMALL}  tls: false\n`).join()).toMatch(/加密/);
  });

  test('that cannot be read says how to make one', () => {
    const { findings } = readConfigFile('/nowhere/lanxing.yaml');
    expect(findings[0]?.mend).toContain('lanxing config example');
  });

  test('has a JSON Schema that describes every setting in Chinese', () => {
    const text = JSON.stringify(configSchema());
    expect(text).toContain('"additionalProperties":false');
    expect(text).toContain('数据文件夹');
  });
});

describe('the token', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-config-'));
  const file = join(folder, 'token');
  writeFileSync(file, ' from-file \n');
  const config = (extra: string) => readConfig(`${SMALL}${extra}`, 'c', folder).config!;

  test('is taken from the environment, then a file, then the config', () => {
    const withFile = config('  tokenFile: ./token\n');
    expect(tokenOf(withFile, { LANXING_TOKEN: ' from-env ' })).toBe('from-env');
    expect(tokenOf(withFile, {})).toBe('from-file');
    expect(tokenOf(config(''), { LANXING_TOKEN: '' })).toBe('t');
  });

  test('that is nowhere, or in a file that cannot be read, is a finding', () => {
    const none = readConfig(SMALL.replace('  token: t\n', '  tls: true\n'), 'c', folder).config!;
    expect(tokenOf(none, {})).toMatchObject({ problem: '没有令牌' });
    expect(tokenOf(config('  tokenFile: ./missing\n'), {})).toMatchObject({ problem: '读不到令牌文件' });
  });

  test('and what people say are not logged, even where somebody logs them by mistake', () => {
    const logs = join(folder, 'logs');
    const { log, logger } = createLog({ level: 'debug', folder: logs, days: 2 }, () => '2026-11-02T08:00:00');
    logger.info({ token: 'secret-token', wechat: { token: 'secret-token' }, text: '昨晚巡逻', name: '某人' });
    log({ level: 'error', what: 'fault', id: 'msg-1', error: new Error('某人说：昨晚巡逻 secret-token') });
    const text = readFileSync(join(logs, 'lanxing-2026-11-02.log'), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
    for (const secret of ['secret-token', '巡逻', '某人', 'msg-1']) expect(text).not.toContain(secret);
    expect(text).toContain('config.test');
  });

  test('logs are kept for so many days, and only the user may read them', () => {
    const logs = mkdtempSync(join(tmpdir(), 'lanxing-logs-'));
    writeFileSync(join(logs, 'lanxing-2026-10-01.log'), 'old');
    writeFileSync(join(logs, 'notes.log'), 'mine');
    chmodSync(logs, 0o700);
    let day = '2026-11-01';
    const { log } = createLog({ level: 'info', folder: logs, days: 2 }, () => `${day}T08:00:00`);
    for (day of ['2026-11-01', '2026-11-02', '2026-11-03']) log({ level: 'info', what: 'x' });
    expect(readdirSync(logs).toSorted()).toEqual([
      'lanxing-2026-11-02.log',
      'lanxing-2026-11-03.log',
      'notes.log',
    ]);
    expect(statSync(join(logs, 'lanxing-2026-11-03.log')).mode & 0o077).toBe(0);
  });
});
