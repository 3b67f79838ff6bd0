/** The verb `parse`: what the bot understands in messages, and what it would do and say. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { ZodError } from 'zod';
import { createReader, type Reader, SILENT } from '../../commands/read.ts';
import type { Role } from '../../commands/reading.ts';
import { commands } from '../../commands/registry.ts';
import { wouldSay } from '../../commands/would-say.ts';
import { readBranchFile } from '../founding.ts';
import { mayUse } from '../permission.ts';
import { BadInput, guard, readJsonFile } from './input.ts';
import { readDatesLine } from './parse-dates.ts';
import { type BranchKnowledge, knowledgeOf, readLine } from './parse-lines.ts';

const HELP = `
输入每行一个 JSON 对象：
  {"id", "text", "sender", "at", "role"?, "private"?, "mention"?, "prev"?, "pending"?, "quote"?}
  sender 是名册里的姓名，at 是北京时间（2024-03-02T21:40）；图片、红包等在 text 里写作 [图片]、[微信红包]。
输出每行一个，次序不变：{"id", "act", "intent", "slots", "reply"?}
--dates 只读日期：输入 {"id", "input", "reference"}，输出 {"id", "found": […]}。
有一行不对，就什么也不输出，退出码 2，并说出是第几行、怎样改。

例：
  lanxing parse --branch 支部.json < messages.jsonl > readings.jsonl
  lanxing parse --dates < dates.jsonl`;

interface Options {
  readonly branch?: string;
  readonly dates?: boolean;
}

type LineResult = { readonly out: unknown } | { readonly wrong: string };

function bad(place: string, problem: string): BadInput {
  return new BadInput([{ place, problem }]);
}

function loadBranch(file: string): BranchKnowledge {
  const read = readBranchFile(readJsonFile(file));
  if ('findings' in read)
    throw new BadInput(read.findings.map((f) => ({ ...f, place: `${file} ${f.place}` })));
  return knowledgeOf(read.file);
}

function readDates(line: string): LineResult {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { wrong: '不是合法的 JSON，每行写一个 JSON 对象' };
  }
  try {
    return { out: readDatesLine(json) };
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const issue = error.issues[0];
    return { wrong: `${issue?.path.join('.') || '整行'}：${issue?.message}，请对照 parse --help 的格式` };
  }
}

/** Reads everything before it prints anything, so that bad input leaves nothing half-done. */
async function convert(
  input: NodeJS.ReadableStream,
  name: string,
  read: (line: string) => LineResult,
): Promise<string[]> {
  const out: string[] = [];
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    if (text.trim() === '') continue;
    const result = read(text);
    if ('wrong' in result) throw bad(`${name}:${number}`, result.wrong);
    out.push(JSON.stringify(result.out));
  }
  return out;
}

async function open(file: string | undefined): Promise<NodeJS.ReadableStream> {
  if (file === undefined) return process.stdin;
  const stream = createReadStream(file);
  try {
    await once(stream, 'open');
  } catch {
    throw bad(file, '读不了，请检查路径和权限');
  }
  return stream;
}

/** What a role may not do is refused where it was said to the bot, and left alone where it was overheard. */
function asAllowed(reader: Reader): Reader {
  const byName = new Map(commands.map((c) => [c.name, c]));
  return (heard, context) => {
    const reading = reader(heard, context);
    const command = byName.get(reading.command);
    const roles: readonly Role[] = heard.role === 'town' ? ['town'] : ['member', heard.role];
    if (!command || reading.act === 'silent' || heard.role === 'system' || mayUse(command, roles))
      return reading;
    if (!heard.addressed && heard.room !== 'private') return SILENT;
    return { ...reading, act: 'refuse', why: 'not-allowed' };
  };
}

async function run(file: string | undefined, options: Options): Promise<void> {
  if (!options.dates && options.branch === undefined)
    throw bad('parse', '缺少 --branch，请给出支部文件；只读日期请用 --dates');
  const reader = asAllowed(createReader(commands));
  const branch = options.branch === undefined ? undefined : loadBranch(options.branch);
  const read =
    options.dates || !branch
      ? readDates
      : (line: string): LineResult => readLine(line, branch, reader, wouldSay);
  const lines = await convert(await open(file), file ?? '标准输入', read);
  for (const line of lines) {
    // A slow reader at the other end of the pipe is waited for.
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  }
}

export function parseCommand(): Command {
  return new Command('parse')
    .description('看机器人怎样理解消息，会做什么、说什么')
    .argument('[file]', '消息，每行一个 JSON；不写就读标准输入')
    .option('--branch <file>', '消息所在的支部（名册文件）')
    .option('--dates', '只读日期')
    .addHelpText('after', HELP)
    .action((file: string | undefined, options: Options) => guard(() => run(file, options)));
}
