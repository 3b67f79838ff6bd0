/** The recorder's lists of dues: names with what each has done, everybody, everybody else. */
import type { IsoMonth } from '../../scoring/calendar.ts';
import type { Message, NameHit } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import type { Reading } from '../reading.ts';
import { whichOf } from '../which.ts';
import {
  AHEAD,
  amountIn,
  ask,
  DONE,
  dues,
  type Entry,
  extras,
  near,
  type Status,
  statusIn,
} from './payment.ts';

/** The recorder's rows: each name, or run of names, with what follows it. */
function rowsOf(
  message: Message,
  body: string,
): { header: string; rows: { hits: NameHit[]; text: string }[] } {
  const hits = message.names();
  const first = hits[0]?.start ?? body.length;
  const rows: { hits: NameHit[]; text: string }[] = [];
  hits.forEach((hit, i) => {
    const text = body.slice(hit.end, hits[i + 1]?.start ?? body.length);
    const last = rows.at(-1);
    if (last && /^[、,，\s和跟与及]*$/.test(last.text)) {
      last.hits.push(hit);
      last.text = text;
    } else rows.push({ hits: [hit], text });
  });
  return { header: body.slice(0, first), rows };
}

/** Everybody whose dues are kept: not those exempt, not the town (R02). */
function everybody(message: Message): string[] {
  return message.context.members
    .filter((m) => (m.status === 'full' || m.status === 'probationary') && m.role !== 'town')
    .map((m) => m.name);
}

/** 其他人都交了, 剩下的全部按时交清. */
export const REST =
  /(?:其他|其它|其余|剩下|余下|别|另外|旁)的?(?:所有)?(?:的)?(?:人|人员|同志|党员|些|几个|都|全|全部|均|也){0,4}(?:已经?|按时|准时|足额|及时|提前){0,3}[交缴收清齐][^,，。;；\n]{0,8}/;
/** 所有人都收齐了, 全部交清, 11月党费都交了: the clause is about all. */
const EVERYBODY =
  /(?:所有人|所有党员|所有同志|全体|全部|全支部|全村|大家|每个人|人人|都|全|均)[^,，。;；:：\n]{0,10}[交缴收清](?:清|齐|上|来|缴|完|到|过|满)?(?:了|齐|清|上|完|到|来|$)|(?:收|交|缴)(?:齐|清|全)了?/;
/** 除了甲都交了, 只有甲没交. */
const EXCEPT = /除(?:了|开|去)?|只有|就(?:是|剩|差|缺|只有)?|只(?:剩|差|缺)|还(?:有|剩|差)/;

interface Everyone {
  readonly status: Status;
  readonly months: readonly IsoMonth[];
}

function blank(text: string, pattern: RegExp): string {
  return text.replace(pattern, (w) => ' '.repeat(w.length));
}

/** What is said of everybody not named; null where nothing is. */
function saidOfAll(message: Message, header: string, exceptional: boolean): Everyone | null {
  const { body } = message;
  const rest = REST.exec(body)?.[0];
  const all = EVERYBODY.test(header) ? header : undefined;
  const excepted = /除/.test(body) && EVERYBODY.test(body) ? body : undefined;
  const said = rest ?? (exceptional ? all : undefined) ?? excepted;
  if (said === undefined) return null;
  const months = findMonths(header, near(message));
  const meant = months.length > 0 ? months : findMonths(body, near(message)).slice(0, 1);
  const status = /迟|晚|没|未|欠|补/.test(said.replace(/除.{0,30}/, ''))
    ? statusIn(said, meant, message.month)
    : 'paid';
  return { status: status ?? 'paid', months: meant.length > 0 ? meant : [message.month] };
}

/** 已交：甲、乙；没交：丙 — the status first. */
const LABEL =
  /((?:已|按时|足额)[交缴](?:了|清|齐)?|[交缴]了|交清|未[交缴]|没有?[交缴]|冇交|还没[交缴]|欠[交缴费]?|欠着|迟[交缴]|晚[交缴]|补[交缴]|少[交缴]|没(?:有)?按时[交缴]?|未按时[交缴]?|不足额|没交够|预[交缴])(?:的)?(?:人员|名单|同志|党员|人)?(?:有|是|为)?\s*[:：](?!\s*\d)/g;

interface Row {
  readonly hits: readonly NameHit[];
  /** What decides the status, and where the months may stand. */
  readonly text: string;
}

function labelledRows(message: Message, body: string): Row[] | null {
  const labels = [...body.matchAll(LABEL)];
  if (labels.length === 0) return null;
  return labels.flatMap((m, i) => {
    const from = m.index + m[0].length;
    const to = labels[i + 1]?.index ?? body.length;
    const hits = message.names().filter((n) => n.start >= from && n.end <= to);
    return hits.map((hit, k) => ({
      hits: [hit],
      text: `${m[1]!} ${body.slice(hit.end, hits[k + 1]?.start ?? to)}`,
    }));
  });
}

function askWhich(hit: NameHit): Reading {
  return ask({
    text: whichOf(hit),
    missing: ['member'],
  });
}

