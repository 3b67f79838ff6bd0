/** `年度上报`: what the branch decided goes to the town for review (R10). */
import { body } from '../../ledger/kinds.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import { annex3OfYear } from './year-sheet.ts';
import { preview } from '../month/preview.ts';
import { plainRead } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { reviewRow, reviewSummary } from '../town/review-row.ts';
import { decidedRows } from './year-board.ts';
import { STAGES } from './decide.ts';
import { yearMeant, yearOnly } from './which-year.ts';

export const yearSubmit: Command = {
  name: 'year-submit',
  intent: 'none',
  words: ['年度上报', '上报年度', '年度报送', '报送年度'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '把支部评定好的年度积分报镇组织办审核',
  examples: ['年度上报', '把年度评定报给镇里'],
  read: plainRead({
    name: 'year-submit',
    words: [],
    speech:
      /(?:年度|全年|年终).{0,6}(?:评定|积分|等次|结果)?.{0,4}(?:报给?|上报|报送|送)(?:到|给)?(?:镇|上去|组织办)/,
    slots: yearOnly,
  }),
  decide: submitYear,
};

function submitYear(request: Request, reading: Reading): Outcome {
  const { branch, policy, at } = request;
  const year = yearMeant(branch, reading, dateOfTime(at));
  const state = branch.years[year];
  if (state?.stage === 'submitted') return refuse('year-submitted', { year });
  if (!state?.decision || !['decided', 'returned'].includes(state.stage))
    return refuse('year-not-decided', { year, stage: STAGES[state?.stage ?? 'open'] });
  const row = reviewRow(branch, policy, year);
  const summary = reviewSummary(row);
  if (!request.confirmed)
    return preview(request, reading, `将把${year}年度评定报镇组织办：${summary}。`, '上报');
  const again = state.stage === 'returned' ? '（重新报送）' : '';
  const attachment = {
    kind: 'file' as const,
    name: `${branch.name}${year}年度附件3.xlsx`,
    form: 'annex3-excel',
    view: {
      ...annex3OfYear(branch, policy, year),
      rows: decidedRows(branch, policy, year),
      note: '支部评定，待镇审核',
    },
  };
  return {
    bodies: [body('year-submitted', { year })],
    replies: [
      answer(`${year}年度评定已报镇组织办，等审核结果。`),
      {
        ...notice(
          'town',
          `【年度】${branch.name} ${year}年度评定${again}：${summary}。\n请回复“年度通过 ${branch.name}”，或“年度退回 ${branch.name} 原因：…”。`,
        ),
        attachment,
      },
    ],
  };
}
