/** Habits are no dates: 每周一、三、五晚上8点 is used up with all that belongs to it. */
import type { Now } from './day.ts';
import { RANGE, readMoment } from './moment.ts';
import { matchAt, SMALL, sticky, WEEK } from './words.ts';

const EVERY = sticky(
  '(?:每逢|每隔?(?:个|一个?|一)?|逢|天天|日日|夜夜|年年|月月|周周|各个?|平时|平常|历年|往年)(?:的|都)? ?',
);
const HABIT = sticky('(?:每(?:天|日|晚上?|夜|早上?|晨|周|月|年|季度?|星期|礼拜|上午|下午|次))(?:的|都)? ?');

/** A habit (每周一、三、五晚上8点) with all that belongs to it: no date, and used up. */
export function readHabit(text: string, at: number, now: Now): { start: number; end: number } | null {
  const found = matchAt(HABIT, text, at) ?? matchAt(EVERY, text, at);
  if (!found) return null;
  let end = at + found[0].length;
  for (let round = 0; round < 4; round += 1) {
    const next = skipHabit(text, end, now);
    if (next === end) break;
    end = next;
  }
  return { start: at, end };
}

const HABIT_MARK = sticky('(?:[、,和与及]|到|至|-|~)? ?(?=[0-9一二三四五六日天初十廿周星礼晚早上下中])');
const HABIT_BARE = sticky(
  `(?:${WEEK}[一二三四五六日天末1-7]|[一二三四五六日天](?=[、,和]|$|[ ,，。晚早上下中巡])|[初十廿]?[一二三四五六七八九十](?=[、,和])|月?${SMALL}[日号])`,
);

function skipHabit(text: string, at: number, now: Now): number {
  const from = at + (matchAt(HABIT_MARK, text, at)?.[0].length ?? 0);
  const bare = matchAt(HABIT_BARE, text, from);
  if (bare) return from + bare[0].length;
  const moment = readMoment(text, from, now, true);
  if (!moment) return at;
  const dash = matchAt(RANGE, text, moment.end);
  const end = dash ? readMoment(text, moment.end + dash[0].length, now, true) : null;
  return end?.end ?? moment.end;
}
