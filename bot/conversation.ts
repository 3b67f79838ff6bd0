/** What one message comes to: read against what the speaker was asked before, decided, and committed. */
import { answer, type Command, type Decision, isRefusal, type Request } from '../commands/command.ts';
import { introduce, meetNewcomer } from '../commands/people/newcomer.ts';
import type { Reading } from '../commands/reading.ts';
import { receivePhotos } from '../commands/report/photos.ts';
import type { Body } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import type { BranchState, Question, TownState } from '../ledger/state.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import { type Inbound, spokenAt } from './gateway/port.ts';
import { originOf, type Way } from './hearers.ts';
import { type Hearing, minutesBetween, type Said } from './hearing.ts';
import { decide, worded } from './permission.ts';
import { matchAnswer, waitsFor } from './questions.ts';
import type { Recording } from './recording.ts';
import type { Spoken } from './speaking.ts';
import { createUnkeptPhotos } from './unkept-photos.ts';

const HINT = '没听懂您的意思。发“帮助”看我能做什么。';
const HINT_MINUTES = 60;

export interface ConversationDeps {
  readonly town: () => TownState;
  readonly commands: readonly Command[];
  readonly hearing: Hearing;
  readonly policyOf: (branch: BranchState, at: LocalTime) => Policy;
  readonly commit: Recording['commit'];
  readonly keepPhoto: (bytes: Uint8Array) => Promise<string | null>;
  readonly refused?: (() => void) | undefined;
  readonly way: Way;
}

/** Takes a message whose place is known; resolves when all that it caused is durable. */
export type Conversation = (spoken: Spoken, message: Inbound) => Promise<void>;

export function createConversation(deps: ConversationDeps): Conversation {
  const { town, hearing, policyOf, commit, way } = deps;
  const byName = new Map(deps.commands.map((c) => [c.name, c]));
  const hinted = new Map<string, LocalTime>();
  const unkept = createUnkeptPhotos();

  function requestOf({ spoken, message }: Said, confirmed: boolean, photos: readonly string[] = []): Request {
    const branch = town().branches[spoken.branch.branch] ?? spoken.branch;
    return {
      town: town(),
      branch,
      policy: policyOf(branch, message.at),
      speaker: spoken.speaker,
      place: spoken.place,
      at: message.at,
      day: dateOfTime(spokenAt(message)),
      source: message.id,
      text: message.text,
      addressed: message.mentionsMe || spoken.place === 'private' || message.quote?.name === branch.bot,
      photos,
      confirmed,
    };
  }

  /** Decides and commits what a message says, one thing after the other. */
  async function carryOut(
    said: Said,
    reading: Reading,
    confirmed: boolean,
    settled: Question | null,
  ): Promise<void> {
    const { message, spoken } = said;
    for (const [i, part] of [reading, ...(reading.also ?? [])].entries()) {
      const request = requestOf(said, confirmed);
      const outcome = decide(byName.get(part.command), request, part);
      if (isRefusal(outcome) || outcome.undone) deps.refused?.();
      const decision = unkept.mention(request, worded(outcome));
      const asksAgain = decision.bodies.some((b) => b.kind === 'question-asked');
      const settling = i === 0 && settled && !asksAgain ? [settle(settled)] : [];
      const source = i === 0 ? message.id : `${message.id}#${i + 1}`;
      const whole = { ...decision, bodies: [...decision.bodies, ...settling] };
      await commit(
        spoken.branch.branch,
        { source, at: message.at, by: spoken.speaker.name },
        whole,
        originOf(spoken, message),
      );
    }
  }

  async function say(said: Said, text: string, bodies: readonly Body[] = []): Promise<void> {
    const { spoken, message } = said;
    const act = { source: message.id, at: message.at, by: spoken.speaker.name };
    await commit(spoken.branch.branch, act, { bodies, replies: [answer(text)] }, originOf(spoken, message));
  }

  async function onText(said: Said): Promise<void> {
    const { message, spoken } = said;
    const policy = policyOf(spoken.branch, message.at);
    const question = hearing.openQuestion(said);
    const match = question ? matchAnswer(question, message.text) : null;
    if (question && match?.kind === 'reading')
      return carryOut(said, match.reading, match.confirmed, question);
    if (question && match?.kind === 'declined') return say(said, '好的，没有记。', [settle(question)]);
    const reading = hearing.read(said, message.text, policy);
    if (question && match?.kind === 'together' && (reading.act === 'silent' || reading.act === 'ask')) {
      const together = hearing.read(said, match.text, policy);
      if (together.act !== 'silent' && together.act !== 'ask')
        return carryOut(said, together, false, question);
    }
    const unread =
      reading.act === 'silent' || (reading.command === 'help' && reading.slots['topic'] === 'unknown');
    const spokenTo = message.mentionsMe || spoken.place === 'private';
    if (unread && spokenTo) deps.refused?.();
    if (unread && spokenTo && question) return say(said, waitsFor(question));
    if (reading.act !== 'silent') return carryOut(said, reading, false, null);
    // Spoken to and not understood: one line, at most once an hour for each person.
    if (!spokenTo) return;
    const last = hinted.get(message.from.id);
    if (way === 'wechat' && last !== undefined && minutesBetween(last, message.at) < HINT_MINUTES) return;
    hinted.set(message.from.id, message.at);
    return say(said, HINT);
  }

  async function onPhoto(said: Said): Promise<void> {
    const bytes = await said.message.content?.bytes();
    if (!bytes) return;
    const { spoken, message } = said;
    const sha256 = await deps.keepPhoto(bytes);
    const decision =
      sha256 === null
        ? unkept.missed(requestOf(said, false))
        : receivePhotos(requestOf(said, false, [sha256]));
    const act = { source: message.id, at: message.at, by: spoken.speaker.name };
    await commit(spoken.branch.branch, act, decision, originOf(spoken, message));
  }

  async function process(spoken: Spoken, message: Inbound): Promise<void> {
    if (message.kind === 'joined' || spoken.speaker === null) {
      const act = { source: message.id, at: message.at, by: message.from.id };
      return commit(spoken.branch.branch, act, recognise(spoken, message), originOf(spoken, message));
    }
    const said: Said = { spoken: { ...spoken, speaker: spoken.speaker }, message };
    if (message.kind === 'text') return onText(said);
    if (message.kind === 'image' && spoken.place !== 'town') return onPhoto(said);
    if (message.kind === 'recall' && message.recalled !== undefined) {
      const slots = { op: 'recalled', member: spoken.speaker.name, target: message.recalled };
      return carryOut(said, { act: 'record', intent: 'correct', command: 'correct', slots }, false, null);
    }
  }

  return process;
}

/** People whose accounts are bound to nobody: newcomers to a group, or somebody who says privately who it is. */
function recognise(spoken: Spoken, message: Inbound): Decision {
  const strangers = message.kind === 'joined' ? (message.people ?? []) : [message.from];
  const decisions = strangers.map((person) => {
    const stranger = { contact: person.id, nickname: person.roomAlias ?? person.name };
    return spoken.place === 'private'
      ? introduce(spoken.branch, stranger, message.text, message.at)
      : meetNewcomer(spoken.branch, stranger, message.at);
  });
  return { bodies: decisions.flatMap((d) => d.bodies), replies: decisions.flatMap((d) => d.replies) };
}

function settle(question: Question): Body {
  return body('question-settled', { to: question.to, room: question.room });
}
