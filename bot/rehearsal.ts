/**
 * A conversation without WeChat: the whole bot over a real ledger, with a simulated clock and words put into
 * people's mouths. Replays, trainings and the tests of the bot are rehearsals.
 */
import { type Body, TOWN } from '../ledger/entry.ts';
import { body } from '../ledger/kinds.ts';
import type { TownState } from '../ledger/state.ts';
import { dateOfTime, type LocalTime } from '../scoring/calendar.ts';
import type { Policy } from '../scoring/policy.ts';
import { saveEvidence } from '../storage/evidence.ts';
import type { StateStore } from '../storage/fold.ts';
import { createEngine, type Engine, type Log } from './engine.ts';
import { type BranchFile, contactOf, foundingBodies, officersOf } from './founding.ts';
import type { Inbound } from './gateway/port.ts';
import type { Message } from './hearers.ts';
import { render } from './rendering.ts';
import { openTownStore } from './town-store.ts';

export interface Line {
  readonly id: string;
  readonly at: LocalTime;
  readonly room: 'group' | 'private' | 'town';
  readonly from: string;
  readonly text: string;
  readonly mention: boolean;
  readonly quote?: { readonly name: string; readonly text: string };
  readonly image?: Uint8Array;
  /** The id of the line that is taken back. */
  readonly recall?: string;
}

/** Something the bot said: one line of `lanxing replay`'s output. `bytes` belong to a picture or a file. */
export interface Said {
  readonly at: LocalTime;
  readonly room: 'group' | 'private' | 'town';
  readonly to: string;
  readonly kind: 'text' | 'image' | 'file';
  readonly text: string;
  readonly name?: string;
  readonly inReplyTo?: string;
  readonly bytes?: Uint8Array;
}

const GROUP = 'room-group';
const TOWN_ROOM = 'room-town';

/** Whose account is whose, and which room is which, in the WeChat that a town is founded in. */
export interface Places {
  readonly contact: (name: string) => string | undefined;
  readonly group: string;
  readonly town: string;
  readonly officers: readonly string[];
}

/** Founds a town of one branch, where it is not founded yet. Everybody's account is bound. */
export async function found(
  store: StateStore<TownState>,
  file: BranchFile,
  at: LocalTime,
  places: Places,
): Promise<void> {
  if (store.state().branches[file.branch]) return;
  const office: Body[] = [
    body('town-founded', { name: file.town }),
    body('room-bound', { room: places.town }),
    body('branch-registered', { branch: file.branch, name: file.branch }),
    ...places.officers.map((name) => body('officer-named', { name, contact: places.contact(name) })),
  ];
  await store.append([
    { branch: TOWN, source: 'founding', at, by: 'cli:founding', bodies: office },
    {
      branch: file.branch,
      source: 'founding',
      at,
      by: 'cli:founding',
      bodies: foundingBodies(file, dateOfTime(at), { contacts: places.contact, room: places.group }),
    },
  ]);
}

export interface Rehearsal {
  readonly engine: Engine;
  readonly store: StateStore<TownState>;
  now(): LocalTime;
  /** Lets time pass: every job that falls due on the way runs at its time. */
  advance(to: LocalTime): Promise<void>;
  say(line: Line): Promise<void>;
  close(): Promise<void>;
}

export interface RehearsalOptions {
  readonly store: StateStore<TownState>;
  readonly file: BranchFile;
  readonly from: LocalTime;
  readonly policy: Policy;
  readonly keepPhoto: (bytes: Uint8Array) => Promise<string | null>;
  readonly hear: (said: Said) => void;
  /** False leaves pictures and files undrawn: only their names are heard. */
  readonly draw?: boolean;
  readonly log?: Log;
}

