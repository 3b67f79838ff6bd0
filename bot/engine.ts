/**
 * The way of a message: heard → read → decided → durable → said. One at a time per branch, nothing said before it
 * is durable, the same for a person's message and for a scheduled job.
 */
import PQueue from 'p-queue';
import {
  answer,
  type Decision,
  isRefusal,
  type Outcome,
  type Place,
  refuse,
  type Reply,
  type Request,
} from '../commands/command.ts';
import { jobs } from '../commands/month/jobs.ts';
import { decideRecognition } from '../commands/people/binding.ts';
import { refusalText } from '../commands/phrases.ts';
import { createReader } from '../commands/read.ts';
import type { Heard, Reading, ReadingContext, Role, RosterMember } from '../commands/reading.ts';
import { commands } from '../commands/registry.ts';
import { decidePhoto } from '../commands/report/photos.ts';
import { type Body, type BranchId, type Operation, TOWN } from '../ledger/entry.ts';
import { people as peopleKinds } from '../ledger/kinds/people.ts';
import { body } from '../ledger/kinds.ts';
import { policyFor } from '../ledger/policy.ts';
import type { BranchState, Question, TownState } from '../ledger/state.ts';
import { due, nextDue } from '../scheduler/due.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { StateStore } from '../storage/fold.ts';
import { contextOf, mainRole, rosterOf } from './context.ts';
import {
  createDelivery,
  type Message,
  type Origin,
  resolve,
  type Send,
  stillWorthSaying,
} from './delivery.ts';
import type { Inbound } from './gateway/port.ts';
import { bindRoom } from './onboarding.ts';
import { type Answer, matchAnswer } from './questions.ts';
import { locate, type Spoken } from './speaking.ts';

/** A fault or a notable event, without words or names of anybody. */
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
  /** Keeps a photo's bytes durably and tells its SHA-256. */
  readonly keepPhoto: (bytes: Uint8Array) => Promise<string>;
  /** Removes the bytes of photos that no entry needs any more. */
  readonly dropPhoto?: (sha256: string) => Promise<void>;
  readonly log?: Log;
  /** Storage failed: nothing may be acknowledged any more (fail-stop). */
  readonly fatal: (error: unknown) => void;
}

