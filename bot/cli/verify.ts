import process from 'node:process';
import { Command } from 'commander';
import { z } from 'zod';
import type { Finding } from '../../scoring/finding.ts';
import { verifyEvidence } from '../../storage/evidence.ts';
import { readMarker } from '../../storage/folder.ts';
import { lockHolder } from '../../storage/lock.ts';
import { realIO } from '../../storage/io.ts';
import { StorageProblem } from '../../storage/problem.ts';
import type { Head } from '../../storage/store.ts';
import { verifyJournal, type Verification } from '../../storage/verify.ts';
import type { TownState } from '../../ledger/state.ts';
import { townFold, upgradeEntry } from '../town-store.ts';
import { BadInput, guard, readTextFile, withPolicy, wordFinding } from './input.ts';

/** Recomputes each published board from the entries before it, under these policy files too: given by the wiring. */
export type CheckBoards = (
  policyFiles: readonly string[],
) => NonNullable<Verification<TownState>['checkBoards']>;

const HeadLine = z.object({
  branch: z.string().min(1),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{8,64}$/),
});
/** `branch seq hash8`, also as receipts show it: `branch #seq·hash8`. */
const PLAIN_HEAD = /^(\S.*?)\s+#?(\d+)[\s·]+([0-9a-f]{8,64})$/;

/** Heads noted elsewhere: one a line, as JSON or as `branch seq hash8`. Every line that is neither is named. */
export function readHeads(text: string, place: string): Head[] {
  const findings: Finding[] = [];
  const heads: Head[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const head = readHead(line.trim());
    if (head) heads.push(head);
    else
      findings.push({
        place: `${place}:${i + 1}`,
        problem: `看不懂这一行：${line.trim().slice(0, 60)}`,
        mend: '写成 {"branch":"…","seq":412,"hash":"…"}，或“支部 412 0a1b2c3d”（哈希至少八位）',
      });
  }
  if (findings.length > 0) throw new BadInput(findings);
  return heads;
}

function readHead(line: string): Head | null {
  const plain = PLAIN_HEAD.exec(line);
  if (plain?.[1] && plain[2] && plain[3]) return { branch: plain[1], seq: Number(plain[2]), hash: plain[3] };
  try {
    return HeadLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Whether there is a ledger to look at, even one that lost its marker. Throws where the folder is something else. */
async function isLedger(folder: string): Promise<boolean> {
  try {
    return (await readMarker(realIO, folder)) !== null;
  } catch (error) {
    if (error instanceof StorageProblem && error.kind !== 'foreign') return true;
    throw error;
  }
}

interface Options {
  data: string;
  heads?: string;
  policy: readonly string[];
}

async function verify(options: Options, checkBoards?: CheckBoards): Promise<void> {
  const heads = options.heads === undefined ? [] : readHeads(readTextFile(options.heads), options.heads);
  if (!(await isLedger(options.data)))
    throw new BadInput([
      { place: options.data, problem: '这里没有账本', mend: '用 --data 指到账本所在的文件夹' },
    ]);
  const running = await lockHolder(options.data);
  if (running !== null) process.stderr.write(`pid ${running} 正在使用这份账本：核对到此刻为止。\n`);
  const verified = await verifyJournal({
    io: realIO,
    folder: options.data,
    fold: townFold,
    upgrade: upgradeEntry,
    heads,
    ...(checkBoards ? { checkBoards: checkBoards(options.policy) } : {}),
  });
  const findings = [
    ...verified.findings,
    ...(verified.state ? await verifyEvidence(options.data, photosIn(verified.state)) : []),
  ];
  for (const finding of findings) process.stderr.write(`${wordFinding(finding)}\n`);
  const { lines, entries } = verified;
  process.stdout.write(
    `${JSON.stringify({ ok: findings.length === 0, lines, entries, heads: verified.heads, findings })}\n`,
  );
  process.exitCode = findings.length === 0 ? 0 : 1;
}

/** The photos that reports still show: what retention removed is not among them. */
function* photosIn(town: TownState): Generator<string> {
  for (const branch of Object.values(town.branches))
    for (const report of Object.values(branch.reports)) yield* report.evidence;
}

/** `lanxing verify --data DIR [--heads FILE]`: exit 0 = all is as written, 1 = something was found, 2 = bad usage or input. */
export function verifyCommand(checkBoards?: CheckBoards): Command {
  return withPolicy(new Command('verify'))
    .description('核对数据文件夹：每一行、每个支部的哈希链、检查点、每一张公示榜、每一张照片')
    .requiredOption('--data <folder>', '账本所在的文件夹')
    .option('--heads <file>', '别处记下的链头，一行一个：JSON，或“支部 序号 哈希”')
    .action((options: Options) => guard(() => verify(options, checkBoards)));
}
