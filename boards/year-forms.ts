import { type Cell, cell, type Form, type Line, type Section } from './form.ts';
import { splitMessage } from './message.ts';
import { figureCell, personCell } from './sheets.ts';
import type { SettlementRow, SettlementView, YearReviewRow, YearReviewView } from './views/year.ts';
import { dateText, periodText, placeText, starsText, timeText } from './wording.ts';

const label = (text: string): Cell => cell(text, { bold: true });
const small = (text: string): Cell => cell(text, { align: 'left', size: 11 });

/** The branch's year to decide on and to send up: computed beside decided, quota and ties, follow-ups (R10, R31, R32). */
export function settlementForm(view: SettlementView): Form {
  const title = `${placeText(view.town, view.branch)}${view.year}年度党员积分评定表`;
  const sections = [gradeSection(view, title), ...followUpSection(view), ...sensitivitySection(view)];
  return { name: title, landscape: true, sections };
}

function gradeSection(view: SettlementView, title: string): Section {
  const before: Line[] = [];
  if (view.quota !== null) {
    const { base, places, used, tied } = view.quota;
    before.push({ left: `党员总数${base}人，优秀名额${places}个，已用${used}/${places}` });
    if (tied.length > 0) before.push({ left: `末位并列，由支委会决定：${tied.join('、')}`, bold: true });
  }
  if (view.blocked.length > 0)
    before.push({ left: `还不能评定，缺分月份：${view.blocked.map(periodText).join('、')}`, bold: true });
  return {
    sheet: '年度评定',
    title,
    before,
    table: {
      widths: [11, 32, 15, 18, 14, 19, 22, 22, 22, 20, 72],
      head: [
        [
          '序号',
          '姓名',
          '计分\n月数',
          '月均',
          '加分',
          '年度\n积分',
          '计算\n等次',
          '民主\n评议',
          '支部\n评定',
          '星级',
          '说明',
        ].map(label),
      ],
      body: view.rows.map(gradeCells),
      rowHeight: 10.5,
    },
    after: [
      { left: '支部评定和计算等次不同的，须写明理由。' },
      { left: '参会支委签字：', right: '支部书记签字：　　　　　　　', signature: true },
      { left: '镇党委审核意见：', right: '（盖章）　　　年　　月　　日　　', signature: true },
    ],
  };
}

function gradeCells(row: SettlementRow, index: number): Cell[] {
  const decided = row.decided ?? row.standing ?? '';
  return [
    cell(index + 1),
    personCell(row.name),
    cell(row.months),
    figureCell(row.mean),
    cell(row.bonus),
    figureCell(row.score, { bold: true }),
    cell(row.computed ?? row.standing ?? '待定'),
    cell(row.appraisal ?? ''),
    cell(decided, { bold: true }),
    cell(starsText(row.stars), { size: 9 }),
    small(row.reason ?? (row.computed === null ? '' : (row.standing ?? ''))),
  ];
}

function followUpSection(view: SettlementView): Section[] {
  if (view.followUps.length === 0) return [];
  const on = (date: string | undefined) => cell(date === undefined ? '' : dateText(date, true));
  const body = view.followUps.map((task) => [
    personCell(task.name),
    small(task.task),
    cell(task.owner ?? ''),
    on(task.due),
    on(task.done),
  ]);
  const head = ['姓名', '任务', '负责人', '期限', '完成'].map(label);
  return [
    {
      sheet: '后续任务',
      title: `${view.year}年度后续任务`,
      newPage: true,
      table: { widths: [36, 100, 40, 44, 44], head: [head], body, rowHeight: 11 },
    },
  ];
}

function sensitivitySection(view: SettlementView): Section[] {
  if (view.sensitivity.length === 0) return [];
  const body = view.sensitivity.map((each) => [personCell(each.name), small(each.reading), small(each.to)]);
  const table = {
    widths: [40, 120, 100],
    head: [['姓名', '换一种读法', '等次会变为'].map(label)],
    body,
    rowHeight: 10,
  };
  return [{ sheet: '读法影响', title: '换一种读法会改变等次的人', newPage: true, table }];
}

/** What does not add up in a branch's year; empty where everything does. */
export function reviewProblems(row: YearReviewRow): string[] {
  const graded = row.excellent + row.qualified + row.basic + row.failed;
  const sum = graded + row.probationary + row.exempt + row.others;
  const problems: string[] = [];
  if (sum !== row.members)
    problems.push(
      `人数不平：党员${row.members}，评定${graded}＋预备${row.probationary}＋未纳入${row.exempt}＋待定${row.others}＝${sum}`,
    );
  if (row.excellent > row.places) problems.push(`优秀${row.excellent}人，超过名额${row.places}`);
  if (row.months < 12) problems.push(`只有${row.months}个月有分`);
  return problems;
}

/** The town's check of the year in chat: the branches that do not add up first, then the sum of all. */
export function reviewText(view: YearReviewView): string[] {
  const wrong = view.rows.flatMap((row) =>
    reviewProblems(row).map((problem) => `● ${row.branch}：${problem}`),
  );
  const total = (pick: (row: YearReviewRow) => number) => view.rows.reduce((sum, row) => sum + pick(row), 0);
  const summary = [
    `党员${total((r) => r.members)}＝优秀${total((r) => r.excellent)}＋合格${total((r) => r.qualified)}＋基本合格${total((r) => r.basic)}＋不合格${total((r) => r.failed)}`,
    `＋预备${total((r) => r.probationary)}＋未纳入${total((r) => r.exempt)}＋待定${total((r) => r.others)}`,
  ].join('');
  const head = `${view.town}${view.year}年度审核：${view.rows.length}个支部，${wrong.length === 0 ? '全部平衡' : `${wrong.length}处不平`}`;
  return splitMessage(head, [...wrong, summary]);
}

/** The same as a table to print, every branch with its equation. */
export function reviewForm(view: YearReviewView): Form {
  const title = `${view.town}${view.year}年度党员积分审核表`;
  const body = view.rows.map((row, i) => {
    const counts = [
      row.members,
      row.excellent,
      row.places,
      row.qualified,
      row.basic,
      row.failed,
      row.probationary,
      row.exempt,
      row.others,
      row.months,
    ];
    return [
      cell(i + 1),
      cell(row.branch, { align: 'left', size: 11 }),
      ...counts.map((count) => cell(count)),
      cell(row.stage, { size: 11 }),
      small(reviewProblems(row).join('；') || '平'),
    ];
  });
  const head = [
    '序号',
    '支部',
    '党员\n总数',
    '优秀',
    '名额',
    '合格',
    '基本\n合格',
    '不\n合格',
    '预备',
    '未\n纳入',
    '待定',
    '有分\n月数',
    '阶段',
    '核对',
  ];
  return {
    name: title,
    landscape: true,
    sections: [
      {
        sheet: '年度审核',
        title,
        before: [
          {
            left: '党员总数＝优秀＋合格＋基本合格＋不合格＋预备＋未纳入＋待定；优秀不超过名额；有分月数应为12。',
            right: `统计：${timeText(view.at)}`,
          },
        ],
        table: {
          widths: [11, 50, 14, 12, 12, 12, 12, 12, 12, 12, 12, 13, 20, 62],
          head: [head.map(label)],
          body,
          rowHeight: 9.5,
        },
      },
    ],
  };
}
