import type { Place, Speaker } from '../commands/command.ts';
import { newBranch } from '../ledger/empty-state.ts';
import { rolesOn } from '../ledger/roles.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Inbound } from './gateway/port.ts';

/** Where a message was said and by whom, as far as bound rooms and accounts tell. */
export interface Spoken {
  readonly place: Place;
  readonly branch: BranchState;
  /** Null where the account is bound to nobody. */
  readonly speaker: Speaker | null;
}

type Officer = TownState['office']['officers'][number];

function officersOn(town: TownState, at: LocalTime): Officer[] {
  const day = dateOfTime(at);
  return town.office.officers.filter((o) => o.until === null || o.until >= day);
}

/** Whether somebody is an officer of the town on the day. */
export function isOfficer(town: TownState, name: string, at: LocalTime): boolean {
  return officersOn(town, at).some((o) => o.name === name);
}

function officerOf(town: TownState, contact: string, at: LocalTime): Speaker | null {
  const officer = officersOn(town, at).find((o) => o.contact === contact);
  return officer ? { name: officer.name, roles: ['town'], contact } : null;
}

function memberOf(branch: BranchState, contact: string, at: LocalTime): Speaker | null {
  const name = branch.accounts[contact];
  return name === undefined ? null : { name, roles: rolesOn(branch, name, at), contact };
}

/** The branch that words said in the town's room are about: the one they name, or the only one there is. */
export function branchNamed(town: TownState, text: string): BranchState | null {
  const branches = Object.values(town.branches);
  const named = branches
    .filter((b) => text.includes(b.name) || text.includes(b.branch) || text.includes(shortName(b.name)))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return named ?? (branches.length === 1 ? (branches[0] as BranchState) : null);
}

/** The branch whose ledger holds the question that this officer was asked last: a bare 确定 is about that one. */
function branchAsking(
  town: TownState,
  officer: Speaker | null,
  place: Place,
  at: LocalTime,
): BranchState | null {
  const asked = Object.values(town.branches).flatMap((branch) =>
    branch.questions
      .filter((q) => q.to === officer?.name && q.room === place && q.until >= at)
      .map((q) => ({ branch, at: q.at })),
  );
  return asked.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.branch ?? null;
}

/** A branch's name as people say it: without 党支部 and without a remark in brackets. */
export function shortName(name: string): string {
  return (
    name
      .replace(/[（(].*?[）)]/g, '')
      .replace(/(中国共产党|中共)/, '')
      .replace(/党?支部.*$/, '') || name
  );
}

/** The branches that a name typed at the command line may mean: the one called so, or those that are called so for short. */
export function branchesCalled(town: TownState, wanted: string): BranchState[] {
  const all = Object.values(town.branches);
  const called = all.filter((b) => b.branch === wanted || b.name === wanted);
  return called.length > 0 ? called : all.filter((b) => shortName(b.name) === shortName(wanted));
}

/**
 * Finds out where a message belongs. Null = a room that nobody bound, or a private message of a stranger:
 * it is left alone (deny by default).
 */
export function locate(town: TownState, message: Inbound, commandLine = false): Spoken | null {
  const contact = message.from.id;
  const at = message.at;
  if (commandLine && message.typed) return fromCommandLine(town, message, message.typed.branch);
  if (message.room !== null) {
    const room = message.room.id;
    if (town.office.rooms.includes(room)) {
      const speaker = officerOf(town, contact, at);
      const named = branchNamed(town, `${message.text} ${message.quote?.text ?? ''}`);
      const branch = named ?? branchAsking(town, speaker, 'town', at) ?? newBranch('');
      return { place: 'town', branch, speaker };
    }
    const branch = Object.values(town.branches).find((b) => b.rooms.includes(room));
    return branch ? { place: 'group', branch, speaker: memberOf(branch, contact, at) } : null;
  }
  const branch = Object.values(town.branches).find((b) => b.accounts[contact] !== undefined);
  if (branch) return { place: 'private', branch, speaker: memberOf(branch, contact, at) };
  const officer = officerOf(town, contact, at);
  if (officer) {
    const asking = branchAsking(town, officer, 'private', at);
    return {
      place: 'private',
      branch: branchNamed(town, message.text) ?? asking ?? newBranch(''),
      speaker: officer,
    };
  }
  const claimed = Object.values(town.branches).find((b) => b.accountClaims[contact] !== undefined);
  const home = claimed ?? introducing(town, message.text);
  return home ? { place: 'private', branch: home, speaker: null } : null;
}

/** The one branch whose roster holds the name that a stranger says is theirs; anything else is left alone. */
function introducing(town: TownState, text: string): BranchState | null {
  if (!/我就?是|我叫|本人/.test(text)) return null;
  const homes = Object.values(town.branches).filter((b) =>
    Object.keys(b.people).some((name) => text.includes(name)),
  );
  return homes.length === 1 ? (homes[0] as BranchState) : null;
}

/** Contacts of people who act on the command line; only a process that was started for it believes them. */
export const COMMAND_LINE = 'cli:';
/** The office's room on the command line: there without any group of WeChat. */
export const OFFICE_DESK = `${COMMAND_LINE}town`;

/**
 * Whoever can write to the ledger's folder may act for anybody: entries say so (`cli …` is their source). At the
 * office's desk sit its officers alone; elsewhere a member is a member first.
 */
function fromCommandLine(town: TownState, message: Inbound, meant: string | null): Spoken | null {
  const contact = message.from.id;
  const { at, text } = message;
  const name = contact.slice(COMMAND_LINE.length);
  const home = meant === null ? undefined : town.branches[meant];
  const place = message.room === null ? 'private' : 'town';
  const roles = home && place === 'private' ? rolesOn(home, name, at) : [];
  if (home && roles.length > 0) return { place, branch: home, speaker: { name, roles, contact } };
  if (!isOfficer(town, name, at)) return null;
  const speaker: Speaker = { name, roles: ['town'], contact };
  const branch = home ?? branchNamed(town, text) ?? branchAsking(town, speaker, place, at) ?? newBranch('');
  return { place, branch, speaker };
}
