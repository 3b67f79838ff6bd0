/**
 * Changing what a month's scores rest on. A month that hangs out is never edited in silence: the change is previewed
 * with what it does to the board, kept as a correction with before and after, and published as a new version (R34).
 */
import { changedRows } from '../../boards/text.ts';
import type { BoardRow } from '../../boards/views/board.ts';
import { sumText } from '../../boards/wording.ts';
import type { Body, Entry } from '../../ledger/entry.ts';
import { applyToBranch } from '../../ledger/fold.ts';
import { body } from '../../ledger/kinds.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import { type IsoMonth, yearOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { CaseError } from '../../scoring/score.ts';
import { type Decision, notice, type Outcome, type Reply, type Request, refuse } from '../command.ts';
import type { Reading } from '../reading.ts';
import { listed, monthText } from '../wording.ts';
import { rowsNow } from './board.ts';
import { bossOf } from './boss.ts';
import { preview } from './preview.ts';

/** A branch as it would be with some bodies more; the branch itself is left alone. */
function branchWith(state: BranchState, bodies: readonly Body[], by: string, at: string): BranchState {
  const next = structuredClone(state);
  for (const [i, b] of bodies.entries()) {
    const entry: Entry = {
      ...structuredClone(b),
      branch: state.branch,
      seq: state.seq + i + 1,
      at,
      by,
      source: 'trial',
    };
    applyToBranch(next, entry);
  }
  return next;
}

export interface Change {
  readonly bodies: readonly Body[];
  /** Months whose scores the bodies bear on. */
  readonly months: readonly IsoMonth[];
  /** Why, in a few words; kept with the correction. */
  readonly reason: string;
  readonly ticket?: number;
  /** What is said once it is done; `next` is the branch as it then stands. */
  readonly replies: (next: BranchState) => readonly Reply[];
}

interface RowDiff {
  readonly month: IsoMonth;
  readonly name: string;
  readonly before: BoardRow | null;
  readonly after: BoardRow | null;
}

/** Rows of published months that bodies would change. */
function publishedDiffs(
  state: BranchState,
  next: BranchState,
  policy: Policy,
  months: readonly IsoMonth[],
): RowDiff[] {
  return [...new Set(months)]
    .filter((month) => standingBoard(state.months[month]) !== null)
    .flatMap((month) =>
      changedRows(rowsNow(state, policy, month), rowsNow(next, policy, month)).map((c) => ({ month, ...c })),
    );
}

function correction(diff: RowDiff, change: Change): Body {
  const text = (row: BoardRow | null): string => (row ? `${sumText(row)}${row.deduction}` : '不在榜上');
  return body('corrected', {
    month: diff.month,
    name: diff.name,
    what: '合计',
    before: text(diff.before),
    after: text(diff.after),
    reason: change.reason,
    ...(change.ticket === undefined ? {} : { ticket: change.ticket }),
  });
}

/** The corrections that bodies make to months already published; empty where none is touched. */
export function correctionsOf(
  request: Pick<Request, 'branch' | 'policy' | 'at' | 'speaker'>,
  change: Change,
): Body[] {
  const { branch, policy, at, speaker } = request;
  const next = branchWith(branch, change.bodies, speaker.name, at);
  return publishedDiffs(branch, next, policy, change.months).map((diff) => correction(diff, change));
}

/** Carries a change out: at once where nothing is published yet, after a preview where it corrects a board. */
export function settleChange(request: Request, reading: Reading, change: Change): Outcome {
  const { branch, policy, at, speaker } = request;
  const closed = change.months.find((month) => branch.years[yearOf(month)]?.stage === 'closed');
  if (closed) return refuse('score-filed-year', { month: monthText(closed, at) });
  const next = branchWith(branch, change.bodies, speaker.name, at);
  const diffs = soundDiffs(branch, next, policy, change.months);
  if ('problem' in diffs) return refuse('score-unsound', diffs);
  if (diffs.rows.length === 0) return { bodies: [...change.bodies], replies: [...change.replies(next)] };
  if (reading.slots['correcting'] !== true) return askCorrection(request, reading, diffs.rows);
  return {
    bodies: [...change.bodies, ...diffs.rows.map((diff) => correction(diff, change))],
    replies: [...change.replies(next), ...tellSecretary(request, diffs.rows)],
  };
}

/** The scoring core refuses facts that do not fit together: better said here than found at the next board. */
function soundDiffs(
  branch: BranchState,
  next: BranchState,
  policy: Policy,
  months: readonly IsoMonth[],
): { readonly rows: RowDiff[] } | { readonly problem: string } {
  try {
    for (const month of months) rowsNow(next, policy, month);
    return { rows: publishedDiffs(branch, next, policy, months) };
  } catch (error) {
    if (error instanceof CaseError) return { problem: error.findings.map((f) => f.problem).join('；') };
    throw error;
  }
}

function askCorrection(request: Request, reading: Reading, diffs: readonly RowDiff[]): Decision {
  const months = [...new Set(diffs.map((d) => monthText(d.month, request.at)))];
  const rows = diffs.map(
    (d) => `${d.name}：${d.before ? sumText(d.before) : '无'} → ${d.after ? sumText(d.after) : '无'}`,
  );
  const text = `${listed(months)}已经公示，这样改要按更正办：\n${rows.join('\n')}\n更正后由书记发布新版，这${diffs.length}人要重新确认。`;
  const correcting = { ...reading, slots: { ...reading.slots, correcting: true } };
  return preview(request, correcting, text, '更正', { private: true });
}

function tellSecretary(request: Request, diffs: readonly RowDiff[]): Reply[] {
  const months = [...new Set(diffs.map((d) => d.month))];
  const text = months
    .map((month) => {
      const said = monthText(month, request.at);
      const names = diffs.filter((d) => d.month === month).map((d) => d.name);
      return `${said}有更正：${listed(names)}。请“发布 ${said}”出新版。`;
    })
    .join('\n');
  return [notice(bossOf(request.branch, request.at), text)];
}
