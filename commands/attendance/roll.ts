/**
 * A roll as the recorder types it: 迟到：甲、乙；请假：丙；其他都到 — or name first: 甲请假、乙丙在外、丁没来也没请假.
 */
import type { NameHit } from '../language/message.ts';
import { ALL, REST } from '../language/lists.ts';
import { orderRoll } from './roll-order.ts';
import { findStatuses, statusIn, type Status } from './roll-words.ts';

export type { Status } from './roll-words.ts';

export type Entries = Partial<Record<Exclude<Status, 'present'>, string[]>> & { present?: string[] | 'rest' };

export interface Roll {
  readonly entries: Entries;
  /** A name that fits several members. */
  readonly unclear?: NameHit;
  /** Several people before several statuses: who did which? */
  readonly tangled: boolean;
  /** Names and statuses alternate so that both orders, or neither, would do. */
  readonly confused: boolean;
  /** All but some, and these are not named: 都到了，就差一个. */
  readonly someMissing: boolean;
  readonly counted: boolean;
}

const EXCEPT = /(?<![扫清消删])除(?:了|开|去)?(.{1,60}?)(?:以外|(?<!在)外(?!地|面|出)|之外|[,，]|都|其)/;
/** 甲除外. */
const EXCEPTED = /([^,，。;；\n除]{1,30})除外/;

function exceptIn(body: string): RegExpExecArray | null {
  if (!body.includes('除')) return null;
  return (body.includes('除外') ? EXCEPTED.exec(body) : null) ?? EXCEPT.exec(body);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** 除甲、乙外全部到齐: the names between say by themselves that these did not come. */
function exceptOnly(body: string): Span | null {
  const m = exceptIn(body);
  if (!m || statusIn(m[1]!) !== undefined) return null;
  const stop = body.slice(m.index).search(/[。;；\n]/);
  return { start: m.index, end: stop < 0 ? body.length : m.index + stop };
}

function blankSpan(text: string, span: Span | null): string {
  return span ? text.slice(0, span.start) + ' '.repeat(span.end - span.start) + text.slice(span.end) : text;
}

class Marks {
  readonly entries: Partial<Record<Status, string[]>> = {};
  unclear: NameHit | undefined;

  give(hit: NameHit, status: Status): void {
    if (hit.members.length > 1) {
      this.unclear ??= hit;
      return;
    }
    const name = hit.members[0]!;
    // 没来的有甲、乙，乙是请了假的: leave says more than absence, anything more than presence.
    if (status === 'present' && this.has(name)) return;
    if (status === 'absent' && this.has(name, 'leave')) return;
    if (status !== 'present') this.drop(name, 'present');
    if (status === 'leave') this.drop(name, 'absent');
    const list = (this.entries[status] ??= []);
    if (!list.includes(name)) list.push(name);
  }

  private has(name: string, status?: Status): boolean {
    return status === undefined
      ? Object.values(this.entries).some((list) => list.includes(name))
      : (this.entries[status]?.includes(name) ?? false);
  }

  private drop(name: string, status: Status): void {
    const left = this.entries[status]?.filter((n) => n !== name);
    if (left && left.length > 0) this.entries[status] = left;
    else delete this.entries[status];
  }
}

/** Everybody else: said so, or so many came that only those named can be missing. */
function restCame(body: string, entries: Entries, counted: boolean): boolean {
  const missing = entries.absent ?? entries.leave ?? entries.flow_away;
  return (
    REST.test(body) ||
    ALL.test(body) ||
    (counted && missing !== undefined) ||
    (entries.absent !== undefined &&
      (exceptIn(body) !== null || /(?:就|只有?|仅|差|缺)[^,，。]{1,12}(?:没|未|冇)/.test(body)) &&
      /都来|都到|全到|全来|到齐|来齐|来全|到全/.test(body))
  );
}

const SOME_MISSING =
  /(?:又)?(?:来了|有)(?:一|两|几)个(?:迟到|早退|没来)的|还有(?:一|两|二|三|几)个[^,，。]{0,3}(?:迟到|早退|没来|请假|缺席)|(?:就|只|还|仅)(?:有)?(?:差|缺|少|剩)?(?:了)?(?:一|两|二|三|四|五|几|\d{1,2})(?:个|人|位)(?:没|未|人|同志)?|有(?:一|两|三|几|\d{1,2})个?人没[来到]|(?:差|缺|少)(?:了)?(?:一|两|二|三|几|\d{1,2})(?:个|人|位)/;

/** 漏了叶向阳，他也到了: who is meant stands just before. */
const PRONOUN = /[,，](?:他们?|她们?)(?=(?:也|都|是)?(?:到|来|迟|早|请|没|缺))/g;

/** `open`: attendance is being taken, so that 有两个没来 is of this meeting. */
export function readRoll(typed: string, names: readonly NameHit[], open = false): Roll {
  const body = typed.replace(PRONOUN, (w) => ' '.repeat(w.length));
  const except = exceptOnly(body);
  const said = names.filter((n) => !except || n.start < except.start || n.end > except.end);
  const { words, asides, text } = findStatuses(blankSpan(body, except), said);
  const order = orderRoll(text, said, words);
  const marks = new Marks();
  // 甲（迟到） under 实到 was late: the bracket is this one's own.
  const own = new Map(
    asides.flatMap((aside) => {
      const hit = said.findLast((n) => n.end <= aside.start && aside.start - n.end <= 1);
      return hit ? [[hit, aside.status] as const] : [];
    }),
  );
  for (const { hits, statuses } of order.given) {
    for (const hit of hits) {
      const aside = own.get(hit);
      for (const status of aside !== undefined && aside !== 'present' ? [aside] : statuses)
        marks.give(hit, status);
      own.delete(hit);
    }
  }
  for (const [hit, status] of own) marks.give(hit, status);
  const entries: Entries = marks.entries;
  const unclear = exceptFor(body, names, entries) ?? marks.unclear;
  const counted = /(?:应到|实到|到会|出席|到了|来了)\s*\d+/.test(body);
  const someMissing =
    SOME_MISSING.test(body) &&
    (open || ALL.test(body) || /[到来]齐|都|人没[来到]/.test(body)) &&
    !entries.absent &&
    !entries.leave &&
    !entries.flow_away &&
    !entries.exempt &&
    !unclear;
  if (restCame(body, entries, counted) && (entries.present === undefined || REST.test(body)))
    entries.present = 'rest';
  return {
    entries,
    tangled: order.tangled,
    confused: order.confused,
    someMissing,
    counted,
    ...(unclear ? { unclear } : {}),
  };
}

/** 除了甲、乙，其他都来了: those named did not come. */
function exceptFor(body: string, names: readonly NameHit[], entries: Entries): NameHit | undefined {
  const m = exceptIn(body);
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
