/** Reading dues: what a member says to have paid, and the recorder's lists. Amounts are read to ask, never shown. */
import type { IsoMonth } from '../../scoring/calendar.ts';
import type { Message, NameHit, ReadingDeclaration } from '../language/message.ts';
import { findMonths } from '../language/months.ts';
import { parseNumeral } from '../language/numerals.ts';
import type { DuesSlots, Question, Reading } from '../reading.ts';

const WORDS = ['党费', '缴费', '缴党费', '交党费'];
type Status = DuesSlots['entries'][number]['status'];
interface Entry {
  readonly member: string;
  readonly months: readonly IsoMonth[];
  readonly status: Status;
  readonly [extra: string]: unknown;
}

/** Other things that are paid for. */
const OTHER_FEES =
  /电费|水费|话费|房租|学费|物业|燃气|气费|网费|车费|油费|运费|医保费|社保|保险费|罚款|会费|报名费|押金|定金|团费|份子钱|礼金|货款|饭钱/;
/** 党非 and 党废 are voice input's. */
const DUES = /党[费非废]/;
const PAID = /交|缴|转(?!发|告)|付|收(?!缴)|清了|补(?:上|齐)|发(?:了|过去|给|你|您)/;
/** It has been paid: 交了, 已转, 刚交, 才补上. */
const DONE =
  /(?:交|缴|转|付|补[交缴]?|收|清)(?:给.{1,4})?(?:完|清|过|齐|上|好|掉|到)?了|已(?:经)?(?:交|缴|转|付|收|补)|(?:刚|才|都)(?:交|缴|转|付|补)|(?:交|缴|转|付|补)(?:过|好|清|齐|完|上)|(?:转|交|缴|带|捎)(?:你|您|给|到)|(?:交|缴|转)的|转账|收到|(?:转|交|缴)\s*\d|发(?:过去|给你|给您|给小|你|您)(?:们)?了?|(?:微信|红包)发|发了\s*[\d一二两三四五六七八九十]/;
const AHEAD =
  /(?:明天|后天|等下|等会|待会|过两天|下周|回头|晚点|月底前?|以后|马上|准备|打算|记得|忘了|忘记|抓紧|尽快|赶紧|请(?!查|注意查|收)|麻烦.{0,4}交|还没|没交的|未交的|该交|要交|想交|怎么交|交给谁|找谁交|提醒|通知|转发|关于|做好|收缴|大家|各位|谁|标准|制度|规定|收党费|来交|去交(?!了|的))/;
const AMOUNT =
  /(\d{1,5}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,4})\s*(?:元|块钱?|圆)|(?:转|交|缴|付|发)(?:了|过)?\s*(\d{1,4}(?:\.\d{1,2})?)(?!\s*[月号日.\d/-])/;

function amountIn(text: string): number | undefined {
  const m = AMOUNT.exec(text);
  return m ? (parseNumeral(m[1] ?? m[2]!) ?? undefined) : undefined;
}

/** Too little before too late: 少交 is 不足额 even where it came late as well. */
function statusIn(text: string, months: readonly IsoMonth[], now: IsoMonth): Status | null {
  const short =
    /少交|少缴|不足|不够|交少|缴少|(?:差|欠|短|少)(?:了)?\s*[\d一二两三四五]+(?:\.\d)?\s*(?:元|块|角|毛)|没交够|没交足|没缴足|没足额|未足额/.test(
      text,
    );
  const late =
    /晚了|晚交|晚缴|迟交|迟缴|迟了|交(?:得)?(?:晚|迟)|缴(?:得)?(?:晚|迟)|逾期|超期|过期|过了(?:时间|月|期)|才(?:补|去|来)?[交缴转付给]|没有?(?:按|准)时|未(?:按|准)时|不(?:按|准)时|没及时|未及时|拖到|拖了|延迟|算(?:是)?迟/.test(
      text,
    ) ||
    (/补[交缴上齐]|后补/.test(text) && months.some((m) => m < now));
  if (short) return late ? 'late-short' : 'short';
  if (late) return 'late';
  if (/(?:没|未|冇|不)(?:有|得)?(?:交|缴|收到)|欠|没给/.test(text)) return 'unpaid';
  if (/预交|预缴|提前交|提前缴/.test(text)) return 'prepaid';
  return PAID.test(text) ? 'paid' : null;
}

