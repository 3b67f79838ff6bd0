/** JSON from files, with mistakes named by line and column: JSON.parse alone often says neither. */
import { readFileSync } from 'node:fs';
import type { Finding } from '../scoring/finding.ts';
import { whyUnreadable } from './file-problem.ts';

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly finding: Finding };

/** Reads and parses a file. The finding's place is the line and column, or the file itself where it cannot be read. */
export function readJsonFile(path: string): JsonResult {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, finding: { place: '文件', problem: whyUnreadable(error), mend: '核对路径' } };
  }
  return parseJson(text);
}

export function parseJson(text: string): JsonResult {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(clean);
    return { ok: true, value };
  } catch {
    const at = firstFault(clean);
    const before = clean.slice(0, at).split('\n');
    const place = `第${before.length}行第${before.at(-1)!.length + 1}列`;
    const seen =
      at >= clean.length ? '文件到这里就断了' : `这里的 ${JSON.stringify(clean[at])} 不合 JSON 语法`;
    return { ok: false, finding: { place, problem: seen, mend: '检查此处的引号、逗号和括号' } };
  }
}

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

type Want = 'value' | 'key' | 'colon' | 'next' | 'end';

/** Where the text first stops being JSON: the position of the first token that does not belong. */
function firstFault(text: string): number {
  const open: string[] = [];
  let want: Want = 'value';
  // Right after an opening bracket the list or object may close at once.
  let fresh = false;
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const start = at + /^[ \t\r\n]*/.exec(text.slice(at, at + 4096))![0].length;
    if (!match) return start;
    const [, mark, string, other] = match;
    const inner: string | undefined = open.at(-1);
    const isValue = string !== undefined || other !== undefined;
    const closes = mark === (inner === '{' ? '}' : ']') && inner !== undefined && (want === 'next' || fresh);
    if (closes) {
      open.pop();
      want = open.length > 0 ? 'next' : 'end';
      fresh = false;
    } else if (want === 'value' && (isValue || mark === '{' || mark === '[')) {
      fresh = mark === '{' || mark === '[';
      if (mark !== undefined) open.push(mark);
      want = mark === '{' ? 'key' : mark === '[' ? 'value' : open.length > 0 ? 'next' : 'end';
    } else if (want === 'key' && string !== undefined) {
      want = 'colon';
      fresh = false;
    } else if (want === 'colon' && mark === ':') {
      want = 'value';
    } else if (want === 'next' && mark === ',') {
      want = inner === '{' ? 'key' : 'value';
    } else return start;
    at = TOKEN.lastIndex;
  }
}

/** One line for a person: file, place, problem, mend. */
export function findingLine(file: string, finding: Finding): string {
  const mend = finding.mend === undefined ? '' : `（${finding.mend}）`;
  return `${file}: ${finding.place}: ${finding.problem}${mend}`;
}
