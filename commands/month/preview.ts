/** Acts that cannot be unseen ask back with what will happen, and happen on the answer. */
import { ask } from '../asking.ts';
import { splitMessage } from '../../boards/message.ts';
import { answer, type Decision, type Request } from '../command.ts';
import type { Reading } from '../reading.ts';

/** Words that carry out whatever was previewed, beside the act's own. */
const YES = ['确定', '是', '对', '好', '可以'];

/** `…回复“发布”执行`. What names people or scores is asked in private, wherever it was said. */
export function preview(
  request: Request,
  reading: Reading,
  text: string,
  word: string,
  options: { readonly private?: boolean } = {},
): Decision {
  const room = options.private ? ('private' as const) : request.place;
  // A list too long for one message goes before the question, which stands in the last part.
  const parts = splitMessage('', `${text}\n回复“${word}”执行，回复“算了”不办。`.split('\n'));
  const question = ask(request, parts.at(-1) ?? text, {
    confirm: { words: [word, ...YES.filter((w) => w !== word)], reading },
    room,
  });
  const first = parts.slice(0, -1).map((part) => answer(part, room === 'private' ? 'private' : 'here'));
  return { ...question, replies: [...first, ...question.replies] };
}
