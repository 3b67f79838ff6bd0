/** `转接`: from one branch of the town to another, by the town. The transfer month stays with the old branch; what was scored there and past grades travel (R33). */
import { TOWN } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { monthSheet } from '../../ledger/sheet.ts';
import { inScope } from '../../ledger/case.ts';
import type { BranchState, Person, TownState } from '../../ledger/state.ts';
import { dateOfTime, isDate, type IsoMonth, monthOf, monthsOfYear, yearOf } from '../../scoring/calendar.ts';
import type { Policy } from '../../scoring/policy.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Request,
} from '../command.ts';
import { bossOf } from '../month/boss.ts';
import { plainRead, textSlot } from '../month/said.ts';
import type { Reading } from '../reading.ts';
import { across, branchesNamed, branchMeant, townPreview } from '../town/where.ts';
import { dayText, monthsText } from '../wording.ts';
import { firstFullMonth } from './joining.ts';
import { officesEnded } from './leaving.ts';
import { dayOf } from './person-slots.ts';

type Carried = Person['carried'];
const EXAMPLE = '转接 张三 从云岭村到柳林村 6月15日';

export const transfer: Command = {
  name: 'transfer',
  intent: 'none',
  words: ['转接', '组织关系转接', '转支部'],
  who: ['town', 'secretary', 'deputy'],
  where: ['town', 'private', 'group'],
  summary: '党员在镇内转支部：镇里登记，转接当月算原支部，积分和历年等次随人走（书记发的转给镇里办）',
  examples: [EXAMPLE],
  read: plainRead({
    name: 'transfer',
    words: [],
    slots: (message, rest) => {
      const date = dayOf(message, rest);
      return { text: message.body, ...(date ? { date } : {}) };
    },
  }),
  decide: decideTransfer,
};

interface Move {
  readonly person: Person;
  readonly from: BranchState;
  readonly to: BranchState;
}

/** Who is named and belongs to a branch now; the longest name wins, for 李小 is in 李小明. */
function moveMeant(town: TownState, text: string, here: BranchState | null): Move | null {
  const named = branchesNamed(town, text);
  const known = here ? [here, ...named.filter((b) => b !== here)] : named;
  const among = known.length > 0 ? known : Object.values(town.branches);
  const people = among
    .flatMap((from) => Object.values(from.people).map((person) => ({ from, person })))
    .filter(({ person }) => person.left === null && text.includes(person.name))
    .sort((a, b) => b.person.name.length - a.person.name.length);
  const found = people[0];
  const to = found && named.find((b) => b !== found.from);
  return found && to ? { ...found, to } : null;
}

function decideTransfer(request: Request, reading: Reading): Outcome {
  const { town, at } = request;
  const text = textSlot(reading, 'text') ?? request.text;
  const official = request.speaker.roles.includes('town');
  const move = moveMeant(town, text, official ? null : request.branch);
  if (!move) return refuse('transfer-where', { example: EXAMPLE });
  const { person, from, to } = move;
  const said = textSlot(reading, 'date');
  const date = said && isDate(said) ? said : dateOfTime(at);
  const what = `${person.name}${dayText(date, at)}从${from.name}转到${to.name}`;
  if (!official)
    return {
      bodies: [],
      replies: [
        answer('镇内转支部由镇组织办登记，已转告。'),
        notice(
          'town',
          `${from.name}报：${what}。请回复“转接 ${person.name} 从${from.name}到${to.name} ${dayText(date, at)}”。`,
        ),
      ],
    };
  if (to.people[person.name] && !to.people[person.name]?.left)
    return refuse('person-known', { name: person.name });
  const carried = carriedMonths(from, request.policy, person, monthOf(date));
  const rest = missing(from, person, carried, monthOf(date));
  if (!request.confirmed) {
    const months =
      carried.length > 0
        ? `，带走${monthsText(
            carried.map((c) => c.month),
            at,
          )}的积分`
        : '';
    const later = rest.length > 0 ? `；${monthsText(rest, at)}还没评完，评完发“转接积分 ${person.name}”` : '';
    return townPreview(
      request,
      { ...reading, slots: { ...reading.slots, text } },
      branchMeant(request),
      `将登记${what}${months}${later}。`,
      '转接',
    );
  }
  return moved(request, move, date, carried, rest);
}

