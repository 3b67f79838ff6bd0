import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { BranchFile } from '../../bot/founding.ts';
import { type Line, openRehearsal, type Rehearsal, type Said } from '../../bot/rehearsal.ts';
import { townFold, upgradeEntry } from '../../bot/town-store.ts';
import type { Operation } from '../../ledger/entry.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { StateStore } from '../../storage/fold.ts';
import { openJournalStore } from '../../storage/journal.ts';
import { openMemoryStore } from '../../storage/memory.ts';
import { policy, sampleBranch } from './chat.ts';
import { monthOf45 } from './month-of-45.ts';

/**
 * Crashes at every step of a message's way, over the real journal: the running bot is left as it stands, its folder is
 * copied as a power cut would leave it, and another bot goes on from the copy.
 */

/** `before`: not heard yet. `saved`: durable, nobody answered. `said`: answered, not noted that it was. `after`: done. */
const STEPS = ['before', 'saved', 'said', 'after'] as const;
type Step = (typeof STEPS)[number];

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanxing-recovery-'));
  folders.push(folder);
  return join(folder, 'ledger');
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Crash {
  readonly store: StateStore<TownState>;
  /** From now on: the process dies at this step of the message. */
  arm(id: string, step: Step): Promise<void>;
}

const never = new Promise<never>(() => {});

/** A store under a process that dies: what was appended until then is on disk, and nothing after it. */
function crashing(inner: StateStore<TownState>): Crash {
  let armed: { readonly id: string; readonly step: Step; readonly died: () => void } | null = null;
  let dead = false;
  return {
    arm: (id, step) =>
      new Promise((resolve) => {
        armed = {
          id,
          step,
          died: () => {
            dead = true;
            resolve();
          },
        };
      }),
    store: {
      async append(operations: readonly Operation[]) {
        if (dead) return never;
        const source = operations[0]?.source;
        if (armed?.step === 'said' && source === `delivered ${armed.id}`) {
          armed.died();
          return never;
        }
        const receipts = await inner.append(operations);
        if (armed?.step === 'saved' && source === armed.id) {
          armed.died();
          return never;
        }
        return receipts;
      },
      state: () => inner.state(),
      entries: (branch, from) => inner.entries(branch, from),
      branches: () => inner.branches(),
      head: (branch) => inner.head(branch),
      verify: (heads) => inner.verify(heads),
      checkpoint: () => inner.checkpoint(),
      close: () => inner.close(),
    },
  };
}

interface Run {
  readonly heard: Said[];
  readonly faults: unknown[];
  readonly store: StateStore<TownState>;
  say(line: Line): Promise<void>;
  advance(to: LocalTime): Promise<void>;
  /** Dies at a step of a message that is being said, and comes back from what is on disk. */
  dieAt(line: Line, step: Step): Promise<void>;
  close(): Promise<void>;
}

async function run(file: BranchFile, from: LocalTime, bare: StateStore<TownState> | null): Promise<Run> {
  const heard: Said[] = [];
  const faults: unknown[] = [];
  let folder = newFolder();
  let crash: Crash;
  let rehearsal: Rehearsal;

  const openStore = (): Promise<StateStore<TownState>> =>
    openJournalStore({ folder, fold: townFold, upgrade: upgradeEntry, notice: () => {} });
  const open = async (at: LocalTime, store: StateStore<TownState>): Promise<void> => {
    crash = crashing(store);
    rehearsal = await openRehearsal({
      store: crash.store,
      file,
      from: at,
      policy: policy(),
      keepPhoto: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
      hear: (said) => heard.push(said),
      draw: false,
      log: (event) => {
        if (event.error !== undefined) faults.push(event.error);
      },
    });
  };
  await open(from, bare ?? (await openStore()));

  return {
    heard,
    faults,
    get store() {
      return crash.store;
    },
    say: (said) => rehearsal.say(said),
    advance: (to) => rehearsal.advance(to),
    async dieAt(said, step) {
      await rehearsal.advance(said.at);
      const died = step === 'saved' || step === 'said' ? crash.arm(said.id, step) : never;
      // A message that leaves no entry has nothing to die between: it is simply over.
      if (step !== 'before') await Promise.race([died, rehearsal.say(said)]);
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith('/lock') });
      const abandoned = crash.store;
      folder = copy;
      await open(said.at, await openStore());
      await abandoned.close();
      // What was not acknowledged to the provider comes again.
      await rehearsal.say(said);
    },
    close: () => crash.store.close(),
  };
}

