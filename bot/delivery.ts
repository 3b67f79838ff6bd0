/** When what is owed is said: answers at once, notices outside the quiet hours, what belongs together in one line. */
import type { BranchId } from '../ledger/entry.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import { addDays, addMinutes, dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Message, Way } from './hearers.ts';

/** Hands one message to the world; false = it surely did not and will not arrive. */
export type Send = (message: Message, context: { branch: BranchId; source: string }) => Promise<boolean>;

/** How long replies with the same gather key wait for each other, in minutes. */
const GATHER_MINUTES = 1;
/** While answers keep coming in, one line in so many minutes is enough. */
const GATHER_PAUSE_MINUTES = 5;

/** Owed replies older than this are no answers any more: they are dropped after a long outage (hours). */
const ANSWER_HOURS = 12;
const NOTICE_HOURS = 72;

interface Waiting {
  branch: BranchId;
  source: string;
  message: Message;
  due: LocalTime;
}

/** Whether the branch's people are left in peace at this time, and until when. */
export function quietUntil(settings: BranchState['settings'] | undefined, at: LocalTime): LocalTime | null {
  if (!settings) return null;
  const clock = at.slice(11, 16);
  const { quietFrom, quietTo } = settings;
  const night = quietFrom > quietTo;
  if (night ? clock >= quietFrom || clock < quietTo : clock >= quietFrom && clock < quietTo) {
    const day = dateOfTime(at);
    return `${night && clock >= quietFrom ? addDays(day, 1) : day}T${quietTo}:00`;
  }
  return null;
}

export interface Delivery {
  /** Takes over what an operation owes. Returns at once: the sender paces, and nobody waits for it. */
  deliver(branch: BranchId, source: string, messages: readonly Message[], at: LocalTime): void;
  /** Sends what has waited long enough. */
  tick(at: LocalTime): void;
  /** Resolves when everything that could go out by now has been sent or given up. */
  idle(): Promise<void>;
  /** When something waiting falls due. */
  nextDue(): LocalTime | null;
}

export interface DeliveryDeps {
  readonly town: () => TownState;
  readonly send: Send;
  /** What is printed waits neither for the morning nor for more of its kind. */
  readonly way?: Way;
  /** Called once all messages of a source are delivered or given up. */
  readonly delivered: (branch: BranchId, source: string, count: number) => Promise<void>;
  /** Something went wrong that no message's sender is waiting for. */
  readonly fault: (error: unknown) => void;
}

/** What belongs in one line: the same hearer and the same key. */
function gatherKey(w: Pick<Waiting, 'message'>): string {
  return `${JSON.stringify(w.message.target)} ${w.message.gather?.key ?? ''}`;
}

/** Joins waiting messages with one gather key into one line: `已确认：甲、乙（18/24）`. */
function join(waiting: readonly Waiting[]): Message {
  const last = (waiting.at(-1) as Waiting).message;
  const items = [...new Set(waiting.flatMap((w) => w.message.gather?.items ?? []))];
  return { ...last, text: `${last.gather?.head ?? ''}${items.join('、')}${last.gather?.tail ?? ''}` };
}

/** Says what is owed: answers at once, notices outside the quiet hours, gathered ones together. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  let waiting: Waiting[] = [];
  const underWay = new Set<Promise<void>>();
  /** When a line of a gather key last went out. */
  const lastLine = new Map<string, LocalTime>();
  const open = new Map<string, { branch: BranchId; source: string; left: number; count: number }>();

  const gatherDue = (message: Message, at: LocalTime): LocalTime => {
    const soon = addMinutes(at, GATHER_MINUTES);
    const last = lastLine.get(gatherKey({ message }));
    const paused = last === undefined ? soon : addMinutes(last, GATHER_PAUSE_MINUTES);
    return paused > soon ? paused : soon;
  };

  const settle = async (w: Pick<Waiting, 'branch' | 'source'>): Promise<void> => {
    const key = `${w.branch} ${w.source}`;
    const entry = open.get(key);
    if (!entry) return;
    entry.left--;
    if (entry.left > 0) return;
    open.delete(key);
    await deps.delivered(w.branch, w.source, entry.count);
  };

  const sendNow = async (w: Waiting): Promise<void> => {
    const arrived = await deps.send(w.message, w);
    if (!arrived && w.message.hint !== undefined) {
      const text = `@${w.message.to} 私信发不到您，请先加我为好友，再问一次。`;
      await deps.send({ ...w.message, target: { room: w.message.hint }, text, priority: 'answer' }, w);
    }
    await settle(w);
  };

  /** Hands messages over in order; those with one gather key as one. */
  const flush = (due: readonly Waiting[]): void => {
    const groups = new Map<string, Waiting[]>();
    for (const w of due) {
      const key = w.message.gather ? gatherKey(w) : `${groups.size} single`;
      groups.set(key, [...(groups.get(key) ?? []), w]);
    }
    for (const group of groups.values()) {
      const [first, ...rest] = group as [Waiting, ...Waiting[]];
      const work = (async () => {
        await sendNow({ ...first, message: group.length > 1 ? join(group) : first.message });
        for (const w of rest) await settle(w);
      })();
      const tracked = work.catch(deps.fault).finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    }
  };

  return {
    deliver(branch, source, messages, at) {
      if (messages.length === 0) return;
      open.set(`${branch} ${source}`, { branch, source, left: messages.length, count: messages.length });
      const now: Waiting[] = [];
      if (deps.way === 'print')
        return flush(messages.map((message) => ({ branch, source, message, due: at })));
      for (const message of messages) {
        const quiet =
          message.priority === 'notice' ? quietUntil(deps.town().branches[branch]?.settings, at) : null;
        const due = quiet ?? (message.gather ? gatherDue(message, at) : at);
        (due > at ? waiting : now).push({ branch, source, message, due });
      }
      flush(now);
    },
    tick(at) {
      // When the first of some that belong together is due, all of them go, in one line.
      const keys = new Set(waiting.filter((w) => w.due <= at).map(gatherKey));
      const isDue = (w: Waiting): boolean =>
        w.due <= at || (w.message.gather !== undefined && keys.has(gatherKey(w)));
      const due = waiting.filter(isDue);
      for (const w of due) if (w.message.gather) lastLine.set(gatherKey(w), at);
      waiting = waiting.filter((w) => !isDue(w));
      flush(due);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    nextDue: () =>
      waiting.reduce<LocalTime | null>((min, w) => (min === null || w.due < min ? w.due : min), null),
  };
}

/** Whether an owed message is still worth saying after an outage. */
export function stillWorthSaying(message: Message, owedAt: LocalTime, now: LocalTime): boolean {
  return addMinutes(owedAt, 60 * (message.priority === 'answer' ? ANSWER_HOURS : NOTICE_HOURS)) >= now;
}
