/** Deductions and additions: 徐… 15号主题党日无故缺席 扣5分; 同意潘…经济发展加2分. One statement for each 扣 or 加. */
import { type IsoMonth, monthOf } from '../../scoring/calendar.ts';
import { namesMeeting } from '../attendance/meeting.ts';
import type { Message, NameHit } from '../language/message.ts';
import { parseNumeral } from '../language/numerals.ts';
import type { ScoreOp } from '../reading.ts';
import { bonusItem, findItems } from './items.ts';

const CHANGE =
  /(?<=假|席|到|退|课|会|日|岗|费|育|活)(-)\s*(\d{1,2}(?:\.\d)?)(?:\s*分)?(?!\d|[月号日点户个人次钟]|:\d)|(扣|减|扣掉|扣除)(?:[一-龥]{0,6}?)\s*(\d{1,2}(?:\.\d)?|[一二两三四五六七八九十])(?:\s*分)?(?!\d|[月号日点户个人次钟]|:\d)|(加|奖励?)(?:上|了|他|她|分)*\s*[:：]?\s*(\d{1,2}(?:\.\d)?|[一二两三四五六七八九十])(?:\s*分)?(?!\d|[月号日点户个人次钟]|:\d)/g;

/** More than anybody types of one branch in one message. */
const MOST = 80;

export interface Change {
  readonly ops: readonly ScoreOp[];
  readonly unclear?: NameHit;
  /** What is missing to carry it out. */
  readonly missing: readonly ('item' | 'reason' | 'member' | 'post')[];
  /** The statement it stands in. */
  readonly start: number;
  readonly end: number;
  /** The word and its figure, which set nothing. */
  readonly at: number;
}

/** The category of the meeting a reason speaks of: 主题党日 → organisation, 党课 → study (R14, R15). */
export function categoryOf(message: Message, text: string): 'study' | 'organisation' | null {
  const named = message.context.meetings.find((m) => text.includes(m.name));
  if (named) return named.category;
  if (/主题(?:党|当)日|党日|组织生活|生活会|民主评议/.test(text)) return 'organisation';
  if (/党课|党员大会|大会|支委会|培训|学习|上课/.test(text)) return 'study';
  // 迟到扣2分 with no day is of today's meeting, if there is one.
  const day = message.part(text).dates('past')[0]?.date ?? message.today;
  const onDay = message.context.meetings.filter((m) => m.date === day);
  return (onDay.find((m) => m.committeeOnly !== true) ?? onDay[0])?.category ?? null;
}

const ABSENCE = /缺席|迟到|早退|请假|没来|没到|未到|缺会|旷/;

/** 28号党员大会 甲迟到扣2 乙早退扣2: the meeting stands before all of them. */
function headCategory(message: Message): 'study' | 'organisation' | null {
  const first = message.names()[0];
  const head = first ? message.body.slice(0, first.start) : '';
  return namesMeeting(head) ? categoryOf(message, head) : null;
}

/** 扣组织生活5分: what stands between the word and the figure is what is meant. */
const BETWEEN = /[扣减](?:掉|除)?([一-龥]{2,6})\s*(?:\d|[一二两三四五六七八九十])/;

function deductedItem(message: Message, said: string): { item: string | null; reason?: string } {
  // The committee's meeting is where it was decided, not what was missed.
  const text = said.replace(/支委会?(?=[^缺迟早请]*(?:研究|讨论|同意|决定|通过|定))/g, '会议');
  const items = findItems(text, message.context);
  const between = BETWEEN.exec(text.slice(-16))?.[1];
  const direct = between ? findItems(between, message.context).find((i) => i.kind === 'duty') : undefined;
  if (direct) return { item: direct.item };
  const duty = items.findLast((i) => i.kind === 'duty');
  const part = items.findLast((i) => i.kind === 'part');
  const post = items.findLast((i) => i.kind === 'post');
  const reason = /笔记/.test(text) ? { reason: '笔记' } : {};
  if (part) return { item: post ? `${post.item}${part.item}` : part.item, ...reason };
  if (ABSENCE.test(text) || (namesMeeting(text) && !duty)) {
    const category = categoryOf(message, text) ?? headCategory(message);
    if (category) return { item: category, ...reason };
  }
  if (duty) return { item: duty.item, ...reason };
  if (/交|缴/.test(text) && /没|未|晚|迟/.test(text)) return { item: 'dues', ...reason };
  if (/违纪|违法|违反|闹事|上访|赌|打架|酒驾|醉驾|处分|拘留/.test(text))
    return { item: 'conduct', ...reason };
  if (post) return { item: post.item, ...reason };
  return { item: null, ...reason };
}

function membersOf(message: Message, hits: readonly NameHit[], text: string, start: number): string[] {
  const own =
    /(?:给|为|帮)(?:我|本人)(?!们)|我自己|我的/.test(text) && hits.length === 0 ? [message.sender ?? ''] : [];
  if (
    /(?:全体|所有|到会|到的|参会|参加)(?:的)?(?:党员|人员|人)?(?:都|全|均|各)/.test(text) &&
    hits.length === 0
  )
    return [/到|参/.test(text) ? '*present' : '*all'];
  const all = hits.filter((h) => h.start >= start && h.start < start + text.length);
  // 甲 治安28，乙 治安30 加分1: a figure between two names parts their rows.
  const row = all.findLastIndex(
    (h, i) =>
      i > 0 &&
      /\d/.test(
        text
          .slice(all[i - 1]!.end - start, h.start - start)
          .replace(/\d{1,2}(?:[月号日点次]|\.\d{1,2})/g, ' '),
      ),
  );
  const inside = row > 0 ? all.slice(row) : all;
  return [...new Set([...own, ...inside.flatMap((h) => (h.members.length === 1 ? h.members : []))])];
}