const file = sampleBranch();
function line(id: string, from: string, text: string, how: Partial<Line> = {}): Line {
  return { id, at: '2026-11-03T20:15:00', room: 'group', from, text, mention: false, ...how };
}

describe('a crash in the middle of a message', () => {
  for (const step of STEPS) {
    test(`(${step}) records it once, and the receipt is heard`, async () => {
      const bot = await run(file, '2026-11-03T20:00:00', null);
      await bot.dieAt(line('m1', '韦大勇', '今晚和春生在一组巡逻'), step);
      const branch = bot.store.state().branches[file.branch] as BranchState;
      expect(Object.keys(branch.reports)).toEqual(['1']);
      const receipts = bot.heard.filter((s) => s.room === 'group' && s.text.includes('已记 #1'));
      // Said and not noted is said again: better twice than never.
      expect(receipts).toHaveLength(step === 'said' ? 2 : 1);
      await bot.advance('2026-11-04T12:00:00');
      expect(branch.owed).toEqual([]);
      expect(bot.faults).toEqual([]);
      await bot.close();
    });
  }

  test('keeps a question open: the answer is understood by the bot that comes after', async () => {
    const bot = await run(file, '2026-11-10T09:00:00', null);
    const at = '2026-11-10T09:30:00';
    await bot.say(line('q0', '韦大勇', '昨晚在三组巡逻', { at }));
    await bot.dieAt(line('q1', '苏晓雯', '核实 全部', { at, room: 'private' }), 'saved');
    await bot.say(line('q2', '苏晓雯', '核实', { at, room: 'private' }));
    const branch = bot.store.state().branches[file.branch] as BranchState;
    expect(branch.reports[1]?.state).toBe('verified');
    await bot.close();
  });
});

/** What a branch has become: everything but the bookkeeping of what was said when. */
function outcome(store: StateStore<TownState>, branch: string): unknown {
  const { seq: _seq, owed, ...rest } = store.state().branches[branch] as BranchState;
  return structuredClone({ ...rest, owed: owed.length });
}

describe('a month of 45 members', () => {
  const month = monthOf45();
  // At about 25 messages of the month; at every single one where there is time.
  const every = process.env['LANXING_LONG'] === '1' ? 1 : Math.floor(month.lines.length / 25);

  test('interrupted again and again ends as if nothing had happened', async () => {
    const calm = await run(month.file, month.from, await openMemoryStore({ fold: townFold }));
    for (const said of month.lines) await calm.say(said);
    await calm.advance(month.until);

    const troubled = await run(month.file, month.from, null);
    let crashes = 0;
    for (const [i, said] of month.lines.entries()) {
      if (i % every !== 0) await troubled.say(said);
      else await troubled.dieAt(said, STEPS[crashes++ % STEPS.length]!);
    }
    await troubled.advance(month.until);

    expect(crashes).toBeGreaterThanOrEqual(25);
    expect(troubled.faults).toEqual([]);
    const [a, b] = [outcome(calm.store, month.file.branch), outcome(troubled.store, month.file.branch)];
    expect(b).toEqual(a);
    const boards = (store: StateStore<TownState>): string[] =>
      store.state().branches[month.file.branch]!.months['2026-11']!.boards.map((v) => v.fingerprint);
    expect(boards(troubled.store)).toEqual(boards(calm.store));
    expect(boards(troubled.store)).toHaveLength(1);
    expect(await troubled.store.verify()).toEqual([]);
    await troubled.close();
  }, 300_000);
});
