import { describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { inChinese } from '../../bot/cli/usage-words.ts';

/** What a small command line says of the arguments given. */
function told(...args: readonly string[]): string {
  const said: string[] = [];
  const program = new Command('lanxing');
  program
    .command('show')
    .requiredOption('--data <folder>')
    .option('--year <year>')
    .action(() => {});
  program
    .command('check')
    .argument('<file>')
    .action(() => {});
  inChinese(program);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: (text) => said.push(text) });
  }
  try {
    program.parse(args, { from: 'user' });
  } catch {
    // That is how commander ends.
  }
  return said.join('');
}

describe('a command line that does not fit is told in one line of Chinese', () => {
  test.each([
    [['shwo'], '没有 shwo 这个命令，您要的是 show 吗'],
    [['show'], '缺少 --data <folder>'],
    [['show', '--data'], '--data <folder> 后面要写内容'],
    [['show', '--data', 'x', '--yaer', '1'], '没有 --yaer 这个选项，您要的是 --year 吗'],
    [['check'], '缺少参数 file'],
    [['check', 'a', 'b'], '参数多了'],
  ])('%j', (args, words) => {
    expect(told(...args)).toBe(`${words}。加 --help 看用法\n`);
  });
});

test('the help has no English headings', () => {
  const program = inChinese(new Command('lanxing'));
  program.command('show').option('--format <format>', '格式', 'excel');
  expect(program.helpInformation()).not.toMatch(/Usage|Options|Commands|display help/);
  expect(inChinese(program.commands[0]!).helpInformation()).toContain('格式（默认 excel）');
});
