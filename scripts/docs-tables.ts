/**
 * The parts of the documents that are made from the program itself: the table of commands, and what the policy says.
 * They stand between `<!-- generated: NAME -->` and `<!-- /generated -->`; a test fails where they are not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '../bot/policy-file.ts';
import type { Command } from '../commands/command.ts';
import type { Role } from '../commands/reading.ts';
import { commands } from '../commands/registry.ts';
import { ROLE_WORDS } from '../commands/wording.ts';
import type { Policy } from '../scoring/policy.ts';
import { READING_NAMES, READINGS, type ReadingName, readingValues } from '../scoring/readings.ts';

const DOCS = join(import.meta.dirname, '..', 'docs');
/** Documents with generated parts. */
const DOCUMENTS: readonly string[] = ['HANDBOOK.md'];

const PLACES: Readonly<Record<string, string>> = { group: '群里', private: '私聊', town: '镇组织办群' };

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string =>
    String(value).replaceAll('|', '\\|').replaceAll('\n', '<br>');
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Commands that anybody may say so that they are told who does it; these are the people who do. */
const DONE_BY: Readonly<Record<string, string>> = { score: '记录员；记录员本人的由书记或副书记记' };

function whoOf(command: Command): string {
  const done = DONE_BY[command.name];
  if (done !== undefined) return done;
  return command.who === 'anyone' ? '每位党员' : command.who.map((role) => ROLE_WORDS[role]).join('、');
}

function mayUse(command: Command, ...roles: readonly Role[]): boolean {
  if (command.who === 'anyone') return false;
  return command.who.some((role) => roles.includes(role));
}

/** Whose page of the handbook a command belongs on: the first of these who may use it. */
const PAGES: readonly (readonly [title: string, belongs: (command: Command) => boolean])[] = [
  ['每位党员', (c) => (c.who === 'anyone' || mayUse(c, 'member')) && DONE_BY[c.name] === undefined],
  ['积分记录员', (c) => mayUse(c, 'recorder') || DONE_BY[c.name] !== undefined],
  ['书记、副书记、支委', (c) => mayUse(c, 'secretary', 'deputy', 'committee')],
  ['监督员', (c) => mayUse(c, 'supervisor')],
  ['镇组织办', (c) => mayUse(c, 'town')],
];

function commandTable(): string {
  const left = new Set(commands);
  const parts = PAGES.map(([title, belongs]) => {
    const own = [...left].filter(belongs);
    for (const command of own) left.delete(command);
    if (own.length === 0) return '';
    const rows = own.map((c) => [
      c.summary,
      c.examples.map((e) => `“${e}”`).join('<br>'),
      whoOf(c),
      c.where.map((place) => PLACES[place] ?? place).join('、'),
    ]);
    return `**${title}**\n\n${table(['做什么', '可以这样说', '谁', '在哪里'], rows)}`;
  });
  if (left.size > 0) throw new Error(`on nobody's page: ${[...left].map((c) => c.name).join(', ')}`);
  return parts.filter((p) => p !== '').join('\n\n');
}

const MARKS: Readonly<Record<string, string>> = {
  absent: '无故缺席一次',
  late: '迟到一次',
  early: '早退一次',
  leave: '请假一次',
  short: '不足额',
  self: '本人违纪',
  family: '家庭成员违纪',
  petition: '煽动上访闹事',
};

function itemTable(policy: Policy): string {
  const rows = policy.items.map((item) => {
    const deductions = Object.entries(item.deductions).map(([key, points]) => {
      const mark = item.kind === 'dues' && key === 'late' ? '不按时一次' : (MARKS[key] ?? key);
      return `${mark} −${points}`;
    });
    return [item.name, item.points, deductions.join('；'), item.clause];
  });
  return table(['每月项目', '满分', '扣分', '依据'], rows);
}

function postTable(policy: Policy): string {
  const { commitment, performance, deed } = policy.service.parts;
  const parts = [commitment, performance, deed].map((p) => `${p.name} ${p.points}`).join(' ＋ ');
  const rows = policy.posts.map((post, i) => [
    i + 1,
    post.shortName,
    post.minimum === null
      ? '—'
      : `${post.minimum}次${post.activity === undefined ? '' : `（${post.activity}）`}`,
    post.eligibility.note ?? '都可以认领',
    post.clause,
  ]);
  return `每人认领${policy.service.postsPerMember}个岗位，每个岗位每月 ${parts}（${policy.service.clause}）。\n\n${table(['', '岗位', '每月至少', '谁认领', '依据'], rows)}`;
}

function bonusTable(policy: Policy): string {
  const rows = policy.bonus.items.map((item) => {
    const points =
      item.kind === 'award'
        ? item.levels.map((l) => `${l.name} ${l.points}`).join('、')
        : item.kind === 'pool'
          ? `一年合计最多 ${item.points}`
          : item.kind === 'festival'
            ? `${item.occasions.map((o) => o.name).join('、')}；${answered('festivals', policy.readings.festivals)}`
            : `支委会定 ${item.least}–${item.most}`;
    return [item.name, points, item.clause];
  });
  return `都要有会议记录；全年合计最多 ${policy.bonus.yearCap} 分。\n\n${table(['加分项', '分值', '依据'], rows)}`;
}

