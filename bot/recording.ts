/**
 * Durable before said: a decision is saved with what it owes in words, and only then handed to delivery. After a
 * restart what was saved and not said is said.
 */
import type { Decision } from '../commands/command.ts';
import { type Body, type BranchId, type Operation, TOWN } from '../ledger/entry.ts';
import { people as peopleKinds } from '../ledger/kinds/people.ts';
import { body } from '../ledger/kinds.ts';
import { isPhotoNamed } from '../ledger/photos.ts';
import type { OwedReplies, TownState } from '../ledger/state.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import type { StateStore } from '../storage/fold.ts';
import { createDelivery, type Delivery, type Send, stillWorthSaying } from './delivery.ts';
import { isPrinted, type Message, type Origin, resolve, resolveInTown, type Way } from './hearers.ts';

/** Which message or job a decision answers, when, and whose doing it is. */
export interface Act {
  readonly source: string;
  readonly at: LocalTime;
  readonly by: string;
}

export interface Recording {
  /** Saves a decision with what it owes, then says it. A source seen before changes nothing and says nothing. */
  readonly commit: (branch: BranchId, act: Act, decision: Decision, origin: Origin) => Promise<void>;
  readonly delivery: Delivery;
  /** After a restart: says what was saved but not said. */
  readonly recover: (now: LocalTime) => Promise<void>;
  /** Whether storage has failed, so that nothing may be acknowledged any more. */
  readonly failed: () => boolean;
}

export interface RecordingDeps {
  readonly store: StateStore<TownState>;
  readonly send: Send;
  readonly way: Way;
  /** Removes the bytes of a photo that no entry needs any more. */
  readonly dropPhoto?: ((sha256: string) => Promise<void>) | undefined;
  /** Somebody came, went or changed. */
  readonly peopleChanged: () => void;
  /** Something went wrong in saying that no message's sender is waiting for. */
  readonly fault: (error: unknown) => void;
  /** Storage failed (fail-stop). */
  readonly fatal: (error: unknown) => void;
}

export function createRecording(deps: RecordingDeps): Recording {
  const { way } = deps;
  const town = (): TownState => deps.store.state();
  let stopped = false;

  /** Makes operations durable; false where the first one's source was known already. */
  async function append(operations: readonly Operation[]): Promise<boolean> {
    if (stopped) throw new Error('storage has failed');
    try {
      const receipts = await deps.store.append(operations);
      const changed = operations.some((o) => o.bodies.some((b) => Object.hasOwn(peopleKinds, b.kind)));
      if (changed) deps.peopleChanged();
      return !receipts[0]?.duplicate;
    } catch (error) {
      stopped = true;
      deps.fatal(error);
      throw error;
    }
  }

  function owedIn(branch: BranchId): readonly OwedReplies[] {
    return (branch === TOWN ? town().office.owed : town().branches[branch]?.owed) ?? [];
  }

  async function markDelivered(
    branch: BranchId,
    source: string,
    count: number,
    at: LocalTime,
  ): Promise<void> {
    const bodies = [body('delivered', { source, count })];
    await append([{ branch, source: `delivered ${source}`, at, by: 'bot', bodies }]);
  }

  const delivery = createDelivery({
    town,
    send: deps.send,
    way,
    delivered: async (branch, source, count) => {
      const owed = owedIn(branch).find((o) => o.source === source);
      if (owed) await markDelivered(branch, source, count, owed.at);
    },
    fault: deps.fault,
  });

  async function commit(branch: BranchId, act: Act, decision: Decision, origin: Origin): Promise<void> {
    const { source, at } = act;
    const state = town().branches[branch];
    const home = state ? branch : TOWN;
    const messages = state
      ? resolve(town(), state, decision.replies, origin, at, way)
      : resolveInTown(town(), decision.replies, origin, at, way);
    // A ballot is nobody's: neither its entry nor what is owed for it may name the voter (R25).
    const secret = decision.bodies.some((b) => b.kind === 'ballot-cast');
    const elsewhere = decision.elsewhere ?? [];
    if (decision.bodies.length > 0 || elsewhere.some((e) => e.bodies.length > 0)) {
      const owed: Body[] =
        messages.length > 0 && !secret ? [body('owed', { replies: messages.map(plain) })] : [];
      const by = secret ? 'ballot' : act.by;
      const operations = [
        { branch: home, source, at, by, bodies: [...decision.bodies, ...owed] },
        ...elsewhere.map((e) => ({ branch: e.branch, source, at, by, bodies: e.bodies })),
      ].filter((o) => o.bodies.length > 0);
      if (!(await append(operations))) return;
      await dropPhotos(decision.bodies);
    }
    delivery.deliver(home, source, messages, at);
  }

  async function dropPhotos(bodies: readonly Body[]): Promise<void> {
    for (const b of bodies) {
      if (b.kind !== 'photo-released' && b.kind !== 'evidence-removed') continue;
      // The same picture may be another report's, whose evidence it stays.
      const { sha256 } = b.data as { sha256: string };
      if (!isPhotoNamed(town(), sha256)) await deps.dropPhoto?.(sha256);
    }
  }

  async function recover(now: LocalTime): Promise<void> {
    for (const branch of [TOWN, ...Object.keys(town().branches)]) {
      for (const owed of owedIn(branch).slice()) {
        const replies = owed.replies as Message[];
        // What was to be printed is printed by the next command line; WeChat never hears of it, nor the other way.
        if (replies.some(isPrinted) !== (way === 'print')) continue;
        const messages = replies.filter((m) => way === 'print' || stillWorthSaying(m, owed.at, now));
        if (messages.length > 0) delivery.deliver(branch, owed.source, messages, now);
        else await markDelivered(branch, owed.source, 0, now);
      }
    }
  }

  return { commit, delivery, recover, failed: () => stopped };
}

/** Drops undefined fields, so that what is kept is what is read back. */
function plain(message: Message): unknown {
  return JSON.parse(JSON.stringify(message));
}
