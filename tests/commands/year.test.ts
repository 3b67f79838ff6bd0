import { describe, expect, test } from '@jest/globals';
import { decisionSlots, isDecision } from '../../commands/year/decision-slots.ts';
import { yearClose } from '../../commands/year/close.ts';
import { yearConfirm, yearUnconfirmed } from '../../commands/year/confirm.ts';
import { yearDecide } from '../../commands/year/decide.ts';
import { yearJobs } from '../../commands/year/jobs.ts';
import { yearJobs as dueYear } from '../../scheduler/year-jobs.ts';
import { yearObject } from '../../commands/year/object.ts';
import { yearPreview } from '../../commands/year/preview.ts';
import { yearPublish } from '../../commands/year/publish.ts';
import { READING_NAMES, readingValues } from '../../scoring/readings.ts';
import { readingNamed, saidReading, valueNamed } from '../../commands/year/reading-words.ts';
import { saidYear } from '../../commands/year/which-year.ts';
import { yearBoardOpenFor } from '../../commands/year/year-board.ts';
import { hear } from '../../commands/language/hear.ts';
import { body } from '../../ledger/kinds.ts';
import { monthsOfYear } from '../../scoring/calendar.ts';
import { Branch, policy } from './town.ts';
import { showBranch } from '../../bot/show.ts';
import { scoresOf, shaped } from './a-month.ts';

const SECRETARY = '严书林';
const AT = '2027-01-12T09:00:00';
const LOW = { month: '2026-05', item: 'study', points: 0, minute: '2026-12-30' };

/** What a decision says, with the secretary's words read as the bot reads them. */
function slots(text: string): Record<string, unknown> {
  const branch = new Branch();
  const context = branch.context();
  const message = hear(
    { text, sender: SECRETARY, role: 'secretary', at: AT, room: 'private', addressed: true },
    context,
    new Map([['年度评定', 'year-preview']]),
  );
  return { ...decisionSlots(message, message.command?.rest ?? message.body) };
}

/** A branch whose whole year is scored: everybody alike, but for those named. */
function scoredYear(low: Readonly<Record<string, number>> = {}): Branch {
  const branch = new Branch();
  for (const month of monthsOfYear(2026))
    branch.given('2026-12-31T20:00:00', '苗春燕', ...scoresOf(branch, month));
  for (const [name, points] of Object.entries(low)) {
    const finals = monthsOfYear(2026).map((month) =>
      body('final-set', { name, month, item: 'study', points, minute: '2026-12-30' }),
    );
    branch.given('2026-12-31T21:00:00', SECRETARY, ...finals);
  }
  branch.at = AT;
  return branch;
}

function decide(branch: Branch, text: string): ReturnType<Branch['says']> {
  return branch.says(SECRETARY, yearDecide, slots(text), { place: 'private', at: AT });
}

describe('reading a decision of the year', () => {
  test('the day of the committee and 全部按测算', () => {
    expect(slots('年度评定 会议12月28日 全部按测算')).toEqual({
      minute: '2026-12-28',
      all: true,
      exceptions: [],
      appraisal: {},
    });
    expect(slots('年度评定 2026年度 支委会12月28日 按测算')).toMatchObject({
      year: 2026,
      minute: '2026-12-28',
      all: true,
    });
  });

  test('who differs, with the reason as it was written, even across commas', () => {
    expect(slots('年度评定 会议12月28日，韩石头 合格 原因：年内受警告，影响不好；其余按测算')).toMatchObject({
      exceptions: [{ name: '韩石头', grade: '合格', reason: '年内受警告，影响不好' }],
      all: true,
    });
    expect(slots('年度评定 会议12月28日，韩石头、鲁水根 基本合格 因为长期不参加活动')).toMatchObject({
      exceptions: [
        { name: '韩石头', grade: '基本合格', reason: '长期不参加活动' },
        { name: '鲁水根', grade: '基本合格', reason: '长期不参加活动' },
      ],
    });
  });

  test('a tie and the 民主评议 of each', () => {
    expect(
      slots(
        '年度评定 会议12月28日 并列定韩石头、祝小梅；其余按测算。民主评议：优秀 韩石头；鲁水根 合格；其余合格',
      ),
    ).toMatchObject({
      ties: ['韩石头', '祝小梅'],
      appraisal: { 韩石头: '优秀', 鲁水根: '合格' },
      others: '合格',
      exceptions: [],
    });
  });

  test('a look is no decision', () => {
    for (const rest of ['', '预览', '2026年', '怎么样']) expect(isDecision(rest)).toBe(false);
    for (const rest of ['会议12月28日 全部按测算', '韩石头 合格']) expect(isDecision(rest)).toBe(true);
  });

  test('a year is a year, not the head of a day', () => {
    expect(saidYear('2026年3月的榜', AT)).toBeNull();
    expect(saidYear('2026-03-01', AT)).toBeNull();
    expect(saidYear('2026年度', AT)).toBe(2026);
    expect(saidYear('去年的', AT)).toBe(2026);
  });
});

