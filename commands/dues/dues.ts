/**
 * Dues: a member's word is a claim that the recorder receives; the recorder records for many at once. Only paid, late or
 * short is kept, never an amount, and the group hears no names (R16).
 */
import type { Body } from '../../ledger/entry.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf, holdersOf } from '../../ledger/roles.ts';
import { type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import { answer, type Command, notice, type Outcome, refuse, type Reply, type Request } from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Choice, DuesSlots, Reading } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { listed, monthsText } from '../wording.ts';
import { duesReading } from './reading.ts';
import { type DuesStatus, statusOf } from './timeliness.ts';

type DuesEntry = DuesSlots['entries'][number];

export const STATUS_WORDS: Readonly<Record<DuesStatus, string>> = {
  paid: '已交',
  prepaid: '预交',
  late: '不按时',
  short: '不足额',
  'late-short': '不按时且不足额',
  unpaid: '未交',
};

export const dues: Command = {
  ...duesReading,
  intent: 'dues',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '交了党费说一声，由记录员登记；记录员可以一次记多人',
  examples: ['党费 3月 已交', '收到党费：张三、李四', '毕某 2月党费3月4号才交'],
  decide: decideDues,
};

/** The recorder records; what the recorder paid is recorded by the secretary or deputy, who also stand in for none. */
function mayRecord({ branch, speaker, at }: Request, entries: readonly DuesEntry[]): boolean {
  const recorders = holdersOf(branch, 'recorder', at);
  const own = entries.some((e) => e.member === speaker.name);
  if (recorders.includes(speaker.name)) return !own || entries.length > 1;
  if (!speaker.roles.some((r) => r === 'secretary' || r === 'deputy')) return false;
  return !own && (recorders.length === 0 || entries.every((e) => recorders.includes(e.member)));
}

function decideDues(request: Request, reading: Reading): Outcome {
  const { entries } = slotsOf<DuesSlots>(reading);
  const stranger = entries.find((e) => !request.branch.people[e.member]);
  if (stranger) return refuse('report-not-member', { name: stranger.member });
  if (entries.length === 0) return refuse('dues-nothing');
  return mayRecord(request, entries) ? recordDues(request, reading, entries) : claimDues(request, entries);
}

/** Somebody says that it was paid: kept as a claim until the recorder has received it. */
function claimDues(request: Request, entries: readonly DuesEntry[]): Outcome {
  const { speaker, at, place } = request;
  const paid = entries.filter((e) => e.status !== 'unpaid');
  const others = paid.filter((e) => e.member !== speaker.name);
  if (paid.length === 0 || others.length > 3)
    return refuse('dues-not-yours', { who: recorderText(request, entries) });
  const fresh = paid
    .map((e) => ({ ...e, months: e.months.filter((m) => !settled(request, e.member, m)) }))
    .filter((e) => e.months.length > 0);
  const receiver = recorderText(request, entries);
  const bodies = fresh.map((e) =>
    body('dues-claimed', { name: e.member, months: [...e.months], by: speaker.name }),
  );
  const what = listed(
    fresh.map((e) => `${e.member === speaker.name ? '' : e.member}${monthsText(e.months, at)}`),
  );
  const text =
    fresh.length > 0
      ? `您说${what}党费交了，已告诉${receiver}，核对后登记。`
      : '这几个月的党费已经登记过了。';
  const replies: Reply[] =
    place === 'group' ? [answer('已私下回复您。'), answer(text, 'private')] : [answer(text)];
  if (fresh.length > 0)
    replies.push(
      notice(
        { person: receiver },
        `${speaker.name}说${what}党费交了。收到请回复“党费 ${fresh[0]!.member} ${monthsText(fresh[0]!.months, at)} 已收”。`,
      ),
    );
  return { bodies, replies };
}

function settled({ branch }: Request, name: string, month: IsoMonth): boolean {
  const status = branch.months[month]?.dues[name];
  return status === 'paid' || status === 'prepaid' || status === 'late';
}

/** Who receives these dues: the recorder, or the secretary where they are the recorder's own. */
function recorderText({ branch, at }: Request, entries: readonly DuesEntry[]): string {
  const names = entries.map((e) => e.member);
  const line = [
    ...holdersOf(branch, 'recorder', at),
    ...holdersOf(branch, 'secretary', at),
    ...holdersOf(branch, 'deputy', at),
  ];
  return line.find((n) => !names.includes(n)) ?? '记录员';
}

interface Recorded {
  readonly name: string;
  readonly month: IsoMonth;
  readonly status: DuesStatus;
  readonly before: DuesStatus | null;
}

