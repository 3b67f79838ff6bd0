/** The values of the readings in Chinese, as people name them and as the bot says them back. */
import { READING_NAMES, READINGS, type ReadingName } from '../../scoring/readings.ts';

const WORDS: Readonly<Record<ReadingName, Readonly<Record<string, string>>>> = {
  cap: { month: '每月封顶', none: '不封顶', year: '全年封顶' },
  bonus: { annual: '全年合计', monthly: '按月', carried: '逐月累计' },
  divisor: { 'in-scope': '纳入的月数', twelve: '12个月' },
  unscored: { block: '不评不定', zero: '按0分' },
  exempt: { ungraded: '不定等次', graded: '定等次' },
  leave: { all: '都扣', 'sick-and-duty-waived': '病假公假不扣' },
  lateAndEarly: { both: '各扣一次', once: '只扣一次' },
  combinedMeeting: { one: '只计一项', both: '两项都计' },
  itemFloor: { zero: '扣完为止', none: '可扣成负分' },
  unpaidDues: { late: '按不按时', short: '按不足额' },
  sharedDeed: { 'one-post': '只计一岗', both: '两岗都计' },
  awards: { 'best-per-achievement': '同一事就高', 'best-of-year': '全年就高', sum: '累加' },
  festivals: { 'two-a-year': '全年共2分', 'one-each': '每次1分', 'two-each': '每次2分' },
  mutual: { reference: '只作参考', weighted: '按七三折算' },
  noticeDays: { plain: '自然日', 'skip-holidays': '工作日' },
  openObjection: { 'blocks-branch': '全支部等', 'blocks-row': '只等本人' },
  quotaBase: { all: '党员总数', graded: '定等次的人', 'without-exempt': '不算未纳入' },
  overQuota: { qualified: '定合格', excellent: '定优秀' },
  probationMonths: { count: '计入', drop: '不计入' },
  floatingOnSite: { excused: '不扣', leave: '按请假', absent: '按缺席' },
};

/** Short names that people use for a reading beside its title. */
const ALIASES: Readonly<Record<string, ReadingName>> = {
  封顶: 'cap',
  加分: 'bonus',
  除数: 'divisor',
  平均: 'divisor',
  待评: 'unscored',
  免评: 'exempt',
  请假: 'leave',
  又迟到又早退: 'lateAndEarly',
  合并会议: 'combinedMeeting',
  党费: 'unpaidDues',
  实事共用: 'sharedDeed',
  表彰: 'awards',
  节日活动: 'festivals',
  公示: 'noticeDays',
  异议: 'openObjection',
  优秀基数: 'quotaBase',
  优秀比例: 'quotaBase',
  超名额: 'overQuota',
  转正: 'probationMonths',
  流动党员: 'floatingOnSite',
};

/** A value of a reading as it is said. */
export function saidReading(name: string, value: string): string {
  return (WORDS as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]?.[value] ?? value;
}

/** The reading meant by a title, a short name, a question's number or its English id. */
export function readingNamed(text: string): ReadingName | null {
  const said = text.trim();
  const exact = READING_NAMES.find(
    (n) =>
      n.toLowerCase() === said.toLowerCase() ||
      READINGS[n].title === said ||
      READINGS[n].question === said.toUpperCase(),
  );
  return exact ?? ALIASES[said] ?? null;
}

/** The value meant, by its Chinese or its English; null where it is none of this reading's. */
export function valueNamed(name: ReadingName, text: string): string | null {
  const said = text.trim();
  const words = Object.entries(WORDS[name]);
  return words.find(([value, word]) => value === said.toLowerCase() || word === said)?.[0] ?? null;
}

/** `全年合计、按月、逐月累计`. */
export function valuesText(name: ReadingName): string {
  return Object.values(WORDS[name]).join('、');
}
