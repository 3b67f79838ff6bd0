/** How refusals about scores and the month are worded; `commands/phrases.ts` takes them in. */

type Facts = Readonly<Record<string, unknown>>;

function say(facts: Facts, key: string, otherwise = ''): string {
  const value = facts[key];
  if (Array.isArray(value)) return value.map(String).join('、');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

export const monthPhrases: Readonly<Record<string, (facts: Facts) => string>> = {
  // Publishing
  'publish-too-early': (f) => `${say(f, 'month')}还没有开始，不能公示。`,
  'publish-unscored': (f) =>
    `${say(f, 'month')}还不能公示，有${say(f, 'count')}人待评：${say(f, 'names')}。请先评分；这个月确实不评的，回复“免评 ${say(f, 'month')} 原因”。`,
  'publish-unchanged': (f) => `${say(f, 'month')}第${say(f, 'version')}版以来没有变动，不用再发。`,
  'publish-nobody': (f) => `${say(f, 'month')}没有纳入积分管理的党员。`,
  'no-board': (f) => (f['month'] ? `${say(f, 'month')}还没有公示。` : '现在没有公示。'),
  'withdraw-filed': (f) => `${say(f, 'month')}已经报镇里备案，不能撤回；有错请改分后发布新版。`,
  'reason-needed': (f) => `请写明原因，例如“${say(f, 'example')}”。`,
  'month-needed': (f) => `请写明是几月，例如“${say(f, 'example')}”。`,

  // Confirming
  'confirm-nothing-open': () => '现在没有等您确认的公示。',
  'confirm-filed': (f) => `${say(f, 'month')}已经备案，不用再确认；有不对的地方可以回复“异议”。`,
  'confirm-no-row': (f) => `${say(f, 'month')}公示榜上没有${say(f, 'name')}。`,
  'confirm-waived': (f) => `${say(f, 'month')}经支部同意免评，${say(f, 'name')}的分不用确认。`,
  'confirm-unscored': (f) => `${say(f, 'month')}榜上${say(f, 'name')}还是待评，等评分后再确认。`,

  // Objections
  'ticket-unknown': (f) => (f['number'] ? `没有${say(f, 'number')}号异议。` : '请写明异议的编号。'),
  'ticket-settled': (f) => `${say(f, 'number')}号异议已经办结（${say(f, 'state')}）。`,
  'ticket-not-yours': (f) => `${say(f, 'number')}号异议不是您提的。`,
  'ruling-not-you': (f) =>
    `${say(f, 'number')}号异议不能由${say(f, 'why')}裁定，请${say(f, 'handler', '镇组织办')}来办。`,
  'ruling-words': (f) =>
    `请写明答复的话，例如“裁定 ${say(f, 'number', '1')} 不采纳 已查签到表，当天没有签到”。`,
  'appeal-not-open': (f) => `${say(f, 'number')}号异议没有申诉到镇里。`,
  'objection-nothing': () => '没有您正在处理的异议。',
  'escalate-nothing': () => '没有找到您提过的异议。请先说哪个月、哪一项不对。',

  // Closing and filing
  'close-held': (f) => `${say(f, 'month')}还不能备案：${say(f, 'why')}。`,
  'filed-already': (f) => `${say(f, 'month')}已经备案。`,
  'branch-needed': () => '请写明是哪个支部，例如“备案收到 云岭村 3月”。',
  'filing-nothing': (f) => `${say(f, 'branch')}没有等着收的${say(f, 'month', '')}备案。`,

  // Minutes and what needs one
  'minute-needed': (f) => `${say(f, 'what')}要有支委会会议记录，请写明日期，例如“支委会3月28日”。`,
  'minute-future': (f) => `${say(f, 'date')}还没到，会议记录请写开过的会。`,
  'minute-unclear': () => '请写明支委会的日期和参会人，例如“支委会 3月28日 参会：甲、乙、丙”。',
  'second-self': () => '要由另一个人来复核，提出的人自己不能复核。',
  'second-role': (f) => `这件事要由${say(f, 'who')}复核。`,
  'proposal-unknown': (f) =>
    f['number'] ? `没有${say(f, 'number')}号待复核事项。` : '现在没有待复核的事项。',
  'proposal-settled': (f) => `${say(f, 'number')}号事项已经${say(f, 'state')}。`,
  'grave-who': (f) => `请写明是谁、支委会哪天定的，例如“${say(f, 'example')}”。`,
  'zero-already': (f) => `${say(f, 'name')}${say(f, 'year')}年度已经清零。`,
  'zero-self': () => '不能给自己提这件事。',

  // Scores
  'score-nobody': () => '没有听懂给谁记什么分，没有记录任何内容。',
  'score-not-yours': (f) => `分由记录员${say(f, 'recorder')}记，没有记录。`,
  'score-unsound': (f) => `这样记分对不上，没有记录：${say(f, 'problem')}。`,
  'score-filed-year': (f) => `${say(f, 'month')}所在年度已经办结，不能再改。`,

  // Bonus
  'bonus-unknown': (f) => `没有${say(f, 'number')}号加分申请。`,
  'bonus-settled': (f) => `${say(f, 'number')}号加分申请已经办过了。`,
  'bonus-what': () => '请写明是哪一类加分，例如“县级表彰”“经济发展”“公益事业”“七一活动”，其他事迹写几分。',

  // Mutual rating
  'rating-none': () => '现在没有互评。',
  'rating-still-open': () => '互评还没有结束，结束后才能看结果。',
  'rating-open-already': (f) => `${say(f, 'month')}互评已经开着。`,
  'rating-in-private': () => '互评请私聊我投，群里的不算，也没有记录。',
  'rating-unclear': () => '请按“互评 甲95 乙90”的样子写，分数0到100。',
};
