/**
 * A town's year in chat (`scripts/simulate-town.ts`), each size in a process of its own so that its peak memory is its
 * own. Small by default; `LANXING_TOWN=56` plays 7, 14, 28 and 56 branches of 45 members.
 */
import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Row } from './main.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/simulate-town.ts', import.meta.url));
/** Sizes of the whole bench; a wanted size plays those up to it. */
const SIZES = [7, 14, 28, 56];
/** Small enough for every day: two branches of twelve. */
const SMALL = { branches: 2, members: 12 };

const Figures = z.object({
  branches: z.number(),
  members: z.number(),
  messages: z.number(),
  entries: z.number(),
  wall: z.number(),
  cpu: z.number(),
  memory: z.number(),
  closed: z.number(),
  problems: z.array(z.string()),
});

async function play(branches: number, members: number): Promise<z.output<typeof Figures>> {
  const args = [
    '--import',
    'tsx',
    SCRIPT,
    '--json',
    '--branches',
    String(branches),
    '--members',
    String(members),
  ];
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 1024 * 1024 }, (error, out) =>
      error ? reject(error) : resolve(out),
    );
  });
  const figures = Figures.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  if (figures.problems.length > 0) throw new Error(figures.problems.join('\n'));
  return figures;
}

export async function bench(): Promise<Row[]> {
  const most = Number(process.env['LANXING_TOWN'] ?? 0);
  const sizes = SIZES.filter((n) => n <= most).map((branches) => ({ branches, members: 45 }));
  const rows: Row[] = [];
  let first: number | null = null;
  for (const { branches, members } of sizes.length > 0 ? sizes : [SMALL]) {
    const f = await play(branches, members);
    const each = (f.cpu * 1000) / f.entries;
    first ??= each;
    const town = `${branches} branches, ${f.members} members, ${f.messages} messages, ${f.closed} years closed`;
    rows.push(
      { name: `${town}: time`, value: f.wall / 1000, unit: 's' },
      { name: `${branches} branches: peak memory`, value: f.memory, unit: 'MiB' },
      {
        name: `${branches} branches: processor time for each of ${f.entries} entries`,
        value: each,
        unit: 'µs',
        ...(each === first ? {} : { baseline: 'the smallest town', ratio: each / first }),
      },
    );
  }
  return rows;
}
