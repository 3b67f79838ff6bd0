/** Which report somebody speaks of when taking back or putting right what was said. */
import type { Report } from '../../ledger/state.ts';
import { addMinutes, dateOfTime, type IsoDate, type LocalTime } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import type { Decision, Request } from '../command.ts';
import { slotsOf } from '../slots.ts';
import type { Reading } from '../reading.ts';
import { momentText, activityName, listed } from '../wording.ts';

/** 刚才, 那条: how long ago something was just said, in minutes. */
const JUST = 30;

export interface Mention {
  readonly number?: number;
  readonly date?: IsoDate;
  /** The post's id, or what was done there (patrol). */
  readonly kind?: string;
  /** Somebody whom the report must name. */
  readonly member?: string;
}

const KIND_POSTS: Readonly<Record<string, string>> = {
  patrol: 'security-patrol',
  facility_check: 'facility-upkeep',
  cleanup: 'sanitation',
  policy_publicity: 'policy-publicity',
  culture_event: 'culture-sports',
  mediation: 'mediation',
  poverty_visit: 'poverty-pairing',
  home_visit: 'left-behind-care',
};

function live(r: Report): boolean {
  return r.state === 'pending' || r.state === 'verified';
}

/** Live reports that the words could mean, the newest last. Somebody's own before those that only name them. */
export function reportsMeant({ branch, speaker }: Request, mention: Mention): Report[] {
  if (mention.number !== undefined) {
    const found = branch.reports[mention.number];
    return found ? [found] : [];
  }
  const post = mention.kind === undefined ? undefined : (KIND_POSTS[mention.kind] ?? mention.kind);
  const fitting = Object.values(branch.reports).filter(
    (r) =>
      live(r) &&
      (post === undefined || r.post === post) &&
      (mention.member === undefined || r.names.includes(mention.member)),
  );
  const dated = mention.date === undefined ? fitting : onDay(fitting, mention.date);
  const own = dated.filter((r) => r.by === speaker.name);
  return own.length > 0 ? own : dated.filter((r) => r.names.includes(speaker.name));
}

/** 18号那次: of that day; 昨天报的: told on that day. */
function onDay(reports: readonly Report[], date: IsoDate): Report[] {
  const of = reports.filter((r) => r.date === date);
  return of.length > 0 ? of : reports.filter((r) => dateOfTime(r.at) === date);
}

/** The one that is meant, or null where that has to be asked: the newest, if it was said just now or stands alone. */
export function theOne(reports: readonly Report[], mention: Mention, at: LocalTime): Report | null {
  const newest = reports.at(-1);
  if (!newest || reports.length === 1) return newest ?? null;
  const said = mention.date !== undefined || mention.kind !== undefined;
  return !said && newest.at >= addMinutes(at, -JUST) ? newest : null;
}

/** Asks which of several, each choice being the same reading with its number. */
export function askWhichReport(request: Request, reading: Reading, reports: readonly Report[]): Decision {
  const shown = reports.slice(-6);
  const choices = shown.map((r) => ({
    label: `#${r.number} ${momentText(r.date, r.time, request.at)}${activityName(request, r.post)}（${listed(r.names)}）`,
    reading: {
      ...reading,
      act: 'record' as const,
      slots: { ...slotsOf<Record<string, unknown>>(reading), number: r.number },
    },
  }));
  return ask(request, '您说的是哪一条？', { choices });
}
