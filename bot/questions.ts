import type { Choice, Reading } from '../commands/reading.ts';
import type { Question } from '../ledger/state.ts';
import { clean } from '../commands/language/normalise.ts';
import { parseNumeral } from '../commands/language/numerals.ts';

/** What an open question makes of a message: an answer to it, or nothing to do with it. */
export type Answer =
  | { readonly kind: 'reading'; readonly reading: Reading; readonly confirmed: boolean }
  /** Open question: read the original and the answer together. */
  | { readonly kind: 'together'; readonly text: string }
  | { readonly kind: 'declined' };

const NUMBER = /^(?:第|选)?\s*([0-9一二三四五六七八九十]+)\s*(?:个|号|项)?$/;
const NO = /^(不|不是|否|算了|取消|不要|不用|不发|别发|不了|都不是)(了|吧|的)?$/;
/** A plain yes to a preview, beside the word it asked for. 好的 and 收到 are none: they say that it was read. */
const YES = /^(是|是的|对|对的|确定|确认|执行)(吧|了)?$/;

function numberOf(text: string): number | null {
  const said = NUMBER.exec(text)?.[1];
  if (said === undefined) return null;
  return parseNumeral(said);
}

function choiceOf(choices: readonly Choice[], said: string): Choice | undefined {
  const number = numberOf(said);
  if (number !== null) return choices[number - 1];
  if (said.length === 0) return undefined;
  const bare = said.replace(/^(是|就是|选)|(的那个|那个|的)$/gu, '') || said;
  const fits = choices.filter((c) => c.label === bare || c.label.includes(bare) || said.includes(c.label));
  return fits.length === 1 ? fits[0] : undefined;
}

/**
 * Matches a message with the question that its speaker was asked in the same place.
 * Null = it is a message of its own; the question stays until it lapses.
 */
export function matchAnswer(question: Question, text: string): Answer | null {
  const said = clean(text)
    .replace(/[。！!，,\s]+$/u, '')
    .trim();
  const yes = question.confirm;
  if (
    yes &&
    (YES.test(said) ||
      yes.words.some((word) => said === word || said === `${word}吧` || said === `${word}了`))
  ) {
    return { kind: 'reading', reading: yes.reading as Reading, confirmed: true };
  }
  if (NO.test(said)) return { kind: 'declined' };
  const choices = (question.choices ?? []) as readonly Choice[];
  const choice = choiceOf(choices, said);
  if (choice) return { kind: 'reading', reading: choice.reading, confirmed: false };
  if (yes || choices.length > 0) return null;
  return said.length <= 40 ? { kind: 'together', text: `${question.original} ${text}` } : null;
}

/** What an open question waits for, in a line: for whoever answers it with words that are none of its answers. */
export function waitsFor({ confirm, choices }: Question): string {
  const word = confirm?.words[0];
  if (word !== undefined) return `还没有办。要办请回复“${word}”，不办请回复“算了”。`;
  const count = choices?.length ?? 0;
  return count > 0
    ? `刚才问您的还没有记。请回复1到${count}中的一个数，不记请回复“算了”。`
    : '刚才问您的还没有记。请再说清楚一点，不记请回复“算了”。';
}
