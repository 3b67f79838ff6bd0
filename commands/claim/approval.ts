/** The secretary's word on claims of posts. */
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { tell } from '../telling.ts';
import { listed } from '../wording.ts';
import { assign, wishText } from './claim.ts';

interface ApprovalSlots {
  readonly names: readonly string[];
  readonly all?: boolean;
  readonly reason?: string;
}

function readNames(message: Message, command: string, natural: RegExp): Reading | null {
  const commanded = message.command?.name === command;
  const heard = natural.test(message.body) && ['secretary', 'deputy'].includes(message.role) && !message.asks;
  if (!commanded && !heard) return null;
  const hits = message.names().filter((n) => n.how !== 'role');
  const make = (names: readonly string[]): Reading => {
    const last = hits.at(-1);
    const reason = last
      ? message.body
          .slice(last.end)
          .replace(/^[\s,，:：、的]*(?:认领|岗位)?[\s,，:：]*/, '')
          .trim()
      : '';
    return {
      act: 'record',
      intent: 'claim',
      command,
      slots: { names, ...(reason ? { reason } : {}), ...(names.length === 0 ? { all: true } : {}) },
    };
  };
  const unclear = hits.find((n) => n.members.length > 1);
  if (unclear) {
    const choices = unclear.members.map((label) => ({ label, reading: make([label]) }));
    return {
      act: 'ask',
      intent: 'claim',
      command,
      slots: {},
      question: { text: `哪个${unclear.text}？`, missing: ['member'], choices },
    };
  }
  if (hits.length === 0 && !/全部|所有|都同意/.test(message.body)) {
    return {
      act: 'ask',
      intent: 'claim',
      command,
      slots: {},
      question: { text: '哪一位的认领？请写上姓名，或者“全部”。', missing: ['member'] },
    };
  }
  return make([...new Set(hits.map((n) => n.members[0]!))]);
}

function waiting(branch: BranchState, slots: ApprovalSlots): string[] {
  const all = Object.values(branch.people)
    .filter((p) => p.pendingClaim !== null)
    .map((p) => p.name);
  return slots.all ? all : slots.names.filter((n) => all.includes(n));
}

function checked(request: Request, slots: ApprovalSlots): string[] | Outcome {
  const names = waiting(request.branch, slots).filter((n) => !slots.all || n !== request.speaker.name);
  if (names.includes(request.speaker.name)) return refuse('claim-own');
  const missing = slots.names.find((n) => !names.includes(n));
  if (missing !== undefined || names.length === 0) return refuse('claim-none', { name: missing ?? '' });
  return names;
}

export const approveClaim: Command = {
  name: 'approve-claim',
  words: ['同意认领', '批准认领', '同意岗位', '同意换岗', '批岗'],
  read: (message) => readNames(message, 'approve-claim', /^(?:同意|批准).{0,20}(?:认领|换岗|岗位)/),
  intent: 'claim',
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '同意岗位认领',
  examples: ['同意认领 张三', '同意认领 全部'],
  decide: (request, reading) => {
    const names = checked(request, slotsOf<ApprovalSlots>(reading));
    if (!Array.isArray(names)) return names;
    return assign(
      request,
      names.map((name) => {
        const pending = request.branch.people[name]!.pendingClaim!;
        return { name, posts: pending.posts, from: pending.from };
      }),
    );
  },
};

export const refuseClaim: Command = {
  name: 'refuse-claim',
  words: ['不同意认领', '驳回认领', '不同意岗位', '不同意换岗'],
  read: (message) => readNames(message, 'refuse-claim', /^(?:不同意|不批准|驳回).{0,20}(?:认领|换岗|岗位)/),
  intent: 'claim',
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '不同意岗位认领，要说明理由',
  examples: ['不同意认领 张三 这个岗已经满了'],
  decide: (request, reading) => {
    const slots = slotsOf<ApprovalSlots>(reading);
    const names = checked(request, { ...slots, all: false });
    if (!Array.isArray(names)) return names;
    if (!slots.reason) return refuse('claim-reason', { name: names[0] });
    const bodies = names.map((name) => body('claim-refused', { name, reason: slots.reason! }));
    const told = names.flatMap((person) =>
      tell(
        request,
        person,
        `您认领的${wishText(request, request.branch.people[person]!.pendingClaim!)}没有通过：${slots.reason}。可以另外认领。`,
      ),
    );
    return { bodies, replies: [answer(`没有同意${listed(names)}的认领，已私下告诉本人。`), ...told] };
  },
};
