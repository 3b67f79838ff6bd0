/** Putting right what was said: the day, the time, the post or the person of a report. */
import { body } from '../../ledger/kinds.ts';
import type { Report } from '../../ledger/state.ts';
import { dateOfTime, type IsoDate } from '../../scoring/calendar.ts';
import { answer, notice, type Outcome, refuse, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { tellCompanions } from '../report/companions.ts';
import { overlapOf } from '../report/duplicates.ts';
import { DISCREET } from '../report/report.ts';
import { toVerifier, verifierText } from '../report/verifier.ts';
import { activityName, dayText, listed, momentText } from '../wording.ts';
import { askWhichReport, reportsMeant, theOne } from './which-report.ts';

interface Turn<T> {
  readonly from?: T;
  readonly to: T;
}

export interface ReportChange {
  readonly date?: Turn<IsoDate>;
  readonly time?: Turn<string>;
  readonly post?: Turn<string>;
  readonly member?: Turn<string>;
  readonly place?: Turn<string>;
}

export function changeReport(
  request: Request,
  reading: Reading,
  change: ReportChange,
  number: number | undefined,
): Outcome {
  const mention = {
    ...(number === undefined ? {} : { number }),
    ...(change.date?.from === undefined ? {} : { date: change.date.from }),
    ...(change.post?.from === undefined ? {} : { kind: change.post.from }),
    ...(change.member?.from === undefined ? {} : { member: change.member.from }),
  };
  const reports = namedWrongly(request, change, mention) ?? reportsMeant(request, mention);
  const report =
    theOne(reports, mention, request.at) ??
    (change.date?.from !== undefined || change.member?.from !== undefined ? reports.at(-1) : undefined);
  if (!report)
    return reports.length > 1 ? askWhichReport(request, reading, reports) : refuse('correct-nothing');
  if (!mayChange(request, report, change))
    return refuse('correct-not-yours', { number: report.number, by: report.by });
  if (report.state !== 'pending') return toTheVerifier(request, report, change);
  return changed(request, report, change);
}

/** 是我不是他: a report of somebody else's that names another in the speaker's place. */
function namedWrongly(
  { branch, speaker }: Request,
  change: ReportChange,
  mention: { readonly number?: number },
): Report[] | null {
  const from = change.member?.from;
  if (mention.number !== undefined || from === undefined || change.member?.to !== speaker.name) return null;
  const found = Object.values(branch.reports).filter(
    (r) =>
      (r.state === 'pending' || r.state === 'verified') &&
      r.names.includes(from) &&
      !r.names.includes(speaker.name),
  );
  return found.length > 0 ? found.slice(-1) : null;
}

/** The reporter, those it names, and the recorder before verifying. */
function mayChange({ speaker }: Request, report: Report, change: ReportChange): boolean {
  return (
    report.by === speaker.name ||
    report.names.includes(speaker.name) ||
    change.member?.to === speaker.name ||
    speaker.roles.includes('recorder')
  );
}

function words(request: Request, change: ReportChange): string {
  return listed([
    ...(change.date ? [`日期改为${dayText(change.date.to, request.at)}`] : []),
    ...(change.time ? [`时间改为${change.time.to}`] : []),
    ...(change.post ? [`岗位改为${activityName(request, change.post.to)}`] : []),
    ...(change.member ? [`${change.member.from ?? ''}改为${change.member.to}`] : []),
    ...(change.place ? [`地点改为${change.place.to}`] : []),
  ]);
}

function toTheVerifier(request: Request, report: Report, change: ReportChange): Outcome {
  const { branch, speaker, at } = request;
  if (report.state !== 'verified') return refuse('correct-nothing');
  const text = `${speaker.name}更正#${report.number}：${words(request, change)}。这条已经核实；属实请“驳回 ${report.number} 更正”，由本人重报。`;
  return {
    bodies: [],
    replies: [
      answer(`#${report.number}已经核实过，已转给${verifierText(branch, report.names, at)}处理。`),
      notice(toVerifier(branch, report.names, at), text),
    ],
  };
}

function changed(request: Request, report: Report, change: ReportChange): Outcome {
  const { branch, at } = request;
  const date = change.date?.to ?? report.date;
  const post = change.post?.to ?? report.post;
  const names = namesAfter(report, change);
  if (date > dateOfTime(at)) return refuse('report-future', { date: dayText(date, at) });
  const stranger = names.find((n) => !branch.people[n]);
  if (stranger !== undefined) return refuse('report-not-member', { name: stranger });
  const others = overlapOf(branch, { post, date, names, time: null }).known.filter(
    (r) => r.number !== report.number,
  );
  const covered = names.every((n) => others.some((r) => r.names.includes(n)));
  if (others.length > 0 && covered) {
    // Put right, it is a second telling of something known.
    return {
      bodies: [body('report-withdrawn', { number: report.number, reason: `与#${others[0]!.number}重复` })],
      replies: [answer(`改过来就和#${others[0]!.number}重复了，#${report.number}已撤回，只算一次。`)],
    };
  }
  const done = body('report-changed', {
    number: report.number,
    ...(change.date ? { date } : {}),
    ...(change.post ? { post } : {}),
    ...(change.time ? { time: change.time.to } : {}),
    ...(change.member ? { names } : {}),
    ...(change.place && !DISCREET.has(post) ? { place: change.place.to } : {}),
  });
  const receipt = `已改 #${report.number}：${listed(names)} ${momentText(date, change.time?.to ?? report.time, at)} ${activityName(request, post)}。待${verifierText(branch, names, at)}核实。`;
  const fresh = names.filter((n) => !report.names.includes(n));
  const told = tellCompanions(request, fresh, {
    number: report.number,
    date,
    time: change.time?.to ?? report.time,
    post,
  });
  return { bodies: [done], replies: [answer(receipt), ...told] };
}

function namesAfter(report: Report, change: ReportChange): string[] {
  const turn = change.member;
  if (!turn) return report.names;
  // Without the wrong name, the only companion is the one put right.
  const others = report.names.filter((n) => n !== report.by);
  const from =
    turn.from ?? (others.length === 1 ? others[0] : report.names.length === 1 ? report.names[0] : undefined);
  const next =
    from !== undefined && report.names.includes(from)
      ? report.names.map((n) => (n === from ? turn.to : n))
      : [...report.names, turn.to];
  return [...new Set(next)];
}
