/** `细则`: the town sets a reading or any figure of the policy, dated and with its minute, after seeing whom it would regrade (Q01–Q61). */
import { dateText } from '../../boards/wording.ts';
import { newMonth } from '../../ledger/empty-state.ts';
import { body } from '../../ledger/kinds.ts';
import { scoreBranch } from '../../ledger/sheet.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime, isDate, yearOf } from '../../scoring/calendar.ts';
import { overridePolicy, type Policy } from '../../scoring/policy.ts';
import { READING_NAMES, READINGS } from '../../scoring/readings.ts';
import type { YearMember } from '../../scoring/result.ts';
import { answer, type Command, type Outcome, type Request, refuse } from '../command.ts';
import type { Message } from '../language/message.ts';
import { plainRead, saidDay, textSlot } from '../month/said.ts';
import { dayAround } from '../people/person-slots.ts';
import type { Reading, Slots } from '../reading.ts';
import { readingNamed, saidReading, valueNamed, valuesText } from '../year/reading-words.ts';
import { inOffice, townPreview } from './where.ts';

/** Names said of one branch in a preview; the rest are counted. */
const MOST_NAMES = 8;

export const policyChange: Command = {
  name: 'policy-change',
  intent: 'none',
  words: ['细则', '改细则', '读法'],
  who: ['town', 'secretary', 'deputy'],
  where: ['town', 'private'],
  summary: '看现在的读法，或改读法、改细则数值：写明从哪天起、哪次会议定的；先给出会改变谁的等次',
  examples: ['细则', '细则 读法 加分计入方式=按月 自2027年1月1日 会议12月20日'],
  read: plainRead({ name: 'policy-change', words: [], slots: policySlots }),
  decide: changePolicy,
};

function policySlots(message: Message, rest: string): Slots | null {
  if (rest === '') return {};
  const json = message.text.match(/\{[\s\S]*\}/)?.[0];
  const words = json ? rest.replace(/\{[\s\S]*\}/, ' ') : rest;
  const since = /(?:自|从)\s*(.{4,14}?日|20\d\d-\d\d-\d\d)/.exec(words)?.[1];
  const meeting = /(?:会议|党委会?|研究)\s*[:：]?\s*(.*)$/.exec(words);
  const from = since ? dayAround(since, message.today) : null;
  const minute = meeting ? saidDay(meeting[1] ?? '', message.today) : null;
  const pairs = json
    ? []
    : [...words.matchAll(/([\p{Script=Han}A-Za-z\d]+)\s*[=＝]\s*([^\s,，;；]+)/gu)].map((m) => [
        m[1]!.replace(/^读法/, ''),
        m[2]!,
      ]);
  if (!json && pairs.length === 0 && !message.spokenTo) return null;
  return {
    ...(json ? { json } : {}),
    pairs,
    ...(from ? { from } : {}),
    ...(minute ? { minute } : {}),
    asked: true,
  };
}

/** The override that was said, or what is wrong with it. */
function overrideOf(
  reading: Reading,
): { readonly override: Record<string, unknown> } | { readonly problem: string } {
  const json = textSlot(reading, 'json');
  if (json) {
    try {
      const parsed: unknown = JSON.parse(json.replace(/[“”]/g, '"'));
      return typeof parsed === 'object' && parsed !== null
        ? { override: { ...parsed } }
        : { problem: '须为一个对象' };
    } catch {
      return { problem: '不是JSON' };
    }
  }
  const pairs = reading.slots['pairs'];
  const readings: Record<string, string> = {};
  for (const pair of Array.isArray(pairs) ? (pairs as [string, string][]) : []) {
    const name = readingNamed(pair[0]);
    if (!name) return { problem: `没有“${pair[0]}”这个读法` };
    const value = valueNamed(name, pair[1]);
    if (!value) return { problem: `${READINGS[name].title}只有：${valuesText(name)}` };
    readings[name] = value;
  }
  return Object.keys(readings).length > 0 ? { override: { readings } } : { problem: '没有写改什么' };
}

