import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import rules from '../../.dependency-cruiser.js';

const ROOMS = ['scoring', 'ledger', 'commands', 'boards', 'scheduler', 'storage', 'bot', 'trial'];
const PURE = ['scoring', 'ledger', 'commands', 'boards', 'scheduler'];
const root = process.cwd();

async function cruiseTree(baseDir: string): Promise<ICruiseResult> {
  const { options, forbidden } = rules;
  const result = await cruise(ROOMS, {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: [...forbidden] },
  } as ICruiseOptions);
  return result.output as ICruiseResult;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts'))
    .map((f) => join(folder, f));
}

describe('the real tree', () => {
  test('keeps the direction of imports, and every room is seen', async () => {
    const { summary, modules } = await cruiseTree(root);
    expect(summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([]);
    for (const room of ROOMS) {
      const seen = modules.filter((m) => m.source.startsWith(`${room}/`)).length;
      expect({ room, seen: seen > 0 }).toEqual({ room, seen: true });
    }
  });

  test('has no clock and no chance in the pure rooms', () => {
    expect(PURE.flatMap((room) => filesOf(join(root, room))).flatMap(impurities)).toEqual([]);
  });

  test('keeps every file short enough to be read in one sitting', () => {
    const long = ROOMS.flatMap((room) => filesOf(join(root, room)))
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 450);
    expect(long).toEqual([]);
  });
});

/** Places where a pure file reads the clock, throws dice or starts a timer. Comments do not count. */
function impurities(file: string): string[] {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const found = code.match(
    /Date\.now\(|new Date\(\s*\)|Math\.random\(|\bsetTimeout\(|\bsetInterval\(|\bprocess\.|performance\.now\(|randomUUID\(|randomBytes\(/g,
  );
  return (found ?? []).map((what) => `${file}: ${what}`);
}

describe('a broken tree', () => {
  const broken = mkdtempSync(join(tmpdir(), 'lanxing-broken-'));
  afterAll(() => rmSync(broken, { recursive: true, force: true }));

  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(broken, path)), { recursive: true });
    writeFileSync(join(broken, path), text);
  };

  test('trips every rule', async () => {
    for (const room of ROOMS) put(`${room}/own.ts`, 'export const own = 1;\n');
    put('scoring/a.ts', "import { own } from '../ledger/own.ts';\nexport const a = own;\n");
    put('ledger/a.ts', "import { own } from '../storage/own.ts';\nexport const a = own;\n");
    put('scheduler/a.ts', "import { own } from '../commands/own.ts';\nexport const a = own;\n");
    put('storage/a.ts', "import { own } from '../boards/own.ts';\nexport const a = own;\n");
    put('boards/a.ts', "import { own } from '../commands/own.ts';\nexport const a = own;\n");
    put(
      'commands/a.ts',
      "import { own } from '../storage/own.ts';\nimport fs from 'node:fs';\nexport const a = [own, fs];\n",
    );
    put(
      'bot/a.ts',
      "import { own } from '../trial/own.ts';\nimport { b } from './b.ts';\nexport const a = [own, b];\n",
    );
    put(
      'bot/b.ts',
      "import { a } from './a.ts';\nimport { wechaty } from 'wechaty';\nimport excel from 'exceljs';\nexport const b = () => [a, wechaty, excel];\n",
    );
    put(
      'trial/a.ts',
      "import { t } from '../tests/t.ts';\nimport { o } from '../other/o.ts';\nexport const a = [t, o];\n",
    );
    put('tests/t.ts', 'export const t = 1;\n');
    put('other/o.ts', 'export const o = 1;\n');
    for (const name of ['wechaty', 'exceljs']) {
      put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      put(`node_modules/${name}/index.js`, 'module.exports = {};\n');
    }
    put('package.json', JSON.stringify({ type: 'module', dependencies: { wechaty: '1', exceljs: '1' } }));
    const { summary } = await cruiseTree(broken);
    const fired = new Set(summary.violations.map((v) => v.rule.name));
    const all = rules.forbidden.map((r) => r.name);
    // A trial may import every room: what it may not import is no room at all.
    expect(all.filter((name) => !fired.has(name) && name !== 'trial-imports-only-below')).toEqual([]);
  });

  test('is caught reading the clock', () => {
    put(
      'scoring/clock.ts',
      'export const now = Date.now();\nexport const luck = Math.random(); // Date.now() here is a comment\n',
    );
    expect(impurities(join(broken, 'scoring/clock.ts')).map((i) => i.split(': ')[1])).toEqual([
      'Date.now(',
      'Math.random(',
    ]);
  });
});
