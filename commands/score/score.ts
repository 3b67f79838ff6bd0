import type { Body } from '../../ledger/entry.ts';
import { holdersOf } from '../../ledger/roles.ts';
import { isDate, type IsoMonth } from '../../scoring/calendar.ts';
import { ask, askReading } from '../asking.ts';
import {
  answer,
  type Command,
  type Decision,
  notice,
  type Outcome,
  refuse,
  type Reply,
  type Request,
} from '../command.ts';
import { settleChange } from '../month/correction.ts';
import type { Choice, Reading, ScoreOp, ScoreSlots } from '../reading.ts';
import { slotsOf } from '../slots.ts';
import { monthsText, ROLE_WORDS } from '../wording.ts';
import { grantBonuses } from './bonuses.ts';
import { finalFigure } from './finals.ts';
import { attendanceBody, CAUSE_WORDS, scoreItem } from './item-scores.ts';
import { minuteDay } from './minute-day.ts';
import { monthsMeant, type Wanted, wantedOf } from './ops.ts';
import { decidePlea } from './plea.ts';
import { type PostOutcome, scorePost } from './post-scores.ts';
import { scoreReading } from './reading.ts';
import { partTitle } from './titles.ts';
import { tellPrivately } from './told.ts';

/** Scores, typed one by one or many together: the recorder's drafts, the committee's figures with a minute (R17, R20, R21). */
export const score: Command = {
  ...scoreReading,
  intent: 'score',
  who: 'anyone',
  where: ['group', 'private'],
  summary: '给岗位打分、扣分、加分；一条可以写多人',
  examples: ['打分 韩石头 治安岗 10 10 9，环境岗 10 9 10', '祝小梅关爱岗28'],
  decide: decideScore,
};

function decideScore(request: Request, reading: Reading): Outcome {
  const { speaker } = request;
  const may = speaker.roles.some(
    (r) => r === 'recorder' || r === 'secretary' || r === 'deputy' || r === 'committee',
  );
  if (!may) return decidePlea(request, reading);
  if (reading.act === 'ask' && reading.question) return askReading(request, reading.question);
  const { ops = [], minute: saidMinute } = slotsOf<Partial<ScoreSlots>>(reading);
  if (ops.length === 0) return refuse('score-nobody');
  const unknown = ops.find((op) => !op.member.startsWith('*') && !request.branch.people[op.member]);
  if (unknown) return refuse('score-nobody');
  const minute = minuteDay(request.branch, saidMinute, request.at);
  const bonus = ops.filter((op) => op.item.startsWith('bonus'));
  if (bonus.length > 0 && bonus.length === ops.length) return decideBonus(request, reading, bonus, minute);
  if (saidMinute !== undefined && minute === null) return askMinute(request, '评分');
  const onlyMinute = !speaker.roles.some((r) => r === 'recorder' || r === 'secretary' || r === 'deputy');
  if (onlyMinute && minute === null) return refuse('minute-needed', { what: '支委会定分' });
  return decideFigures(
    request,
    reading,
    wantedOf(request, reading).filter((w) => !w.head.startsWith('bonus')),
    minute,
  );
}

function askMinute(request: Request, what: string): Decision {
  return ask(request, `${what}依据的支委会是哪天开的？请回复日期，例如“支委会3月28日研究的”。`);
}

function decideBonus(
  request: Request,
  reading: Reading,
  ops: readonly ScoreOp[],
  minute: string | null,
): Outcome {
  if (minute === null) {
    const said = slotsOf<Partial<ScoreSlots>>(reading).minute;
    return said !== undefined && !isDate(said)
      ? askMinute(request, '加分')
      : refuse('minute-needed', { what: '加分' });
  }
  const [month] = monthsMeant(request, reading);
  const wanted = ops.map((op) => ({
    name: op.member,
    item: op.item,
    points: typeof op.value === 'number' ? op.value : null,
    month: month!,
  }));
  return grantBonuses(request, reading, wanted, minute);
}

