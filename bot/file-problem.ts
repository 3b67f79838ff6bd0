import { codeOf } from '../storage/io.ts';

/** Why a file somebody named could not be read, in plain words; the system's own code only where it is a rare one. */
export function whyUnreadable(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return '没有这个文件';
    case 'EISDIR':
      return '是文件夹，不是文件';
    case 'EACCES':
    case 'EPERM':
      return '没有读这个文件的权限';
    default:
      return `读不了（${code ?? '原因不明'}）`;
  }
}
