/** `年度公示`: the year's board to the group after the town has passed it, for at least seven full days (R11). */
import { boardNotice, changedRows, differenceText } from '../../boards/text.ts';
import type { BoardView } from '../../boards/views/board.ts';
import { dateText } from '../../boards/wording.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, type Request, refuse } from '../command.ts';
import { boardPicture } from '../month/board.ts';
import { preview } from '../month/preview.ts';
import { plainRead } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { STAGES } from './decide.ts';
import { yearMeant, yearOnly } from './which-year.ts';
import { draftYear, yearBoardView } from './year-board.ts';

export const yearPublish: Command = {
  name: 'year-publish',
  intent: 'none',
  words: ['年度公示', '公示年度', '发布年度'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '镇里审核通过后，把年度积分和等次公示到群里（不少于7天）',
  examples: ['年度公示', '公示年度'],
  read: plainRead({
    name: 'year-publish',
    words: [],
    speech:
      /(?:发布?|公布|张榜|贴).{0,3}(?:年度|全年|年终).{0,4}(?:公示|榜|积分|等次)|(?:年度|全年|年终)(?:的|积分|等次)?.{0,2}(?:公示|榜).{0,4}(?:发布?|公布|贴)(?!.{0,3}(?:没|吗|何时|时候))/,
    overheard: ['secretary', 'deputy'],
    slots: (message, rest) => (/没|不要|别|莫|先不|暂缓/.test(message.body) ? null : yearOnly(message, rest)),
  }),
  decide: publishYear,
};

function publishYear(request: Request, reading: Reading): Outcome {
  const { branch, policy, at, place } = request;
  const year = yearMeant(branch, reading, dateOfTime(at));
  const stage = branch.years[year]?.stage ?? 'open';
  if (stage !== 'passed') return refuse('year-not-passed', { year, stage: STAGES[stage] });
  const draft = draftYear(branch, policy, year, at);
  if (!request.confirmed) {
    const text = `将公示${year}年度积分和等次 v${draft.version}：${draft.rows.length}人，公示到${dateText(draft.closes, true)}。`;
    return preview(request, reading, text, '公示');
  }
  const view = yearBoardView(branch, draft);
  const texts = textsOf(branch, view);
  const sent = texts.map((text, i) => ({
    ...answer(text, 'group'),
    ...(i === texts.length - 1 ? { attachment: boardPicture(view) } : {}),
  }));
  const said = place === 'group' ? [] : [answer(`${year}年度公示榜 v${draft.version}已发布。`)];
  return { bodies: [body('year-published', draft)], replies: [...sent, ...said] };
}

/** The first version with how to answer; a later one only with the rows that changed (R28). */
function textsOf(branch: BranchState, view: BoardView): string[] {
  const before = branch.years[Number(view.period)]?.boards.at(-1);
  if (before) return differenceText(view, changedRows(yearBoardView(branch, before).rows, view.rows));
  return [boardNotice(view)];
}
