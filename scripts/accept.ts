/**
 * `npm run accept -- ../shared`: how the reader does on the sample messages, per intent and kind of slot, with every
 * miss. Reads the sample where it lies; nothing of it is kept here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReader } from '../commands/read.ts';
import { wouldSay } from '../commands/would-say.ts';
import { commands } from '../commands/registry.ts';
import { readBranchFile } from '../bot/founding.ts';
import { knowledgeOf, readLine, type ReadingLine } from '../bot/cli/parse-lines.ts';
import { acceptDates } from './accept-dates.ts';

/** The graded slots, as the command line's contract lists them. */
const GRADED: Record<string, readonly string[]> = {
  report: ['post', 'members', 'dates', 'time', 'proxy'],
  attendance: ['date', 'phase', 'entries'],
  dues: ['entries'],
  score: ['month', 'ops', 'minute'],
  claim: ['member', 'posts', 'claims', 'replace'],
  query: ['target', 'scope'],
  confirm: ['member', 'month', 'proxy', 'claimed'],
  object: ['member', 'about', 'item'],
  correct: ['op', 'change', 'member'],
};

interface Sample {
  readonly id: string;
  readonly text: string;
  readonly expect: {
    readonly act: string | readonly string[];
    readonly intent: string;
    readonly slots?: Readonly<Record<string, unknown>>;
  };
}

/** Order does not matter in lists of names and posts; of dues only member, months and status count. */
function canonical(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((v) => canonical(v, key));
    return key === 'value' ? items : items.map((v) => JSON.stringify(v)).sort();
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(
    ([k]) =>
      !(
        k === 'amount' ||
        k === 'paid_on' ||
        k === 'proof' ||
        k === 'short' ||
        (key === 'ops' && k === 'reason')
      ),
  );
  return Object.fromEntries(
    entries.sort(([a], [b]) => a.localeCompare(b)).map(([k, v]) => [k, canonical(v, k)]),
  );
}

const same = (a: unknown, b: unknown, key: string): boolean =>
  JSON.stringify(canonical(a, key)) === JSON.stringify(canonical(b, key));

/** Keys of graded slots that differ; a slot filled though none is expected counts too. */
function wrongSlots(
  expected: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
  intent: string,
): string[] {
  const keys = GRADED[intent] ?? [];
  const wrong = keys.filter((key) => !same(expected[key], got[key], key));
  const also = [expected['also'], got['also']].map((list) =>
    Array.isArray(list) ? (list as Record<string, unknown>[]) : [],
  );
  const alsoDiffers =
    also[0]!.length !== also[1]!.length ||
    also[0]!.some(
      (one, i) =>
        one['intent'] !== also[1]![i]!['intent'] ||
        wrongSlots(one, also[1]![i]!, String(one['intent'])).length > 0,
    );
  return alsoDiffers ? [...wrong, 'also'] : wrong;
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`;

function acceptMessages(shared: string): boolean {
  const file = join(shared, 'data', 'messages-dev.jsonl');
  const read = readBranchFile(JSON.parse(readFileSync(join(shared, 'data', 'roster-dev.json'), 'utf8')));
  if ('findings' in read)
    throw new Error(`roster-dev.json: ${read.findings[0]?.place} ${read.findings[0]?.problem}`);
  const branch = knowledgeOf(read.file);
  const reader = createReader(commands);
  const table = new Map<string, { messages: number; acts: number; slotted: number; slots: number }>();
  const misses: string[] = [];
  let recordedChat = 0;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const sample = JSON.parse(line) as Sample;
    const result = readLine(line, branch, reader, wouldSay);
    if ('wrong' in result) throw new Error(`${sample.id}: ${result.wrong}`);
    const { expect } = sample;
    const row = table.get(expect.intent) ?? { messages: 0, acts: 0, slotted: 0, slots: 0 };
    table.set(expect.intent, row);
    row.messages++;
    const out: ReadingLine = result.out;
    const acts = Array.isArray(expect.act) ? expect.act : [expect.act];
    const actRight = acts.includes(out.act) && out.intent === expect.intent;
    if (actRight) row.acts++;
    if (expect.intent === 'none' && out.act === 'record') recordedChat++;
    const graded = expect.slots !== undefined && acts[0] !== 'ask' && expect.intent !== 'help';
    const wrong = graded ? wrongSlots(expect.slots, out.slots, expect.intent) : [];
    if (graded) row.slotted++;
    if (graded && actRight && wrong.length === 0) row.slots++;
    if (!actRight || wrong.length > 0) {
      misses.push(
        `${sample.id} ${JSON.stringify(sample.text)}\n   expected ${acts.join('|')} ${expect.intent} ${JSON.stringify(expect.slots ?? {})}\n   got      ${out.act} ${out.intent} ${JSON.stringify(out.slots)}${wrong.length > 0 ? `\n   slots: ${wrong.join(', ')}` : ''}`,
      );
    }
  }
  const total = [...table.values()].reduce((a, b) => ({
    messages: a.messages + b.messages,
    acts: a.acts + b.acts,
    slotted: a.slotted + b.slotted,
    slots: a.slots + b.slots,
  }));
  console.log('Messages\n\n| intent | messages | act and intent right | slots right |\n|---|---|---|---|');
  for (const [intent, row] of [...table].sort(([a], [b]) => a.localeCompare(b)))
    console.log(
      `| ${intent} | ${row.messages} | ${percent(row.acts, row.messages)} | ${percent(row.slots, row.slotted)} |`,
    );
  console.log(
    `| **all** | ${total.messages} | ${percent(total.acts, total.messages)} (aim 97%) | ${percent(total.slots, total.slotted)} (aim 92%) |`,
  );
  console.log(
    `\nRecorded for ordinary chat: ${recordedChat} (aim 0)\n\n${misses.length} misses${misses.length > 0 ? `:\n${misses.join('\n')}` : ''}\n`,
  );
  return total.acts / total.messages >= 0.97 && total.slots / total.slotted >= 0.92 && recordedChat === 0;
}

const shared = process.argv[2];
if (shared === undefined || !existsSync(join(shared, 'data', 'messages-dev.jsonl'))) {
  process.stderr.write(
    'accept: give the folder that holds data/messages-dev.jsonl, as in: npm run accept -- ../shared\n',
  );
  process.exit(2);
}
const messages = acceptMessages(shared);
const dates = await acceptDates(shared);
process.exitCode = messages && dates.right ? 0 : 1;
