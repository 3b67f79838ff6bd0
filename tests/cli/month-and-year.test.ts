import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRehearsal, type Said } from '../../bot/rehearsal.ts';
import { openTownStore } from '../../bot/town-store.ts';
import type { LocalTime } from '../../scoring/calendar.ts';
import { policy, sampleBranch } from '../bot/chat.ts';
import { SPOKEN } from '../bot/spoken-posts.ts';
import { openCommandLine } from './command-line.ts';

/**
 * A month and a year's end by the command line alone: no bot ever ran on this folder and nobody has an account. What
 * the calendar brings is done by whoever uses `act` next.
 */

const file = sampleBranch();
const line = openCommandLine();
const { act, data, folder, lanxing } = line;
const [SECRETARY, DEPUTY, RECORDER, MEMBER, OFFICER] = ['梁振邦', '卢秀英', '苏晓雯', '韦大勇', '江一鸣'];

interface Shown {
  readonly month: {
    readonly stage: string;
    readonly board: { readonly version: number; readonly closes: string } | null;
    readonly confirmed: readonly { readonly name: string; readonly how: string }[];
    readonly sheet: Record<string, { readonly organisation: number }>;
    readonly tickets: readonly { readonly state: string }[];
  };
  readonly year: { readonly stage: string };
}

async function shown(at: LocalTime, month: string): Promise<Shown> {
  return JSON.parse((await lanxing(at, 'show', '--data', data, '--month', month)).out) as Shown;
}

/** Done, with nothing on standard error; `heard` is printed. */
async function does(
  at: LocalTime,
  as: string,
  words: string,
  heard: string,
  ...more: string[]
): Promise<string> {
  const done = await act(at, as, words, ...more);
  expect({ words, ...done }).toMatchObject({ words, code: 0, err: '' });
  expect(done.out).toContain(heard);
  return done.out;
}

async function verified(at: LocalTime): Promise<void> {
  const done = await lanxing(at, 'verify', '--data', data);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(done.out)).toMatchObject({ ok: true });
}

const scored = file.members.filter((m) => m.role !== 'town' && m.posts.length > 0);
const scores = (name: string): string =>
  `${name} ${(scored.find((m) => m.name === name)?.posts ?? []).map((p) => `${file.postNames?.[p] ?? SPOKEN[p]} 10 9 9`).join('，')}`;

beforeAll(async () => {
  const from = join(process.cwd(), 'trial/sample-branch.json');
  const done = await lanxing('2026-11-01T08:00:00', 'import', from, '--data', data, '--yes');
  expect(done).toMatchObject({ code: 0, err: '' });
});
afterAll(() => line.remove());

