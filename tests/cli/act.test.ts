import { mkdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { found, openRehearsal } from '../../bot/rehearsal.ts';
import { openTownStore, readTown } from '../../bot/town-store.ts';
import type { BranchState } from '../../ledger/state.ts';
import { openCommandLine } from './command-line.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import { policy, sampleBranch } from '../bot/chat.ts';
import { SPOKEN } from '../bot/spoken-posts.ts';

/** A month of a branch that has lost its WeChat: nobody has an account, and everything is done with `lanxing act`. */

const file = sampleBranch();
const line = openCommandLine();
const { data, folder: root } = line;

beforeAll(async () => {
  const store = await openTownStore(data);
  await found(store, file, '2026-11-01T08:00:00', {
    contact: () => undefined,
    group: 'no-group',
    town: 'no-town-room',
    officers: ['江一鸣'],
  });
  await store.close();
});
afterAll(() => line.remove());

const { act, lanxing } = line;

async function branch(): Promise<BranchState> {
  return (await readTown(data)).town.branches[file.branch] as BranchState;
}

/** What a bot says that is started on the folder. */
async function botSays(at: LocalTime): Promise<string[]> {
  const store = await openTownStore(data);
  const heard: string[] = [];
  const bot = await openRehearsal({
    store,
    file,
    from: at,
    policy: policy(),
    keepPhoto: async () => '',
    hear: (said) => heard.push(said.text),
    draw: false,
  });
  await bot.close();
  return heard;
}

const scores = (name: string): string =>
  `${name} ${(file.members.find((m) => m.name === name)?.posts ?? []).map((p) => `${SPOKEN[p]} 10 9 9`).join('，')}`;

const [SECRETARY, DEPUTY, RECORDER, MEMBER] = ['梁振邦', '卢秀英', '苏晓雯', '韦大勇'] as const;

describe('a month finished without WeChat', () => {
  test('goes from a paper report to the town’s receipt, each act under somebody’s name', async () => {
    const reported = await act('2026-11-10T09:00:00', MEMBER, '巡逻 昨晚8点 三组');
    expect(reported).toMatchObject({ code: 0, err: '' });
    expect(reported.out).toContain('已记 #1：韦大勇 11月9日');
    expect((await act('2026-11-11T09:00:00', RECORDER, '核实 1')).out).toContain('已核实 #1');

    await act('2026-11-16T09:00:00', RECORDER, '考勤 11月15日主题党日 迟到：贝小军；其他都到');
    await act('2026-11-28T09:00:00', RECORDER, '11月党费都交了，甘立新没按时交');
    // Scores come from a file, line by line, as they were written down on paper.
    const everybody = file.members.filter((m) => m.role !== 'town' && m.posts.length > 0).map((m) => m.name);
    const sheet = join(root, 'scores.txt');
    const others = everybody.filter((n) => n !== RECORDER && n !== SECRETARY);
    writeFileSync(sheet, others.map((name) => `打分 11月 ${scores(name)}`).join('\n'));
    const typed = await lanxing(
      '2026-11-30T20:00:00',
      'act',
      '--data',
      data,
      '--as',
      RECORDER,
      '--file',
      sheet,
    );
    expect(typed.code).toBe(0);
    expect(typed.out.match(/已记11月/g)?.length).toBe(others.length);
    await act('2026-11-30T20:10:00', SECRETARY, `打分 11月 ${scores(RECORDER)}`);
    await act('2026-11-30T20:12:00', DEPUTY, `打分 11月 ${scores(SECRETARY)}`);

    // A preview is no act, and stays one: --yes answers what its own words asked, nothing left open before.
    const shown = await act('2026-12-02T08:50:00', SECRETARY, '发布11月公示');
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('将发布11月公示榜');
    await act('2026-12-02T08:51:00', SECRETARY, '查分', '--yes');
    expect((await branch()).months['2026-11']?.boards).toEqual([]);

    // What cannot be printed is told, and not lost: the next act prints it, and a bot started between says nothing of it.
    const picture = join(root, `${file.branch}2026-11公示榜v1.png`);
    mkdirSync(picture);
    const jammed = await act('2026-12-02T09:00:00', SECRETARY, '发布11月公示', '--yes');
    expect(jammed.code).toBe(1);
    expect(jammed.err).toContain('v1.png');
    expect(jammed.err).toContain('会补打');
    expect((await branch()).months['2026-11']?.boards).toHaveLength(1);
    rmdirSync(picture);
    expect(await botSays('2026-12-02T09:00:30')).toEqual([]);
    const printed = await act('2026-12-02T09:01:00', SECRETARY, '');
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(printed.out).toContain('【公示】');
    expect(statSync(picture).size).toBeGreaterThan(10_000);
    expect((await branch()).owed).toEqual([]);
    expect((await act('2026-12-02T09:02:00', SECRETARY, '')).out).toBe('没有到时候要办的事。\n');

    // Where nothing is asked, --yes answers nothing: it confirms nobody's row.
    await act('2026-12-02T10:00:00', MEMBER, '查分', '--yes');
    expect((await branch()).months['2026-11']?.confirmed[MEMBER]).toBeUndefined();

    const signed = everybody.join('、');
    const paper = await act('2026-12-05T09:00:00', SECRETARY, `纸质确认 ${signed}`, '--yes');
    expect(paper.code).toBe(0);
    const month = (await branch()).months['2026-11'];
    expect(new Set(Object.values(month?.confirmed ?? {}).map((c) => c.how))).toEqual(new Set(['paper']));

    await act('2026-12-13T09:00:00', SECRETARY, '备案 11月', '--yes');
    const received = await act('2026-12-14T09:00:00', '江一鸣', '11月备案收到', '--town', '--yes');
    expect(received.out).toContain('回执编号');
    expect((await branch()).months['2026-11']?.receipt).toBeTruthy();
  });

  test('leaves the name of whoever did it, and that it was done here, in the ledger', async () => {
    const store = await openTownStore(data);
    const entries: { by: string; kind: string; source: string }[] = [];
    for await (const entry of store.entries(file.branch))
      entries.push({ by: entry.by, kind: entry.kind, source: entry.source });
    await store.close();
    const by = (kind: string): Set<string> =>
      new Set(entries.filter((e) => e.kind === kind).map((e) => e.by));
    expect(by('report-verified')).toEqual(new Set([RECORDER]));
    expect(by('board-published')).toEqual(new Set([SECRETARY]));
    const here = entries.filter((e) => e.kind === 'report-verified').map((e) => e.source.slice(0, 4));
    expect(here).toEqual(['cli ']);
    expect((await readTown(data)).findings).toEqual([]);
  });
});

describe('a table of what was done', () => {
  const at = '2026-12-18T09:00:00';
  test('is read row by row, and what was not done is told by its number', async () => {
    const sheet = join(root, '打分.csv');
    const rows = [`打分 12月,${MEMBER},治安巡逻岗,10,9,8`, ',,', `打分 12月,${RECORDER},政策宣传岗,10,9,9`];
    writeFileSync(sheet, rows.join('\n'));
    const done = await lanxing(at, 'act', '--data', data, '--as', RECORDER, '--file', sheet);
    expect(done).toMatchObject({ code: 1, err: `第2件没有办：打分 12月 ${RECORDER} 政策宣传岗 10 9 9\n` });
    const scored = (await branch()).months['2026-12']?.scores;
    expect(scored?.[MEMBER]).toMatchObject({
      'security-patrol': { commitment: 10, performance: 9, deed: 8 },
    });
    expect(scored?.[RECORDER]).toBeUndefined();
    writeFileSync(sheet, ',,\n');
    const empty = await lanxing(at, 'act', '--data', data, '--as', RECORDER, '--file', sheet);
    expect(empty).toMatchObject({ code: 2, out: '' });
  });

  test('a month is waived with or without a space before it', async () => {
    const asked = await act(at, SECRETARY, '免评12月 全村防汛');
    expect(asked.out).toContain('将免评12月（全村防汛）');
    expect((await act(at, SECRETARY, '算了')).code).toBe(0);
  });
});

describe('permissions are those of the chat', () => {
  const at = '2026-12-20T09:00:00';
  test('a member neither verifies nor scores nor publishes', async () => {
    await act(at, MEMBER, '巡逻 昨晚8点 三组');
    const { seq: before, months } = await branch();
    const scoredBefore = months['2026-12']?.scores[MEMBER];
    for (const words of ['核实 2', '打分 韦大勇 治安巡逻岗 10 10 10', '发布11月公示']) {
      // oxlint-disable-next-line no-await-in-loop -- one ledger, one writer
      const tried = await act(at, MEMBER, words, '--yes');
      expect(tried.out).toMatch(/由|来办/);
      expect(tried.code).toBe(1);
    }
    const state = await branch();
    expect(state.reports[2]?.state).toBe('pending');
    expect(state.months['2026-12']?.scores[MEMBER]).toEqual(scoredBefore);
    expect(state.seq - before).toBeLessThanOrEqual(4);
  });

  test('the recorder does not score the recorder, nor a member receive a filing', async () => {
    const own = await act(at, RECORDER, `打分 12月 ${scores(RECORDER)}`);
    expect(own.out).toMatch(/书记/);
    expect(own.code).toBe(1);
    expect((await branch()).months['2026-12']?.scores[RECORDER]).toBeUndefined();
    await act(at, SECRETARY, '11月备案收到', '--town', '--yes');
    expect((await branch()).months['2026-11']?.receipt?.by).not.toBe(SECRETARY);
  });

  test('a report that there is none of was not verified, one that is verified already needs nothing', async () => {
    const none = await act(at, RECORDER, '核实 1 998');
    expect(none).toMatchObject({ code: 1 });
    expect(none.out).toContain('没有#998');
    expect(await act(at, RECORDER, '核实 1')).toMatchObject({ code: 0 });
  });

  test('a branch is found by its name without 党支部 and the remark behind it', async () => {
    expect(file.branch).not.toBe('云溪村');
    expect(await act(at, MEMBER, '帮助', '--branch', '云溪村')).toMatchObject({ code: 0 });
    expect(await lanxing(at, 'show', '--data', data, '--branch', '云溪村')).toMatchObject({ code: 0 });
    expect(await lanxing(at, 'export', '名册', '--data', data, '--branch', '云溪')).toMatchObject({
      code: 2,
    });
  });

  test('somebody who is not on the roster does nothing: exit 2, one line, nothing written', async () => {
    const before = (await branch()).seq;
    const tried = await act(at, '查无此人', '核实 2');
    expect(tried).toMatchObject({ code: 2, out: '' });
    expect(tried.err).toMatch(/^--as：名册里没有“查无此人”.*\n$/);
    expect(await act(at, MEMBER, '帮助', '--branch', '别的村')).toMatchObject({ code: 2 });
    expect((await branch()).seq).toBe(before);
  });
});

describe('what is typed in later', () => {
  const at = '2026-12-20T09:00:00';
  const on = (day: string, as: string, words: string) => act(at, as, words, '--on', day);

  test('speaks from its own day, and is recorded at the time of typing', async () => {
    const number = (await branch()).nextReport;
    expect((await on('2026-12-11', MEMBER, '巡逻 昨晚8点 三组')).out).toContain('12月10日');
    expect((await on('2026-12-12T20:15', MEMBER, '巡逻了一圈 三组')).out).toContain('12月12日');
    const store = await openTownStore(data);
    const entries: { at: string; source: string }[] = [];
    for await (const entry of store.entries(file.branch))
      if (entry.kind === 'reported') entries.push({ at: entry.at, source: entry.source });
    await store.close();
    const { reports } = await branch();
    expect([reports[number]?.date, reports[number + 1]?.date]).toEqual(['2026-12-10', '2026-12-12']);
    expect(entries.slice(-2).map((e) => e.at)).toEqual([at, at]);
    expect(entries.at(-1)?.source).toContain('on 2026-12-12T20:15:00');
  });

  test('a due typed in for its day was paid in time; typed in today it is asked when', async () => {
    await act('2027-01-05T09:00:00', RECORDER, '12月党费廖春生交了', '--on', '2026-12-30');
    await act('2027-01-05T09:00:00', RECORDER, '12月党费韦大勇交了');
    expect((await branch()).months['2026-12']?.dues).toEqual({ 廖春生: 'paid' });
  });

  test.each(['2026-12-21', '2026-12-20T09:01', '2026-02-30', '昨天', '2026-12-10T25:00'])(
    'is refused in words for %s, and nothing is written',
    async (day) => {
      const before = (await branch()).seq;
      const tried = await on(day, MEMBER, '巡逻 今天 三组');
      expect(tried).toMatchObject({ code: 2, out: '' });
      expect(tried.err).toMatch(/^--on：.*2026-11-10.*\n$/);
      expect((await branch()).seq).toBe(before);
    },
  );
});
