/** `lanxing parse`, line by line: a message in, a reading out. Pure; the verb around it does the files. */
import { z } from 'zod';
import { isDate } from '../../scoring/calendar.ts';
import type { Reader } from '../../commands/read.ts';
import type {
  Heard,
  MeetingPlan,
  Pending,
  Reading,
  ReadingContext,
  Role,
  RosterMember,
} from '../../commands/reading.ts';
import type { BranchFile } from '../founding.ts';

const ROLES = [
  'member',
  'recorder',
  'supervisor',
  'committee',
  'secretary',
  'deputy',
  'town',
  'system',
] as const;

const LINE = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  sender: z.string().min(1),
  at: z.string(),
  role: z.enum(ROLES).optional(),
  private: z.boolean().optional(),
  mention: z.boolean().optional(),
  prev: z.string().optional(),
  pending: z.string().optional(),
  quote: z.string().optional(),
});
type Line = z.infer<typeof LINE>;

/** What a reader knows of the branch; `pending` and `previous` come with each message. */
export type BranchKnowledge = Omit<ReadingContext, 'pending' | 'previous'>;

/** A branch file as a reader knows it. */
export function knowledgeOf(file: BranchFile): BranchKnowledge {
  const members = file.members.map(
    ({ name, role, status, group, posts, aliases, floating }): RosterMember => ({
      name,
      role,
      status,
      group,
      posts,
      aliases,
      floating,
    }),
  );
  const meetings = file.meetings.map(
    ({ date, at, name, category, committeeOnly }): MeetingPlan => ({
      date,
      name,
      category,
      ...(at === undefined ? {} : { at }),
      ...(committeeOnly === undefined ? {} : { committeeOnly }),
    }),
  );
  return {
    branch: file.branch,
    bot: file.bot,
    members,
    posts: file.postNames ?? {},
    meetings,
    ...(file.places ? { places: file.places } : {}),
  };
}

/** What goes out for one message. */
export interface ReadingLine {
  readonly id: string | number;
  readonly act: Reading['act'];
  readonly intent: Reading['intent'];
  readonly slots: Readonly<Record<string, unknown>>;
  readonly reply?: string;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;

/** `公示 2024年3月积分 待确认`, `2024-03-28 党员大会`, `3号异议处理中`, `收到请回复`: what the bot or the room waits for. */
export function readPending(text: string): Pending[] {
  const pending: Pending[] = [];
  const board = /公示\D{0,6}(\d{4})年(\d{1,2})月/.exec(text);
  if (board) pending.push({ kind: 'board', month: `${board[1]}-${board[2]!.padStart(2, '0')}` });
  const meeting = /(\d{4}-\d{2}-\d{2})\s*(\S+?会|党课|\S*党日|\S*培训|\S*学习|\S+)?(?:\s|$)/.exec(text);
  if (!board && meeting && isDate(meeting[1]!)) {
    const name = (meeting[2] ?? '').replace(/(?:签到|考勤)(?:中)?$/, '');
    pending.push({ kind: /签到/.test(text) ? 'sign-in' : 'attendance', date: meeting[1]!, meeting: name });
  }
  const objection = /异议.{0,4}处理中/.test(text);
  if (objection) {
    const number = /#?(\d+)/.exec(text.replace(/\d{4}年\d{1,2}月/, ''));
    pending.push({ kind: 'objection', ...(number ? { number: Number(number[1]) } : {}) });
  }
  if (/收到请?回复/.test(text)) pending.push({ kind: 'call' });
  return pending;
}

/** A reading as it is printed: a second intent stands in `slots.also`. */
export function printReading(id: string | number, reading: Reading, reply?: string): ReadingLine {
  const also = reading.also?.map((r) => ({ intent: r.intent, ...r.slots }));
  const slots = also && also.length > 0 ? { ...reading.slots, also } : reading.slots;
  return { id, act: reading.act, intent: reading.intent, slots, ...(reply ? { reply } : {}) };
}

function heardOf(
  line: Line,
  branch: BranchKnowledge,
): { heard: Heard; context: ReadingContext } | { wrong: string } {
  const member = branch.members.find((m) => m.name === line.sender);
  const system = line.role === 'system' || line.sender === '系统';
  if (!member && !system) return { wrong: `sender：支部文件里没有“${line.sender}”，请写名册里的姓名` };
  const moment = MOMENT.exec(line.at);
  if (!moment || !isDate(moment[1]!)) return { wrong: `at：“${line.at}”不是时刻，请写成 2024-03-02T21:40` };
  const role: Role = system ? 'system' : (line.role ?? member!.role);
  const heard: Heard = {
    text: line.text,
    sender: system ? null : line.sender,
    role,
    at: line.at.length === 16 ? `${line.at}:00` : line.at,
    room: line.private ? 'private' : 'group',
    addressed: line.mention ?? false,
    ...(line.quote === undefined ? {} : { quote: line.quote }),
  };
  const context: ReadingContext = {
    ...branch,
    pending: line.pending === undefined ? [] : readPending(line.pending),
    ...(line.prev === undefined ? {} : { previous: line.prev }),
  };
  return { heard, context };
}

/** What it would say; left to the caller so that the deciding commands can word it. */
export type WouldSay = (reading: Reading, heard: Heard, context: ReadingContext) => string | undefined;

/** One line of input to one line of output, or what is wrong with it and how to mend it. */
export function readLine(
  text: string,
  branch: BranchKnowledge,
  reader: Reader,
  wouldSay: WouldSay,
): { readonly out: ReadingLine } | { readonly wrong: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { wrong: '不是合法的 JSON，每行写一个 JSON 对象' };
  }
  const checked = LINE.safeParse(json);
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    return { wrong: `${issue.path.join('.') || '整行'}：${issue.message}，请对照 parse --help 的格式` };
  }
  const line = checked.data;
  const made = heardOf(line, branch);
  if ('wrong' in made) return made;
  const reading = reader(made.heard, made.context);
  return { out: printReading(line.id, reading, wouldSay(reading, made.heard, made.context)) };
}