/** The months of the year that were scored in the branch up to a month, those carried into it before included. */
export function carriedMonths(from: BranchState, policy: Policy, person: Person, until: IsoMonth): Carried {
  const own = monthsOfYear(yearOf(until))
    .filter((month) => month <= until && !from.months[month]?.waived)
    .flatMap((month) => {
      const row = inScope(person, month) ? monthSheet(from, policy, month)[person.name] : undefined;
      return row && row.service !== null
        ? [{ month, obligation: row.obligation, service: row.service, bonus: row.bonus }]
        : [];
    });
  const before = person.carried.filter(
    (c) => yearOf(c.month) === yearOf(until) && !own.some((o) => o.month === c.month),
  );
  return [...before, ...own];
}

/** Months that belong to the old branch and are not scored yet. */
function missing(from: BranchState, person: Person, carried: Carried, until: IsoMonth): IsoMonth[] {
  return monthsOfYear(yearOf(until)).filter(
    (m) => m <= until && !from.months[m]?.waived && inScope(person, m) && !carried.some((c) => c.month === m),
  );
}

function moved(
  request: Request,
  { person, from, to }: Move,
  date: string,
  carried: Carried,
  rest: readonly string[],
): Decision {
  const { at } = request;
  const { name } = person;
  const contacts = Object.entries(from.accounts).flatMap(([contact, who]) => (who === name ? [contact] : []));
  const exempt = person.exemption?.state === 'filed';
  const left = [
    body('member-left', { name, date, reason: 'branch', to: to.branch }),
    ...officesEnded(from, name, date),
    // Until the old branch's last month is scored and confirmed, the member still answers there.
    ...(rest.length === 0 ? contacts.map((contact) => body('account-unbound', { contact })) : []),
  ];
  const arrived = [
    body('member-added', {
      name,
      status: exempt ? 'exempt' : person.status,
      aliases: person.aliases,
      floating: person.floating,
      joined: date,
      fullSince: person.fullSince,
      exemptFiled: exempt ? (person.exemption?.filed ?? null) : null,
      profile: person.profile,
      carried,
      history: person.history,
      from: from.branch,
    }),
    ...contacts.map((contact) => body('account-bound', { contact, name })),
  ];
  const text = `${name}${dayText(date, at)}从${from.name}转到${to.name}`;
  return across(
    request,
    [
      { branch: TOWN, bodies: [body('branch-transfer', { name, from: from.branch, to: to.branch, date })] },
      { branch: from.branch, bodies: left },
      { branch: to.branch, bodies: arrived },
    ],
    [
      answer(`已登记${text}。`),
      {
        ...notice(bossOf(from, at), `镇组织办已登记${text}，${dayText(date, at)}所在月仍由本支部评分。`),
        branch: from.branch,
      },
      {
        ...notice(
          bossOf(to, at),
          `镇组织办已登记${text}，从${monthsText([firstFullMonth(date)], at)}起由本支部记分，请安排认领岗位。`,
        ),
        branch: to.branch,
      },
    ],
  );
}

export const carry: Command = {
  name: 'transfer-carry',
  intent: 'none',
  words: ['转接积分', '补转积分'],
  who: ['town'],
  where: ['town', 'private'],
  summary: '原支部评完转接当月后，把积分补转到新支部',
  examples: ['转接积分 张三'],
  read: plainRead({ name: 'transfer-carry', words: [], slots: (message) => ({ text: message.body }) }),
  decide: decideCarry,
};

function decideCarry(request: Request, reading: Reading): Outcome {
  const { town, policy, at } = request;
  const text = textSlot(reading, 'text') ?? request.text;
  const gone = Object.values(town.branches)
    .flatMap((from) => Object.values(from.people).map((person) => ({ from, person })))
    .filter(({ person }) => person.left?.reason === 'branch' && text.includes(person.name))
    .sort((a, b) => (a.person.left!.date < b.person.left!.date ? 1 : -1))[0];
  const to = gone && town.branches[gone.person.left?.to ?? ''];
  if (!gone || !to) return refuse('transfer-none');
  const { from, person } = gone;
  const until = monthOf(person.left!.date);
  const months = carriedMonths(from, policy, person, until);
  const rest = missing(from, person, months, until);
  if (rest.length > 0)
    return refuse('transfer-unscored', {
      name: person.name,
      branch: from.name,
      months: monthsText(rest, at),
    });
  const contacts = Object.entries(from.accounts).flatMap(([contact, who]) =>
    who === person.name ? [contact] : [],
  );
  const said = monthsText(
    months.map((m) => m.month),
    at,
  );
  const arrived = [body('carried-recorded', { name: person.name, months })];
  const left = contacts.map((contact) => body('account-unbound', { contact }));
  return across(
    request,
    [
      { branch: from.branch, bodies: left },
      { branch: to.branch, bodies: arrived },
    ],
    [answer(`已把${person.name}${said}的积分转到${to.name}。`)],
  );
}
