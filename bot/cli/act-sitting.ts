import process from 'node:process';
import { TOWN } from '../../ledger/entry.ts';
import type { BranchState, Question, TownState } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { removeEvidence, saveEvidence } from '../../storage/evidence.ts';
import type { StateStore } from '../../storage/fold.ts';
import type { Send } from '../delivery.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { Inbound } from '../gateway/port.ts';
import { isPrinted, type Message } from '../hearers.ts';
import { COMMAND_LINE, OFFICE_DESK } from '../speaking.ts';
import { createPrinter } from './act-printer.ts';

/** Who acts, for which branch, and when. */
export interface Sitting {
  readonly name: string;
  /** Null where an officer of the town named no branch: the words do, or are about none. */
  readonly branch: BranchState | null;
  readonly isOffice: boolean;
  readonly at: LocalTime;
  /** Null where the words speak from now. */
  readonly spokenAt: LocalTime | null;
}

/** A ledger opened at the command line for somebody. */
export interface Desk {
  readonly store: StateStore<TownState>;
  readonly folder: string;
  readonly policy: Policy;
  readonly sitting: Sitting;
}

/** The same engine as the bot's, which prints; what it refuses and what goes wrong in it is noted. */
interface Engaged {
  readonly engine: Engine;
  readonly faults: unknown[];
  refusals: number;
}

function engage({ store, folder, policy }: Desk, send: Send): Engaged {
  const faults: unknown[] = [];
  const engine = createEngine({
    store,
    policy,
    commandLine: true,
    send,
    keepPhoto: async (bytes) => (await saveEvidence(folder, bytes)).sha256,
    dropPhoto: async (sha256) => {
      await removeEvidence(folder, sha256);
    },
    refused: () => {
      engaged.refusals += 1;
    },
    log: ({ what, error }) => {
      if (error === undefined) process.stderr.write(`${what}\n`);
      else faults.push(error);
    },
    fatal: () => {},
  });
  const engaged: Engaged = { engine, faults, refusals: 0 };
  return engaged;
}

/**
 * Does what fell due, then line after line, then what these made due. Sets exit code 1 where something was not done;
 * throws what went wrong, after saying how far it came.
 */
export async function sit(desk: Desk, lines: readonly string[], yes: boolean): Promise<void> {
  const { store, sitting } = desk;
  const { name, branch, at } = sitting;
  const printer = createPrinter(name, sitting.isOffice);
  const engaged = engage(desk, printer.send);
  const { engine, faults } = engaged;
  const say = sayer(desk, engaged);
  // What goes wrong with the calendar's work does not stop people's: it is told at the end.
  const runDue = async (): Promise<void> => {
    if (branch) await engine.tick(at, branch.branch);
    await engine.idle();
  };

  await engine.recover(at);
  await runDue();
  for (const [i, line] of lines.entries()) {
    const before = new Set(asked(store.state(), name));
    const askedBack = (): Question[] => asked(store.state(), name).filter((q) => !before.has(q));
    engaged.refusals = 0;
    const known = faults.length;
    await say(line);
    // Only what these words asked back is answered, and nothing that was left open before.
    if (yes && askedBack().some((q) => q.confirm !== undefined)) await say('确定');
    if (faults.length > known) {
      if (lines.length > 1) process.stderr.write(`第${i + 1}件出了故障，后面的没有办。\n`);
      break;
    }
    // A preview is what was asked for; a question that waits for its answer is nothing done.
    if (engaged.refusals === 0 && askedBack().every((q) => q.confirm !== undefined)) continue;
    process.exitCode = 1;
    if (lines.length > 1) process.stderr.write(`第${i + 1}件没有办：${line}\n`);
  }
  if (faults.length === 0) await runDue();
  if (faults.length > 0) {
    if (isOwing(store.state()))
      process.stderr.write('已经记下，但有话没有打印出来：修好以后再运行一次 act，会补打。\n');
    throw faults[0];
  }
  if (lines.length === 0 && printer.count() === 0) process.stdout.write('没有到时候要办的事。\n');
}

/** What this person has been asked and has not answered. */
function asked(town: TownState, name: string): Question[] {
  const all = [...Object.values(town.branches).flatMap((b) => b.questions), ...town.office.questions];
  return all.filter((q) => q.to === name);
}

function isOwing(town: TownState): boolean {
  const all = [town.office, ...Object.values(town.branches)].flatMap((ledger) => ledger.owed);
  return all.some(({ replies }) => (replies as Message[]).some(isPrinted));
}

/** Puts words into the engine, each under a source of its own. */
function sayer({ store, sitting }: Desk, { engine }: Engaged): (text: string) => Promise<void> {
  const { branch, at, spokenAt } = sitting;
  const where = branch?.branch ?? TOWN;
  const begun = branch?.seq ?? store.state().office.seq;
  let said = 0;
  return async (text) => {
    const id = ['cli', at, ...(spokenAt ? ['on', spokenAt] : []), where, `${begun}.${said}`].join(' ');
    said += 1;
    await engine.handle(inbound(text, id, sitting));
    await engine.idle();
  };
}

function inbound(text: string, id: string, sitting: Sitting): Inbound {
  const { name, branch, isOffice, at, spokenAt } = sitting;
  return {
    id,
    at,
    room: isOffice ? { id: OFFICE_DESK, topic: '' } : null,
    from: { id: `${COMMAND_LINE}${name}`, name },
    kind: 'text',
    text,
    mentionsMe: true,
    mentions: [],
    typed: { branch: branch?.branch ?? null, ...(spokenAt === null ? {} : { spokenAt }) },
  };
}
