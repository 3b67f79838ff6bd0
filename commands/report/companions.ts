/** People named in somebody else's report hear of it privately, and how to say that they were not there. */
import type { IsoDate } from '../../scoring/calendar.ts';
import type { Reply, Request } from '../command.ts';
import { tell } from '../telling.ts';
import { activityName, momentText } from '../wording.ts';

export interface Told {
  readonly number: number;
  readonly date: IsoDate;
  readonly time: string | null;
  readonly post: string;
}

/** A notice to each of the names but the speaker's. */
export function tellCompanions(request: Request, names: readonly string[], report: Told): Reply[] {
  const what = `${momentText(report.date, report.time, request.at)}${activityName(request, report.post)}（#${report.number}）`;
  const text = `${request.speaker.name}报告您参加了${what}。没有参加的话，请回复“#${report.number} 不是我”。`;
  return names.filter((n) => n !== request.speaker.name).flatMap((n) => tell(request, n, text));
}
