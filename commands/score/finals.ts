/** The committee's own figures: with a minute they stand above what is computed. */
import type { Body } from '../../ledger/entry.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import type { IsoDate } from '../../scoring/calendar.ts';
import type { Request } from '../command.ts';
import { monthText } from '../wording.ts';
import type { Wanted } from './ops.ts';
import { itemOrPostTitle } from './titles.ts';
import { isPoints, minus } from './told.ts';

export interface FinalOutcome {
  readonly body: Body | null;
  readonly line: string;
}

/** `支委会3月28日定 甲 组织生活8分`. Only a whole item or a whole post can be fixed. */
export function finalFigure(request: Request, w: Wanted, minute: IsoDate): FinalOutcome {
  const { branch, policy, at } = request;
  const title = itemOrPostTitle(request, w.head);
  const no = (text: string): FinalOutcome => ({ body: null, line: text });
  const item = policy.items.find((i) => i.id === w.head);
  const row = monthSheet(branch, policy, w.month)[w.name];
  if (!row) return no(`${w.name}${monthText(w.month, at)}不纳入积分，没有记`);
  const person = branch.people[w.name];
  if (!item && !(person && postsIn(person, w.month).includes(w.head)))
    return no(`${monthText(w.month, at)}${w.name}没有认领${title}，没有记`);
  const parts = policy.service.parts;
  const most = item ? item.points : parts.commitment.points + parts.performance.points + parts.deed.points;
  const now = item ? Number(row[w.head]) : (row.posts[w.head] ?? null);
  const said = typeof w.value === 'number' ? w.value : w.value.reduce((a, b) => a + b, 0);
  if (w.op !== 'set' && w.op !== 'set_total' && now === null)
    return no(`${w.name}${title}还没有评分，不能加减`);
  const points = w.op === 'deduct' ? minus(now ?? 0, said) : w.op === 'add' ? minus(now ?? 0, -said) : said;
  if (!isPoints(points, most)) return no(`${title}在0到${most}分之间，${points}分没有记`);
  return {
    body: body('final-set', { name: w.name, month: w.month, item: w.head, points, minute }),
    line: `${w.name} ${title} ${points}分（支委会${Number(minute.slice(5, 7))}月${Number(minute.slice(8))}日定）`,
  };
}
