import { beforeEach, describe, expect, test } from '@jest/globals';
import { annex2Views } from '../../bot/form-views.ts';
import { townFold } from '../../bot/town-store.ts';
import { body } from '../../ledger/kinds.ts';
import { postsIn } from '../../ledger/fold/people.ts';
import type { BranchState } from '../../ledger/state.ts';
import { openMemoryStore } from '../../storage/memory.ts';
import { type Member, openTownChat, type Told, type TownChat } from '../../scripts/town-chat.ts';
import { policy } from './chat.ts';

const UPPER: readonly Member[] = [
  { name: '鲍先进', role: 'secretary', posts: ['policy-publicity'] },
  { name: '柴文秀', role: 'recorder', posts: ['sanitation'] },
  { name: '邓大山', role: 'deputy', posts: ['mediation'] },
  { name: '方水英', posts: ['security-patrol'] },
  { name: '葛老根', posts: ['family-virtue'] },
  { name: '侯新苗', status: 'probationary', posts: ['sanitation'] },
];
const LOWER: readonly Member[] = [
  { name: '纪长河', role: 'secretary', posts: ['policy-publicity'] },
  { name: '康玉梅', role: 'recorder', posts: ['sanitation'] },
  { name: '雷春生', posts: ['security-patrol'] },
];

function all(told: readonly Told[]): string {
  return told.map((t) => t.text).join('\n');
}

function privately(told: readonly Told[], name: string): string {
  return all(told.filter((t) => t.room === null && t.to === name));
}

/** Everybody's posts of a month, as recorder and secretary would have scored them. */
async function scored(
  chat: TownChat,
  branch: string,
  month: string,
  low: readonly string[] = [],
): Promise<void> {
  const state: BranchState = chat.state(branch);
  const bodies = Object.values(state.people).flatMap((p) =>
    postsIn(p, month).map((post) =>
      body('post-scored', { name: p.name, month, post, total: low.includes(p.name) ? 5 : 28 }),
    ),
  );
  await chat.store.append([{ branch, source: `scores ${month}`, at: chat.now(), by: '记录员', bodies }]);
}

let chat: TownChat;

beforeEach(async () => {
  const store = await openMemoryStore({ fold: townFold });
  chat = await openTownChat({ store, policy: policy(), from: '2026-03-02T09:00:00' });
  await chat.office('登记支部 上湾村、下湾村');
  await chat.office('登记');
  await chat.bringIn('上湾村', UPPER);
  await chat.bringIn('下湾村', LOWER);
});

describe('bringing branches in', () => {
  test('a code typed in the group binds it once, and only its own branch', async () => {
    const told = all(await chat.office('绑定码 全部'));
    const code = /上湾村：绑定 ([A-Z2-9]{6})/.exec(told)?.[1] ?? '';
    expect(code).toHaveLength(6);
    expect(told).toContain('3月9日前有效');
    expect(all(await chat.group('上湾村', '鲍先进', `绑定 ${code}`))).toContain('已绑定“上湾村”');
    expect(chat.state('上湾村').rooms).toEqual(['room-上湾村']);
    expect(await chat.group('下湾村', '纪长河', `绑定 ${code}`)).toEqual([]);
    expect(all(await chat.office('绑定码 全部'))).not.toContain('上湾村');
    expect(all(await chat.office('登记支部 上湾村'))).toContain('已经登记过');
    // January and February were not scored here: they do not block the year.
    expect(chat.state('上湾村').months['2026-01']?.waived).toBe('启用本系统之前');
  });

  test('nobody of a branch may issue a code or register a branch', async () => {
    expect(all(await chat.whisper('鲍先进', '绑定码 上湾村'))).toContain('镇组织办');
    expect(all(await chat.whisper('鲍先进', '登记支部 中湾村'))).toContain('镇组织办');
  });
});

