/** The verb `parse`: what the bot understands in messages, and what it would do and say. */
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { wouldSay } from '../../commands/would-say.ts';
import { createReader } from '../../commands/read.ts';
import { readBranch, type BranchKnowledge } from './branch-file.ts';
import { readDatesLine } from './parse-dates.ts';
import { readLine } from './parse-lines.ts';

type LineResult = { readonly out: unknown } | { readonly wrong: string };

/** Bad usage or bad input: one line on standard error, exit 2, nothing half-done. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function loadBranch(file: string): BranchKnowledge {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    fail(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file; give the path of a branch file' : 'not JSON; mend the file'}`,
    );
  }
  const read = readBranch(json);
  return 'wrong' in read ? fail(`${file}: ${read.wrong}`) : read.branch;
}

/** Reads everything before it prints anything, so that bad input leaves nothing half-done. */
async function convert(
  input: NodeJS.ReadableStream,
  name: string,
  read: (line: string) => LineResult,
): Promise<string> {
  const out: string[] = [];
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    const result = read(number === 1 ? line.replace(/^\uFEFF/, '') : line);
    if ('wrong' in result) fail(`${name}:${number}: ${result.wrong}`);
    out.push(JSON.stringify(result.out));
  }
  return out.length > 0 ? `${out.join('\n')}\n` : '';
}

interface Options {
  readonly branch?: string;
  readonly dates?: boolean;
}

async function run(file: string | undefined, options: Options): Promise<void> {
  const input =
    file === undefined
      ? process.stdin
      : createReadStream(file).on('error', () =>
          fail(`${file}: cannot be read; give the path of a file of JSON lines`),
        );
  const name = file ?? 'standard input';
  if (options.dates) {
    process.stdout.write(await convert(input, name, readDatesLine));
    return;
  }
  if (options.branch === undefined)
    fail('parse: --branch is missing; give the path of a branch file, or --dates for the date reader alone');
  const branch = loadBranch(options.branch);
  const reader = createReader();
  process.stdout.write(await convert(input, name, (line) => readLine(line, branch, reader, wouldSay)));
}

export function parseCommand(): Command {
  return new Command('parse')
    .description('what the bot understands in messages, and what it would do and say')
    .argument('[file]', 'JSON lines; standard input if left out')
    .option('--branch <file>', 'the branch the messages are set in')
    .option('--dates', 'the date reader alone')
    .action(run);
}
