/** The agenda pack of a committee meeting: everybody's record and what waits for a decision (R13). */
import type { AgendaRow, AgendaView } from '../../boards/views/meeting.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import type { BranchState } from '../../ledger/state.ts';
import { isOpen } from '../../scheduler/open-jobs.ts';
import {
  addMonths,
  dateOfTime,
  type IsoDate,
  type IsoMonth,
  type LocalTime,
  monthOf,
} from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import type { MonthRow } from '../../scoring/result.ts';
import { objectionLine } from '../object/words.ts';
import { suggestionFor } from '../score/suggestion.ts';
import { itemOrPostTitle } from '../score/titles.ts';
import { listed, postTitle, reportText } from '../wording.ts';
import { openDrafts } from './concerns.ts';
import { deductionsOf } from './deductions.ts';
import { ratingNotes } from './rating-result.ts';

export function agendaView(
  branch: BranchState,
  policy: Policy,
  month: IsoMonth,
  meeting: IsoDate,
  at: LocalTime,
): AgendaView {
  const place = { branch, policy };
  const sheet = monthSheet(branch, policy, month);
  const tickets = Object.values(branch.tickets);
  // What was ruled since the meeting before this one is to be reported at this one (R26).
  const since = `${addMonths(monthOf(meeting), -1)}${meeting.slice(7)}`;
  return {
    town: branch.town,
    branch: branch.name,
    month,
    meeting,
    preparedAt: at,
    rows: Object.keys(branch.people).flatMap((name) =>
      sheet[name] ? [agendaRow(branch, policy, name, month, sheet[name])] : [],
    ),
    unverified: Object.values(branch.reports)
      .filter((r) => r.state === 'pending' && monthOf(r.date) <= month)
      .map((r) => ({ number: r.number, text: reportText(place, r, at).replace(/^#\d+ /, '') })),
    bonusClaims: Object.values(branch.applications)
      .filter((a) => a.state === 'open')
      .map((a) => ({ number: a.number, name: a.name, item: a.words, points: null })),
    objections: tickets.filter(isOpen).map((t) => objectionLine(place, t)),
    rulings: tickets
      .filter((t) => {
        const settled = t.appeal?.ruling ?? t.ruling;
        return !isOpen(t) && settled !== null && dateOfTime(settled.at) > since;
      })
      .map((t) => objectionLine(place, t)),
    notes: notesOf(branch, policy, month, sheet),
  };
}

function agendaRow(
  branch: BranchState,
  policy: Policy,
  name: string,
  month: IsoMonth,
  row: MonthRow,
): AgendaRow {
  const person = branch.people[name];
  return {
    name,
    obligation: row.obligation,
    deductions: deductionsOf(branch, policy, name, month).map((d) => d.text),
    posts: (person ? postsIn(person, month) : []).map((post) => {
      const s = suggestionFor(branch, policy, name, post, month);
      return {
        post: postTitle({ branch, policy }, post),
        done: s?.done ?? 0,
        minimum: s?.needed ?? null,
        suggested: s?.total ?? null,
        given: row.posts[post] ?? null,
      };
    }),
    bonus: row.bonus,
  };
}

/** One sentence each: drafts, unsplit totals, dues claimed, exemptions and proposals that wait. */
function notesOf(
  branch: BranchState,
  policy: Policy,
  month: IsoMonth,
  sheet: Record<string, MonthRow>,
): string[] {
  const m = branch.months[month];
  const place = { branch, policy };
  const notes = openDrafts(branch, month).map(
    (d) =>
      `草稿：${d.name} ${itemOrPostTitle(place, d.item)} ${d.op === 'set' ? `记${d.points}分` : `扣${d.points}分`}${d.reason ? `（${d.reason}）` : ''}，附件1没有写明，请支委会定`,
  );
  const unsplit = Object.entries(m?.scores ?? {}).flatMap(([name, posts]) =>
    Object.entries(posts)
      .filter(([, score]) => score.total !== undefined)
      .map(([post]) => `${name}${postTitle(place, post)}`),
  );
  if (unsplit.length > 0) notes.push(`只有总分、三项没有分开：${listed(unsplit)}`);
  if (m && m.duesClaims.length > 0) notes.push(`党费说已交、记录员没有登记：${listed(m.duesClaims)}`);
  const exemptions = Object.values(branch.people).filter((p) => p.exemption?.state === 'applied');
  if (exemptions.length > 0) notes.push(`申请不纳入积分管理：${listed(exemptions.map((p) => p.name))}`);
  const proposals = Object.values(branch.proposals).filter((p) => p.state === 'open');
  for (const p of proposals) notes.push(`待复核${p.number}号：${p.summary}`);
  return [...notes, ...ratingNotes(branch, policy, month, sheet)];
}