describe('people', () => {
  test('an exemption goes from a relative’s word over the branch’s minute to the town’s filing, and back', async () => {
    await chat
      .office('绑定码 上湾村')
      .then((told) => chat.group('上湾村', '鲍先进', /绑定 [A-Z2-9]{6}/.exec(all(told))?.[0] ?? ''));
    const applied = await chat.group('上湾村', '方水英', '申请不纳入 葛老根 中风后走不动了', true);
    expect(all(applied.filter((t) => t.room !== null))).toBe('已私下回复您。');
    expect(privately(applied, '鲍先进')).toContain('葛老根申请不纳入积分管理（方水英代报），行动不便');
    expect(JSON.stringify(chat.state('上湾村'))).not.toContain('中风');
    expect(all(await chat.whisper('鲍先进', '同意不纳入 葛老根'))).toContain('会议记录');
    const approved = await chat.whisper('鲍先进', '同意不纳入 葛老根 支委会3月1日');
    expect(all(approved.filter((t) => t.room === 'room-town'))).toContain('不纳入备案 上湾村 葛老根');
    expect(all(await chat.office('不纳入备案'))).toContain('请写“不纳入备案 上湾村”');
    const filed = await chat.office('不纳入备案 上湾村 葛老根');
    expect(all(filed)).toContain('从4月起');
    expect(privately(filed, '葛老根')).toContain('您从4月起不纳入积分管理');
    expect(chat.state('上湾村').people['葛老根']?.exemption).toMatchObject({
      state: 'filed',
      filed: '2026-03-02',
      category: 'limited-mobility',
    });
    const asked = await chat.office('名单 不纳入');
    expect(all(asked.filter((t) => t.room !== null))).toBe('已私下回复您。');
    expect(privately(asked, '镇管理员')).toContain('葛老根');
    await chat.whisper('鲍先进', '恢复积分 葛老根');
    expect(all(await chat.whisper('鲍先进', '恢复'))).toContain('从4月起记分');
    expect(chat.state('上湾村').people['葛老根']?.exemption?.state).toBe('ended');
  });

  test('a refused exemption is told to the member alone', async () => {
    await chat.whisper('葛老根', '申请不纳入 年纪大了');
    const told = await chat.whisper('邓大山', '不同意不纳入 葛老根 身体尚好');
    expect(privately(told, '葛老根')).toContain('身体尚好');
    expect(chat.state('上湾村').people['葛老根']?.exemption).toBeNull();
  });

  test('a transfer keeps its month in the old branch and takes scores, grades and the account along', async () => {
    await scored(chat, '上湾村', '2026-03');
    await chat.whisper('鲍先进', '历年等次 方水英 2025年 不合格');
    await chat.whisper('鲍先进', '登记');
    expect(all(await chat.whisper('鲍先进', '转接 方水英 到下湾村 4月20日'))).toContain('已转告');
    await chat.at('2026-04-21T09:00:00');
    expect(all(await chat.office('转接 方水英 从上湾村到下湾村 4月20日'))).toContain('4月还没评完');
    expect(all(await chat.office('转接 上湾村'))).toContain('已登记');
    const after = chat.state('下湾村').people['方水英'];
    expect(after).toMatchObject({
      joined: '2026-04-20',
      from: '上湾村',
      history: [{ year: 2025, outcome: '不合格' }],
    });
    expect(after?.carried).toEqual([{ month: '2026-03', obligation: 40, service: 28, bonus: 0 }]);
    expect(chat.state('上湾村').people['方水英']?.left).toEqual({
      date: '2026-04-20',
      reason: 'branch',
      to: '下湾村',
    });
    expect(all(await chat.office('转接积分 方水英'))).toContain('还没有评完分');
    await scored(chat, '上湾村', '2026-04');
    expect(all(await chat.office('转接积分 方水英'))).toContain('3月—4月');
    expect(chat.state('下湾村').people['方水英']?.carried.map((c) => c.month)).toEqual([
      '2026-03',
      '2026-04',
    ]);
    const [sheet] = annex2Views(chat.state('下湾村'), () => policy(), 2026, '2026-04').filter(
      ({ name }) => name === '方水英',
    );
    expect(sheet?.months.slice(2)).toMatchObject([
      { month: '2026-03', obligation: 40, service: 28 },
      { month: '2026-04', obligation: 40, service: 28 },
    ]);
    expect(sheet?.note).toBe('3月—4月由原支部评分。');
    expect(Object.values(chat.state('上湾村').accounts)).not.toContain('方水英');
    expect(Object.values(chat.state('下湾村').accounts)).toContain('方水英');
  });

  test('joining, becoming full, leaving', async () => {
    expect(all(await chat.whisper('鲍先进', '新增党员 米小满 3月1日 预备 四组'))).toContain('从3月起记分');
    await chat.whisper('鲍先进', '登记');
    expect(chat.state('上湾村').people['米小满']).toMatchObject({
      status: 'probationary',
      joined: '2026-03-01',
      group: '四组',
    });
    expect(all(await chat.office('新增党员 下湾村 宁小荷 3月2日'))).toContain(
      '宁小荷3月2日到下湾村，从4月起',
    );
    await chat.office('登记 下湾村');
    expect(chat.state('下湾村').people['宁小荷']?.joined).toBe('2026-03-02');
    await chat.whisper('鲍先进', '转正 侯新苗 3月1日');
    await chat.whisper('鲍先进', '登记');
    expect(chat.state('上湾村').people['侯新苗']).toMatchObject({ status: 'full', fullSince: '2026-03-01' });
    await chat.whisper('鲍先进', '转出 方水英 3月1日');
    await chat.whisper('鲍先进', '登记');
    expect(chat.state('上湾村').people['方水英']?.left).toEqual({
      date: '2026-03-01',
      reason: 'town',
      to: null,
    });
    expect(all(await chat.whisper('方水英', '查分'))).toBe('');
    expect(all(await chat.whisper('葛老根', '新增党员 米大满 3月1日'))).toContain('这件事要由');
  });

  test('a new recorder takes over on a day, with a sheet of what is open; the secretary is the town’s to name', async () => {
    expect(all(await chat.whisper('鲍先进', '任命 方水英 记录员 3月10日起'))).toContain('接替柴文秀');
    const told = await chat.whisper('鲍先进', '任命');
    expect(privately(told, '方水英')).toContain('交接单');
    expect(chat.state('上湾村').appointments.filter((a) => a.role === 'recorder')).toEqual([
      { name: '柴文秀', role: 'recorder', from: '2026-03-01', until: '2026-03-09' },
      { name: '方水英', role: 'recorder', from: '2026-03-10', until: null },
    ]);
    expect(all(await chat.whisper('鲍先进', '任命 葛老根 书记'))).toContain('镇组织办');
    await chat.office('任命 上湾村 邓大山 书记 3月15日起');
    expect(all(await chat.office('任命 上湾村'))).toContain('接替鲍先进');
    await chat.at('2026-03-16T08:00:00');
    expect(all(await chat.whisper('鲍先进', '交接单'))).toContain('这件事要由');
    expect(all(await chat.whisper('邓大山', '交接单'))).toContain('交接单');
  });
});

