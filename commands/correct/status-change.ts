/** Corrections of a roll: 更正：甲不是迟到是请假. */
import { findMeeting } from '../attendance/meeting.ts';
import { readRoll } from '../attendance/roll.ts';
import { deniedStatus } from '../attendance/roll-words.ts';
import type { Message } from '../language/message.ts';
import type { Reading } from '../reading.ts';
import { whichOf } from '../which.ts';
import { correct, sides } from './says.ts';

const STATUS: readonly (readonly [RegExp, string])[] = [
  [/迟到/, 'late'],
  [/早退/, 'early'],
  [/请.?假/, 'leave'],
  [/缺席|没来|没到/, 'absent'],
  [/在外|流动/, 'flow_away'],
  [/免考/, 'exempt'],
  [/到了|实到|出席|到会|参加|准时|按时|正常|到$/, 'present'],
];
const statusIn = (text: string): string | undefined => STATUS.find(([p]) => p.test(text))?.[1];

/** 甲不是早退，他又回来了; 甲没有迟到: what was not, and what it was instead (nothing said: present). */
function denied(text: string, whole = text): { from: string; to: string } | null {
  const from = deniedStatus(text);
  if (from === undefined) return null;
  const rest = text.slice(text.indexOf(from) + from.length).replace(/不是|没有?(?:迟到|早退|缺席)/g, '');
  const before = /(?<!没|没有|不是|不算)(?:迟到|早退|缺席)(?=[,，])/.exec(whole)?.[0];
  return { from, to: before ?? /(?<!没)迟到|早退|请.{0,2}假|缺席|没来|没到/.exec(rest)?.[0] ?? '到了' };
}

const SENT_BY = /(?:跟|向|给|被|替|帮|接|陪|送)$/;

/** 更正：甲不是迟到是请假; 甲的迟到改成请假; 甲应该是请假. */
export function readStatusChange(message: Message): Reading | null {
  // 是书记派去的: who sent somebody, and is not spoken of.
  const hits = message
    .names()
    .filter(
      (h) =>
        !/^(?:派|叫|让|喊|安排|批|同意|准)/.test(message.body.slice(h.end)) &&
        !SENT_BY.test(message.body.slice(0, h.start)),
    );
  // 国强是不是早退了 only asks.
  if (message.asks) return null;
  if (hits.length === 0 || !/recorder|secretary|deputy|committee/.test(message.role)) return null;
  if (!/更正|不是|不算|不对|改|应该是|(?:记|搞|弄|写|打|报|说|登|填|看)(?:的)?错/.test(message.body))
    return null;
  const change: Record<string, { from?: string; to: string }> = {};
  for (const [i, hit] of hits.entries()) {
    const text = message.body.slice(hit.end, hits[i + 1]?.start ?? message.body.length);
    const later = /在外|免考|流动/.test(message.body)
      ? -1
      : text.search(/不算|(?:不是|没有?)(?:迟到|早退|缺席|请假)/);
    const pair = denied(text) ?? sides(text) ?? (later < 0 ? null : denied(text.slice(later), text));
    const to = pair
      ? statusIn(pair.to)
      : /应该?是|改成|改为|(?<!不)算/.test(text)
        ? statusIn(text.slice(text.search(/应该?是|改成|改为|(?<!不)算/)))
        : undefined;
    if (!to) continue;
    if (hit.members.length > 1) {
      return {
        act: 'ask',
        intent: 'correct',
        command: 'correct',
        slots: { candidates: hit.members },
        question: {
          text: whichOf(hit),
          missing: ['member'],
        },
      };
    }
    const from =
      (pair ? statusIn(pair.from) : undefined) ?? statusIn(/没(?:有)?(迟到|早退|缺席)/.exec(text)?.[1] ?? '');
    change[hit.members[0]!] = { ...(from ? { from } : {}), to };
  }
  if (Object.keys(change).length === 0 && /(?:写|记|打|报|说|弄|搞|登|填)(?:的)?错|更正/.test(message.body)) {
    // 写错了，甲没来，是乙来了: each as now said.
    const { entries, unclear, confused } = readRoll(message.body, hits);
    if (unclear || confused) return null;
    for (const [to, names] of Object.entries(entries))
      if (Array.isArray(names)) for (const name of names) change[name] = { to };
  }
  if (Object.keys(change).length === 0) return null;
  const ref = findMeeting(message, 'past');
  return correct({
    ...(ref ? { target: `${ref.date}${ref.meeting ? ` ${ref.meeting}` : ''}` } : {}),
    change,
  });
}
