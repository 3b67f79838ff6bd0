import { describe, expect, test } from '@jest/globals';
import type { Case, Fact } from '../../scoring/case.ts';
import { explainMonth, explainYear } from '../../scoring/explain.ts';
import type { FigureLines, MonthRow, YearMember } from '../../scoring/result.ts';
import { score } from '../../scoring/score.ts';
import { MINUTE, caseOf, meeting, months, service, strong } from './build.ts';
import { randomCase } from './random-case.ts';
import { standard } from './standard-policy.ts';

const texts = (lines: FigureLines | null, figure: string): string[] => lines![figure]!.map((l) => l.text);
const march = (facts: Fact[], options: Parameters<typeof caseOf>[1] = {}): FigureLines | null =>
  explainMonth(caseOf(facts, options), standard, '甲', '2024-03');

describe('a month explained', () => {
  test('every deduction with its day, arithmetic and clause', () => {
    const lines = march([
      meeting({ absent: ['甲'] }),
      meeting({ date: '2024-03-20', late: ['甲'] }),
      meeting({ date: '2024-03-28', absent: ['甲'] }),
      meeting({ date: '2024-03-29', late: ['甲'] }),
    ]);
    expect(lines!['study']).toEqual([
      {
        text: '学习教育 10−5=5：3月15日学习会无故缺席（附件1·义务·1）',
        arithmetic: '10−5=5',
        clause: '附件1·义务·1',
        fact: 'facts[0]',
      },
      {
        text: '学习教育 5−2=3：3月20日学习会迟到（附件1·义务·1）',
        arithmetic: '5−2=3',
        clause: '附件1·义务·1',
        fact: 'facts[1]',
      },
      {
        text: '学习教育 3−5=0：3月28日学习会无故缺席，扣完为止（附件1·义务·1）',
        arithmetic: '3−5=0',
        clause: '附件1·义务·1',
        fact: 'facts[2]',
      },
      {
        text: '学习教育 0−2=0：3月29日学习会迟到，扣完为止（附件1·义务·1）',
        arithmetic: '0−2=0',
        clause: '附件1·义务·1',
        fact: 'facts[3]',
      },
    ]);
    expect(texts(lines, 'organisation')).toEqual(['组织生活 10：没有扣分（附件1·义务·2）']);
    expect(texts(lines, 'obligation')).toEqual(['履行党员义务 0+10+10+10=30（细则四（二）1）']);
  });

  test('the cause of a leave is never told', () => {
    for (const reason of ['sick', 'duty', 'private'] as const) {
      const lines = march([meeting({ leave: [{ name: '甲', reason }] })]);
      expect(texts(lines, 'study')).toEqual(['学习教育 10−2=8：3月15日学习会请假（附件1·义务·1）']);
    }
    const waived = march([meeting({ leave: [{ name: '甲', reason: 'sick' }] })], {
      readings: { leave: 'sick-and-duty-waived' },
    });
    expect(texts(waived, 'study')).toEqual([
      '学习教育 10−0=10：3月15日学习会请假，按规定不扣（附件1·义务·1）',
    ]);
  });

  test('posts, pending ones, shared deeds, totals and finals', () => {
    const facts: Fact[] = [
      { type: 'claim', name: '甲', post: 'mediation', from: '2024-01' },
      { type: 'claim', name: '甲', post: 'sanitation', from: '2024-01' },
      {
        type: 'post-score',
        name: '甲',
        month: '2024-02',
        post: 'mediation',
        commitment: 10,
        performance: 9,
        deed: 8,
        deedId: 'd',
      },
      {
        type: 'post-score',
        name: '甲',
        month: '2024-03',
        post: 'mediation',
        commitment: 10,
        performance: 9,
        deed: 8,
        deedId: 'd',
      },
    ];
    const lines = march(facts);
    expect(texts(lines, 'mediation')).toEqual([
      '信访矛盾化解岗 10+9+0=19：设岗定责10、履职9、办实事0（这件实事已在别处计过，计0）（细则四（二）2）',
    ]);
    expect(texts(lines, 'sanitation')).toEqual(['环境卫生维护岗 待评：还没有评分（细则四（二）2）']);
    expect(texts(lines, 'total')).toEqual(['合计 待评：岗位评分后才能合计（细则四（二））']);
    const done = march([
      ...facts,
      { type: 'final', name: '甲', month: '2024-03', item: 'sanitation', points: 25.5, minute: MINUTE },
    ]);
    expect(texts(done, 'sanitation')).toEqual([
      '环境卫生维护岗 25.5：支委会12月28日核定（细则四（二）2（5））',
    ]);
    expect(texts(done, 'service')).toEqual(['志愿服务岗位 19+25.5=44.5（细则四（二）2）']);
  });

  test('a bonus that was cut says where the rest went', () => {
    const facts: Fact[] = [
      {
        type: 'bonus',
        name: '甲',
        date: '2024-02-01',
        item: 'award',
        level: 'county',
        achievement: 'a',
        minute: MINUTE,
      },
      {
        type: 'bonus',
        name: '甲',
        date: '2024-03-01',
        item: 'award',
        level: 'city',
        achievement: 'a',
        minute: MINUTE,
      },
    ];
    expect(texts(march(facts), 'bonus')).toEqual([
      '加分项 +1：3月1日市级表彰（支委会12月28日），申报3，计1：同一事迹就高不重复（附件1·加分项·1）',
    ]);
  });

  test('is null for somebody unknown or out of scope', () => {
    expect(explainMonth(caseOf([]), standard, '丁', '2024-03')).toBeNull();
    expect(march([], { members: [{ name: '甲', joined: '2024-03-02' }] })).toBeNull();
  });
});

