/** Why a member's month is what it is: for every figure of the row the lines that made it, each with its clause. */
import { type Cell, type Mark, type MonthNumber, type PostScore, cellAt, monthText } from './books.ts';
import { type Credit, creditedIn } from './bonus.ts';
import { MARK_WORDS, dayWords, line, monthWords, said, sumWords } from './explain-words.ts';
import { bears, deduction, scoreUnits } from './month.ts';
import { type Units, toUnits } from './points.ts';
import type { ExplainLine, FigureLines } from './result.ts';
import type { Sheet } from './sheet.ts';

/** When a fact was, and when the committee dealt with it; empty where its kind does not say. */
function datesOf(sheet: Sheet, at: number): { day: string; month: string; minute: string } {
  const fact = sheet.books.facts[at]!;
  return {
    day: 'date' in fact ? dayWords(fact.date) : '',
    month: 'month' in fact ? monthWords(fact.month) : '',
    minute: 'minute' in fact ? dayWords(fact.minute) : '',
  };
}

export function explainRow(sheet: Sheet, member: number, month: MonthNumber): FigureLines {
  const { rules, books } = sheet;
  const { policy } = rules;
  const figures = sheet.month(member, month);
  const cell = cellAt(books, member, month);
  const lines: FigureLines = {};
  rules.items.forEach((item, i) => {
    lines[item.id] = itemLines(sheet, member, month, i);
  });
  lines['obligation'] = [
    line(policy.obligation.name, sumWords(figures.items, figures.obligation), '', policy.obligation.clause),
  ];
  for (const post of figures.posts) lines[policy.posts[post]!.id] = [postLine(sheet, cell, post)];
  lines['service'] = [serviceLine(sheet, figures.values, figures.scored, figures.pending)];
  const bonus = sheet.bonus(member, Math.floor(month / 12));
  const credits = bonus.credits.filter((c) => c.entry.month === month);
  const credited = creditedIn(bonus, month);
  lines['bonus'] =
    credits.length > 0
      ? credits.map((c) => creditLine(sheet, c))
      : [line(policy.bonus.name, '0', '本月没有加分', policy.bonus.clause)];
  if (figures.pending > 0) {
    const words = line('合计', '待评', '岗位评分后才能合计', policy.caps.clause);
    return { ...lines, uncapped: [words], total: [words] };
  }
  const uncapped = figures.obligation + figures.scored + credited;
  const sum = sumWords([figures.obligation, figures.scored, credited], uncapped);
  lines['uncapped'] = [line('合计', sum, '', policy.caps.clause)];
  const capped = rules.readings.cap === 'month' && uncapped > rules.monthCap;
  lines['total'] = capped
    ? [
        ...lines['uncapped'],
        line('合计', said(rules.monthCap), `每月最高${said(rules.monthCap)}分`, policy.readingClauses.cap),
      ]
    : lines['uncapped'];
  return lines;
}

function itemLines(sheet: Sheet, member: number, month: MonthNumber, item: number): ExplainLine[] {
  const { rules, books } = sheet;
  const { name, clause } = rules.policy.items[item]!;
  const cell = cellAt(books, member, month);
  const excusable = books.members[member]!.floating && (cell?.contact ?? false);
  let left = rules.items[item]!.full;
  const lines: ExplainLine[] = [];
  for (const mark of cell?.marks ?? []) {
    if (!bears(rules, mark, item)) continue;
    const taken = deduction(rules, mark.kind, item, excusable);
    const after = left - taken;
    const floored = after < 0 && rules.readings.itemFloor === 'zero' ? 0 : after;
    const arithmetic = `${said(left)}−${said(taken)}=${said(floored)}`;
    const reason = `${markWords(sheet, mark, item)}${taken === 0 ? '，按规定不扣' : ''}${floored === after ? '' : '，扣完为止'}`;
    lines.push(line(name, arithmetic, reason, clause, mark.fact));
    left = floored;
  }
  if (lines.length === 0) lines.push(line(name, said(left), '没有扣分', clause));
  const final = cell?.finals?.findLast((f) => f.item === item);
  if (final) lines.push(line(name, said(final.points), finalWords(sheet, final.fact), clause, final.fact));
  return lines;
}

