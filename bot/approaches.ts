/**
 * Who may become the account's friend, and who may bring it into a room. Private answers need a friend, so people of
 * the bound groups are accepted; anybody else stays as a request on the phone, where a person can still decide.
 */
import { rolesOn } from '../ledger/roles.ts';
import type { TownState } from '../ledger/state.ts';
import { instant, type LocalTime } from '../scoring/calendar.ts';
import type { Log } from './engine.ts';
import type { Approach, Gateway } from './gateway/port.ts';
import { officerContacts } from './upkeep/officers.ts';

export interface ReceptionOptions {
  readonly gateway: Pick<Gateway, 'members'>;
  readonly town: () => TownState;
  readonly now: () => LocalTime;
  /** Resolves after a while: nobody answers a request in the moment it comes. */
  readonly pause: () => Promise<void>;
  readonly log: Log;
}

const HOUR_MS = 3_600_000;
/** WeChat closes accounts that make many friends at once. */
const MOST_AN_HOUR = 10;
const MOST_A_DAY = 40;
/** How long the list of people in the bound rooms is believed. */
const BELIEVED_MS = 600_000;
/** Who may bring the account into a room: the same people bind it afterwards. */
const INVITERS: readonly string[] = ['secretary', 'deputy', 'recorder'];

function isBound(town: TownState, contact: string, now: LocalTime): boolean {
  return (
    officerContacts(town, now).includes(contact) ||
    Object.values(town.branches).some((b) => b.accounts[contact] !== undefined)
  );
}

function mayInvite(town: TownState, contact: string, now: LocalTime): boolean {
  if (officerContacts(town, now).includes(contact)) return true;
  return Object.values(town.branches).some((branch) => {
    const name = branch.accounts[contact];
    return name !== undefined && rolesOn(branch, name, now).some((role) => INVITERS.includes(role));
  });
}

/** Decides on requests, one after the other; true accepts. */
export function createReception(options: ReceptionOptions): (approach: Approach) => Promise<boolean> {
  const { gateway, town, now, log } = options;
  let people: { readonly ids: ReadonlySet<string>; readonly until: number } | null = null;
  let accepted: number[] = [];

  async function isInBoundRoom(contact: string): Promise<boolean> {
    const at = instant(now());
    if (people === null || people.until <= at) {
      const ids = new Set<string>();
      const rooms = [...town().office.rooms, ...Object.values(town().branches).flatMap((b) => b.rooms)];
      for (const room of rooms) {
        // A room that the account has left since tells nothing.
        // oxlint-disable-next-line no-await-in-loop -- one at a time: this is in no hurry
        for (const person of await gateway.members(room).catch(() => [])) ids.add(person.id);
      }
      people = { ids, until: at + BELIEVED_MS };
    }
    return people.ids.has(contact);
  }

  function hasRoomForOne(): boolean {
    const at = instant(now());
    accepted = accepted.filter((t) => t > at - 24 * HOUR_MS);
    return accepted.length < MOST_A_DAY && accepted.filter((t) => t > at - HOUR_MS).length < MOST_AN_HOUR;
  }

  return async ({ kind, from, id }) => {
    const isWelcome =
      kind === 'room'
        ? mayInvite(town(), from, now())
        : isBound(town(), from, now()) || (await isInBoundRoom(from));
    const isAccepted = isWelcome && hasRoomForOne();
    log({
      level: 'info',
      what: `a ${kind} request was ${isAccepted ? 'accepted' : 'left on the phone'}`,
      id,
    });
    if (!isAccepted) return false;
    accepted.push(instant(now()));
    await options.pause();
    return true;
  };
}