/** What one message's figures come to, before it is known whether they touch a published month. */
interface Tally {
  readonly bodies: Body[];
  readonly done: string[];
  readonly problems: string[];
  readonly months: Set<IsoMonth>;
  ask: Decision | null;
}

function decideFigures(
  request: Request,
  reading: Reading,
  wanted: readonly Wanted[],
  minute: string | null,
): Outcome {
  const { speaker } = request;
  const mine = wanted.filter((w) => w.name === speaker.name && !w.group);
  const others = wanted.filter((w) => w.name !== speaker.name || w.group);
  const handed = mine.length > 0 ? handOver(request) : null;
  if (others.length === 0) return handed ?? refuse('score-nobody');
  const tally: Tally = { bodies: [], done: [], problems: [], months: new Set(), ask: null };
  const isPost = (w: Wanted): boolean =>
    !request.policy.items.some((i) => i.id === w.head) && w.head !== 'obligation';
  if (minute !== null) for (const w of others) tallyFinal(request, tally, w, minute);
  else {
    for (const group of byPost(others.filter(isPost))) tallyPost(request, reading, tally, group);
    tallyItems(
      request,
      tally,
      others.filter((w) => !isPost(w)),
    );
  }
  const more = handed?.replies ?? [];
  if (tally.bodies.length === 0) {
    if (tally.ask) return { ...tally.ask, replies: [...tally.ask.replies, ...more] };
    const lines = [...tally.done, ...tally.problems];
    return { bodies: [], replies: [...tellPrivately(request, `${lines.join('\n')}`), ...more] };
  }
  return settleChange(request, reading, {
    bodies: tally.bodies,
    months: [...tally.months],
    reason: minute === null ? '补记评分' : `支委会${minute}定分`,
    replies: () => [...receipts(request, tally), ...more],
  });
}

/** 您本人的分由书记或副书记记: neither the recorder nor secretary nor deputy scores self. */
function handOver(request: Request): Decision {
  const { branch, speaker, at, text } = request;
  const bosses = [...holdersOf(branch, 'secretary', at), ...holdersOf(branch, 'deputy', at)].filter(
    (n) => n !== speaker.name,
  );
  const to = bosses[0];
  const own = speaker.roles.includes('recorder')
    ? '书记或副书记'
    : ROLE_WORDS[speaker.roles.includes('secretary') ? 'deputy' : 'secretary'];
  const told = to ? `，已转告${to}` : '';
  const replies: Reply[] = [answer(`您本人的分由${own}记${told}。`)];
  if (to)
    replies.push(notice({ person: to }, `${speaker.name}本人的分请您来记。原话：${text.slice(0, 200)}`));
  return { bodies: [], replies };
}

function byPost(wanted: readonly Wanted[]): Wanted[][] {
  const groups = new Map<string, Wanted[]>();
  for (const w of wanted) {
    const key = `${w.month} ${w.name} ${w.head}`;
    groups.set(key, [...(groups.get(key) ?? []), w]);
  }
  return [...groups.values()];
}

function tallyFinal(request: Request, tally: Tally, w: Wanted, minute: string): void {
  if (w.head === 'obligation' || w.part !== null || w.name === request.speaker.name) {
    tally.problems.push(`${w.name}：支委会定分请写到一项（学习教育、组织生活 …）或一个岗位`);
    return;
  }
  const final = finalFigure(request, w, minute);
  if (final.body) {
    tally.bodies.push(final.body);
    tally.done.push(final.line);
    tally.months.add(w.month);
  } else tally.problems.push(final.line);
}

function tallyPost(request: Request, reading: Reading, tally: Tally, group: Wanted[]): void {
  const outcome = scorePost(request, group);
  const w = group[0]!;
  if (outcome.kind === 'scored') {
    tally.bodies.push(outcome.body);
    tally.months.add(w.month);
    tally.done.push(outcome.line);
  } else if (outcome.kind === 'same') tally.done.push(outcome.line);
  else {
    tally.problems.push(outcome.line);
    tally.ask ??= askPost(request, reading, w, outcome);
  }
}

