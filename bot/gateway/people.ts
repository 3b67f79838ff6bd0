import type { PuppetInterface } from 'wechaty-puppet/impls';
import type { Person, Room } from './port.ts';

/** How long a name is believed without asking again. WeChat does not always say that somebody has a new one. */
const BELIEVED_MS = 10 * 60_000;
const AT_ONCE = 16;

interface Known<T> {
  readonly value: T;
  readonly until: number;
}

/**
 * Who is who on one connection: rooms, their people and the names they carry there. The library's own cache of room
 * members never hits (it files each under the same key), so this one is asked first; it dies with the connection,
 * because ids and names may be others on the next.
 */
export class People {
  readonly #puppet: PuppetInterface;
  readonly #now: () => number;
  readonly #members = new Map<string, Known<Person>>();
  readonly #rooms = new Map<string, Known<Room>>();

  constructor(puppet: PuppetInterface, now: () => number = Date.now) {
    this.#puppet = puppet;
    this.#now = now;
  }

  async room(id: string): Promise<Room> {
    const known = this.#rooms.get(id);
    if (known && known.until > this.#now()) return known.value;
    if (known) await this.#puppet.roomPayloadDirty(id).catch(() => {});
    const room = { id, topic: (await this.#puppet.roomPayload(id)).topic };
    this.#rooms.set(id, { value: room, until: this.#now() + BELIEVED_MS });
    return room;
  }

  async member(room: string, id: string): Promise<Person> {
    const key = `${room}\n${id}`;
    const known = this.#members.get(key);
    if (known && known.until > this.#now()) return known.value;
    const person = await this.#askMember(room, id);
    this.#members.set(key, { value: person, until: this.#now() + BELIEVED_MS });
    return person;
  }

  async contact(id: string): Promise<Person> {
    const { name } = await this.#puppet.contactPayload(id);
    return { id, name };
  }

  /** Everybody in a room, asked anew. */
  async members(room: string): Promise<Person[]> {
    this.forgetRoom(room);
    const ids = await this.#puppet.roomMemberList(room);
    return inParts(ids, (id) => this.member(room, id));
  }

  async rooms(): Promise<Room[]> {
    return inParts(await this.#puppet.roomList(), (id) => this.room(id));
  }

  async contacts(): Promise<Person[]> {
    const payloads = await inParts(await this.#puppet.contactList(), (id) => this.#puppet.contactPayload(id));
    return payloads.filter((p) => p.friend !== false).map(({ id, name }) => ({ id, name }));
  }

  forgetRoom(room: string): void {
    this.#rooms.delete(room);
    for (const key of this.#members.keys()) if (key.startsWith(`${room}\n`)) this.#members.delete(key);
  }

  /** Somebody who has just left is no member any more, but what they said before still has to be heard. */
  async #askMember(room: string, id: string): Promise<Person> {
    try {
      const payload = await this.#puppet.roomMemberPayload(room, id);
      const person = { id, name: payload.name };
      return payload.roomAlias ? { ...person, roomAlias: payload.roomAlias } : person;
    } catch {
      return this.contact(id);
    }
  }
}

async function inParts<A, B>(all: readonly A[], ask: (one: A) => Promise<B>): Promise<B[]> {
  const out: B[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) {
    // oxlint-disable-next-line no-await-in-loop -- a room's hundred requests at once would look like an attack
    out.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(ask))));
  }
  return out;
}
