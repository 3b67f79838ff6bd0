import { holdersOf } from '../../ledger/roles.ts';
import { isDate } from '../../scoring/calendar.ts';
import { ask, askReading } from '../asking.ts';
import {
  answer,
  type Command,
  type Decision,
  isRefusal,
  notice,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Reading, ScoreOp, ScoreSlots } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { monthsText, ROLE_WORDS } from '../wording.ts';
import { grantBonuses } from './bonuses.ts';
import { minuteDay } from './minute-day.ts';
import { monthsMeant, type Wanted, wantedOf } from './ops.ts';
import { decidePlea } from './plea.ts';
import { scoreReading } from './reading.ts';
import { byPost, type Tally, tallyFinal, tallyItems, tallyPost } from './tally.ts';
import { tellPrivately } from './told.ts';

/** Scores, typed one by one or many together: the recorder's drafts, the committee's figures with a minute (R17, R20, R21). */
export const score: Command = {
  ...scoreReading,
  intent: 'score',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '给岗位打分、扣分、加分；一条可以写多人',
  examples: ['打分 韩石头 治安岗 10 10 9，环境岗 10 9 10', '祝小梅关爱岗28'],
  decide: (request, reading) => withUnread(request, reading, decideScore(request, reading)),
};

/** Lines with a member's name and figures that came to no score: they are told, never dropped in silence. */
function unreadLines(request: Request, reading: Reading): string[] {
  const scored = new Set(slotsOf<Partial<ScoreSlots>>(reading).ops?.map((op) => op.member) ?? []);
  if (scored.size === 0 || [...scored].some((name) => name.startsWith('*'))) return [];
  const names = Object.keys(request.branch.people);
  const half = slotsOf<Partial<ScoreSlots>>(reading).unread ?? [];
  const whole = request.text
    .split(/[\n;；]/)
    .map((line) => line.trim())
    .filter((line) => /\d/.test(line))
    .filter((line) => {
      const named = names.filter((name) => line.includes(name));
      return named.length > 0 && !named.some((name) => scored.has(name));
    });
  return [...new Set([...half, ...whole])];
}

function withUnread(request: Request, reading: Reading, outcome: Outcome): Outcome {
  const unread = isRefusal(outcome) ? [] : unreadLines(request, reading);
  if (isRefusal(outcome) || unread.length === 0) return outcome;
  const text = `没有看懂、没有记的：\n${unread.join('\n')}\n请一人一行写明岗位，例如“某某 治安岗 10 10 9，环境岗 10 9 10”。`;
  return { ...outcome, replies: [...outcome.replies, answer(text, 'private')], undone: true };
}

function decideScore(request: Request, reading: Reading): Outcome {
  const { speaker } = request;
  const may = speaker.roles.some(
    (r) => r === 'recorder' || r === 'secretary' || r === 'deputy' || r === 'committee',
  );
  if (!may) return decidePlea(request, reading);
  if (reading.act === 'ask' && reading.question) return askReading(request, reading.question);
  const { ops = [], minute: saidMinute } = slotsOf<Partial<ScoreSlots>>(reading);
  if (ops.length === 0) return refuse('score-nobody');
  const unknown = ops.find((op) => !op.member.startsWith('*') && !request.branch.people[op.member]);
  if (unknown) return refuse('score-nobody');
  const minute = minuteDay(request.branch, saidMinute, request.day);
  const bonus = ops.filter((op) => op.item.startsWith('bonus'));
  if (bonus.length > 0 && bonus.length === ops.length) return decideBonus(request, reading, bonus, minute);
  if (saidMinute !== undefined && minute === null) return askMinute(request, '评分');
  const onlyMinute = !speaker.roles.some((r) => r === 'recorder' || r === 'secretary' || r === 'deputy');
  if (onlyMinute && minute === null) return refuse('minute-needed', { what: '支委会定分' });
  return decideFigures(
    request,
    reading,
    wantedOf(request, reading).filter((w) => !w.head.startsWith('bonus')),
    minute,
  );
}