describe('a month', () => {
  test('is reported, recorded and scored from paper', async () => {
    const at = '2026-11-28T09:00:00';
    await does(at, MEMBER, '巡逻 昨晚8点 三组', '11月9日', '--on', '2026-11-10');
    await does(at, RECORDER, '核实 1', '已核实 #1');
    await does(
      at,
      RECORDER,
      '考勤 今天主题党日 迟到：贝小军；缺席：罗永福；其他都到',
      '11月15日',
      '--on',
      '2026-11-15',
    );
    await does(at, RECORDER, '11月党费全体都交了', '11月已交');
    const others = scored.filter((m) => m.name !== RECORDER && m.name !== SECRETARY);
    const paper = join(folder, '打分.txt');
    writeFileSync(paper, others.map((m) => `打分 11月 ${scores(m.name)}`).join('\r\n'));
    const typed = await does('2026-11-30T20:00:00', RECORDER, '', '已记11月', '--file', paper);
    expect(typed.match(/已记11月/g)?.length).toBe(others.length);
    const own = await act('2026-11-30T20:05:00', RECORDER, `打分 11月 ${scores(RECORDER)}`);
    expect(own).toMatchObject({ code: 1 });
    await does('2026-11-30T20:10:00', SECRETARY, `打分 11月 ${scores(RECORDER)}`, '已记11月');
    await does('2026-11-30T20:12:00', DEPUTY, `打分 11月 ${scores(SECRETARY)}`, '已记11月');
    expect((await shown('2026-11-30T20:12:00', '2026-11')).month.stage).toBe('open');
  });

  test('is collected by whoever comes first, and once', async () => {
    const at = '2026-12-01T09:00:00';
    expect(await does(at, MEMBER, '', '11月到期汇总')).toContain(`（给${RECORDER}）`);
    expect(await does(at, MEMBER, '', '没有到时候要办的事')).not.toContain('汇总');
    expect((await shown(at, '2026-11')).month.stage).toBe('collected');
  });

  test('is decided by the committee and published to be hung up', async () => {
    await does(
      '2026-12-02T08:00:00',
      SECRETARY,
      `支委会12月1日 参会：${SECRETARY}、${DEPUTY}、${RECORDER}`,
      '参会3人',
    );
    await does('2026-12-02T08:10:00', SECRETARY, '支委会12月1日研究，同意廖春生公益事业加2分', '廖春生');
    await does('2026-12-02T08:20:00', SECRETARY, '核定 11月 支委会12月1日', '已由支委会', '--yes');
    expect((await shown('2026-12-02T08:20:00', '2026-11')).month.stage).toBe('checked');
    const out = await does('2026-12-02T09:00:00', SECRETARY, '发布11月公示', '全体党员', '--yes');
    expect(out).not.toContain('群里');
    expect(readdirSync(folder)).toContain(`${file.branch}2026-11公示榜v1.png`);
    expect((await shown('2026-12-02T09:00:00', '2026-11')).month).toMatchObject({
      stage: 'published',
      board: { version: 1, closes: '2026-12-09' },
    });
  });

  test('is confirmed on paper, objected to, ruled on and corrected', async () => {
    const signed = scored.filter((m) => m.name !== '罗永福').map((m) => m.name);
    await does('2026-12-03T09:00:00', SECRETARY, `纸质确认 ${signed.join('、')}`, '签字确认');
    const told = await does(
      '2026-12-03T09:10:00',
      '罗永福',
      '异议，我15号明明到了的，怎么记我缺席',
      '1号异议',
    );
    expect(told).toContain(`（给${SECRETARY}）`);
    await does('2026-12-04T09:00:00', SECRETARY, '裁定 1 采纳 签到表上有他的签名', '（给罗永福）', '--yes');
    await does('2026-12-04T09:10:00', RECORDER, '更正：11月15日罗永福不是缺席，是到会', '已更正', '--yes');
    await does('2026-12-04T09:20:00', SECRETARY, '发布11月公示', '第2版', '--yes');
    await does('2026-12-05T09:00:00', SECRETARY, '纸质确认 罗永福', '签字确认');
    const { month } = await shown('2026-12-05T09:00:00', '2026-11');
    expect(new Set(month.confirmed.map((c) => c.how))).toEqual(new Set(['paper']));
    expect(month).toMatchObject({ board: { version: 2 }, tickets: [{ state: 'upheld' }] });
    expect(month.sheet['罗永福']?.organisation).toBe(10);
  });

  test('closes after its notice period, is returned by the town, filed again and received', async () => {
    await does('2026-12-11T12:00:00', DEPUTY, '', '没有到时候要办的事');
    const filed = await does('2026-12-12T08:30:00', DEPUTY, '', '【备案】');
    expect(filed).toContain(`（给${file.town}）`);
    expect(filed).toContain(`（给${SECRETARY}）`);
    expect(readdirSync(folder)).toContain(`${file.branch}2026-11备案.docx`);
    expect((await shown('2026-12-12T08:30:00', '2026-11')).month.stage).toBe('filed');
    await does('2026-12-13T09:00:00', OFFICER, '退回 云溪村 11月 原因：缺签字', '已退回', '--town', '--yes');
    expect((await shown('2026-12-13T09:00:00', '2026-11')).month.stage).toBe('returned');
    await does('2026-12-14T09:00:00', SECRETARY, '备案 11月', '已报镇组织办', '--yes');
    await does('2026-12-15T09:00:00', OFFICER, '云溪村 11月备案收到', '回执编号', '--town', '--yes');
    expect((await shown('2026-12-15T09:00:00', '2026-11')).month.stage).toBe('received');
    await verified('2026-12-15T09:00:00');
  });

  test('leaves a bot that runs here later nothing to say and nothing to do again', async () => {
    const store = await openTownStore(data);
    const heard: Said[] = [];
    const at = '2026-12-15T09:01:00';
    const before = store.state().branches[file.branch]?.seq;
    const bot = await openRehearsal({
      store,
      file,
      from: at,
      policy: policy(),
      keepPhoto: async () => '',
      hear: (said) => heard.push(said),
      draw: false,
    });
    const after = store.state().branches[file.branch]?.seq;
    await bot.close();
    expect(heard).toEqual([]);
    expect(after).toBe(before);
  });
});

