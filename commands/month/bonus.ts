/** Bonus applications: anybody applies, the committee decides with a minute (R20). */
import { body } from '../../ledger/kinds.ts';
import { monthOf } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { grantBonuses } from '../score/bonuses.ts';
import { bonusItem } from '../score/items.ts';
import { minuteDay } from '../score/minute-day.ts';
import { numberSlot, plainRead, saidDay, saidNumber, saidReason, textSlot, wordsSlot } from './said.ts';
import { bossOf } from './boss.ts';

export const applyBonus: Command = {
  name: 'bonus-apply',
  intent: 'score',
  words: ['申请加分', '加分申请', '加分申报', '申报加分'],
  who: 'anyone',
  where: ['group', 'private'],
  summary: '申请加分：写明做了什么，由支委会研究',
  examples: ['申请加分 3月被县里评为优秀志愿者'],
  read: plainRead({
    name: 'bonus-apply',
    intent: 'score',
    words: [],
    slots: (message, rest) => {
      const named = message
        .names()
        .filter((n) => n.how !== 'self' && n.start < message.body.length - rest.length + 6);
      const other =
        named[0]?.members.length === 1 && rest.startsWith(named[0].text) ? named[0].members[0] : undefined;
      return { words: rest.slice(0, 200), name: other ?? message.sender };
    },
  }),
  decide: decideApply,
};

function decideApply(request: Request, reading: Reading): Outcome {
  const { branch, speaker, place } = request;
  const words = (wordsSlot(reading, 'words') ?? '').trim();
  const name = textSlot(reading, 'name') ?? speaker.name;
  if (words === '' || !branch.people[name])
    return refuse('reason-needed', { example: '申请加分 3月被县里评为优秀志愿者' });
  const same = Object.values(branch.applications).find((a) => a.name === name && a.words === words);
  if (same) return { bodies: [], replies: [answer(`这件事已经是${same.number}号加分申请，等支委会研究。`)] };
  const number = branch.nextApplication;
  const text = `已记${number}号加分申请${name === speaker.name ? '' : `（${name}）`}，报支委会研究，结果私下告诉您。`;
  return {
    bodies: [body('bonus-applied', { number, name, words, by: speaker.name })],
    replies: [
      answer(text),
      notice(
        bossOf(branch, request.at),
        `${number}号加分申请：${name}，“${words}”。支委会研究后请回复“同意加分 ${number} 县级表彰 支委会X月X日”，或“不同意加分 ${number} 原因”。`,
      ),
      ...(place === 'group' || name === speaker.name
        ? []
        : [notice({ person: name }, `${speaker.name}替您申请加分：${words}。`)]),
    ],
  };
}

/** `同意加分 3 县级表彰 支委会3月28日`. */
export const grantBonus: Command = {
  name: 'bonus-grant',
  intent: 'score',
  words: ['同意加分', '批准加分'],
  who: ['secretary', 'deputy', 'committee'],
  where: ['group', 'private'],
  summary: '登记支委会同意的加分申请：哪一类、几分、会议日期',
  examples: ['同意加分 1 县级表彰 支委会3月28日'],
  read: plainRead({
    name: 'bonus-grant',
    intent: 'score',
    words: [],
    slots: (message, rest) => {
      const number = saidNumber(rest);
      const points = /(\d+(?:\.\d)?)\s*分/.exec(rest)?.[1];
      const meeting = /支委会?|会议/.exec(rest);
      const minute = meeting ? saidDay(rest.slice(meeting.index), message.today) : null;
      const item = bonusItem(awardWords(rest));
      return {
        ...(number === null ? {} : { number }),
        ...(item ? { item } : {}),
        ...(points ? { points: Number(points) } : {}),
        ...(minute ? { minute } : meeting ? { minute: 'yes' } : {}),
      };
    },
  }),
  decide: decideGrant,
};

/** 县级 alone means 县级表彰. */
function awardWords(text: string): string {
  return /(?:中央|省|市|县|镇)级/.test(text) && !/表彰/.test(text) ? `${text} 表彰` : text;
}

function decideGrant(request: Request, reading: Reading): Outcome {
  const { branch } = request;
  const number = numberSlot(reading, 'number');
  const application = number === null ? undefined : branch.applications[number];
  if (!application || number === null) return refuse('bonus-unknown', { number: number ?? '' });
  if (application.state !== 'open') return refuse('bonus-settled', { number });
  const minute = minuteDay(branch, reading.slots['minute'], request.day);
  if (!minute) return refuse('minute-needed', { what: '加分' });
  const item = textSlot(reading, 'item') ?? bonusItem(awardWords(application.words));
  if (!item) return refuse('bonus-what');
  return grantBonuses(
    { ...request, text: `${application.words} ${request.text}` },
    reading,
    [
      {
        name: application.name,
        item,
        points: numberSlot(reading, 'points'),
        month: monthOf(application.at),
        application: number,
      },
    ],
    minute,
  );
}

export const declineBonus: Command = {
  name: 'bonus-decline',
  intent: 'score',
  words: ['不同意加分', '驳回加分'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '支委会不同意的加分申请，写明原因',
  examples: ['不同意加分 1 没有证书'],
  read: plainRead({
    name: 'bonus-decline',
    intent: 'score',
    words: [],
    slots: (_message, rest) => {
      const number = saidNumber(rest);
      return {
        ...(number === null ? {} : { number }),
        reason: saidReason(rest.replace(/^\D*\d+\s*号?/, '')),
      };
    },
  }),
  decide: (request, reading) => {
    const number = numberSlot(reading, 'number');
    const application = number === null ? undefined : request.branch.applications[number];
    if (!application || number === null) return refuse('bonus-unknown', { number: number ?? '' });
    if (application.state !== 'open') return refuse('bonus-settled', { number });
    const reason = wordsSlot(reading, 'reason');
    if (!reason) return refuse('reason-needed', { example: `不同意加分 ${number} 没有证书` });
    return {
      bodies: [body('bonus-declined', { number, reason })],
      replies: [
        answer(`${number}号加分申请已登记为不同意，已私下告诉${application.name}。`),
        notice({ person: application.name }, `您的${number}号加分申请，支委会没有同意：${reason}。`),
      ],
    };
  },
};

export const bonusList: Command = {
  name: 'bonus-list',
  intent: 'query',
  words: ['加分申请列表', '待定加分'],
  who: ['secretary', 'deputy', 'committee', 'recorder', 'supervisor'],
  where: ['group', 'private'],
  summary: '私下看等支委会研究的加分申请',
  examples: ['待定加分'],
  read: plainRead({ name: 'bonus-list', intent: 'query', words: [] }),
  decide: (request) => {
    const open = Object.values(request.branch.applications).filter((a) => a.state === 'open');
    const text =
      open.length === 0
        ? '没有等支委会研究的加分申请。'
        : `等支委会研究的加分申请${open.length}件：\n${open.map((a) => `${a.number}号 ${a.name}：${a.words}`).join('\n')}`;
    return {
      bodies: [],
      replies:
        request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)],
    };
  },
};
