/** What a config promises and the machine must keep, asked before anything is opened: a start is whole or not at all. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Finding } from '../scoring/finding.ts';
import { reasonOf } from '../storage/problem.ts';
import type { Config } from './config.ts';

/** Whether this process may listen on a port of the loopback address. */
function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

export function portTaken(port: number | undefined): Finding {
  return {
    place: `127.0.0.1:${port}`,
    problem: 'health.port 写的端口用不了，多半是别的程序占着',
    mend: '停掉那个程序，或在配置里换一个端口',
  };
}

function folderTrouble(setting: string, folder: string): Finding[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return [];
  } catch (error) {
    return [
      {
        place: folder,
        problem: `建不了 ${setting} 写的文件夹（${reasonOf(error)}）`,
        mend: '检查路径和权限，或换一个文件夹',
      },
    ];
  }
}

/** An empty passphrase would make backups that look locked and are open. */
function passphraseTrouble(file: string): Finding[] {
  try {
    if (readFileSync(file, 'utf8').trim() !== '') return [];
    return [{ place: file, problem: '备份口令是空的', mend: '把口令写进这个文件' }];
  } catch {
    return [{ place: file, problem: '读不到备份口令文件', mend: '检查路径和权限' }];
  }
}

/** Everything on this machine that stands in the way of a start, all at once; empty where nothing does. */
export async function unready(config: Config): Promise<Finding[]> {
  const { health, backup, log } = config;
  return [
    ...(health && !(await portIsFree(health.port)) ? [portTaken(health.port)] : []),
    ...(backup?.passphraseFile === undefined ? [] : passphraseTrouble(backup.passphraseFile)),
    ...(backup ? folderTrouble('backup.folder', backup.folder) : []),
    ...(log.folder === undefined ? [] : folderTrouble('log.folder', log.folder)),
  ];
}
