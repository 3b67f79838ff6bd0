/**
 * Transcript tests: words are put into people's mouths, and what the bot says is heard.
 * `await chat.says('韦大勇', '昨晚巡逻').hears('已记')`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from '@jest/globals';
import type { BranchFile } from '../../bot/founding.ts';
import { readBranchFile } from '../../bot/founding.ts';
import { loadPolicy } from '../../bot/policy-file.ts';
import { openRehearsal, type Rehearsal, type Said } from '../../bot/rehearsal.ts';
import { townFold } from '../../bot/town-store.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { StateStore } from '../../storage/fold.ts';
import { openMemoryStore } from '../../storage/memory.ts';

export function policy(): Policy {
  const loaded = loadPolicy();
  if (!loaded.policy) throw new Error('the standard policy does not load');
  return loaded.policy;
}

export function sampleBranch(): BranchFile {
  const read = readBranchFile(
    JSON.parse(readFileSync(join(process.cwd(), 'trial/sample-branch.json'), 'utf8')),
  );
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.file;
}

interface Speech extends PromiseLike<Heard> {
  /** The group (or whoever is named) hears each of these. */
  hears(...parts: (string | RegExp)[]): Promise<Heard>;
  /** Somebody hears it privately. */
  tells(name: string, ...parts: (string | RegExp)[]): Promise<Heard>;
  /** Nobody hears anything. */
  silence(): Promise<void>;
}

interface Heard {
  readonly all: readonly Said[];
  in(room: Said['room'], to?: string): string;
}

function heardOf(all: readonly Said[]): Heard {
  return {
    all,
    in: (room, to) =>
      all
        .filter((s) => s.room === room && (to === undefined || s.to === to))
        .map((s) => s.text)
        .join('\n'),
  };
}

export interface Chat {
  readonly file: BranchFile;
  readonly rehearsal: Rehearsal;
  readonly heard: readonly Said[];
  at(time: LocalTime): Promise<Heard>;
  says(from: string, text: string, how?: How): Speech;
  whispers(from: string, text: string, how?: How): Speech;
  town(from: string, text: string, how?: How): Speech;
  photo(from: string, picture: string): Speech;
  recalls(from: string, id: string): Speech;
  state(): BranchState;
  lastId(): string;
}

interface How {
  readonly mention?: boolean;
  readonly quote?: { readonly name: string; readonly text: string };
  readonly id?: string;
}

/** A branch in a memory store, with a clock that moves by a second with every message. */
export async function openChat(options: {
  from: LocalTime;
  file?: BranchFile;
  store?: StateStore<TownState>;
}): Promise<Chat> {
  const file = options.file ?? sampleBranch();
  const heard: Said[] = [];
  const faults: unknown[] = [];
  const store = options.store ?? (await openMemoryStore({ fold: townFold }));
  const rehearsal = await openRehearsal({
    store,
    file,
    from: options.from,
    policy: policy(),
    keepPhoto: async (bytes) => createHash('sha256').update(bytes).digest('hex'),
    hear: (said) => heard.push(said),
    log: (event) => {
      if (event.error !== undefined) faults.push(event.error);
    },
  });
  let count = store.state().branches[file.branch]?.seq ?? 0;
  let lastId = '';

  const after = async (work: () => Promise<void>): Promise<Heard> => {
    const before = heard.length;
    await work();
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
    return heardOf(heard.slice(before));
  };

  const speak = (
    room: Said['room'],
    from: string,
    text: string,
    how: How & { image?: Uint8Array; recall?: string } = {},
  ): Speech => {
    const { mention = false, id, ...rest } = how;
    lastId = id ?? `m${++count}`;
    const own = lastId;
    const run = after(() =>
      rehearsal.say({ id: own, at: rehearsal.now(), room, from, text, mention, ...rest }),
    );
    const match = (all: string, parts: (string | RegExp)[]): void => {
      for (const part of parts) {
        if (typeof part === 'string') expect(all).toContain(part);
        else expect(all).toMatch(part);
      }
    };
    return {
      // oxlint-disable-next-line unicorn/no-thenable -- a speech is awaited like the promise it carries
      then: (done, failed) => run.then(done, failed),
      async hears(...parts) {
        const h = await run;
        match(room === 'private' ? h.in('private', from) : h.in(room), parts);
        return h;
      },
      async tells(name, ...parts) {
        const h = await run;
        match(h.in('private', name), parts);
        return h;
      },
      async silence() {
        expect((await run).all.map((s) => s.text)).toEqual([]);
      },
    };
  };

  return {
    file,
    rehearsal,
    heard,
    at: (time) => after(() => rehearsal.advance(time)),
    says: (from, text, how) => speak('group', from, text, how),
    whispers: (from, text, how) => speak('private', from, text, how),
    town: (from, text, how) => speak('town', from, text, how),
    photo: (from, picture) =>
      speak('group', from, '', { image: createHash('sha256').update(picture).digest() }),
    recalls: (from, id) => speak('group', from, '', { recall: id }),
    state: () => store.state().branches[file.branch] as BranchState,
    lastId: () => lastId,
  };
}
