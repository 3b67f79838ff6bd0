/** The month of 45 members through the whole bot on a real journal, beside appending its entries alone. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { readPolicyFiles } from '../bot/cli/input.ts';
import { openRehearsal } from '../bot/rehearsal.ts';
import { openTownStore } from '../bot/town-store.ts';
import type { Entry, Operation } from '../ledger/entry.ts';
import { monthOf45 } from '../tests/bot/month-of-45.ts';
import type { Row } from './main.ts';

/** The operations that a ledger holds, as they were appended. */
function operationsOf(entries: readonly Entry[]): Operation[] {
  const operations: Operation[] = [];
  for (const { branch, source, at, by, kind, v, data } of entries) {
    const last = operations.at(-1);
    if (last?.source === source)
      operations[operations.length - 1] = { ...last, bodies: [...last.bodies, { kind, v, data }] };
    else operations.push({ branch, source, at, by, bodies: [{ kind, v, data }] });
  }
  return operations;
}

export async function bench(): Promise<Row[]> {
  const month = monthOf45();
  const folders = [
    mkdtempSync(join(tmpdir(), 'lanxing-bench-')),
    mkdtempSync(join(tmpdir(), 'lanxing-bench-')),
  ] as const;
  const store = await openTownStore(folders[0]);
  const rehearsal = await openRehearsal({
    store,
    file: month.file,
    from: month.from,
    policy: readPolicyFiles(),
    keepPhoto: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
    draw: false,
    hear: () => {},
  });
  const begun = performance.now();
  for (const line of month.lines) await rehearsal.say(line);
  await rehearsal.advance(month.until);
  const whole = performance.now() - begun;
  const entries: Entry[] = [];
  for await (const entry of store.entries(month.file.branch)) entries.push(entry);
  await store.close();

  const bare = await openTownStore(folders[1]);
  const operations = operationsOf(entries);
  const appending = performance.now();
  for (const operation of operations) await bare.append([operation]);
  const alone = performance.now() - appending;
  await bare.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  const messages = month.lines.length;
  return [
    {
      name: `month of 45 replayed (${messages} messages, ${operations.length} operations)`,
      value: messages / (whole / 1000),
      unit: 'messages/s',
    },
    {
      name: 'the same: time for it all',
      value: whole,
      unit: 'ms',
      baseline: 'appending its entries alone',
      ratio: whole / alone,
    },
  ];
}
