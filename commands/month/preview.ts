/** Acts that cannot be unseen ask back with what will happen, and happen on the answer. */
import { ask } from '../asking.ts';
import type { Decision, Request } from '../command.ts';
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
  return ask(request, `${text}\n回复“${word}”执行，回复“算了”不办。`, {
    confirm: { words: [word, ...YES.filter((w) => w !== word)], reading },
    ...(options.private ? { room: 'private' as const } : {}),
  });
}
