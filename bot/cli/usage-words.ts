import type { Command, Option } from 'commander';

/** The headings of commander's help. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

/** What commander says of a command line that does not fit, and what is said here instead. */
const ERRORS: readonly (readonly [RegExp, string])[] = [
  [/required option '([^']+)' not specified/, '缺少 $1'],
  [/missing required argument '([^']+)'/, '缺少参数 $1'],
  [/option '([^']+)' argument missing/, '$1 后面要写内容'],
  [/option '([^']+)' argument '([^']*)' is invalid\.\s*/, '$1 不能是“$2”：'],
  [/command-argument value '([^']*)' is invalid for argument '([^']+)'\.\s*/, '$2 不能是“$1”：'],
  [/unknown option '([^']+)'/, '没有 $1 这个选项'],
  [/unknown command '([^']+)'/, '没有 $1 这个命令'],
  [/too many arguments.*/, '参数多了'],
  [/\n\(Did you mean (?:one of )?(.+)\?\)/, '，您要的是 $1 吗'],
  [/^error: /, ''],
];

/** An error of commander's as one line in Chinese, with what to do next; words that are not known here stay. */
export function usageError(text: string): string {
  const told = ERRORS.reduce((said, [pattern, words]) => said.replace(pattern, words), text.trimEnd());
  return `${told}。加 --help 看用法\n`;
}

/** Lets a command and those below it speak Chinese where commander would speak English. */
export function inChinese(command: Command): Command {
  command
    .helpOption('-h, --help', '显示帮助')
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(usageError(text)) })
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      optionDescription: (option: Option) =>
        option.defaultValue === undefined
          ? option.description
          : `${option.description}（默认 ${option.defaultValue}）`,
    });
  for (const sub of command.commands) inChinese(sub);
  return command;
}