function askMinute(request: Request, what: string): Decision {
  return ask(request, `${what}依据的支委会是哪天开的？请回复日期，例如“支委会3月28日研究的”。`);
}

function decideBonus(
  request: Request,
  reading: Reading,
  ops: readonly ScoreOp[],
  minute: string | null,
): Outcome {
  if (minute === null) {
    const said = slotsOf<Partial<ScoreSlots>>(reading).minute;
    return said !== undefined && !isDate(said)
      ? askMinute(request, '加分')
      : refuse('minute-needed', { what: '加分' });
  }
  const [month] = monthsMeant(request, reading);
  const wanted = ops.map((op) => ({
    name: op.member,
    item: op.item,
    points: typeof op.value === 'number' ? op.value : null,
    month: month!,
  }));
  return grantBonuses(request, reading, wanted, minute);
}

function decideFigures(
  request: Request,
  reading: Reading,
  wanted: readonly Wanted[],
  minute: string | null,
): Outcome {
  const { speaker } = request;
  const mine = wanted.filter((w) => w.name === speaker.name && !w.group);
  const others = wanted.filter((w) => w.name !== speaker.name || w.group);
  const handed = mine.length > 0 ? handOver(request) : null;
  if (others.length === 0) return handed ?? refuse('score-nobody');
  const tally: Tally = { bodies: [], done: [], problems: [], months: new Set(), ask: null };
  const isPost = (w: Wanted): boolean =>
    !request.policy.items.some((i) => i.id === w.head) && w.head !== 'obligation';
  if (minute !== null) for (const w of others) tallyFinal(request, tally, w, minute);
  else {
    for (const group of byPost(others.filter(isPost))) tallyPost(request, reading, tally, group);
    tallyItems(
      request,
      tally,
      others.filter((w) => !isPost(w)),
    );
  }
  const more = handed?.replies ?? [];
  const undone = tally.problems.length > 0 || handed !== null;
  if (tally.bodies.length === 0) {
    if (tally.ask) return { ...tally.ask, replies: [...tally.ask.replies, ...more] };
    const lines = [...tally.done, ...tally.problems];
    return { bodies: [], replies: [...tellPrivately(request, lines.join('\n')), ...more], undone };
  }
  const outcome = settleChange(request, reading, {
    bodies: tally.bodies,
    months: [...tally.months],
    reason: minute === null ? '补记评分' : `支委会${minute}定分`,
    replies: () => [...receipts(request, tally), ...more],
  });
  return undone ? { ...outcome, undone } : outcome;
}

/** 您本人的分由书记或副书记记: neither the recorder nor secretary nor deputy scores self. */
function handOver(request: Request): Decision {
  const { branch, speaker, at, text } = request;
  const bosses = [...holdersOf(branch, 'secretary', at), ...holdersOf(branch, 'deputy', at)].filter(
    (n) => n !== speaker.name,
  );
  const to = bosses[0];
  const own = speaker.roles.includes('recorder')
    ? '书记或副书记'
    : ROLE_WORDS[speaker.roles.includes('secretary') ? 'deputy' : 'secretary'];
  const told = to ? `，已转告${to}` : '';
  const replies: Reply[] = [answer(`您本人的分由${own}记${told}。`)];
  if (to)
    replies.push(notice({ person: to }, `${speaker.name}本人的分请您来记。原话：${text.slice(0, 200)}`));
  return { bodies: [], replies, undone: true };
}

function receipts(request: Request, tally: Tally): Reply[] {
  const months = monthsText([...tally.months], request.at);
  const lines = [`已记${months}：`, ...tally.done];
  if (tally.problems.length > 0) lines.push('没有记：', ...tally.problems);
  return tellPrivately(request, lines.join('\n'), `已记${tally.bodies.length}条，明细已私下发给您。`);
}
