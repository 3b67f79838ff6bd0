/**
 * The readings: questions the regulation leaves open. The kinds of answer live here, because each value is a
 * rule the core knows; which value holds, and the clause it rests on, is said by the policy file.
 */

/** Every reading with its question in the rules and its values, the default first. */
export const READINGS = {
  cap: { question: 'Q01', title: '百分封顶', values: ['month', 'none', 'year'] },
  bonus: { question: 'Q02', title: '加分计入方式', values: ['annual', 'monthly', 'carried'] },
  divisor: { question: 'Q04', title: '平均分的除数', values: ['in-scope', 'twelve'] },
  unscored: { question: 'Q06', title: '待评月份', values: ['block', 'zero'] },
  exempt: { question: 'Q07', title: '年末不纳入管理的党员', values: ['ungraded', 'graded'] },
  leave: { question: 'Q09', title: '请假扣分', values: ['all', 'sick-and-duty-waived'] },
  lateAndEarly: { question: 'Q10', title: '同一会议又迟到又早退', values: ['both', 'once'] },
  combinedMeeting: { question: 'Q11', title: '合并召开的会议', values: ['one', 'both'] },
  itemFloor: { question: 'Q14', title: '单项扣完为止', values: ['zero', 'none'] },
  unpaidDues: { question: 'Q15', title: '当月未交党费', values: ['late', 'short'] },
  sharedDeed: { question: 'Q24', title: '一件实事两岗共用', values: ['one-post', 'both'] },
  awards: { question: 'Q31', title: '同类表彰', values: ['best-per-achievement', 'best-of-year', 'sum'] },
  festivals: { question: 'Q32', title: '七一、十一活动', values: ['two-a-year', 'one-each', 'two-each'] },
  mutual: { question: 'Q35', title: '互评', values: ['reference', 'weighted'] },
  noticeDays: { question: 'Q38', title: '公示天数', values: ['plain', 'skip-holidays'] },
  openObjection: { question: 'Q40', title: '公示期未结异议', values: ['blocks-branch', 'blocks-row'] },
  quotaBase: { question: 'Q45', title: '优秀比例的基数', values: ['all', 'graded', 'without-exempt'] },
  overQuota: { question: 'Q48', title: '超出优秀名额', values: ['qualified', 'excellent'] },
  probationMonths: { question: 'Q50', title: '转正前的月份', values: ['count', 'drop'] },
  floatingOnSite: { question: 'Q61', title: '流动党员未到现场', values: ['excused', 'leave', 'absent'] },
} as const;

export type ReadingName = keyof typeof READINGS;

/** One value for every reading. */
export type Readings = { readonly [K in ReadingName]: (typeof READINGS)[K]['values'][number] };

export const READING_NAMES = Object.keys(READINGS) as ReadingName[];

export function readingValues(name: ReadingName): readonly string[] {
  return READINGS[name].values;
}
