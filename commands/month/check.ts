/** 支委会核定: the committee has checked every member's record of a month; drafts it adopts become final (R13, R17). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet, withDrafts } from '../../ledger/sheet.ts';
import { dateOfTime } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';
import { minuteDay } from '../score/minute-day.ts';
import { itemOrPostTitle } from '../score/titles.ts';
import { dayText, monthText } from '../wording.ts';
import { openDrafts } from './concerns.ts';
import { correctionsOf } from './correction.ts';
import { monthMeant, pendingNames } from './publish.ts';
import { preview } from './preview.ts';
import { monthSlot, plainRead, saidDay, textSlot } from './said.ts';

export const check: Command = {
  name: 'check',
  intent: 'none',
  words: ['核定', '支委会核定', '审定'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '登记支委会已核定某月每个人的记分',
  examples: ['核定 3月 支委会4月10日'],
  read: plainRead({
    name: 'check',
    words: [],
    speech: /(?:支委会?.{0,12})(?:核定|审定|核实)了?.{0,8}月|月份?(?:的)?(?:积?分|记分)?.{0,6}(?:核定|审定)/,
    overheard: ['secretary', 'deputy'],
    slots: (message) => {
      const meeting = /支委会?|会议/.exec(message.body);
      const minute = meeting ? saidDay(message.body.slice(meeting.index), message.today) : null;
      return { ...monthSlot(message), ...(minute ? { minute } : {}) };
    },
  }),
  decide: decideCheck,
};

function decideCheck(request: Request, reading: Reading): Outcome {
  const { branch, policy, at } = request;
  const month = monthMeant(request, textSlot(reading, 'month'));
  const said = monthText(month, at);
  const minute = textSlot(reading, 'minute') ?? minuteDay(branch, 'yes', request.day);
  if (!minute) return refuse('minute-needed', { what: '核定' });
  if (minute > dateOfTime(at)) return refuse('minute-future', { date: dayText(minute, at) });
  const drafts = openDrafts(branch, month);
  if (!request.confirmed) {
    const unscored = pendingNames(branch, policy, month);
    const lines = [`将登记支委会${dayText(minute, at)}已核定${said}记分。`];
    if (unscored.length > 0) lines.push(`还有${unscored.length}人待评，公示前要评完。`);
    for (const d of drafts)
      lines.push(
        `草稿一并定分：${d.name} ${itemOrPostTitle(request, d.item)} ${d.op === 'set' ? `${d.points}分` : `扣${d.points}分`}${d.reason ? `（${d.reason}）` : ''}`,
      );
    return preview(request, reading, lines.join('\n'), '核定', {
      private: drafts.length > 0 && request.place === 'group',
    });
  }
  const finals = adopted(request, month, minute);
  return {
    bodies: [body('month-checked', { month, minute }), ...finals],
    replies: [
      answer(
        `${said}记分已由支委会${dayText(minute, at)}核定${finals.length > 0 ? `，${finals.length}条草稿已定` : ''}。可以“发布 ${said}”。`,
      ),
    ],
  };
}

/** What the drafts come to, as the committee's figures. */
function adopted(request: Request, month: string, minute: string): Body[] {
  const { branch, policy } = request;
  const sheet = monthSheet(branch, policy, month);
  const drafts = openDrafts(branch, month);
  const keys = new Set(drafts.map((d) => `${d.item} ${d.name}`));
  const finals = [...keys].flatMap((key): Body[] => {
    const [item, name] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
    const computed = sheet[name]?.[item];
    if (typeof computed !== 'number') return [];
    const own = drafts.filter((d) => d.item === item && d.name === name);
    return [body('final-set', { name, month, item, points: withDrafts(computed, own), minute })];
  });
  return [
    ...finals,
    ...correctionsOf(request, { bodies: finals, months: [month], reason: '支委会核定', replies: () => [] }),
  ];
}
