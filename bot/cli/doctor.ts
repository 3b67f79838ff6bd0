import { accessSync, constants, statSync } from 'node:fs';
import { connect } from 'node:net';
import { freemem, totalmem } from 'node:os';
import process from 'node:process';
import { Command } from 'commander';
import { addDays, dateOfTime, shanghai } from '../../scoring/calendar.ts';
import { codeOf } from '../../storage/io.ts';
import { lockHolder } from '../../storage/lock.ts';
import { reasonOf } from '../../storage/problem.ts';
import { type Config, readConfigFile, tokenOf } from '../config.ts';
import { loadFaces, secondFonts } from '../fonts.ts';
import { loadPolicy } from '../policy-file.ts';
import { ledgerFolder, readTown } from '../town-store.ts';
import { freeMb } from '../upkeep/disk-room.ts';
import { readUnsent, unsentLines } from '../unsent.ts';
import { guard, wordFinding } from './input.ts';

/** One line of the check-up. `mend` says what to do about anything that is not in order. */
interface Check {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'bad';
  readonly says: string;
  readonly mend?: string;
}

const MARKS = { ok: '正常', note: '注意', bad: '问题' } as const;
const NEEDED_MB = 300;
const ASK_AS = '改用运行兰星的用户来查（sudo -u lanxing …）';

function machine(): Check[] {
  const free = Math.round(freemem() / 1_048_576);
  const offset = -new Date().getTimezoneOffset() / 60;
  const year = Number(shanghai(Date.now()).slice(0, 4));
  return [
    { what: 'Node.js', state: 'ok', says: process.versions.node },
    free < NEEDED_MB
      ? {
          what: '内存',
          state: 'note',
          says: `空闲 ${free} MB，共 ${Math.round(totalmem() / 1_048_576)} MB`,
          mend: '关掉别的程序，或换内存大一些的机器',
        }
      : { what: '内存', state: 'ok', says: `空闲 ${free} MB` },
    year < 2024
      ? {
          what: '时钟',
          state: 'bad',
          says: `机器时间是 ${shanghai(Date.now())}`,
          mend: '请校准系统时间（timedatectl set-ntp true）',
        }
      : {
          what: '时钟',
          state: 'ok',
          says: `北京时间 ${shanghai(Date.now()).replace('T', ' ')}（机器时区 UTC${offset >= 0 ? '+' : ''}${offset}，不影响）`,
        },
  ];
}

function fonts(): Check {
  try {
    loadFaces();
    return secondFonts().length > 0
      ? { what: '字体', state: 'ok', says: '中文字体和生僻字字体都有' }
      : {
          what: '字体',
          state: 'note',
          says: '没有生僻字字体，遇到生僻姓名时公示榜会用文字代替',
          mend: '安装 fonts-noto-cjk（apt-get install fonts-noto-cjk）',
        };
  } catch (error) {
    return { what: '字体', state: 'bad', says: String(error), mend: '在程序文件夹里重新运行 npm ci' };
  }
}

function policy(files: readonly string[]): Check {
  const loaded = loadPolicy(files);
  return loaded.policy
    ? { what: '细则', state: 'ok', says: `${loaded.policy.title} ${loaded.policy.version}` }
    : {
        what: '细则',
        state: 'bad',
        says: loaded.findings.map((f) => `${f.file} ${wordFinding(f)}`).join('；'),
        mend: '按提示改正细则文件',
      };
}

