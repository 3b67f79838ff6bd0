/**
 * The way of a message: heard → read → decided → durable → said. One at a time per branch, nothing said before it
 * is durable, the same for a person's message and for a scheduled job.
 */
import PQueue from 'p-queue';
import { answer, type Decision, isRefusal, nothing, type Request } from '../commands/command.ts';
import { jobs } from '../commands/month/jobs.ts';
import { introduce, meetNewcomer } from '../commands/people/newcomer.ts';
import type { Reading } from '../commands/reading.ts';
import { commands } from '../commands/registry.ts';
import { receivePhotos } from '../commands/report/photos.ts';
import { type Body, type BranchId, type Operation, TOWN } from '../ledger/entry.ts';
import { people as peopleKinds } from '../ledger/kinds/people.ts';
import { body } from '../ledger/kinds.ts';
import { isPhotoNamed } from '../ledger/photos.ts';
import { policyFor } from '../ledger/policy.ts';
import type { BranchState, OwedReplies, Question, TownState } from '../ledger/state.ts';
import { due, type Job, lapsed, nextDue } from '../scheduler/due.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { StateStore } from '../storage/fold.ts';
import { createDelivery, type Send, stillWorthSaying } from './delivery.ts';
import { type Inbound, spokenAt } from './gateway/port.ts';
import { createGuard } from './guard.ts';
import { isPrinted, type Message, type Origin, resolve, resolveInTown, type Way } from './hearers.ts';
import { createHearing, minutesBetween, type Said } from './hearing.ts';
import { bindRoom } from './onboarding.ts';
import { decide, worded } from './permission.ts';
import { matchAnswer, waitsFor } from './questions.ts';
import { locate, type Spoken } from './speaking.ts';
import { createUnkeptPhotos } from './unkept-photos.ts';

/** A fault or a notable event, without anybody's words or names. */
export type Log = (event: {
  readonly level: 'info' | 'warn' | 'error';
  readonly what: string;
  readonly id?: string;
  readonly error?: unknown;
}) => void;

export interface EngineDeps {
  readonly store: StateStore<TownState>;
  readonly policy: Policy;
  readonly send: Send;
  /** Keeps a photo's bytes durably and tells its SHA-256; null where there is no room for it. */
  readonly keepPhoto: (bytes: Uint8Array) => Promise<string | null>;
  /** Removes the bytes of a photo that no entry needs any more. */
  readonly dropPhoto?: (sha256: string) => Promise<void>;
  readonly log?: Log;
  /** Believe what is typed (`Inbound.typed`), and print instead of writing in WeChat: for `lanxing act` alone. */
  readonly commandLine?: boolean;
  /** Somebody was answered that it was not done: not allowed, not possible, or not understood. */
  readonly refused?: () => void;
  /** Storage failed: nothing may be acknowledged any more (fail-stop). */
  readonly fatal: (error: unknown) => void;
}

export interface Engine {
  /** Handles one message; resolves when all that it caused is durable and handed to sending. */
  handle(message: Inbound): Promise<void>;
  /** Runs what is due, of every branch or of one: scheduled jobs in order, then what waited to be said. */
  tick(now: LocalTime, only?: BranchId): Promise<void>;
  /** When `tick` next has something to do. */
  nextDue(now: LocalTime): LocalTime | null;
  /** After a restart: says what was saved but not said. */
  recover(now: LocalTime): Promise<void>;
  /** Resolves when nothing is under way and everything sent that could be. */
  idle(): Promise<void>;
}

const HINT = '没听懂您的意思。发“帮助”看我能做什么。';
const HINT_MINUTES = 60;
const SORRY = '没有记上，请稍后再发。';

