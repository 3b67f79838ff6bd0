import { describe, expect, test } from '@jest/globals';
import { writingWidth } from '../../boards/form.ts';
import { settlementText } from '../../boards/private-text.ts';
import type { SettlementView, YearReviewRow } from '../../boards/views/year.ts';
import { reviewForm, reviewProblems, reviewText, settlementForm } from '../../boards/year-forms.ts';

const settlement: SettlementView = {
  town: '云岭镇',
  branch: '青石坳村',
  year: 2031,
  rows: [
    {
      name: '赵一鸣',
      months: 12,
      mean: 90.25,
      bonus: 4,
      score: 94.25,
      computed: '优秀',
      stars: 4,
      decided: '合格',
      reason: '民主评议为合格',
    },
    {
      name: '钱二妹',
      months: 6,
      mean: 88,
      bonus: 0,
      score: 88,
      computed: null,
      stars: null,
      standing: '预备党员',
    },
  ],
  quota: { base: 12, places: 2, used: 1, tied: ['孙三元', '李四海'] },
  blocked: [],
  followUps: [{ name: '周五谷', task: '诫勉谈话', owner: '书记', due: '2032-02-01' }],
  sensitivity: [
    { name: '赵一鸣', reading: 'bonus＝monthly', to: '合格' },
    { name: '李四海', reading: 'bonus＝monthly', to: '合格' },
  ],
};
const cellsOf = (form: ReturnType<typeof settlementForm>, section: number) =>
  form.sections[section]!.table!.body.map((line) => line.map(({ value }) => value));

describe('The settlement of a year', () => {
  test('on paper shows computed beside decided, the reason, the quota, ties, tasks and readings', () => {
    const form = settlementForm(settlement);
    expect(cellsOf(form, 0)).toEqual([
      [1, '赵一鸣', 12, 90.25, 4, 94.25, '优秀', '', '合格', '★★★★', '民主评议为合格'],
      [2, '钱二妹', 6, 88, 0, 88, '预备党员', '', '预备党员', '', ''],
    ]);
    expect(form.sections[0]!.before!.map(({ left }) => left)).toEqual([
      '党员总数12人，优秀名额2个，已用1/2',
      '末位并列，由支委会决定：孙三元、李四海',
    ]);
    expect(cellsOf(form, 1)).toEqual([['周五谷', '诫勉谈话', '书记', '2032年2月1日', '']]);
    expect(cellsOf(form, 2)[0]).toEqual(['赵一鸣', 'bonus＝monthly', '合格']);
    for (const { table } of form.sections)
      expect(table!.widths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(writingWidth(form));
  });

  test('in chat says the same, and only the missing months while it is blocked', () => {
    const text = settlementText(settlement).join('\n');
    expect(text).toContain('优秀名额 1/2');
    expect(text).toContain('合格★★★★（计算为优秀：民主评议为合格）');
    expect(text).toContain('周五谷：诫勉谈话，书记负责，2032年2月1日前');
    expect(text).toContain('\nbonus＝monthly → 合格：赵一鸣、李四海');
    const blocked = settlementText({ ...settlement, blocked: ['2031-06'] }).join('\n');
    expect(blocked).toContain('2031年6月');
    expect(blocked).not.toContain('赵一鸣');
  });
});

describe("The town's check of a year", () => {
  const good: YearReviewRow = {
    branch: '甲村',
    members: 20,
    excellent: 4,
    qualified: 10,
    basic: 2,
    failed: 1,
    probationary: 2,
    exempt: 1,
    others: 0,
    places: 4,
    months: 12,
    stage: '已报送',
  };

  test('finds nothing where everything adds up', () => {
    expect(reviewProblems(good)).toEqual([]);
    expect(reviewText({ town: '云岭镇', year: 2031, at: '2032-01-20T09:00:00', rows: [good] })[0]).toContain(
      '1个支部，全部平衡',
    );
  });

  test.each([
    [{ members: 21 }, /人数不平：党员21.*＝20/],
    [{ places: 3 }, /优秀4人，超过名额3/],
    [{ months: 11 }, /只有11个月/],
  ])('finds %j', (change, problem) => {
    expect(reviewProblems({ ...good, ...change })).toEqual([expect.stringMatching(problem)]);
  });

  test('prints every branch with its numbers and what is wrong', () => {
    const view = {
      town: '云岭镇',
      year: 2031,
      at: '2032-01-20T09:00:00',
      rows: [good, { ...good, branch: '乙村', others: 1 }],
    };
    const form = reviewForm(view);
    expect(cellsOf(form, 0).map((line) => line.at(-1))).toEqual(['平', expect.stringContaining('人数不平')]);
    expect(form.sections[0]!.table!.widths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(
      writingWidth(form),
    );
    expect(reviewText(view).join('\n')).toContain('● 乙村：人数不平');
  });
});
