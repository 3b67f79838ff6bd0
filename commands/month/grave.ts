/** 年度清零 and conduct deductions: with a committee's minute, said outright by the secretary, confirmed by a second person. The bot never infers either. */
import { monthSheet } from '../../ledger/sheet.ts';
import { body } from '../../ledger/kinds.ts';
import { dateOfTime, isDate, type IsoDate, monthOf, yearOf } from '../../scoring/calendar.ts';
import { type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading, Slots } from '../reading.ts';
import { dayText } from '../wording.ts';
import { propose } from './proposal.ts';
import { preview } from './preview.ts';
import { plainRead, saidDay, textSlot } from './said.ts';

/** One person, the day of the minute, and a day of the fact where one is said beside it. */
function graveSlots(message: Message, rest: string): Slots {
  const named = [...new Set(message.names().flatMap((n) => (n.members.length === 1 ? n.members : [])))];
  const meeting = /支委会?|会议/.exec(rest);
  const minute = meeting ? saidDay(rest.slice(meeting.index), message.today) : null;
  const fact = saidDay(meeting ? rest.slice(0, meeting.index) : rest, message.today);
  const kind = /上访|闹事/.test(rest)
    ? 'petition'
    : /家属|家庭|家人|爱人|儿子|女儿|妻|丈夫/.test(rest)
      ? 'family'
      : 'self';
  return {
    ...(named.length === 1 ? { name: named[0] } : {}),
    ...(minute ? { minute } : {}),
    ...(fact ? { date: fact } : {}),
    kind,
  };
}

interface Grave {
  readonly name: string;
  readonly minute: IsoDate;
  readonly date: IsoDate;
}

/** Who and on what minute; refused where either is missing, or where somebody means oneself. */
function graveOf(
  request: Request,
  reading: Reading,
  what: string,
  example: string,
): Grave | (Outcome & { readonly refusal: string }) {
  const name = textSlot(reading, 'name');
  if (!name || !request.branch.people[name]) return refuse('grave-who', { example });
  if (name === request.speaker.name) return refuse('zero-self');
  const minute = textSlot(reading, 'minute');
  const today = dateOfTime(request.at);
  if (!minute || !isDate(minute)) return refuse('minute-needed', { what });
  if (minute > today) return refuse('minute-future', { date: dayText(minute, today) });
  const date = textSlot(reading, 'date');
  return { name, minute, date: date && isDate(date) && date <= today ? date : minute };
}

export const yearZero: Command = {
  name: 'year-zero',
  intent: 'none',
  words: ['清零', '年度清零'],
  who: ['secretary', 'deputy'],
  where: ['private'],
  summary: '按支委会会议记录提请年度清零，须另一人复核，并报镇组织办',
  examples: ['清零 鲁水根 支委会10月28日'],
  read: plainRead({ name: 'year-zero', words: [], slots: graveSlots }),
  decide: (request, reading) => {
    const grave = graveOf(request, reading, '年度清零', '清零 甲 支委会10月28日');
    if ('refusal' in grave) return grave;
    const { name, minute, date } = grave;
    const year = yearOf(date);
    if (request.branch.years[year]?.zeroed.some((z) => z.name === name))
      return refuse('zero-already', { name, year });
    const summary = `${name}${year}年度积分清零（支委会${dayText(minute, request.at)}）`;
    if (!request.confirmed)
      return preview(
        request,
        reading,
        `将提请：${summary}。复核后全年按0分，公示榜只写“年度清零”，并报镇组织办。`,
        '提请',
      );
    return propose(request, summary, [body('year-zeroed', { name, date, minute })], [name]);
  },
};

export const conduct: Command = {
  name: 'conduct',
  intent: 'score',
  words: ['违纪', '遵纪守法扣分', '违纪扣分'],
  who: ['secretary', 'deputy'],
  where: ['private'],
  summary: '按支委会会议记录提请遵纪守法扣分，须另一人复核',
  examples: ['违纪 鲁水根 支委会3月28日'],
  read: plainRead({ name: 'conduct', intent: 'score', words: [], slots: graveSlots }),
  decide: (request, reading) => {
    const grave = graveOf(request, reading, '遵纪守法扣分', '违纪 甲 支委会3月28日');
    if ('refusal' in grave) return grave;
    const { name, minute, date } = grave;
    const month = monthOf(date);
    const item = request.policy.items.find((i) => i.kind === 'conduct');
    if (!item || !monthSheet(request.branch, request.policy, month)[name])
      return refuse('grave-who', { example: '违纪 甲 支委会3月28日' });
    const said = textSlot(reading, 'kind');
    const kind = (['self', 'family', 'petition'] as const).find((k) => k === said) ?? 'self';
    const summary = `${name}${dayText(date, request.at)}${item.name}扣${item.deductions[kind]}分（支委会${dayText(minute, request.at)}）`;
    if (!request.confirmed)
      return preview(request, reading, `将提请：${summary}。复核后生效，原因不上榜。`, '提请');
    return propose(request, summary, [body('conduct-recorded', { name, date, kind, minute })], [name]);
  },
};
