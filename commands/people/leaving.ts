/** `转出`: somebody leaves the town, or the Party; counted to the last full month (R33). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { BranchState } from '../../ledger/state.ts';
import { dateOfTime, isDate, type IsoDate } from '../../scoring/calendar.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import { preview } from '../month/preview.ts';
import { plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { dayText, ROLE_WORDS } from '../wording.ts';
import { accountsOf, personSlots } from './person-slots.ts';

export const leaveBranch: Command = {
  name: 'member-leave',
  intent: 'none',
  words: ['转出', '党员转出', '党员离开', '党员减少'],
  who: ['secretary', 'deputy'],
  where: ['group', 'private'],
  summary: '登记党员转出本镇或不再是党员，算到最后一个整月；镇内转支部用“转接”',
  examples: ['转出 张三 6月15日'],
  read: plainRead({ name: 'member-leave', words: [], slots: personSlots }),
  decide: decideLeave,
};

/** Offices end with the day on which their holder leaves. */
export function officesEnded(branch: BranchState, name: string, date: IsoDate): Body[] {
  return branch.appointments
    .filter((a) => a.name === name && a.until === null)
    .map((a) => body('appointment-ended', { name, role: a.role, until: date }));
}

function decideLeave(request: Request, reading: Reading): Outcome {
  const { branch, at } = request;
  const name = textSlot(reading, 'name');
  const p = name ? branch.people[name] : undefined;
  if (!name || !p) return refuse('person-whom', { example: '转出 张三 6月15日' });
  if (p.left) return refuse('person-gone', { name });
  const said = textSlot(reading, 'date');
  const date = said && isDate(said) ? said : dateOfTime(at);
  const offices = branch.appointments
    .filter((a) => a.name === name && a.until === null)
    .map((a) => ROLE_WORDS[a.role]);
  const ending = offices.length > 0 ? `，${offices.join('、')}同时卸任` : '';
  if (!request.confirmed)
    return preview(
      request,
      reading,
      `将登记${name}${dayText(date, at)}离开支部${ending}，积分算到最后一个整月。`,
      '登记',
    );
  return {
    bodies: [
      body('member-left', { name, date, reason: 'town' }),
      ...officesEnded(branch, name, date),
      ...accountsOf(request, name).map((contact) => body('account-unbound', { contact })),
    ],
    replies: [answer(`已登记${name}${dayText(date, at)}离开支部${ending}。`)],
  };
}