/** Null where the folder is found. */
function whyNotFound(folder: string): string | null {
  try {
    statSync(folder);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** Why this user could not keep a ledger there; null where it could. */
function whyNotWritable(folder: string): string | null {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function ledger(folder: string): Promise<Check[]> {
  const hidden = whyNotFound(folder);
  if (hidden === 'ENOENT')
    return [{ what: '账本', state: 'note', says: `${folder} 还不存在，首次启动时会新建` }];
  if (hidden !== null)
    return [{ what: '权限', state: 'bad', says: `看不到数据文件夹 ${folder}（${hidden}）`, mend: ASK_AS }];
  const mode = statSync(folder).mode & 0o077;
  const free = freeMb(folder);
  const holder = await lockHolder(folder).catch(() => null);
  const { town, findings, isWhole } = await readTown(folder);
  const first = findings[0];
  const refused = whyNotWritable(folder);
  return [
    refused !== null
      ? {
          what: '权限',
          state: 'bad',
          says: `本用户不能写数据文件夹（${refused}）`,
          mend: `${ASK_AS}；磁盘只能读的，重新挂载为可写`,
        }
      : mode !== 0
        ? { what: '权限', state: 'note', says: '别的用户能看到数据文件夹', mend: `chmod 700 ${folder}` }
        : { what: '权限', state: 'ok', says: '只有本用户能读写' },
    free < NEEDED_MB
      ? { what: '磁盘', state: 'bad', says: `只剩 ${free} MB`, mend: '请清理磁盘' }
      : { what: '磁盘', state: 'ok', says: `剩余 ${free} MB` },
    {
      what: '运行',
      state: 'ok',
      says: holder === null ? '没有程序正在使用这份账本' : `进程 ${holder} 正在使用`,
    },
    first
      ? {
          what: '账本',
          state: isWhole ? 'note' : 'bad',
          says: wordFinding(first),
          mend: `详细检查：lanxing verify --data ${folder}`,
        }
      : { what: '账本', state: 'ok', says: `${Object.keys(town.branches).length} 个支部，全部记录核对无误` },
  ];
}

const LISTED = 5;

function messages(folder: string): Check[] {
  const since = addDays(dateOfTime(shanghai(Date.now())), -7);
  const list = readUnsent(folder).filter((u) => dateOfTime(u.at) >= since);
  if (list.length === 0) return [];
  return [
    {
      what: '消息',
      state: 'note',
      says: `七天里有 ${list.length} 条没有发出去：${unsentLines(list, LISTED).join('；')}${list.length > LISTED ? '……' : ''}`,
      mend: '请对方加机器人为好友，或者当面转告；全部在数据文件夹的 unsent.json',
    },
  ];
}

function service(endpoint: string | undefined): Promise<Check> {
  if (endpoint === undefined)
    return Promise.resolve({
      what: '接入服务',
      state: 'note',
      says: '配置里没有 endpoint，由服务商解析，这里不检查',
    });
  const [host = '', port = ''] = endpoint.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 5000 });
    const done = (check: Check): void => {
      socket.destroy();
      resolve(check);
    };
    const bad = (says: string): Check => ({
      what: '接入服务',
      state: 'bad',
      says: `${endpoint} ${says}`,
      mend: '检查地址、网络和防火墙，或询问服务商',
    });
    socket.once('connect', () => done({ what: '接入服务', state: 'ok', says: `${endpoint} 连得上` }));
    socket.once('timeout', () => done(bad('5 秒内没有应答')));
    socket.once('error', (error) =>
      done(bad(`连不上（${(error as NodeJS.ErrnoException).code ?? error.message}）`)),
    );
  });
}

function configuration(path: string): { check: Check; config: Config | null } {
  const { config, findings } = readConfigFile(path);
  if (!config)
    return {
      config,
      check: {
        what: '配置',
        state: 'bad',
        says: findings.map(wordFinding).join('；'),
        mend: `lanxing config check ${path}`,
      },
    };
  const token = tokenOf(config, process.env);
  return typeof token === 'string'
    ? { config, check: { what: '配置', state: 'ok', says: path } }
    : { config, check: { what: '配置', state: 'bad', says: wordFinding(token) } };
}

async function examine(options: { config?: string; data?: string }): Promise<void> {
  const read = options.config === undefined ? null : configuration(options.config);
  const folder = options.data ?? read?.config?.data;
  const checks = [
    ...machine(),
    fonts(),
    ...(read ? [read.check] : []),
    policy(read?.config?.policy ?? []),
    ...(folder === undefined
      ? []
      : [...(await ledger(ledgerFolder(folder))), ...messages(ledgerFolder(folder))]),
    ...(read?.config ? [await service(read.config.wechat.endpoint)] : []),
  ];
  for (const c of checks)
    process.stdout.write(
      `${MARKS[c.state]}  ${c.what}：${c.says}${c.mend === undefined ? '' : ` → ${c.mend}`}\n`,
    );
  if (checks.some((c) => c.state === 'bad')) process.exitCode = 1;
}

/** `lanxing doctor [--config FILE] [--data DIR]`: one line each, with the mend. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('检查机器、配置、字体、时钟、磁盘、账本和接入服务；有问题时退出码为 1')
    .option('--config <file>', '配置文件')
    .option('--data <folder>', '账本所在的文件夹')
    .action((options: { config?: string; data?: string }) => guard(() => examine(options)));
}
