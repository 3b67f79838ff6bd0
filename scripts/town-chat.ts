/**
 * A whole town in chat, without WeChat and without drawing: groups and accounts by name, one engine over one store, a
 * clock that is moved by hand. The simulated town and the tests of the town's commands speak through it.
 */
import { createEngine } from '../bot/engine.ts';
import { foundingBodies, readBranchFile } from '../bot/founding.ts';
import type { Inbound } from '../bot/gateway/port.ts';
import type { Message } from '../bot/hearers.ts';
import { TOWN } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import { addMinutes, dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { StateStore } from '../storage/fold.ts';

export const TOWN_ROOM = 'room-town';
export const OFFICER = '镇管理员';

/** Between two messages of the officer, in minutes. */
const OFFICE_MINUTES = 0.1;

export interface Member {
  readonly name: string;
  readonly role?: 'recorder' | 'supervisor' | 'committee' | 'secretary' | 'deputy';
  readonly status?: 'full' | 'probationary' | 'exempt';
  readonly posts: readonly string[];
  readonly group?: string;
  readonly floating?: boolean;
}

/** Something the bot said: to a room or to a person, in words. */
export interface Told {
  readonly room: string | null;
  readonly to: string;
  readonly text: string;
  readonly attachment?: string;
}

export interface TownChat {
  readonly store: StateStore<TownState>;
  now(): LocalTime;
  state(branch: string): BranchState;
  /** Lets time pass; what falls due on the way runs at its time. */
  at(time: LocalTime): Promise<readonly Told[]>;
  /** In a branch's group; to the bot where it is @-ed. */
  group(branch: string, from: string, text: string, mention?: boolean): Promise<readonly Told[]>;
  whisper(from: string, text: string): Promise<readonly Told[]>;
  /** In the town's room. */
  office(text: string, from?: string): Promise<readonly Told[]>;
  /** The roster comes in and every account is bound, as `lanxing import` and the newcomers' names would. */
  bringIn(branch: string, members: readonly Member[]): Promise<void>;
  messages(): number;
}

export interface TownChatOptions {
  readonly store: StateStore<TownState>;
  readonly policy: Policy;
  readonly from: LocalTime;
  readonly town?: string;
}

export function accountName(name: string): string {
  return `contact-${name}`;
}

export function groupRoom(branch: string): string {
  return `room-${branch}`;
}

/** Opens the chat, with a town that has an office, one officer and no branch yet. */
export async function openTownChat(options: TownChatOptions): Promise<TownChat> {
  const { store } = options;
  const town = options.town ?? '示范镇';
  let now = options.from;
  let count = 0;
  /** What each message under way has been answered with; `null` gathers what the clock brings. */
  const hearing = new Map<string, Told[]>();
  let clock: Told[] = [];
  const faults: unknown[] = [];
  await store.append([
    {
      branch: TOWN,
      source: 'founding',
      at: now,
      by: 'cli:founding',
      bodies: [
        body('town-founded', { name: town }),
        body('room-bound', { room: TOWN_ROOM }),
        body('officer-named', { name: OFFICER, contact: accountName(OFFICER) }),
      ],
    },
  ]);
  const engine = createEngine({
    store,
    policy: options.policy,
    send: async (message: Message, context) => {
      const told = hearing.get(context.source.replace(/#\d+$/, '')) ?? clock;
      told.push({
        room: 'room' in message.target ? message.target.room : null,
        to: message.to,
        text: message.text,
        ...(message.attachment ? { attachment: message.attachment.name } : {}),
      });
      return true;
    },
    keepPhoto: async () => '',
    log: (event) => {
      if (event.error !== undefined) faults.push(event.error);
    },
    fatal: (error) => {
      throw error;
    },
  });

  function checkFaults(): void {
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
  }

  async function advance(to: LocalTime): Promise<readonly Told[]> {
    clock = [];
    await engine.idle();
    for (let next = engine.nextDue(now); next !== null && next <= to; next = engine.nextDue(now)) {
      now = next > now ? next : now;
      await engine.tick(now);
      await engine.idle();
    }
    if (to > now) now = to;
    checkFaults();
    return clock;
  }

  /** Says one thing, and hears what is answered. Different branches may speak at the same time. */
  async function say(
    room: Inbound['room'],
    from: string,
    text: string,
    mention: boolean,
  ): Promise<readonly Told[]> {
    count += 1;
    const id = `m${count}`;
    const told: Told[] = [];
    hearing.set(id, told);
    await engine.handle({
      id,
      at: now,
      room,
      from: { id: accountName(from), name: from },
      text,
      kind: 'text',
      mentionsMe: mention,
      mentions: [],
    });
    hearing.delete(id);
    checkFaults();
    return told;
  }

  return {
    store,
    now: () => now,
    state: (branch) => {
      const state = store.state().branches[branch];
      if (!state) throw new Error(`no branch ${branch}`);
      return state;
    },
    at: advance,
    group: (branch, from, text, mention = false) =>
      say({ id: groupRoom(branch), topic: branch }, from, text, mention),
    whisper: (from, text) => say(null, from, text, true),
    office(text, from = OFFICER) {
      // One officer speaks for the whole town: not faster than a person types, or the bot would take it for a flood.
      now = addMinutes(now, OFFICE_MINUTES);
      return say({ id: TOWN_ROOM, topic: town }, from, text, true);
    },
    async bringIn(branch, members) {
      const read = readBranchFile({ branch, town, members: members.map((m) => ({ group: '', ...m })) });
      if ('findings' in read) throw new Error(JSON.stringify(read.findings));
      const bodies = foundingBodies(read.file, dateOfTime(now), { contacts: accountName }).filter(
        (b) => !['branch-founded', 'settings-changed', 'month-waived'].includes(b.kind),
      );
      await store.append([{ branch, source: 'roster', at: now, by: 'cli:import', bodies }]);
    },
    messages: () => count,
  };
}
