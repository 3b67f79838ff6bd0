/** `支委会 3月28日 参会：…`: a committee's meeting on record; bonuses and figures decided at it go with it (R20, R25). */
import { body } from '../../ledger/kinds.ts';
import { holdersOf } from '../../ledger/roles.ts';
import { addMonths, dateOfTime, isDate, type IsoDate, monthOf } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import type { Reading, ReadingContext, Slots } from '../reading.ts';
import { scoreReading } from '../score/reading.ts';
import { dayText, listed } from '../wording.ts';
import { preview } from './preview.ts';
import { namesSlot, plainRead, saidMinute, textSlot, wordsSlot } from './said.ts';

const PRESENT = /(?:参会|到会|出席|参加)(?:的|人员?|人)?(?:有)?\s*[:：]?\s*/;
/** Where the list of those present ends. */
const END = /[。;；\n]|(?:议题|研究|讨论|决定|同意|内容)/;

export const minute: Command = {
  name: 'minute',
  intent: 'none',
  words: ['支委会', '会议记录', '支委会记录'],
  who: ['secretary', 'deputy', 'recorder'],
  where: ['group', 'private'],
  summary: '登记支委会会议记录：日期、参会人',
  examples: ['支委会 3月28日 参会：严书林、贺有田、柏青松'],
  read: (message, context) => {
    const read = readMinute(message);
    return read && withFigures(read, message, context);
  },
  decide: decideMinute,
};

const readMinute = plainRead({
  name: 'minute',
  words: [],
  speech: /支委会?.{0,16}(?:参会|到会|出席)/,
  overheard: ['secretary', 'deputy', 'recorder'],
  slots: (message, rest) => {
    const slots = minuteSlots(message, rest);
    const whole = slots?.['date'] !== undefined && namesIn(slots).length > 1;
    return message.spokenTo || message.command?.name === 'minute' || whole ? slots : null;
  },
});

function namesIn(slots: Slots): readonly unknown[] {
  return Array.isArray(slots['present']) ? slots['present'] : [];
}

/** Bonuses and figures that were decided at the meeting and stand in the same message are read as resting on it. */
function withFigures(read: Reading, message: Message, context: ReadingContext): Reading {
  const { date, words } = read.slots;
  if (typeof date !== 'string' || typeof words !== 'string' || !/\d\s*分/.test(words)) return read;
  const said = `支委会${Number(date.slice(5, 7))}月${Number(date.slice(8))}日研究：${words}`;
  const figures = scoreReading.read(message.part(said), context);
  return figures?.act === 'record' ? { ...read, also: [figures] } : read;
}

/** Null where figures are decided in the same breath: those are scores that rest on a minute. */
function minuteSlots(message: Message, rest: string): Slots | null {
  const text = message.body;
  const found = PRESENT.exec(text);
  if (!found && /\d\s*分|加分|扣/.test(text)) return null;
  // 支委会 到：甲、乙 is its roll.
  if (!found && /到\s*[:：]/.test(text)) return null;
  const from = found ? found.index + found[0].length : text.length;
  const end = END.exec(text.slice(from));
  const to = end ? from + end.index : text.length;
  const present = message
    .names()
    .filter((n) => n.start >= from && n.start < to)
    .flatMap((n) => (n.members.length === 1 ? n.members : []));
  const words =
    end && found
      ? text
          .slice(to)
          .replace(/^[。;；\s]+/, '')
          .trim()
      : '';
  const date = saidMinute(rest === '' ? text : rest, message.today) ?? saidMinute(text, message.today);
  return {
    ...(date ? { date } : {}),
    present: [...new Set(present)],
    ...(words ? { words } : {}),
    body: /党员大会/.test(text) ? '党员大会' : '支委会',
  };
}

function decideMinute(request: Request, reading: Reading): Outcome {
  const { branch, at } = request;
  const today = dateOfTime(at);
  const date = textSlot(reading, 'date');
  const present = namesSlot(reading, 'present').filter((n) => branch.people[n]);
  if (!date || !isDate(date) || present.length === 0) return refuse('minute-unclear');
  const meant = dayMeant(date, request);
  if (meant > today) return refuse('minute-future', { date: dayText(meant, at) });
  const kind = textSlot(reading, 'body') === '党员大会' ? '党员大会' : '支委会';
  const known = branch.minutes.find((m) => m.body === kind && m.date === date);
  if (known && !request.confirmed)
    return preview(
      request,
      reading,
      `${dayText(date, at)}${kind}已有记录（参会：${listed(known.present)}），将再记一次（参会：${listed(present)}）。`,
      '登记',
    );
  const words = wordsSlot(reading, 'words');
  const head = `已记${dayText(date, at)}${kind}，参会${present.length}人：${listed(present)}。`;
  const missing = missingSecretary(request, date, present);
  return {
    bodies: [
      body('minute-taken', { date, body: kind, present, ...(words ? { words: words.slice(0, 500) } : {}) }),
    ],
    replies: [
      answer(
        [
          head,
          ...missing,
          `会上定的加分、定分，接着发，例如“支委会${dayText(date, at)}研究，同意某某经济发展加2分”。`,
        ].join('\n'),
      ),
    ],
  };
}

/**
 * 3月28日 said three days before it is the coming one, not last year's: a year nobody said is only taken back for a
 * meeting that lies less than half a year behind.
 */
function dayMeant(date: IsoDate, { at, text }: Request): IsoDate {
  const saidYear = /\d{4}\s*[年-]|去年/.test(text);
  if (saidYear || date > addMonths(monthOf(dateOfTime(at)), -6)) return date;
  const here = `${at.slice(0, 4)}${date.slice(4)}`;
  return isDate(here) ? here : date;
}

/** A meeting of the committee without its secretary or deputy is said, not refused. */
function missingSecretary({ branch }: Request, date: IsoDate, present: readonly string[]): string[] {
  const bosses = [...holdersOf(branch, 'secretary', date), ...holdersOf(branch, 'deputy', date)];
  return bosses.some((n) => present.includes(n)) ? [] : ['提醒：参会人里没有书记或副书记。'];
}
