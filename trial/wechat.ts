import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { TrialProblem } from './folder.ts';
import type { World, WorldPerson, WorldRoom } from './world.ts';

/** A chat: a room's id, or `private:` and the id of the person that the bot talks with. */
export type ChatId = string;

export interface TrialFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

export interface TrialMessage {
  readonly id: string;
  /** Counts from 1 over all chats. */
  readonly seq: number;
  /** Milliseconds since 1970, by the trial's clock. */
  readonly at: number;
  readonly chat: ChatId;
  readonly from: string;
  readonly kind: 'text' | 'image' | 'file';
  readonly text: string;
  readonly mentions: string[];
  readonly quote?: { readonly id: string; readonly name: string; readonly text: string };
  readonly file?: TrialFile;
  recalled?: true;
}

const Said = z.object({
  t: z.literal('message'),
  id: z.string(),
  seq: z.number(),
  at: z.number(),
  chat: z.string(),
  from: z.string(),
  kind: z.enum(['text', 'image', 'file']),
  text: z.string(),
  mentions: z.array(z.string()),
  quote: z.object({ id: z.string(), name: z.string(), text: z.string() }).exactOptional(),
  file: z
    .object({ name: z.string(), type: z.string(), size: z.number(), sha256: z.string() })
    .exactOptional(),
});
const TakenBack = z.object({
  t: z.literal('recall'),
  id: z.string(),
  seq: z.number(),
  at: z.number(),
  by: z.string(),
});
/** One line of the journal. */
const Line = z.discriminatedUnion('t', [Said, TakenBack]);

export interface Recall {
  readonly id: string;
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly message: TrialMessage;
}

interface Events {
  message: [TrialMessage];
  recall: [Recall];
}

export interface Saying {
  readonly from: string;
  readonly chat: ChatId;
  readonly text?: string;
  readonly mentions?: readonly string[];
  readonly quote?: string;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
}

/** Something that WeChat itself would not let a person do; the text is for that person. */
export class NotPossible extends Error {}

const LOG = 'messages.jsonl';

/**
 * A WeChat in a folder: people, rooms and what was said, appended line by line, so that closing the program at any
 * moment loses nothing. A line cut off by a power failure is left out when reading.
 */
export class LocalWechat extends EventEmitter<Events> {
  readonly world: World;
  readonly messages: TrialMessage[] = [];
  readonly #byId = new Map<string, TrialMessage>();
  readonly #people: ReadonlyMap<string, WorldPerson>;
  readonly #rooms: ReadonlyMap<string, WorldRoom>;
  readonly #folder: string | null;
  readonly #files = new Map<string, Uint8Array>();
  readonly #now: () => number;
  #seq = 0;

  /** @param folder where it lasts; null keeps it in memory only */
  constructor(world: World, folder: string | null, now: () => number) {
    super();
    this.setMaxListeners(100);
    this.world = world;
    this.#folder = folder;
    this.#now = now;
    this.#people = new Map([...world.people, world.bot].map((p) => [p.id, p]));
    this.#rooms = new Map(world.rooms.map((r) => [r.id, r]));
    if (folder !== null) this.#load(folder);
  }

  person(id: string): WorldPerson | undefined {
    return this.#people.get(id);
  }

  room(id: string): WorldRoom | undefined {
    return this.#rooms.get(id);
  }

  message(id: string): TrialMessage | undefined {
    return this.#byId.get(id);
  }

  /** The chats that somebody sees: their rooms, and their own with the bot. */
  chatsOf(person: string): ChatId[] {
    const rooms = this.world.rooms.filter((r) => r.people.includes(person)).map((r) => r.id);
    return [...rooms, `private:${person}`];
  }

