/** The gravest acts take two people: one proposes with a minute, another confirms, and only then they are written (R17, R35). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { holdersOf } from '../../ledger/roles.ts';
import type { BranchState, Proposal } from '../../ledger/state.ts';
import { isDate, type IsoMonth, type LocalTime, monthOf, yearOf } from '../../scoring/calendar.ts';
import {
  answer,
  type Audience,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Request,
} from '../command.ts';
import type { Reading } from '../reading.ts';
import { dayText, monthText, ROLE_WORDS } from '../wording.ts';
import { correctionsOf } from './correction.ts';
import { numberSlot, plainRead, saidNumber, saidReason, wordsSlot } from './said.ts';

type Needs = Proposal['needs'];
const BOSSES = ['secretary', 'deputy'] as const;

/** Who confirms what somebody proposes: the other of secretary and deputy, never whom it is about; else the town. */
function secondFor(branch: BranchState, proposer: string, about: readonly string[], at: LocalTime): Needs {
  const free = BOSSES.find((role) =>
    holdersOf(branch, role, at).some((name) => name !== proposer && !about.includes(name)),
  );
  return free ?? 'town';
}

/** Writes a grave act as a proposal and tells who has to confirm it. Nothing of it takes effect yet. */
export function propose(
  request: Request,
  summary: string,
  bodies: readonly Body[],
  about: readonly string[],
): Decision {
  const { branch, speaker, at } = request;
  const number = branch.nextProposal;
  const needs = secondFor(branch, speaker.name, about, at);
  const to: Audience = needs === 'town' ? 'town' : { role: needs };
  const where = needs === 'town' ? `${branch.name} ` : '';
  return {
    bodies: [body('proposed', { number, summary, needs, bodies: bodies.map((b) => ({ ...b })) })],
    replies: [
      answer(`已登记${number}号待复核事项：${summary}。由${ROLE_WORDS[needs]}复核后生效。`, 'private'),
      ...(request.place === 'group' ? [answer('已登记，等复核。')] : []),
      notice(
        to,
        `${speaker.name}提请复核${where}${number}号：${summary}。同意请回复“复核 ${where}${number}”，不同意请回复“不同意复核 ${where}${number} 原因”。`,
      ),
    ],
  };
}

export const second: Command = {
  name: 'second',
  intent: 'none',
  words: ['复核', '同意复核', '复核同意'],
  who: ['secretary', 'deputy', 'recorder', 'town'],
  // What is proposed names somebody: never in the group.
  where: ['private', 'town'],
  summary: '复核别人提请的重大事项（违纪扣分、年度清零）',
  examples: ['复核 1'],
  read: plainRead({
    name: 'second',
    words: [],
    slots: (_message, rest) => {
      const number = saidNumber(rest);
      return number === null ? {} : { number };
    },
  }),
  decide: (request, reading) => {
    const found = openProposal(request, reading);
    if ('refusal' in found) return found;
    const { proposal } = found;
    const bodies = proposal.bodies as readonly Body[];
    const branch = request.branch.branch;
    const months = bodies.flatMap((b) => monthsTouched(request, b));
    const corrections = correctionsOf(request, {
      bodies,
      months,
      reason: proposal.summary,
      replies: () => [],
    });
    return {
      bodies: [body('proposal-confirmed', { number: proposal.number }), ...bodies, ...corrections],
      replies: [
        answer(`${proposal.number}号事项已复核，已生效：${proposal.summary}。`),
        {
          ...notice(
            { person: proposal.by },
            `${proposal.number}号事项已由${request.speaker.name}复核生效：${proposal.summary}。`,
          ),
          branch,
        },
        ...effects(request, bodies),
      ],
    };
  },
};

/** Whom and which days a grave act is about, as far as its entry says. */
function factsOf(act: Body): { readonly name?: string; readonly date?: string; readonly minute?: string } {
  const { data } = act;
  if (typeof data !== 'object' || data === null) return {};
  const text = (key: string): Record<string, string> => {
    const value: unknown = Object.entries(data).find(([k]) => k === key)?.[1];
    return typeof value === 'string' ? { [key]: value } : {};
  };
  return { ...text('name'), ...text('date'), ...text('minute') };
}