function bandTable(policy: Policy): string {
  const rows = policy.bands.map((band, i) => {
    const above = policy.bands[i - 1]?.from;
    const range =
      band.from === null
        ? `${above ?? ''}分以下`
        : above === undefined || above === null
          ? `${band.from}分以上（含）`
          : `${band.from}分（含）到${above}分`;
    return [range, band.grade, band.stars === 0 ? '无星' : '★'.repeat(band.stars)];
  });
  return `${table(['年度积分', '等次', '星级'], rows)}\n\n优秀一般不超过党员总数的 ${policy.quota.percent}%（${policy.quota.clause}）；公示不少于 ${policy.notice.days} 天（${policy.notice.clause}）。`;
}

/** What each answer to an open question means, in words for people. */
const ANSWERS: Readonly<Record<ReadingName, Readonly<Record<string, string>>>> = {
  cap: { month: '每月最多100', none: '不封顶', year: '只在年度封顶100' },
  bonus: { annual: '年度一次性加上', monthly: '计入当月再平均', carried: '以后每月都带着' },
  divisor: { 'in-scope': '按应参加的月数', twelve: '一律除以12' },
  unscored: { block: '评完才能算年度', zero: '按0分算' },
  exempt: { ungraded: '不定等次', graded: '照样定等次' },
  leave: { all: '请假都扣', 'sick-and-duty-waived': '病假、公假不扣' },
  lateAndEarly: { both: '两项都扣', once: '只扣一次' },
  combinedMeeting: { one: '只算一次会', both: '两类各算一次' },
  itemFloor: { zero: '扣到0为止', none: '可以扣成负数' },
  unpaidDues: { late: '按不按时扣', short: '按不足额扣' },
  sharedDeed: { 'one-post': '只算一个岗位', both: '两个岗位都算' },
  awards: { 'best-per-achievement': '同一事迹就高', 'best-of-year': '全年就高', sum: '累加' },
  festivals: { 'two-a-year': '全年一次2分', 'one-each': '每次1分', 'two-each': '每次2分' },
  mutual: { reference: '只作参考', weighted: '按七三加权' },
  noticeDays: { plain: '按自然日', 'skip-holidays': '节假日不算' },
  openObjection: { 'blocks-branch': '全支部等处理完', 'blocks-row': '只等那一位' },
  quotaBase: { all: '全体党员', graded: '定等次的党员', 'without-exempt': '不含不纳入管理的' },
  overQuota: { qualified: '定合格4星', excellent: '仍定优秀' },
  probationMonths: { count: '计入', drop: '不计入' },
  floatingOnSite: { excused: '保持联系就不扣', leave: '按请假', absent: '按缺席' },
};

function answered(name: ReadingName, value: string): string {
  const words = ANSWERS[name][value];
  if (words === undefined) throw new Error(`${name}.${value} is not put in words`);
  return `${words}（\`${value}\`）`;
}

function readingTable(policy: Policy): string {
  const rows = READING_NAMES.map((name) => {
    const chosen = policy.readings[name];
    const others = readingValues(name).filter((value) => value !== chosen);
    return [
      READINGS[name].question,
      `${READINGS[name].title}（\`${name}\`）`,
      answered(name, chosen),
      others.map((value) => answered(name, value)).join('；'),
      policy.readingClauses[name],
    ];
  });
  return table(['', '读法', '现在', '也可以', '依据'], rows);
}

/** Every generated part by its name. */
export function generatedParts(): Readonly<Record<string, string>> {
  const { policy } = loadPolicy();
  if (!policy) throw new Error('the standard policy does not load');
  return {
    commands: commandTable(),
    items: itemTable(policy),
    posts: postTable(policy),
    bonus: bonusTable(policy),
    bands: bandTable(policy),
    readings: readingTable(policy),
  };
}

const PART = /<!-- generated: ([\w-]+) -->[\s\S]*?<!-- \/generated -->/g;

/** A document's text with its generated parts as the program would write them now. */
export function refreshed(text: string): string {
  const parts = generatedParts();
  return text.replace(PART, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new Error(`nothing is generated under the name ${name}`);
    return `<!-- generated: ${name} -->\n\n${part}\n\n<!-- /generated -->`;
  });
}

/** Writes the generated parts anew; yields the documents that changed. */
export function refreshDocuments(): string[] {
  return DOCUMENTS.filter((name) => {
    const path = join(DOCS, name);
    const before = readFileSync(path, 'utf8');
    const after = refreshed(before);
    if (after !== before) writeFileSync(path, after);
    return after !== before;
  });
}
