/**
 * A town's year in chat, from a seed: `tsx scripts/simulate-town.ts [--branches 56] [--members 45] [--seed 1] [--data DIR] [--json]`.
 * Everything but the rosters is said by somebody in a group, in private or in the town's room; ends in closed years,
 * whose check equations are looked at, and in a verified ledger. Exit 1 where anything does not hold.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { readPolicyFiles } from '../bot/cli/input.ts';
import { boardCheck } from '../bot/board-check.ts';
import { ledgerFolder, openTownStore, townFold, upgradeEntry } from '../bot/town-store.ts';
import { realIO } from '../storage/io.ts';
import { verifyJournal } from '../storage/verify.ts';
import type { Entry } from '../ledger/entry.ts';
import { canonicalJson } from '../boards/fingerprint.ts';
import { reviewProblems } from '../boards/year-forms.ts';
import { yearReview } from '../commands/town/review.ts';
import { standingBoard } from '../ledger/stage.ts';
import type { TownState } from '../ledger/state.ts';
import { inScope } from '../ledger/case.ts';
import { postsIn } from '../ledger/fold/people.ts';
import { addMonths, type IsoMonth, lastDay, monthsOfYear } from '../scoring/calendar.ts';
import { chances, namer, POSTS, type Villager, villagers, VILLAGES } from './simulated-people.ts';
import { openTownChat, type Told, type TownChat } from './town-chat.ts';

const YEAR = 2026;

export interface Figures {
  readonly branches: number;
  readonly members: number;
  readonly messages: number;
  readonly entries: number;
  /** Milliseconds for the year, without the verification at its end. */
  readonly wall: number;
  /** Processor time of the process for the same, which a busy machine does not blur; milliseconds. */
  readonly cpu: number;
  /** Peak resident memory of the process, MiB. */
  readonly memory: number;
  readonly closed: number;
  readonly problems: readonly string[];
  readonly seconds: Readonly<Record<string, number>>;
}

interface Village {
  readonly name: string;
  /** Chances of this village alone, so that villages may speak at the same time and a seed still says it all. */
  readonly random: () => number;
  people: Villager[];
  /** Who holds which office; the recorder may change. */
  readonly secretary: string;
  readonly deputy: string;
  recorder: string;
}

interface Town {
  readonly chat: TownChat;
  readonly villages: readonly Village[];
  readonly newName: () => string;
}

const words = (told: readonly Told[]): string => told.map((t) => t.text).join('\n');

/** What was said must be heard; anything else is a fault of the simulation or of the bot, and stops it. */
async function must(said: Promise<readonly Told[]>, expected: RegExp, what: string): Promise<string> {
  const heard = words(await said);
  if (!expected.test(heard)) throw new Error(`${what}: expected ${String(expected)}, heard:\n${heard}`);
  return heard;
}

/** Villages speak at the same time, as they do; each of them says one thing after the other. */
async function each(
  villages: readonly Village[],
  work: (village: Village, index: number) => Promise<void>,
): Promise<void> {
  await Promise.all(villages.map(work));
}

const dayText = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
const monthName = (month: IsoMonth): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

async function found(chat: TownChat, count: number, size: number, random: () => number): Promise<Town> {
  const newName = namer(random);
  const villages = VILLAGES.slice(0, count).map((name): Village => {
    const people = villagers(size, newName, random);
    const own = chances(Math.floor(random() * 2 ** 32));
    return {
      name,
      random: own,
      people,
      secretary: people[0]!.name,
      deputy: people[1]!.name,
      recorder: people[2]!.name,
    };
  });
  await chat.office(`登记支部 ${villages.map((v) => v.name).join('、')}`);
  await must(chat.office('登记'), /已登记/, 'registering');
  for (const v of villages) await chat.bringIn(v.name, v.people);
  const codes = await must(chat.office('绑定码 全部'), /绑定/, 'codes');
  for (const v of villages) {
    const code = new RegExp(`${v.name}：(绑定 \\S{6})`).exec(codes)?.[1] ?? '';
    await must(chat.group(v.name, v.secretary, code), /已绑定/, `binding ${v.name}`);
  }
  return { chat, villages, newName };
}

/** Members of a village who are scored in a month. */
function scoredIn({ chat }: Town, v: Village, month: IsoMonth): Villager[] {
  const { people } = chat.state(v.name);
  return v.people.filter((p) => people[p.name] && inScope(people[p.name]!, month));
}