/** Published months whose rows a grave act changes: the fact's own, or every later one of a zeroed year. */
function monthsTouched({ branch }: Request, act: Body): IsoMonth[] {
  const { date } = factsOf(act);
  if (date === undefined) return [];
  const month = monthOf(date);
  return act.kind === 'year-zeroed'
    ? Object.keys(branch.months).filter((m) => yearOf(m) === yearOf(month))
    : [month];
}

/** Those who must know of a grave act that has taken effect: the person in private, the town of a year-zero (R35). */
function effects(request: Request, bodies: readonly Body[]) {
  const branch = request.branch.branch;
  return bodies.flatMap((b) => {
    const { name, date = '', minute = '' } = factsOf(b);
    if (name === undefined) return [];
    if (b.kind === 'year-zeroed') {
      const year = date.slice(0, 4);
      return [
        {
          ...notice(
            'town',
            `【报告】${request.branch.name}支委会${isDate(minute) ? dayText(minute, request.at) : ''}决定，${name}${year}年度积分清零，经两人确认。`,
          ),
          branch,
        },
        {
          ...notice(
            { person: name },
            `经支委会研究，您${year}年度积分清零。对此有异议，可以回复“异议”，也可以“申诉”到镇组织办。`,
          ),
          branch,
        },
      ];
    }
    if (b.kind === 'conduct-recorded')
      return [
        {
          ...notice(
            { person: name },
            `经支委会研究，您${monthText(monthOf(date), request.at)}遵纪守法一项扣分。对此有异议，可以回复“异议”。`,
          ),
          branch,
        },
      ];
    return [];
  });
}

export const dropProposal: Command = {
  name: 'drop-proposal',
  intent: 'none',
  words: ['不同意复核', '驳回复核', '撤回复核'],
  who: ['secretary', 'deputy', 'recorder', 'town'],
  // What is proposed names somebody: never in the group.
  where: ['private', 'town'],
  summary: '不同意或撤回一件待复核的事项',
  examples: ['不同意复核 1 材料不全'],
  read: plainRead({
    name: 'drop-proposal',
    words: [],
    slots: (_message, rest) => {
      const number = saidNumber(rest);
      const reason = saidReason(rest.replace(/^.*?\d+\s*号?/, ''));
      return { ...(number === null ? {} : { number }), ...(reason ? { reason } : {}) };
    },
  }),
  decide: (request, reading) => {
    const found = openProposal(request, reading, true);
    if ('refusal' in found) return found;
    const { proposal } = found;
    const reason = wordsSlot(reading, 'reason');
    const text = `${proposal.number}号事项没有通过复核${reason ? `：${reason}` : ''}，没有生效。`;
    return {
      bodies: [body('proposal-dropped', { number: proposal.number, ...(reason ? { reason } : {}) })],
      replies: [
        answer(text),
        ...(proposal.by === request.speaker.name
          ? []
          : [{ ...notice({ person: proposal.by }, text), branch: request.branch.branch }]),
      ],
    };
  },
};

/** The open proposal meant, if this speaker may settle it. Whoever proposed it may take it back, but not confirm it. */
function openProposal(
  request: Request,
  reading: Reading,
  dropping = false,
): { readonly proposal: Proposal } | (Outcome & { readonly refusal: string }) {
  const { branch, speaker } = request;
  if (branch.branch === '') return refuse('branch-needed');
  const open = Object.values(branch.proposals).filter((p) => p.state === 'open');
  const number = numberSlot(reading, 'number') ?? (open.length === 1 ? open[0]!.number : null);
  const proposal = number === null ? undefined : branch.proposals[number];
  if (!proposal || number === null) return refuse('proposal-unknown', { number: number ?? '' });
  if (proposal.state !== 'open')
    return refuse('proposal-settled', {
      number,
      state: proposal.state === 'confirmed' ? '复核生效' : '不予通过',
    });
  if (proposal.by === speaker.name) return dropping ? { proposal } : refuse('second-self');
  const about = (proposal.bodies as readonly Body[]).map((b) => factsOf(b).name);
  const may = speaker.roles.includes(proposal.needs) && !about.includes(speaker.name);
  return may ? { proposal } : refuse('second-role', { who: ROLE_WORDS[proposal.needs] });
}
