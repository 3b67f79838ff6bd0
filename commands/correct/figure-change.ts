/** Corrections of a figure: 实事8分写错了，应该是9分. */
import type { Message } from '../language/message.ts';
import type { Reading, ScoreSlots } from '../reading.ts';
import { scoreReading } from '../score/reading.ts';

const FIGURE = '(\\d{1,2}(?:\\.\\d)?)\\s*分?';
/** 实事8分写错了，应该是9分; 实事不是8分是9分; 实事8分改成9分. */
const WRONG_FIGURE = new RegExp(
  `(?:不是|从|由)?\\s*${FIGURE}\\s*(?:是|的)?(?:(?:打|写|记|弄|输|给|填|搞)(?:的)?错了?)?[,，\\s]*(?:应该?是|应为|而是|是|改成|改为|改到)\\s*${FIGURE}`,
);
/** 实事是9不是8: the right one first. */
const RIGHT_FIGURE = new RegExp(`(?:应该?|是)?(?:是|为)?\\s*${FIGURE}[,，\\s]*(?:而)?不是\\s*${FIGURE}`);

/** A score typed wrong is read anew with the right figure; it is said to be a correction. */
export function readFigure(message: Message): Reading | null {
  if (!/recorder|secretary|deputy|committee/.test(message.role) || message.asks) return null;
  const wrong = WRONG_FIGURE.exec(message.body);
  const right1st = wrong && /错|改|不是/.test(wrong[0]) ? null : RIGHT_FIGURE.exec(message.body);
  const m = right1st ?? wrong;
  if (!m || !/错|改|不是/.test(m[0])) return null;
  const [from, to] = right1st ? [m[2]!, m[1]!] : [m[1]!, m[2]!];
  const right = `${message.body
    .slice(0, m.index)
    .replace(/[把将]/g, '')
    .replace(
      /(?:那|这)个|(?:刚刚?|刚才)?(?:打|写|记|弄|输|给)的?分?(?:打|写|记|弄|输)?(?:不对|错了?)|不对|(?:打|写|记|弄|输|给|填|搞)(?:的)?错了?/g,
      '',
    )}${to}${message.body.slice(m.index + m[0].length)}`;
  const scored = scoreReading.read(message.part(right), message.context);
  if (!scored || scored.act === 'silent') return null;
  const ops = (scored.slots as Partial<ScoreSlots>).ops ?? [];
  const change = Object.fromEntries(ops.map((op) => [op.member, { from: Number(from), to: Number(to) }]));
  return { ...scored, intent: 'correct', slots: { ...scored.slots, ...(ops.length > 0 ? { change } : {}) } };
}
