/** `新增党员`: somebody joins the branch; scored from the first full month (R33). */
import { body } from '../../ledger/kinds.ts';
import { addMonths, dateOfTime, isDate, type IsoDate, monthOf } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import { namesSlot, plainRead, textSlot } from '../month/said.ts';
import type { Reading, Slots } from '../reading.ts';
import { branchesNamed, branchMeant, inBranch, townPreview } from '../town/where.ts';
import { dayText, listed, monthText } from '../wording.ts';
import { dayOf } from './person-slots.ts';

/** A name as rosters write it, with the group of namesakes in brackets. */
const NAME = /^\p{Script=Han}[\p{Script=Han}·]{1,14}(?:[(（][^()（）]{1,6}[)）])?$/u;
const NOT_NAME = /预备|正式|流动|转入|入党|小?组$|^[一二三四五六七八九十\d]+组$|[月日号年]|支部|村$/;

export const join: Command = {
  name: 'member-join',
  intent: 'none',
  words: ['新增党员', '新党员', '党员加入', '党员转入'],
  who: ['secretary', 'deputy', 'town'],
  where: ['group', 'private', 'town'],
  summary: '登记新到支部的党员（入党、镇外转入），从第一个整月起记分',
  examples: ['新增党员 甘小满 3月1日 预备 四组'],
  read: plainRead({ name: 'member-join', words: [], slots: joinSlots }),
  decide: decideJoin,
};

function joinSlots(message: Message, rest: string): Slots | null {
  const words = rest.split(/[\s,，;；]+/).filter(Boolean);
  const listing = words.find((w) => w.split('、').every((n) => NAME.test(n) && !NOT_NAME.test(n)));
  const group = words.find((w) => /^[\p{Script=Han}\d]{1,6}组$/u.test(w));
  const date = dayOf(message, rest);
  // 新党员 欢迎大家 is talk; a day makes it an instruction.
  if (!message.spokenTo && !date) return null;
  return {
    names: listing?.split('、') ?? [],
    words,
    ...(group ? { group } : {}),
    ...(date ? { date } : {}),
    ...(/预备/.test(rest) ? { probationary: true } : {}),
    ...(/流动/.test(rest) ? { floating: true } : {}),
  };
}

/** The first month that is whole from a day on. */
export function firstFullMonth(date: IsoDate): string {
  return date.endsWith('-01') ? monthOf(date) : addMonths(monthOf(date), 1);
}

function decideJoin(request: Request, reading: Reading): Outcome {
  const branch = branchMeant(request);
  if (!branch) return refuse('branch-needed');
  const places = new Set(branchesNamed(request.town, request.text).flatMap((b) => [b.name, b.branch]));
  const candidates = namesSlot(reading, 'words').flatMap((w) => w.split('、'));
  const names = candidates.filter((n) => NAME.test(n) && !NOT_NAME.test(n) && !places.has(n));
  if (names.length === 0) return refuse('person-whom', { example: '新增党员 甘小满 3月1日 预备 四组' });
  const known = names.filter((name) => branch.people[name] && !branch.people[name]?.left);
  if (known.length > 0) return refuse('person-known', { name: listed(known) });
  const said = textSlot(reading, 'date');
  const date = said && isDate(said) ? said : dateOfTime(request.at);
  const probationary = reading.slots['probationary'] === true;
  const from = monthText(firstFullMonth(date), request.at);
  const text = `${listed(names)}${probationary ? '（预备党员）' : ''}${dayText(date, request.at)}到${branch.name}，从${from}起记分`;
  if (!request.confirmed) return townPreview(request, reading, branch, `将登记${text}。`, '登记');
  return inBranch(
    request,
    branch,
    names.map((name) => {
      const before = branch.people[name];
      return body('member-added', {
        name,
        status: probationary ? 'probationary' : 'full',
        group: textSlot(reading, 'group') ?? before?.group ?? '',
        floating: reading.slots['floating'] === true,
        joined: date,
        history: before?.history ?? [],
        profile: before?.profile ?? {},
      });
    }),
    [answer(`已登记${text}。请本人进群，把群昵称改成姓名，由记录员确认微信。`)],
  );
}
