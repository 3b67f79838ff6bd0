/** The same activity of the same person, post and day reported twice is one: what of a report is new? */
import type { BranchState, Report } from '../../ledger/state.ts';
import type { IsoDate } from '../../scoring/calendar.ts';

export interface Overlap {
  /** Live reports of that post and day that name one of the people. */
  readonly known: readonly Report[];
  /** People of the new report whom none of them names. */
  readonly fresh: readonly string[];
  /** The known report that the new one completes: pending, and not at another time of day. */
  readonly completes: Report | null;
  /** Told of another time than a known one: the recorder should look. */
  readonly clash: Report | null;
}

export function overlapOf(
  state: BranchState,
  report: {
    readonly post: string;
    readonly date: IsoDate;
    readonly names: readonly string[];
    readonly time: string | null;
  },
): Overlap {
  const known = Object.values(state.reports).filter(
    (r) =>
      (r.state === 'pending' || r.state === 'verified') &&
      r.post === report.post &&
      r.date === report.date &&
      r.names.some((n) => report.names.includes(n)),
  );
  const fresh = report.names.filter((n) => !known.some((r) => r.names.includes(n)));
  const clash = known.find((r) => !timesAgree(r.time, report.time)) ?? null;
  const completes = known.find((r) => r.state === 'pending' && timesAgree(r.time, report.time)) ?? null;
  return { known, fresh, completes, clash };
}

/** Times that may be the same occasion: unknown, overlapping, or starting within an hour of each other. */
function timesAgree(a: string | null, b: string | null): boolean {
  if (!a || !b) return true;
  const [from, to] = span(a);
  const [otherFrom, otherTo] = span(b);
  return from <= otherTo + 60 && otherFrom <= to + 60;
}

function span(time: string): [number, number] {
  const [start = '', end = start] = time.split('-');
  const from = minutes(start);
  const to = minutes(end);
  return [from, to < from ? to + 24 * 60 : to];
}

function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}
