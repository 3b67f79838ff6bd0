/**
 * What a decision of the year says: the day of the committee, 全部按测算 or who differs and why, who wins a tie, and
 * the 民主评议 result of each. Read clause by clause, because people write it as they would in a minute.
 */
import type { Message, NameHit } from '../language/message.ts';
import { saidMinute } from '../month/said.ts';
import type { Slots } from '../reading.ts';
import { saidYear } from './which-year.ts';

const GRADE = /不确定等次|基本合格|不合格|优秀|合格/;
const REST = /其余|其他|剩下|全部|全体|都|均|一律/;
const BY_FIGURES = /按(?:照)?(?:测算|计算|积分|分数)|测算(?:结果)?/;

/** Whether words after 年度评定 decide rather than ask. */
export function isDecision(rest: string): boolean {
  return /会议|支委会|党员大会|按(?:照)?测算|民主评议|并列/.test(rest) || GRADE.test(rest);
}

interface Clause {
  readonly text: string;
  readonly names: readonly string[];
  /** Where the last of the names ends in the clause's text. */
  readonly after: number;
}

interface Exception {
  readonly name: string;
  readonly grade: string;
  reason: string;
}

function clausesOf(body: string, hits: readonly NameHit[]): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const end of [...[...body.matchAll(/[,，;；。\n]/g)].map((m) => m.index), body.length]) {
    const inside = hits.filter((h) => h.start >= start && h.end <= end && h.members.length === 1);
    const text = body.slice(start, end);
    if (text.trim() !== '')
      clauses.push({
        text,
        names: [...new Set(inside.map((h) => h.members[0]!))],
        after: (inside.at(-1)?.end ?? start) - start,
      });
    start = end + 1;
  }
  return clauses;
}

/** The reason that stands behind a grade: `合格 因为两次无故缺席`. */
function reasonIn(text: string, grade: string): string {
  const behind = text.slice(text.lastIndexOf(grade) + grade.length);
  return behind.replace(/^[\s:：]*(?:(?:因为|原因|理由|由于|因)(?:是|为)?)?[\s:：]*/, '').trim();
}

export function decisionSlots(message: Message, rest: string): Slots {
  const exceptions: Exception[] = [];
  const appraisal: Record<string, string> = {};
  let others: string | null = null;
  const ties: string[] = [];
  let all = false;
  let appraising = false;
  let last: Exception | null = null;
  for (const { text, names, after } of clausesOf(message.body, message.names())) {
    if (/民主评议/.test(text)) appraising = true;
    const said = appraising ? text.replace(/.*民主评议(?:结果|等次)?[\s:：]*/, '') : text;
    const grade = GRADE.exec(said)?.[0];
    if (REST.test(said) && BY_FIGURES.test(said)) {
      // 其余按测算 ends what was said of single people, and of 民主评议 too.
      [all, last, appraising] = [true, null, false];
    } else if (appraising) {
      if (!grade) continue;
      if (names.length === 0 && REST.test(said)) others = grade;
      for (const name of names) appraisal[name] = grade;
    } else if (/并列/.test(said)) ties.push(...names);
    else if (names.length > 0 && grade && !/支委会|参会|出席/.test(said)) {
      const behind = said.slice(Math.max(0, Math.min(after, said.length)));
      const own = GRADE.exec(behind)?.[0] ?? grade;
      for (const name of names) exceptions.push({ name, grade: own, reason: reasonIn(said, own) });
      last = exceptions.at(-1) ?? null;
    } else if (last && names.length === 0) {
      const more = text.replace(/^\s*(?:因为|原因|理由|由于)[是为]?[\s:：]*/, '').trim();
      last.reason = last.reason === '' ? more : `${last.reason}，${more}`;
    } else if (BY_FIGURES.test(said)) all = true;
  }
  const minute = saidMinute(rest, message.today);
  const year = saidYear(rest, message.today);
  return {
    ...(year === null ? {} : { year }),
    ...(minute ? { minute } : {}),
    ...(all ? { all: true } : {}),
    exceptions,
    appraisal,
    ...(others ? { others } : {}),
    ...(ties.length > 0 ? { ties: [...new Set(ties)] } : {}),
  };
}