/** A bot that is ready to be spoken to. */
export async function openRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { store, file, hear } = options;
  let now = options.from;
  const places = { contact: contactOf, group: GROUP, town: TOWN_ROOM, officers: officersOf(file) };
  await found(store, file, now, places);
  let saying: Promise<void> = Promise.resolve();
  // Pictures take time to draw; what is said is heard in the order in which it was said all the same.
  const send = async (message: Message, context: { source: string }): Promise<boolean> => {
    const at = now;
    saying = saying.then(async () => hear(await saidOf(message, context.source, at, options.draw ?? true)));
    await saying;
    return true;
  };
  const engine = createEngine({
    store,
    policy: options.policy,
    send,
    keepPhoto: options.keepPhoto,
    ...(options.log ? { log: options.log } : {}),
    fatal: (error) => {
      throw error;
    },
  });
  await engine.recover(now);
  // The first tick is when the branch begins: from then on what the calendar brings is owed.
  await engine.tick(now);
  await engine.idle();
  const advance = async (to: LocalTime): Promise<void> => {
    for (let next = engine.nextDue(now); next !== null && next <= to; next = engine.nextDue(now)) {
      now = next > now ? next : now;
      await engine.tick(now);
      await engine.idle();
    }
    if (to > now) now = to;
  };
  return {
    engine,
    store,
    now: () => now,
    advance,
    async say(line) {
      await advance(line.at);
      await engine.handle(inboundOf(line, file));
      await engine.idle();
    },
    close: () => store.close(),
  };
}

function inboundOf(line: Line, file: BranchFile): Inbound {
  const room =
    line.room === 'private'
      ? null
      : {
          id: line.room === 'town' ? TOWN_ROOM : GROUP,
          topic: line.room === 'town' ? file.town : file.branch,
        };
  const base = {
    id: line.id,
    at: line.at,
    room,
    from: { id: contactOf(line.from), name: line.from },
    text: line.text,
    mentionsMe: line.mention || line.room === 'private',
    mentions: [],
    ...(line.quote ? { quote: line.quote } : {}),
  };
  if (line.recall !== undefined) return { ...base, kind: 'recall', recalled: line.recall };
  const image = line.image;
  if (image === undefined) return { ...base, kind: 'text' };
  return { ...base, kind: 'image', content: { name: `${line.id}.jpg`, bytes: async () => image } };
}

async function saidOf(message: Message, source: string, now: LocalTime, draw: boolean): Promise<Said> {
  const { target } = message;
  const room = 'contact' in target ? 'private' : target.room === TOWN_ROOM ? 'town' : 'group';
  const attachment = message.attachment && draw ? await render(message.attachment) : null;
  return {
    at: now,
    room,
    to: message.to,
    kind: message.attachment?.kind ?? 'text',
    text: message.text,
    ...(message.attachment ? { name: message.attachment.name } : {}),
    ...(source.startsWith('job ') ? {} : { inReplyTo: source.replace(/#\d+$/, '') }),
    ...(attachment ? { bytes: attachment } : {}),
  };
}

export interface ReplayOptions {
  readonly folder: string;
  readonly policy: Policy;
  readonly file: BranchFile;
  readonly from: LocalTime;
  /** Let the clock run on to here after the last line. */
  readonly until?: LocalTime;
  readonly lines: readonly Line[];
  readonly hear: (said: Said) => void;
}

/** Plays a whole transcript over a ledger in a folder. */
export async function rehearse(options: ReplayOptions): Promise<void> {
  const store = await openTownStore(options.folder);
  try {
    const rehearsal = await openRehearsal({
      store,
      file: options.file,
      from: options.from,
      policy: options.policy,
      keepPhoto: async (bytes) => (await saveEvidence(options.folder, bytes)).sha256,
      hear: options.hear,
    });
    for (const line of options.lines) {
      // A picture with words is two messages in WeChat: the words, then the picture.
      const { image, ...words } = line;
      if (image === undefined || line.text !== '') await rehearsal.say(words);
      if (image !== undefined) await rehearsal.say({ ...line, id: `${line.id}.image`, text: '' });
    }
    const last = options.lines.at(-1)?.at ?? options.from;
    await rehearsal.advance(options.until !== undefined && options.until > last ? options.until : last);
  } finally {
    await store.close();
  }
}
