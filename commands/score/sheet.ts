/**
 * Scores set outright: 给国强3月巡逻岗打分：亮岗10 履职10 实事8; 胡… 关爱岗 10 10 10，环境岗 10 9 10;
 * 环境岗：甲28 乙27; 甲 40 30/28. A number belongs to the item before it.
 */
import type { Message, NameHit } from '../language/message.ts';
import { parseNumeral } from '../language/numerals.ts';
import type { ScoreOp } from '../reading.ts';
import { exceptions, OTHERS, spreadOthers } from './everyone-else.ts';
import { findItems, type ItemHit } from './items.ts';
import { Rows } from './rows.ts';

export interface Unread {
  readonly members: readonly string[];
  /** The word and its figure, as typed. */
  readonly what: string;
  /** The line it stands in. */
  readonly line: string;
}

export interface Sheet {
  readonly ops: readonly ScoreOp[];
  readonly unclear?: NameHit;
  /** The unclear name has got a score. */
  readonly unclearScored: boolean;
  /** A figure that is no single item's (张三 95). */
  readonly unsplit: readonly { readonly member: string; readonly value: number }[];
  /** A part (履职) whose post is not said. */
  readonly missingPost: boolean;
  /** Rows with a figure of no item known here (思想10). Nothing is set by such a row: half of it would be wrong. */
  readonly unread: readonly Unread[];
  /** 党费3.2交的 in a row: when dues were paid, not a score. */
  readonly duesNotes: readonly { readonly member: string; readonly text: string }[];
}

type Token =
  | { readonly kind: 'name'; readonly start: number; readonly end: number; readonly hit: NameHit }
  | { readonly kind: 'item'; readonly start: number; readonly end: number; readonly item: ItemHit }
  | { readonly kind: 'number'; readonly start: number; readonly end: number; readonly value: number }
  | { readonly kind: 'full'; readonly start: number; readonly end: number }
  | { readonly kind: 'rest'; readonly start: number; readonly end: number }
  | { readonly kind: 'stop'; readonly start: number; readonly end: number };

const NUMBER =
  /(?<![\d.])(\d{1,3}(?:\.\d)?)(?![\d.])(?:\s*分)?(?!\d|\s*[月号日点次户个人件年元块天时季]|\s*:\d|\s*分(?:钟|之))|([一二三四五六七八九十]{1,3})(?=分)|(?<=[:：岗]\s?|[一二三四五六七八九十][,，、\s])([一二三四五六七八九十])(?=[,，、\s][一二三四五六七八九十](?![一-龥])|[;。\n]|$)/g;

function tokensOf(message: Message, text: string): Token[] {
  const names = message.names();
  const items = findItems(text, message.context).filter(
    (i) => !names.some((n) => i.start < n.end && n.start < i.end),
  );
  const taken = [...names, ...items];
  const tokens: Token[] = [
    ...names.map((hit): Token => ({ kind: 'name', start: hit.start, end: hit.end, hit })),
    ...items.map((item): Token => ({ kind: 'item', start: item.start, end: item.end, item })),
  ];
  for (const m of text.matchAll(NUMBER)) {
    const said = m[1] ?? m[2] ?? m[3]!;
    const value = parseNumeral(said);
    const inside = taken.some((t) => m.index < t.end && t.start < m.index + said.length);
    if (value !== null && !inside)
      tokens.push({ kind: 'number', start: m.index, end: m.index + m[0].length, value });
  }
  for (const m of text.matchAll(/(?<!不是|没有?|未)满分|全满|(?<=分)(?:给|打|评|都)满/g))
    tokens.push({ kind: 'full', start: m.index, end: m.index + 2 });
  for (const m of text.matchAll(/[;。\n]/g)) tokens.push({ kind: 'stop', start: m.index, end: m.index + 1 });
  for (const m of text.matchAll(OTHERS))
    tokens.push({ kind: 'rest', start: m.index, end: m.index + m[0].length });
  for (const { end } of exceptions(text))
    if (text[end] !== '其') tokens.push({ kind: 'rest', start: end, end });
  tokens.sort((a, b) => a.start - b.start);
  return postFirst(bracketedFirst(tokens, text));
}

/** 亮岗10 履职10（治安）；亮岗10 履职8（环境）: each post stands in brackets behind its figures. */
function bracketedFirst(tokens: readonly Token[], text: string): Token[] {
  const rows: Token[][] = [[]];
  for (const token of tokens) {
    rows.at(-1)!.push(token);
    if (token.kind === 'stop') rows.push([]);
  }
  return rows.flatMap((row) => {
    const posts = row.filter((t) => t.kind === 'item' && t.item.kind === 'post');
    const first = row.findIndex((t) => t.kind === 'item' || t.kind === 'number');
    const [only] = posts;
    const numbers = row.filter((t) => t.kind === 'number');
    if (
      !only ||
      posts.length > 1 ||
      text[only.start - 1] !== '(' ||
      numbers.some((n) => n.start > only.start)
    )
      return row;
    return [...row.slice(0, first), only, ...row.slice(first).filter((t) => t !== only)];
  });
}

