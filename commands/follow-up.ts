/**
 * An answer to what the bot asked, read together with the words it asked about: 三组的 after 王建军今晚也巡逻了.
 * The earlier words come as the context's `previous`; the question itself lapses elsewhere.
 */
import type { Message } from './language/message.ts';
import { findNames } from './language/names.ts';
import { nameIndex } from './language/name-index.ts';
import type { Reading } from './reading.ts';

const SHORT = 16;
/** Who is meant may be told with more words: 说的是徐主任桂香姐，今天跟我们一起扫的地. */
const LONGER = 28;

/** 三组的, 六组那个, 大军: one of the candidates of an earlier question. */
function chosen(message: Message, candidates: readonly string[]): string | null {
  const said = message.body
    .replace(/^(?:嗯|哦|对|,)*(?:我)?(?:是|就是|应该是|(?:说|指|讲|问)的是|(?:说|指|讲)的)/, '')
    .replace(/(?:的|那个|那位|的那个)+$/, '')
    .trim();
  const number = /^(?:选|第)?([1-9])(?:个|号)?$/.exec(said);
  if (number) return candidates[Number(number[1]) - 1] ?? null;
  // 大军, 三组的大军: what one is called, alone or after the group.
  const inside = findNames(said, nameIndex(message.context)).flatMap((h) =>
    h.members.filter((m) => candidates.includes(m)),
  );
  if (inside.length === 1) return inside[0]!;
  const byGroup = candidates.filter(
    (name) =>
      message.context.members.find((m) => m.name === name)?.group ===
      said.replace(/^(\d)/, (d) => '零一二三四五六七八九'[Number(d)]!),
  );
  if (byGroup.length === 1) return byGroup[0]!;
  // 三组的没来，也没请假: told by the group, with what had been said already.
  const groups = candidates.filter((name) => {
    const group = message.context.members.find((m) => m.name === name)?.group;
    return group !== undefined && group !== '' && said.includes(group);
  });
  return groups.length === 1 && !message.asks ? groups[0]! : null;
}

/** 六组的，跟我请过假的: which of them, and that it was leave and no absence. */
function asToldNow(reading: Reading, name: string, message: Message): Reading {
  const entries = reading.slots['entries'] as Record<string, unknown> | undefined;
  const absent = entries?.['absent'];
  if (
    reading.intent !== 'attendance' ||
    !Array.isArray(absent) ||
    !/(?<!没|没有|冇)请.{0,2}假/.test(message.body)
  )
    return reading;
  const { absent: _, ...others } = entries!;
  const rest = (absent as string[]).filter((n) => n !== name);
  const leave = [...((others['leave'] as string[] | undefined) ?? []), name];
  return {
    ...reading,
    slots: { ...reading.slots, entries: { ...(rest.length > 0 ? { absent: rest } : {}), ...others, leave } },
  };
}

/**
 * The completed reading, where the sender's earlier message ended in a question that this one answers.
 * `read` reads a text as the sender's.
 */
export function readFollowUp(message: Message, read: (text: string) => Reading | null): Reading | null {
  const earlier = message.before;
  if (!earlier || (earlier.by !== null && earlier.by !== message.sender) || message.body.length > LONGER)
    return null;
  const before = read(earlier.text);
  if (!before || before.act !== 'ask' || !before.question) return null;
  const candidates = before.slots['candidates'];
  if (Array.isArray(candidates)) {
    const name = chosen(message, candidates as string[]);
    const choice = before.question.choices?.find((c) => c.label === name);
    if (choice) return asToldNow(choice.reading, name!, message);
  }
  if (message.body.length > SHORT) return null;
  const choice = before.question.choices?.find(
    (c, i) => c.label === message.body || String(i + 1) === message.body,
  );
  if (choice) return choice.reading;
  if (before.question.missing.includes('who_which') && /都|两样|两个/.test(message.body)) {
    return before.question.choices?.[0]?.reading ?? null;
  }
  if (before.question.missing.includes('meeting') && before.intent === 'attendance') {
    const leave = read(`请假 ${message.body}`);
    return leave?.act === 'record' ? leave : null;
  }
  if (message.asks) return null;
  const whole = read(`${earlier.text},${message.body}`);
  return whole?.act === 'record' && whole.intent === before.intent ? whole : null;
}
