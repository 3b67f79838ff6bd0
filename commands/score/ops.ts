/** From what a score message says to single figures: everybody it means, every month, one thing each. */
import { inScope } from '../../ledger/case.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { type IsoMonth, isMonth, monthOf } from '../../scoring/calendar.ts';
import type { Request } from '../command.ts';
import { meetingsOf } from '../month/deductions.ts';
import type { Reading, ScoreOp, ScoreSlots } from '../reading.ts';
import { slotsOf } from '../slots.ts';

/** One figure for one member and month. */
export interface Wanted {
  readonly name: string;
  readonly month: IsoMonth;
  /** An item's id, `obligation`, a post's id, or `bonus…`. */
  readonly head: string;
  /** A post's part: `commitment`, `performance`, `deed`. */
  readonly part: string | null;
  readonly op: ScoreOp['op'];
  readonly value: number | readonly number[];
  readonly reason: string | null;
  /** Said of a whole group of people, not of this one. */
  readonly group: boolean;
}

export function monthsMeant(request: Request, reading: Reading): IsoMonth[] {
  const said = slotsOf<Partial<ScoreSlots>>(reading).month ?? '';
  const months = said.split(/[,，、]/).filter(isMonth);
  return months.length > 0 ? months : [monthOf(request.day)];
}

/** Everybody that `*present`, `*all` or a name means in a month. */
function membersMeant(request: Request, op: ScoreOp, month: IsoMonth, head: string): string[] {
  const { branch, policy, speaker } = request;
  if (!op.member.startsWith('*')) return [op.member];
  const everyone = Object.values(branch.people).filter(
    (p) => inScope(p, month) && (p.left === null || p.left.date > `${month}-01`),
  );
  // Nobody scores oneself by scoring everybody.
  const others = everyone.filter((p) => p.name !== speaker.name);
  const item = policy.items.find((i) => i.id === head);
  if (item) return (op.op === 'set' ? everyone : others).map((p) => p.name);
  const holders = others.filter((p) => postsIn(p, month).includes(head)).map((p) => p.name);
  if (op.member !== '*present') return holders;
  const absent = new Set(
    meetingsOf(branch, month).flatMap((m) =>
      Object.entries(m.marks).flatMap(([n, mark]) => (mark === 'absent' ? [n] : [])),
    ),
  );
  return holders.filter((name) => !absent.has(name));
}

export function wantedOf(request: Request, reading: Reading): Wanted[] {
  const ops = slotsOf<Partial<ScoreSlots>>(reading).ops ?? [];
  const months = monthsMeant(request, reading);
  return ops.flatMap((op) => {
    const [head = '', part = null] = op.item.startsWith('bonus') ? [op.item, null] : op.item.split('.');
    const inMonths = op.per_month === true ? months : months.slice(0, 1);
    return inMonths.flatMap((month) =>
      membersMeant(request, op, month, head).map((name) => ({
        name,
        month,
        head,
        part: part === undefined || part === '' ? null : part,
        op: op.op,
        value: op.value,
        reason: op.reason ?? null,
        group: op.member.startsWith('*'),
      })),
    );
  });
}