export function createEngine(deps: EngineDeps): Engine {
  const log: Log = deps.log ?? (() => {});
  const town = (): TownState => deps.store.state();
  const hearing = createHearing(commands, town);
  const byName = new Map(commands.map((c) => [c.name, c]));
  const queues = new Map<BranchId, PQueue>();
  const hinted = new Map<string, LocalTime>();
  const unkept = createUnkeptPhotos();
  // A file of paper records is read line by line on the command line: nobody floods there.
  const limits = deps.commandLine ? null : createGuard();
  const way: Way = deps.commandLine ? 'print' : 'wechat';
  let stopped = false;

  function queueOf(branch: BranchId): PQueue {
    const queue = queues.get(branch) ?? new PQueue({ concurrency: 1 });
    queues.set(branch, queue);
    return queue;
  }

  /** Makes operations durable; false where the first one's source was known already. */
  async function append(operations: readonly Operation[]): Promise<boolean> {
    if (stopped) throw new Error('storage has failed');
    try {
      const receipts = await deps.store.append(operations);
      const changed = operations.some((o) => o.bodies.some((b) => Object.hasOwn(peopleKinds, b.kind)));
      if (changed) hearing.forget();
      return !receipts[0]?.duplicate;
    } catch (error) {
      stopped = true;
      deps.fatal(error);
      throw error;
    }
  }

  function owedIn(branch: BranchId): readonly OwedReplies[] {
    return (branch === TOWN ? town().office.owed : town().branches[branch]?.owed) ?? [];
  }

  async function markDelivered(
    branch: BranchId,
    source: string,
    count: number,
    at: LocalTime,
  ): Promise<void> {
    const bodies = [body('delivered', { source, count })];
    await append([{ branch, source: `delivered ${source}`, at, by: 'bot', bodies }]);
  }

  const delivery = createDelivery({
    town,
    send: deps.send,
    way,
    delivered: async (branch, source, count) => {
      const owed = owedIn(branch).find((o) => o.source === source);
      if (owed) await markDelivered(branch, source, count, owed.at);
    },
    fault: (error) => log({ level: 'error', what: 'delivery', error }),
  });

  /** Saves a decision with what it owes, then says it. A source seen before changes nothing and says nothing. */
  async function commit(
    branch: BranchId,
    act: { readonly source: string; readonly at: LocalTime; readonly by: string },
    decision: Decision,
    origin: Origin,
  ): Promise<void> {
    const { source, at } = act;
    const state = town().branches[branch];
    const home = state ? branch : TOWN;
    const messages = state
      ? resolve(town(), state, decision.replies, origin, at, way)
      : resolveInTown(town(), decision.replies, origin, at, way);
    // A ballot is nobody's: neither its entry nor what is owed for it may name the voter (R25).
    const secret = decision.bodies.some((b) => b.kind === 'ballot-cast');
    const elsewhere = decision.elsewhere ?? [];
    if (decision.bodies.length > 0 || elsewhere.some((e) => e.bodies.length > 0)) {
      const owed: Body[] =
        messages.length > 0 && !secret ? [body('owed', { replies: messages.map(plain) })] : [];
      const by = secret ? 'ballot' : act.by;
      const operations = [
        { branch: home, source, at, by, bodies: [...decision.bodies, ...owed] },
        ...elsewhere.map((e) => ({ branch: e.branch, source, at, by, bodies: e.bodies })),
      ].filter((o) => o.bodies.length > 0);
      if (!(await append(operations))) return;
      await dropPhotos(decision.bodies);
    }
    delivery.deliver(home, source, messages, at);
  }

  async function dropPhotos(bodies: readonly Body[]): Promise<void> {
    for (const b of bodies) {
      if (b.kind !== 'photo-released' && b.kind !== 'evidence-removed') continue;
      // The same picture may be another report's, whose evidence it stays.
      const { sha256 } = b.data as { sha256: string };
      if (!isPhotoNamed(town(), sha256)) await deps.dropPhoto?.(sha256);
    }
  }

  function policyOf(branch: BranchState, at: LocalTime): Policy {
    return policyFor(deps.policy, town().office, branch, dateOfTime(at), (findings) =>
      log({
        level: 'warn',
        what: `a policy change does not fit any more: ${findings.map((f) => f.place).join(', ')}`,
      }),
    );
  }

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

  /** Catches a fault once, at the edge. The message is not recorded, and whoever spoke to the bot is told so. */
  async function guarded(
    id: string,
    work: () => Promise<void>,
    onFault: () => void = () => {},
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      log({ level: 'error', what: 'fault', id, error });
      if (!stopped) onFault();
    }
  }

  async function runJob(branch: BranchId, job: Job, now: LocalTime): Promise<void> {
    const state = town().branches[branch];
    if (!state) return;
    const request = {
      town: town(),
      branch: state,
      policy: policyOf(state, now),
      at: now,
      due: job.due,
      day: dateOfTime(job.due),
    };
    const decision = lapsed(job, now) ? nothing : jobs[job.name](request);
    const done = { ...decision, bodies: [...decision.bodies, body('job-done', { job: job.key })] };
    await commit(branch, { source: `job ${job.key}`, at: now, by: 'bot' }, done, NOWHERE);
  }

  return {
    async handle(message) {
      const verdict = limits?.judge(message) ?? { kind: 'read' };
      if (verdict.kind === 'leave') return;
      const found = locate(town(), message, deps.commandLine);
      // A room nobody bound, or an officer whose account is not known yet in the town's own.
      if (!found || (found.place === 'town' && found.speaker === null)) {
        const bound = bindRoom(town(), message);
        const act = { source: message.id, at: message.at, by: message.from.id };
        if (bound) await commit(bound.branch, act, bound.decision, bound.origin);
        return;
      }
      const id = found.branch.branch;
      const tell = (text: string): void => {
        if (!message.mentionsMe && found.place !== 'private') return;
        const origin = originOf(found, message);
        const messages = resolve(town(), found.branch, [answer(text)], origin, message.at, way);
        delivery.deliver(id, message.id, messages, message.at);
      };
      if (verdict.kind === 'tell') return found.speaker === null ? undefined : tell(verdict.text);
      await queueOf(id).add(() =>
        guarded(
          message.id,
          () => process({ ...found, branch: town().branches[id] ?? found.branch }, message),
          () => tell(SORRY),
        ),
      );
    },
    async tick(now, only) {
      for (const [id, branch] of Object.entries(town().branches)) {
        if (only !== undefined && id !== only) continue;
        for (const job of due(branch, now))
          await queueOf(id).add(() => guarded(job.key, () => runJob(id, job, now)));
      }
      delivery.tick(now);
    },
    nextDue(now) {
      const times = [delivery.nextDue(), ...Object.values(town().branches).map((b) => nextDue(b, now))];
      return times.reduce((min, t) => (t !== null && (min === null || t < min) ? t : min), null);
    },
    async recover(now) {
      for (const branch of [TOWN, ...Object.keys(town().branches)]) {
        for (const owed of owedIn(branch).slice()) {
          const replies = owed.replies as Message[];
          // What was to be printed is printed by the next command line; WeChat never hears of it, nor the other way.
          if (replies.some(isPrinted) !== (way === 'print')) continue;
          const messages = replies.filter((m) => way === 'print' || stillWorthSaying(m, owed.at, now));
          if (messages.length > 0) delivery.deliver(branch, owed.source, messages, now);
          else await markDelivered(branch, owed.source, 0, now);
        }
      }
    },
    async idle() {
      await Promise.all([...queues.values()].map((q) => q.onIdle()));
      await delivery.idle();
    },
  };
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

const NOWHERE: Origin = { place: 'group', room: null, contact: null, name: null };

function originOf(spoken: Spoken, message: Inbound): Origin {
  return {
    place: spoken.place,
    room: message.room?.id ?? null,
    contact: message.from.id,
    name: spoken.speaker?.name ?? null,
  };
}

function settle(question: Question): Body {
  return body('question-settled', { to: question.to, room: question.room });
}

/** Drops undefined fields, so that what is kept is what is read back. */
function plain(message: Message): unknown {
  return JSON.parse(JSON.stringify(message));
}
