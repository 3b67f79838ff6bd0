/** Finding what a text says was done at a post. The words themselves are in `duties.ts`. */
import { CLAIMED_DUTIES, NOT_OF_A_POST } from './claimed-duties.ts';
import { DUTIES, DUTY_HINT, type Pattern } from './duties.ts';

export interface Activity {
  readonly post: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** `named`: the post's own word. `plain`: verb and object tell it. `loose`: what people also do elsewhere. */
  readonly strength: Pattern['strength'];
  /** The words leave the post open: an elder visited may be care or pairing. */
  readonly open?: boolean;
  /** Told in words that only somebody of that post reports with. */
  readonly claimed?: boolean;
}

/** One cheap look: whether any of the patterns could match at all. */
export const ACTIVITY_HINT = DUTY_HINT;

/** Longer than any report of one's own; what follows is not looked at. */
const LOOKED_AT = 600;
const RANK = { named: 0, plain: 2, loose: 4 } as const;

function everyMatch(text: string): Activity[] {
  const found: Activity[] = [];
  for (const { post, kind, strength, pattern, open } of DUTIES) {
    pattern.lastIndex = 0;
    for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
      if (m[0] === '') break;
      const place = { start: m.index, end: m.index + m[0].length };
      found.push({ post, kind, strength, ...place, ...(open ? { open } : {}) });
    }
  }
  return found;
}

/** One cheap look: nothing is told as done without one of these. */
const TOLD_AS_DONE = /[了完过好到毕的成遍圈趟]|[一二两三四五六七八九十\d]+[次个户份场节]|上午|下午|一天|、/;
/** Longer than anybody tells what is done at one's post in other words than its own. */
const CLAIMED_TOLD = 80;

/** What is told of a post of one's own, thing and deed in any order. */
export function findClaimed(body: string, own: readonly string[]): Activity[] {
  if (own.length === 0 || body.length > CLAIMED_TOLD || !TOLD_AS_DONE.test(body)) return [];
  const found = CLAIMED_DUTIES.filter((duty) => own.includes(duty.post) && !duty.not?.test(body)).flatMap(
    ({ post, kind, thing, deed }) => {
      const what = thing.exec(body);
      const done = what && deed.exec(body);
      if (!what || !done) return [];
      const start = Math.min(what.index, done.index);
      const end = Math.max(what.index + what[0].length, done.index + done[0].length);
      return [{ post, kind, start, end, strength: 'plain' as const, claimed: true }];
    },
  );
  return found.length > 0 && NOT_OF_A_POST.test(body) ? [] : found;
}

/**
 * Things done, in order of the text. Where several readings overlap the stronger one stands, and among equals the
 * post that the speaker has claimed (`own`).
 */
export function findActivities(body: string, own: readonly string[] = []): Activity[] {
  if (!DUTY_HINT.test(body)) return [];
  const found = everyMatch(body.length > LOOKED_AT ? body.slice(0, LOOKED_AT) : body);
  const rank = (a: Activity): number => RANK[a.strength] - (own.includes(a.post) ? 1 : 0);
  found.sort((a, b) => rank(a) - rank(b) || a.start - b.start);
  const kept: Activity[] = [];
  for (const one of found) if (!kept.some((k) => one.start < k.end && k.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}
