/** Scores of people are private: in the group only a word (R27, manners 7). */
import { splitMessage } from '../../boards/message.ts';
import { ANSWERED_PRIVATELY } from '../asking.ts';
import { answer, type Reply, type Request } from '../command.ts';

export function tellPrivately(request: Request, text: string, word = ANSWERED_PRIVATELY): Reply[] {
  const group = request.place === 'group';
  const parts = splitMessage('', text.split('\n')).map((part) => answer(part, group ? 'private' : 'here'));
  return group ? [answer(word), ...parts] : parts;
}

/** A point value that exists: not negative, at most `most`, at most one decimal. */
export function isPoints(value: number, most: number): boolean {
  return value >= 0 && value <= most && Math.abs(value * 10 - Math.round(value * 10)) < 1e-9;
}

/** 0.1-exact difference of two figures with one decimal. */
export function minus(a: number, b: number): number {
  return Math.round((a - b) * 10) / 10;
}