/** What members did: reported in the group, verified by the recorder. */
async function reports(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  for (const day of [6, 13, 24]) {
    const date = `${month}-${String(day).padStart(2, '0')}`;
    await chat.at(`${date}T19:30:00`);
    await each(town.villages, async (v) => {
      const first = chat.state(v.name).nextReport;
      for (const p of scoredIn(town, v, month)) {
        const doing = POSTS.find((post) => p.posts.includes(post.id) && post.doing)?.doing;
        if (doing && v.random() < p.zeal * 0.7)
          await chat.group(v.name, p.name, `${doing} ${dayText(date)} ${p.group ?? ''}`);
      }
      const { reports: all, nextReport } = chat.state(v.name);
      const numbers = Array.from({ length: nextReport - first }, (_, i) => first + i);
      const mine = numbers.filter((n) => !all[n]?.names.includes(v.recorder));
      const own = numbers.filter((n) => all[n]?.names.includes(v.recorder));
      if (mine.length > 0)
        await must(chat.whisper(v.recorder, `核实 ${mine.join(' ')}`), /已核实/, `verifying ${v.name}`);
      if (own.length > 0) await chat.whisper(v.secretary, `核实 ${own.join(' ')}`);
    });
  }
}

async function meeting(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  const date = `${month}-15`;
  await chat.at(`${date}T10:30:00`);
  await each(town.villages, async (v) => {
    const here = scoredIn(town, v, month).filter((p) => p.name !== v.recorder && p.name !== v.secretary);
    const absent = here.filter((p) => v.random() < (1 - p.zeal) * 0.15).map((p) => p.name);
    const late = here.filter((p) => !absent.includes(p.name) && v.random() < 0.03).map((p) => p.name);
    const lines = [`考勤 ${dayText(date)}主题党日`];
    if (late.length > 0) lines.push(`迟到：${late.join('、')}`);
    if (absent.length > 0) lines.push(`缺席：${absent.join('、')}`);
    await must(
      chat.whisper(v.recorder, [...lines, '其他都到'].join('\n')),
      /已记|登记/,
      `attendance ${v.name}`,
    );
    const unpaid = here.find(() => v.random() < 0.01);
    await chat.whisper(
      v.recorder,
      `${Number(month.slice(5))}月党费都交了${unpaid ? `，${unpaid.name}没按时交` : ''}`,
    );
  });
}

function scoreLine(town: Town, v: Village, name: string, month: IsoMonth, zeal: number): string {
  const person = town.chat.state(v.name).people[name];
  const part = (): number => Math.max(0, Math.min(10, Math.round(zeal * 8 + 2 + v.random() * 3 - 1.5)));
  const posts = (person ? postsIn(person, month) : []).map((id) => {
    const post = POSTS.find((p) => p.id === id);
    return `${post?.title ?? id} 10 ${part()} ${part()}`;
  });
  return posts.length === 0 ? '' : `${name} ${posts.join('，')}`;
}

