/** From what a score message says to single figures: everybody it means, every month, one thing each. */
import { inScope } from '../../ledger/case.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { standingBoard } from '../../ledger/stage.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { addMonths, type IsoMonth, isMonth, monthOf } from '../../scoring/calendar.ts';
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

/** Until the tenth, once it has been collected and until its board hangs out, the month that has just ended is scored (R21). */
const LAST_MONTH_UNTIL = 10;

/** Where no month was said: the month that has just ended, while it is being scored. */
function monthDue(request: Request, name: string, head: string, month: IsoMonth): IsoMonth {
  const last = addMonths(month, -1);
  if (month !== monthOf(request.day) || Number(request.day.slice(8, 10)) > LAST_MONTH_UNTIL) return month;
  const row = monthSheet(request.branch, request.policy, last)[name];
  const known = request.branch.months[last];
  if (!row || row.posts[head] === undefined || !known?.collectedAt || known.waived) return month;
  const hangsOut = standingBoard(known) !== null;
  return row.pending.includes(head) || !hangsOut ? last : month;
}

export function wantedOf(request: Request, reading: Reading): Wanted[] {
  const { ops = [], unsaid } = slotsOf<Partial<ScoreSlots>>(reading);
  const months = monthsMeant(request, reading);
  return ops.flatMap((op) => {
    const [head = '', part = null] = op.item.startsWith('bonus') ? [op.item, null] : op.item.split('.');
    const inMonths = op.per_month === true ? months : months.slice(0, 1);
    return inMonths.flatMap((month) =>
      membersMeant(request, op, month, head).map((name) => ({
        name,
        month: unsaid === true ? monthDue(request, name, head, month) : month,
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
