/** 不纳入积分管理: applied for by the member or a relative, approved by the branch with a minute, filed by the town (R02). */
import { body } from '../../ledger/kinds.ts';
import type { BranchState, Person } from '../../ledger/state.ts';
import { addMonths, dateOfTime, isDate, monthOf } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY, ask } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import { bossOf } from '../month/boss.ts';
import { preview } from '../month/preview.ts';
import { plainRead, saidMinute, textSlot, wordsSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { askBranch, branchMeant, inBranch, townPreview } from '../town/where.ts';
import { dayText, listed, monthText } from '../wording.ts';
import { namedOne, personSlots } from './person-slots.ts';

type Category = NonNullable<NonNullable<Person['exemption']>['category']>;

/** Only the category is stored, never the words it was read from. */
const CATEGORIES: readonly (readonly [Category, string, RegExp])[] = [
  ['no-self-care', '生活不能自理', /不能自理|自理不了|瘫/],
  ['limited-mobility', '行动不便', /行动不便|走不动|腿脚|残疾|出不了门/],
  ['long-illness', '长期患病', /病|住院|手术|透析|中风/],
  ['elderly', '年老体弱', /年老|高龄|年纪大|岁数大|体弱|\d{2}多?岁/],
];

export function categoryText(category: Category | null): string {
  return CATEGORIES.find(([id]) => id === category)?.[1] ?? '原因未分类';
}

export const applyExemption: Command = {
  name: 'exemption-apply',
  intent: 'none',
  words: ['申请不纳入', '不纳入申请', '免评申请'],
  who: 'anyone',
  where: ['group', 'private'],
  summary: '年老体弱、长期患病等申请不纳入积分管理，可以由家人代报；只记原因类别',
  examples: ['申请不纳入 年老体弱', '申请不纳入 张三 行动不便'],
  read: plainRead({
    name: 'exemption-apply',
    words: [],
    speech: /(?:申请|想|要求|给.{2,6}申请).{0,8}(?:不纳入|不参加|退出|免于?).{0,4}积分/,
    slots: (message, rest) => {
      const category = CATEGORIES.find(([, , words]) => words.test(rest))?.[0];
      const name = namedOne(message);
      return { ...(name ? { name } : {}), ...(category ? { category } : {}) };
    },
  }),
  decide: applyFor,
};

/** What stands in the way of a new application, in words; null where nothing does. */
function standing(p: Person): string | null {
  switch (p.exemption?.state) {
    case 'applied':
      return '已经申请，等支委会研究';
    case 'approved':
      return '支部已经同意，等镇里备案';
    case 'filed':
      return '已经备案，不纳入积分管理';
    default:
      return null;
  }
}

function applyFor(request: Request, reading: Reading): Outcome {
  const { branch, speaker, at } = request;
  const name = textSlot(reading, 'name') ?? speaker.name;
  const p = branch.people[name];
  if (!p || p.left) return refuse('person-whom', { example: '申请不纳入 张三 行动不便' });
  const before = standing(p);
  if (before) return refuse('exempt-already', { name, state: before });
  const category = CATEGORIES.find(([id]) => id === reading.slots['category'])?.[0];
  if (!category)
    return ask(request, '是哪一类原因？', {
      room: 'private',
      choices: CATEGORIES.map(([id, label]) => ({
        label,
        reading: { ...reading, slots: { ...reading.slots, name, category: id } },
      })),
    });
  const proxy = name === speaker.name ? '' : `（${speaker.name}代报）`;
  const own = `已记${name}不纳入积分管理的申请${proxy}：${categoryText(category)}。支委会同意、镇里备案后，从备案的下个月起不再记分。`;
  return {
    bodies: [body('exemption-applied', { name, category, by: speaker.name })],
    replies: [
      ...privately(request, own),
      notice(
        bossOf(branch, at),
        `${name}申请不纳入积分管理${proxy}，${categoryText(category)}。支委会研究后回复“同意不纳入 ${name} 支委会某月某日”，或“不同意不纳入 ${name} 原因”。`,
      ),
    ],
  };
}

function privately(request: Request, text: string): Reply[] {
  return request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
}

export const approveExemption: Command = {
  name: 'exemption-approve',
  intent: 'none',
  words: ['同意不纳入', '同意免评'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '按支委会会议记录同意党员不纳入积分管理，报镇备案',
  examples: ['同意不纳入 张三 支委会3月28日'],
  read: plainRead({
    name: 'exemption-approve',
    words: [],
    slots: (message, rest) => {
      const minute = saidMinute(rest, message.today);
      return { ...personSlots(message, ''), ...(minute ? { minute } : {}) };
    },
  }),
  decide: approve,
};

/** Whoever waits in a state: the one named, or the only one there is. */
function waitingOne(branch: BranchState, reading: Reading, state: 'applied' | 'approved'): string | null {
  const waiting = Object.values(branch.people)
    .filter((p) => p.exemption?.state === state)
    .map((p) => p.name);
  const named = textSlot(reading, 'name');
  if (named) return waiting.includes(named) ? named : null;
  return waiting.length === 1 ? waiting[0]! : null;
}

function approve(request: Request, reading: Reading): Outcome {
  const { branch, at, speaker } = request;
  const name = waitingOne(branch, reading, 'applied');
  if (!name) return refuse('exempt-none', { name: textSlot(reading, 'name') ?? '' });
  if (name === speaker.name) return refuse('exempt-own');
  const minute = textSlot(reading, 'minute');
  if (!minute || !isDate(minute)) return refuse('minute-needed', { what: '不纳入积分管理' });
  if (minute > dateOfTime(at)) return refuse('minute-future', { date: dayText(minute, at) });
  const category = categoryText(branch.people[name]?.exemption?.category ?? null);
  return {
    bodies: [body('exemption-approved', { name, minute })],
    replies: [
      answer(`已记支部同意，报镇组织办备案。备案后从下个月起生效。`),
      notice({ person: name }, `支部已同意您不纳入积分管理的申请，报镇里备案后从下个月起生效。`),
      notice(
        'town',
        `${branch.name}报请备案：${name}不纳入积分管理（${category}，支委会${dayText(minute, at)}）。请回复“不纳入备案 ${branch.name} ${name}”。`,
      ),
    ],
  };
}

export const refuseExemption: Command = {
  name: 'exemption-refuse',
  intent: 'none',
  words: ['不同意不纳入', '不同意免评'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '不同意不纳入积分管理的申请，写明理由，私下答复本人',
  examples: ['不同意不纳入 张三 身体好转，支委会研究仍纳入'],
  read: plainRead({
    name: 'exemption-refuse',
    words: [],
    slots: (message, rest) => {
      const hit = message.names().find((n) => n.members.length === 1);
      const reason = hit
        ? rest
            .slice(rest.indexOf(hit.text) + hit.text.length)
            .replace(/^[\s,，:：]*(?:原因|理由)?[\s:：]*/, '')
        : '';
      return { ...personSlots(message, ''), reason: reason.trim() };
    },
  }),
  decide: (request, reading) => {
    const name = waitingOne(request.branch, reading, 'applied');
    if (!name) return refuse('exempt-none', { name: textSlot(reading, 'name') ?? '' });
    const reason = wordsSlot(reading, 'reason');
    if (!reason) return refuse('reason-needed', { example: `不同意不纳入 ${name} …` });
    return {
      bodies: [body('exemption-refused', { name, reason })],
      replies: [
        answer('已记，并已私下答复本人。'),
        notice({ person: name }, `您不纳入积分管理的申请，支部没有同意：${reason}。有意见可以回复“异议”。`),
      ],
    };
  },
};

export const fileExemption: Command = {
  name: 'exemption-file',
  intent: 'none',
  words: ['不纳入备案', '免评备案', '备案不纳入'],
  who: ['town'],
  where: ['town', 'private'],
  summary: '备案支部同意的不纳入积分管理，从下个月起生效',
  examples: ['不纳入备案 云岭村 张三'],
  read: plainRead({ name: 'exemption-file', words: [], slots: (message) => ({ text: message.body }) }),
  decide: file,
};

function approvedIn(branch: BranchState): string[] {
  return Object.values(branch.people)
    .filter((p) => p.exemption?.state === 'approved')
    .map((p) => p.name);
}

function file(request: Request, reading: Reading): Outcome {
  const { at, town } = request;
  const branch = branchMeant(request);
  if (!branch)
    return askBranch(
      '不纳入备案',
      Object.values(town.branches).filter((b) => approvedIn(b).length > 0),
    );
  const said = textSlot(reading, 'text') ?? '';
  const waiting = approvedIn(branch);
  const named = waiting.filter((name) => said.includes(name));
  const names = named.length > 0 ? named : waiting;
  if (names.length === 0) return refuse('exempt-none', { name: '' });
  const from = monthText(addMonths(monthOf(at), 1), at);
  const what = `${branch.name}${listed(names)}不纳入积分管理，从${from}起`;
  if (named.length === 0 && !request.confirmed)
    return townPreview(request, reading, branch, `将备案${what}。`, '备案');
  const to = { branch: branch.branch };
  return inBranch(
    request,
    branch,
    names.map((name) => body('exemption-filed', { name, date: dateOfTime(at) })),
    [
      answer(`已备案${what}。`),
      ...names.map((name) => ({
        ...notice({ person: name }, `镇里已备案，您从${from}起不纳入积分管理。愿意恢复随时告诉书记。`),
        ...to,
      })),
      { ...notice(bossOf(branch, at), `镇组织办已备案${listed(names)}不纳入积分管理，从${from}起。`), ...to },
    ],
  );
}

export const endExemption: Command = {
  name: 'exemption-end',
  intent: 'none',
  words: ['恢复积分', '恢复纳入'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '恢复一位党员的积分管理，从下一个整月起记分',
  examples: ['恢复积分 张三'],
  read: plainRead({ name: 'exemption-end', words: [], slots: personSlots }),
  decide: (request, reading) => {
    const name = textSlot(reading, 'name');
    const p = name ? request.branch.people[name] : undefined;
    if (!name || !p || p.left) return refuse('person-whom', { example: '恢复积分 张三' });
    if (p.exemption?.state !== 'filed') return refuse('exempt-not-out', { name });
    const date = textSlot(reading, 'date') ?? dateOfTime(request.at);
    const month = date.endsWith('-01') ? monthOf(date) : addMonths(monthOf(date), 1);
    const from = monthText(month, request.at);
    if (!request.confirmed)
      return preview(request, reading, `将恢复${name}的积分管理，从${from}起记分。`, '恢复');
    return {
      bodies: [body('exemption-ended', { name, date })],
      replies: [
        answer(`已恢复${name}，从${from}起记分。`),
        notice({ person: name }, `您从${from}起恢复积分管理。`),
        notice('town', `${request.branch.name}${name}从${from}起恢复积分管理。`),
      ],
    };
  },
};
