import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from '@jest/globals';
import { run } from '../../bot/cli/verbs.ts';
import { commands } from '../../commands/registry.ts';
import { generatedParts, refreshed } from '../../scripts/docs-tables.ts';

const root = process.cwd();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the generated parts of the handbook', () => {
  test('are what the program would write now (otherwise: npm run docs -- --text)', () => {
    const handbook = read('docs/HANDBOOK.md');
    expect(handbook).toBe(refreshed(handbook));
  });

  test('each stand in it once', () => {
    const names = [...read('docs/HANDBOOK.md').matchAll(/<!-- generated: ([\w-]+) -->/g)].map((m) => m[1]);
    expect(new Set(names)).toEqual(new Set(Object.keys(generatedParts())));
    expect(names).toHaveLength(Object.keys(generatedParts()).length);
  });

  test('hold every command with its examples', () => {
    const table = generatedParts()['commands'] ?? '';
    for (const command of commands) {
      expect(table).toContain(command.summary);
      for (const example of command.examples) expect(table).toContain(example.split('\n')[0]);
    }
  });

  test('a name that nothing generates is an error', () => {
    expect(() => refreshed('<!-- generated: nothing -->\n<!-- /generated -->')).toThrow('nothing');
  });
});

describe('every document', () => {
  test('links only to what exists', () => {
    const broken = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)|<img[^>]+src="([^"]+)"/g)]
        .map((m) => m[1] ?? m[2] ?? '')
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(root, dirname(path), target)))
        .map((target) => `${path} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('names only npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const unknown = documents.flatMap((path) =>
      [...read(path).matchAll(/npm run (?:-s )?([\w:-]+)/g)]
        .map((m) => m[1] ?? '')
        .filter((name) => scripts[name] === undefined)
        .map((name) => `${path}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test('between them they name every verb of the command line', async () => {
    let help = '';
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = (text: string) => {
      help += text;
      return true;
    };
    try {
      await run(['--help']);
    } finally {
      process.stdout.write = write;
      process.exitCode = 0;
    }
    const verbs = [...help.matchAll(/^ {2}([a-z]+) /gm)].map((m) => m[1]).filter((v) => v !== 'help');
    expect(verbs.length).toBeGreaterThan(10);
    for (const readme of ['README.md', 'README.zh-CN.md'])
      for (const verb of verbs) expect(read(readme)).toContain(`\`${verb}\``);
  });
});
