/** How refusals about the year, about people and the town's acts are worded; `commands/phrases.ts` takes them in. */

type Facts = Readonly<Record<string, unknown>>;

function say(facts: Facts, key: string, otherwise = ''): string {
  const value = facts[key];
  if (Array.isArray(value)) return value.map(String).join('、');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

export const yearPhrases: Readonly<Record<string, (facts: Facts) => string>> = {
  // The year
  'year-blocked': (f) =>
    `${say(f, 'year')}年度还不能评定：${say(f, 'months')}有人待评。请先评分，或由书记“免评”并说明原因。`,
  'year-with-town': (f) => `${say(f, 'year')}年度${say(f, 'stage')}，不能再改；要改请镇里先退回。`,
  'year-nobody': (f) => `${say(f, 'name')}不在这个年度的党员里。`,
  'year-tied': (f) =>
    `优秀末位并列：${say(f, 'names')}，还剩${say(f, 'places')}个名额。请支委会定，再发一遍并写上“并列定${say(f, 'example')}”。`,
  'year-no-tie': (f) => `${say(f, 'name')}不在并列的人里，没有记。`,
  'year-undecided': (f) => `${say(f, 'name')}没有算出等次，请写明定为什么、为什么。`,
  'year-reason': (f) =>
    `${say(f, 'name')}测算为${say(f, 'computed')}，定成别的要写原因，例如“${say(f, 'name')} 合格 原因：…”。`,
  'year-over-quota': (f) => `优秀${say(f, 'used')}人，超过名额${say(f, 'places')}人，没有记。`,
  'year-not-decided': (f) =>
    `${say(f, 'year')}年度${say(f, 'stage')}，请先“年度评定 会议某月某日 全部按测算”。`,
  'year-submitted': (f) => `${say(f, 'year')}年度评定已经报镇组织办，等审核结果。`,
  'year-not-submitted': (f) =>
    `${say(f, 'branch')}没有等着审核的${say(f, 'year')}年度评定（${say(f, 'stage')}）。`,
  'year-not-passed': (f) => `${say(f, 'year')}年度${say(f, 'stage')}，镇里审核通过以后才能公示。`,
  'year-no-board': () => '现在没有年度公示。',
  'year-no-row': (f) => `${say(f, 'year')}年度公示榜上没有${say(f, 'name')}。`,
  'year-held': (f) => `${say(f, 'year')}年度还不能办结：${say(f, 'why')}。`,
  'year-closed': (f) => `${say(f, 'year')}年度已经办结。`,
  'task-unknown': (f) => `没有${say(f, 'number')}号任务。`,
  'task-done-already': (f) => `${say(f, 'number')}号任务${say(f, 'date')}已经完成。`,
  'task-what': (f) =>
    `请写明交给谁、哪天前，例如“任务 ${say(f, 'number')} 交 某某 6月30日前”，或“任务 ${say(f, 'number')} 完成 …”。`,

  // People
  'person-whom': (f) => `请写明是谁，例如“${say(f, 'example')}”。`,
  'person-gone': (f) => `${say(f, 'name')}已经不在本支部。`,
  'person-known': (f) =>
    `名册里已经有${say(f, 'name')}；同名的请在名字后加小组，如“${say(f, 'name')}（三组）”。`,
  'person-date': (f) => `请写明日期，例如“${say(f, 'example')}”。`,
  'exempt-already': (f) => `${say(f, 'name')}${say(f, 'state')}，不用再办。`,
  'exempt-none': (f) => `${say(f, 'name', '现在')}没有等着办的不纳入申请。`,
  'exempt-not-out': (f) => `${say(f, 'name')}现在就在积分管理范围内。`,
  'exempt-own': () => '您本人的申请要由另一位书记或副书记来办。',
  'full-already': (f) => `${say(f, 'name')}已经是正式党员。`,
  'transfer-where': (f) => `请写明从哪个支部转到哪个支部，例如“${say(f, 'example')}”。`,
  'transfer-unscored': (f) =>
    `${say(f, 'name')}在${say(f, 'branch')}的${say(f, 'months')}还没有评完分，评完再转。`,
  'transfer-none': (f) => `没有找到${say(f, 'name', '这位党员')}的转接。`,
  'appoint-what': () => '请写明谁、什么职务、哪天起，例如“任命 张三 记录员 4月1日起”。',
  'appoint-not-yours': () => '书记、副书记由镇组织办登记。',
  'appoint-already': (f) => `${say(f, 'name')}已经是${say(f, 'role')}。`,
  'appoint-none': (f) => `${say(f, 'name')}现在不是${say(f, 'role')}。`,

  // The town
  'branch-which': (f) =>
    `哪个支部？请写“${say(f, 'example')}”。${say(f, 'names') === '' ? '' : `现有：${say(f, 'names')}。`}`,
  'branch-known': (f) => `已经登记过：${say(f, 'names')}。`,
  'branches-none': () => '请写明支部的名字，例如“登记支部 云岭村、柳林村”。',
  'codes-none': () => '所有支部都已经绑定了群。',
  'policy-unclear': (f) =>
    `没看懂要改什么：${say(f, 'problem')}。例如“细则 读法 加分计入方式=按月 自2027年1月1日 会议12月20日”。`,
  'policy-unsound': (f) => `这样改不成立，没有记录：${say(f, 'problems')}。`,
  'policy-not-yours': () => '细则由镇组织办来改，支部发“细则”可以查看。',
  'policy-date': () => '请写明从哪天起，例如“自2027年1月1日”，和哪次会议定的，例如“会议12月20日”。',
};
