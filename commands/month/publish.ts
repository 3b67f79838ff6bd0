import { boardNotice, differenceText } from '../../boards/text.ts';
import { dateText } from '../../boards/wording.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import { addMonths, dateOfTime, type IsoMonth, lastDay, monthOf } from '../../scoring/calendar.ts';
import {
  answer,
  type Command,
  type Decision,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { listed, monthText } from '../wording.ts';
import { type BoardDraft, boardPicture, boardView, changesSince, draftBoard, lastBoard } from './board.ts';
import { openTickets } from './answers.ts';
import { preview } from './preview.ts';
import { monthSlot, plainRead, textSlot } from './said.ts';
import { concernsOf } from './concerns.ts';

/** `发布 3月`: the month's board to the group, after a preview; later versions only with what changed (R27, R28, R34). */
export const publish: Command = {
  name: 'publish',
  intent: 'none',
  words: ['发布', '公示', '发布公示', '发榜', '重新公示', '发布更正'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '发布某月的公示榜；改过分的月份再发就是新版',
  examples: ['发布 3月', '把3月的公示发了吧'],
  read: plainRead({
    name: 'publish',
    words: [],
    speech:
      /(?:发布?|公布|张榜|贴出来?|推送?)(?:一下|了|出来)?.{0,8}(?:公示|榜|积分)|(?:公示|公示榜|积分榜|榜).{0,4}(?:发布?|公布|贴|推送)(?!.{0,3}(?:没|吗|何时|时候))|重新(?:公示|发布)|^(?:发布?|公示)\s*(?:上个?月|[\d一二三四五六七八九十]{1,3}月份?)(?:的|吧|了)*$/,
    overheard: ['secretary', 'deputy'],
    slots: (message) =>
      /没|未|不要|别|莫|先不|暂缓|撤|已经?发|发[了过](?!吧)/.test(message.body) ? null : monthSlot(message),
  }),
  decide: decidePublish,
};

/** The month meant: as said, or the latest whole month that is not filed yet. */
export function monthMeant(request: Request, said: string | null): IsoMonth {
  if (said) return said;
  const here = monthOf(request.at);
  const last = addMonths(here, -1);
  const m = request.branch.months[last];
  // Nothing was scored in a month before the branch began here.
  if (m?.waived && Object.keys(m.scores).length === 0) return here;
  return m?.receipt || (m?.filed && !m.returned) ? here : last;
}

function decidePublish(request: Request, reading: Parameters<Command['decide']>[1]): Outcome {
  const { branch, policy, at } = request;
  const month = monthMeant(request, textSlot(reading, 'month'));
  const said = monthText(month, at);
  if (month > monthOf(at)) return refuse('publish-too-early', { month: said });
  const draft = draftBoard(branch, policy, month, at);
  if (draft.rows.length === 0) return refuse('publish-nobody', { month: said });
  const unscored = pendingNames(branch, policy, month);
  if (unscored.length > 0 && !branch.months[month]?.waived)
    return refuse('publish-unscored', { month: said, count: unscored.length, names: unscored });
  const standing = standingBoard(branch.months[month]);
  if (standing && draft.changed?.length === 0)
    return refuse('publish-unchanged', { month: said, version: standing.version });
  // What is published is what was previewed: a figure that came in between is shown before it hangs out.
  if (request.confirmed && textSlot(reading, 'previewed') === draft.fingerprint)
    return publishNow(request, draft);
  const slots = { ...reading.slots, month, previewed: draft.fingerprint };
  const moved = request.confirmed ? '预览之后有变动，请再看一遍。\n' : '';
  return preview(request, { ...reading, slots }, `${moved}${previewText(request, draft)}`, '发布');
}

/** Members with a claimed post that nobody has scored. */
export function pendingNames(branch: BranchState, policy: Request['policy'], month: IsoMonth): string[] {
  const sheet = monthSheet(branch, policy, month);
  return Object.keys(branch.people).filter((name) => (sheet[name]?.pending.length ?? 0) > 0);
}

function previewText(request: Request, draft: BoardDraft): string {
  const { branch, at } = request;
  const { month } = draft;
  const unscored = draft.rows.filter((r) => r.total === null).length;
  const changed = draft.changed ?? [];
  const again = lastBoard(branch, month)?.withdrawn
    ? '，上一版已撤回，都要重新确认'
    : `，有变动的${changed.length}人`;
  const version = draft.version === 1 ? '' : again;
  const lines = [
    `将发布${monthText(month, at)}公示榜 v${draft.version}：${draft.rows.length}人${version}${unscored > 0 ? `，${unscored}人待评已注明` : ''}，公示到${dateText(draft.closes)}。`,
  ];
  if (month === monthOf(at) && dateOfTime(at) < lastDay(month)) lines.push('提醒：这个月还没有过完。');
  const tickets = openTickets(branch, month);
  if (tickets.length > 0)
    lines.push(`还有${tickets.length}件异议没有办结（${listed(tickets.map((t) => `${t.number}号`))}）。`);
  const held = branch.months[month]?.held;
  if (held) lines.push(`这个月的公示暂缓着：${held}。发布即恢复。`);
  lines.push(...concernsOf(branch, request.policy, month, at));
  return lines.join('\n');
}

/** Writes the version and sends it: one text, one picture; a later version says only the differences. */
function publishNow(request: Request, draft: BoardDraft): Decision {
  const { branch, place, at } = request;
  const before = lastBoard(branch, draft.month);
  const view = boardView(branch, draft);
  const texts =
    before === null || before.withdrawn !== null
      ? [boardNotice(view)]
      : differenceText(view, changesSince(before, view.rows));
  const replies: Reply[] = texts.map((text, i) => ({
    ...answer(text, 'group'),
    ...(i === texts.length - 1 ? { attachment: boardPicture(view) } : {}),
  }));
  if (place !== 'group')
    replies.push(answer(`${monthText(draft.month, at)}公示榜 v${draft.version}已发布。`));
  return { bodies: [body('board-published', draft)], replies };
}
