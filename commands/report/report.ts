/**
 * Reporting an activity of a post, for oneself, with companions, or for an elder without a phone: pending until it is
 * verified (R23). Companions are told and may contest; the same activity told twice is one.
 */
import { body } from '../../ledger/kinds.ts';
import type { Body } from '../../ledger/entry.ts';
import type { Report } from '../../ledger/state.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import type { Reading, ReportSlots } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { activityName, dayText, listed } from '../wording.ts';
import { tellCompanions } from './companions.ts';
import { overlapOf } from './duplicates.ts';
import { photoEvidence, type PhotoEvidence } from './photos.ts';
import { counts, type Day, freshLine, isPublished, type Part, repliesOf } from './receipt.ts';
import { reportReading } from './reading.ts';
import { toVerifier } from './verifier.ts';

/** Posts whose reports keep no words and no place, for they would name people helped or in dispute. */
export const DISCREET: ReadonlySet<string> = new Set(['mediation', 'left-behind-care', 'poverty-pairing']);

export const report: Command = {
  ...reportReading,
  intent: 'report',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '报告岗位活动（可以写同行的人、可以代报），由记录员核实',
  examples: [
    '巡逻 昨晚8点 三组',
    '今天上午和水生把桥头到卫生室的路扫了',
    '补报：3月18日晚治安巡逻，20:00-21:30',
  ],
  decide: decideReport,
};

function decideReport(request: Request, reading: Reading): Outcome {
  const slots = slotsOf<ReportSlots>(reading);
  const { branch, policy, speaker, at, day } = request;
  if (!policy.posts.some((p) => p.id === slots.post) && !branch.posts[slots.post])
    return refuse('post-unknown');
  const names = [...new Set(slots.members.length > 0 ? slots.members : [speaker.name])];
  const stranger = names.find((n) => !branch.people[n]);
  if (stranger !== undefined) return refuse('report-not-member', { name: stranger });
  const dates = [...new Set(slots.dates.length > 0 ? slots.dates : [day])].sort();
  const future = dates.find((d) => d > dateOfTime(at));
  if (future !== undefined) return refuse('report-future', { date: dayText(future, at) });
  const parts: Part[] = [];
  let next = branch.nextReport;
  for (const date of dates) {
    // Photos of one message belong to one activity: the last that it tells of.
    const photos = date === dates.at(-1);
    const part = reportDay(request, slots, { names, date, number: next, photos, alone: dates.length === 1 });
    if (part.bodies.some((b) => b.kind === 'reported')) next += 1;
    parts.push(part);
  }
  return { bodies: parts.flatMap((p) => p.bodies), replies: repliesOf(request, slots, names, parts) };
}

function reportDay(request: Request, slots: ReportSlots, day: Day): Part {
  const time = slots.time ?? null;
  const contested = contestedBy(request, slots.post, day);
  const names = day.names.filter((n) => !contested.includes(n));
  const overlap = overlapOf(request.branch, { post: slots.post, date: day.date, names, time });
  const target = overlap.completes ?? (overlap.fresh.length === 0 ? overlap.known[0] : undefined);
  if (names.length === 0 || target) return completed(request, slots, day, target ?? null, overlap.fresh);
  return fresh(
    request,
    slots,
    { ...day, names: overlap.fresh },
    overlap.clash ?? overlap.known[0] ?? null,
    overlap.clash !== null,
  );
}

/** Companions who said of this very activity that they were not there; only they themselves may put that right. */
function contestedBy({ branch, speaker }: Request, post: string, day: Day): string[] {
  return Object.values(branch.reports)
    .filter((r) => r.post === post && r.date === day.date)
    .flatMap((r) => r.contested)
    .filter((n) => n !== speaker.name);
}

