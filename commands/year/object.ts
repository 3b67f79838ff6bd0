/** `年度异议 …`: an objection against one's year; a ticket like any other, it holds the closing of the year (R11, R26). */
import { body } from '../../ledger/kinds.ts';
import type { Ticket } from '../../ledger/state.ts';
import { answerDue } from '../../scheduler/open-jobs.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import { plainRead } from '../month/said.ts';
import { handlerOf } from '../object/handler.ts';
import type { Reading } from '../reading.ts';
import { dayText } from '../wording.ts';
import { yearSlot } from './which-year.ts';
import { openYear, openYearTickets } from './year-board.ts';

export const yearObject: Command = {
  name: 'year-object',
  intent: 'object',
  words: ['年度异议', '异议年度'],
  who: 'anyone',
  where: ['group', 'private'],
  summary: '对年度积分或等次提异议，由书记或副书记处理，私下答复',
  examples: ['年度异议 我的月均算少了'],
  read: plainRead({
    name: 'year-object',
    intent: 'object',
    words: [],
    speech:
      /(?:我|本人).{0,6}(?:年度|全年|年终)(?:的)?(?:积分|等次|得分|评定|结果)?.{0,12}(?:不对|有异议|不服|不同意|算少|算错)|对.{0,6}(?:年度|年终)(?:积分|等次|评定)?(?:结果)?(?:有异议|不服|有意见)/,
    slots: (message) => yearSlot(message),
  }),
  timely: ({ branch }) => openYear(branch) !== null,
  decide: objectYear,
};

function objectYear(request: Request, reading: Reading): Outcome {
  const { branch, speaker, at, place } = request;
  const said = reading.slots['year'];
  const year = typeof said === 'number' ? said : (openYear(branch) ?? lastBoarded(request));
  const state = year === null ? undefined : branch.years[year];
  const board = state?.boards.at(-1);
  if (year === null || !state || !board) return refuse('year-no-board');
  const same = openYearTickets(branch, year).find((t) => t.by === speaker.name);
  const words = request.text
    .replace(/^@\S+\s*/, '')
    .replace(/^(?:年度异议|异议年度)[\s,，:：]*/, '')
    .trim();
  if (same) {
    const more = words
      ? [
          body('objection-detailed', {
            number: same.number,
            words: `${same.words ?? ''}；${words}`.slice(0, 500),
          }),
        ]
      : [];
    return {
      bodies: more,
      replies: receipt(place, `您对${year}年度的异议已经是${same.number}号，正在处理。`),
    };
  }
  const number = branch.nextTicket;
  const facts = {
    number,
    by: speaker.name,
    about: speaker.name,
    month: null,
    version: board.version,
    item: '年度等次',
    late: state.stage === 'closed' || dateOfTime(at) > board.closes,
    year,
  };
  const ticket: Ticket = { ...facts, words: words || null, at, state: 'open', ruling: null, appeal: null };
  const due = dayText(answerDue(ticket), at);
  const handler = handlerOf(branch, ticket, at);
  const text = `${number}号异议：${speaker.name}，${year}年度积分和等次。请在${due}前答复：“裁定 ${number} 采纳/部分采纳/不采纳 答复的话”。${words ? `原话：${words}` : ''}`;
  return {
    bodies: [body('objected', { ...facts, ...(words ? { words: words.slice(0, 500) } : {}) })],
    replies: [
      ...receipt(
        place,
        `已记${number}号异议：${year}年度积分和等次。${handler ?? '镇组织办'}会在${due}前私下答复您；不服还可以回复“申诉”。`,
      ),
      notice(handler ? { person: handler } : 'town', handler ? text : `${branch.name} ${text}`),
    ],
  };
}

function lastBoarded({ branch }: Request): number | null {
  const years = Object.entries(branch.years).filter(([, y]) => y.boards.length > 0);
  return years.map(([year]) => Number(year)).sort((a, b) => b - a)[0] ?? null;
}

/** In the group only a word; what it is about stays private. */
function receipt(place: Request['place'], text: string): ReturnType<typeof answer>[] {
  return place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
}
