import { askReading } from '../commands/asking.ts';
import {
  answer,
  type Command,
  type Decision,
  isRefusal,
  nothing,
  type Outcome,
  type Place,
  refuse,
  type Request,
} from '../commands/command.ts';
import { refusalText } from '../commands/phrases.ts';
import type { Reading, Role } from '../commands/reading.ts';

const TITLES: Readonly<Record<Role, string>> = {
  member: '党员',
  recorder: '积分记录员',
  supervisor: '积分监督员',
  committee: '支委',
  secretary: '书记',
  deputy: '副书记',
  town: '镇组织办',
  system: '系统',
};
const PLACES: Readonly<Record<Place, string>> = {
  group: '在支部群里',
  private: '私下给我',
  town: '在镇组织办群里',
};

/** `anyone` is every member of the branch; an officer of the town is none, and may use what the town's room offers. */
export function mayUse(command: Command, roles: readonly Role[]): boolean {
  return command.who === 'anyone'
    ? roles.includes('member') || command.where.includes('town')
    : command.who.some((role) => roles.includes(role));
}

/**
 * Deny by default: a command is for those who hold one of its roles on the day, in the places it names. Somebody who
 * was only overheard is not told off; the words were probably not meant for the bot.
 */
export function decide(command: Command | undefined, request: Request, reading: Reading): Outcome {
  if (!command || reading.act === 'silent') return nothing;
  if (!mayUse(command, request.speaker.roles)) {
    if (!request.addressed && reading.act === 'record') return nothing;
    return refuse('not-allowed', {
      command: command.name,
      who: (command.who === 'anyone' ? (['member'] as const) : command.who).map((role) => TITLES[role]),
    });
  }
  if (!command.where.includes(request.place)) {
    return request.addressed
      ? refuse('wrong-place', { where: command.where.map((place) => PLACES[place]) })
      : nothing;
  }
  // What cannot be done without a question is asked the same way for every command.
  if (reading.act === 'ask' && reading.question) return askReading(request, reading.question);
  return command.decide(request, reading);
}

/** A refusal as what is said about it. */
export function worded(outcome: Outcome): Decision {
  return isRefusal(outcome) ? { bodies: [], replies: [answer(refusalText(outcome))] } : outcome;
}
