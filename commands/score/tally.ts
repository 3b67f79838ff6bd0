/** What the figures of one message come to, one by one: done, not done and why, or asked about. */
import type { Body } from '../../ledger/entry.ts';
import type { Meeting } from '../../ledger/state.ts';
import type { IsoMonth } from '../../scoring/calendar.ts';
import { ask } from '../asking.ts';
import type { Decision, Request } from '../command.ts';
import type { Choice, Reading, ScoreOp } from '../reading.ts';
import { dayText } from '../wording.ts';
import { finalFigure } from './finals.ts';
import { scoreItem } from './item-scores.ts';
import { type Cause, CAUSE_WORDS, type PossibleMark } from './meeting-marks.ts';
import type { Wanted } from './ops.ts';
import { type PostOutcome, scorePost } from './post-scores.ts';
import { partTitle } from './titles.ts';

/** What one message's figures come to, before it is known whether they touch a published month. */
export interface Tally {
  readonly bodies: Body[];
  readonly done: string[];
  readonly problems: string[];
  readonly months: Set<IsoMonth>;
  ask: Decision | null;
}

export function byPost(wanted: readonly Wanted[]): Wanted[][] {
  const groups = new Map<string, Wanted[]>();
  for (const w of wanted) {
    const key = `${w.month} ${w.name} ${w.head}`;
    groups.set(key, [...(groups.get(key) ?? []), w]);
  }
  return [...groups.values()];
}

export function tallyFinal(request: Request, tally: Tally, w: Wanted, minute: string): void {
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

export function tallyPost(request: Request, reading: Reading, tally: Tally, group: Wanted[]): void {
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

export function tallyItems(request: Request, tally: Tally, wanted: readonly Wanted[]): void {
  const agreed = new Map<string, number>();
  const exceptions: string[] = [];
  for (const w of wanted) {
    const outcome = scoreItem(request, w);
    // 全体 takes nothing from whoever says it.
    if (w.name === request.speaker.name && outcome.bodies.length > 0) continue;
    if (outcome.bodies.length > 0) tally.months.add(w.month);
    tally.bodies.push(...outcome.bodies);
    // Of everybody at once only the exceptions are worth naming.
    if (w.group && outcome.exception) exceptions.push(outcome.exception);
    else if (w.group && !outcome.problem && outcome.bodies.length === 0) {
      const line = outcome.line.slice(w.name.length + 1);
      agreed.set(line, (agreed.get(line) ?? 0) + 1);
    } else if (outcome.problem) tally.problems.push(outcome.line);
    else tally.done.push(outcome.line);
    if (outcome.marks) tally.ask ??= askMark(request, w, outcome.line, outcome.marks);
  }
  for (const [line, count] of agreed) tally.done.push(`${count}人${line}，不用另记`);
  if (exceptions.length > 0) tally.done.push(`除外：${exceptions.join('、')}，没有改；记录有误请先更正考勤`);
}

function askMark(request: Request, w: Wanted, text: string, marks: readonly PossibleMark[]): Decision {
  const choices = marks.map(
    ({ meeting, cause }): Choice => ({
      label: `${dayText(meeting.date, request.at)}${meeting.name}${CAUSE_WORDS[cause]}`,
      reading: {
        act: 'record',
        intent: 'attendance',
        command: 'attendance',
        slots: attendanceSlots(meeting, w.name, cause),
      },
    }),
  );
  return ask(request, text, { room: 'private', choices });
}

/** The same mark as the recorder's own attendance command takes it. */
function attendanceSlots(meeting: Meeting, name: string, cause: Cause) {
  return { meeting: meeting.name, date: meeting.date, phase: 'record', entries: { [cause]: [name] } };
}
