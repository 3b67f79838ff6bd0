/** Taking back what one said: until it is verified it is simply withdrawn, with its trace; after that the verifier decides. */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { Report } from '../../ledger/state.ts';
import { addMinutes } from '../../scoring/calendar.ts';
import { answer, notice, nothing, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { STATE_WORDS } from '../report/marks.ts';
import { toVerifier } from '../report/verifier.ts';
import { tell } from '../telling.ts';
import { activityName, dayText, listed } from '../wording.ts';
import { askWhichReport, type Mention, reportsMeant, theOne } from './which-report.ts';

/** WeChat lets a message be recalled for two minutes; a little more for slow networks. */
const RECALL_MINUTES = 3;

function what(request: Request, report: Report): string {
  return `${dayText(report.date, request.at)}${activityName(request, report.post)}（#${report.number}）`;
}

export function withdraw(request: Request, reading: Reading, mention: Mention): Outcome {
  const { speaker } = request;
  if (/假/.test(request.text)) return withdrawLeave(request);
  const reports = reportsMeant(request, mention);
  const report = theOne(reports, mention, request.at);
  if (!report)
    return reports.length > 1 ? askWhichReport(request, reading, reports) : refuse('report-none-yours');
  const own = report.by === speaker.name;
  if (!own && !report.names.includes(speaker.name)) return refuse('report-none-yours');
  if (report.state === 'rejected' || report.state === 'withdrawn') {
    return refuse('report-settled', { number: report.number, state: STATE_WORDS[report.state].slice(1) });
  }
  if (report.state === 'verified') return toTheVerifier(request, report);
  if (own && mention.member !== undefined && report.names.length > 1)
    return takeOut(request, report, mention.member);
  // A companion takes out only oneself.
  if (!own && report.names.length > 1) {
    const told = tell(request, report.by, `${speaker.name}说没有参加${what(request, report)}，已去掉。`);
    return {
      bodies: [body('report-contested', { number: report.number, name: speaker.name })],
      replies: [answer(`已把您从#${report.number}去掉。`), ...told],
    };
  }
  const companions = report.names.filter((n) => n !== speaker.name);
  const told = companions.flatMap((n) =>
    tell(request, n, `${speaker.name}撤回了${what(request, report)}。您如果参加了，请自己报一次。`),
  );
  return {
    bodies: [body('report-withdrawn', { number: report.number, reason: '本人撤回' })],
    replies: [answer(`已撤回${what(request, report)}。`), ...told],
  };
}

/** 那条把甲去掉: one of those named in one's own report was not there. */
function takeOut(request: Request, report: Report, name: string): Outcome {
  const names = report.names.filter((n) => n !== name);
  const told = tell(
    request,
    name,
    `${request.speaker.name}把您从${what(request, report)}去掉了。您如果参加了，请自己报一次。`,
  );
  return {
    bodies: [body('report-changed', { number: report.number, names })],
    replies: [answer(`已把${name}从#${report.number}去掉，还有${listed(names)}。`), ...told],
  };
}

function toTheVerifier(request: Request, report: Report): Outcome {
  const { branch, speaker, at } = request;
  const text = `${speaker.name}说${what(request, report)}不算，这条已经核实；同意请回复“驳回 ${report.number} 本人撤回”。`;
  return {
    bodies: [],
    replies: [
      answer(`#${report.number}已经核实过，已转给核实的人处理。`),
      notice(toVerifier(branch, report.names, at), text),
    ],
  };
}

/** One's own leave that is not needed after all. */
function withdrawLeave(request: Request): Outcome {
  const { branch, speaker, at, place } = request;
  const meeting = Object.values(branch.meetings)
    .filter(
      (m) =>
        !m.cancelled &&
        m.marks[speaker.name] === undefined &&
        (m.leave[speaker.name]?.state ?? 'refused') !== 'refused',
    )
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .at(-1);
  if (!meeting) return refuse('leave-none', { name: '您' });
  const text = `${dayText(meeting.date, at)}${meeting.name}的请假已撤回。`;
  const replies: Reply[] =
    place === 'group' ? [answer('已撤回，私下回复您。'), answer(text, 'private')] : [answer(text)];
  return {
    bodies: [
      body('leave-decided', {
        date: meeting.date,
        meeting: meeting.name,
        name: speaker.name,
        approved: false,
      }),
    ],
    replies: [
      ...replies,
      notice(
        { role: 'secretary' },
        `${speaker.name}撤回了${dayText(meeting.date, at)}${meeting.name}的请假。`,
      ),
    ],
  };
}

/** The system says that somebody recalled a message: the report it had become goes with it, and the member is told. */
export function recalled(request: Request, member: string, source: string | undefined): Outcome {
  const { branch, at } = request;
  const oldest = addMinutes(at, -RECALL_MINUTES);
  const said = Object.values(branch.reports).filter(
    (r) =>
      r.by === member &&
      (source === undefined ? r.at >= oldest : r.source === source || r.source.startsWith(`${source}#`)) &&
      (r.state === 'pending' || r.state === 'verified'),
  );
  const last = said.at(-1)?.source;
  const reports = said.filter((r) => r.source === last);
  if (reports.length === 0) return nothing;
  const bodies: Body[] = [];
  const replies: Reply[] = [];
  for (const report of reports) {
    if (report.state === 'pending')
      bodies.push(body('report-withdrawn', { number: report.number, reason: '消息撤回' }));
    else {
      bodies.push(body('report-flagged', { number: report.number, flag: 'recalled' }));
      replies.push(
        notice(
          toVerifier(branch, report.names, at),
          `${member}撤回了报${what(request, report)}的消息，这条已经核实，请问一下本人。`,
        ),
      );
    }
  }
  const gone = reports.filter((r) => r.state === 'pending');
  const kept = reports.filter((r) => r.state === 'verified');
  const text = [
    ...(gone.length > 0
      ? [`您撤回了消息，${listed(gone.map((r) => what(request, r)))}也一并撤回了；还要记的话请重新发一次。`]
      : []),
    ...(kept.length > 0
      ? [`${listed(kept.map((r) => what(request, r)))}已经核实，撤回消息不影响记录；要去掉请找核实的人。`]
      : []),
  ].join('');
  return { bodies, replies: [...tell(request, member, text), ...replies] };
}
