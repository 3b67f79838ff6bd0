/** A change to a month already published becomes a correction case: named before and after, never an edit (R34). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';
import { notice, type Reply, type Request } from '../command.ts';
import { listed, monthsText } from '../wording.ts';

export interface Change {
  readonly month: IsoMonth;
  readonly name: string;
  /** What changed: 3月15日主题党日考勤. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly reason?: string;
  readonly ticket?: number;
}

/**
 * The entries that mark changes as corrections where their months have a board, and the word to the secretary, who
 * publishes the new version. Changes to months without a board are no corrections and leave nothing here.
 */
export function correctionOf(
  request: Request,
  changes: readonly Change[],
): { readonly bodies: Body[]; readonly replies: Reply[] } {
  const published = changes.filter((c) => standingBoard(request.branch.months[c.month]) !== null);
  if (published.length === 0) return { bodies: [], replies: [] };
  const bodies = published.map(({ reason, ticket, ...change }) =>
    body('corrected', {
      ...change,
      reason: reason ?? '公示后更正',
      ...(ticket === undefined ? {} : { ticket }),
    }),
  );
  const months = monthsText(
    published.map((c) => c.month),
    request.at,
  );
  const names = listed([...new Set(published.map((c) => c.name))]);
  const text = `${request.speaker.name}更正了已公示的${months}：${names}。请核对后发布新版公示榜。`;
  return { bodies, replies: [notice({ role: 'secretary' }, text)] };
}
