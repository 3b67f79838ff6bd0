/**
 * Reading the facts of a case into the books. Each kind of fact has one reader and one list of fields; a mistake is
 * reported and the reading goes on. This is the hot loop of a town-year: places are worded only where something is
 * wrong, and nothing is allocated for a fact that changes nothing.
 */
import { type Final, type Mark, type PostScore, dayNumber, monthNumber } from './books.ts';
import {
  type Draft,
  type Raw,
  checkFields,
  counts,
  isRaw,
  openCell,
  readDay,
  readFlag,
  readMonth,
  readUnits,
  readWord,
  say,
  show,
} from './draft.ts';
import { readMeeting } from './read-meeting.ts';
import { readBonus } from './read-bonus.ts';
import { readName } from './read-members.ts';
import { MARK, type MarkKind } from './rules.ts';

interface Kind {
  readonly fields: ReadonlySet<string>;
  readonly read: (draft: Draft, fact: Raw, i: number) => void;
}

const kind = (fields: string, read: Kind['read']): Kind => ({
  fields: new Set(['type', ...fields.split(' ')]),
  read,
});

const KINDS = new Map<unknown, Kind>([
  ['meeting', kind('date category also absent late early leave away', readMeeting)],
  ['dues', kind('name month status', readDues)],
  ['contact', kind('name date', readContact)],
  ['conduct', kind('name date kind minute', readConduct)],
  ['claim', kind('name post from until', readClaim)],
  ['report', kind('name post date verified deed', readReport)],
  ['post-score', kind('name month post commitment performance deed total deedId', readPostScore)],
  ['bonus', kind('name date item level achievement points occasion minute', readBonus)],
  ['final', kind('name month item points minute', readFinal)],
  ['waive', kind('month reason', readWaive)],
  ['year-zero', kind('name date minute', readYearZero)],
]);

export function readFacts(draft: Draft, facts: readonly unknown[]): void {
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i];
    if (!isRaw(fact)) {
      say(draft, `facts[${i}]`, `须为一个对象，现为 ${show(fact)}`);
      continue;
    }
    const of = KINDS.get(fact['type']);
    if (!of) {
      say(draft, `facts[${i}].type`, `不认识 ${show(fact['type'])}`, `可用：${[...KINDS.keys()].join('、')}`);
      continue;
    }
    checkFields(draft, fact, of.fields, i);
    of.read(draft, fact, i);
  }
}

/** A member by name, or -1 after a finding: the common way, which words no place. */
function who(draft: Draft, fact: Raw, i: number): number {
  const member = draft.byName.get(fact['name']);
  return member ?? readName(draft, fact['name'], `facts[${i}].name`);
}

function when(draft: Draft, fact: Raw, i: number): number {
  const day = dayNumber(fact['date']);
  return day >= 0 ? day : readDay(draft, fact['date'], `facts[${i}].date`);
}

function whichMonth(draft: Draft, fact: Raw, i: number): number {
  const month = monthNumber(fact['month']);
  return month >= 0 ? month : readMonth(draft, fact['month'], `facts[${i}].month`);
}

function whichPost(draft: Draft, fact: Raw, i: number): number {
  const post = draft.rules.postIndex.get(fact['post']);
  if (post !== undefined) return post;
  say(draft, `facts[${i}].post`, `细则中没有岗位 ${show(fact['post'])}`, postNames(draft));
  return -1;
}

function postNames(draft: Draft): string {
  return `可用：${draft.rules.policy.posts.map((p) => p.id).join('、')}`;
}

const DUES = ['paid', 'prepaid', 'late', 'short', 'late-short', 'unpaid'] as const;
const DUES_MARK: Readonly<Record<(typeof DUES)[number], MarkKind | null>> = {
  paid: null,
  prepaid: null,
  late: MARK.duesLate,
  short: MARK.duesShort,
  'late-short': MARK.duesLateShort,
  unpaid: MARK.duesUnpaid,
};

function readDues(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  const month = whichMonth(draft, fact, i);
  const status = readWord(draft, fact['status'], DUES, `facts[${i}].status`);
  if (member < 0 || month < 0) return;
  const cell = openCell(draft, member, month);
  if (cell.dues >= 0)
    say(
      draft,
      `facts[${i}]`,
      `${show(fact['name'])} ${show(fact['month'])} 的党费已有一条（facts[${cell.dues}]）`,
      '只留一条',
    );
  else cell.dues = i;
  if (!counts(draft, member, month, i) || status === undefined) return;
  const mark = DUES_MARK[status];
  if (mark !== null && draft.rules.duesItem >= 0)
    (cell.marks ??= []).push({ kind: mark, item: draft.rules.duesItem, also: -1, fact: i });
}

function readContact(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  const day = when(draft, fact, i);
  if (member >= 0 && day >= 0 && counts(draft, member, day >> 5, i))
    openCell(draft, member, day >> 5).contact = true;
}

function readConduct(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  const day = when(draft, fact, i);
  const of = readWord(draft, fact['kind'], ['self', 'family', 'petition'], `facts[${i}].kind`);
  readDay(draft, fact['minute'], `facts[${i}].minute`);
  if (member < 0 || day < 0 || of === undefined || !counts(draft, member, day >> 5, i)) return;
  const item = draft.rules.conductItem;
  const mark: Mark = { kind: MARK[of], item, also: -1, fact: i };
  if (item >= 0) (openCell(draft, member, day >> 5).marks ??= []).push(mark);
}