function markWords(sheet: Sheet, mark: Mark, item: number): string {
  const { day, month, minute } = datesOf(sheet, mark.fact);
  const of = sheet.rules.policy.items[item]!;
  const words = MARK_WORDS[mark.kind];
  if (of.kind === 'attendance') return `${day}${of.event}${words}`;
  if (of.kind === 'dues') return `${month}${words}`;
  return `${day}${words}（支委会${minute}认定）`;
}

function finalWords(sheet: Sheet, fact: number): string {
  return `支委会${datesOf(sheet, fact).minute}核定`;
}

function postLine(sheet: Sheet, cell: Cell | undefined, post: number): ExplainLine {
  const { rules } = sheet;
  const { service, posts } = rules.policy;
  const { shortName, clause } = posts[post]!;
  const final = cell?.finals?.findLast((f) => f.post === post);
  if (final) return line(shortName, said(final.points), finalWords(sheet, final.fact), clause, final.fact);
  const score = cell?.scores?.find((s) => s.post === post);
  if (!score) return line(shortName, '待评', '还没有评分', service.clause);
  const total = scoreUnits(rules, score);
  if (!score.split) return line(shortName, said(total), '只评了总分，未分项', service.clause, score.fact);
  return partsLine(sheet, shortName, score, total);
}

function partsLine(sheet: Sheet, shortName: string, score: PostScore, total: Units): ExplainLine {
  const { parts, clause } = sheet.rules.policy.service;
  const deed = total - score.rest;
  const fact = sheet.books.facts[score.fact]!;
  const commitment = fact.type === 'post-score' ? toUnits(fact.commitment ?? 0) : 0;
  const terms = [commitment, score.rest - commitment, deed];
  const repeated = deed !== score.deed ? '（这件实事已在别处计过，计0）' : '';
  const reason = `${parts.commitment.name}${said(terms[0]!)}、${parts.performance.name}${said(terms[1]!)}、${parts.deed.name}${said(deed)}${repeated}`;
  return line(shortName, sumWords(terms, total), reason, clause, score.fact);
}

function serviceLine(
  sheet: Sheet,
  values: readonly (Units | null)[],
  scored: Units,
  pending: number,
): ExplainLine {
  const { name, clause } = sheet.rules.policy.service;
  if (values.length === 0) return line(name, '0', '没有认领岗位', clause);
  if (pending > 0) return line(name, '待评', `${pending}个岗位还没有评分`, clause);
  const terms = values.flatMap((v) => (v === null ? [] : [v]));
  return line(name, sumWords(terms, scored), '', clause);
}

/** What a bonus gave, and where the rest of the claim went. */
export function creditLine(sheet: Sheet, credit: Credit): ExplainLine {
  const { policy } = sheet.rules;
  const { entry, claimed, allowed, credited } = credit;
  const item = sheet.rules.bonusItems.get(entry.item)!;
  const { day, minute } = datesOf(sheet, entry.fact);
  const detail =
    item.kind === 'award'
      ? item.levels.find((l) => l.id === entry.level)!.name
      : item.kind === 'festival'
        ? item.occasions.find((o) => o.id === entry.occasion)!.name
        : '';
  const cut: string[] = [];
  if (allowed < claimed) cut.push(item.kind === 'award' ? '同一事迹就高不重复' : '本项全年已满');
  if (credited < allowed) cut.push(`全年加分最高${said(toUnits(policy.bonus.yearCap))}分`);
  const less = cut.length > 0 ? `，申报${said(claimed)}，计${said(credited)}：${cut.join('，')}` : '';
  const reason = `${day}${detail}${item.name}（支委会${minute}）${less}`;
  return line(policy.bonus.name, `+${said(credited)}`, reason, item.clause, entry.fact);
}

/** A month as people say it in a year's lines. */
export function yearMonthWords(month: MonthNumber): string {
  return monthWords(monthText(month));
}
