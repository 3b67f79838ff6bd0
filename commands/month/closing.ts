/** When a month may be closed, and what closing writes and sends (R29). */
import { shortFingerprint } from '../../boards/fingerprint.ts';
import { dateText, periodText } from '../../boards/wording.ts';
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime, type IsoMonth, type LocalTime } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import { type Decision, notice, type Reply } from '../command.ts';
import { listed } from '../wording.ts';
import { openTickets } from './answers.ts';
import { changesSince, rowsNow } from './board.ts';
import { filingFiles, filingView } from './filing-view.ts';
import { bossOf } from './boss.ts';

/** A branch at a moment: what a job and a request have in common. */
export interface Here {
  readonly branch: BranchState;
  readonly policy: Policy;
  readonly at: LocalTime;
}

/** What keeps a month from being filed, one clause each; empty = nothing does. */
export function holdsOf(here: Here, month: IsoMonth, settled: readonly number[] = []): string[] {
  const { branch, policy, at } = here;
  const board = standingBoard(branch.months[month]);
  if (!board) return ['还没有公示'];
  const holds: string[] = [];
  if (dateOfTime(at) <= board.closes) holds.push(`公示到${dateText(board.closes)}才满`);
  const open = openTickets(branch, month).filter((t) => !settled.includes(t.number));
  // Under blocks-row a ticket holds back its own row, which the package marks, and not the branch (Q40).
  if (open.length > 0 && policy.readings.openObjection === 'blocks-branch')
    holds.push(`${listed(open.map((t) => `${t.number}号`))}异议没有办结`);
  const changed = changesSince(board, rowsNow(branch, policy, month));
  if (changed.length > 0) holds.push(`${changed.length}人的分有更正还没有发布新版`);
  const held = branch.months[month]?.held;
  if (held) holds.push(`书记暂缓（${held}）`);
  return holds;
}

/** What was upheld and changed nothing yet: the clock waits for it, the secretary may say that nothing has to change. */
export function uncorrected({ branch }: Here, month: IsoMonth): string[] {
  const board = standingBoard(branch.months[month]);
  const corrections = branch.months[month]?.corrections ?? [];
  return Object.values(branch.tickets)
    .filter((t) => {
      const ruled = t.appeal?.ruling ?? t.ruling;
      if (t.month !== month || !ruled || (t.state !== 'upheld' && t.state !== 'partly')) return false;
      const done = corrections.some((c) => c.name === t.about && c.at >= ruled.at);
      return !done && board !== null && board.publishedAt < ruled.at;
    })
    .map((t) => `${t.number}号异议已${t.state === 'upheld' ? '采纳' : '部分采纳'}，${t.about}的分还没有更正`);
}

/** Whether a month could be filed once the given tickets are settled. */
export function closable(here: Here, month: IsoMonth, settled: readonly number[] = []): boolean {
  const m = here.branch.months[month];
  return (
    standingBoard(m) !== null &&
    (!m?.filed || m.returned !== null) &&
    holdsOf(here, month, settled).length === 0
  );
}

/** Closes the month and sends the package to the town and the secretary. */
export function closeMonth(here: Here, month: IsoMonth): Decision {
  const { branch, policy, at } = here;
  const board = standingBoard(branch.months[month]);
  const view = filingView(branch, policy, month, at);
  if (!board || !view) return { bodies: [], replies: [] };
  const bodies: Body[] = [];
  if (!branch.months[month]?.closedAt) bodies.push(body('month-closed', { month }));
  bodies.push(body('month-filed', { month, fingerprint: board.fingerprint }));
  const again = branch.months[month]?.returned ? '（重新报送）' : '';
  const open = openTickets(branch, month);
  const text = [
    `【备案】${branch.name} ${periodText(month)}积分 第${board.version}版${again}：${board.rows.length}人，已确认${view.confirmations.length}人，未确认${view.unconfirmed.length}人，异议${view.objections.length}件。`,
    ...(open.length > 0 ? [`其中${listed(open.map((t) => t.about))}的一行有异议未结，单独补报。`] : []),
    `校验码 ${shortFingerprint(board.fingerprint)} · 细则 ${board.policy}`,
  ].join('\n');
  const [sheet, form] = filingFiles(view);
  const replies: Reply[] = [
    {
      ...notice(
        'town',
        `${text}\n请回复“备案收到 ${branch.name} ${periodText(month)}”，或“退回 ${branch.name} ${periodText(month)} 原因”。`,
      ),
      attachment: sheet!,
      branch: branch.branch,
    },
    {
      ...notice(bossOf(branch, at), `${text}\n已报镇组织办，等回执。附件请打印签字存档。`),
      attachment: form!,
    },
  ];
  return { bodies, replies };
}
