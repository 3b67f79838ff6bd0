/** Reading a meeting: who was absent, late, away (R14, R15). Everybody not named was there. */
import {
  type Draft,
  type Raw,
  checkFields,
  counts,
  isRaw,
  openCell,
  readDay,
  readList,
  readWord,
  say,
  show,
} from './draft.ts';
import { readName } from './read-members.ts';
import { MARK, type MarkKind } from './rules.ts';

const LEAVE_FIELDS = new Set(['name', 'reason']);
const LEAVE_MARK = { sick: MARK.leaveSick, duty: MARK.leaveDuty, private: MARK.leavePrivate } as const;
const LISTS = [
  ['absent', MARK.absent],
  ['late', MARK.late],
  ['early', MARK.early],
  ['away', MARK.away],
] as const;

export function readMeeting(draft: Draft, fact: Raw, i: number): void {
  const day = readDay(draft, fact['date'], `facts[${i}].date`);
  const item = category(draft, fact['category'], `facts[${i}].category`);
  const second = fact['also'] ?? null;
  const also = second === null ? -1 : category(draft, second, `facts[${i}].also`);
  const named = new Map<number, MarkKind>();
  for (const [key, mark] of LISTS) {
    const names = fact[key];
    if (names === undefined || names === null) continue;
    readList(draft, names, `facts[${i}].${key}`).forEach((name, j) => {
      take(draft, named, name, mark, `facts[${i}].${key}[${j}]`);
    });
  }
  readList(draft, fact['leave'], `facts[${i}].leave`).forEach((entry, j) => {
    readLeave(draft, named, entry, `facts[${i}].leave[${j}]`);
  });
  if (day < 0 || item < 0) return;
  for (const [member, mark] of named)
    if (counts(draft, member, day >> 5, i))
      // A second category that is the first again is one category: nobody is deducted twice under one name.
      (openCell(draft, member, day >> 5).marks ??= []).push({
        kind: mark,
        item,
        also: also === item ? -1 : also,
        fact: i,
      });
}

function category(draft: Draft, value: unknown, place: string): number {
  const { rules } = draft;
  const item = rules.itemIndex.get(value) ?? -1;
  if (item >= 0 && rules.items[item]!.kind === 'attendance') return item;
  const known = rules.items.filter((x) => x.kind === 'attendance').map((x) => x.id);
  say(draft, place, `不认识会议类别 ${show(value)}`, `可用：${known.join('、')}`);
  return -1;
}

function readLeave(draft: Draft, named: Map<number, MarkKind>, entry: unknown, place: string): void {
  if (!isRaw(entry)) {
    say(draft, place, `须为 {"name", "reason"}，现为 ${show(entry)}`);
    return;
  }
  checkFields(draft, entry, LEAVE_FIELDS, place);
  const reason = readWord(draft, entry['reason'], ['sick', 'duty', 'private'], `${place}.reason`);
  take(draft, named, entry['name'], LEAVE_MARK[reason ?? 'private'], `${place}.name`);
}

/** Late and early in one meeting is both (Q10); any other two lists contradict each other. */
function take(
  draft: Draft,
  named: Map<number, MarkKind>,
  name: unknown,
  mark: MarkKind,
  place: string,
): void {
  const member = readName(draft, name, place);
  if (member < 0) return;
  const before = named.get(member);
  if (before === undefined) named.set(member, mark);
  else if (before === MARK.late && mark === MARK.early) named.set(member, MARK.lateAndEarly);
  else say(draft, place, `${show(name)} 在同一会议中出现两次`, '除既迟到又早退外，每人只列一处');
}
