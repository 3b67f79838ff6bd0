/**
 * Reading a message: text, sender and context → what it means. Pure.
 *
 * The message is tidied once; the system's own lines go first; then the command whose word opens it; then every
 * reading in a fixed order, each of which says for itself whether it is meant. A message with marks of two intents is
 * also tried cut in two at its commas. What nobody takes is ordinary chat: silent.
 */
import { ATTENDANCE_HINT, attendanceReading } from './attendance/reading.ts';
import { CLAIM_HINT, claimReading } from './claim/reading.ts';
import { CONFIRM_HINT, confirmReading } from './confirm/reading.ts';
import { CORRECT_HINT, correctReading, readRecalled } from './correct/reading.ts';
import { DUES_HINT, duesReading } from './dues/reading.ts';
import { HELP_HINT, helpReading, readUnknown } from './help/reading.ts';
import { readFollowUp } from './follow-up.ts';
import { meansCommand } from './language/command-words.ts';
import { hear } from './language/hear.ts';
import type { Message, ReadingDeclaration } from './language/message.ts';
import { isSystemLine, takeAttachments } from './language/quotes.ts';
import { OBJECT_HINT, objectReading } from './object/reading.ts';
import { QUERY_HINT, queryReading } from './query/reading.ts';
import type { Heard, Reading, ReadingContext } from './reading.ts';
import { ACTIVITY_HINT } from './report/activities.ts';
import { reportReading } from './report/reading.ts';
import { SCORE_HINT, scoreReading } from './score/reading.ts';

/** A message that is not for the bot. */
export const SILENT: Reading = { act: 'silent', intent: 'none', command: 'none', slots: {} };

/** Said to the bot, but more than it takes in at once. */
const TOO_LONG: Reading = { act: 'answer', intent: 'help', command: 'help', slots: { topic: 'too_long' } };

export type Reader = (heard: Heard, context: ReadingContext) => Reading;

interface Family {
  readonly reading: ReadingDeclaration;
  /** Without any of these there is nothing for it. */
  readonly hint: RegExp;
}

/** In order of precedence: what takes back or answers comes before what reports anew. */
const FAMILIES: readonly Family[] = [
  { reading: correctReading, hint: CORRECT_HINT },
  { reading: confirmReading, hint: CONFIRM_HINT },
  { reading: claimReading, hint: CLAIM_HINT },
  { reading: objectReading, hint: OBJECT_HINT },
  { reading: helpReading, hint: HELP_HINT },
  { reading: queryReading, hint: QUERY_HINT },
  { reading: scoreReading, hint: SCORE_HINT },
  { reading: duesReading, hint: DUES_HINT },
  { reading: attendanceReading, hint: ATTENDANCE_HINT },
  {
    reading: reportReading,
    hint: new RegExp(
      `${ACTIVITY_HINT.source}|报|通|算|告|冲|擦|拖|捡|割|清|铲|剪|量|卖|插|喂|背|劝|谈|说|练|唱|拍|寄|买|煮|做了|看了|去了|班|同上|我也|我一个|算上?我|加上?我|有我|[+] ?1|一样|活动`,
    ),
  },
];

/** Marks of intents that may share a message with another. */
const MARKS: readonly RegExp[] = [
  /请.{0,3}假|来不了|去不了|参加不了/,
  /党费/,
  /确认|无异议|没意见|同意/,
  /不对|异议|么样|怎么|没给|漏/,
  /汇报|报平安|报到|巡|逻|扫|走访|看望|宣|调解|转了[一两几]|维护|检查/,
  /认领|换岗/,
  /查分|多少分/,
];

/** Longer in one breath than any report; what people forward is longer. Lists have lines, and many of them. */
const LONGEST_BREATH = 400;
const LONGEST = 6000;

function isProse(text: string): boolean {
  if (text.length <= LONGEST_BREATH) return false;
  let breath = 0;
  for (const line of text.split('\n')) breath = Math.max(breath, line.length);
  return breath > LONGEST_BREATH;
}

function firstReading(
  message: Message,
  families: readonly Family[],
  context: ReadingContext,
): Reading | null {
  for (const { reading, hint } of families) {
    if (!hint.test(message.body) && message.command?.name !== reading.name) continue;
    const read = reading.read(message, context);
    if (read && read.act !== 'silent') return read;
  }
  return null;
}

