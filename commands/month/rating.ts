/** Mutual rating by private ballot: tokens instead of names, results without voters (R25). */
import { createHash } from 'node:crypto';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { monthOf } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading, Slots } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { listed, monthText } from '../wording.ts';
import { ratingMeans, ratingNotes } from './rating-result.ts';
import { monthMeant } from './publish.ts';
import { monthSlot, plainRead, textSlot } from './said.ts';

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The same voter has the same token within one rating, so a second ballot replaces the first. */
export function tokenOf(salt: string, name: string): string {
  return sha256(`${salt}\n${name}`);
}

function openMonth(request: Request): string | null {
  return Object.entries(request.branch.months).find(([, m]) => m.rating?.open)?.[0] ?? null;
}

export const openRating: Command = {
  name: 'rating-open',
  intent: 'none',
  words: ['开始互评', '互评开始', '开启互评'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '开始党员互评；大家私聊我投票',
  examples: ['开始互评 3月'],
  read: plainRead({
    name: 'rating-open',
    words: [],
    speech: /(?:开始|开启|启动).{0,6}互评|互评.{0,3}(?:开始|开启)/,
    overheard: ['secretary', 'deputy'],
    slots: (m) => monthSlot(m),
  }),
  decide: (request, reading) => {
    const open = openMonth(request);
    if (open) return refuse('rating-open-already', { month: monthText(open, request.at) });
    const month = monthMeant(request, textSlot(reading, 'month'));
    const said = monthText(month, request.at);
    const text = `${said}党员互评开始。请私聊我投票，例如“互评 甲95 乙90”，分数0到100。票不记名，给自己打的分不算；再发一次以最后一次为准。`;
    return {
      bodies: [body('rating-opened', { month, salt: sha256(`${request.branch.branch} ${request.source}`) })],
      replies: [
        answer(text, 'group'),
        ...(request.place === 'group' ? [] : [answer('互评已开始，已在群里说明。')]),
      ],
    };
  },
};

export const ballot: Command = {
  name: 'ballot',
  intent: 'none',
  words: ['互评', '投票'],
  who: 'anyone',
  where: ['private', 'group'],
  summary: '互评期间私聊投票，不记名',
  examples: ['互评 韩石头95 鲁水根90'],
  read: plainRead({ name: 'ballot', words: [], slots: ballotSlots }),
  decide: decideBallot,
};

interface Ballot {
  readonly ratings?: Readonly<Record<string, number>>;
  readonly unclear?: readonly string[];
}

/** Names with the number that stands behind each. */
function ballotSlots(message: Message): Slots {
  const ratings: Record<string, number> = {};
  const unclear: string[] = [];
  const names = message.names();
  names.forEach((hit, i) => {
    const until = names[i + 1]?.start ?? message.body.length;
    const number = /^\s*[:：=、,，]?\s*(\d{1,3}(?:\.\d)?)(?!\d)/.exec(
      message.body.slice(hit.end, until),
    )?.[1];
    const [member] = hit.members;
    if (hit.members.length !== 1 || number === undefined || Number(number) > 100) unclear.push(hit.text);
    else ratings[member!] = Number(number);
  });
  return { ratings, unclear };
}

function decideBallot(request: Request, reading: Reading): Outcome {
  const { branch, policy, speaker, place } = request;
  const month = openMonth(request);
  if (!month) return refuse('rating-none');
  if (place !== 'private') return refuse('rating-in-private');
  const { ratings: given = {}, unclear = [] } = slotsOf<Ballot>(reading);
  if (unclear.length > 0)
    return {
      bodies: [],
      replies: [
        answer(`这几个没有看清：${listed(unclear)}。请写全名和0到100的分数，整张票重发一次，刚才的没有记。`),
      ],
    };
  const rated = monthSheet(branch, policy, month);
  // Votes for oneself are dropped before anything is kept.
  const ratings = Object.fromEntries(
    Object.entries(given).filter(([name]) => name !== speaker.name && rated[name] !== undefined),
  );
  const count = Object.keys(ratings).length;
  if (count === 0) return refuse('rating-unclear');
  const salt = branch.months[month]?.rating?.salt ?? '';
  const others = Object.keys(rated).filter((name) => name !== speaker.name).length;
  const left = others > count ? `还有${others - count}人没有打分，可以重发整张票。` : '';
  return {
    bodies: [body('ballot-cast', { month, token: tokenOf(salt, speaker.name), ratings })],
    replies: [answer(`已收到您的票：${count}人。${left}再发一次以最后一次为准。`)],
  };
}

export const closeRating: Command = {
  name: 'rating-close',
  intent: 'none',
  words: ['结束互评', '互评结束', '关闭互评'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '结束互评，私下看结果',
  examples: ['结束互评'],
  read: plainRead({
    name: 'rating-close',
    words: [],
    speech: /(?:结束|停止|关闭|截止).{0,4}互评|互评.{0,3}(?:结束|截止|停)/,
    overheard: ['secretary', 'deputy'],
    slots: (m) => monthSlot(m),
  }),
  decide: (request) => {
    const month = openMonth(request);
    if (!month) return refuse('rating-none');
    return {
      bodies: [body('rating-closed', { month })],
      replies: [
        ...resultReplies(request, month),
        answer(`${monthText(month, request.at)}互评结束，谢谢大家。`, 'group'),
      ],
    };
  },
};

export const ratingResult: Command = {
  name: 'rating-result',
  intent: 'query',
  words: ['互评结果'],
  who: ['secretary', 'deputy', 'committee', 'supervisor'],
  where: ['group', 'private'],
  summary: '私下看互评结果，和跟踪记分对照',
  examples: ['互评结果 3月'],
  read: plainRead({ name: 'rating-result', intent: 'query', words: [], slots: (m) => monthSlot(m) }),
  decide: (request, reading) => {
    const rated = Object.entries(request.branch.months).filter(([, m]) => m.rating && !m.rating.open);
    const month =
      textSlot(reading, 'month') ??
      rated
        .map(([m]) => m)
        .sort()
        .at(-1) ??
      monthOf(request.at);
    const open = request.branch.months[month]?.rating?.open;
    // While ballots come in, differences between two looks would tell who voted how.
    if (!request.branch.months[month]?.rating || open)
      return refuse(open ? 'rating-still-open' : 'rating-none');
    return { bodies: [], replies: resultReplies(request, month) };
  },
};

function resultReplies(request: Request, month: string) {
  const { branch, policy, at } = request;
  const lines = ratingNotes(branch, policy, month, monthSheet(branch, policy, month));
  const ballots = Object.keys(branch.months[month]?.rating?.ballots ?? {}).length;
  const few =
    ratingMeans(branch, policy, month).length > 0 && ballots < 3 ? ['票数太少，结果只作参考。'] : [];
  const text = [
    `${monthText(month, at)}互评结果（${ballots}票）：`,
    ...(lines.length > 0 ? lines : ['没有收到票']),
    ...few,
  ].join('\n');
  return request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
}