describe('a year', () => {
  test('turns on 1 January, with December still to be finished', async () => {
    await does('2026-12-29T09:00:00', RECORDER, '考勤 12月15日主题党日 其他都到', '12月15日');
    await does('2026-12-30T09:00:00', RECORDER, '12月党费全体都交了', '12月已交');
    const turned = await does('2027-01-01T09:00:00', RECORDER, '照上月打分 12月', '已照上月', '--yes');
    expect(turned).toContain('2027年度积分从今天开始');
    expect(turned).toContain('2026年12月到期汇总');
    expect((await line.town()).branches[file.branch]?.years[2027]).toBeDefined();
    await does('2027-01-01T09:10:00', SECRETARY, `打分 12月 ${scores(RECORDER)}`, '已记2026年12月');
    await does('2027-01-02T09:00:00', SECRETARY, '发布12月公示', '全体党员', '--yes');
  });

  test('is decided, submitted, and passed by the town in the middle of January as last year', async () => {
    const at = '2027-01-03T09:00:00';
    const decision = '年度评定 会议1月2日 全部按测算';
    const tied = await act(at, SECRETARY, decision, '--yes');
    expect(tied).toMatchObject({ code: 1 });
    const winners = /并列定([^”]+)”/.exec(tied.out)?.[1] ?? '';
    await does(
      at,
      SECRETARY,
      `年度评定 会议1月2日，并列定${winners}，罗永福 不合格 原因：全年没有履职；其余按测算`,
      '已记2026年度评定',
      '--yes',
    );
    expect((await act(at, SECRETARY, '年度公示')).code).toBe(1);
    await does(at, SECRETARY, '年度上报', `（给${file.town}）`, '--yes');
    const passed = await does('2027-01-15T09:00:00', OFFICER, '年度通过', '2026N-01', '--town', '--yes');
    // Nothing held December: its notice period was over.
    expect(passed).toContain(`【备案】${file.branch} 2026年12月`);
    expect((await shown('2027-01-15T09:00:00', '2026-12')).year.stage).toBe('passed');
    await does('2027-01-15T09:30:00', OFFICER, '12月备案收到', '回执编号', '--town', '--yes');
  });

  test('is hung up, signed on paper, objected to and closed on the eighth day', async () => {
    await does('2027-01-16T09:00:00', SECRETARY, '年度公示', '2026年度积分', '--yes');
    await does('2027-01-17T09:00:00', SECRETARY, `年度纸质确认 ${MEMBER}、廖春生`, '已确认2026年度');
    const state = (await line.town()).branches[file.branch];
    expect(state?.years[2026]?.confirmed).toMatchObject({
      [MEMBER]: { how: 'paper' },
      廖春生: { how: 'paper' },
    });
    expect(state?.months['2026-12']?.confirmed).toEqual({});
    await does('2027-01-18T09:00:00', '罗永福', '年度异议 我有两次履职没有算', '2号异议');
    expect((await act('2027-01-20T09:00:00', SECRETARY, '年度办结', '--yes')).code).toBe(1);
    await does('2027-01-20T09:10:00', SECRETARY, '裁定 2 不采纳 两次都没有印证', '（给罗永福）', '--yes');
    await does('2027-01-24T08:30:00', DEPUTY, '', '公示期满办结');
    expect((await shown('2027-01-24T08:30:00', '2026-12')).year.stage).toBe('closed');
    await does('2027-01-25T09:00:00', SECRETARY, '任务', '罗永福：诫勉谈话');
  });

  test('is printed: records of members, the sheet, the filing of a month; and all adds up', async () => {
    const at = '2027-01-26T09:00:00';
    const printed = async (...args: string[]): Promise<number> =>
      (await lanxing(at, 'export', ...args, '--data', data, '--format', 'both', '--out', '打印')).out
        .trim()
        .split('\n').length;
    expect(await printed('附件2', '--year', '2026')).toBe(2);
    expect(await printed('附件3', '--year', '2026')).toBe(2);
    expect(await printed('附件3', '--month', '2026-12')).toBe(2);
    expect(await printed('备案', '--month', '2026-11')).toBe(2);
    expect(readdirSync(join(folder, '打印'))).toHaveLength(8);
    await verified(at);
    expect((await line.town()).branches[file.branch]?.owed).toEqual([]);
  });

  test('is followed by a new one that goes on as ever', async () => {
    // 不确定等次 and 未纳入 in the history are no grades, and hinder no month.
    await does('2027-02-02T09:00:00', RECORDER, `打分 1月 ${scores(MEMBER)}`, '已记1月');
    expect((await shown('2027-02-02T09:00:00', '2027-01')).month.stage).toBe('collected');
  });
});