/** 甲28、乙27（巡逻岗）: the one post stands behind all the figures. */
function postFirst(tokens: Token[]): Token[] {
  const items = tokens.filter((t) => t.kind === 'item');
  const [only] = items;
  if (!only || items.length !== 1 || only.item.kind !== 'post') return tokens;
  const numbers = tokens.filter((t) => t.kind === 'number');
  const names = tokens.filter((t) => t.kind === 'name');
  return names.length > 1 && numbers.length === names.length && numbers.every((n) => n.end <= only.start)
    ? [only, ...tokens.filter((t) => t !== only)]
    : tokens;
}

/** 3月, 28号 and 加2分 are no scores to set. */
function blankOthers(message: Message, spans: readonly { start: number; end: number }[]): string {
  let text = message.body;
  const blank = (start: number, end: number): void => {
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  };
  for (const span of spans) blank(span.start, span.end);
  return text
    .replace(/\d{1,2}\s*(?:月\s*)?[-~到至、]\s*\d{1,2}月/g, (w) => ' '.repeat(w.length))
    .replace(/(?:20\d\d年)?\d{1,2}月(?:份|\d{1,2}[号日])?/g, (w) => ' '.repeat(w.length))
    .replace(/(?:每人|人人)?\d{1,2}号(?!岗)/g, (w) => ' '.repeat(w.length));
}

const JOINED = /^(?:岗|分|项|\s)*[、和及与,，\s]?(?:岗|\s)*$/;

/** A figure belongs to an item only where next to nothing stands between them. */
const CLOSE =
  /^(?:分|岗|三项|大家|项|得|给|打|是|为|:|=|,|，|、|\/|\+|和|各|都|均|也|的|就|满|到|全|记|定|改|成|更正|应该|总分?|共|先|按|算|记|打|几个|那几个|人|每人|[\s])*$/;

/** 思想10, 表现分：9 in a row: a short word of its own directly before a figure. */
function unknownItem(between: string, value: number): string | undefined {
  const word = /(?:^|[\s,，、;。+/])([一-龥]{2,5})\s*[:：]?\s*$/.exec(between)?.[1];
  return word === undefined ? undefined : `${word}${value}`;
}

function lineAt(body: string, at: number): string {
  const end = body.slice(at).search(/[\n;；]/);
  const start = Math.max(...['\n', ';', '；'].map((stop) => body.lastIndexOf(stop, at))) + 1;
  return body.slice(start, end < 0 ? undefined : at + end).trim();
}

/** 甲 扶贫岗 8、8、9；巡逻岗 7、6、8: an item and its figures, with no name before the next stop. */
function goesOn(tokens: readonly Token[], from: number): boolean {
  const stop = tokens.findIndex((t, i) => i >= from && t.kind === 'stop');
  const kinds = tokens.slice(from, stop < 0 ? undefined : stop).map((t) => t.kind);
  return (
    kinds[0] === 'item' && kinds.includes('number') && !kinds.includes('name') && !kinds.includes('rest')
  );
}

/** Reads what is set outright. `skip`: stretches that deduct or add. */
export function readSheet(message: Message, skip: readonly { at: number; end: number }[]): Sheet {
  const text = blankOthers(
    message,
    skip.map((s) => ({ start: s.at, end: s.end })),
  );
  const rows = new Rows(message);
  if (
    /全体(?:党员|到会|参会|同志)|所有(?:党员|到会|参会|人)|(?:到会|参会|到)(?:的|人员)|大家(?:的[^,，。\d]{1,6})?(?:都|全)/.test(
      text,
    ) &&
    message.names().length === 0
  )
    rows.everybody(/到|参/.test(text) ? '*present' : '*all');
  if (/自己|本人|我的(?:分|义务|.{0,4}岗)|把我.{1,6}岗/.test(text) && message.names().length === 0)
    rows.everybody(message.sender ?? '');
  let end = 0;
  const unread: Unread[] = [];
  const excepted: string[] = [];
  const left = exceptions(text);
  const tokens = tokensOf(message, text);
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'name' && left.some((s) => s.start <= token.start && token.end <= s.end))
      excepted.push(...token.hit.members);
    else if (token.kind === 'name') rows.name(token.hit);
    else if (token.kind === 'stop') rows.stop(text[token.start] !== '。' && goesOn(tokens, index + 1));
    else if (token.kind === 'item') {
      rows.see(token.item, JOINED.test(text.slice(end, token.start)));
      const paid =
        token.item.item === 'dues'
          ? /^(?:\s*\S{0,8}?(?:[交缴]的|已[交缴]|[交缴]了))/.exec(message.body.slice(token.end))
          : null;
      if (paid) rows.dues(message.body.slice(token.start, token.end) + paid[0]);
    } else if (token.kind === 'rest') rows.others();
    else if (token.kind === 'full') rows.full();
    else if (CLOSE.test(text.slice(end, token.start))) rows.figure(token.value);
    else {
      const what = unknownItem(text.slice(end, token.start), token.value);
      const members = rows.whose;
      if (what !== undefined && members.length > 0)
        unread.push({ members, what, line: lineAt(message.body, token.start) });
    }
    end = token.end;
  }
  rows.settle();
  rows.serveAhead();
  return {
    ops: spreadOthers(rows.ops, message, excepted).filter(
      (op) => !unread.some((row) => row.members.includes(op.member)),
    ),
    unread,
    unsplit: rows.unsplit,
    missingPost: rows.missingPost,
    unclearScored: rows.unclearScored,
    duesNotes: rows.duesNotes,
    ...(rows.unclear ? { unclear: rows.unclear } : {}),
  };
}