describe('looking at the year', () => {
  const look = (branch: Branch, at: string = AT): ReturnType<Branch['says']> =>
    branch.says(SECRETARY, yearPreview, { year: 2026 }, { place: 'private', at });
  const stage = (branch: Branch): unknown =>
    shaped<{ year: { stage: unknown } }>(
      showBranch(branch.town, branch.state, policy, { year: 2026, head: { seq: 0, hash: '' } }),
    ).year.stage;

  test('is remembered as computed, once, and a decision computes it anew', () => {
    const branch = scoredYear();
    expect(stage(branch)).toBe('open');
    const seen = look(branch).data('year-computed');
    expect(seen).toHaveLength(1);
    expect(stage(branch)).toBe('computed');
    expect(look(branch).kinds).toEqual([]);
    branch.given(AT, SECRETARY, body('final-set', { ...LOW, name: '韩石头' }));
    decide(branch, '年度评定 2026年 会议1月11日 并列定鲁水根、祝小梅；其余按测算');
    const done = branch.agrees(SECRETARY, yearDecide);
    expect(done.kinds[0]).toBe('year-computed');
    expect(done.data('year-computed')).not.toEqual(seen);
    expect(stage(branch)).toBe('decided');
    expect(look(branch).kinds).toEqual([]);
  });

  test('before December, or while a month lacks scores, is only a look', () => {
    const branch = scoredYear();
    expect(look(branch, '2026-11-30T21:00:00').kinds).toEqual([]);
    expect(look(branch, '2026-12-31T23:00:00').kinds).toEqual(['year-computed']);
    const blocked = new Branch();
    blocked.at = AT;
    expect(look(blocked).kinds).toEqual([]);
    expect(stage(blocked)).toBe('open');
  });

  test('once seen whole, is open again where a month of it lacks scores after all', () => {
    const branch = scoredYear();
    look(branch);
    branch.given(
      AT,
      SECRETARY,
      body('posts-assigned', { name: '尤新苗', posts: ['sanitation'], from: '2026-12' }),
    );
    expect(stage(branch)).toBe('open');
  });
});

describe('deciding the year', () => {
  test('is blocked by a month that nobody scored', () => {
    const branch = new Branch();
    branch.at = AT;
    expect(decide(branch, '年度评定 2026年 会议1月11日 全部按测算').refusal).toBe('year-blocked');
  });

  test('needs a minute, and of a day that has been', () => {
    const branch = scoredYear();
    expect(decide(branch, '年度评定 全部按测算').refusal).toBe('minute-needed');
    expect(decide(branch, '年度评定 会议2027年1月30日 全部按测算').refusal).toBe('minute-future');
  });

  test('a level score at the last place is the committee’s to break, exactly as many as there are places', () => {
    const branch = scoredYear();
    const tied = decide(branch, '年度评定 2026年 会议1月11日 全部按测算');
    expect(tied.refusal).toBe('year-tied');
    expect(decide(branch, '年度评定 2026年 会议1月11日 并列定韩石头；其余按测算').refusal).toBe('year-tied');
    expect(decide(branch, '年度评定 2026年 会议1月11日 并列定骆远行；其余按测算').refusal).toBe(
      'year-no-tie',
    );
    decide(branch, '年度评定 2026年 会议1月11日 并列定韩石头、鲁水根；其余按测算');
    const done = branch.agrees(SECRETARY, yearDecide);
    expect(done.kinds).toEqual(['year-computed', 'tie-decided', 'year-decided']);
    const decided = branch.state.years[2026]?.decision?.rows
      .filter((r) => r.decided === '优秀')
      .map((r) => r.name);
    expect(decided).toEqual(['韩石头', '鲁水根']);
  });

  test('another grade than the computed one needs a reason; nobody comes into 优秀 beyond the places', () => {
    const branch = scoredYear();
    const tie = '并列定韩石头、鲁水根；其余按测算';
    expect(decide(branch, `年度评定 2026年 会议1月11日 祝小梅 基本合格；${tie}`).refusal).toBe('year-reason');
    expect(decide(branch, `年度评定 2026年 会议1月11日 骆远行 优秀 原因：救人；${tie}`).refusal).toBe(
      'year-over-quota',
    );
    const shown = decide(branch, `年度评定 2026年 会议1月11日 祝小梅 基本合格 原因：两次受批评；${tie}`);
    expect(shown.to('here')).toContain('祝小梅：测算待定，定为基本合格，原因：两次受批评');
  });

  test('the exempt and the probationary are not graded', () => {
    const branch = scoredYear();
    decide(branch, '年度评定 2026年 会议1月11日 并列定韩石头、鲁水根；其余按测算。民主评议：其余合格');
    branch.agrees(SECRETARY, yearDecide);
    const rows = new Map(branch.state.years[2026]?.decision?.rows.map((r) => [r.name, r]));
    expect(rows.get('龚老根')).toMatchObject({ decided: '未纳入', stars: null });
    expect(rows.get('龚老根')?.appraisal).toBeUndefined();
    expect(rows.get('尤新苗')).toMatchObject({ decided: '不确定等次', stars: null, appraisal: '合格' });
  });

  test('a year that lies with the town cannot be decided again', () => {
    const branch = scoredYear();
    branch.given(AT, SECRETARY, body('year-submitted', { year: 2026 }));
    expect(decide(branch, '年度评定 2026年 会议1月11日 全部按测算').refusal).toBe('year-with-town');
  });
});