/** The recorder scores everybody else, the secretary the recorder, the deputy the secretary. */
async function scores(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${lastDay(month)}T19:00:00`);
  await each(town.villages, async (v) => {
    const line = (p: Villager): string => scoreLine(town, v, p.name, month, p.zeal);
    const of = (name: string): string =>
      scoredIn(town, v, month)
        .filter((p) => p.name === name)
        .map(line)
        .join('');
    const others = scoredIn(town, v, month).filter((p) => p.name !== v.recorder && p.name !== v.secretary);
    const lines = others.map(line).filter((l) => l !== '');
    for (let i = 0; i < lines.length; i += 15)
      await must(
        chat.whisper(v.recorder, `打分 ${monthName(month)}\n${lines.slice(i, i + 15).join('\n')}`),
        /已记/,
        `scores ${v.name}`,
      );
    await chat.whisper(v.secretary, `打分 ${monthName(month)}\n${of(v.recorder)}`);
    await chat.whisper(v.deputy, `打分 ${monthName(month)}\n${of(v.secretary)}`);
  });
}

/** Published, answered by most, objected to by a few, closed by the clock, received by the town. */
async function board(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  const next = addMonths(month, 1);
  await chat.at(`${next}-02T09:00:00`);
  await each(town.villages, async (v) => {
    await must(chat.whisper(v.secretary, `发布 ${monthName(month)}`), /将发布/, `preview ${v.name} ${month}`);
    await must(chat.whisper(v.secretary, '发布'), /公示榜/, `publishing ${v.name} ${month}`);
  });
  await chat.at(`${next}-02T19:00:00`);
  await each(town.villages, async (v) => {
    for (const p of scoredIn(town, v, month)) {
      if (v.random() < 0.004) await objectAndRule(town, v, p.name, month);
      if (v.random() < 0.92) await chat.group(v.name, p.name, '确认');
    }
  });
  await chat.at(`${next}-11T10:00:00`);
  for (const v of town.villages) {
    if (!chat.state(v.name).months[month]?.filed) {
      await must(chat.whisper(v.secretary, `备案 ${monthName(month)}`), /将把/, `filing ${v.name} ${month}`);
      await must(chat.whisper(v.secretary, '备案'), /已报/, `filing ${v.name} ${month}`);
    }
    await must(chat.office(`${v.name} ${monthName(month)}备案收到`), /已收/, `receipt ${v.name} ${month}`);
  }
}

async function objectAndRule({ chat }: Town, v: Village, name: string, month: IsoMonth): Promise<void> {
  const number = chat.state(v.name).nextTicket;
  await chat.group(v.name, name, `异议 我${dayText(`${month}-15`)}主题党日到了，怎么没记上`);
  if (chat.state(v.name).nextTicket === number) return;
  const judge = name === v.secretary ? v.deputy : v.secretary;
  await must(chat.whisper(judge, `裁定 ${number} 不采纳 已核对签到表`), /将裁定/, `ruling ${v.name}`);
  await chat.whisper(judge, '确定');
}

/** Somebody new: named by the secretary, then known by an account, then with posts of their own. */
async function arrivals(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${month}-02T08:30:00`);
  await each(town.villages, async (v) => {
    const name = town.newName();
    await must(
      chat.whisper(v.secretary, `新增党员 ${name} ${dayText(`${month}-01`)} 二组`),
      /将登记/,
      `joining ${v.name}`,
    );
    await must(chat.whisper(v.secretary, '登记'), /已登记/, `joining ${v.name}`);
    await chat.group(v.name, name, '大家好', true);
    await must(chat.whisper(v.recorder, `绑定 ${name}`), /绑定/, `account ${v.name}`);
    await must(chat.whisper(name, '认领 治安巡逻 环境卫生'), /认领|岗/, `claim ${v.name}`);
    await must(chat.whisper(v.secretary, `同意认领 ${name}`), /已定/, `claim ${v.name}`);
    v.people.push({ name, posts: ['security-patrol', 'sanitation'], group: '二组', zeal: 0.8 });
  });
}

/** One member of every village goes to the next one. */
async function transfers(town: Town, month: IsoMonth): Promise<string[]> {
  const { chat, villages } = town;
  if (villages.length < 2) return [];
  // On the last day: the old branch scores the month while the member is still on its roster.
  const date = lastDay(month);
  await chat.at(`${date}T09:00:00`);
  const moved: string[] = [];
  for (const [i, v] of villages.entries()) {
    const to = villages[(i + 1) % villages.length]!;
    const who = v.people[7]!;
    const shown = await must(
      chat.office(`转接 ${who.name} 从${v.name}到${to.name} ${dayText(date)}`),
      /回复“(转接 \S+)”/,
      'transfer',
    );
    await must(chat.office(/回复“(转接 \S+?)”/.exec(shown)![1]!), /已登记/, 'transfer');
    moved.push(who.name);
    await must(chat.whisper(who.name, '认领 治安巡逻 环境卫生'), /认领|岗/, `claim ${who.name}`);
  }
  for (const [i, v] of villages.entries()) {
    const to = villages[(i + 1) % villages.length]!;
    const who = v.people[7]!;
    await chat.whisper(to.secretary, `同意认领 ${who.name}`);
    to.people = [...to.people, { ...who, posts: ['security-patrol', 'sanitation'] }];
  }
  return moved;
}

