/** `任务`: the follow-ups of a year, with owner, due day and what became of them; for the secretary and the town alone (R32). */
import { body } from '../../ledger/kinds.ts';
import type { BranchState, Task } from '../../ledger/state.ts';
import { dateOfTime, isDate, type IsoDate } from '../../scoring/calendar.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Command, type Outcome, refuse, type Request } from '../command.ts';
import type { Message } from '../language/message.ts';
import { numberSlot, plainRead, saidDay, saidNumber, textSlot, wordsSlot } from '../month/said.ts';
import type { Reading, Slots } from '../reading.ts';
import { branchMeant, inBranch } from '../town/where.ts';
import { dayText } from '../wording.ts';

export const tasks: Command = {
  name: 'tasks',
  intent: 'none',
  words: ['任务', '后续任务'],
  who: ['secretary', 'deputy', 'town'],
  where: ['group', 'private', 'town'],
  summary: '年度评定后的谈话、整改、结对等任务：查看、交办、登记完成（私下）',
  examples: ['任务', '任务 3 完成 已谈话', '任务 3 交 张三 6月30日前'],
  read: plainRead({ name: 'tasks', words: [], slots: taskSlots }),
  decide: decideTasks,
};

function taskSlots(message: Message, rest: string): Slots | null {
  const number = saidNumber(rest);
  if (number === null) return message.spokenTo || rest === '' ? {} : null;
  const after = rest
    .slice(rest.indexOf(String(number)) + String(number).length)
    .replace(/^号?[\s,，:：]*/, '');
  if (/^(?:已?完成|办完|办结|做完|已办)/.test(after)) {
    const note = after.replace(/^(?:已?完成|办完|办结|做完|已办)了?[\s,，:：]*/, '').trim();
    return { number, op: 'done', note };
  }
  const owner = message.names().flatMap((n) => (n.members.length === 1 ? n.members : []))[0];
  const due = deadline(after, message.today);
  return { number, op: 'assign', ...(owner ? { owner } : {}), ...(due ? { due } : {}) };
}

/** 6月30日前: the next such day; a date of the past is nobody's deadline. */
function deadline(text: string, today: IsoDate): IsoDate | null {
  const past = saidDay(text, today);
  if (!past || past >= today) return past;
  const next = `${Number(past.slice(0, 4)) + 1}${past.slice(4)}`;
  return isDate(next) ? next : null;
}

function decideTasks(request: Request, reading: Reading): Outcome {
  const branch = branchMeant(request);
  if (!branch) return refuse('branch-needed');
  const number = numberSlot(reading, 'number');
  if (number === null) return show(request, branch);
  const task = branch.tasks[number];
  if (!task) return refuse('task-unknown', { number });
  if (task.done) return refuse('task-done-already', { number, date: dayText(task.done.date, request.at) });
  return textSlot(reading, 'op') === 'done'
    ? finish(request, reading, branch, task)
    : assign(request, reading, branch, task);
}

function finish(request: Request, reading: Reading, branch: BranchState, task: Task): Outcome {
  const note = wordsSlot(reading, 'note');
  const date = dateOfTime(request.at);
  const done = body('task-done', { number: task.number, date, ...(note ? { note } : {}) });
  return privately(
    request,
    inBranch(request, branch, [done], []),
    `已登记任务${task.number}完成：${task.name}，${task.task}。`,
  );
}

function assign(request: Request, reading: Reading, branch: BranchState, task: Task): Outcome {
  const owner = textSlot(reading, 'owner');
  const said = textSlot(reading, 'due');
  const due = said && isDate(said) ? said : null;
  if (!owner && !due) return refuse('task-what', { number: task.number });
  const changed = body('task-assigned', {
    number: task.number,
    ...(owner ? { owner } : {}),
    ...(due ? { due } : {}),
  });
  const text = `任务${task.number}（${task.name}，${task.task}）由${owner ?? task.owner}负责，${dayText(due ?? task.due, request.at)}前完成。`;
  return privately(request, inBranch(request, branch, [changed], []), text);
}

function show(request: Request, branch: BranchState): Outcome {
  const today = dateOfTime(request.at);
  const all = Object.values(branch.tasks);
  const lines = all.filter((t) => !t.done).map((t) => taskLine(t, today, request));
  const done = all.length - lines.length;
  const over = done > 0 ? `，${done}项已完成` : '';
  const head = `${branch.name}后续任务：${lines.length}项未完成${over}`;
  const text =
    lines.length === 0 ? `${branch.name}没有未完成的后续任务${over}。` : [head, ...lines].join('\n');
  return privately(request, { bodies: [], replies: [] }, text);
}

function taskLine(t: Task, today: IsoDate, request: Request): string {
  const late = t.due < today ? '，已过期' : '';
  return `${t.number}. ${t.name}：${t.task}，${t.owner}负责，${dayText(t.due, request.at)}前${late}`;
}

function privately(request: Request, decision: ReturnType<typeof inBranch>, text: string): Outcome {
  const replies =
    request.place === 'group' ? [answer(ANSWERED_PRIVATELY), answer(text, 'private')] : [answer(text)];
  return { ...decision, replies: [...decision.replies, ...replies] };
}
