/** Photos that there was no room for: their senders are told, once, at the report they belong to. */
import { type Decision, answer, nothing, type Request } from '../commands/command.ts';
import { PHOTO_MINUTES, reportOfPhoto } from '../commands/report/photos.ts';
import { activityName, dayText } from '../commands/wording.ts';
import type { Report } from '../ledger/state.ts';
import { addMinutes, type LocalTime } from '../scoring/calendar.ts';

/** The newest photo of somebody that was not kept, and the report at which that was said. */
interface Missed {
  at: LocalTime;
  toldAt: number | null;
}

export interface UnkeptPhotos {
  /** A photo was let go: what its sender is told where a report of theirs waits for it. A chat's picture is nobody's business. */
  missed(request: Request): Decision;
  /** The decision, with a line about a photo that its speaker sent shortly before the report. */
  mention(request: Request, decision: Decision): Decision;
}

/** With words to send that name the day: 昨晚 would be another one by then. */
function words(request: Request, { number, post, date }: Pick<Report, 'number' | 'post' | 'date'>): string {
  const again = `${activityName(request, post)} ${dayText(date, request.at)}`;
  return `#${number}照样有效，但机器的磁盘快满了，照片没有保存。请留着照片：过一两天先发照片、再发“${again}”，或者直接交给记录员看。`;
}

export function createUnkeptPhotos(): UnkeptPhotos {
  const senders = new Map<string, Missed>();

  function forgetOld(now: LocalTime): void {
    for (const [sender, { at }] of senders) if (at < addMinutes(now, -PHOTO_MINUTES)) senders.delete(sender);
  }

  const keyOf = ({ branch, speaker }: Request): string => `${branch.branch} ${speaker.name}`;

  return {
    missed(request) {
      forgetOld(request.at);
      const sender = senders.get(keyOf(request)) ?? { at: request.at, toldAt: null };
      sender.at = request.at;
      senders.set(keyOf(request), sender);
      const report = reportOfPhoto(request);
      if (!report || sender.toldAt === report.number) return nothing;
      sender.toldAt = report.number;
      return { bodies: [], replies: [answer(words(request, report))] };
    },
    mention(request, decision) {
      const reported = decision.bodies.find((b) => b.kind === 'reported');
      if (!reported) return decision;
      forgetOld(request.at);
      const sender = senders.get(keyOf(request));
      if (!sender || sender.toldAt !== null) return decision;
      const report = reported.data as Pick<Report, 'number' | 'post' | 'date'>;
      sender.toldAt = report.number;
      return { ...decision, replies: [...decision.replies, answer(words(request, report))] };
    },
  };
}
