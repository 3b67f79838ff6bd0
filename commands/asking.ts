/**
 * Questions back to the speaker: one at a time in a room, with numbered choices (WeChat has no buttons). A question is
 * an entry, so a restart between question and answer loses nothing; it lapses by itself.
 */
import { body } from '../ledger/kinds.ts';
import { addMinutes } from '../scoring/calendar.ts';
import { answer, type Decision, type Place, type Request } from './command.ts';
import type { Choice, Question, Reading } from './reading.ts';

/** How long a question waits for its answer, in minutes. */
const QUESTION_MINUTES = 30;

export interface Asking {
  /** Where it is asked; left out, where the speaker is. What is private is asked in private, whatever the place. */
  readonly room?: Place;
  /** Numbered after the text; the answer is a number, a label's words or a new message. */
  readonly choices?: readonly Choice[];
  /** A preview: said one of these words, the reading is decided again with `request.confirmed`. */
  readonly confirm?: { readonly words: readonly string[]; readonly reading: Reading };
  readonly minutes?: number;
}

/** Sends a question to the speaker and keeps it open. Nothing else is written. */
export function ask(request: Request, text: string, asking: Asking = {}): Decision {
  const room = asking.room ?? request.place;
  const said = withChoices(text, asking.choices ?? []);
  const question = body('question-asked', {
    to: request.speaker.name,
    room,
    text: said,
    original: request.text,
    until: addMinutes(request.at, asking.minutes ?? QUESTION_MINUTES),
    ...(asking.choices ? { choices: asking.choices.map((c) => ({ ...c })) } : {}),
    ...(asking.confirm
      ? { confirm: { words: [...asking.confirm.words], reading: asking.confirm.reading } }
      : {}),
  });
  const elsewhere = room === 'private' && request.place !== 'private';
  const replies = [answer(said, elsewhere ? 'private' : 'here')];
  return { bodies: [question], replies: elsewhere ? [...replies, answer(ANSWERED_PRIVATELY)] : replies };
}

/** Sends the question that a reading could not do without. */
export function askReading(request: Request, question: Question): Decision {
  return ask(request, question.text, question.choices ? { choices: question.choices } : {});
}

/** What the group hears where the answer itself is private. */
export const ANSWERED_PRIVATELY = '已私下回复您。';

/** `哪个王建军？1 三组 2 六组`; long labels stand on their own lines. */
function withChoices(text: string, choices: readonly Choice[]): string {
  const first = choices[0];
  // A reading may have numbered its choices itself.
  if (!first || text.includes(`1 ${first.label}`)) return text;
  const numbered = choices.map((c, i) => `${i + 1} ${c.label}`);
  const short = numbered.join('').length <= 40;
  return short ? `${text}${numbered.join(' ')}` : [text, ...numbered].join('\n');
}