function readClaim(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  const post = whichPost(draft, fact, i);
  const from = readMonth(draft, fact['from'], `facts[${i}].from`);
  const until = readMonth(draft, fact['until'], `facts[${i}].until`, Number.POSITIVE_INFINITY);
  if (until >= 0 && until < from) say(draft, `facts[${i}].until`, `早于 from ${show(fact['from'])}`);
  if (member >= 0 && post >= 0 && from >= 0 && until >= from)
    draft.claims[member]!.push({ post, from, until, fact: i });
}

/** A report is worth nothing by itself: it feeds the suggestion (R23). Here it is only checked. */
function readReport(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  whichPost(draft, fact, i);
  const day = when(draft, fact, i);
  if (typeof fact['verified'] !== 'boolean') readFlag(draft, fact['verified'], `facts[${i}].verified`);
  if (typeof fact['deed'] !== 'boolean') readFlag(draft, fact['deed'], `facts[${i}].deed`);
  if (member >= 0 && day >= 0) counts(draft, member, day >> 5, i);
}

function readPostScore(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  const month = whichMonth(draft, fact, i);
  const post = whichPost(draft, fact, i);
  const split = fact['total'] === undefined || fact['total'] === null;
  const { partMax, postMax } = draft.rules;
  let rest: number;
  let deed = 0;
  if (split) {
    rest =
      part(draft, fact, i, 'commitment', partMax.commitment) +
      part(draft, fact, i, 'performance', partMax.performance);
    deed = part(draft, fact, i, 'deed', partMax.deed);
  } else {
    rest = part(draft, fact, i, 'total', postMax);
    for (const key of ['commitment', 'performance', 'deed'])
      if (fact[key] !== undefined && fact[key] !== null)
        say(draft, `facts[${i}].${key}`, '已写 total，不能再写各项', '留三项或只留 total');
  }
  const deedId = readText(draft, fact['deedId'], `facts[${i}].deedId`);
  if (member < 0 || month < 0 || post < 0) return;
  const score: PostScore = { member, month, post, rest, deed, split, repeated: false, fact: i };
  const scores = (openCell(draft, member, month).scores ??= []);
  for (const other of scores)
    if (other.post === post)
      say(
        draft,
        `facts[${i}]`,
        `${show(fact['name'])} ${show(fact['month'])} ${show(fact['post'])} 已有一条分（facts[${other.fact}]）`,
        '只留一条；改分用 final',
      );
  scores.push(score);
  draft.scores.push(score);
  if (counts(draft, member, month, i) && deedId !== null) draft.deeds.push({ score, deedId });
}

function part(draft: Draft, fact: Raw, i: number, key: string, most: number): number {
  const value = fact[key];
  // Whole numbers in range are nearly all there is; everything else takes the careful way.
  if (typeof value === 'number' && value >= 0 && value <= most && Number.isInteger(value)) return value * 100;
  if (value === undefined || value === null) {
    say(draft, `facts[${i}].${key}`, '缺', '写全 commitment、performance、deed 三项，或只写 total');
    return Number.NaN;
  }
  return readUnits(draft, value, 0, most, 1, `facts[${i}].${key}`);
}

function readText(draft: Draft, value: unknown, place: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value !== '') return value;
  say(draft, place, `须为文字，现为 ${show(value)}`);
  return null;
}

function readFinal(draft: Draft, fact: Raw, i: number): void {
  const { rules } = draft;
  const member = who(draft, fact, i);
  const month = whichMonth(draft, fact, i);
  const item = rules.itemIndex.get(fact['item']) ?? -1;
  const post = rules.postIndex.get(fact['item']) ?? -1;
  if (item < 0 && post < 0)
    say(
      draft,
      `facts[${i}].item`,
      `细则中没有项目或岗位 ${show(fact['item'])}`,
      `项目：${rules.items.map((x) => x.id).join('、')}；岗位${postNames(draft)}`,
    );
  const most = item >= 0 ? rules.policy.items[item]!.points : rules.postMax;
  const points = readUnits(draft, fact['points'], 0, most, 1, `facts[${i}].points`);
  readDay(draft, fact['minute'], `facts[${i}].minute`);
  if (member < 0 || month < 0 || (item < 0 && post < 0)) return;
  const final: Final = { member, month, item, post, points, fact: i };
  draft.finals.push(final);
  if (counts(draft, member, month, i)) (openCell(draft, member, month).finals ??= []).push(final);
}

function readWaive(draft: Draft, fact: Raw, i: number): void {
  const month = whichMonth(draft, fact, i);
  if (readText(draft, fact['reason'], `facts[${i}].reason`) === null && (fact['reason'] ?? null) === null)
    say(draft, `facts[${i}].reason`, '免评须写理由');
  if (month >= 0 && !draft.waived.has(month)) draft.waived.set(month, i);
}

/** Year zero is about the year, not a month: it holds wherever in the year its day lies (R35). */
function readYearZero(draft: Draft, fact: Raw, i: number): void {
  const member = who(draft, fact, i);
  const day = when(draft, fact, i);
  readDay(draft, fact['minute'], `facts[${i}].minute`);
  if (member >= 0 && day >= 0) draft.zeros[member]!.push({ year: Math.floor((day >> 5) / 12), fact: i });
}