async function exemptions(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${month}-10T09:00:00`);
  await each(town.villages, async (v) => {
    const old = v.people[9]!.name;
    await must(
      chat.group(v.name, v.people[10]!.name, `申请不纳入 ${old} 年老体弱`, true),
      /私下/,
      `exemption ${v.name}`,
    );
    await must(
      chat.whisper(v.secretary, `同意不纳入 ${old} 支委会${dayText(`${month}-09`)}`),
      /报镇/,
      `exemption ${v.name}`,
    );
    await must(chat.office(`不纳入备案 ${v.name} ${old}`), /已备案/, `exemption ${v.name}`);
  });
}

async function officesAndStatus(town: Town, month: IsoMonth): Promise<void> {
  const { chat } = town;
  await chat.at(`${month}-18T09:00:00`);
  await each(town.villages, async (v, i) => {
    const young = v.people.find((p) => p.status === 'probationary')!.name;
    await chat.whisper(v.secretary, `转正 ${young} ${dayText(`${month}-17`)}`);
    await must(chat.whisper(v.secretary, '登记'), /正式党员/, `full ${v.name}`);
    if (i % 4 !== 0) return;
    const next = v.people[4]!.name;
    await chat.whisper(v.secretary, `任命 ${next} 记录员 ${dayText(`${month}-18`)}起`);
    await must(chat.whisper(v.secretary, '任命'), /已登记/, `recorder ${v.name}`);
    v.recorder = next;
  });
}

/** January: decided, reviewed, published, answered, closed. */
async function settle(town: Town): Promise<void> {
  const { chat } = town;
  const next = YEAR + 1;
  await chat.at(`${next}-01-13T09:00:00`);
  await each(town.villages, async (v) => {
    const decision = `年度评定 ${YEAR}年 会议1月12日 全部按测算。民主评议：其余合格`;
    let heard = words(await chat.whisper(v.secretary, decision));
    const tie = /并列定([^”]+)”/.exec(heard)?.[1];
    if (tie)
      heard = words(
        await chat.whisper(
          v.secretary,
          `年度评定 ${YEAR}年 会议1月12日 并列定${tie}；其余按测算。民主评议：其余合格`,
        ),
      );
    if (!heard.includes('将按支委会')) throw new Error(`deciding ${v.name}: ${heard}`);
    await must(chat.whisper(v.secretary, '确定'), /已记/, `deciding ${v.name}`);
    await chat.whisper(v.secretary, '年度上报');
    await must(chat.whisper(v.secretary, '上报'), /已报/, `submitting ${v.name}`);
  });
  for (const v of town.villages) {
    const shown = await must(chat.office(`年度通过 ${v.name}`), /将通过/, `passing ${v.name}`);
    await must(chat.office(/回复“(通过[^”]*)”/.exec(shown)![1]!), /已通过/, `passing ${v.name}`);
  }
  await chat.at(`${next}-01-14T09:00:00`);
  await each(town.villages, async (v) => {
    await chat.whisper(v.secretary, '年度公示');
    await must(chat.whisper(v.secretary, '公示'), /公示榜|年度/, `publishing ${v.name}`);
  });
  await chat.at(`${next}-01-14T19:00:00`);
  await each(town.villages, async (v) => {
    const rows = chat.state(v.name).years[YEAR]?.boards.at(-1)?.rows ?? [];
    for (const row of rows) if (v.random() < 0.9) await chat.group(v.name, row.name, '确认年度');
    const objector = rows.at(-1)!.name;
    const number = chat.state(v.name).nextTicket;
    await chat.group(v.name, objector, '年度异议 月均算得不对');
    await chat.whisper(v.secretary, `裁定 ${number} 不采纳 逐月核对无误`);
    await must(chat.whisper(v.secretary, '确定'), /已裁定/, `ruling ${v.name}`);
  });
  await chat.at(`${next}-01-23T09:00:00`);
  await each(town.villages, async (v) => {
    if (chat.state(v.name).years[YEAR]?.stage === 'closed') return;
    await must(chat.whisper(v.secretary, '年度办结'), /将办结/, `closing ${v.name}`);
    await must(chat.whisper(v.secretary, '办结'), /已办结/, `closing ${v.name}`);
  });
}

/** Each branch's state as a hash, so that two whole towns need not be in memory as text. */
function digests(town: TownState): Record<string, string> {
  return Object.fromEntries(
    Object.entries(town.branches).map(([id, b]) => [
      id,
      createHash('sha256').update(canonicalJson(b)).digest('hex'),
    ]),
  );
}

/** What does not hold of the closed years and of the ledger; empty = everything does. */
async function problemsOf(town: Town, folder: string): Promise<string[]> {
  const policy = readPolicyFiles();
  const live = town.chat.store.state();
  const view = yearReview(live, policy, YEAR, town.chat.now());
  const problems = view.rows.flatMap((row) => reviewProblems(row).map((p) => `${row.branch}: ${p}`));
  for (const row of view.rows)
    if (row.others > 0) problems.push(`${row.branch}: ${row.others} without a grade or a reason`);
  for (const v of town.villages) {
    const state = town.chat.state(v.name);
    if (state.years[YEAR]?.stage !== 'closed')
      problems.push(`${v.name}: ${state.years[YEAR]?.stage ?? 'open'}`);
    const unboarded = monthsOfYear(YEAR).filter((m) => !standingBoard(state.months[m]));
    if (unboarded.length > 0) problems.push(`${v.name}: no board for ${unboarded.join(' ')}`);
  }
  const before = digests(live);
  await town.chat.store.close();
  let read = townFold.initial();
  const fold = {
    ...townFold,
    apply: (state: TownState, entry: Entry) => (read = townFold.apply(state, entry)),
  };
  const { findings } = await verifyJournal({
    io: realIO,
    folder,
    fold,
    upgrade: upgradeEntry,
    checkBoards: boardCheck(policy),
  });
  problems.push(...findings.map((f) => `verify: ${f.place} ${f.problem}`));
  for (const [branch, digest] of Object.entries(digests(read)))
    if (digest !== before[branch])
      problems.push(`verify: the ledger of ${branch} read back gives another branch`);
  return problems;
}

export async function simulate(options: {
  branches: number;
  members: number;
  seed: number;
  /** Where the town's data stay to be looked at with `show` and `export`; without it they are taken away. */
  data?: string | undefined;
}): Promise<Figures> {
  const { branches, members, seed, data } = options;
  const folder = data === undefined ? mkdtempSync(join(tmpdir(), 'lanxing-town-')) : ledgerFolder(data);
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const done = await work();
    seconds[what] = (seconds[what] ?? 0) + (performance.now() - begun) / 1000;
    return done;
  };
  try {
    const begun = performance.now();
    const processor = process.cpuUsage();
    const chat = await openTownChat({
      store: await openTownStore(folder),
      policy: readPolicyFiles(),
      from: `${YEAR}-01-01T08:00:00`,
    });
    const town = await timed('founding', () => found(chat, branches, members, chances(seed)));
    for (const month of monthsOfYear(YEAR)) {
      if (month.endsWith('-04') || month.endsWith('-09')) await timed('people', () => arrivals(town, month));
      await timed('reports', () => reports(town, month));
      await timed('meeting', () => meeting(town, month));
      const moving = month.endsWith('-06') ? await timed('people', () => transfers(town, month)) : [];
      await timed('scores', () => scores(town, month));
      await timed('board', () => board(town, month));
      for (const name of moving) await must(chat.office(`转接积分 ${name}`), /已把/, `carrying ${name}`);
      if (month.endsWith('-03')) await timed('people', () => exemptions(town, addMonths(month, 1)));
      if (month.endsWith('-08')) await timed('people', () => officesAndStatus(town, '2026-09'));
    }
    await timed('year', () => settle(town));
    const wall = performance.now() - begun;
    const used = process.cpuUsage(processor);
    const cpu = (used.user + used.system) / 1000;
    let entries = 0;
    for (const id of await chat.store.branches()) entries += (await chat.store.head(id)).seq;
    const closed = town.villages.filter((v) => chat.state(v.name).years[YEAR]?.stage === 'closed').length;
    const problems = await timed('verify', () => problemsOf(town, folder));
    return {
      branches,
      members: branches * members,
      messages: chat.messages(),
      entries,
      wall,
      cpu,
      memory: process.resourceUsage().maxRSS / 1024,
      closed,
      problems,
      seconds,
    };
  } finally {
    if (data === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      branches: { type: 'string', default: '56' },
      members: { type: 'string', default: '45' },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const figures = await simulate({
    branches: Number(values.branches),
    members: Number(values.members),
    seed: Number(values.seed),
    data: values.data,
  });
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    const { branches, members, messages, entries, wall, cpu, memory, closed, problems, seconds } = figures;
    process.stdout.write(
      [
        `${branches} branches, ${members} members, ${messages} messages, ${entries} entries, ${closed} years closed`,
        `${(wall / 1000).toFixed(1)} s, ${Math.round(memory)} MiB at most, ${((cpu * 1000) / entries).toFixed(0)} µs of processor an entry`,
        Object.entries(seconds)
          .map(([what, s]) => `${what} ${s.toFixed(1)} s`)
          .join(', '),
        problems.length === 0 ? 'all check equations hold, verify finds nothing' : problems.join('\n'),
        '',
      ].join('\n'),
    );
  }
  process.exitCode = figures.problems.length === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('simulate-town.ts')) await main();
