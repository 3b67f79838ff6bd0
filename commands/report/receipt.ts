/** What is said back of a report: what was understood with the day spelled out, the count of each, and who verifies it. */
import type { Body } from '../../ledger/entry.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import { standingBoard } from '../../ledger/stage.ts';
import type { Report } from '../../ledger/state.ts';
import { type IsoDate, monthOf } from '../../scoring/calendar.ts';
import { answer, type Reply, type Request } from '../command.ts';
import type { ReportSlots } from '../reading.ts';
import { activityName, listed, minimumOf, momentText, monthText, partOfDay } from '../wording.ts';
import { verifierText } from './verifier.ts';

/** What one day's part of a message comes to. */
export interface Part {
  readonly date: IsoDate;
  readonly bodies: Body[];
  readonly lines: string[];
  readonly replies: Reply[];
  /** The report that photos of this message belong to. */
  readonly number: number | null;
  /** Nothing new: it was known before. */
  readonly known: boolean;
}

/** One day of a report on its way to an entry. */
export interface Day {
  readonly names: readonly string[];
  readonly date: IsoDate;
  readonly number: number;
  readonly photos: boolean;
  readonly alone: boolean;
}

export function freshLine(
  request: Request,
  slots: ReportSlots,
  day: Day,
  flags: readonly string[],
  near: Report | null,
): string {
  const part = day.alone ? partOfDay(request.text) : null;
  const what = `${listed(day.names)} ${momentText(day.date, slots.time ?? null, request.at, part)} ${activityName(request, slots.post)}`;
  const unclaimed = day.names.filter(
    (n) => !postsIn(request.branch.people[n]!, monthOf(day.date)).includes(slots.post),
  );
  const notes = [
    counts(request, slots.post, day, day.names),
    unclaimedText(unclaimed),
    ...(flags.includes('alone') && unclaimed.length === 0 ? ['（算不算集中活动由核实的人定）'] : []),
    ...(near ? [`（其余人已记在#${near.number}）`] : []),
  ];
  return `#${day.number}：${what}${notes.join('')}`;
}

export function isPublished({ branch }: Request, date: IsoDate): boolean {
  return standingBoard(branch.months[monthOf(date)]) !== null;
}

/** `（韩石头、祝小梅本月第1次，至少2次）`: how often those who claimed the post did it in the month, with this one. */
export function counts(request: Request, post: string, day: Day, names: readonly string[]): string {
  const minimum = minimumOf(request, post);
  if (minimum === null) return '';
  const month = monthOf(day.date);
  const when = month === monthOf(request.at) ? '本月' : monthText(month, request.at);
  const counted = names.filter((n) => postsIn(request.branch.people[n]!, month).includes(post));
  if (counted.length === 0) return '';
  const times = new Map(counted.map((n) => [n, timesReported(request, post, n, day) + 1]));
  const each = [...new Set(times.values())].map(
    (count) => `${listed(counted.filter((n) => times.get(n) === count))}${when}第${count}次`,
  );
  return `（${each.join('，')}，至少${minimum}次）`;
}

/** Days of the month before this report's on which somebody is already known to have done the post's activity. */
function timesReported({ branch }: Request, post: string, name: string, day: Day): number {
  const month = monthOf(day.date);
  const days = Object.values(branch.reports)
    .filter(
      (r) =>
        (r.state === 'pending' || r.state === 'verified') &&
        r.post === post &&
        monthOf(r.date) === month &&
        r.names.includes(name),
    )
    .map((r) => r.date);
  return new Set(days.filter((d) => d !== day.date)).size + day.number - branch.nextReport;
}

function unclaimedText(names: readonly string[]): string {
  return names.length > 0 ? `（${listed(names)}没有认领这个岗，照样登记，不计岗位次数）` : '';
}

const CHILD = /儿童|小孩|孩子|娃|伢|学生/;

export function repliesOf(
  request: Request,
  slots: ReportSlots,
  names: readonly string[],
  parts: readonly Part[],
): Reply[] {
  const lines = parts.flatMap((p) => p.lines);
  const anew = parts.some((p) => !p.known);
  const others = parts.flatMap((p) => p.replies);
  if (lines.length === 0)
    return [answer(`${listed(names)}说过没有参加，没有记。如果记错了，请本人来报。`), ...others];
  const verifier = verifierText(request.branch, names, request.at);
  const late = parts.some((p) => !p.known && isPublished(request, p.date))
    ? '那个月已经公示，核实后按更正处理。'
    : '';
  const proof = slots.proof === 'promised' ? '照片十分钟内发来会自动附上。' : '';
  const head = parts.some((p) => p.bodies.some((b) => b.kind === 'reported')) ? '已记 ' : anew ? '已补 ' : '';
  const tail = anew ? `待${verifier}核实。` : '';
  const text =
    lines.length === 1
      ? `${head}${lines[0]}。${late}${proof}${tail}`
      : [`${head}${lines.length}条：`, ...lines, `${late}${proof}${tail}`].join('\n').trim();
  const minor =
    (request.photos.length > 0 || slots.proof === 'image') &&
    (slots.post === 'left-behind-care' || CHILD.test(request.text));
  const hint = minor
    ? [answer('照片里如果有孩子的脸，请撤回或遮一下再发；没有照片也可以，由记录员核实。', 'private')]
    : [];
  return [answer(text), ...hint, ...others];
}
