/**
 * A roll as the recorder types it: 迟到：甲、乙；请假：丙；其他都到 — or name first: 甲请假、乙丙在外、丁没来也没请假.
 * Status words govern the names right before them in the clause, or, standing first, the names that follow.
 */
import type { NameHit } from '../language/message.ts';
import { ALL, REST } from '../language/lists.ts';

export type Status = 'present' | 'late' | 'early' | 'absent' | 'leave' | 'flow_away' | 'exempt';

export type Entries = Partial<Record<Exclude<Status, 'present'>, string[]>> & { present?: string[] | 'rest' };

export interface Roll {
  readonly entries: Entries;
  /** A name that fits several members. */
  readonly unclear?: NameHit;
  /** Several people before several statuses: who did which? */
  readonly tangled: boolean;
  readonly counted: boolean;
}

/** Longer words first: 没来也没请假 is an absence, 没到结束 an early leaving. Village speech, own knowledge. */
const STATUS: readonly (readonly [Status, string])[] = [
  [
    'early',
    '没(?:到|等)(?:结束|散会|会完)|早退|提前(?:走|离开|离场|退场)|中途(?:走|离|退|溜)(?:了|场|开)?|先走|半路走',
  ],
  [
    'absent',
    '没来也没请假|没请假也没来|没来没请假|没请假没来|没到也没请假|没请假|未请假|无故(?:缺席|不来|没来|不到|未到)|缺席|缺会|旷会|旷课|没有?(?:来|到|参加)|未(?:到|来|参加)(?:会|场)?|不到(?:会|场)?(?=$|[:：,，。;、\\s])|冇来|没见人|缺(?:的|了)?(?:人员?)?(?=[:：是有])|缺(?=[:：]|[一-龥]{2,4}(?:[、,，。;和跟 ]|$))',
  ],
  ['leave', '请(?:了)?(?:个)?(?:病|事|公)?假|告(?:了)?(?:个)?假|病假|事假|公假'],
  ['late', '迟到|晚(?:了)?(?:来|到)|来(?:晚|迟)|到(?:晚|迟)'],
  [
    'flow_away',
    '(?:人)?在外(?:地|面|务工|打工)?|外出务工|外出打工|外出|流动(?:在外)?|在外地|在(?:深圳|广州|东莞|武汉|温州|浙江|广东|上海|北京|杭州|宁波)',
  ],
  ['exempt', '免(?:考(?:核)?|的|了|于考核)|不纳入(?:考核|管理)?|免考'],
  [
    'present',
    '实到(?:人员|名单)?|到会(?:人员|名单)?|参会(?:人员|名单)?|出席|签到|准时(?:到)?|按时到|在场|到场|已到|来了|到了|都到|都来|到齐|正常|(?:都|全)?到(?=$|[:：,，。;、\\s])|参加(?:人员|名单|的)?',
  ],
];
const TOKEN = new RegExp(STATUS.map(([, source]) => `(${source})`).join('|'), 'g');

interface Token {
  readonly kind: 'name' | 'status' | 'stop';
  readonly start: number;
  readonly end: number;
  readonly status?: Status;
  readonly hit?: NameHit;
}

/** Reasons in brackets say nothing about a roll, unless they are a status: 毕小军（迟到）. */
function blankAsides(body: string): string {
  return body.replace(/\(([^()\n]*)\)/g, (whole, inside: string) => {
    TOKEN.lastIndex = 0;
    return TOKEN.test(inside) || /[组队]$/.test(inside)
      ? whole.replace(/[()]/g, ' ')
      : ' '.repeat(whole.length);
  });
}

function tokens(body: string, names: readonly NameHit[]): Token[] {
  const except = exceptOnly(body);
  const text = blankSpan(
    blankAsides(body).replace(REST, (w) => ' '.repeat(w.length)),
    except,
  );
  const list: Token[] = names
    .filter((n) => !except || n.start < except.start || n.end > except.end)
    .map((hit) => ({ kind: 'name', start: hit.start, end: hit.end, hit }));
  TOKEN.lastIndex = 0;
  for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
    const start = m.index;
    if (names.some((n) => start < n.end && n.start < start + m[0].length)) continue;
    // 应到24实到19 counts heads.
    if (
      /^\s*\d+/.test(text.slice(start + m[0].length)) &&
      /^(?:实到|到会|出席|签到|到了|来了|参加)/.test(m[0])
    )
      continue;
    const status = STATUS[m.slice(1).findIndex((group) => group !== undefined)]![0];
    list.push({ kind: 'status', start, end: start + m[0].length, status });
  }
  for (const m of text.matchAll(/[,，。;；\n]/g))
    list.push({ kind: 'stop', start: m.index, end: m.index + 1 });
  return list.sort((a, b) => a.start - b.start);
}

