/** The recorder's word on reports: verified, or rejected with a reason that the reporter hears and may answer (R23). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { Report } from '../../ledger/state.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import { ask } from '../asking.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { activityName, dayText, listed, reportText } from '../wording.ts';
import { tellCompanions } from './companions.ts';
import { ONLY_NUMBERS, readNumbers } from './numbers.ts';
import { mayVerify, verifierText } from './verifier.ts';

interface VerifySlots {
  readonly numbers?: readonly number[];
  readonly all?: boolean;
  readonly deed?: boolean;
}

interface RejectSlots {
  readonly numbers: readonly number[];
  readonly reason?: string;
}

const VERIFIERS: ReadonlySet<string> = new Set(['recorder', 'secretary', 'deputy']);

function reading(command: string, slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'none', command, slots };
}

/** Overheard words are taken from those who verify, and from nobody else. */
function mayBeMeant(message: Message): boolean {
  return message.spokenTo || VERIFIERS.has(message.role);
}

const SPOKEN =
  /^(?:第?#?\s*)?([\d#、,，\s号和跟到至~-]+?)(?:的)?(?:都|已经?|全部?)?(?:核实|核对|属实|通过|没问题)(?:了|过了|通过)?$/;

function readVerify(message: Message): Reading | null {
  const commanded = message.command?.name === 'verify';
  const text = commanded ? message.command.rest : message.body;
  const spoken = SPOKEN.exec(text);
  // 12号没问题 may answer when to meet; only plain words of verifying are taken from what is overheard.
  const plain = spoken !== null && (message.spokenTo || /核实|属实/.test(text));
  if (!commanded && (!mayBeMeant(message) || !plain)) return null;
  const deed = /实事/.test(text);
  if (/全部|所有|都核实|^都$|^全$/.test(text))
    return reading('verify', { all: true, ...(deed ? { deed } : {}) });
  const numbered = (spoken?.[1] ?? text).replace(/(?:办)?实事/g, '').trim();
  if (commanded && numbered !== '' && !ONLY_NUMBERS.test(numbered))
    return message.spokenTo ? reading('verify', { all: true }) : null;
  const numbers = readNumbers(numbered);
  // The bare word with nothing behind it shows what waits.
  return numbers.length > 0
    ? reading('verify', { numbers, ...(deed ? { deed } : {}) })
    : reading('verify', { all: true });
}

export const verify: Command = {
  name: 'verify',
  words: ['核实', '通过核实', '待核实', '核准'],
  read: readVerify,
  intent: 'none',
  who: ['recorder', 'secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '核实报告；“核实 全部”先列出来再问',
  examples: ['核实 37 38', '37、38号核实了', '核实 全部'],
  decide: decideVerify,
};

function decideVerify(request: Request, read: Reading): Outcome {
  const slots = slotsOf<VerifySlots>(read);
  const { branch, speaker, at } = request;
  if (!slots.numbers) return previewAll(request, slots);
  const good: Report[] = [];
  const notes: string[] = [];
  for (const number of slots.numbers) {
    const found = branch.reports[number];
    if (!found) notes.push(`没有#${number}。`);
    else if (found.state !== 'pending') notes.push(`#${number}${STATE_WORDS[found.state]}。`);
    else if (!mayVerify(branch, speaker.name, found, at)) notes.push(`#${number}${notYours(request, found)}`);
    else good.push(found);
  }
  const handed = slots.numbers
    .map((n) => branch.reports[n])
    .filter((r) => r !== undefined && r.state === 'pending' && r.names.includes(speaker.name));
  const replies = handed.map((r) => handOver(request, r!));
  if (good.length === 0) return { bodies: [], replies: [answer(notes.join('')), ...replies] };
  const bodies = good.map((r) =>
    body('report-verified', { number: r.number, ...(slots.deed ? { deed: true } : {}) }),
  );
  const head = `已核实 ${listed(good.map((r) => `#${r.number}`))}${good.length > 1 ? `（${good.length}条）` : ''}${slots.deed ? '，记为办实事' : ''}。`;
  return { bodies, replies: [answer(head + notes.join('')), ...replies] };
}

export const STATE_WORDS: Readonly<Record<Report['state'], string>> = {
  pending: '待核实',
  verified: '已核实',
  rejected: '已驳回',
  withdrawn: '已撤回',
};

function notYours({ branch, at, speaker }: Request, found: Report): string {
  const verifier = verifierText(branch, found.names, at);
  return found.names.includes(speaker.name) ? `有您本人，由${verifier}核实，已转告。` : `由${verifier}核实。`;
}

/** What one may not verify oneself goes to whoever may. */
function handOver(request: Request, found: Report): Reply {
  const person = verifierText(request.branch, found.names, request.at);
  return notice(
    { person },
    `请核实：${reportText(request, found, request.at)}。回复“核实 ${found.number}”或“驳回 ${found.number} 理由”。`,
  );
}

/** Everything that waits for this speaker, listed before anything is done. */
function previewAll(request: Request, slots: VerifySlots): Outcome {
  const { branch, speaker, at } = request;
  const waiting = Object.values(branch.reports).filter(
    (r) => r.state === 'pending' && mayVerify(branch, speaker.name, r, at),
  );
  if (waiting.length === 0) return refuse('verify-none');
  const lines = waiting.map((r) => reportText(request, r, at) + marks(r));
  const numbers = waiting.map((r) => r.number);
  const text = [
    `待核实${waiting.length}条：`,
    ...lines,
    `都没问题请回复“核实”；只核实一部分请回复“核实 编号”。`,
  ].join('\n');
  return ask(request, text, {
    confirm: {
      words: ['核实', '确定', '是', '都核实', '通过'],
      reading: reading('verify', { numbers, ...(slots.deed ? { deed: true } : {}) }),
    },
  });
}

const FLAG_WORDS: Readonly<Record<string, string>> = {
  'reused-photo': '照片用过',
  'time-clash': '时间有出入',
  'assumed-yesterday': '日期按昨天',
  'ambiguous-am-pm': '上下午不明',
  'ambiguous-numeric': '日期写法不明',
  'lunar-guess': '按农历推算',
  approximate: '日期不确切',
  'after-publication': '公示后补报',
  recalled: '原消息已撤回',
  alone: '像是一个人做的',
};

/** What the verifier should know: evidence and flags in a word each. */
export function marks(found: Report): string {
  const words = [
    ...(found.evidence.length > 0 ? [`照片${found.evidence.length}张`] : ['无照片']),
    ...(found.proxy ? [`${found.by}代报`] : []),
    ...found.flags.flatMap((f) => FLAG_WORDS[f] ?? (f.startsWith('存疑') ? [f] : [])),
  ];
  return `（${words.join('；')}）`;
}

function readReject(message: Message): Reading | null {
  const commanded = message.command?.name === 'reject';
  const text = commanded ? message.command.rest : message.body;
  const m = commanded
    ? /^((?:第?#?\s*\d{1,5}\s*号?\s*[、,，和跟]?\s*)+)(?:[,，:：;；]?\s*)([\s\S]*)$/.exec(text)
    : /^#?(\d{1,5})号?(?:的)?(?:不通过|驳回|不予核实|打回)[,，:：\s]*([\s\S]*)$/.exec(text);
  if (!m || (!commanded && !mayBeMeant(message))) return null;
  const reason = m[2]!.trim();
  return reading('reject', { numbers: readNumbers(m[1]!), ...(reason ? { reason } : {}) });
}

export const reject: Command = {
  name: 'reject',
  words: ['驳回', '不通过', '打回'],
  read: readReject,
  intent: 'none',
  who: ['recorder', 'secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '驳回报告，要说明理由；本人会收到通知，可以补报',
  examples: ['驳回 39 时间对不上', '39号不通过，照片不是当天的'],
  decide: decideReject,
};

function decideReject(request: Request, read: Reading): Outcome {
  const { numbers, reason } = slotsOf<RejectSlots>(read);
  const { branch, speaker, at } = request;
  const unknown = numbers.find((n) => !branch.reports[n]);
  if (unknown !== undefined) return refuse('report-unknown', { number: unknown });
  const reports = numbers.map((n) => branch.reports[n]!);
  const settled = reports.find((r) => r.state === 'rejected' || r.state === 'withdrawn');
  if (settled)
    return refuse('report-settled', { number: settled.number, state: STATE_WORDS[settled.state].slice(1) });
  const foreign = reports.find((r) => !mayVerify(branch, speaker.name, r, at));
  if (foreign)
    return refuse('verify-not-yours', {
      numbers: `#${foreign.number}`,
      verifier: verifierText(branch, foreign.names, at),
    });
  const said = listed(numbers.map((n) => `#${n}`));
  if (!reason) return ask(request, `驳回${said}的理由是什么？请说“驳回 ${numbers.join(' ')} 理由”。`);
  const told = reports.flatMap((r) => rejectionNotices(request, r, reason));
  const whom = listed([
    ...new Set(told.flatMap((r) => (typeof r.to === 'object' && 'person' in r.to ? [r.to.person] : []))),
  ]);
  const bodies: Body[] = reports.map((r) => body('report-rejected', { number: r.number, reason }));
  return { bodies, replies: [answer(`已驳回${said}${whom ? `，已私下告诉${whom}` : ''}。`), ...told] };
}

/** The reporter hears the reason privately, and how to answer it. */
function rejectionNotices({ branch, policy, at }: Request, found: Report, reason: string): Reply[] {
  const what = `${dayText(found.date, at)}${activityName({ branch, policy }, found.post)}（#${found.number}）`;
  const people = [...new Set([found.by, ...found.names])].filter((n) => accountOf(branch, n) !== null);
  return people.map((person) =>
    notice(
      { person },
      `${what}没有通过核实：${reason}。${person === found.by ? `可以补充说明再报：“补报 ${found.number} 说明”。` : ''}`,
    ),
  );
}

interface ResubmitSlots {
  readonly number: number;
  /** People the explanation adds. */
  readonly names?: readonly string[];
  readonly words?: string;
}

/** 补报 39 说明: a rejected report made again with an explanation. 补报 with a day instead is an ordinary report. */
function readResubmit(message: Message): Reading | null {
  const m =
    /^(?:补报|重报|重新报)\s*(?:#\s*(\d{1,5})|(\d{1,5})(?![\d.\-/:：月日点年号])号?(?=[\s,，:：]|$))\s*[,，:：]?\s*([\s\S]*)$/.exec(
      message.body,
    );
  if (!m) return null;
  const words = m[3]!.trim();
  const added = /一起|还有|同行|和|跟|与/.test(words) ? message.names() : [];
  const names = added.flatMap((n) => (n.members.length === 1 ? n.members : []));
  return reading('resubmit', {
    number: Number(m[1] ?? m[2]),
    ...(words ? { words } : {}),
    ...(names.length > 0 ? { names } : {}),
  });
}

export const resubmit: Command = {
  name: 'resubmit',
  words: ['重报'],
  read: readResubmit,
  intent: 'none',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '被驳回的报告补充说明后再报',
  examples: ['补报 39 是晚上7点到8点，照片是当天的'],
  decide: decideResubmit,
};

function decideResubmit(request: Request, read: Reading): Outcome {
  const { number, words, names: added = [] } = slotsOf<ResubmitSlots>(read);
  const { branch, speaker, at } = request;
  const old = branch.reports[number];
  if (!old) return refuse('report-unknown', { number });
  if (old.by !== speaker.name && !old.names.includes(speaker.name)) return refuse('report-none-yours');
  if (old.state !== 'rejected') return refuse('resubmit-not-rejected', { number });
  const next = branch.nextReport;
  const {
    number: _n,
    contested: _c,
    state: _s,
    reason: _r,
    at: _a,
    source: _src,
    verifiedBy: _v,
    time,
    place,
    words: before,
    ...same
  } = old;
  const again = body('reported', {
    ...same,
    number: next,
    names: [...new Set([...old.names, ...added])],
    by: speaker.name,
    ...(time === null ? {} : { time }),
    ...(place === null ? {} : { place }),
    ...(before === null ? {} : { words: `${before}；${words ?? ''}`.slice(0, 300) }),
    evidence: [...new Set([...old.evidence, ...request.photos])],
    flags: [...same.flags, `again-${number}`],
  });
  const verifier = verifierText(branch, old.names, at);
  const names = [...new Set([...old.names, ...added])];
  const told = [
    notice({ person: verifier }, `#${number}补报为#${next}：${words ?? '（没有另外说明）'}`),
    ...tellCompanions(request, names, { number: next, date: old.date, time, post: old.post }),
  ];
  const who = added.length > 0 ? `，${listed(names)}` : '';
  return {
    bodies: [again],
    replies: [answer(`已补报 #${next}（原#${number}${who}）。待${verifier}核实。`), ...told],
  };
}