  /** Says something; it is on disk when this returns. */
  say(saying: Saying): TrialMessage {
    this.#mayWrite(saying.from, saying.chat);
    const file = saying.file && this.#keep(saying.file);
    const text = saying.text ?? '';
    if (!file && text.trim() === '') throw new NotPossible('不能发送空白消息');
    const quoted = saying.quote === undefined ? undefined : this.#byId.get(saying.quote);
    this.#seq += 1;
    const message: TrialMessage = {
      id: `msg${String(this.#seq).padStart(8, '0')}`,
      seq: this.#seq,
      at: this.#now(),
      chat: saying.chat,
      from: saying.from,
      kind: file ? (file.type.startsWith('image/') ? 'image' : 'file') : 'text',
      text,
      mentions: [...(saying.mentions ?? [])],
      ...(quoted ? { quote: this.#quoted(quoted) } : {}),
      ...(file ? { file } : {}),
    };
    this.#append({ t: 'message', ...message });
    this.#add(message);
    this.emit('message', message);
    return message;
  }

  recall(by: string, id: string): Recall {
    const message = this.#byId.get(id);
    if (!message || message.recalled) throw new NotPossible('这条消息已经不在了');
    if (message.from !== by) throw new NotPossible('只能撤回自己的消息');
    this.#seq += 1;
    const recall = { id, seq: this.#seq, at: this.#now(), by };
    this.#append({ t: 'recall', ...recall });
    message.recalled = true;
    this.emit('recall', { ...recall, message });
    return { ...recall, message };
  }

  /** The bytes of a file that was sent; undefined where there is none of that digest. */
  bytes(sha256: string): Uint8Array | undefined {
    const held = this.#files.get(sha256);
    if (held) return held;
    if (this.#folder === null || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
    const path = join(this.#folder, 'files', sha256);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  #quoted(message: TrialMessage): { id: string; name: string; text: string } {
    const words =
      message.kind === 'image'
        ? '[图片]'
        : message.kind === 'file'
          ? `[文件] ${message.file?.name}`
          : message.text;
    return { id: message.id, name: this.person(message.from)?.name ?? '', text: words };
  }

  #mayWrite(from: string, chat: ChatId): void {
    if (chat.startsWith('private:')) {
      const other = chat.slice('private:'.length);
      if (!this.#people.has(other)) throw new NotPossible('没有这个人');
      if (from !== this.world.bot.id && from !== other) throw new NotPossible('这是别人的私聊');
      return;
    }
    const room = this.#rooms.get(chat);
    if (!room) throw new NotPossible('没有这个群');
    if (from !== this.world.bot.id && !room.people.includes(from)) throw new NotPossible('您不在这个群里');
  }

  #keep(file: { name: string; type: string; bytes: Uint8Array }): TrialFile {
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    if (this.#folder === null) this.#files.set(sha256, file.bytes);
    else {
      const path = join(this.#folder, 'files', sha256);
      if (!existsSync(path)) {
        writeFileSync(`${path}.new`, file.bytes);
        renameSync(`${path}.new`, path);
      }
    }
    return { name: file.name, type: file.type, size: file.bytes.length, sha256 };
  }

  #add(message: TrialMessage): void {
    this.messages.push(message);
    this.#byId.set(message.id, message);
  }

  #append(line: z.infer<typeof Line>): void {
    if (this.#folder !== null) appendFileSync(join(this.#folder, LOG), `${JSON.stringify(line)}\n`);
  }

  #load(folder: string): void {
    mkdirSync(join(folder, 'files'), { recursive: true });
    const path = join(folder, LOG);
    if (!existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    const end = text.lastIndexOf('\n') + 1;
    for (const row of text.slice(0, end).split('\n')) {
      if (row === '') continue;
      const line = readLine(row, path);
      this.#seq = Math.max(this.#seq, line.seq);
      if (line.t === 'message') this.#add(line);
      else {
        const message = this.#byId.get(line.id);
        if (message) message.recalled = true;
      }
    }
    // The rest of a line that was cut off would spoil the next one.
    if (end < text.length) writeFileSync(path, text.slice(0, end));
  }
}

function readLine(row: string, path: string): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(row));
  } catch {
    throw new TrialProblem(
      `${path} 里有一行读不懂：${row.slice(0, 60)}……请加 --fresh 重新开始，或用 --data 换一个文件夹。`,
    );
  }
}