/** The bounds of the statement around a change: back to the last change or hard stop, on to the next stop. */
function boundsOf(body: string, at: number, end: number, previous: number): { from: number; to: number } {
  const hard =
    Math.max(body.lastIndexOf('。', at - 1), body.lastIndexOf(';', at - 1), body.lastIndexOf('\n', at - 1)) +
    1;
  const rest = body.slice(end);
  const stop = rest.search(/[。;\n]/);
  return { from: Math.max(hard, previous), to: stop < 0 ? body.length : end + stop };
}

/** All changes of a message, in order. */
export function readChanges(message: Message): Change[] {
  const hits = message.names();
  // 陈建国 has nothing to do with a festival: names are no reasons.
  let body = message.body;
  for (const hit of hits)
    body = body.slice(0, hit.start) + ' '.repeat(hit.end - hit.start) + body.slice(hit.end);
  const changes: Change[] = [];
  let previousEnd = 0;
  let previousMembers: string[] = [];
  const matches = [...body.matchAll(CHANGE)];
  if (matches.length > MOST) return [];
  matches.forEach((m, i) => {
    const { from, to } = boundsOf(body, m.index, m.index + m[0].length, previousEnd);
    const next = matches[i + 1];
    const end = m.index + m[0].length;
    const before = body.slice(from, end);
    const after = body.slice(end, next ? Math.min(to, next.index) : to);
    const unclear = hits.find((h) => h.members.length > 1 && h.start >= from && h.start < to);
    // 到的都加2分：甲、乙 names them behind.
    const listed =
      /^[:：]/.test(after) || (hits.length > 0 && hits.every((h) => h.start >= end) && i === 0) ? after : '';
    const members = membersOf(
      message,
      listed ? hits.filter((h) => h.start >= end) : hits.filter((h) => h.start < end),
      listed || before,
      listed ? end : from,
    );
    const doers = members.length > 0 ? members : previousMembers;
    previousEnd = end;
    previousMembers = doers;
    const value = parseNumeral(m[2] ?? m[4] ?? m[6]!) ?? 0;
    // 加分0 gives nothing.
    if (value === 0) return;
    changes.push(
      (m[1] ?? m[3]) !== undefined
        ? deduction(message, before, after, doers, value, { start: from, end, at: m.index }, unclear)
        : addition(
            before,
            after,
            doers,
            value,
            { start: from, end, at: m.index },
            unclear,
            body,
            message.context,
          ),
    );
  });
  return changes;
}

function deduction(
  message: Message,
  before: string,
  after: string,
  members: readonly string[],
  value: number,
  span: Pick<Change, 'start' | 'end' | 'at'>,
  unclear?: NameHit,
): Change {
  const alone = deductedItem(message, before);
  const behind = alone.item?.startsWith('.') ? deductedItem(message, before + after) : alone;
  const said = alone.item === null ? deductedItem(message, before + after) : behind;
  const part = said.item?.startsWith('.') === true;
  const missing: Change['missing'] = [
    ...(members.length === 0 ? (['member'] as const) : []),
    ...(said.item === null ? (['item', 'reason'] as const) : []),
    ...(part ? (['post'] as const) : []),
  ];
  const ops = members.map(
    (member): ScoreOp => ({
      member,
      item: said.item ?? '',
      op: 'deduct',
      value,
      ...(said.reason ? { reason: said.reason } : {}),
    }),
  );
  return { ops, missing, ...span, ...(unclear ? { unclear } : {}) };
}

/** The part of a post that points are added to; null where none is named. */
function partAdded(before: string, context: Message['context']): string | null {
  const items = findItems(before, context);
  const part = items.findLast((i) => i.kind === 'part');
  const post = items.findLast((i) => i.kind === 'post');
  return part && post ? `${post.item}${part.item}` : null;
}

function addition(
  before: string,
  after: string,
  members: readonly string[],
  value: number,
  span: Pick<Change, 'start' | 'end' | 'at'>,
  unclear: NameHit | undefined,
  body: string,
  context: Message['context'],
): Change {
  // 巡逻岗实事再加2分: of a part, and no bonus.
  const part = partAdded(before, context);
  const item = part ?? bonusItem(before) ?? bonusItem(after) ?? bonusItem(body);
  const missing: Change['missing'] = [
    ...(members.length === 0 ? (['member'] as const) : []),
    ...(item === null ? (['item'] as const) : []),
  ];
  const ops = members.map((member): ScoreOp => ({ member, item: item ?? 'bonus', op: 'add', value }));
  return { ops, missing, ...span, ...(unclear ? { unclear } : {}) };
}

/** The month of the first day that a statement names; null where none does. */
export function monthOfChange(message: Message, changes: readonly Change[]): IsoMonth | null {
  for (const change of changes) {
    const text = message.body.slice(change.start, change.end);
    if (!/[号日.月周]|星期|昨|前天/.test(text)) continue;
    const day = message
      .part(text)
      .dates('past')
      .find((d) => d.vague !== 'day');
    if (day) return monthOf(day.date);
  }
  return null;
}