/** A report of something known already: companions, a time, a place and photos that are new complete it. */
function completed(
  request: Request,
  slots: ReportSlots,
  day: Day,
  known: Report | null,
  added: readonly string[],
): Part {
  if (!known) return { date: day.date, bodies: [], lines: [], replies: [], number: null, known: true };
  const evidence = day.photos ? photoEvidence(request, known.number) : NO_PHOTOS;
  const time = slots.time && known.time === null && known.state === 'pending' ? slots.time : undefined;
  const place =
    slots.place && known.place === null && !DISCREET.has(slots.post) && known.state === 'pending'
      ? slots.place
      : undefined;
  const bodies: Body[] = [];
  if (added.length > 0 || time !== undefined || place !== undefined)
    bodies.push(
      body('report-completed', {
        number: known.number,
        ...(added.length > 0 ? { names: [...added] } : {}),
        ...(time === undefined ? {} : { time }),
        ...(place === undefined ? {} : { place }),
      }),
    );
  for (const sha256 of evidence.hashes)
    bodies.push(
      body('evidence-added', { number: known.number, sha256, reused: evidence.reused.includes(sha256) }),
    );
  const additions = [
    ...(added.length > 0 ? [`补上${listed(added)}`] : []),
    ...(time ? [`时间${time}`] : []),
    ...(evidence.hashes.length > 0 ? ['照片'] : []),
  ];
  const what = `${dayText(day.date, request.at)}${activityName(request, slots.post)}`;
  const state = known.state === 'verified' ? '，已核实' : '';
  const line =
    additions.length > 0
      ? `#${known.number} ${what}：${additions.join('、')}${counts(request, slots.post, day, added)}`
      : `${what}已记在#${known.number}（${listed(known.names)}${state}），不重复记`;
  return {
    date: day.date,
    bodies,
    lines: [line],
    replies: [
      ...toldTo(request, slots, { ...day, names: added, number: known.number }),
      ...evidenceNotices(request, evidence, known.number, known.names),
    ],
    number: known.number,
    known: bodies.length === 0,
  };
}

/** A new report; `near` is one of the same day and post that it must not be taken together with. */
function fresh(request: Request, slots: ReportSlots, day: Day, near: Report | null, clash: boolean): Part {
  const { branch } = request;
  const evidence = day.photos ? photoEvidence(request, day.number) : NO_PHOTOS;
  const flags = flagsOf(request, slots, day, evidence, clash);
  const replies = [
    ...toldTo(request, slots, day),
    ...evidenceNotices(request, evidence, day.number, day.names),
  ];
  if (clash && near)
    replies.push(
      notice(
        toVerifier(branch, day.names, request.at),
        `#${day.number}与#${near.number}是同一天同一岗位，时间不同（${slots.time ?? ''}／${near.time ?? ''}），核实时请问一下。`,
      ),
    );
  return {
    date: day.date,
    bodies: [reportedBody(request, slots, day, evidence, flags)],
    lines: [freshLine(request, slots, day, flags, clash ? null : near)],
    replies,
    number: day.number,
    known: false,
  };
}

/** What the verifier should look at twice; words for each stand with the verifier's list. */
function flagsOf(
  request: Request,
  slots: ReportSlots,
  day: Day,
  evidence: PhotoEvidence,
  clash: boolean,
): string[] {
  return [
    ...new Set([
      ...(slots.flags ?? []),
      ...(evidence.reused.length > 0 ? ['reused-photo'] : []),
      ...(clash ? ['time-clash'] : []),
      ...(isPublished(request, day.date) ? ['after-publication'] : []),
      ...(maybeAlone(request, slots.post, day) ? ['alone'] : []),
    ]),
  ];
}

const TOGETHER = /大扫除|集中|一起|我们|组织|大家|全村|全组|统一/;

/** A post whose minimum counts what is done together (集中大扫除), told of one person without a word of others. */
function maybeAlone({ policy, text }: Request, post: string, day: Day): boolean {
  const activity = policy.posts.find((p) => p.id === post)?.activity ?? '';
  return activity.startsWith('集中') && day.names.length === 1 && !TOGETHER.test(text);
}

function reportedBody(
  request: Request,
  slots: ReportSlots,
  day: Day,
  evidence: PhotoEvidence,
  flags: readonly string[],
): Body {
  const { speaker, text } = request;
  const told = {
    ...(slots.place === undefined ? {} : { place: slots.place }),
    ...(text === '' ? {} : { words: text.slice(0, 300) }),
  };
  return body('reported', {
    number: day.number,
    names: [...day.names],
    post: slots.post,
    date: day.date,
    by: speaker.name,
    proxy: slots.proxy !== undefined || !day.names.includes(speaker.name),
    deed: slots.deed ?? false,
    evidence: [...evidence.hashes],
    flags: [...flags],
    ...(slots.time === undefined ? {} : { time: slots.time }),
    ...(DISCREET.has(slots.post) ? {} : told),
  });
}

const NO_PHOTOS: PhotoEvidence = { hashes: [], reused: [], earlier: [] };

/** Companions, and the elder reported for, hear of it privately and may contest it. */
function toldTo(request: Request, slots: ReportSlots, day: Day): Reply[] {
  const { number, date, names } = day;
  return tellCompanions(request, names, { number, date, time: slots.time ?? null, post: slots.post });
}

function evidenceNotices(
  request: Request,
  evidence: PhotoEvidence,
  number: number,
  names: readonly string[],
): Reply[] {
  if (evidence.reused.length === 0) return [];
  const before = listed(evidence.earlier.map((n) => `#${n}`));
  return [
    notice(
      toVerifier(request.branch, names, request.at),
      `#${number}的照片在${before}用过，是同一张图，核实时请留意。`,
    ),
  ];
}
