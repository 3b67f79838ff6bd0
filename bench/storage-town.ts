/** A year of an invented town for the storage bench: 56 branches, 30,000 entries a month, in the kinds the bot writes. */
import { newTown } from '../ledger/empty-state.ts';
import type { Operation } from '../ledger/entry.ts';
import { apply } from '../ledger/fold.ts';
import { body } from '../ledger/kinds.ts';
import type { TownState } from '../ledger/state.ts';
import type { Fold } from '../storage/fold.ts';

export const BRANCHES = Array.from({ length: 56 }, (_, i) => `示范${i + 1}村`);
const MEMBERS = Array.from({ length: 45 }, (_, i) => `党员${i + 1}`);
const POSTS = ['security-patrol', 'sanitation', 'mediation'];
const two = (n: number): string => String(n).padStart(2, '0');

export const benchFold: Fold<TownState> = {
  initial: newTown,
  apply,
  shelves: ['branches.*.months.*', 'branches.*.reports.*~100'],
};

interface Writer {
  readonly operations: Operation[];
  readonly branch: string;
  readonly month: string;
  entries: number;
}

function say(
  writer: Writer,
  source: string,
  by: string,
  day: number,
  bodies: Operation['bodies'],
  answer: string,
): void {
  const at = `${writer.month}-${two(day)}T${two(8 + (day % 12))}:15:00`;
  const owed = body('owed', { replies: [{ room: writer.branch, text: answer, inReplyTo: source }] });
  writer.operations.push({ branch: writer.branch, source, at, by, bodies: [...bodies, owed] });
  const delivered = body('delivered', { source, count: 1 });
  writer.operations.push({
    branch: writer.branch,
    source: `delivered:${source}`,
    at,
    by: 'bot',
    bodies: [delivered],
  });
  writer.entries += bodies.length + 2;
}

/** One branch's month: reports, their verification, scores, a board's confirmations. 540 entries. */
export function branchMonth(
  branch: string,
  index: number,
  month: string,
): { operations: Operation[]; entries: number } {
  const writer: Writer = { operations: [], branch, month, entries: 0 };
  const reports = 84;
  for (let i = 0; i < reports; i++) {
    const number = index * reports + i + 1;
    const name = MEMBERS[i % MEMBERS.length]!;
    const day = 1 + (i % 28);
    const words = '在三组巡查了两遍，没有发现火情，劝住一户烧秸秆';
    const report = body('reported', {
      number,
      names: [name],
      post: POSTS[i % 3]!,
      date: `${month}-${two(day)}`,
      time: '08:15',
      by: name,
      place: '三组',
      words,
    });
    say(writer, `${month}-r${i}-7300000000000`, name, day, [report], `已记 ${name} 第${number}号`);
  }
  for (let i = 0; i < reports; i += 7) {
    const verified = Array.from({ length: 7 }, (_, k) =>
      body('report-verified', { number: index * reports + i + k + 1 }),
    );
    say(writer, `${month}-v${i}-7300000000000`, '记录员', 28, verified, '已核实 7 条');
  }
  for (const [i, name] of MEMBERS.entries()) {
    const score = body('post-scored', {
      name,
      month,
      post: POSTS[i % 3]!,
      commitment: 10,
      performance: 9,
      deed: 8,
    });
    if (i % 3 === 0) say(writer, `${month}-s${i}-7300000000000`, '记录员', 28, [score], `${name} 27 分`);
    const confirmed = body('confirmed', { month, name, version: 1, score: 92.5, how: 'reply', by: name });
    say(writer, `${month}-c${i}-7300000000000`, name, 28, [confirmed], `${name} 已确认`);
  }
  return { operations: writer.operations, entries: writer.entries };
}

/** One month of the town, its branches mingled as they would be. */
export function townMonth(index: number, month: string): { operations: Operation[]; entries: number } {
  const each = BRANCHES.map((branch) => branchMonth(branch, index, month));
  const longest = Math.max(...each.map(({ operations }) => operations.length));
  const operations: Operation[] = [];
  for (let i = 0; i < longest; i++)
    for (const one of each) if (one.operations[i]) operations.push(one.operations[i]!);
  return { operations, entries: each.reduce((sum, { entries }) => sum + entries, 0) };
}