describe('the town looks on', () => {
  test('the table of stages names no score, and the late branch stands first', async () => {
    await chat.at('2026-04-25T09:00:00');
    await scored(chat, '下湾村', '2026-03');
    await chat.whisper('纪长河', '发布 3月');
    await chat.whisper('纪长河', '发布');
    const told = await chat.office('进度 3月');
    const text = all(told);
    expect(text.indexOf('上湾村')).toBeLessThan(text.indexOf('下湾村'));
    expect(text).toContain('逾期10天');
    expect(text).not.toMatch(/方水英|雷春生/);
    expect(told.map((t) => t.attachment).filter(Boolean)).toEqual([
      '示范镇2026-03各支部进度.png',
      '示范镇2026-03各支部进度.xlsx',
    ]);
    expect(all(await chat.office('备案清单 3月'))).toContain('还没公示1个：上湾村');
  });

  test('a change of the policy shows whom it would regrade before it is made, and is dated', async () => {
    for (const month of ['2026-03', '2026-04']) {
      await scored(chat, '上湾村', month);
      await scored(chat, '下湾村', month);
      const unpaid = body('dues-recorded', { name: '方水英', month, status: 'unpaid' });
      const at = chat.now();
      await chat.store.append([
        { branch: '上湾村', source: `dues ${month}`, at, by: '柴文秀', bodies: [unpaid] },
      ]);
    }
    await chat.at('2026-05-06T09:00:00');
    expect(all(await chat.office('细则'))).toContain('加分计入方式：全年合计');
    expect(all(await chat.office('细则 读法 加分计入方式=随便 自2026年6月1日 会议5月5日'))).toContain(
      '全年合计、按月、逐月累计',
    );
    expect(all(await chat.office('细则 读法 当月未交党费=按不足额'))).toContain('从哪天起');
    const shown = all(await chat.office('细则 读法 当月未交党费=按不足额 自2026年1月1日 会议5月5日'));
    expect(shown).toContain('自2026年1月1日起，依据2026年5月5日会议');
    expect(shown).toContain('1个支部1人的等次会变：\n上湾村：方水英（基本合格→不合格）');
    expect(shown).not.toMatch(/\d\d分/);
    const done = await chat.office('确定');
    expect(all(done)).toContain('当月未交党费＝按不足额');
    expect(chat.store.state().office.policies).toEqual([
      {
        overrides: { readings: { unpaidDues: 'short' } },
        date: '2026-01-01',
        minute: '2026-05-05',
        by: '镇管理员',
      },
    ]);
    expect(all(await chat.office('细则 {"quota":{"percent":-1}} 自2026年6月1日 会议5月5日'))).toContain(
      '不成立',
    );
  });

  test('the check of the year says what does not add up, and goes out as a table', async () => {
    for (const branch of ['上湾村', '下湾村']) await scored(chat, branch, '2026-03');
    const told = await chat.office('年度审核 2026年');
    expect(all(told)).toContain('● 上湾村：只有2个月有分');
    expect(all(told)).toContain('未评定2个：上湾村、下湾村');
    expect(told.at(-1)?.attachment).toBe('示范镇2026年度审核表.xlsx');
    expect(all(await chat.office('年度通过 上湾村'))).toContain('上湾村没有等着审核的2026年度评定');
    expect(all(await chat.office('年度通过'))).toContain('哪个支部');
  });

  test('a bare answer is about what was asked last, and words not understood are met with the town’s own', async () => {
    for (const branch of ['上湾村', '下湾村']) {
      const bodies = [body('year-submitted', { year: 2026 })];
      await chat.store.append([{ branch, source: 'submitted', at: chat.now(), by: '书记', bodies }]);
    }
    await chat.office('年度退回 下湾村 原因：缺会议记录');
    await chat.office('年度退回 上湾村 原因：缺会议记录');
    expect(all(await chat.office('退回'))).toContain('已退回上湾村2026年度评定');
    expect(chat.state('下湾村').years[2026]?.stage).toBe('submitted');
    expect(all(await chat.office('确定'))).toContain('已退回下湾村2026年度评定');
    expect(all(await chat.office('天气不错啊今天'))).not.toContain('请假');
  });

  test('signs of form-filling and a spot check, for the officer alone', async () => {
    await scored(chat, '上湾村', '2026-03');
    await chat.at('2026-04-20T09:00:00');
    expect(all(await chat.office('填表信号 3月'))).toMatch(/上湾村：.*一分钟内录完/);
    await chat.whisper('方水英', '巡逻 4月18日 二组');
    await chat.whisper('柴文秀', '核实 1');
    const told = await chat.office('抽查 上湾村 4月');
    expect(all(told.filter((t) => t.room === 'room-town'))).toBe('已私下回复您。');
    expect(privately(told, '镇管理员')).toContain('#1 方水英');
    expect(chat.state('上湾村').access.at(-1)).toMatchObject({ who: '镇管理员', what: '抽查' });
  });
});
