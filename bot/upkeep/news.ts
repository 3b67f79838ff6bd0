import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { LocalTime } from '../../scoring/calendar.ts';
import type { Log } from '../engine.ts';
import type { Outbox } from '../outbox.ts';

/** Says something to one person through the outbox; resolves with whether it went out, or may have. */
export type Tell = (contact: string, text: string) => Promise<boolean>;

/** Speaking to people through an outbox, each time under a new id. */
export function tellThrough(outbox: () => Pick<Outbox, 'enqueue'> | null): Tell {
  const start = randomUUID();
  let count = 0;
  return async (contact, text) => {
    const id = `officer ${start} ${count++}`;
    const content = { kind: 'text', text } as const;
    const result = await outbox()?.enqueue({ id, target: { contact }, content, priority: 'notice' });
    return result !== undefined && result.state !== 'failed';
  };
}

export interface NewsOptions {
  /** Where it is kept what the officers know, so that a restart does not tell them again. */
  readonly path: string;
  /** Contacts of the town's officers. */
  readonly officers: (now: LocalTime) => readonly string[];
  readonly tell: Tell;
  readonly log: Log;
}

/** What goes wrong with the machine, told to the town's officers: once when it begins and once when it is over. */
export interface News {
  /** Whether the officers know of it as going on. */
  knows(trouble: string): boolean;
  /** `words` are said where the officers do not know it so yet. Not at night: what passes by morning wakes nobody. */
  report(trouble: string, isOn: boolean, words: string, now: LocalTime): void;
}

const MORNING = '08:00';
const EVENING = '21:00';

export function createNews({ path, officers, tell, log }: NewsOptions): News {
  const known = read(path);

  function save(): void {
    try {
      writeFileSync(`${path}.new`, JSON.stringify([...known]), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch (error) {
      // On a full disk: at worst the officers hear it once more after a restart.
      log({ level: 'warn', what: 'what the officers know could not be kept', error });
    }
  }

  return {
    knows: (trouble) => known.has(trouble),
    report(trouble, isOn, words, now) {
      const clock = now.slice(11, 16);
      if (isOn === known.has(trouble) || clock < MORNING || clock >= EVENING) return;
      const hearers = officers(now);
      if (hearers.length === 0) return;
      if (isOn) known.add(trouble);
      else known.delete(trouble);
      // While offline it waits in the outbox; only what has gone out is kept as known.
      void Promise.all(hearers.map((contact) => tell(contact, words))).then((out) => {
        if (out.includes(true)) save();
      });
    },
  };
}

function read(path: string): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(path, 'utf8')) as string[]);
  } catch {
    return new Set();
  }
}
