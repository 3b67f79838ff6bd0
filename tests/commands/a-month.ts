/** Steps of a month that several tests begin with. The sheet of March 2026 in the fictional branch of `town.ts`. */
import { publish } from '../../commands/month/publish.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { inScope } from '../../ledger/case.ts';
import type { Reading } from '../../commands/reading.ts';
import { Branch, type Said } from './town.ts';

export const MARCH = '2026-03';

/** Everybody's posts scored 10, 9, 10, by the recorder (whose own come from the secretary). */
export function scoresOf(branch: Branch, month: string): Body[] {
  return Object.values(branch.state.people)
    .filter((p) => inScope(p, month))
    .flatMap((p) =>
      postsIn(p, month).map((post) =>
        body('post-scored', { name: p.name, month, post, commitment: 10, performance: 9, deed: 10 }),
      ),
    );
}

/** A branch whose March is scored and waits for its board on 15 April. */
export function scoredMarch(): Branch {
  const branch = new Branch();
  branch.given('2026-04-02T09:00:00', '苗春燕', ...scoresOf(branch, MARCH));
  branch.at = '2026-04-15T09:00:00';
  return branch;
}

/** The same with its board published on 15 April, open until the 22nd. */
export function publishedMarch(): Branch {
  const branch = scoredMarch();
  branch.says('严书林', publish, { month: MARCH }, { text: '发布 3月', place: 'private' });
  branch.agrees('严书林', publish);
  return branch;
}

/** Plain data of an entry or a view, in the shape the test expects. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the shape
export function shaped<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the test then says about it is the check
  return value as T;
}

/** The numbered choices of the question that was asked. */
export function choicesOf(said: Said): { label: string; reading: Reading }[] {
  return shaped(said.data('question-asked')[0]?.['choices'] ?? []);
}