function extras(message: Message, text: string, status: Status): Record<string, unknown> {
  const amount = amountIn(text);
  // 6.2交的 is a day here, whatever else such figures may be.
  const part = message.part(
    text
      .replace(/\d{1,2}月(?=\d{1,2}月)/g, ' ')
      .replace(/(?<!\d)(\d{1,2})[.](\d{1,2})(?=号?(?:才)?[交缴转])/, '$1月$2号'),
  );
  const paidOn = /才|交的|缴的|转的|号交|日交|号缴|号转|[号日]/.test(text)
    ? part.dates('past').find((d) => d.vague !== 'day' && /\d|号|日|昨|前天/.test(d.text))?.date
    : undefined;
  const owed = status === 'short' || status === 'late-short';
  return {
    ...(paidOn ? { paid_on: paidOn } : {}),
    ...(amount === undefined ? {} : owed ? { short: amount } : { amount }),
    ...(message.hasImage ? { proof: 'image' } : {}),
  };
}

function dues(entries: readonly Entry[]): Reading {
  return { act: 'record', intent: 'dues', command: 'dues', slots: { entries } };
}

function ask(question: Question): Reading {
  return { act: 'ask', intent: 'dues', command: 'dues', slots: {}, question };
}

function near(message: Message): { month: IsoMonth; bias: 'around' } {
  return { month: message.month, bias: 'around' };
}

/** What a member says of the own dues, or of dues paid for somebody: 我的党费转了, 帮我爹交了. */
function readOwn(message: Message): Reading | null {
  const { body } = message;
  const self = message.sender ?? '';
  const worded =
    message.command && (findMonths(body, near(message)).length > 0 || amountIn(body) !== undefined);
  if (!DONE.test(body) && !worded) return null;
  if (/大学|学校|公司|单位/.test(body) && !message.spokenTo) return null;
  // 忘记交了，现在补上: forgotten once, and paid.
  const mended =
    /(?:忘了|忘记)[^,，。]{0,4}[,，。][^,，。]{0,4}(?:现在|刚|才|今天)?(?:补|交|转)(?:上|了|齐|过)/.test(
      body,
    );
  if (
    AHEAD.test(mended ? body.replace(/忘了|忘记/g, '') : body) ||
    /(?:没|未|冇)(?:有)?(?:交|缴|转)/.test(body)
  )
    return null;
  const months = findMonths(body, near(message));
  const named = message.names().filter((n) => !spokenTo(body, n));
  const unclear = named.find((n) => n.members.length > 1 && !n.members.includes(self));
  const others = [...new Set(named.flatMap((n) => (n.members.length === 1 ? n.members : [])))].filter(
    (n) => n !== self,
  );
  const behalf = /帮|替|代|给/.test(body);
  if (others.length > 0 && !behalf && !/我(?:和|跟|与)|(?:和|跟|与)我/.test(body)) return null;
  if (unclear)
    return ask({
      text: `哪个${unclear.text}？${unclear.members.map((m, i) => `${i + 1} ${m}`).join(' ')}`,
      missing: ['member'],
    });
  const amount = amountIn(body);
  if (months.length === 0 && amount !== undefined && amount > 2)
    return ask({ text: `${amount}元是哪几个月的党费？`, missing: ['months'] });
  const status = statusIn(body, months, message.month) ?? 'paid';
  // 党费我让小军代交了: through whom, not whose.
  const through = /(?:我|党费)(?:让|叫|托|请|喊|麻烦)|(?:帮|替|代)我/.test(body);
  const joint = /我(?:和|跟|与)|(?:和|跟|与)我|我们/.test(body);
  const payers = others.length === 0 || through ? [self] : joint ? [self, ...others] : others;
  const paid = months.length > 0 ? months : [message.month];
  return dues(payers.map((member) => ({ member, months: paid, status, ...extras(message, body, status) })));
}

/** 小燕，… and 转你了: the name is whom one speaks to; 转给小燕了: whom one paid. */
function spokenTo(body: string, hit: NameHit): boolean {
  const after = body.slice(hit.end);
  const before = body.slice(0, hit.start);
  if (/[,，]$/.test(before) && after === '') return true;
  if (hit.start === 0 && /^[,，: ]/.test(after) && /转你|转您|给你|给您|我|收一下|查收/.test(after))
    return true;
  if (
    hit.start === 0 &&
    /^[,，: ]?\s*(?:我|党费|帮我|麻烦|请|钱|转)/.test(after) &&
    /我|你|您|党费(?:已|转|交)/.test(body.slice(hit.end, hit.end + 30))
  )
    return /^[,，: ]/.test(after) || after.startsWith('我');
  return /(?:转|交|付|发|微信)(?:给|到)?(?:了)?$|@$|找$|向$/.test(before);
}

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
const REST =
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
  const excepted = /除(?:了|开|去)/.test(body) && EVERYBODY.test(body) ? body : undefined;
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
    text: `哪个${hit.text}？${hit.members.map((m, i) => `${i + 1} ${m}`).join(' ')}`,
    missing: ['member'],
  });
}

