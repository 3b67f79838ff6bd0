/**
 * A town's year in chat, from a seed: `tsx scripts/simulate-town.ts [--branches 56] [--members 45] [--seed 1] [--data DIR] [--json]`.
 * Everything but the rosters is said by somebody in a group, in private or in the town's room; ends in closed years,
 * whose check equations are looked at, and in a verified ledger. Exit 1 where anything does not hold.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { readPolicyFiles } from '../bot/cli/input.ts';
import { ledgerFolder, openTownStore } from '../bot/town-store.ts';
import { addMonths, monthsOfYear } from '../scoring/calendar.ts';
import { problemsOf } from './simulated-audit.ts';
import { arrivals, exemptions, officesAndStatus, transfers } from './simulated-changes.ts';
import { board, meeting, reports, scores } from './simulated-month.ts';
import { chances } from './simulated-people.ts';
import { settle } from './simulated-settlement.ts';
import { found, must, YEAR } from './simulated-town.ts';
import { openTownChat } from './town-chat.ts';

export interface Figures {
  readonly branches: number;
  readonly members: number;
  readonly messages: number;
  readonly entries: number;
  /** Milliseconds for the year, without the verification at its end. */
  readonly wall: number;
  /** Processor time of the process for the same, which a busy machine does not blur; milliseconds. */
  readonly cpu: number;
  /** Peak resident memory of the process, MiB. */
  readonly memory: number;
  readonly closed: number;
  readonly problems: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
}

export async function simulate(options: {
  branches: number;
  members: number;
  seed: number;
  /** Where the town's data stay to be looked at with `show` and `export`; without it they are taken away. */
  data?: string | undefined;
}): Promise<Figures> {
  const { branches, members, seed, data } = options;
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'lanxing-town-')) : ledgerFolder(data);
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const done = await work();
    seconds[what] = (seconds[what] ?? 0) + (performance.now() - begun) / 1000;
    return done;
  };
  try {
    const begun = performance.now();
    const processor = process.cpuUsage();
    const chat = await openTownChat({
      store: await openTownStore(folder),
      policy: readPolicyFiles(),
      from: `${YEAR}-01-01T08:00:00`,
    });
    const town = await timed('founding', () => found(chat, branches, members, chances(seed)));
    for (const month of monthsOfYear(YEAR)) {
      if (month.endsWith('-04') || month.endsWith('-09')) await timed('people', () => arrivals(town, month));
      await timed('reports', () => reports(town, month));
      await timed('meeting', () => meeting(town, month));
      const moving = month.endsWith('-06') ? await timed('people', () => transfers(town, month)) : [];
      await timed('scores', () => scores(town, month));
      await timed('board', () => board(town, month));
      for (const name of moving) await must(chat.office(`转接积分 ${name}`), /已把/, `carrying ${name}`);
      if (month.endsWith('-03')) await timed('people', () => exemptions(town, addMonths(month, 1)));
      if (month.endsWith('-08')) await timed('people', () => officesAndStatus(town, '2026-09'));
    }
    await timed('year', () => settle(town));
    const wall = performance.now() - begun;
    const used = process.cpuUsage(processor);
    const cpu = (used.user + used.system) / 1000;
    let entries = 0;
    for (const id of await chat.store.branches()) entries += (await chat.store.head(id)).seq;
    const closed = town.villages.filter((v) => chat.state(v.name).years[YEAR]?.stage === 'closed').length;
    const problems = await timed('verify', () => problemsOf(town, folder));
    return {
      branches,
      members: branches * members,
      messages: chat.messages(),
      entries,
      wall,
      cpu,
      memory: process.resourceUsage().maxRSS / 1024,
      closed,
      problems,
      seconds,
    };
  } finally {
    if (data === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      branches: { type: 'string', default: '56' },
      members: { type: 'string', default: '45' },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const figures = await simulate({
    branches: Number(values.branches),
    members: Number(values.members),
    seed: Number(values.seed),
    data: values.data,
  });
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    const { branches, members, messages, entries, wall, cpu, memory, closed, problems, seconds } = figures;
    process.stdout.write(
      [
        `${branches} branches, ${members} members, ${messages} messages, ${entries} entries, ${closed} years closed`,
        `${(wall / 1000).toFixed(1)} s, ${Math.round(memory)} MiB at most, ${((cpu * 1000) / entries).toFixed(0)} µs of processor an entry`,
        Object.entries(seconds)
          .map(([what, s]) => `${what} ${s.toFixed(1)} s`)
          .join(', '),
        problems.length === 0 ? 'all check equations hold, verify finds nothing' : problems.join('\n'),
        '',
      ].join('\n'),
    );
  }
  process.exitCode = figures.problems.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('simulate-town.ts')) await main();
