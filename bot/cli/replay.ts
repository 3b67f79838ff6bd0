import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve as resolvePath } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { z } from 'zod';
import { dateOfTime, isDate, type LocalTime } from '../../scoring/calendar.ts';
import type { Finding } from '../../scoring/finding.ts';
import type { BranchFile } from '../founding.ts';
import { readBranchFile } from '../founding.ts';
import { rehearse, type Said } from '../rehearsal.ts';
import { BadInput, guard, readJsonFile, readPolicyFiles, readTextFile } from './input.ts';

const line = z.object({
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/),
  room: z.enum(['group', 'private', 'town']),
  from: z.string().min(1),
  text: z.string().default(''),
  mention: z.boolean().optional(),
  quote: z.union([z.string(), z.object({ from: z.string(), text: z.string() })]).optional(),
  image: z.union([z.string(), z.boolean()]).optional(),
  recall: z.union([z.string(), z.number()]).optional(),
  id: z.union([z.string(), z.number()]).optional(),
});
export type TranscriptLine = z.output<typeof line>;

/** Reads a transcript; every bad line is named by its number. */
export function readTranscript(path: string, file: BranchFile): TranscriptLine[] {
  const known = new Set(file.members.map((m) => m.name));
  const findings: Finding[] = [];
  const lines: TranscriptLine[] = [];
  let last = '';
  readTextFile(path)
    .split('\n')
    .forEach((text, i) => {
      if (text.trim() === '') return;
      const place = `${path}:${i + 1}`;
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        findings.push({ place, problem: '不是合法的 JSON', mend: '每行写一个 JSON 对象' });
        return;
      }
      const parsed = line.safeParse(json);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        findings.push({
          place,
          problem: `${issue?.path.join('.')} ${issue?.message}`,
          mend: '请对照 replay --help 的格式',
        });
        return;
      }
      const l = parsed.data;
      const at = l.at.length === 16 ? `${l.at}:00` : l.at;
      if (!isDate(dateOfTime(at))) findings.push({ place, problem: `at 的日期不存在：${l.at}` });
      if (at < last) findings.push({ place, problem: `时间早于上一行（${l.at}）`, mend: '请按时间先后排列' });
      if (!known.has(l.from))
        findings.push({ place, problem: `名册里没有“${l.from}”`, mend: '请用名册里的姓名' });
      last = at;
      lines.push({ ...l, at });
    });
  if (findings.length > 0) throw new BadInput(findings);
  return lines;
}

/** The bytes of a picture named in a transcript: the file beside it, or bytes made from the name. */
function pictureBytes(folder: string, image: string | boolean, index: number): Uint8Array {
  if (typeof image === 'string') {
    const path = resolvePath(folder, image);
    if (existsSync(path)) return readFileSync(path);
  }
  return createHash('sha256')
    .update(`picture ${image === true ? index : image}`)
    .digest();
}

interface Options {
  branch: string;
  data?: string;
  from?: string;
  until?: string;
}

async function replay(transcript: string, options: Options): Promise<void> {
  const read = readBranchFile(readJsonFile(options.branch));
  if ('findings' in read)
    throw new BadInput(read.findings.map((f) => ({ ...f, place: `${options.branch} ${f.place}` })));
  if (options.from !== undefined && !isDate(options.from))
    throw new BadInput([
      { place: '--from', problem: `日期不存在：${options.from}`, mend: '写成 2026-11-01' },
    ]);
  const lines = readTranscript(transcript, read.file);
  const first = lines[0]?.at;
  if (options.from !== undefined && first !== undefined && options.from > dateOfTime(first))
    throw new BadInput([
      {
        place: '--from',
        problem: `${options.from} 晚于第一条消息（${dateOfTime(first)}）`,
        mend: '写成第一条消息那天或更早',
      },
    ]);
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'lanxing-replay-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const from: LocalTime = `${options.from ?? dateOfTime(lines[0]?.at ?? '2026-01-01T00:00:00')}T00:00:00`;
  const until =
    options.until === undefined
      ? undefined
      : options.until.length === 10
        ? `${options.until}T23:59:59`
        : options.until;
  await rehearse({
    folder,
    policy: readPolicyFiles(),
    file: read.file,
    from,
    ...(until === undefined ? {} : { until }),
    lines: lines.map((l, i) => ({
      id: String(l.id ?? i + 1),
      at: l.at,
      room: l.room,
      from: l.from,
      text: l.text,
      mention: l.mention ?? false,
      ...(l.recall === undefined ? {} : { recall: String(l.recall) }),
      ...(l.quote === undefined
        ? {}
        : {
            quote:
              typeof l.quote === 'string'
                ? { name: '', text: l.quote }
                : { name: l.quote.from, text: l.quote.text },
          }),
      ...(l.image === undefined || l.image === false
        ? {}
        : { image: pictureBytes(dirname(resolvePath(transcript)), l.image, i) }),
    })),
    hear: (said: Said) => process.stdout.write(`${JSON.stringify(wire(said, folder))}\n`),
  });
}

/** A reply as the contract prints it; a picture or a file is written under the data folder and named. */
function wire(said: Said, folder: string): Record<string, unknown> {
  const { bytes, ...rest } = said;
  if (bytes && said.name) {
    mkdirSync(join(folder, 'files'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'files', said.name), bytes, { mode: 0o600 });
  }
  return rest;
}

/** `lanxing replay TRANSCRIPT.jsonl --branch ROSTER.json [--data DIR] [--from DATE]`. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('把一份聊天记录交给整个机器人，用模拟时钟走一遍；结果逐行输出 JSON')
    .argument('<transcript>', '聊天记录，一行一个 JSON：at, room, from, text, mention?, quote?, image?')
    .requiredOption('--branch <file>', '支部文件（名册）')
    .option('--data <folder>', '账本放在哪里；不写则用临时文件夹')
    .option('--from <date>', '支部从哪一天开始使用；不写则是第一条消息那天')
    .option('--until <date>', '最后一条消息之后，时钟再走到哪一天')
    .action((transcript: string, options: Options) => guard(() => replay(transcript, options)));
}
