/** What goes back for a reading, in a short Chinese sentence, before a command decides: the date spelled out, so that a misreading is seen at once. */
import type { Heard, Reading, ReadingContext } from './reading.ts';

const day = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;
const month = (m: string): string =>
  m
    .split(',')
    .map((one) => `${Number(one.slice(5, 7))}月`)
    .join('、');
const list = (names: unknown): string => (Array.isArray(names) ? names.join('、') : '');

type Slots = Reading['slots'];
const text = (slots: Slots, key: string): string => (typeof slots[key] === 'string' ? slots[key] : '');

/** A post's short name: 治安巡逻志愿服务岗 → 治安巡逻. */
function postName(id: string, context: ReadingContext): string {
  return (context.posts[id] ?? id).replace(/(?:志愿服务)?岗$/, '');
}

const SHOWN: Partial<Record<Reading['intent'], (slots: Slots, context: ReadingContext) => string>> = {
  report: (s, context) =>
    `已记：${list(s['members'])} ${(s['dates'] as string[]).map(day).join('、')}${text(s, 'time') ? ` ${text(s, 'time')}` : ''} ${postName(text(s, 'post'), context)}，待记录员核实。`,
  attendance: (s) => {
    const phase = text(s, 'phase');
    if (text(s, 'date') === '') return '已记，请核对。';
    const what = `${day(text(s, 'date'))}${text(s, 'meeting')}`;
    if (phase === 'leave_request') return `${what}的请假已转书记。`;
    if (phase === 'leave_approved') return `${what}的准假已记。`;
    return phase === 'rsvp' ? `${what}的报名已收到。` : `${what}的考勤已记，请核对。`;
  },
  dues: (s) => {
    const entries = s['entries'] as { member: string; months: string[] }[];
    return `党费已登记，待记录员核对：${entries.map((e) => `${e.member} ${e.months.map(month).join('、')}`).join('；')}。`;
  },
  score: (s) => `将记${month(text(s, 'month'))}分 ${(s['ops'] as unknown[]).length} 项，请核对。`,
  claim: () => '岗位认领已登记，待支部同意。',
  confirm: (s) =>
    `已确认：${text(s, 'member')} ${month(text(s, 'month'))}积分${text(s, 'proxy') ? `（${text(s, 'proxy')}代）` : ''}。`,
  object: (s) => (text(s, 'escalate') ? '已转镇组织办，会有人答复您。' : '异议已登记，书记会在7天内答复您。'),
  correct: () => '更正已收到，已记入待核。',
};

const TOPICS: Record<string, string> = {
  report: '照平时说话写就行，比如“昨晚8点在三组巡逻，和水生一起”。',
  proof_alternative: '不会发照片也可以报，请同伴或记录员代报，由记录员核实。',
  rule: '每月义务40分、两个岗位60分，加分全年最多10分。',
  dues_rule: '党费按月按时足额交；经支部同意可按季交或预交。',
  leave_rule: '请假一次扣2分，无故缺席一次扣5分。',
  confirm: '公示期内回复“确认”即可，有不同意见回复“异议”加说明。',
  objection: '回复“异议”加说明即可，书记或副书记会在7天内答复。',
  claim: '每人认领两个岗位，比如“认领 治安巡逻 环境卫生”，书记同意后生效。',
  commands: '可以说：巡逻 昨晚8点 三组；请假；党费已交；查分；确认；异议；认领。',
  too_long: '太长了没看完，请分几句说，一句一件事。',
  unknown: '没看懂。可以说“帮助”看我会做什么。',
};

const REFUSED: Record<string, string> = {
  not_recorder: '打分由记录员和支委会办，您的情况可以作为加分申报提交。',
  query_others: '只能查自己的分。公示之后，大家的得分以公示榜为准。',
  own_score: '您本人的分由书记或副书记记，已转告。',
};

/** The slot that a sentence on the intent needs; other commands of the same intent have slots of their own. */
const NEEDED: Partial<Record<Reading['intent'], string>> = { report: 'dates', dues: 'entries', score: 'ops' };

function shown(reading: Reading, context: ReadingContext): string | undefined {
  const needed = NEEDED[reading.intent];
  if (needed !== undefined && reading.slots[needed] === undefined) return '已收到，按您说的办。';
  return SHOWN[reading.intent]?.(reading.slots, context);
}

/** The answer as a sentence; nothing for what is silent. */
export function wouldSay(reading: Reading, _heard: Heard, context: ReadingContext): string | undefined {
  if (reading.act === 'silent') return undefined;
  if (reading.question) return reading.question.text;
  if (reading.act === 'refuse') return REFUSED[reading.why ?? ''] ?? '这件事您这里不能办。';
  if (reading.act === 'answer') {
    if (reading.intent === 'help') return TOPICS[text(reading.slots, 'topic')] ?? TOPICS['unknown'];
    return reading.intent === 'query' ? '分数和明细已私信发给您。' : '现在没有待确认的公示。';
  }
  const said = shown(reading, context);
  const also = reading.also?.map((r) => shown(r, context) ?? '').join('');
  return said === undefined ? undefined : said + (also ?? '');
}
