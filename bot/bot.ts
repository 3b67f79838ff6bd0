/** The bot on a gateway: ledger, engine, outbox and clock wired together. The trial and `start` run the same one. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TownState } from '../ledger/state.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import { removeEvidence, saveEvidence } from '../storage/evidence.ts';
import type { StateStore } from '../storage/fold.ts';
import { codeOf } from '../storage/io.ts';
import { createEngine, type Engine, type Log } from './engine.ts';
import type { Content, Gateway } from './gateway/port.ts';
import type { Message } from './hearers.ts';
import { Outbox, type OutboxPace, type OutboxTimer } from './outbox.ts';
import { render } from './rendering.ts';
import { keptCount } from './sent-today.ts';
import { noteUnsent } from './unsent.ts';

export interface BotOptions {
  readonly gateway: Gateway;
  readonly store: StateStore<TownState>;
  readonly policy: Policy;
  /** The ledger's folder; photos lie beside the journal. */
  readonly folder: string;
  readonly pace: OutboxPace;
  readonly timer: OutboxTimer;
  readonly random: () => number;
  readonly now: () => LocalTime;
  readonly log: Log;
  /** Whether the disk has room for photos; always, where left out. */
  readonly hasRoom?: () => boolean;
  /** Storage failed: the process must end without acknowledging anything more. */
  readonly fatal: (error: unknown) => void;
}

export interface Bot {
  readonly engine: Engine;
  readonly outbox: Outbox;
  tick(now: LocalTime): Promise<void>;
  nextJob(): LocalTime | null;
  seen(messageId: string): boolean;
  stop(): Promise<void>;
}

/** How long the end may wait for what is still being said; a Ctrl-C should not be felt. */
const LAST_WORDS_MS = 500;

/** Ids of the newest messages handled, kept over restarts so that a redelivery is not answered twice. */
const SEEN_KEPT = 2000;

class Seen {
  readonly #path: string;
  #ids: Set<string>;
  constructor(path: string) {
    this.#path = path;
    let ids: string[] = [];
    try {
      ids = JSON.parse(readFileSync(path, 'utf8')) as string[];
    } catch {
      // Nothing was handled here yet; entries are idempotent by message id all the same.
    }
    this.#ids = new Set(ids);
  }
  has(id: string): boolean {
    return this.#ids.has(id);
  }
  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size > 2 * SEEN_KEPT) this.#ids = new Set([...this.#ids].slice(-SEEN_KEPT));
  }
  save(): void {
    writeFileSync(`${this.#path}.new`, JSON.stringify([...this.#ids].slice(-SEEN_KEPT)), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}

async function contentOf(message: Message): Promise<Content[]> {
  const { attachment, text } = message;
  const words: Content[] = text === '' ? [] : [{ kind: 'text', text }];
  if (!attachment) return words;
  return [...words, { kind: attachment.kind, name: attachment.name, bytes: await render(attachment) }];
}

const NO_ROOM: readonly (string | null)[] = ['ENOSPC', 'EDQUOT'];

/** A photo's SHA-256, or null where there is no room for it, known beforehand or found out by writing. */
async function keepPhoto(folder: string, bytes: Uint8Array, hasRoom: () => boolean): Promise<string | null> {
  if (!hasRoom()) return null;
  try {
    return (await saveEvidence(folder, bytes)).sha256;
  } catch (error) {
    if (NO_ROOM.includes(codeOf(error))) return null;
    throw error;
  }
}

/** Starts listening on a gateway (which is started by the caller) and says what an earlier run still owed. */
export async function openBot(options: BotOptions): Promise<Bot> {
  const { gateway, store, folder, log } = options;
  const seen = new Seen(join(folder, 'seen.json'));
  const outbox = new Outbox({
    send: (target, content) => gateway.send(target, content),
    timer: options.timer,
    pace: options.pace,
    random: options.random,
    sentToday: keptCount(join(folder, 'sent-today.json')),
    onResult: (id, result) => {
      if (result.state !== 'sent') log({ level: 'warn', what: `not sent: ${result.state}`, id });
    },
  });
  let letters = 0;
  let stopping = false;
  // Drawing takes its time; what was said first to somebody still leaves first.
  const drawing = new Map<string, Promise<unknown>>();
  const inOrder = async (message: Message): Promise<Content[]> => {
    const key = JSON.stringify([message.target, message.priority]);
    const before = drawing.get(key);
    const contents = contentOf(message);
    const mine = Promise.allSettled([before, contents]);
    drawing.set(key, mine);
    try {
      await before;
      return await contents;
    } finally {
      if (drawing.get(key) === mine) drawing.delete(key);
    }
  };
  const send = async (message: Message, context: { source: string }): Promise<boolean> => {
    const contents = await inOrder(message);
    const results = await Promise.all(
      contents.map((content) =>
        outbox.enqueue({
          id: `${context.source}/${letters++}`,
          target: message.target,
          content,
          priority: message.priority,
        }),
      ),
    );
    const missed = results.find((r) => r.state !== 'sent');
    if (missed) {
      const place = 'room' in message.target ? 'room' : 'private';
      noteUnsent(folder, { at: options.now(), to: message.to, place, ...missed });
    }
    return results.every((r) => r.state !== 'failed');
  };
  const engine = createEngine({
    store,
    policy: options.policy,
    send,
    keepPhoto: (bytes) => keepPhoto(folder, bytes, options.hasRoom ?? (() => true)),
    dropPhoto: async (sha256) => {
      await removeEvidence(folder, sha256);
    },
    log: (event) => {
      if (!stopping) log(event);
    },
    // What was still on its way when the store closed stays owed, and is said after the next start.
    fatal: (error) => {
      if (!stopping) options.fatal(error);
    },
  });
  gateway.onMessage(async (message) => {
    if (seen.has(message.id)) return;
    await engine.handle(message);
    seen.add(message.id);
  });
  gateway.onState((state) => outbox.setOnline(state.kind === 'online'));
  await engine.recover(options.now());
  await engine.tick(options.now());
  return {
    engine,
    outbox,
    tick: (now) => engine.tick(now),
    nextJob: () => engine.nextDue(options.now()),
    seen: (id) => seen.has(id),
    async stop() {
      await Promise.race([engine.idle(), setTimeout(LAST_WORDS_MS, null, { ref: false })]);
      stopping = true;
      // Its clock would keep the process alive for as long as anything waits; that is owed, and said after the next start.
      outbox.stop();
      seen.save();
      await store.close();
    },
  };
}
