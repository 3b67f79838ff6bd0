import type { Content, Target } from '../gateway/port.ts';
import { splitText } from './split.ts';

/** A direct answer goes before a notice. */
export type Priority = 'answer' | 'notice';

export interface Letter {
  /** The caller's id for it; putting in an id that still waits changes nothing. */
  readonly id: string;
  readonly target: Target;
  readonly content: Content;
  readonly priority: Priority;
  /** Whether it may be sent a second time where it stays unknown if it went out. Default no: once at most. */
  readonly repeatable?: boolean;
}

export type SendResult =
  | { readonly state: 'sent'; readonly messageId?: string }
  /** Perhaps sent: the line broke and nothing was seen of it afterwards. */
  | { readonly state: 'unknown'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };

/** A letter on its way: what is left of it, and who waits for its outcome. */
export interface Job {
  letter: Letter;
  parts: Content[];
  /** Its own id, and those of letters merged into it. */
  readonly ids: string[];
  readonly done: ((result: SendResult) => void)[];
  tries: number;
  repeated: boolean;
  lastId: string | undefined;
  /** Some of it may have left: it can neither be merged nor called off any more. */
  begun: boolean;
}

export function newJob(letter: Letter, done: (result: SendResult) => void): Job {
  return {
    letter,
    parts: partsOf(letter.content),
    ids: [letter.id],
    done: [done],
    tries: 0,
    repeated: false,
    lastId: undefined,
    begun: false,
  };
}

/** Makes the job's content another one, and adds whose it is too. */
export function mergeInto(job: Job, content: Content, id: string, done: (result: SendResult) => void): void {
  job.letter = { ...job.letter, content };
  job.parts = partsOf(content);
  job.ids.push(id);
  job.done.push(done);
}

/** Mentions belong to the first part only. An empty text has one empty part, for the gateway to refuse. */
function partsOf(content: Content): Content[] {
  if (content.kind !== 'text') return [content];
  const texts = splitText(content.text);
  if (texts.length <= 1) return [content];
  return texts.map((text, i) => (i === 0 ? { ...content, text } : { kind: 'text', text }));
}

/** The chat that a letter goes to, as one word. */
export function chatOf({ target }: Letter): string {
  return 'room' in target ? `room:${target.room}` : `contact:${target.contact}`;
}
