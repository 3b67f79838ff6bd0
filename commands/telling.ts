/** Saying something to one person, where there is a way to. */
import { accountOf } from '../ledger/roles.ts';
import { ANSWERED_PRIVATELY } from './asking.ts';
import { answer, notice, type Reply, type Request } from './command.ts';

/** A notice to a person with an account; an elder without a phone hears it from people, not from the bot. */
export function tell({ branch }: Pick<Request, 'branch'>, person: string, text: string): Reply[] {
  return accountOf(branch, person) === null ? [] : [notice({ person }, text)];
}

/** An answer that is the speaker's alone: in the group only the word that it was sent. */
export function answerPrivately(request: Request, ...texts: readonly string[]): Reply[] {
  if (request.place === 'private') return texts.map((text) => answer(text));
  return [answer(ANSWERED_PRIVATELY), ...texts.map((text) => answer(text, 'private'))];
}
