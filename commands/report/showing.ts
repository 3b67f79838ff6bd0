/** 查 #37: what was said can be shown later. The words, the place and the pictures are for those concerned only. */
import { accountOf } from '../../ledger/roles.ts';
import type { Report } from '../../ledger/state.ts';
import { body } from '../../ledger/kinds.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { dayText, listed, reportText } from '../wording.ts';
import { marks, STATE_WORDS } from './marks.ts';
import { verifierText } from './verifier.ts';

/** `查 #37`, `看 37`, `#37`, `查37号报告`. */
function readShow(message: Message): Reading | null {
  const m =
    /^(?:(?:查询?|看|查看|看看|查一下|看一下)\s*(?:报告)?\s*#?\s*(\d{1,5})\s*号?(?:报告|那条|这条)?|#\s*(\d{1,5}))$/.exec(
      message.body,
    );
  if (!m || (m[2] !== undefined && !message.spokenTo)) return null;
  return { act: 'answer', intent: 'query', command: 'show-report', slots: { number: Number(m[1] ?? m[2]) } };
}

export const showReport: Command = {
  name: 'show-report',
  words: [],
  read: readShow,
  intent: 'query',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '看一条报告记成了什么样',
  examples: ['查 #37'],
  decide: decideShow,
};

const OFFICES: readonly string[] = ['recorder', 'supervisor', 'secretary', 'deputy'];

function decideShow(request: Request, reading: Reading): Outcome {
  const { number } = slotsOf<{ readonly number: number }>(reading);
  const { branch, speaker, at } = request;
  const found = branch.reports[number];
  if (!found) return refuse('report-unknown', { number });
  const line = `${reportText(request, found, at)}：${stateText(request, found)}。`;
  const concerned = found.names.includes(speaker.name) || found.by === speaker.name;
  const office = speaker.roles.some((r) => OFFICES.includes(r));
  if (!concerned && !office) return { bodies: [], replies: [answer(line)] };
  const details = [
    line,
    `${found.by}${dayText(dateOfTime(found.at), at)}${found.at.slice(11, 16)}报${found.proxy ? '（代报）' : ''}${marks(found)}`,
    ...(found.place ? [`地点：${found.place}`] : []),
    ...(found.words ? [`原话：${found.words}`] : []),
    ...(found.contested.length > 0 ? [`本人说没参加：${listed(found.contested)}`] : []),
  ].join('\n');
  const log = concerned
    ? []
    : [
        body('access-logged', {
          who: speaker.name,
          about: listed(found.names) || found.by,
          what: `报告#${number}`,
        }),
      ];
  if (request.place === 'private') return { bodies: log, replies: [answer(details)] };
  const reachable = accountOf(branch, speaker.name) !== null;
  return {
    bodies: reachable ? log : [],
    replies: reachable ? [answer(line), answer(details, 'private')] : [answer(line)],
  };
}

function stateText({ branch, at }: Request, found: Report): string {
  if (found.state === 'pending') return `待${verifierText(branch, found.names, at)}核实`;
  if (found.state === 'verified') return `${found.verifiedBy ?? ''}已核实${found.deed ? '，记为办实事' : ''}`;
  return STATE_WORDS[found.state];
}
