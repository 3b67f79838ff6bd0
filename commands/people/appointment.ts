/** `任命`, `免去`: offices with their dates, so that last month's recorder stays last month's (R03–R07). */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import type { Appointment, BranchState } from '../../ledger/state.ts';
import { addDays, dateOfTime, isDate, type IsoDate } from '../../scoring/calendar.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import { plainRead, textSlot } from '../month/said.ts';
import type { Reading, Slots } from '../reading.ts';
import { branchMeant, inBranch, townPreview } from '../town/where.ts';
import { dayText } from '../wording.ts';
import { handoverText } from './handover.ts';
import { dayAround, namedOne } from './person-slots.ts';

type Role = Appointment['role'];

/** Longer words first: 副书记 is not 书记. */
const ROLES: readonly (readonly [Role, string, RegExp])[] = [
  ['deputy', '副书记', /副书记/],
  ['secretary', '书记', /书记/],
  ['recorder', '积分记录员', /记录员/],
  ['supervisor', '积分监督员', /监督员/],
  ['committee', '支委', /支委(?!会)|委员(?!会)/],
];
/** Offices that one person holds at a time: who comes ends who was there. */
const SINGLE: readonly Role[] = ['recorder', 'secretary'];

export const appoint: Command = {
  name: 'appoint',
  intent: 'none',
  words: ['任命', '任职', '指定'],
  who: ['secretary', 'deputy', 'town'],
  where: ['group', 'private', 'town'],
  summary: '任命记录员、监督员、支委（书记、副书记由镇里登记），写明哪天起；换人时自动给交接单',
  examples: ['任命 张三 记录员 4月1日起'],
  read: plainRead({ name: 'appoint', words: [], slots: roleSlots }),
  decide: decideAppoint,
};

export const dismiss: Command = {
  name: 'dismiss',
  intent: 'none',
  words: ['免去', '免职', '卸任'],
  who: ['secretary', 'deputy', 'town'],
  where: ['group', 'private', 'town'],
  summary: '登记职务到哪天为止',
  examples: ['免去 张三 记录员 3月31日'],
  read: plainRead({ name: 'dismiss', words: [], slots: roleSlots }),
  decide: decideDismiss,
};

function roleSlots(message: Message, rest: string): Slots | null {
  const role = ROLES.find(([, , words]) => words.test(rest))?.[0];
  const name = namedOne(message) ?? namedBesideRole(message);
  if (!role && !message.spokenTo) return null;
  const date = dayAround(rest, message.today);
  return {
    text: message.body,
    ...(name ? { name } : {}),
    ...(role ? { role } : {}),
    ...(date ? { date } : {}),
  };
}

/** The office itself may be read as its present holder's name: 书记. */
function namedBesideRole(message: Message): string | null {
  const names = message
    .names()
    .filter((n) => n.how !== 'role' && n.how !== 'title' && n.members.length === 1);
  return names.length === 1 ? names[0]!.members[0]! : null;
}

interface Meant {
  readonly branch: BranchState;
  readonly name: string;
  readonly role: Role;
  readonly title: string;
  readonly date: IsoDate;
}

function meant(request: Request, reading: Reading): Meant | Outcome {
  const branch = branchMeant(request);
  if (!branch) return refuse('branch-needed');
  const known = ROLES.find(([id]) => id === reading.slots['role']);
  const said = textSlot(reading, 'name');
  const text = textSlot(reading, 'text') ?? '';
  // In the town's room the branch's own people are found in the text.
  const name =
    said && branch.people[said]
      ? said
      : Object.keys(branch.people)
          .filter((n) => text.includes(n))
          .sort((a, b) => b.length - a.length)[0];
  if (!known || !name || branch.people[name]?.left) return refuse('appoint-what');
  const [role, title] = known;
  if ((role === 'secretary' || role === 'deputy') && !request.speaker.roles.includes('town'))
    return refuse('appoint-not-yours');
  const day = textSlot(reading, 'date');
  return { branch, name, role, title, date: day && isDate(day) ? day : dateOfTime(request.at) };
}

function holding(branch: BranchState, role: Role, date: IsoDate): string[] {
  return branch.appointments
    .filter((a) => a.role === role && a.from <= date && (a.until === null || a.until >= date))
    .map((a) => a.name);
}

function decideAppoint(request: Request, reading: Reading): Outcome {
  const of = meant(request, reading);
  if (!('role' in of)) return of;
  const { branch, name, role, title, date } = of;
  const now = holding(branch, role, date);
  if (now.includes(name)) return refuse('appoint-already', { name, role: title });
  const before = SINGLE.includes(role) ? now : [];
  const from = dayText(date, request.at);
  const instead = before.length > 0 ? `，接替${before.join('、')}` : '';
  if (!request.confirmed)
    return townPreview(request, reading, branch, `将登记${name}从${from}起任${title}${instead}。`, '任命');
  const ended = before.map(
    (n): Body => body('appointment-ended', { name: n, role, until: addDays(date, -1) }),
  );
  const replies: Reply[] = [
    answer(`已登记${name}从${from}起任${title}${instead}。`),
    { ...notice({ person: name }, `您从${from}起任${branch.name}${title}。`), branch: branch.branch },
  ];
  if (before.length > 0) {
    const sheet = handoverText({ branch, policy: request.policy, at: request.at }, role);
    for (const person of [name, ...before])
      replies.push({
        ...notice({ person }, `【交接单】${title}：${before.join('、')}→${name}，${from}起\n${sheet}`),
        branch: branch.branch,
      });
  }
  return inBranch(request, branch, [...ended, body('appointed', { name, role, from: date })], replies);
}

function decideDismiss(request: Request, reading: Reading): Outcome {
  const of = meant(request, reading);
  if (!('role' in of)) return of;
  const { branch, name, role, title, date } = of;
  if (!branch.appointments.some((a) => a.name === name && a.role === role && a.until === null))
    return refuse('appoint-none', { name, role: title });
  const until = dayText(date, request.at);
  if (!request.confirmed)
    return townPreview(request, reading, branch, `将登记${name}任${title}到${until}为止。`, '确定');
  return inBranch(
    request,
    branch,
    [body('appointment-ended', { name, role, until: date })],
    [
      answer(`已登记${name}任${title}到${until}为止。`),
      { ...notice({ person: name }, `您任${branch.name}${title}到${until}为止。`), branch: branch.branch },
    ],
  );
}
