import { standingBoard } from '../../ledger/stage.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { BoardRecord, BranchState } from '../../ledger/state.ts';
import { isMonth, type IsoMonth } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY, ask, askReading } from '../asking.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { answerable, confirmedCount, hasConfirmed, openTickets } from '../month/answers.ts';
import { textSlot } from '../month/said.ts';
import type { Question, Reading } from '../reading.ts';
import { confirmYear } from '../year/confirm.ts';
import { yearBoardOpenFor } from '../year/year-board.ts';
import { monthText } from '../wording.ts';
import { confirmReading } from './reading.ts';

/** A member's answer to a board, or somebody's for another: bound to member, version and score (R28). */
export const confirm: Command = {
  ...confirmReading,
  intent: 'confirm',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '确认自己某月的积分；替别人确认会注明代确认',
  examples: ['确认', '确认无误'],
  timely: ({ branch }) => boardMeant(branch, null) !== null,
  decide: decideConfirm,
};

type Row = BoardRecord['rows'][number];

/** The board meant: of the month said, or the newest that still takes answers. */
export function boardMeant(state: BranchState, month: IsoMonth | null): BoardRecord | null {
  const said = month ? standingBoard(state.months[month]) : null;
  if (said || month) return said;
  const boards = Object.values(state.months).flatMap((m) => standingBoard(m) ?? []);
  const open = boards.filter((b) => !state.months[b.month]?.closedAt);
  return (open.length > 0 ? open : boards).sort((a, b) => (a.month < b.month ? 1 : -1))[0] ?? null;
}

function decideConfirm(request: Request, reading: Reading): Outcome {
  const { branch, speaker, at } = request;
  if (reading.act === 'ask' && reading.question) return askMeant(request, reading.question);
  if (reading.slots['nothing_open'] === true) return refuse('confirm-nothing-open');
  const member = textSlot(reading, 'member') ?? speaker.name;
  const saidMonth = textSlot(reading, 'month');
  const month = saidMonth && isMonth(saidMonth) ? saidMonth : null;
  const board = boardMeant(branch, month);
  // With no month's board out, the plain word is the answer to the year's.
  const monthOut = board !== null && !branch.months[board.month]?.closedAt;
  if (!month && !monthOut && yearBoardOpenFor(branch, member)) return confirmYear(request, [member]);
  if (!board)
    return month ? refuse('no-board', { month: monthText(month, at) }) : refuse('confirm-nothing-open');
  const said = monthText(board.month, at);
  const m = branch.months[board.month];
  if (m?.filed && !m.returned && !hasConfirmed(branch, board, member))
    return refuse('confirm-filed', { month: said });
  const row = board.rows.find((r) => r.name === member);
  if (!row) return refuse('confirm-no-row', { month: said, name: member === speaker.name ? '您' : member });
  if (row.total === null && row.deduction === '')
    return refuse(m?.waived ? 'confirm-waived' : 'confirm-unscored', { month: said, name: member });
  if (hasConfirmed(branch, board, member)) return repeated(request, board, row);
  const claimed = reading.slots['claimed'];
  if (typeof claimed === 'number' && claimed !== row.total)
    return otherScore(request, reading, board, row, claimed);
  const open = openTickets(branch, board.month).find((t) => t.by === member && t.about === member);
  if (open && !request.confirmed) return stillObjecting(request, reading, open.number);
  const withdrawn = open ? [body('objection-withdrawn', { number: open.number })] : [];
  const how = member === speaker.name ? 'reply' : 'proxy';
  const confirmed = confirmation(board, row, how, speaker.name);
  return { bodies: [...withdrawn, confirmed], replies: receipts(request, board, row, how) };
}

/** Whose confirmation, or whether it is one at all: 收到确认 may answer another call in the room. */
function askMeant(request: Request, question: Question): Decision {
  if (question.choices) return askReading(request, question);
  const slots = { member: request.speaker.name };
  const own: Reading = { act: 'record', intent: 'confirm', command: 'confirm', slots };
  return ask(request, question.text, { confirm: { words: ['确认', '是', '是的', '对'], reading: own } });
}

/** The entry that binds a member to a version and its score. */
export function confirmation(board: BoardRecord, row: Row, how: 'reply' | 'proxy' | 'paper', by: string) {
  return body('confirmed', {
    month: board.month,
    name: row.name,
    version: board.version,
    score: row.total,
    how,
    by,
  });
}

function receipts(request: Request, board: BoardRecord, row: Row, how: 'reply' | 'proxy'): Reply[] {
  const { branch, speaker, place, at } = request;
  const count = confirmedCount(branch, board) + 1;
  const proxy = how === 'proxy';
  const replies: Reply[] = [];
  if (place === 'group') {
    const item = proxy ? `${row.name}（${speaker.name}代）` : row.name;
    const tail = `（${count}/${answerable(board).length}）`;
    replies.push({
      ...answer(`已确认：${item}${tail}`),
      gather: { key: `confirm ${board.month} v${board.version}`, items: [item], head: '已确认：', tail },
    });
  } else {
    const by = proxy ? `${speaker.name}代${row.name}` : row.name;
    replies.push(
      answer(`已记：${by}确认${monthText(board.month, at)}积分${row.total ?? 0}分（第${board.version}版）。`),
    );
  }
  if (proxy && accountOf(branch, row.name) !== null)
    replies.push(
      notice(
        { person: row.name },
        `${speaker.name}替您确认了${monthText(board.month, at)}积分${row.total ?? 0}分。不是您的意思，请回复“异议”。`,
      ),
    );
  return replies;
}

/** Repeating changes nothing; said again only to who asks for an answer. */
function repeated(request: Request, board: BoardRecord, row: Row): Decision {
  if (!request.addressed && request.place === 'group') return { bodies: [], replies: [] };
  const who = row.name === request.speaker.name ? '您' : row.name;
  return { bodies: [], replies: [answer(`${who}已经确认过${monthText(board.month, request.at)}的积分了。`)] };
}

/** A score said must be the board's, else nothing is confirmed; which score it is, is said in private. */
function otherScore(
  request: Request,
  reading: Reading,
  board: BoardRecord,
  row: Row,
  claimed: number,
): Decision {
  const { claimed: _dropped, ...slots } = reading.slots;
  const who = row.name === request.speaker.name ? '您' : row.name;
  const text = `${monthText(board.month, request.at)}公示榜上${who}是${row.total ?? 0}分，不是${claimed}分，还没有确认。同意${row.total ?? 0}分请回复“确认”，不同意请回复“异议”。`;
  return ask(request, text, {
    room: 'private',
    confirm: { words: ['确认', '同意'], reading: { ...reading, slots } },
  });
}

function stillObjecting(request: Request, reading: Reading, number: number): Decision {
  const question = ask(request, `您提的${number}号异议还没有办结。撤回异议并确认，请回复“撤回”。`, {
    room: 'private',
    confirm: { words: ['撤回', '撤回异议', '确认'], reading },
  });
  return request.place === 'group' && !request.addressed
    ? { ...question, replies: question.replies.filter((r) => r.text !== ANSWERED_PRIVATELY) }
    : question;
}
