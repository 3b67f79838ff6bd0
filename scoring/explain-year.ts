/** Why a member's year is what it is: months, mean, bonus, score, grade, stars and follow-ups, line by line. */
import { type MonthNumber, inScope } from './books.ts';
import { creditLine, yearMonthWords } from './explain-month.ts';
import { line, said, sumWords } from './explain-words.ts';
import { roundHalfUp } from './points.ts';
import type { ExplainLine, FigureLines } from './result.ts';
import { type Settlement, bandOf, failingYears, followUpsOf, gradeOf, isGraded } from './settlement.ts';
import type { Sheet } from './sheet.ts';
import { type YearFigures, type YearMonth, isDropped, yearMonths } from './year.ts';

export function explainYearOf(sheet: Sheet, settlement: Settlement, figures: YearFigures): FigureLines {
  const { year } = settlement;
  const months = yearMonths(sheet, figures.member, year);
  return {
    months: monthsLines(sheet, figures.member, year, months),
    mean: meanLines(sheet, figures, months),
    bonus: bonusLines(sheet, figures, year),
    uncapped: uncappedLines(sheet, figures, months),
    score: scoreLines(sheet, settlement, figures),
    ...gradeLines(sheet, settlement, figures),
    followUps: followUpLines(sheet, settlement, figures),
  };
}

function monthsLines(
  sheet: Sheet,
  member: number,
  year: number,
  months: readonly YearMonth[],
): ExplainLine[] {
  const { books, rules } = sheet;
  const clause = rules.policy.readingClauses.divisor;
  const lines = [
    line('计分月数', String(months.length), months.map((m) => yearMonthWords(m.month)).join('、'), clause),
  ];
  const own = months.filter((m) => m.carried).map((m) => yearMonthWords(m.month));
  if (own.length > 0)
    lines.push(line('计分月数', String(own.length), `${own.join('、')}在原支部计分，随转`, clause));
  for (let month = year * 12; month < year * 12 + 12; month++) {
    if (months.some((m) => m.month === month) || !inScope(books.members[member]!, month)) continue;
    lines.push(leftOut(sheet, member, month));
  }
  return lines;
}

function leftOut(sheet: Sheet, member: number, month: MonthNumber): ExplainLine {
  const { books, rules } = sheet;
  const waived = books.waived.get(month);
  if (waived === undefined && isDropped(rules, books.members[member]!, month))
    return line(
      '计分月数',
      '不计',
      `${yearMonthWords(month)}在转正以前`,
      rules.policy.readingClauses.probationMonths,
    );
  const fact = books.facts[waived ?? -1];
  const reason = fact?.type === 'waive' ? fact.reason : '';
  return line(
    '计分月数',
    '不计',
    `${yearMonthWords(month)}免评：${reason}`,
    rules.policy.readingClauses.unscored,
    waived ?? null,
  );
}

function meanLines(sheet: Sheet, figures: YearFigures, months: readonly YearMonth[]): ExplainLine[] {
  const { rules } = sheet;
  const clause = rules.policy.readingClauses.divisor;
  if (!figures.mean) return [line('平均分', '无', '全年没有计分的月份', clause)];
  const annual = rules.readings.bonus === 'annual';
  const lines = months.map((m) => monthLine(sheet, m, annual));
  const arithmetic = `${said(figures.mean.n)}÷${figures.divisor}${figures.mean.n % figures.divisor === 0 ? '=' : '≈'}${said(roundHalfUp(figures.mean))}`;
  return [...lines, line('平均分', arithmetic, `${figures.months}个月合计除以${figures.divisor}`, clause)];
}

function monthLine(sheet: Sheet, month: YearMonth, annual: boolean): ExplainLine {
  const { rules } = sheet;
  const terms = annual ? [month.obligation, month.service] : [month.obligation, month.service, month.bonus];
  const total = terms.reduce((sum, t) => sum + t, 0);
  const capped = !annual && rules.readings.cap === 'month' && total > rules.monthCap;
  const reason = capped
    ? `每月最高${said(rules.monthCap)}分，计${said(rules.monthCap)}`
    : month.carried
      ? '原支部计分'
      : '';
  const clause = annual ? rules.policy.obligation.clause : rules.policy.readingClauses.bonus;
  return line(yearMonthWords(month.month), sumWords(terms, total), reason, clause);
}

function bonusLines(sheet: Sheet, figures: YearFigures, year: number): ExplainLine[] {
  const { name, clause } = sheet.rules.policy.bonus;
  const bonus = sheet.bonus(figures.member, year);
  const lines = bonus.credits.map((credit) => creditLine(sheet, credit));
  if (bonus.carried > 0) lines.unshift(line(name, `+${said(bonus.carried)}`, '原支部已计', clause));
  return [...lines, line(name, said(bonus.total), '全年合计', clause)];
}

