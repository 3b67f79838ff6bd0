/** `转正`: a probationary member becomes a full one (R32, Q50). */
import { body } from '../../ledger/kinds.ts';
import { dateOfTime, isDate } from '../../scoring/calendar.ts';
import { answer, type Command, notice, type Outcome, refuse, type Request } from '../command.ts';
import { preview } from '../month/preview.ts';
import { plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { dayText } from '../wording.ts';
import { personSlots } from './person-slots.ts';

export const becomeFull: Command = {
  name: 'become-full',
  intent: 'none',
  words: ['转正', '预备转正'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '登记预备党员转正的日期',
  examples: ['转正 张三 6月20日'],
  read: plainRead({
    name: 'become-full',
    words: [],
    slots: (message, rest) =>
      message.spokenTo || message.names().length > 0 ? personSlots(message, rest) : null,
  }),
  decide: decideFull,
};

function decideFull(request: Request, reading: Reading): Outcome {
  const { branch, at } = request;
  const name = textSlot(reading, 'name');
  const p = name ? branch.people[name] : undefined;
  if (!name || !p || p.left) return refuse('person-whom', { example: '转正 张三 6月20日' });
  if (p.status !== 'probationary') return refuse('full-already', { name });
  const said = textSlot(reading, 'date');
  const date = said && isDate(said) ? said : dateOfTime(at);
  if (date > dateOfTime(at)) return refuse('minute-future', { date: dayText(date, at) });
  if (!request.confirmed)
    return preview(request, reading, `将登记${name}${dayText(date, at)}转为正式党员。`, '登记');
  return {
    bodies: [body('became-full', { name, date })],
    replies: [
      answer(`已登记${name}${dayText(date, at)}转为正式党员，年末参加评定等次。`),
      notice({ person: name }, `支部已登记您${dayText(date, at)}转为正式党员。`),
    ],
  };
}
