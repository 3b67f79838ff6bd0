import { type IsoDate, type LocalTime, weekday } from '../scoring/calendar.ts';
import type { BoardRow, Figure, Period } from './views/board.ts';

/** The word for a score nobody has given yet; never 0 and never blank. */
export const UNSCORED = '待评';

/** A figure as people write it: no trailing zeros, at most two decimals, 待评 for null. */
export function figureText(figure: Figure): string {
  if (figure === null) return UNSCORED;
  return String(Math.round(figure * 100) / 100);
}

/** `2026年3月`, or `2026年度` for a year. */
export function periodText(period: Period): string {
  const year = period.slice(0, 4);
  return period.length > 4 ? `${year}年${Number(period.slice(5, 7))}月` : `${year}年度`;
}

export function isYear(period: Period): boolean {
  return period.length === 4;
}

/** What members reply to a board: a bare 确认 is about a month's, and may be open beside the year's. */
export function answerWords(period: Period): { readonly confirm: string; readonly object: string } {
  return isYear(period) ? { confirm: '确认年度', object: '年度异议' } : { confirm: '确认', object: '异议' };
}

/** `4月12日`, with the year where asked. */
export function dateText(date: IsoDate, withYear = false): string {
  const day = `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
  return withYear ? `${date.slice(0, 4)}年${day}` : day;
}

/** `周日`. */
export function weekdayText(date: IsoDate): string {
  return `周${'一二三四五六日'[weekday(date) - 1]}`;
}

/** `2026年4月5日 09:30`. */
export function timeText(moment: LocalTime): string {
  return `${dateText(moment, true)} ${moment.slice(11, 16)}`;
}

/** The branch's name as forms write it: ending in 党支部 (or 支部, 党总支 …), whatever the roster calls it. */
export function branchText(branch: string): string {
  return /(支部|总支|党委)([（(][^（()）]*[）)])?$/.test(branch) ? branch : `${branch}党支部`;
}

/** `兰溪镇柳林村党支部`; the town is not said twice. */
export function placeText(town: string, branch: string): string {
  const name = branchText(branch);
  return name.startsWith(town) ? name : `${town}${name}`;
}

/** `治安巡逻、环境卫生维护`: post names without the 志愿服务岗 that all of them end in. */
export function postsText(posts: readonly string[], between = '、'): string {
  return posts.map(shortPost).join(between);
}

export function shortPost(post: string): string {
  const short = post.replace(/(志愿服务)?岗$/, '');
  return short === '' ? post : short;
}

/** A row's arithmetic: `40+58+2=100`, with the bonus left out where it is 0. */
export function sumText(row: BoardRow): string {
  const parts = [figureText(row.obligation), figureText(row.service)];
  if (row.bonus !== null && row.bonus !== 0) parts.push(figureText(row.bonus));
  return `${parts.join('+')}＝${figureText(row.total)}`;
}

/** `★★★★`; empty for none. */
export function starsText(stars: number | null | undefined): string {
  return '★'.repeat(Math.max(0, stars ?? 0));
}
