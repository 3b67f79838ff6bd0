/** 重复了，删一条: what was recorded twice, shown to choose from; one of the two is taken back with its trace. */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addMonths, type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import { answer, type Outcome, refuse, type Request } from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Choice, Reading } from '../reading.ts';
import { reportText, monthText } from '../wording.ts';

interface Double {
  /** Names the double from one message to the next. */
  readonly key: string;
  readonly label: string;
  readonly bodies: readonly Body[];
  readonly month: IsoMonth;
}

/** Reports of the same people, post and day, and the same deduction typed twice, of this month and the last. */
function doublesOf(request: Request): Double[] {
  const { branch, speaker } = request;
  const keeps =
    speaker.roles.includes('recorder') ||
    speaker.roles.includes('secretary') ||
    speaker.roles.includes('deputy');
  return [...doubleReports(request, keeps), ...(keeps ? doubleDeductions(branch, request) : [])];
}

function doubleReports(request: Request, keeps: boolean): Double[] {
  const { branch, speaker, at } = request;
  const live = Object.values(branch.reports).filter((r) => r.state === 'pending' || r.state === 'verified');
  return live
    .filter((r) =>
      keeps
        ? !r.names.includes(speaker.name) || r.state === 'pending'
        : r.by === speaker.name && r.state === 'pending',
    )
    .filter((r) =>
      live.some(
        (o) =>
          o.number < r.number &&
          o.post === r.post &&
          o.date === r.date &&
          r.names.every((n) => o.names.includes(n)),
      ),
    )
    .map((r) => ({
      key: `report ${r.number}`,
      label: reportText(request, r, at),
      month: monthOf(r.date),
      bodies: [body('report-withdrawn', { number: r.number, reason: '重复' })],
    }));
}

function doubleDeductions(branch: BranchState, { at, policy }: Request): Double[] {
  const months = [monthOf(at), addMonths(monthOf(at), -1)];
  return months.flatMap((month) => {
    const typed = branch.months[month]?.adjustments ?? [];
    const seen = new Map<string, number>();
    for (const a of typed)
      if (a.op === 'deduct')
        seen.set(
          `${a.name} ${a.item} ${Math.abs(a.points)}`,
          (seen.get(`${a.name} ${a.item} ${Math.abs(a.points)}`) ?? 0) + Math.sign(a.points),
        );
    return [...seen]
      .filter(([, count]) => count > 1)
      .map(([key]): Double => {
        const a = typed.findLast((x) => x.op === 'deduct' && `${x.name} ${x.item} ${x.points}` === key)!;
        const item = policy.items.find((i) => i.id === a.item)?.name ?? a.item;
        // Entries are never removed: the second deduction is given back by one of the opposite sign.
        const back = body('item-adjusted', {
          name: a.name,
          month,
          item: a.item,
          op: 'deduct',
          points: -a.points,
          reason: '冲销重复扣分',
        });
        return {
          key: `deduct ${month} ${key}`,
          label: `${a.name} ${monthText(month, at)}${item}扣${a.points}（记了两次）`,
          month,
          bodies: [back],
        };
      });
  });
}

export function removeDouble(request: Request, reading: Reading, key: string | undefined): Outcome {
  const doubles = doublesOf(request);
  if (key !== undefined) {
    const chosen = doubles.find((d) => d.key === key);
    if (!chosen) return refuse('correct-no-double');
    return settleChange(request, reading, {
      bodies: chosen.bodies,
      months: [chosen.month],
      reason: '去掉重复记录',
      replies: () => [answer(`已去掉重复的一条：${chosen.label}。`)],
    });
  }
  if (doubles.length === 0) return refuse('correct-no-double');
  const choices: Choice[] = doubles.slice(0, 8).map((d) => ({
    label: d.label,
    reading: { ...reading, act: 'record', slots: { ...reading.slots, key: d.key } },
  }));
  return ask(request, '去掉哪一条重复的？', { choices, room: 'private' });
}