/** A figure that cannot stand as it was said is asked about; the answer is decided as if it had been said so. */
function askPost(request: Request, reading: Reading, w: Wanted, outcome: PostOutcome): Decision | null {
  const room = { room: 'private' as const };
  const again = (item: string, op: ScoreOp['op'], value: ScoreOp['value']): Reading => ({
    ...reading,
    slots: { month: w.month, ops: [{ member: w.name, item, op, value }] },
  });
  if (outcome.kind === 'incomplete') {
    if (!outcome.complete)
      return ask(request, `${outcome.line}，没有记。请把三项一起说，例如“${w.name} 10 9 10”。`, {
        room: room.room,
      });
    const [c, p, d] = outcome.complete;
    const text = `${outcome.line}。其余按核实的记录是：${c}+${p}+${d}＝${c + p + d}，这样记请回复“是”；不是的话，请把三项一起说。`;
    return ask(request, text, {
      ...room,
      confirm: { words: ['是', '对', '可以', '确定'], reading: again(w.head, 'set', [c, p, d]) },
    });
  }
  if (outcome.kind === 'which-part') {
    const choices = (['commitment', 'performance', 'deed'] as const).map(
      (part): Choice => ({
        label: partTitle(request.policy, part),
        reading: again(`${w.head}.${part}`, w.op, w.value),
      }),
    );
    return ask(request, outcome.line, { ...room, choices });
  }
  if (outcome.kind === 'which-base') {
    const choices = outcome.values.map(
      (v, i): Choice => ({
        label: `${v}分（从${i === 0 ? '满分' : '现在的分'}扣）`,
        reading: again(`${w.head}.${outcome.part}`, 'set', v),
      }),
    );
    return ask(request, `${outcome.line}：`, { ...room, choices });
  }
  return null;
}

function tallyItems(request: Request, tally: Tally, wanted: readonly Wanted[]): void {
  const agreed = new Map<string, string[]>();
  for (const w of wanted) {
    const outcome = scoreItem(request, w);
    // 全体 takes nothing from whoever says it.
    if (w.name === request.speaker.name && outcome.bodies.length > 0) continue;
    if (outcome.bodies.length > 0) tally.months.add(w.month);
    tally.bodies.push(...outcome.bodies);
    // Of everybody at once only the exceptions are worth a line each.
    if (w.group && !outcome.problem && outcome.bodies.length === 0) {
      const key = outcome.line.slice(w.name.length + 1);
      agreed.set(key, [...(agreed.get(key) ?? []), w.name]);
    } else if (outcome.problem) tally.problems.push(outcome.line);
    else tally.done.push(outcome.line);
    const cause = outcome.askCause;
    if (cause)
      tally.ask ??= ask(request, outcome.line, {
        room: 'private',
        choices: cause.causes.map((c) => ({
          label: CAUSE_WORDS[c],
          reading: {
            act: 'record',
            intent: 'attendance',
            command: 'attendance',
            slots: attendanceSlots(cause.meeting, w.name, c),
          },
        })),
      });
  }
  for (const [line, names] of agreed) tally.done.push(`${names.length}人${line}，不用另记`);
}

/** The same mark as the recorder's own attendance command takes it. */
function attendanceSlots(
  meeting: Parameters<typeof attendanceBody>[0],
  name: string,
  cause: Parameters<typeof attendanceBody>[2],
) {
  return { meeting: meeting.name, date: meeting.date, phase: 'record', entries: { [cause]: [name] } };
}

function receipts(request: Request, tally: Tally): Reply[] {
  const months = monthsText([...tally.months], request.at);
  const lines = [`已记${months}：`, ...tally.done];
  if (tally.problems.length > 0) lines.push('没有记：', ...tally.problems);
  return tellPrivately(request, lines.join('\n'));
}
