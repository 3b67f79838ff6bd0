import { types } from 'wechaty-puppet';
import type { PuppetInterface } from 'wechaty-puppet/impls';
import type { Approach } from './port.ts';
import { reasonOf } from './service-puppet.ts';

/** Ids of requests remembered; strangers cannot make it remember without end. */
const KEPT = 1000;

/** Requests to be a friend or to come into a room: put before whoever decides, one after the other. */
export class Doorbell {
  handler: (approach: Approach) => Promise<boolean> = async () => false;
  readonly #report: (event: string, reason: string) => void;
  readonly #rung = new Set<string>();
  #queue: Promise<void> = Promise.resolve();

  constructor(report: (event: string, reason: string) => void) {
    this.#report = report;
  }

  /** The same request is answered once, however often it is announced. */
  ring(kind: Approach['kind'], id: string, puppet: PuppetInterface): void {
    if (this.#rung.has(id)) return;
    this.#rung.add(id);
    const [oldest] = this.#rung;
    if (this.#rung.size > KEPT && oldest !== undefined) this.#rung.delete(oldest);
    this.#queue = this.#queue.then(() =>
      this.#answer(kind, id, puppet).catch((error: unknown) =>
        this.#report(`a ${kind} request could not be answered`, reasonOf(error)),
      ),
    );
  }

  async #answer(kind: Approach['kind'], id: string, puppet: PuppetInterface): Promise<void> {
    if (kind === 'friend') {
      // The same event tells that somebody has become a friend: there is nothing to answer then.
      const { type, contactId } = await puppet.friendshipPayload(id);
      if (type !== types.Friendship.Receive) return;
      if (await this.handler({ id, kind, from: contactId })) await puppet.friendshipAccept(id);
    } else {
      const { inviterId } = await puppet.roomInvitationPayload(id);
      if (await this.handler({ id, kind, from: inviterId })) await puppet.roomInvitationAccept(id);
    }
  }
}