function changePolicy(request: Request, reading: Reading): Outcome {
  const { policy, at } = request;
  if (reading.slots['asked'] !== true) return { bodies: [], replies: [answer(inForce(policy))] };
  if (!request.speaker.roles.includes('town')) return refuse('policy-not-yours');
  // To look is private; to change is the town's, before the eyes of the office.
  if (request.place !== 'town') return refuse('wrong-place', { where: ['在镇组织办群里'] });
  const said = overrideOf(reading);
  if ('problem' in said) return refuse('policy-unclear', said);
  const laid = overridePolicy(policy, said.override);
  if (!laid.policy)
    return refuse('policy-unsound', { problems: laid.findings.map((f) => `${f.place}：${f.problem}`) });
  const from = textSlot(reading, 'from');
  const minute = textSlot(reading, 'minute');
  if (!from || !isDate(from) || !minute || !isDate(minute) || minute > dateOfTime(at))
    return refuse('policy-date');
  const what = whatChanges(said.override);
  if (!request.confirmed) {
    const year = yearOf(from) > yearOf(at) ? yearOf(at) : yearOf(from);
    const text = [
      `将改细则：${what}，自${dateText(from, true)}起，依据${dateText(minute, true)}会议。`,
      ...regraded(request, laid.policy, year),
    ].join('\n');
    return townPreview(request, reading, null, text, '确定');
  }
  return inOffice(
    request,
    [body('policy-set', { overrides: said.override, date: from, minute })],
    [answer(`已记：${what}，自${from}起（${minute}会议）。各支部书记发“细则”可以看到现在的读法。`)],
  );
}

function inForce(policy: Policy): string {
  const lines = READING_NAMES.map(
    (n) => `${READINGS[n].question} ${READINGS[n].title}：${saidReading(n, policy.readings[n])}`,
  );
  return [`细则 ${policy.version}，现在的读法：`, ...lines].join('\n');
}

function whatChanges(override: Record<string, unknown>): string {
  const { readings, ...rest } = override;
  const said = Object.entries((readings ?? {}) as Record<string, string>).map(([name, value]) => {
    const known = readingNamed(name);
    return known ? `${READINGS[known].title}＝${saidReading(known, value)}` : `${name}＝${value}`;
  });
  return [...said, ...Object.keys(rest).map((key) => `“${key}”`)].join('，');
}

/** Who would be graded otherwise, branch by branch: grades and stars, no scores. */
function regraded(request: Request, next: Policy, year: number): string[] {
  const changes = Object.values(request.town.branches).flatMap((branch) => {
    const names = regradedIn(branch, request.policy, next, year);
    return names.length === 0 ? [] : [{ branch, names }];
  });
  const count = changes.reduce((sum, c) => sum + c.names.length, 0);
  if (count === 0) return [`按${year}年到现在的积分试算，没有人的等次会变。`];
  return [
    `按${year}年到现在的积分试算，${changes.length}个支部${count}人的等次会变：`,
    ...changes.map(({ branch, names }) => {
      const more = names.length > MOST_NAMES ? `等${names.length}人` : '';
      return `${branch.name}：${names.slice(0, MOST_NAMES).join('、')}${more}`;
    }),
  ];
}

export function regradedIn(branch: BranchState, now: Policy, next: Policy, year: number): string[] {
  if (Object.keys(branch.people).length === 0) return [];
  const before = gradesSoFar(branch, now, year);
  const after = gradesSoFar(branch, next, year);
  return Object.entries(before).flatMap(([name, b]) => {
    const a = after[name];
    if (!a || (a.grade === b.grade && a.stars === b.stars)) return [];
    return [`${name}（${b.grade ?? '待定'}→${a.grade ?? '待定'}）`];
  });
}

/** The year as far as it is scored: months that still wait for scores are left out on both sides. */
function gradesSoFar(branch: BranchState, policy: Policy, year: number): Record<string, YearMember> {
  const first = scoreBranch(branch, policy, year, { year }).year;
  if (!first || first.blocked.length === 0) return first?.members ?? {};
  const months = { ...branch.months };
  for (const month of first.blocked) months[month] = { ...(months[month] ?? newMonth()), waived: '试算' };
  return scoreBranch({ ...branch, months }, policy, year, { year }).year?.members ?? {};
}