/** No names: everybody, those listed just before, or the recorder's own? */
export function readUnnamed(message: Message): Reading | null {
  const { body } = message;
  const months = findMonths(body, near(message));
  const paid = months.length > 0 ? months : [message.month];
  const status = statusIn(body, paid, message.month) ?? 'paid';
  if (/以上|上面|上述|前面|这些人|他们|她们|这几个|名单上/.test(body)) {
    const earlier =
      message.before && (message.before.by === null || message.before.by === message.sender)
        ? message.part(message.before.text).names()
        : [];
    const names = [...new Set(earlier.flatMap((n) => (n.members.length === 1 ? n.members : [])))];
    return names.length > 0 && !/转发|通知/.test(body)
      ? dues(names.map((member) => ({ member, months: paid, status })))
      : ask({ text: '是哪几位的党费？请写上姓名和月份', missing: ['members'] });
  }
  if (!EVERYBODY.test(body) || AHEAD.test(body.replace(/大家/g, ''))) return null;
  if (!DONE.test(body) && !/收齐|交齐|缴齐|交清|收清/.test(body)) return null;
  const sure = /所有|全体|大家|每个人|人人|全支部|收|党员/.test(body);
  const all = dues(everybody(message).map((member) => ({ member, months: paid, status })));
  if (sure && months.length > 0) return all;
  const own = dues([{ member: message.sender ?? '', months: paid, status }]);
  if (/一次|我/.test(body)) return own;
  return ask({
    text: '是全体党员都交了，还是您自己的？',
    missing: ['members'],
    choices: [
      { label: '全体', reading: all },
      { label: '我自己', reading: own },
    ],
  });
}

export function readRows(message: Message): Reading | null {
  if (!/recorder|secretary|deputy|committee/.test(message.role)) return null;
  if (
    /请大家|@所有人|抓紧|尽快|转发|关于|通知|扣\s*\d|各扣|扣[一二三五十]/.test(message.text) ||
    message.asks
  )
    return null;
  const body = blank(message.body, REST);
  const { header, rows } = rowsOf(message, body);
  if (rows.length === 0) return null;
  const headMonths = findMonths(header, near(message));
  const excepted =
    (/除(?:了|开|去)?/.test(header) || /(?:差|缺|剩|欠)(?:的|了|下)?(?:是|有|[:：])?\s*$/.test(header)) &&
    EVERYBODY.test(message.body);
  const amount = amountIn(body);
  if (
    rows.length === 1 &&
    headMonths.length === 0 &&
    amount !== undefined &&
    amount > 2 &&
    findMonths(body, near(message)).length === 0
  )
    return ask({ text: `${amount}元是哪几个月的党费？`, missing: ['months'] });
  const sayings =
    rows.length > 1 &&
    rows.some((r) => /[交缴转付收欠清晚迟少差补]|按时/.test(r.text)) &&
    rows.some((r) => /\d\s*(?:元|块)/.test(r.text));
  const entries: Entry[] = [];
  let own = false;
  for (const row of labelledRows(message, body) ?? rows) {
    const unclear = row.hits.find((h) => h.members.length > 1);
    if (unclear) return askWhich(unclear);
    const rowMonths = findMonths(row.text, near(message));
    const months = rowMonths.length > 0 ? rowMonths : headMonths.length > 0 ? headMonths : [message.month];
    const worded =
      /[交缴转付收欠清晚迟少差补]|按时/.test(row.text) && !(excepted && EVERYBODY.test(row.text));
    own ||= worded;
    const said = worded ? row.text : `${header}${row.text}`;
    const status =
      excepted && !worded
        ? 'unpaid'
        : (statusIn(said, months, message.month) ??
          // 甲 1元 乙 1元 丙 未交: what is said of one row is not said of the others.
          (sayings ? null : statusIn(body, months, message.month)) ??
          'paid');
    for (const hit of row.hits) {
      const member = hit.members[0]!;
      if (!entries.some((e) => e.member === member))
        entries.push({ member, months, status, ...extras(message, row.text, status) });
    }
  }
  const all = saidOfAll(message, header, own || EXCEPT.test(header));
  if (!all) return dues(entries);
  const named = new Set(entries.map((e) => e.member));
  const others = everybody(message).filter((n) => !named.has(n));
  return dues([...entries, ...others.map((member) => ({ member, months: all.months, status: all.status }))]);
}

/** 其他的都按时交了 right after those were named who have not. */
export function readOthers(message: Message): Reading | null {
  const { before } = message;
  if (!REST.test(message.body) || !before || (before.by !== null && before.by !== message.sender))
    return null;
  const named = new Set(
    message
      .part(before.text)
      .names()
      .flatMap((n) => n.members),
  );
  const months = findMonths(before.text, near(message));
  const meant = months.length > 0 ? months : [message.month];
  const others = everybody(message).filter((n) => !named.has(n));
  return named.size === 0
    ? null
    : dues(
        others.map((member) => ({
          member,
          months: meant,
          status: statusIn(message.body, meant, message.month) ?? 'paid',
        })),
      );
}
