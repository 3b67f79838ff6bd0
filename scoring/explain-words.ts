/** The words of explanations: Chinese that a member understands, with categories only and never a story (privacy). */
import type { Units } from './points.ts';
import type { ExplainLine } from './result.ts';
import { MARK, type MarkKind } from './rules.ts';

export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  [MARK.absent]: '无故缺席',
  [MARK.late]: '迟到',
  [MARK.early]: '早退',
  [MARK.lateAndEarly]: '既迟到又早退',
  // The cause of a leave is nobody's business on a sheet: all three read the same.
  [MARK.leaveSick]: '请假',
  [MARK.leaveDuty]: '请假',
  [MARK.leavePrivate]: '请假',
  [MARK.away]: '未到现场',
  [MARK.duesLate]: '党费未按时交纳',
  [MARK.duesShort]: '党费未足额交纳',
  [MARK.duesLateShort]: '党费未按时、未足额交纳',
  [MARK.duesUnpaid]: '党费到月底未交',
  [MARK.self]: '本人违纪一次',
  [MARK.family]: '家庭成员违纪一次',
  [MARK.petition]: '煽动上访闹事一次',
};

/** Points as people write them, with a true minus sign. */
export function said(units: Units): string {
  return String(units / 100).replace('-', '−');
}

/** `3月20日`. */
export function dayWords(date: string): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
}

/** `3月`, or with the year where it is not plain. */
export function monthWords(month: string): string {
  return `${Number(month.slice(5, 7))}月`;
}

/** One line: `学习教育 10−5=5：3月20日学习会无故缺席（附件1·义务·1）`. */
export function line(
  figure: string,
  arithmetic: string,
  reason: string,
  clause: string,
  fact: number | null = null,
): ExplainLine {
  const why = reason === '' ? '' : `：${reason}`;
  return {
    text: `${figure} ${arithmetic}${why}（${clause}）`,
    arithmetic,
    clause,
    fact: fact === null ? null : `facts[${fact}]`,
  };
}

/** `10+9+10=29`; a single term is the figure itself. */
export function sumWords(terms: readonly Units[], total: Units): string {
  if (terms.length < 2) return said(total);
  const words = terms.map((t, i) => (i === 0 || t < 0 ? said(t) : `+${said(t)}`)).join('');
  return `${words}=${said(total)}`;
}