export interface Engine {
  /** Handles one message; resolves when all that it caused is durable and has been handed to sending. */
  handle(message: Inbound): Promise<void>;
  /** Runs what is due at a time: scheduled jobs, in order, then what waited to be said. */
  tick(now: LocalTime): Promise<void>;
  /** When `tick` next has something to do. */
  nextDue(now: LocalTime): LocalTime | null;
  /** After a restart: says what was saved but not said. */
  recover(now: LocalTime): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** How long the words before a message may explain it, and how many words of a question an addressed stranger gets. */
const PREVIOUS_MINUTES = 10;
const HINT = '没听懂您的意思。发“帮助”看我能做什么。';

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

interface Heard1 {
  readonly spoken: Spoken & { speaker: NonNullable<Spoken['speaker']> };
  readonly message: Inbound;
  readonly origin: Origin;
}

export function createEngine(deps: EngineDeps): Engine {
  const log: Log = deps.log ?? (() => {});
  const read = createReader(commands);
  const byName = new Map(commands.map((c) => [c.name, c]));
  const queues = new Map<BranchId, PQueue>();
  const rosters = new Map<BranchId, { day: string; roster: RosterMember[] }>();
  const words = new Map<string, { name: string; text: string; at: LocalTime }[]>();
  const hinted = new Map<string, LocalTime>();
  const town = (): TownState => deps.store.state();
  let stopped = false;

  const queueOf = (branch: BranchId): PQueue => {
    const known = queues.get(branch) ?? new PQueue({ concurrency: 1 });
    queues.set(branch, known);
    return known;
  };

  async function append(operations: readonly Operation[]): Promise<boolean> {
    if (stopped) throw new Error('storage has failed');
    try {
      const receipts = await deps.store.append(operations);
      for (const operation of operations) {
        if (operation.bodies.some((b) => Object.hasOwn(peopleKinds, b.kind))) rosters.clear();
      }
      return receipts.every((r) => !r.duplicate);
    } catch (error) {
      stopped = true;
      deps.fatal(error);
      throw error;
    }
  }

  const delivery = createDelivery({
    town,
    send: deps.send,
    fault: (error) => log({ level: 'error', what: 'delivery', error }),
    delivered: async (branch, source, count) => {
      const owed = branch === TOWN ? town().office.owed : town().branches[branch]?.owed;
      if (!owed?.some((o) => o.source === source)) return;
      const at = owed.find((o) => o.source === source)?.at ?? '';
      await append([
        {
          branch,
          source: `delivered ${source}`,
          at,
          by: 'bot',
          bodies: [body('delivered', { source, count })],
        },
      ]);
    },
  });

  function rosterFor(branch: BranchState, at: LocalTime): RosterMember[] {
    const day = dateOfTime(at);
    const known = rosters.get(branch.branch);
    if (known?.day === day) return known.roster;
    const roster = rosterOf(
      branch,
      at,
      town().office.officers.map((o) => o.name),
    );
    rosters.set(branch.branch, { day, roster });
    return roster;
  }

  /** The sender's last words here, or the last words of somebody else: kept in memory only, for ten minutes. */
  function previousWords(where: string, name: string, at: LocalTime): string | undefined {
    const recent = (words.get(where) ?? []).filter((w) => minutesBetween(w.at, at) <= PREVIOUS_MINUTES);
    const own = recent.findLast((w) => w.name === name);
    if (own) return own.text;
    const other = recent.at(-1);
    return other ? `${other.name}：${other.text}` : undefined;
  }

  function remember(where: string, name: string, text: string, at: LocalTime): void {
    words.set(where, [...(words.get(where) ?? []).slice(-7), { name, text, at }]);
  }

  /** Saves a decision with what it owes, then says it. A source seen before changes nothing and says nothing. */
  async function commit(
    branch: BranchId,
    source: string,
    at: LocalTime,
    by: string,
    decision: Decision,
    origin: Origin,
  ): Promise<void> {
    const state = town().branches[branch];
    const messages = state
      ? resolve(town(), state, decision.replies, origin, at)
      : townMessages(decision.replies, origin);
    const home = state ? branch : TOWN;
    const writes = decision.bodies.length > 0 || (decision.elsewhere ?? []).some((e) => e.bodies.length > 0);
    if (writes) {
      const secret = decision.bodies.some((b) => b.kind === 'ballot-cast');
      const owed: Body[] =
        messages.length > 0 && !secret ? [body('owed', { replies: messages.map(plain) })] : [];
      const operations: Operation[] = [
        { branch: home, source, at, by: secret ? 'ballot' : by, bodies: [...decision.bodies, ...owed] },
        ...(decision.elsewhere ?? []).map((e) => ({ branch: e.branch, source, at, by, bodies: e.bodies })),
      ].filter((o) => o.bodies.length > 0);
      if (!(await append(operations))) return;
      for (const b of decision.bodies) {
        if (b.kind === 'photo-released' || b.kind === 'evidence-removed')
          await deps.dropPhoto?.((b.data as { sha256: string }).sha256);
      }
    }
    delivery.deliver(home, source, messages, at);
  }

  function requestOf(heard: Heard1, confirmed: boolean): Request {
    const { spoken, message } = heard;
    const branch = town().branches[spoken.branch.branch] ?? spoken.branch;
    return {
      town: town(),
      branch,
      policy: policyFor(deps.policy, town().office, branch, dateOfTime(message.at)),
      speaker: spoken.speaker,
      place: spoken.place,
      at: message.at,
      source: message.id,
      text: message.text,
      addressed: message.mentionsMe || spoken.place === 'private',
      photos: [],
      confirmed,
    };
  }

  /** Deny by default: a command is for those who hold one of its roles, in the places it names. */
  function decide(request: Request, reading: Reading): Outcome {
    const command = byName.get(reading.command);
    if (!command || reading.act === 'silent') return { bodies: [], replies: [] };
    const mayDo =
      command.who === 'anyone' || command.who.some((role) => request.speaker.roles.includes(role));
    const mayHere = command.where.includes(request.place);
    if (!mayDo)
      return request.addressed || reading.act !== 'record'
        ? refuse('not-allowed', { command: command.name, who: [...command.who].map((r) => TITLES[r]) })
        : { bodies: [], replies: [] };
    if (!mayHere) return refuse('wrong-place', { where: command.where.map((p) => PLACES[p]) });
    return command.decide(request, reading);
  }

  function said(outcome: Outcome): Decision {
    if (!isRefusal(outcome)) return outcome;
    return { bodies: [], replies: [answer(refusalText(outcome))] };
  }

  async function act(
    heard: Heard1,
    reading: Reading,
    confirmed: boolean,
    settled: Question | null,
  ): Promise<void> {
    const { message, spoken, origin } = heard;
    const branch = spoken.branch.branch;
    const parts = [reading, ...(reading.also ?? [])];
    for (const [i, part] of parts.entries()) {
      const decision = said(decide(requestOf(heard, confirmed), part));
      const settling =
        i === 0 && settled && !decision.bodies.some((b) => b.kind === 'question-asked')
          ? [body('question-settled', { to: settled.to, room: settled.room })]
          : [];
      const whole = { ...decision, bodies: [...decision.bodies, ...settling] };
      await commit(
        branch,
        i === 0 ? message.id : `${message.id}#${i + 1}`,
        message.at,
        spoken.speaker.name,
        whole,
        origin,
      );
    }
  }

  function openQuestion(branch: BranchState, heard: Heard1): Question | null {
    const { speaker, place } = heard.spoken;
    const questions = town().branches[branch.branch]?.questions ?? town().office.questions;
    return (
      questions.find((q) => q.to === speaker.name && q.room === place && q.until >= heard.message.at) ?? null
    );
  }

  function readingOf(heard: Heard1, text: string): Reading {
    const { spoken, message } = heard;
    const where = message.room?.id ?? message.from.id;
    const roster = rosterFor(spoken.branch, message.at);
    const policy = policyFor(deps.policy, town().office, spoken.branch, dateOfTime(message.at));
    const previous = previousWords(where, spoken.speaker.name, message.at);
    const context: ReadingContext = contextOf(
      spoken.branch,
      policy,
      roster,
      spoken.speaker.name,
      message.at,
      previous,
    );
    const quoted: Partial<Heard> = message.quote
      ? { quote: message.quote.text, quoteFrom: message.quote.name }
      : {};
    const said1: Heard = {
      text,
      sender: spoken.speaker.name,
      role: mainRole(spoken.speaker.roles),
      at: message.at,
      room: spoken.place,
      addressed:
        message.mentionsMe || spoken.place === 'private' || message.quote?.name === spoken.branch.bot,
      ...quoted,
    };
    const reading = read(said1, context);
    remember(where, spoken.speaker.name, text, message.at);
    return reading;
  }

  async function onText(heard: Heard1): Promise<void> {
    const { spoken, message } = heard;
    const question = openQuestion(spoken.branch, heard);
    const match: Answer | null = question ? matchAnswer(question, message.text) : null;
    if (match?.kind === 'reading') return act(heard, match.reading, match.confirmed, question);
    if (match?.kind === 'declined' && question) {
      const settled = body('question-settled', { to: question.to, room: question.room });
      return commit(
        spoken.branch.branch,
        message.id,
        message.at,
        spoken.speaker.name,
        { bodies: [settled], replies: [answer('好的，不记。')] },
        heard.origin,
      );
    }
    const reading = readingOf(heard, message.text);
    if (match?.kind === 'together' && (reading.act === 'silent' || reading.act === 'ask')) {
      const together = readingOf(heard, match.text);
      if (together.act !== 'silent' && together.act !== 'ask') return act(heard, together, false, question);
    }
    if (reading.act === 'silent') return hint(heard);
    return act(heard, reading, false, null);
  }

  /** Somebody spoke to the bot and was not understood: one line, at most once an hour for each person. */
  async function hint(heard: Heard1): Promise<void> {
    const { message, spoken, origin } = heard;
    if (!message.mentionsMe && spoken.place !== 'private') return;
    const last = hinted.get(message.from.id);
    if (last !== undefined && minutesBetween(last, message.at) < 60) return;
    hinted.set(message.from.id, message.at);
    await commit(
      spoken.branch.branch,
      message.id,
      message.at,
      spoken.speaker.name,
      { bodies: [], replies: [answer(HINT)] },
      origin,
    );
  }

  async function onPhoto(heard: Heard1): Promise<void> {
    const bytes = await heard.message.content?.bytes();
    if (!bytes) return;
    const decision = decidePhoto(requestOf(heard, false), await deps.keepPhoto(bytes));
    await commit(
      heard.spoken.branch.branch,
      heard.message.id,
      heard.message.at,
      heard.spoken.speaker.name,
      decision,
      heard.origin,
    );
  }

  async function process(spoken: Spoken, message: Inbound): Promise<void> {
    const origin: Origin = {
      place: spoken.place,
      room: message.room?.id ?? null,
      contact: message.from.id,
      name: spoken.speaker?.name ?? null,
    };
    if (message.kind === 'joined' || spoken.speaker === null) {
      const decision = decideRecognition(
        { town: town(), branch: spoken.branch, at: message.at, place: spoken.place },
        message.kind === 'joined' ? (message.people ?? []) : [message.from],
        message.text,
      );
      return commit(spoken.branch.branch, message.id, message.at, message.from.name, decision, origin);
    }
    const heard: Heard1 = { spoken: { ...spoken, speaker: spoken.speaker }, message, origin };
    if (message.kind === 'text') return onText(heard);
    if (message.kind === 'image' && spoken.place !== 'town') return onPhoto(heard);
    if (message.kind === 'recall' && message.recalled !== undefined) {
      const slots = { op: 'recalled', member: spoken.speaker.name, target: message.recalled };
      return act(heard, { act: 'record', intent: 'correct', command: 'correct', slots }, false, null);
    }
  }

  async function guarded(id: string, work: () => Promise<void>, onFault: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log({ level: 'error', what: 'fault', id, error });
      if (!stopped) await onFault().catch(() => {});
    }
  }

