import type { MonthState, YearState } from './state.ts';

/** Where a month stands on its way from the first report to the town's receipt (R29). */
export type Stage =
  | 'open'
  | 'collected'
  | 'checked'
  | 'published'
  | 'closed'
  | 'filed'
  | 'received'
  | 'returned';

export function stageOf(month: MonthState | undefined): Stage {
  if (!month) return 'open';
  const board = month.boards.at(-1);
  if (month.returned) return 'returned';
  if (month.receipt) return 'received';
  if (month.filed) return 'filed';
  if (month.closedAt) return 'closed';
  if (board && board.withdrawn === null) return 'published';
  if (month.checked) return 'checked';
  return month.collectedAt ? 'collected' : 'open';
}

/** The board that stands now: the newest version that was not withdrawn. */
export function standingBoard(month: MonthState | undefined): MonthState['boards'][number] | null {
  const board = month?.boards.at(-1);
  return board && board.withdrawn === null ? board : null;
}

/** Where a year stands. What was computed is open again once a month of it lacks scores. */
export function yearStageOf(year: YearState | undefined, blocked: readonly string[]): YearState['stage'] {
  const stage = year?.stage ?? 'open';
  return stage === 'computed' && blocked.length > 0 ? 'open' : stage;
}
