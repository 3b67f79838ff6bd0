/** `历年等次`: a member's grades across years, which the follow-ups of a second and third year rest on (R32). */
import { body } from '../../ledger/kinds.ts';
import { yearOf } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import { preview } from '../month/preview.ts';
import { plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { namedOne } from './person-slots.ts';

const GRADE = /优秀|基本合格|不合格|合格|不确定等次|未纳入/;

export const history: Command = {
  name: 'grade-history',
  intent: 'query',
  words: ['历年等次', '历年评定', '往年等次'],
  who: 'anyone',
  where: ['group', 'private'],
  summary: '查自己历年的等次；书记可查、可补登某人往年的等次（私下）',
  examples: ['历年等次', '历年等次 张三 2025年 合格'],
  read: plainRead({
    name: 'grade-history',
    intent: 'query',
    words: [],
    slots: (message, rest) => {
      const name = namedOne(message);
      const year = /(?<!\d)(20\d\d)(?!\d)/.exec(rest)?.[1];
      const grade = GRADE.exec(rest)?.[0];
      return {
        ...(name ? { name } : {}),
        ...(year ? { year: Number(year) } : {}),
        ...(grade ? { grade } : {}),
      };
    },
  }),
  decide: decideHistory,
};

function decideHistory(request: Request, reading: Reading): Outcome {
  const { branch, speaker, at } = request;
  const name = textSlot(reading, 'name') ?? speaker.name;
  const leads = speaker.roles.includes('secretary') || speaker.roles.includes('deputy');
  if (name !== speaker.name && !leads) return refuse('query-others');
  const p = branch.people[name];
  if (!p) return refuse('person-whom', { example: '历年等次 张三' });
  const year = reading.slots['year'];
  const outcome = textSlot(reading, 'grade');
  if (typeof year === 'number' && outcome && leads) {
    if (year >= yearOf(at))
      return refuse('person-date', { example: `历年等次 ${name} ${yearOf(at) - 1}年 合格` });
    if (!request.confirmed)
      return preview(request, reading, `将登记${name}${year}年度等次：${outcome}。`, '登记', {
        private: true,
      });
    return {
      bodies: [body('history-recorded', { name, year, outcome })],
      replies: [answer(`已登记${name}${year}年度等次：${outcome}。`)],
    };
  }
  const known = [...p.history].sort((a, b) => a.year - b.year).map((h) => `${h.year}年：${h.outcome}`);
  const text = `${name}历年等次：${known.length > 0 ? known.join('，') : '还没有记录'}。`;
  return {
    bodies:
      name === speaker.name
        ? []
        : [body('access-logged', { who: speaker.name, about: name, what: '历年等次' })],
    replies:
      request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)],
  };
}
