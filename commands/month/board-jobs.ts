/** The clock's part of a notice period: reminders, and the filing when it is over. */
import { unconfirmedText } from '../../boards/text.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BoardRecord, BranchState } from '../../ledger/state.ts';
import { addDays, dateOfTime, daysBetween, type IsoDate } from '../../scoring/calendar.ts';
import { type Decision, type JobRequest, notice, type Reply } from '../command.ts';
import { listed, monthText } from '../wording.ts';
import { unconfirmedView } from './answers.ts';
import { closeMonth, holdsOf, uncorrected } from './closing.ts';
import { remindUnconfirmed, toCall } from './unconfirmed.ts';
import { bossOf } from './boss.ts';

/** Days after the first on which a held month is spoken of again. */
const AGAIN_DAYS = 7;

function openBoards(branch: BranchState, wanted: (board: BoardRecord) => boolean): BoardRecord[] {
  return Object.values(branch.months).flatMap((m) => {
    const board = standingBoard(m);
    return board && !m.closedAt && wanted(board) ? [board] : [];
  });
}

function join(decisions: readonly Decision[]): Decision {
  return { bodies: decisions.flatMap((d) => d.bodies), replies: decisions.flatMap((d) => d.replies) };
}

/** Two days before the end and on its last day: the list to the secretary, a word to those who have not answered. */
export function unconfirmedJob(request: JobRequest): Decision {
  const { branch, at } = request;
  const day = dateOfTime(request.due);
  // Boards that close on one day are jobs of their own, run in the order of their months: each takes its turn.
  const boards = openBoards(branch, (b) => {
    const turn = [2, 0].indexOf(daysBetween(day, b.closes)) + 1;
    const key = `unconfirmed ${b.month} v${b.version} ${turn}`;
    return turn > 0 && dateOfTime(at) <= b.closes && branch.jobs[key] === undefined;
  })
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .slice(0, 1);
  return join(
    boards.map((board) => {
      const reminders = remindUnconfirmed(branch, board);
      const view = unconfirmedView(branch, board.month);
      const calls = toCall(branch, board);
      const open = (view?.people ?? []).length > 0;
      const replies: Reply[] =
        view && open
          ? unconfirmedText(view).map((text) => notice(bossOf(request.branch, request.at), text))
          : [];
      if (calls.length > 0)
        replies.push(
          notice(bossOf(request.branch, request.at), `没有微信、要打电话或上门的：${listed(calls)}`),
        );
      return { bodies: reminders.bodies, replies: [...reminders.replies, ...replies] };
    }),
  );
}

/** After the last day of the notice period: files what nothing holds, says once (and weekly) what holds the rest. */
export function closingJob(request: JobRequest): Decision {
  const day = dateOfTime(request.due);
  const boards = openBoards(request.branch, (b) => b.closes < day);
  return join(boards.map((board) => closeOrSay(request, board, day)));
}

function closeOrSay(request: JobRequest, board: BoardRecord, day: IsoDate): Decision {
  const holds = [...holdsOf(request, board.month), ...uncorrected(request, board.month)];
  if (holds.length === 0) return closeMonth(request, board.month);
  const since = daysBetween(addDays(board.closes, 1), day);
  if (since % AGAIN_DAYS !== 0) return { bodies: [], replies: [] };
  const month = monthText(board.month, request.at);
  const text = `${month}公示期已满，还不能备案：${holds.join('；')}。办好后会自动报，也可以回复“备案 ${month}”。`;
  return { bodies: [], replies: [notice(bossOf(request.branch, request.at), text)] };
}