describe('a year explained', () => {
  const ofYear = (facts: Fact[], options: Parameters<typeof caseOf>[1] = {}): FigureLines | null =>
    explainYear(caseOf(facts, options), standard, '甲', 2024);

  test('months left out, the mean, the bonus, the grade', () => {
    const facts: Fact[] = [
      ...service('甲', 26),
      { type: 'waive', month: '2024-06', reason: '防汛' },
      {
        type: 'bonus',
        name: '甲',
        date: '2024-07-02',
        item: 'award',
        level: 'county',
        achievement: 'a',
        minute: MINUTE,
      },
    ];
    const lines = ofYear(facts);
    expect(texts(lines, 'months')[1]).toBe('计分月数 不计：6月免评：防汛（细则四（一）2“签字确认”）');
    expect(texts(lines, 'mean').at(-1)).toBe(
      '平均分 726÷11=66：11个月合计除以11（细则四（一）2“每月考核记分的平均分”）',
    );
    expect(texts(lines, 'mean')[0]).toBe('1月 40+26=66（细则四（二）1）');
    expect(texts(lines, 'uncapped')).toEqual([
      '封顶前 66+2=68：平均分加全年加分（附件1·加分项“每年度合计不超过10分”）',
    ]);
    expect(texts(lines, 'grade')).toEqual(['等次 基本合格：年度积分68，达到60分（细则五（一））']);
  });

  test('year zero, quota, follow-ups', () => {
    const zeroed = ofYear([{ type: 'year-zero', name: '甲', date: '2024-03-03', minute: MINUTE }], {
      history: [{ name: '甲', year: 2023, outcome: '不合格' }],
    });
    expect(texts(zeroed, 'score')).toEqual(['年度积分 0：年度清零（附件1·扣分项）']);
    expect(texts(zeroed, 'followUps')).toContain('后续 镇党委学习班：连续2年不合格（细则五（二）（三））');
    expect(texts(ofYear(strong('甲', 50)), 'grade')).toEqual([
      '等次 合格：年度积分90，达到80分，优秀名额0个已满（细则五（一））',
    ]);
  });
});

describe('explanations and figures agree', () => {
  const close = (line: FigureLines[string] | undefined): string =>
    line!.at(-1)!.arithmetic.split(/[=≈]/).at(-1)!;
  const said = (value: number | null): string => String(value).replace('-', '−');

  /** The last line of a figure ends in the figure itself. */
  function mismatches(input: Case): string[] {
    const result = score(input, standard, { months, year: 2024, explain: true });
    const wrong: string[] = [];
    const check = (
      where: string,
      lines: FigureLines,
      figures: MonthRow | YearMember,
      keys: readonly string[],
    ): void => {
      for (const key of keys) {
        const value = (figures as unknown as Record<string, number | null>)[key]!;
        if (value !== null && close(lines[key]) !== said(value))
          wrong.push(`${where} ${key} ${value} ${close(lines[key])}`);
      }
    };
    for (const [month, rows] of Object.entries(result.months))
      for (const [name, row] of Object.entries(rows)) {
        const lines = result.explain!.months[month]![name]!;
        check(`${month} ${name}`, lines, row, [
          'study',
          'organisation',
          'dues',
          'conduct',
          'obligation',
          'service',
          'uncapped',
          'total',
        ]);
        check(`${month} ${name}`, lines, row.posts as unknown as MonthRow, Object.keys(row.posts));
      }
    for (const [name, member] of Object.entries(result.year!.members))
      check(name, result.explain!.year!.members[name]!, member, ['mean', 'bonus', 'uncapped', 'score']);
    return wrong;
  }

  test('on random cases', () => {
    for (let seed = 1; seed <= 25; seed++) expect([seed, mismatches(randomCase(seed))]).toEqual([seed, []]);
  });

  test('every line has a clause, and the rest of the answer is as without', () => {
    const input = randomCase(7);
    const { explain, ...plain } = score(input, standard, { months, year: 2024, explain: true });
    expect(plain).toEqual(score(input, standard, { months, year: 2024 }));
    const lines = Object.values(explain!.months).flatMap((rows) =>
      Object.values(rows).flatMap((f) => Object.values(f).flat()),
    );
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.filter((l) => l.clause === '' || !l.text.includes(l.clause))).toEqual([]);
  });
});
