/** Understanding what was said: who is meant and what is known in the room, and what the speaker was asked before. */
import type { Command } from '../commands/command.ts';
import { createReader } from '../commands/read.ts';
import type { Heard, Reading, RosterMember } from '../commands/reading.ts';
import type { BranchId } from '../ledger/entry.ts';
import type { BranchState, Question, TownState } from '../ledger/state.ts';
import { dateOfTime, instant, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import { contextOf, mainRole, rosterOf } from './context.ts';
import { type Inbound, spokenAt } from './gateway/port.ts';
import type { Spoken } from './speaking.ts';

/** A message whose speaker is known. */
export interface Said {
  readonly spoken: Spoken & { readonly speaker: NonNullable<Spoken['speaker']> };
  readonly message: Inbound;
}

export interface Hearing {
  read(said: Said, text: string, policy: Policy): Reading;
  /** The question that this speaker was asked in this place and has not answered. */
  openQuestion(said: Said): Question | null;
  /** The rosters have changed. */
  forget(): void;
}

/** How long words explain the ones that follow them, and how many are kept. They are never stored. */
const PREVIOUS_MINUTES = 10;
const PREVIOUS_KEPT = 8;

export function minutesBetween(from: LocalTime, to: LocalTime): number {
  return (instant(to) - instant(from)) / 60_000;
}

export function createHearing(commands: readonly Command[], town: () => TownState): Hearing {
  const read = createReader(commands);
  const rosters = new Map<BranchId, { day: string; roster: RosterMember[] }>();
  const words = new Map<string, { name: string; text: string; at: LocalTime }[]>();

  function rosterFor(branch: BranchState, at: LocalTime): RosterMember[] {
    const day = dateOfTime(at);
    const known = rosters.get(branch.branch);
    if (known?.day === day) return known.roster;
    const roster = rosterOf(
      branch,
      at,
      town().office.officers.map((o) => o.name),
    );
    rosters.set(branch.branch, { day, roster });
    return roster;
  }

  /** The speaker's own last words here, or else the last words of somebody else. */
  function previousWords(where: string, name: string, at: LocalTime): string | undefined {
    const recent = (words.get(where) ?? []).filter((w) => minutesBetween(w.at, at) <= PREVIOUS_MINUTES);
    const own = recent.findLast((w) => w.name === name);
    if (own) return own.text;
    const other = recent.at(-1);
    return other ? `${other.name}：${other.text}` : undefined;
  }

  return {
    read({ spoken, message }, text, policy) {
      const { branch, speaker, place } = spoken;
      const where = message.room?.id ?? message.from.id;
      const from = spokenAt(message);
      const previous = previousWords(where, speaker.name, message.at);
      const context = contextOf(branch, policy, rosterFor(branch, from), speaker.name, from, previous);
      const heard: Heard = {
        text,
        sender: speaker.name,
        role: mainRole(speaker.roles),
        at: from,
        room: place,
        addressed: message.mentionsMe || place === 'private' || message.quote?.name === branch.bot,
        ...(message.quote ? { quote: message.quote.text, quoteFrom: message.quote.name } : {}),
      };
      const reading = read(heard, context);
      words.set(where, [
        ...(words.get(where) ?? []).slice(1 - PREVIOUS_KEPT),
        { name: speaker.name, text, at: message.at },
      ]);
      return reading;
    },
    openQuestion({ spoken, message }) {
      const { branch, speaker, place } = spoken;
      const questions = town().branches[branch.branch]?.questions ?? town().office.questions;
      return (
        questions.find((q) => q.to === speaker.name && q.room === place && q.until >= message.at) ?? null
      );
    },
    forget: () => rosters.clear(),
  };
}
