/** Asking for scores: one's own with every line and clause, in private; another's only by those whose job it is, and logged. */
import { explanationText } from '../../boards/private-text.ts';
import { figureText } from '../../boards/wording.ts';
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet, scoreBranch } from '../../ledger/sheet.ts';
import { isMonth, type IsoMonth, monthOf, yearOf } from '../../scoring/calendar.ts';
import { type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { QuerySlots, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { answerPrivately } from '../telling.ts';
import { listed, monthText } from '../wording.ts';
import { recordOf, scoredMonths, yearSoFar } from './own-record.ts';
import { queryReading } from './reading.ts';

export const query: Command = {
  ...queryReading,
  intent: 'query',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '查自己的分、扣在哪、还差几次、今年到现在；私下回复',
  examples: ['查分', '我3月扣了哪些分', '我今年平均多少'],
  decide: decideQuery,
};

/** Those whose job it is to know another's record. */
const MAY_READ: readonly string[] = ['recorder', 'supervisor', 'committee', 'secretary', 'deputy'];

function decideQuery(request: Request, reading: Reading): Outcome {
  const { target, scope } = slotsOf<QuerySlots>(reading);
  const { branch, speaker } = request;
  const office = speaker.roles.some((r) => MAY_READ.includes(r));
  const name = target === 'self' || target === speaker.name ? speaker.name : target;
  if (target === 'all') return office ? wholeBranch(request, scope) : refuse('query-all');
  if (target === 'entry') return refuse('report-unknown', { number: '' });
  if (name !== speaker.name && !office) return refuse('query-others');
  if (!branch.people[name]) return refuse('report-not-member', { name });
  const texts = isMonth(scope) ? monthTexts(request, name, scope) : yearTexts(request, name, scope);
  return { bodies: logged(request, name, scope), replies: answerPrivately(request, ...texts) };
}

/** Every look at another person's record leaves a line that the person may ask for. */
function logged({ speaker }: Request, about: string, what: string): Body[] {
  return about === speaker.name
    ? []
    : [body('access-logged', { who: speaker.name, about, what: `积分 ${what}` })];
}

function monthTexts(request: Request, name: string, month: IsoMonth): string[] {
  const { branch, policy, at } = request;
  if (month > monthOf(at)) return [`${monthText(month, at)}还没有到。`];
  const view = recordOf(branch, policy, name, month, at);
  if (!view) return [`${name}${monthText(month, at)}不纳入积分管理。`];
  const zeroed = (branch.years[yearOf(month)]?.zeroed ?? []).some((z) => z.name === name);
  const texts = explanationText(view);
  return zeroed ? [...texts, `${yearOf(month)}年度已清零，各月记录保留。`] : texts;
}

/** `2025`, or the year so far: the months known, their mean, the result where there is one. */
function yearTexts(request: Request, name: string, scope: string): string[] {
  const { branch, policy, at } = request;
  const year = scope === 'year_to_date' ? yearOf(at) : Number(scope);
  const last = year < yearOf(at) ? `${year}-12` : monthOf(at);
  const months = scoredMonths(branch, policy, name, last);
  const soFar = yearSoFar(branch, policy, name, last);
  const decided = branch.years[year]?.decision?.rows.find((r) => r.name === name);
  const lines = [`${name} ${year}年积分`];
  lines.push(
    ...months.map(
      ({ month, row }) =>
        `${monthText(month, at)} 义务${figureText(row.obligation)} 岗位${figureText(row.service)}${row.bonus > 0 ? ` 加分${figureText(row.bonus)}` : ''}，合计${figureText(row.total)}`,
    ),
  );
  if (soFar)
    lines.push(
      `已评${soFar.months}个月，月均${figureText(soFar.mean)}，加分累计${figureText(soFar.bonus)}。`,
    );
  else lines.push('还没有评完的月份。');
  if (decided)
    lines.push(
      `年度评定：${decided.decided}${decided.score === null ? '' : `，${figureText(decided.score)}分`}${decided.stars === null ? '' : `，${decided.stars}星`}。`,
    );
  else if (year < yearOf(at)) lines.push(yearState(request, name, year));
  lines.push('有不对的地方，回复“异议”加哪一项，由书记或副书记处理。');
  return [lines.join('\n')];
}

function yearState({ branch, policy, at }: Request, name: string, year: number): string {
  const result = scoreBranch(branch, policy, year, { year }).year;
  if (!result || result.state === 'blocked')
    return `年度还不能评定，${listed((result?.blocked ?? []).map((m) => monthText(m, at)))}有岗位待评。`;
  const row = result.members[name];
  return row?.score == null ? '年度不评定等次。' : `年度计算${figureText(row.score)}分，等支部评定。`;
}

/** Everybody's month on one page, for those who prepare and check the board. */
function wholeBranch(request: Request, scope: string): Outcome {
  const { branch, policy, at } = request;
  const month = isMonth(scope) ? scope : monthOf(at);
  const sheet = monthSheet(branch, policy, month);
  const lines = Object.keys(branch.people)
    .filter((n) => sheet[n] !== undefined)
    .map((n) => {
      const row = sheet[n]!;
      return `${n} 义务${figureText(row.obligation)} 岗位${figureText(row.service)}${row.bonus > 0 ? ` 加分${figureText(row.bonus)}` : ''} 合计${figureText(row.total)}`;
    });
  const text = [`${branch.name}${monthText(month, at)}（${lines.length}人）`, ...lines].join('\n');
  return { bodies: logged(request, '全体', month), replies: answerPrivately(request, text) };
}
