/**
 * How refusals are worded, once each: an identifier in the code, a plain and polite sentence here. The facts are what
 * the command knew when it refused. One section a family.
 */
import type { Refusal } from './command.ts';
import { monthPhrases } from './month/phrases.ts';
import { yearPhrases } from './year/phrases.ts';

type Facts = Readonly<Record<string, unknown>>;

/** A fact as text; lists are joined. */
function say(facts: Facts, key: string, otherwise = ''): string {
  const value = facts[key];
  if (Array.isArray(value)) return value.map(String).join('、');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

export const phrases: Readonly<Record<string, (facts: Facts) => string>> = {
  ...monthPhrases,
  ...yearPhrases,

  // Permission, said by the engine
  'not-allowed': (f) => `这件事要由${say(f, 'who', '支部指定的人')}来办。`,
  'wrong-place': (f) => `请${say(f, 'where', '换个地方')}发这条。`,
  'not-a-member': () => '您的微信还没有和党员名册对上，请私下给我发“我是+姓名”，由记录员确认。',
  'nothing-open': () => '现在没有等您回答的问题。',

  // Reports
  'report-future': (f) => `${say(f, 'date')}还没到，做完再报就行。`,
  'report-not-member': (f) => `名册里没有${say(f, 'name')}，没有记。`,
  'post-unknown': () => '没有这个岗位，请换个说法。',
  'report-unknown': (f) => `没有#${say(f, 'number')}这条报告。`,
  'report-none-yours': () => '没有找到您要说的那条报告，请带上编号，例如“撤回 37”。',
  'report-settled': (f) => `#${say(f, 'number')}已经${say(f, 'state')}。`,
  'resubmit-not-rejected': (f) => `#${say(f, 'number')}没有被驳回，不用补报。`,
  'verify-none': () => '现在没有等您核实的报告。',
  'verify-not-yours': (f) => `${say(f, 'numbers')}由${say(f, 'verifier')}核实。`,
  'flag-words': (f) => `请写上哪里存疑，例如“存疑 ${say(f, 'number')} 照片不像当天的”。`,
  'contest-none': () => '没有找到把您写进去的待核实报告。要查某一条，请发“查 #编号”。',

  // Attendance
  'attendance-not-yours': (f) => `考勤由${say(f, 'who')}登记，您的话没有记。`,
  'attendance-future': (f) => `${say(f, 'date')}的会还没开，会后再登记。`,
  'attendance-two-marks': (f) => `${say(f, 'name')}同时在两个名单里，请再说一次。都没有记。`,
  'meeting-unknown': () => '没有找到这次会议，请写上日期和会议名称。',
  'meeting-past': (f) => `${say(f, 'date')}已经过了。`,
  'meeting-held': (f) => `${say(f, 'meeting')}已经登记了考勤，不能再改期或取消。`,
  'signin-closed': (f) => `${say(f, 'meeting')}现在不能签到，请找${say(f, 'who')}登记。`,
  'signin-not-open': () => '现在没有会议在签到。',
  'leave-not-yours': () => '请假由书记或副书记批准。',
  'leave-own': (f) => `您本人的请假由${say(f, 'who')}批准。`,
  'leave-none': (f) => `没有找到${say(f, 'name')}待批的请假，请写上日期和会议名称。`,

  // Dues and posts
  'dues-nothing': () => '没有看懂是谁的党费，请写上姓名和月份。',
  'dues-not-yours': (f) => `党费由${say(f, 'who')}登记，您的话没有记。`,
  'claim-not-offered': (f) => `支部现在没有${say(f, 'post')}，请换一个岗位。`,
  'claim-too-many': (f) => `每人最多${say(f, 'limit')}个岗位，请重新说一次要哪几个。`,
  'claim-own': () => '您本人的认领要由另一位书记或副书记同意。',
  'claim-none': (f) => `${say(f, 'name', '现在')}没有等您同意的认领。`,
  'claim-reason': (f) => `请写上理由，例如“不同意认领 ${say(f, 'name')} 这个岗已经满了”。`,
  'claim-detail-not-yours': () => '关爱对象由本人或支委登记。',

  // Asking
  'query-others': () => '只能查自己的分。公示之后，大家的得分以公示榜为准。',
  'query-all': () => '全支部的得分以公示榜为准。要查自己的，请发“查分”。',

  // Correcting
  'correct-nothing': () => '没有找到要更正的那条，请带上编号，例如“#37 改成3月12日”。',
  'correct-not-yours': (f) => `#${say(f, 'number')}是${say(f, 'by')}报的，请本人更正。`,
  'correct-no-double': () => '没有找到重复的记录。加分记重了，请书记按会议记录更正。',

  // People
  'bind-none': () => '现在没有等确认的微信。',
  'bind-whom': (f) => `“${say(f, 'nickname')}”是哪一位？请回复“绑定 ${say(f, 'nickname')} 姓名”。`,
  'bind-which': (f) => `有几个微信对得上：${say(f, 'nicknames')}，请写全昵称。`,
  'bind-taken': (f) => `${say(f, 'name')}已经绑定了微信；换了微信请书记回复“换绑 ${say(f, 'name')}”。`,
  'bind-own': () => '您本人的微信要由别的书记、副书记或镇里来改。',
  'unbind-whom': () => '解绑谁的微信？请写全名。',
  'unbind-none': (f) => `${say(f, 'name')}没有绑定微信。`,
  'setting-unclear': (f) => `没看懂${say(f, 'title')}要改成什么，例如“${say(f, 'example')}”。`,
  'setting-notice': (f) => `公示不能少于${say(f, 'days')}天（${say(f, 'clause')}）。`,
  'photos-none': () => '没有您交的照片。',
};

/** The sentence for a refusal. An identifier nobody worded is a bug, and says at least that nothing was done. */
export function refusalText(refusal: Refusal): string {
  const phrase = phrases[refusal.refusal];
  return phrase ? phrase(refusal.facts ?? {}) : '这件事没有办成，没有记录任何内容。';
}