/** A branch whose year hangs out from 12 to 19 January. */
function published(): Branch {
  const branch = scoredYear();
  decide(branch, '年度评定 2026年 会议1月11日 并列定韩石头、鲁水根；其余按测算');
  branch.agrees(SECRETARY, yearDecide);
  branch.given(
    AT,
    '镇',
    body('year-submitted', { year: 2026 }),
    body('year-passed', { year: 2026, number: '2026N-01' }),
  );
  branch.says(SECRETARY, yearPublish, {}, { place: 'private', at: AT });
  branch.agrees(SECRETARY, yearPublish, { at: AT });
  return branch;
}

describe('the year’s board', () => {
  test('hangs for seven full days at least, even where a branch’s months hang shorter', () => {
    const branch = published();
    expect(branch.state.years[2026]?.boards[0]).toMatchObject({ version: 1, closes: '2027-01-19' });
    const short = scoredYear();
    short.given(AT, SECRETARY, body('settings-changed', { noticeDays: 3 }));
    decide(short, '年度评定 2026年 会议1月11日 并列定韩石头、鲁水根；其余按测算');
    short.agrees(SECRETARY, yearDecide);
    short.given(
      AT,
      '镇',
      body('year-submitted', { year: 2026 }),
      body('year-passed', { year: 2026, number: '1' }),
    );
    expect(short.says(SECRETARY, yearPublish, {}, { place: 'private', at: AT }).to('here')).toContain(
      '2027年1月19日',
    );
  });

  test('a confirmation is bound to the version; a changed row loses it, the others keep theirs', () => {
    const branch = published();
    expect(yearBoardOpenFor(branch.state, '韩石头')).not.toBeNull();
    branch.says('韩石头', yearConfirm, { names: [] });
    branch.says('祝小梅', yearConfirm, { names: ['岳大娘'] });
    expect(yearBoardOpenFor(branch.state, '韩石头')).toBeNull();
    expect(branch.state.years[2026]?.confirmed['岳大娘']).toMatchObject({ how: 'proxy', by: '祝小梅' });
    const board = structuredClone(branch.state.years[2026]!.boards[0]!);
    const row = board.rows.find((r) => r.name === '韩石头')!;
    row.total = 60;
    const { by: _by, ...data } = { ...board, version: 2 };
    branch.given('2027-01-14T09:00:00', SECRETARY, body('year-published', data));
    expect(Object.keys(branch.state.years[2026]!.confirmed)).toEqual(['岳大娘']);
    expect(branch.state.years[2026]!.confirmed['岳大娘']?.version).toBe(2);
  });

  test('a year decided anew hangs out as the next version, which says only what changed', () => {
    const branch = published();
    branch.says('祝小梅', yearConfirm, { names: [] });
    branch.says('严书林', yearConfirm, { names: ['岳大娘'], paper: true });
    expect(branch.state.years[2026]?.confirmed['岳大娘']?.how).toBe('paper');
    expect(branch.says(SECRETARY, yearUnconfirmed, {}, { place: 'private' }).to('here')).toContain(
      '还有12人没有确认',
    );
    decide(
      branch,
      '年度评定 2026年 会议1月11日 祝小梅 基本合格 原因：补报情况属实；并列定韩石头、鲁水根；其余按测算',
    );
    branch.agrees(SECRETARY, yearDecide);
    expect(branch.says(SECRETARY, yearPublish, {}, { place: 'private' }).refusal).toBe('year-not-passed');
    branch.given(
      '2027-01-14T09:00:00',
      '镇',
      body('year-submitted', { year: 2026 }),
      body('year-passed', { year: 2026, number: '2' }),
    );
    branch.says(SECRETARY, yearPublish, {}, { place: 'private', at: '2027-01-14T10:00:00' });
    const group = branch.agrees(SECRETARY, yearPublish, { at: '2027-01-14T10:05:00' }).to('group');
    expect(group).toContain('1行有变动');
    expect(group).toContain('祝小梅');
    expect(group).not.toContain('鲁水根');
    expect(Object.keys(branch.state.years[2026]!.confirmed)).toEqual(['岳大娘']);
  });

  test('an objection takes a number, says nothing in the group and holds the closing', () => {
    const branch = published();
    const said = branch.says(
      '祝小梅',
      yearObject,
      {},
      { text: '年度异议 我的加分没算', at: '2027-01-13T09:00:00' },
    );
    expect(said.to('here')).toBe('已私下回复您。');
    expect(said.to(`@${SECRETARY}`)).toContain('我的加分没算');
    expect(
      branch.says('祝小梅', yearObject, {}, { text: '年度异议 还有一件', at: '2027-01-13T10:00:00' }).kinds,
    ).toEqual(['objection-detailed']);
    expect(
      branch.says(SECRETARY, yearClose, {}, { at: '2027-01-21T09:00:00', place: 'private' }).refusal,
    ).toBe('year-held');
    expect(Object.values(branch.state.tickets)).toHaveLength(1);
  });

  test('the clock closes it on the eighth day, never on the seventh', () => {
    const branch = published();
    const jobs = dueYear(branch.state, '2027-01-20').filter((j) => j.name === 'year-closing');
    expect(jobs.map((j) => j.due.slice(0, 10))).toEqual(['2027-01-20']);
    expect(dueYear(branch.state, '2027-01-19').map((j) => j.name)).toEqual(['year-unconfirmed']);
    const at = (day: string): ReturnType<(typeof yearJobs)['year-closing']> =>
      yearJobs['year-closing']({
        town: branch.town,
        branch: branch.state,
        policy,
        at: `${day}T08:00:00`,
        due: `${day}T08:00:00`,
        day,
      });
    expect(at('2027-01-19').bodies).toEqual([]);
    expect(at('2027-01-20').bodies[0]?.kind).toBe('year-closed');
    branch.given(
      '2027-01-18T09:00:00',
      '祝小梅',
      body('objected', {
        number: 9,
        by: '祝小梅',
        about: '祝小梅',
        month: null,
        version: 1,
        item: null,
        year: 2026,
      }),
    );
    expect(at('2027-01-20').bodies).toEqual([]);
  });

  test('a failed grade opens its tasks, and a second failed year one more', () => {
    const branch = scoredYear({ 祝小梅: 0 });
    branch.given(AT, SECRETARY, body('history-recorded', { name: '鲁水根', year: 2025, outcome: '不合格' }));
    decide(
      branch,
      '年度评定 2026年 会议1月11日 鲁水根 不合格 原因：长期失联；祝小梅 不合格 原因：不参加学习；并列定韩石头、严书林；其余按测算',
    );
    branch.agrees(SECRETARY, yearDecide);
    branch.given(
      AT,
      '镇',
      body('year-submitted', { year: 2026 }),
      body('year-passed', { year: 2026, number: '1' }),
    );
    branch.says(SECRETARY, yearPublish, {}, { place: 'private', at: AT });
    branch.agrees(SECRETARY, yearPublish, { at: AT });
    branch.says(SECRETARY, yearClose, {}, { place: 'private', at: '2027-01-21T09:00:00' });
    branch.agrees(SECRETARY, yearClose, { at: '2027-01-21T09:05:00' });
    const of = (name: string): string[] =>
      Object.values(branch.state.tasks)
        .filter((t) => t.name === name)
        .map((t) => t.task);
    expect(of('祝小梅')).toEqual(['诫勉谈话', '限期整改', '一对一结对帮扶整改']);
    expect(of('鲁水根')).toEqual(['诫勉谈话', '限期整改', '一对一结对帮扶整改', '镇党委学习班']);
  });
});

test('every reading and every value of it can be said in Chinese and is heard again', () => {
  for (const name of READING_NAMES) {
    for (const value of readingValues(name)) {
      expect(saidReading(name, value)).toMatch(/\p{Script=Han}/u);
      expect(valueNamed(name, saidReading(name, value))).toBe(value);
    }
    expect(readingNamed(name)).toBe(name);
  }
  expect(readingNamed('优秀比例')).toBe('quotaBase');
  expect(readingNamed('没有的')).toBeNull();
});