function uncappedLines(sheet: Sheet, figures: YearFigures, months: readonly YearMonth[]): ExplainLine[] {
  const { rules } = sheet;
  const clause = rules.policy.readingClauses.bonus;
  if (!figures.mean || !figures.uncapped) return [line('封顶前', '无', '全年没有计分的月份', clause)];
  const value = said(roundHalfUp(figures.uncapped));
  if (rules.readings.bonus === 'annual')
    return [
      line(
        '封顶前',
        `${said(roundHalfUp(figures.mean))}+${said(figures.bonus)}=${value}`,
        '平均分加全年加分',
        clause,
      ),
    ];
  return [line('封顶前', value, `${months.length}个月封顶前的平均`, clause)];
}

function scoreLines(sheet: Sheet, settlement: Settlement, figures: YearFigures): ExplainLine[] {
  const { books, rules } = sheet;
  const { policy } = rules;
  if (figures.zeroed) {
    const zero = books.zeros[figures.member]!.find((z) => z.year === settlement.year)!;
    return [line('年度积分', '0', policy.yearZero.name, policy.yearZero.clause, zero.fact)];
  }
  if (!figures.score || !figures.uncapped)
    return [line('年度积分', '无', '全年没有计分的月份', policy.caps.clause)];
  const value = said(roundHalfUp(figures.score));
  const before = rules.readings.bonus === 'annual' ? figures.uncapped : figures.mean!;
  const capped = before.n * figures.score.d !== figures.score.n * before.d;
  return [
    line(
      '年度积分',
      value,
      capped ? `最高${said(rules.scoreCap)}分` : '',
      capped ? policy.readingClauses.cap : policy.caps.clause,
    ),
  ];
}

function gradeLines(sheet: Sheet, settlement: Settlement, figures: YearFigures): FigureLines {
  const { books, rules } = sheet;
  const { policy } = rules;
  const who = books.members[figures.member]!;
  const place = settlement.places.get(figures.member);
  const { grade, stars } = gradeOf(rules, who, figures, place);
  const both = (arithmetic: string, starred: string, reason: string, clause: string): FigureLines => ({
    grade: [line('等次', arithmetic, reason, clause)],
    stars: [line('星级', starred, reason, clause)],
  });
  if (!isGraded(rules, who)) {
    const probationary = who.status === 'probationary';
    const clause = probationary ? policy.followUps.probationary.clause : policy.readingClauses.exempt;
    return both('不定', '不定', probationary ? '预备党员不确定等次' : '年末不纳入积分管理', clause);
  }
  if (figures.score === null) return both('无', '无', '全年没有计分的月份', policy.grading.clause);
  const band = bandOf(rules, figures.score);
  if (place === 'tied') return both('待定', '待定', '与他人同分，名额由支委会决定', policy.quota.clause);
  const value = said(roundHalfUp(figures.score));
  const range = `年度积分${value}，${band.from === Number.NEGATIVE_INFINITY ? '在最低一档' : `达到${said(band.from)}分`}`;
  const reason =
    place === 'over-quota'
      ? `${range}，${band.grade}名额${settlement.quota!.places}个已满`
      : place === 'excellent'
        ? `${range}，在${band.grade}名额${settlement.quota!.places}个以内`
        : range;
  return both(
    grade!,
    `${stars}星`,
    reason,
    place === undefined ? policy.grading.clause : policy.quota.clause,
  );
}

function followUpLines(sheet: Sheet, settlement: Settlement, figures: YearFigures): ExplainLine[] {
  const { books, rules } = sheet;
  const { failing, probationary, names } = rules.policy.followUps;
  const who = books.members[figures.member]!;
  const { grade } = gradeOf(rules, who, figures, settlement.places.get(figures.member));
  const tasks = followUpsOf(books, rules, figures, grade, settlement.year);
  const failed = grade === failing.grade;
  const years = failed ? failingYears(books, rules, figures.member, settlement.year) : 0;
  const reason = failed ? `连续${years}年${failing.grade}` : `预备党员不足${probationary.below}分`;
  return tasks.map((task) =>
    line(
      '后续',
      names[task] ?? task,
      years === 1 ? `本年度${failing.grade}` : reason,
      failed ? failing.clause : probationary.clause,
    ),
  );
}

export function quotaLines(sheet: Sheet, settlement: Settlement): ExplainLine[] {
  const { quota } = settlement;
  if (!quota) return [];
  const { policy } = sheet.rules;
  const arithmetic = `${quota.base}×${policy.quota.percent}%→${quota.places}`;
  const lines = [line('优秀名额', arithmetic, '向下取整', policy.readingClauses.quotaBase)];
  if (quota.tied.length > 0)
    lines.push(line('优秀名额', '待定', `${quota.tied.join('、')}同分，由支委会决定`, policy.quota.clause));
  if (quota.overQuota.length > 0)
    lines.push(
      line(
        '优秀名额',
        '已满',
        `${quota.overQuota.join('、')}达到分数但没有名额`,
        policy.readingClauses.overQuota,
      ),
    );
  if (quota.needsTown) lines.push(line('优秀名额', '0', '须报镇组织办同意', policy.quota.clause));
  return lines;
}

export function blockedLines(sheet: Sheet, settlement: Settlement): ExplainLine[] {
  return settlement.blocked.map((month) =>
    line(
      '年度评定',
      '未完',
      `${month} 有岗位待评，须评分或由书记写明理由免评`,
      sheet.rules.policy.readingClauses.unscored,
    ),
  );
}