function recordDues(request: Request, reading: Reading, entries: readonly DuesEntry[]): Outcome {
  const { branch, day } = request;
  const now = monthOf(day);
  const recorded: Recorded[] = [];
  const unclear: { readonly name: string; readonly month: IsoMonth }[] = [];
  for (const e of entries) {
    const paidIn = e.paid_on === undefined ? null : monthOf(e.paid_on);
    for (const month of [...new Set(e.months)].sort()) {
      const before = branch.months[month]?.dues[e.member] ?? null;
      const status = statusOf(month, {
        status: e.status,
        paidIn,
        now,
        months: e.months,
        quarterly: branch.settings.quarterlyDues,
      });
      // Already received: the day of that stands, and nobody needs to be asked again.
      if (status === null && before !== null && before !== 'unpaid')
        recorded.push({ name: e.member, month, status: before, before });
      else if (status === null) unclear.push({ name: e.member, month });
      else recorded.push({ name: e.member, month, status, before });
    }
  }
  if (unclear.length > 0) return askTimely(request, reading, entries, unclear);
  const changed = recorded.filter((r) => r.before !== r.status);
  const bodies: Body[] = changed.map((r) =>
    body('dues-recorded', { name: r.name, month: r.month, status: r.status }),
  );
  return settleChange(request, reading, {
    bodies,
    months: changed.map((r) => r.month),
    reason: '党费登记',
    replies: () => receipt(request, recorded),
  });
}

/** Months before this one, with no day said: were they paid in time, or only now? */
function askTimely(
  request: Request,
  reading: Reading,
  entries: readonly DuesEntry[],
  unclear: readonly { readonly name: string; readonly month: IsoMonth }[],
): Outcome {
  const names = [...new Set(unclear.map((u) => u.name))];
  const months = monthsText(
    unclear.map((u) => u.month),
    request.at,
  );
  const isUnclear = (name: string, month: IsoMonth): boolean =>
    unclear.some((u) => u.name === name && u.month === month);
  const decided = (late: boolean): Reading => ({
    ...reading,
    act: 'record',
    slots: {
      entries: entries
        .flatMap((e) => [
          { ...e, months: e.months.filter((m) => !isUnclear(e.member, m)) },
          ...e.months
            .filter((m) => isUnclear(e.member, m))
            .map((m) =>
              late ? { ...e, months: [m], status: 'late' } : { ...e, months: [m], paid_on: `${m}-28` },
            ),
        ])
        .filter((e) => e.months.length > 0),
    },
  });
  const choices: Choice[] = [
    { label: '当月就交了', reading: decided(false) },
    { label: '现在补交（按不按时记）', reading: decided(true) },
  ];
  return ask(request, `${listed(names)}${months}的党费，是当月就交了，还是现在补交？`, {
    choices,
    room: 'private',
  });
}

/** In the group a count, to the recorder the list. */
function receipt(request: Request, recorded: readonly Recorded[]): Reply[] {
  const people = [...new Set(recorded.map((r) => r.name))];
  const said = people.map((name) => {
    const own = recorded.filter((r) => r.name === name);
    const statuses = [...new Set(own.map((r) => r.status))];
    const parts = statuses.map(
      (status) =>
        `${monthsText(
          own.filter((r) => r.status === status).map((r) => r.month),
          request.at,
        )}${STATUS_WORDS[status]}`,
    );
    const was = own
      .filter((r) => r.before !== null && r.before !== r.status)
      .map((r) => `${monthsText([r.month], request.at)}原记${STATUS_WORDS[r.before!]}`);
    const same = own.filter((r) => r.before === r.status).map((r) => r.month);
    const notes = [...was, ...(same.length > 0 ? [`${monthsText(same, request.at)}已记过`] : [])];
    return { name, text: `${listed(parts)}${notes.length > 0 ? `（${notes.join('；')}）` : ''}` };
  });
  // Those of whom the same is written share a line: a branch of 45 is read at a glance.
  const lines = [...new Set(said.map((s) => s.text))].map((text) => {
    const same = said.filter((s) => s.text === text);
    const count = same.length > 1 ? `（${same.length}人）` : '';
    return `${listed(same.map((s) => s.name))}${count}：${text}`;
  });
  const list = ['已记党费：', ...lines].join('\n');
  if (request.place !== 'group') return [answer(list)];
  const reachable = accountOf(request.branch, request.speaker.name) !== null;
  return [
    answer(`党费已记${people.length}人${reachable ? '，明细已私下发给您' : ''}。`),
    ...(reachable ? [answer(list, 'private')] : []),
  ];
}
