/**
 * The way of a message: heard → read → decided → durable → said. One at a time per branch, nothing said before it
 * is durable, the same for a person's message and for a scheduled job.
 */
import PQueue from 'p-queue';
import { answer, nothing } from '../commands/command.ts';
import { jobs } from '../commands/month/jobs.ts';
import { commands } from '../commands/registry.ts';
import type { BranchId } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import { policyFor } from '../ledger/policy.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import { due, type Job, lapsed, nextDue } from '../scheduler/due.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import type { StateStore } from '../storage/fold.ts';
import { createConversation } from './conversation.ts';
import type { Send } from './delivery.ts';
import type { Inbound } from './gateway/port.ts';
import { createGuard } from './guard.ts';
import { type Origin, originOf, resolve, type Way } from './hearers.ts';
import { createHearing } from './hearing.ts';
import { bindRoom } from './onboarding.ts';
import { createRecording } from './recording.ts';
import { locate } from './speaking.ts';

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

const SORRY = '没有记上，请稍后再发。';

export function createEngine(deps: EngineDeps): Engine {
  const log: Log = deps.log ?? (() => {});
  const town = (): TownState => deps.store.state();
  const hearing = createHearing(commands, town);
  const queues = new Map<BranchId, PQueue>();
  // A file of paper records is read line by line on the command line: nobody floods there.
  const limits = deps.commandLine ? null : createGuard();
  const way: Way = deps.commandLine ? 'print' : 'wechat';
  const { commit, delivery, recover, failed } = createRecording({
    store: deps.store,
    send: deps.send,
    way,
    dropPhoto: deps.dropPhoto,
    peopleChanged: () => hearing.forget(),
    fault: (error) => log({ level: 'error', what: 'delivery', error }),
    fatal: deps.fatal,
  });
  const converse = createConversation({
    town,
    commands,
    hearing,
    policyOf,
    commit,
    keepPhoto: deps.keepPhoto,
    refused: deps.refused,
    way,
  });

  function queueOf(branch: BranchId): PQueue {
    const queue = queues.get(branch) ?? new PQueue({ concurrency: 1 });
    queues.set(branch, queue);
    return queue;
  }

  function policyOf(branch: BranchState, at: LocalTime): Policy {
    return policyFor(deps.policy, town().office, branch, dateOfTime(at), (findings) =>
      log({
        level: 'warn',
        what: `a policy change does not fit any more: ${findings.map((f) => f.place).join(', ')}`,
      }),
    );
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
      if (!failed()) onFault();
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
          () => converse({ ...found, branch: town().branches[id] ?? found.branch }, message),
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
    recover,
    async idle() {
      await Promise.all([...queues.values()].map((q) => q.onIdle()));
      await delivery.idle();
    },
  };
}

const NOWHERE: Origin = { place: 'group', room: null, contact: null, name: null };
