import { answer, type Decision } from '../commands/command.ts';
import { type Body, type BranchId, TOWN } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import type { TownState } from '../ledger/state.ts';
import { addMinutes, type LocalTime } from '../scoring/calendar.ts';
import type { Inbound, Room } from './gateway/port.ts';
import type { Origin } from './hearers.ts';

/** `绑定 7K3P9Q` typed in a group that belongs to no branch yet. */
const BIND = /^\s*绑定\s*([A-Z0-9]{6})\s*$/i;

/** A code of the town's own: who types it in the office's group is this officer. */
const OFFICER = `${TOWN}:`;
const OFFICER_DAYS = 7;

/** The entry that invites an officer whose account is not known yet; the code is told at the terminal alone. */
export function inviteOfficer(name: string, code: string, at: LocalTime): Body {
  return body('binding-code-issued', {
    branch: `${OFFICER}${name}`,
    code,
    until: addMinutes(at, OFFICER_DAYS * 24 * 60),
  });
}

/** Whether an officer still needs a code: for the account, or because the town has no room of its own yet. */
export function needsCode(town: TownState, name: string): boolean {
  return (
    town.office.rooms.length === 0 || town.office.officers.some((o) => o.name === name && o.contact === null)
  );
}

/** Officers who can still be bound by a code, and their codes. */
export function openInvitations(town: TownState, at: LocalTime): { name: string; code: string }[] {
  return town.office.codes
    .filter((c) => c.branch.startsWith(OFFICER) && c.room === null && c.until >= at)
    .map((c) => ({ name: c.branch.slice(OFFICER.length), code: c.code }))
    .filter((c) => needsCode(town, c.name));
}

interface Bound {
  readonly branch: BranchId;
  readonly decision: Decision;
  readonly origin: Origin;
}

/**
 * Binds a group to the branch whose open code was typed in it, or the town's group and the officer who typed theirs;
 * null leaves the room alone. Codes expire, and are good for once.
 */
export function bindRoom(town: TownState, message: Inbound): Bound | null {
  const code = BIND.exec(message.text)?.[1]?.toUpperCase();
  if (message.room === null || code === undefined) return null;
  const open = town.office.codes.find((c) => c.code === code && c.room === null && c.until >= message.at);
  if (!open) return null;
  return open.branch.startsWith(OFFICER)
    ? bindOffice(town, message, message.room, open)
    : bindBranch(town, message, message.room, open);
}

type Open = TownState['office']['codes'][number];

function originIn(room: string, message: Inbound): Origin {
  return { place: 'group', room, contact: message.from.id, name: null };
}

function bindBranch(
  town: TownState,
  message: Inbound,
  { id: room, topic }: Room,
  { branch, code }: Open,
): Bound | null {
  // The town's own group is no branch's, whoever types a branch's code there.
  if (!town.branches[branch] || town.office.rooms.includes(room)) return null;
  return {
    branch,
    origin: originIn(room, message),
    decision: {
      bodies: [body('room-bound', { room, topic })],
      elsewhere: [{ branch: TOWN, bodies: [body('binding-code-used', { branch, code, room })] }],
      replies: [
        answer(
          `本群已绑定“${town.branches[branch]?.name}”。请各位党员把群昵称改成自己的姓名，记录员核对后即可使用。`,
        ),
      ],
    },
  };
}

function bindOffice(
  town: TownState,
  message: Inbound,
  { id: room, topic }: Room,
  { branch, code }: Open,
): Bound | null {
  const name = branch.slice(OFFICER.length);
  if (!openInvitations(town, message.at).some((c) => c.name === name)) return null;
  // A branch's group stays the branch's: an officer's code typed there by mistake opens nothing.
  if (Object.values(town.branches).some((b) => b.rooms.includes(room))) return null;
  const known = town.office.rooms.includes(room);
  return {
    branch: TOWN,
    origin: originIn(room, message),
    decision: {
      bodies: [
        ...(known ? [] : [body('room-bound', { room, topic })]),
        body('account-bound', { contact: message.from.id, name, nickname: message.from.name }),
        body('binding-code-used', { branch, code, room }),
      ],
      replies: [
        answer(
          known
            ? `${name}的微信已对上。`
            : `本群已作为${town.office.name}组织办群，${name}的微信已对上。发“帮助”看能办什么。`,
        ),
      ],
    },
  };
}
