/** The recorder's word on reports: only what is verified counts towards a post (R23). */
import { z } from 'zod';
import { body } from '../../ledger/kinds.ts';
import type { BranchState, Report } from '../../ledger/state.ts';
import {
  answer,
  type Command,
  isRefusal,
  notice,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { ask } from '../asking.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { listed, reportText } from '../wording.ts';
import { marks, STATE_WORDS, successorOf } from './marks.ts';
import { ONLY_NUMBERS, readNumbers } from './numbers.ts';
import { mayVerify, verifierText } from './verifier.ts';

interface VerifySlots {
  readonly numbers?: readonly number[];
  readonly all?: boolean;
  readonly deed?: boolean;
}

const VERIFIERS: ReadonlySet<string> = new Set(['recorder', 'secretary', 'deputy']);

function reading(command: string, slots: Record<string, unknown>): Reading {
  return { act: 'record', intent: 'none', command, slots };
}

/** Overheard words are taken from those who verify, and from nobody else. */
export function mayBeMeant(message: Message): boolean {
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
    else if (found.state !== 'pending')
      notes.push(`#${number}${STATE_WORDS[found.state]}${madeAgain(branch, number)}。`);
    else if (!mayVerify(branch, speaker.name, found, at)) notes.push(`#${number}${notYours(request, found)}`);
    else good.push(found);
  }
  const handed = slots.numbers
    .map((n) => branch.reports[n])
    .filter((r) => r !== undefined && r.state === 'pending' && r.names.includes(speaker.name));
  const replies = handed.map((r) => handOver(request, r!));
  // What is verified already is no work left undone.
  const undone = slots.numbers.some((n) => {
    const found = branch.reports[n];
    return !good.some((r) => r.number === n) && found?.state !== 'verified';
  });
  if (good.length === 0) return { bodies: [], replies: [answer(notes.join('')), ...replies], undone };
  const bodies = good.map((r) =>
    body('report-verified', { number: r.number, ...(slots.deed ? { deed: true } : {}) }),
  );
  const head = `已核实 ${listed(good.map((r) => `#${r.number}`))}${good.length > 1 ? `（${good.length}条）` : ''}${slots.deed ? '，记为办实事' : ''}。`;
  return { bodies, replies: [answer(head + notes.join('')), ...replies], undone };
}

function madeAgain(branch: BranchState, number: number): string {
  const again = successorOf(branch, number);
  return again ? `，补报为#${again.number}` : '';
}

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

const YES = ['核实', '确定', '是', '都核实', '通过'];

/** Everything that waits for this speaker, listed before anything is done; privately, for it may carry doubts. */
function previewAll(request: Request, slots: VerifySlots): Outcome {
  const { branch, speaker, at } = request;
  const seen = listSeen(request);
  if (seen) return seen;
  const waiting = Object.values(branch.reports).filter(
    (r) => r.state === 'pending' && mayVerify(branch, speaker.name, r, at),
  );
  if (waiting.length === 0) return refuse('verify-none');
  const text = [
    `待核实${waiting.length}条：`,
    ...waiting.map((r) => reportText(request, r, at) + marks(r)),
    '都没问题请回复“核实”；只核实一部分请回复“核实 编号”。',
  ].join('\n');
  const numbers = waiting.map((r) => r.number);
  return ask(request, text, {
    room: 'private',
    confirm: {
      words: YES,
      reading: reading('verify', { numbers, ...(slots.deed ? { deed: true } : {}) }),
    },
  });
}

/** 核实 said in the group in answer to the list that came privately. */
function listSeen(request: Request): Outcome | null {
  const { branch, speaker, at } = request;
  if (request.place === 'private' || !YES.includes(request.text.trim())) return null;
  const open = branch.questions.find(
    (q) =>
      q.to === speaker.name && q.room === 'private' && q.until >= at && q.confirm?.words.includes('核实'),
  );
  const confirmed = z
    .object({ slots: z.object({ numbers: z.array(z.number()), deed: z.boolean().optional() }) })
    .safeParse(open?.confirm?.reading);
  if (!open || !confirmed.success) return null;
  const outcome = decideVerify(request, reading('verify', confirmed.data.slots));
  if (isRefusal(outcome)) return outcome;
  const settled = body('question-settled', { to: open.to, room: open.room });
  return { ...outcome, bodies: [...outcome.bodies, settled] };
}