const EXCEPT = /除(?:了|开|去)?(.{1,60}?)(?:以?外|之外|[,，]|都|其)/;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** 除甲、乙外全部到齐: the names between say by themselves that these did not come. */
function exceptOnly(body: string): Span | null {
  const m = EXCEPT.exec(body);
  if (!m) return null;
  TOKEN.lastIndex = 0;
  if (TOKEN.test(m[1]!)) return null;
  const stop = body.slice(m.index).search(/[。;；\n]/);
  return { start: m.index, end: stop < 0 ? body.length : m.index + stop };
}

function blankSpan(text: string, span: Span | null): string {
  return span ? text.slice(0, span.start) + ' '.repeat(span.end - span.start) + text.slice(span.end) : text;
}

class Taking {
  readonly entries: Partial<Record<Status, string[]>> = {};
  unclear: NameHit | undefined;
  tangled = false;
  private group: NameHit[] = [];
  private label: Status | null = null;
  /** Those the last status was given to, for 甲迟到早退. */
  private last: { hits: NameHit[]; status: Status; end: number } | null = null;

  name(hit: NameHit): void {
    this.group.push(hit);
    this.last = null;
  }

  status(status: Status, start: number, end: number, label: 'colon' | 'names' | null): void {
    // 迟到：甲、乙 请假：丙 — a colon makes it a label, whatever stood before.
    if (label === 'colon') {
      this.stop(true);
      this.label = status;
      return;
    }
    if (this.group.length > 0) {
      this.give(this.group, status);
      this.last = { hits: this.group, status, end };
      this.group = [];
      return;
    }
    if (this.last && start - this.last.end <= 2 && this.last.status !== status && !label) {
      const lateAndEarly = new Set([this.last.status, status]);
      if (this.last.hits.length > 1 && lateAndEarly.has('late') && lateAndEarly.has('early'))
        this.tangled = true;
      if (lateAndEarly.has('late') && lateAndEarly.has('early')) this.give(this.last.hits, status);
      return;
    }
    if (label) this.label = status;
  }

  stop(hard: boolean): void {
    if (this.group.length > 0 && this.label) {
      this.give(this.group, this.label);
      this.group = [];
    } else if (hard) this.group = [];
    if (hard) this.label = null;
    this.last = null;
  }

  private give(hits: readonly NameHit[], status: Status): void {
    for (const hit of hits) {
      if (hit.members.length > 1) this.unclear ??= hit;
      const list = (this.entries[status] ??= []);
      const name = hit.members[0]!;
      if (hit.members.length === 1 && !list.includes(name)) list.push(name);
    }
  }
}

/** After a status that stands first: a colon, 的有, 人员, or names at once make it a label. */
function labels(body: string, token: Token, next: Token | undefined): 'colon' | 'names' | null {
  const after = body.slice(token.end, token.end + 8);
  if (/^\s*(?:的|了)?(?:[一二两三四五六七八九十\d]+[个人名位]+)?(?:人员|名单|同志|党员)?\s*[:：]/.test(after))
    return 'colon';
  if (/^\s*的?(?:人员|名单|同志|党员)?\s*(?:有|是|为)/.test(after)) return 'names';
  return next?.kind === 'name' && next.start - token.end <= 2 ? 'names' : null;
}

export function readRoll(body: string, names: readonly NameHit[]): Roll {
  const taking = new Taking();
  const list = tokens(body, names);
  list.forEach((token, i) => {
    if (token.kind === 'name') taking.name(token.hit!);
    else if (token.kind === 'status')
      taking.status(token.status!, token.start, token.end, labels(body, token, list[i + 1]));
    else taking.stop(/[。;；\n]/.test(body[token.start]!) || nextIsStatus(list, i));
  });
  taking.stop(true);
  const entries: Entries = taking.entries;
  const unclear = exceptFor(body, names, entries) ?? taking.unclear;
  const counted = /(?:应到|实到|到会|出席|到了|来了)\s*\d+/.test(body);
  const missing = entries.absent || entries.leave || entries.flow_away;
  const everybody =
    REST.test(body) ||
    ALL.test(body) ||
    (counted && missing) ||
    (entries.absent && EXCEPT.test(body) && /都来|都到|全到|全来|到齐|来齐/.test(body));
  if (everybody && (entries.present === undefined || REST.test(body))) entries.present = 'rest';
  return { entries, tangled: taking.tangled, counted, ...(unclear ? { unclear } : {}) };
}

/** A comma in front of another status word ends a label (迟到：甲，缺席：乙). */
function nextIsStatus(list: readonly Token[], at: number): boolean {
  return list[at + 1]?.kind === 'status';
}

/** 除了甲、乙，其他都来了: those named did not come. */
function exceptFor(body: string, names: readonly NameHit[], entries: Entries): NameHit | undefined {
  const m = EXCEPT.exec(body);
  if (!m) return undefined;
  const end = m.index + m[0].length;
  const given = new Set(Object.values(entries).flatMap((v) => (Array.isArray(v) ? v : [])));
  for (const hit of names) {
    if (hit.start < m.index || hit.end > end) continue;
    if (hit.members.length > 1) return hit;
    if (!given.has(hit.members[0]!)) (entries.absent ??= []).push(hit.members[0]!);
  }
  return undefined;
}
