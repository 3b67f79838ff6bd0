/** A report that does not hold: rejected with a reason that those concerned hear, and made again with an explanation. */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { Report } from '../../ledger/state.ts';
import { ask } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import { asWritten } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { activityName, dayText, listed } from '../wording.ts';
import { tellCompanions } from './companions.ts';
import { STATE_WORDS, successorOf } from './marks.ts';
import { readNumbers } from './numbers.ts';
import { mayBeMeant } from './verification.ts';
import { mayVerify, verifierText } from './verifier.ts';

interface RejectSlots {
  readonly numbers: readonly number[];
  readonly reason?: string;
}

function reading(command: string, slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'none', command, slots };
}

function readReject(message: Message): Reading | null {
  const commanded = message.command?.name === 'reject';
  const text = commanded ? message.command.rest : message.body;
  const m = commanded
    ? /^((?:第?#?\s*\d{1,5}\s*号?\s*[、,，和跟]?\s*)+)(?:[,，:：;；]?\s*)([\s\S]*)$/.exec(text)
    : /^#?(\d{1,5})号?(?:的)?(?:不通过|驳回|不予核实|打回)[,，:：\s]*([\s\S]*)$/.exec(text);
  if (!m || (!commanded && !mayBeMeant(message))) return null;
  const reason = asWritten(m[2]!.trim());
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
  const words = asWritten(m[3]!.trim());
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
  const done = successorOf(branch, number);
  if (done) return refuse('report-settled', { number, state: `补报为#${done.number}` });
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
    notice({ person: verifier }, `${speaker.name}把#${number}补报为#${next}：${words ?? '（没有另外说明）'}`),
    ...tellCompanions(request, names, { number: next, date: old.date, time, post: old.post }),
  ];
  const who = added.length > 0 ? `，${listed(names)}` : '';
  return {
    bodies: [again],
    replies: [answer(`已补报 #${next}（原#${number}${who}）。待${verifier}核实。`), ...told],
  };
}