  async function runJob(
    branch: BranchId,
    job: ReturnType<typeof due>[number],
    now: LocalTime,
  ): Promise<void> {
    const state = town().branches[branch];
    if (!state) return;
    const decideJob = jobs[job.name];
    const policy = policyFor(deps.policy, town().office, state, dateOfTime(now));
    const dropped = job.keep !== 'always' && now > job.keep;
    const decision: Decision =
      dropped || !decideJob
        ? { bodies: [], replies: [] }
        : decideJob({ town: town(), branch: state, policy, at: now, due: job.due, day: dateOfTime(job.due) });
    const done = { ...decision, bodies: [...decision.bodies, body('job-done', { job: job.key })] };
    const nowhere: Origin = { place: 'group', room: null, contact: null, name: null };
    await commit(branch, `job ${job.key}`, now, 'bot', done, nowhere);
  }

  return {
    async handle(message) {
      const spoken = locate(town(), message);
      if (!spoken) {
        const bound = bindRoom(town(), message);
        if (bound)
          await commit(bound.branch, message.id, message.at, message.from.name, bound.decision, bound.origin);
        return;
      }
      const sorry = async (): Promise<void> => {
        if (!message.mentionsMe && spoken.place !== 'private') return;
        const origin: Origin = {
          place: spoken.place,
          room: message.room?.id ?? null,
          contact: message.from.id,
          name: null,
        };
        const replies: Reply[] = [answer('没有记上，请稍后再发。')];
        delivery.deliver(
          spoken.branch.branch,
          message.id,
          resolve(town(), spoken.branch, replies, origin, message.at),
          message.at,
        );
      };
      const work = (): Promise<void> =>
        process({ ...spoken, branch: town().branches[spoken.branch.branch] ?? spoken.branch }, message);
      await queueOf(spoken.branch.branch).add(() => guarded(message.id, work, sorry));
    },
    async tick(now) {
      for (const branch of Object.keys(town().branches)) {
        for (const job of due(town().branches[branch] as BranchState, now)) {
          await queueOf(branch).add(() =>
            guarded(
              job.key,
              () => runJob(branch, job, now),
              async () => {},
            ),
          );
        }
      }
      delivery.tick(now);
    },
    nextDue(now) {
      const times = Object.values(town().branches).map((b) => nextDue(b, now));
      return [...times, delivery.nextDue()].reduce(
        (min, t) => (t !== null && (min === null || t < min) ? t : min),
        null,
      );
    },
    async recover(now) {
      for (const [branch, owed] of [
        [TOWN, town().office.owed] as const,
        ...Object.values(town().branches).map((b) => [b.branch, b.owed] as const),
      ]) {
        for (const o of [...owed]) {
          const messages = (o.replies as Message[]).filter((m) => stillWorthSaying(m, o.at, now));
          if (messages.length > 0) delivery.deliver(branch, o.source, messages, now);
          else
            await append([
              {
                branch,
                source: `delivered ${o.source}`,
                at: now,
                by: 'bot',
                bodies: [body('delivered', { source: o.source, count: 0 })],
              },
            ]);
        }
      }
    },
    async idle() {
      await Promise.all([...queues.values()].map((q) => q.onIdle()));
      await delivery.idle();
    },
  };
}

function minutesBetween(from: LocalTime, to: LocalTime): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000;
}

/** Messages of a decision that concerns no branch: only what is said on the spot in the town's room. */
function townMessages(replies: readonly Reply[], origin: Origin): Message[] {
  const target =
    origin.room !== null
      ? { room: origin.room }
      : origin.contact !== null
        ? { contact: origin.contact }
        : null;
  return target === null
    ? []
    : replies.map((r) => ({
        target,
        to: origin.name ?? '',
        text: r.text,
        priority: r.priority,
        ...(r.attachment ? { attachment: r.attachment } : {}),
      }));
}

/** Drops undefined fields, so that what is kept is what is read back. */
function plain(message: Message): unknown {
  return JSON.parse(JSON.stringify(message));
}