/** Two things in one message, parted at a comma: each part must be a full record of its own. */
function readTwo(message: Message, families: readonly Family[], context: ReadingContext): Reading | null {
  if (message.body.length > 200 || MARKS.filter((mark) => mark.test(message.body)).length < 2) return null;
  const cuts = [...message.body.matchAll(/[,，。;；!！\n]/g)].map((m) => m.index).slice(0, 6);
  for (const cut of cuts) {
    const first = firstReading(message.part(message.body.slice(0, cut)), families, context);
    if (!first || first.act !== 'record') continue;
    const second = firstReading(
      message.part(message.body.slice(cut + 1).replace(/^[\s但是另外还有同时顺便然后,，]+/, '')),
      families,
      context,
    );
    // 不同意，巡逻我巡了3次的: the fact is told against the board, and is no new report.
    if (first.intent === 'object' || (first.intent === 'report' && second?.intent === 'object')) continue;
    if (second && second.act === 'record' && second.intent !== first.intent)
      return { ...first, also: [second] };
  }
  return null;
}

const ANNOUNCEMENT = /@所有人|@all|互相转告|相互转告|请大家|请各位|收到请?回复|请准时|不得无故|特此通知/;

/** Those that a role's words may be for. Overheard, a command listens only to those who may use it. */
type Listening = (message: Message) => readonly ReadingDeclaration[];

/** Spoken to, every command listens: it says who may not. Else those of the role, worked out once for each. */
function listeningTo(extra: readonly ReadingDeclaration[]): Listening {
  const byRole = new Map<Message['role'], readonly ReadingDeclaration[]>();
  const mayUse = (declared: ReadingDeclaration, role: Message['role']): boolean =>
    declared.who === undefined || declared.who === 'anyone' || declared.who.includes(role);
  return (message) => {
    if (message.spokenTo) return extra;
    const { command, role } = message;
    if (command) return extra.filter((d) => command.name === d.name || mayUse(d, role));
    const known = byRole.get(role) ?? extra.filter((d) => mayUse(d, role));
    byRole.set(role, known);
    return known;
  };
}

function readMessage(
  message: Message,
  families: readonly Family[],
  listening: Listening,
  context: ReadingContext,
): Reading {
  // What is announced to everybody is no instruction to the bot.
  const announced = !message.spokenTo && ANNOUNCEMENT.test(message.text);
  for (const declared of announced ? [] : listening(message)) {
    const read = declared.read(message, context);
    if (read && read.act !== 'silent') return read;
  }
  const named = message.command && families.find((f) => f.reading.name === message.command!.name);
  const commanded = named ? named.reading.read(message, context) : null;
  const followed = readFollowUp(message, (text) => firstReading(message.part(text), families, context));
  if (followed) return followed;
  const two = readTwo(message, families, context);
  if (two) return two;
  if (commanded && commanded.act !== 'silent') return commanded;
  const read = firstReading(message, families, context);
  if (read) return read;
  return (message.spokenTo ? readUnknown(message) : null) ?? SILENT;
}

/** Only a picture, a sticker, a forwarded article: nothing is said. */
function saysNothing(heard: Heard, message: Message): boolean {
  if (message.body === '') return true;
  const attached = takeAttachments(heard.text);
  return attached.forwarded || (attached.only && attached.text !== heard.text);
}

/**
 * A reader over the given declarations; the ten families of members' intents are always included, and come after
 * those given, so that an administrative command word wins over a natural reading.
 */
export function createReader(declarations: readonly ReadingDeclaration[] = []): Reader {
  const words = new Map<string, string>();
  const own = new Set(FAMILIES.map((f) => f.reading.name));
  // A member's command that is heard by one of the families is not asked twice.
  const extra = declarations.filter((d) => !own.has(d.name));
  const listening = listeningTo(extra);
  for (const { reading } of FAMILIES) for (const word of reading.words) words.set(word, reading.name);
  for (const declared of extra) for (const word of declared.words) words.set(word, declared.name);
  return (heard, context) => {
    if (heard.text.length > LONGEST || isProse(heard.text)) {
      return heard.addressed || heard.room === 'private' ? TOO_LONG : SILENT;
    }
    const message = hear(heard, context, words);
    if (heard.role === 'system' || heard.sender === null) return readRecalled(message) ?? SILENT;
    if (saysNothing(heard, message) || isSystemLine(heard.text)) return SILENT;
    const meant = meansCommand(message) ? message : message.part(message.body);
    return readMessage(meant, FAMILIES, listening, context);
  };
}
