/** The supervisor's mark on a report: it changes nothing, the verifier and the secretary are told to look (R03–R07). */
import { body } from '../../ledger/kinds.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { reportText } from '../wording.ts';
import { toVerifier } from './verifier.ts';

interface FlagSlots {
  readonly number: number;
  readonly words: string;
}

/** `存疑 37 照片不像当天的`. */
function readFlag(message: Message): Reading | null {
  if (message.command?.name !== 'flag') return null;
  const m = /^#?\s*(\d{1,5})\s*号?[\s,，:：]*([\s\S]*)$/.exec(message.command.rest);
  if (!m) return null;
  return {
    act: 'record',
    intent: 'none',
    command: 'flag',
    slots: { number: Number(m[1]), words: m[2]!.trim() },
  };
}

export const flag: Command = {
  name: 'flag',
  words: ['存疑', '标记'],
  read: readFlag,
  intent: 'none',
  who: ['supervisor', 'committee', 'secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '对一条报告存疑，请核实的人再看',
  examples: ['存疑 37 照片不像当天的'],
  decide: decideFlag,
};

function decideFlag(request: Request, reading: Reading): Outcome {
  const { number, words } = slotsOf<FlagSlots>(reading);
  const { branch, at, speaker } = request;
  const report = branch.reports[number];
  if (!report) return refuse('report-unknown', { number });
  if (words === '') return refuse('flag-words', { number });
  const text = `${speaker.name}对${reportText(request, report, at)}存疑：${words}。`;
  const told = [notice(toVerifier(branch, report.names, at), text)];
  if (!speaker.roles.includes('secretary')) told.push(notice({ role: 'secretary' }, text));
  return {
    bodies: [body('report-flagged', { number, flag: `存疑：${words.slice(0, 60)}` })],
    replies: [answer(`#${number}已标记存疑，已转告核实的人和书记。`), ...told],
  };
}