/** No names: everybody, those listed just before, or the recorder's own? */
function readUnnamed(message: Message): Reading | null {
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

function readRows(message: Message): Reading | null {
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
        : (statusIn(said, months, message.month) ?? statusIn(body, months, message.month) ?? 'paid');
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
function readOthers(message: Message): Reading | null {
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

/** Things that are handed in besides dues. */
const PAPERS =
  /笔记|材料|表格?(?!$)|作业|照片|心得|体会|总结|计划|清单|报告|档案|合同|电费|水费|医保|社保|卡|钥匙|票/;

/** 党费 need not be said where months are paid for and the money went to the recorder: 4-6月三块钱，微信转你了. */
function aboutDues(message: Message): boolean {
  const { body } = message;
  if (DUES.test(body) || (REST.test(body) && DUES.test(message.before?.text ?? ''))) return true;
  if (OTHER_FEES.test(body) || message.body.length > 120) return false;
  const keeper = /recorder|secretary|deputy/.test(message.role);
  const months = findMonths(body, near(message));
  if (months.length === 0) return false;
  const named = message.names().length > 0;
  if (keeper && named && !PAPERS.test(body) && !/扣|分/.test(body)) {
    if (/^(?:收到|已收|收)/.test(body)) return onlyNamesAndMonths(message);
    if (/(?:都|已经?|全|刚|还没有?|没有?|未|欠|迟|晚|补|预)(?:按时)?[交缴]/.test(body)) return true;
  }
  if (!AMOUNT.test(body) || !PAID.test(body)) return false;
  if (keeper) return named && /已收|收到|收讫|收了|交了|已交|交来/.test(body);
  return (
    /季度|全年|半年|\d\s*[-~到至]\s*\d+月/.test(body) &&
    message
      .names()
      .some(
        (n) =>
          n.start === 0 &&
          n.members.some((m) => message.context.members.some((x) => x.name === m && x.role === 'recorder')),
      )
  );
}

/** 收到 甲4到6月: nothing but whose and which months. */
function onlyNamesAndMonths(message: Message): boolean {
  let rest = message.body;
  for (const hit of message.names().toReversed()) rest = rest.slice(0, hit.start) + rest.slice(hit.end);
  return (
    rest.replace(
      /收到|已收|收|的|[\d一二三四五六七八九十]+|月份?|[到至、,，\-~\s和]|元|块钱?|上半年|下半年|全年|季度|第|现金|微信/g,
      '',
    ).length === 0
  );
}

function read(message: Message): Reading | null {
  if (message.role === 'system' || message.role === 'town') return null;
  if (!aboutDues(message) && message.command?.name !== 'dues') return null;
  if (/电费|水费/.test(message.body) && !DUES.test(message.body)) return null;
  if (message.command?.name === 'dues' && message.command.rest === '')
    return ask({ text: '党费是哪几个月的？比如：党费 3月 已交', missing: ['months'] });
  // 扣了我3分，我是月初交的 complains of a score.
  if (message.asks || /扣(?:了)?我|不是(?:迟|晚|没|未)|交了几(?:回|次|个月)/.test(message.body)) return null;
  const keeper = /recorder|secretary|deputy|committee/.test(message.role);
  const mine = /我|本人/.test(message.body) && !/收|交给我|给我|转我|我们/.test(message.body);
  if (!keeper || mine) return readOwn(message);
  if (message.names().length > 0) return readRows(message);
  return readOthers(message) ?? readUnnamed(message) ?? readOwn(message);
}

export const DUES_HINT = /党[费非废]|缴费|[元块]|[交缴收欠]/;
export const duesReading: ReadingDeclaration = { name: 'dues', words: WORDS, read };
/** For a score sheet's row that says when dues were paid (张国强 党费3.2交的). */
export function duesOf(member: string, text: string, message: Message): Entry {
  const months = findMonths(text, near(message));
  const paid = months.length > 0 ? months : [message.month];
  const status = statusIn(text, paid, message.month) ?? 'paid';
  return { member, months: paid, status, ...extras(message, text, status) };
}
