import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { shanghai } from '../../scoring/calendar.ts';
import { backup, type Secret } from '../../storage/backup.ts';
import { codeOf } from '../../storage/io.ts';
import { reasonOf } from '../../storage/problem.ts';
import { restore } from '../../storage/restore.ts';
import { townFold, upgradeEntry } from '../town-store.ts';
import { BadInput, guard, readTextFile, withPolicy } from './input.ts';
import type { CheckBoards } from './verify.ts';

interface SecretOptions {
  passphraseFile?: string;
  recipient?: string;
  identityFile?: string;
}

interface RestoreOptions extends SecretOptions {
  data: string;
  force?: boolean;
  policy: readonly string[];
}

/** The first line of a file that is no comment: a passphrase, or an age identity. */
function readSecretFile(path: string): string {
  const line = readTextFile(path)
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '' && !each.startsWith('#'));
  if (line === undefined)
    throw new BadInput([{ place: path, problem: '文件是空的', mend: '把口令或密钥写在第一行' }]);
  return line;
}

function secretOf(options: SecretOptions): Secret | undefined {
  const { passphraseFile, recipient, identityFile } = options;
  if ([passphraseFile, recipient, identityFile].filter((each) => each !== undefined).length > 1) {
    throw new BadInput([{ place: '命令行', problem: '口令和密钥只能给一个', mend: '去掉多余的选项' }]);
  }
  if (passphraseFile !== undefined) return { passphrase: readSecretFile(passphraseFile) };
  if (identityFile !== undefined) return { identity: readSecretFile(identityFile) };
  if (recipient === undefined) return undefined;
  if (!/^age1[a-z0-9]+$/.test(recipient)) {
    throw new BadInput([
      {
        place: '--recipient',
        problem: `不是 age 公钥：${recipient}`,
        mend: '公钥以 age1 开头，用 age-keygen 生成',
      },
    ]);
  }
  return { recipient };
}

async function makeBackup(options: SecretOptions & { data: string; to: string }): Promise<void> {
  const secret = secretOf(options);
  const to = resolve(options.to);
  if (existsSync(to))
    throw new BadInput([
      { place: options.to, problem: '这个文件已经有了，不会覆盖', mend: '换一个文件名，例如带上日期' },
    ]);
  const made = await backup({
    folder: resolve(options.data),
    to,
    at: shanghai(Date.now()),
    ...(secret ? { secret } : {}),
  }).catch(explain(options.to));
  process.stdout.write(`${JSON.stringify({ file: options.to, encrypted: secret !== undefined, ...made })}\n`);
}

/** A disk that is full or a file that may not be read is the operator's to mend, not a bug. */
function explain(place: string) {
  return (error: unknown): never => {
    const code = codeOf(error);
    if (code === null || !/^(ENOENT|ENOSPC|EACCES|EPERM|EROFS|EDQUOT|ENOTDIR|EISDIR)$/.test(code))
      throw error;
    const path = (error as NodeJS.ErrnoException).path ?? place;
    throw new BadInput([
      {
        place: path,
        problem: `读写不了（${reasonOf(error)}），账本没有改动`,
        mend: '检查文件夹是否存在、权限和磁盘空间',
      },
    ]);
  };
}

async function takeBack(file: string, options: RestoreOptions, checkBoards?: CheckBoards): Promise<void> {
  const secret = secretOf(options);
  if (!existsSync(file)) throw new BadInput([{ place: file, problem: '没有这个文件', mend: '请检查路径' }]);
  const restored = await restore({
    file: resolve(file),
    folder: resolve(options.data),
    force: options.force === true,
    stamp: shanghai(Date.now()).replace(/[-:]/g, '').replace('T', '-'),
    fold: townFold,
    upgrade: upgradeEntry,
    ...(secret ? { secret } : {}),
    ...(checkBoards ? { checkBoards: checkBoards(options.policy) } : {}),
  }).catch(explain(options.data));
  const { lines, entries, heads, madeAt, putAside } = restored;
  process.stdout.write(
    `${JSON.stringify({ data: options.data, madeAt, lines, entries, putAside, heads })}\n`,
  );
}

/** `lanxing backup --data DIR --to FILE [--passphrase-file F | --recipient AGE1…]`. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('把账本和照片备份成一个文件，机器人运行中也可以')
    .requiredOption('--data <folder>', '账本所在的文件夹')
    .requiredOption('--to <file>', '备份文件，不能是已有的')
    .option('--passphrase-file <file>', '用文件里的口令加密（age）')
    .option('--recipient <key>', '加密给这个 age 公钥')
    .action((options: SecretOptions & { data: string; to: string }) => guard(() => makeBackup(options)));
}

/** `lanxing restore FILE --data DIR [--force]`: checks everything before it touches anything. */
export function restoreCommand(checkBoards?: CheckBoards): Command {
  return withPolicy(new Command('restore'))
    .description('从备份恢复：先全部核对，再放到位；原有的只移开，不删除')
    .argument('<file>', '备份文件')
    .requiredOption('--data <folder>', '恢复到哪个文件夹')
    .option('--force', '那里已有账本时，把原有的移到一边')
    .option('--passphrase-file <file>', '备份用口令加密时')
    .option('--identity-file <file>', '备份加密给公钥时，对应的 age 密钥文件')
    .action((file: string, options: RestoreOptions) => guard(() => takeBack(file, options, checkBoards)));
}
