/** Granting bonuses with a minute: claimed and credited are said side by side. */
import type { BranchState } from '../../ledger/state.ts';
import type { Body } from '../../ledger/entry.ts';
import { type IsoDate, type IsoMonth, monthOf, yearOf } from '../../scoring/calendar.ts';
import { type Outcome, refuse, type Request } from '../command.ts';
import { notice, type Reply } from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Reading } from '../reading.ts';
import { monthsText } from '../wording.ts';
import { type BonusWanted, creditedBonus, grantOf, isGranted } from './bonus-scores.ts';
import { minus, tellPrivately } from './told.ts';

interface Granted {
  readonly name: string;
  readonly title: string;
  readonly date: IsoDate;
  readonly body: Body;
}

/** Writes bonuses that a committee decided on the minute's day. */
export function grantBonuses(
  request: Request,
  reading: Reading,
  wanted: readonly BonusWanted[],
  minute: IsoDate,
): Outcome {
  const { branch, speaker } = request;
  const problems: string[] = [];
  const granted: Granted[] = [];
  for (const w of wanted) {
    if (w.name === speaker.name) {
      problems.push('您本人的加分请另一位（书记或副书记）登记');
      continue;
    }
    const outcome = grantOf(request, w, minute);
    if ('problem' in outcome) problems.push(outcome.problem);
    else if (isGranted(branch, outcome.data))
      problems.push(`${w.name} ${outcome.title} 已经记过，没有重复记`);
    else granted.push({ name: w.name, title: outcome.title, date: outcome.data.date, body: outcome.body });
  }
  if (granted.length === 0)
    return problems.length > 0
      ? { bodies: [], replies: tellPrivately(request, `${problems.join('；')}。`), undone: true }
      : refuse('bonus-what');
  const months = granted.map((g): IsoMonth => monthOf(g.date));
  const outcome = settleChange(request, reading, {
    bodies: granted.map((g) => g.body),
    months,
    reason: `加分（支委会${minute}）`,
    replies: (next) => receipts(request, next, granted, problems, minute),
  });
  return problems.length > 0 ? { ...outcome, undone: true } : outcome;
}

function receipts(
  request: Request,
  next: BranchState,
  granted: readonly Granted[],
  problems: readonly string[],
  minute: IsoDate,
): Reply[] {
  const { branch, policy, at, speaker } = request;
  const lines = granted.map((g) => {
    const year = yearOf(g.date);
    const before = creditedBonus(branch, policy, g.name, year);
    const after = creditedBonus(next, policy, g.name, year);
    const all = granted.filter((x) => x.name === g.name);
    const points = Number(/\+([\d.]+)$/.exec(g.title)?.[1] ?? 0);
    const short =
      all.length === 1 && minus(after, before) < points ? `，按规定计入${minus(after, before)}分` : '';
    return `${g.name} ${g.title}${short}（${year}年累计计入${after}分，全年最多${policy.bonus.yearCap}分）`;
  });
  const head = `已记加分（支委会${Number(minute.slice(5, 7))}月${Number(minute.slice(8))}日，计入${monthsText(
    granted.map((g) => monthOf(g.date)),
    at,
  )}）：`;
  const rest = problems.length > 0 ? [`没有记：${problems.join('；')}`] : [];
  const told = granted
    .filter((g) => g.name !== speaker.name)
    .map((g) => notice({ person: g.name }, `支委会研究，给您记加分：${g.title}。`));
  return [...tellPrivately(request, [head, ...lines, ...rest].join('\n')), ...told];
}
