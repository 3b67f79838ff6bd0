/** Answers to how things work, with the numbers of the policy in force and the clause they come from. */
import type { Policy } from '../../scoring/policy.ts';
import type { Request } from '../command.ts';
import { holder, listed } from '../wording.ts';

type Item<K extends Policy['items'][number]['kind']> = Extract<Policy['items'][number], { kind: K }>;

function itemsOf<K extends Policy['items'][number]['kind']>(policy: Policy, kind: K): Item<K>[] {
  return policy.items.filter((i): i is Item<K> => i.kind === kind);
}

function leaveRule({ policy }: Request): string {
  const items = itemsOf(policy, 'attendance');
  const lines = items.map(
    (i) =>
      `${i.name}${i.points}分：无故缺席扣${i.deductions.absent}，迟到、早退、请假各扣${i.deductions.leave}（${i.clause}）`,
  );
  const waived = policy.readings.leave === 'sick-and-duty-waived' ? '病假、公假不扣。' : '病假、事假一样扣。';
  return `${lines.join('；')}。${waived}请假直接说“明天的会我请假”，由书记批，原因不公开。`;
}

function duesRule({ policy, branch }: Request): string {
  const [item] = itemsOf(policy, 'dues');
  if (!item) return '党费按支部的规定交。';
  const quarter = branch.settings.quarterlyDues ? '按季度交（一季三个月一起）也算按时，' : '';
  return `${item.name}${item.points}分：不按时每月扣${item.deductions.late}，不足额扣${item.deductions.short}（${item.clause}）。提前交、家人代交、${quarter}交了说一声“党费 3月 已交”，由记录员登记。`;
}

function rule({ policy }: Request): string {
  const { parts, postsPerMember } = policy.service;
  const full = parts.commitment.points + parts.performance.points + parts.deed.points;
  const obligation = policy.items.reduce((sum, i) => sum + i.points, 0);
  const minimums = policy.posts
    .filter((p) => p.minimum !== null)
    .map((p) => `${p.activity ?? p.shortName}${p.minimum}次`);
  const [best] = policy.bands;
  return [
    `满分${policy.caps.month}：义务${obligation}分（${listed(policy.items.map((i) => `${i.name}${i.points}`))}），从满分往下扣（${policy.obligation.clause}）；`,
    `岗位${full * postsPerMember}分，${postsPerMember}个岗每个${full}分（${parts.commitment.name}${parts.commitment.points}、${parts.performance.name}${parts.performance.points}、${parts.deed.name}${parts.deed.points}，${policy.service.clause}）；`,
    `加分全年最多${policy.bonus.yearCap}分，要支委会记录（${policy.bonus.clause}）。`,
    `每月至少：${listed(minimums)}。`,
    ...(best && best.from !== null ? [`年度是各月平均，${best.from}分以上可评${best.grade}。`] : []),
    '查自己的分发“查分”。',
  ].join('');
}

const REPORT =
  '做完直接说就行，比如“昨晚8点和石头在三组巡逻”，写清做了什么、哪天、和谁。照片有就发（前后十分钟内会自动附上），没有也可以。收到“已记 #编号”就是记上了，等记录员核实。不会打字的，别人可以代报。';

const TOPICS: Readonly<Record<string, (request: Request) => string>> = {
  proof_alternative: ({ branch, at }) =>
    `不会发照片没关系：打字、发语音转文字，或请别人代报都行（写清是帮谁报的），照片不是必须的，由${holder(branch, 'recorder', at)}核实；纸质签字也可以交给记录员。`,
  dues_rule: duesRule,
  leave_rule: leaveRule,
  objection: () =>
    '公示期内直接回复“异议”加哪一项，会给您一个编号，由书记或副书记私下处理，7天内答复；不服可以向镇里申诉。公示以后发现的也可以提，按更正办。',
  confirm: ({ branch }) =>
    `公示${branch.settings.noticeDays}天。没有意见回复“确认”，有意见回复“异议”加哪一项。“收到”不算确认。不会用手机的可以请人代确认，或在纸上签字。`,
  claim: ({ policy }) =>
    `每人最多${policy.service.postsPerMember}个岗，发“认领 3 5”（序号或名称都行），书记同意后生效；换岗发“把3号岗换成5号岗”，从下个月起算。现有岗位：${policy.posts
      .filter((p) => p.enabled !== false)
      .map((p, i) => `${i + 1}${p.shortName}`)
      .join('、')}。`,
  report: () => REPORT,
  rule,
};

/** The answer to a topic, or null where there is none. */
export function topicText(request: Request, topic: string): string | null {
  return TOPICS[topic]?.(request) ?? null;
}
