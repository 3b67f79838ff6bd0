import type { Decision } from '../commands/command.ts';
import { answer } from '../commands/command.ts';
import { type BranchId, TOWN } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import type { TownState } from '../ledger/state.ts';
import type { Origin } from './delivery.ts';
import type { Inbound } from './gateway/port.ts';

/** `绑定 7K3P9Q` typed in a group that belongs to no branch yet. */
const BIND = /^\s*绑定\s*([A-Z0-9]{6})\s*$/i;

/**
 * Binds an unknown group to the branch whose open code was typed in it; null leaves the room alone.
 * Codes are issued by the town and expire.
 */
export function bindRoom(
  town: TownState,
  message: Inbound,
): { branch: BranchId; decision: Decision; origin: Origin } | null {
  const code = BIND.exec(message.text)?.[1]?.toUpperCase();
  if (message.room === null || code === undefined) return null;
  const open = town.office.codes.find((c) => c.code === code && c.room === null && c.until >= message.at);
  if (!open || !town.branches[open.branch]) return null;
  const room = message.room.id;
  return {
    branch: open.branch,
    origin: { place: 'group', room, contact: message.from.id, name: null },
    decision: {
      bodies: [body('room-bound', { room, topic: message.room.topic })],
      elsewhere: [{ branch: TOWN, bodies: [body('binding-code-used', { branch: open.branch, code, room })] }],
      replies: [
        answer(
          `本群已绑定“${town.branches[open.branch]?.name}”。请各位党员把群昵称改成自己的姓名，记录员核对后即可使用。`,
        ),
      ],
    },
  };
}
