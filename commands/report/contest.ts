/** A companion named in somebody's report says: not me. Nobody is counted for what somebody else typed. */
import { body } from '../../ledger/kinds.ts';
import { accountOf } from '../../ledger/roles.ts';
import type { Report } from '../../ledger/state.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { activityName, dayText } from '../wording.ts';
import { toVerifier } from './verifier.ts';

interface ContestSlots {
  readonly number?: number;
  readonly date?: string;
}

const NOT_ME =
  '(?:不是我|没有我|那次没我|没我(?!的份)|我(?:那次|当时|那天|那晚|昨天|昨晚)?(?:没有?|冇)(?:去|参加|到|在))';
const NUMBERED = new RegExp(`^#?\\s*(\\d{1,5})\\s*号?[,，:：\\s]*(?:这条|那条|那次)?[,，:：\\s]*${NOT_ME}`);
const BARE = new RegExp(
  `^(?:那次|这次|这条|那条)?[,，\\s]*${NOT_ME}(?:的)?[,，。\\s]*(?:记错了|弄错了|搞错了)?$`,
);

/** Overheard, the words alone mean too many things: only with a number, a quote of the bot's, or said to it. */
function readContest(message: Message): Reading | null {
  const numbered = NUMBERED.exec(message.body);
  const quoted = /#(\d{1,5})/.exec(message.quote ?? '');
  const number = numbered?.[1] ?? (quoted && BARE.test(message.body) ? quoted[1] : undefined);
  if (number === undefined && !(message.spokenTo && BARE.test(message.body))) return null;
  if (numbered && !message.body.startsWith('#') && !message.spokenTo) return null;
  return {
    act: 'record',
    intent: 'correct',
    command: 'contest',
    slots: number === undefined ? {} : { number: Number(number) },
  };
}

export const contest: Command = {
  name: 'contest',
  words: ['不是我', '那次没我'],
  read: readContest,
  intent: 'correct',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '别人报告里写了您、其实没参加的，把自己去掉',
  examples: ['#37 不是我', '那次没我'],
  timely: ({ branch, speaker }) =>
    Object.values(branch.reports).some((r) => r.by !== speaker.name && r.names.includes(speaker.name)),
  decide: decideContest,
};

function decideContest(request: Request, reading: Reading): Outcome {
  const slots = slotsOf<ContestSlots>(reading);
  const { number } = slots;
  const { branch, speaker, at } = request;
  const found = number === undefined ? newestNaming(request, slots.date) : branch.reports[number];
  if (!found || !found.names.includes(speaker.name)) return refuse('contest-none');
  if (found.state !== 'pending' && found.state !== 'verified') return refuse('contest-none');
  const what = `${dayText(found.date, at)}${activityName(request, found.post)}（#${found.number}）`;
  const verifier = toVerifier(branch, found.names, at);
  if (found.state === 'verified') {
    const text = `${speaker.name}说没有参加${what}，这条已经核实，请查对；不属实请“驳回 ${found.number} 理由”。`;
    return {
      bodies: [],
      replies: [answer(`#${found.number}已经核实过，已转给核实的人查对。`), notice(verifier, text)],
    };
  }
  const alone = found.names.length === 1;
  const told: Reply[] =
    accountOf(branch, found.by) !== null && found.by !== speaker.name
      ? [
          notice(
            { person: found.by },
            `${speaker.name}说没有参加${what}，已从名单中去掉${alone ? '，这条撤回' : ''}。`,
          ),
        ]
      : [];
  return {
    bodies: [body('report-contested', { number: found.number, name: speaker.name })],
    replies: [
      answer(`已把您从#${found.number}去掉${alone ? '，这条撤回' : ''}。`),
      ...told,
      notice(verifier, `${speaker.name}说没有参加${what}，已去掉。`),
    ],
  };
}

/** The newest live report by somebody else that names the speaker; pending ones first. */
function newestNaming({ branch, speaker }: Request, date: string | undefined): Report | undefined {
  const naming = Object.values(branch.reports).filter(
    (r) => r.names.includes(speaker.name) && r.by !== speaker.name && (date === undefined || r.date === date),
  );
  return (
    naming.filter((r) => r.state === 'pending').at(-1) ?? naming.filter((r) => r.state === 'verified').at(-1)
  );
}
