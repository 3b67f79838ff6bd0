/**
 * Limits for what one person can make the bot do: how often it is spoken to and how long a text it reads. They hold
 * back a child with a phone and a script alike, and are far above what anybody types by hand.
 */
import { instant } from '../scoring/calendar.ts';
import type { Inbound, InboundKind } from './gateway/port.ts';

export interface Limits {
  /** Messages said to the bot by one person in a minute. */
  readonly addressed: number;
  /** Messages of one person in a minute, overheard ones included. */
  readonly heard: number;
  /** Characters of one text. */
  readonly length: number;
}

export const LIMITS: Limits = { addressed: 20, heard: 60, length: 2000 };

/** What becomes of a message: it is read, answered with one line, or left alone. */
export type Verdict =
  | { readonly kind: 'read' }
  | { readonly kind: 'tell'; readonly text: string }
  | { readonly kind: 'leave' };

export interface Guard {
  judge(message: Inbound): Verdict;
}

const WINDOW_MS = 60_000;
/** People whose last minute is remembered; strangers cannot make the bot remember without end. */
const PEOPLE_KEPT = 5000;
/** Kinds that somebody does on purpose and in numbers. Joins and recalls are never held back. */
const COUNTED: ReadonlySet<InboundKind> = new Set(['text', 'image', 'file']);

interface Recent {
  /** Instants of what was heard in the last minute; `addressed` is a part of them. */
  heard: number[];
  addressed: number[];
  /** When this person was last asked to slow down. */
  told: number;
}

export function createGuard(limits: Limits = LIMITS): Guard {
  const people = new Map<string, Recent>();

  function recentOf(person: string, now: number): Recent {
    const known = people.get(person) ?? { heard: [], addressed: [], told: Number.NEGATIVE_INFINITY };
    const fresh = (at: number): boolean => at > now - WINDOW_MS;
    known.heard = known.heard.filter(fresh);
    known.addressed = known.addressed.filter(fresh);
    // Put in anew, so that the first in the map are those heard of longest ago.
    people.delete(person);
    people.set(person, known);
    const oldest = people.size > PEOPLE_KEPT ? people.keys().next() : null;
    if (oldest?.value !== undefined) people.delete(oldest.value);
    return known;
  }

  function flood(message: Inbound, spokenTo: boolean): Verdict | null {
    const now = instant(message.at);
    const recent = recentOf(message.from.id, now);
    // What is left alone is not remembered either: a flood costs no memory.
    if (recent.heard.length >= limits.heard) return { kind: 'leave' };
    recent.heard.push(now);
    if (!spokenTo) return null;
    if (recent.addressed.length < limits.addressed) {
      recent.addressed.push(now);
      return null;
    }
    if (recent.told > now - WINDOW_MS) return { kind: 'leave' };
    recent.told = now;
    return { kind: 'tell', text: '您发得太快了，这条没有读。请过一分钟再发。' };
  }

  return {
    judge(message) {
      if (!COUNTED.has(message.kind)) return { kind: 'read' };
      const spokenTo = message.mentionsMe || message.room === null;
      const held = flood(message, spokenTo);
      if (held) return held;
      const length = message.text.length > limits.length ? Array.from(message.text).length : 0;
      if (length <= limits.length) return { kind: 'read' };
      if (!spokenTo) return { kind: 'leave' };
      return {
        kind: 'tell',
        text: `这条有${length}个字，超过${limits.length}字的不读，没有记。请分成几条再发。`,
      };
    },
  };
}
