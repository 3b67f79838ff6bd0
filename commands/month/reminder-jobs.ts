/** Reminders: polite, private where they name somebody's shortfall, and off for whoever wants none. */
import { body } from '../../ledger/kinds.ts';
import { inScope } from '../../ledger/case.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { BranchState } from '../../ledger/state.ts';
import { themeDate } from '../../scheduler/calendar-jobs.ts';
import { addDays, dateOfTime, monthOf, weekday } from '../../scoring/calendar.ts';
import { type Decision, type JobRequest, notice, type Reply } from '../command.ts';
import { suggestionFor } from '../score/suggestion.ts';
import { activityName, postTitle } from '../wording.ts';

const FLOATING = 'floating-member';
const PAIRING = 'poverty-pairing';

/** Those who can be written to and want it, and whose month counts. */
function reachable(branch: BranchState, month: string): string[] {
  return Object.values(branch.people)
    .filter((p) => p.reminders && accountOf(branch, p.name) !== null && inScope(p, month))
    .map((p) => p.name);
}

function remindEach(what: string, texts: readonly (readonly [string, string])[]): Decision {
  if (texts.length === 0) return { bodies: [], replies: [] };
  return {
    bodies: [body('reminded', { what, names: texts.map(([name]) => name) })],
    replies: texts.map(([name, text]) => notice({ person: name }, text)),
  };
}

/** Three days before the month ends: each member short of a minimum, once (R23). */
export function shortfallJob({ branch, policy, due }: JobRequest): Decision {
  const month = monthOf(due);
  const place = { branch, policy };
  const texts = reachable(branch, month).flatMap((name): [string, string][] => {
    // Who was asked on the 25th to get in touch is not asked again.
    const asked = branch.reminded[`contact ${month} ${name}`] !== undefined;
    const posts = postsIn(branch.people[name]!, month).filter((post) => !(asked && post === FLOATING));
    const short = posts.flatMap((post) => {
      const s = suggestionFor(branch, policy, name, post, month);
      if (!s || s.needed === null || s.shortBy === 0) return [];
      const waiting = Object.values(branch.reports).filter(
        (r) =>
          r.state === 'pending' && r.post === post && monthOf(r.date) === month && r.names.includes(name),
      ).length;
      return [
        `${activityName(place, post)}还差${s.shortBy}次（已有${s.done}次，至少${s.needed}次${waiting > 0 ? `，另有${waiting}次待核实` : ''}）`,
      ];
    });
    return short.length > 0
      ? [
          [
            name,
            `${Number(month.slice(5))}月快完了，您的${short.join('；')}。做过没报的，直接发给我就行。不想收到提醒请回复“关闭提醒”。`,
          ],
        ]
      : [];
  });
  return remindEach(`shortfall ${month}`, texts);
}

/** The 25th: floating members who have not been in touch this month (R24). */
export function contactJob({ branch, policy, due }: JobRequest): Decision {
  const month = monthOf(due);
  const texts = reachable(branch, month).flatMap((name): [string, string][] => {
    const person = branch.people[name]!;
    const held = postsIn(person, month).includes(FLOATING);
    if (!person.floating && !held) return [];
    const known = Object.values(branch.reports).some(
      (r) =>
        r.post === FLOATING &&
        r.state !== 'rejected' &&
        r.state !== 'withdrawn' &&
        monthOf(r.date) === month &&
        r.names.includes(name),
    );
    if (known) return [];
    const min = suggestionFor(branch, policy, name, FLOATING, month)?.needed ?? 1;
    return [
      [
        name,
        `在外辛苦了。这个月还没有和支部联系（每月至少${min}次），方便时给我发一句近况，例如“联系支部：在外务工，一切正常”。`,
      ],
    ];
  });
  return remindEach(`contact ${month}`, texts);
}

/** The day before a meeting: one line to the group. */
export function meetingJob({ branch, due }: JobRequest): Decision {
  const day = addDays(dateOfTime(due), 1);
  const meetings = Object.values(branch.meetings).filter(
    (m) => !m.cancelled && !m.committeeOnly && m.date === day,
  );
  const planned = meetings.map((m) => ({ name: m.name, at: m.at }));
  if (planned.length === 0 && themeDate(branch, monthOf(day)) === day)
    planned.push({ name: '主题党日', at: branch.settings.themeAt });
  // Two meetings of one day are two jobs, run in the order of their names: each says the first one not said yet.
  const fresh = planned
    .filter((m) => branch.jobs[`meeting ${day} ${m.name}`] === undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const replies: Reply[] = fresh.slice(0, 1).map((m) => notice('group', meetingText(day, m)));
  return { bodies: [], replies };
}

function meetingText(day: string, meeting: { name: string; at: string | null }): string {
  const when = `明天（${Number(day.slice(5, 7))}月${Number(day.slice(8))}日周${'一二三四五六日'[weekday(day) - 1]}）${meeting.at ?? ''}`;
  return `【提醒】${when}${meeting.name}，请按时参加。不能来的请提前私下向书记请假。`;
}

/** The weekly 扶贫日: those who hold the post, in private. */
export function pairingJob({ branch, policy, due }: JobRequest): Decision {
  const day = dateOfTime(due);
  const month = monthOf(day);
  const names = reachable(branch, month).filter((name) =>
    postsIn(branch.people[name]!, month).includes(PAIRING),
  );
  const text = `今天是扶贫日，请抽空去结对户家里看看；去过后发给我一句，记在${postTitle({ branch, policy }, PAIRING)}。`;
  return remindEach(
    `pairing ${day}`,
    names.map((name) => [name, text] as const),
  );
}
