/**
 * Puts what arrives into the order in which it was said, each once. Providers repeat events and deliver them out
 * of order, and loading a message takes differently long, so later ones overtake earlier ones on the way in.
 *
 * A message takes its place when its event arrives (`arrived`) and is filled when it has been loaded (`loaded`).
 * It is held for `window` milliseconds so that an earlier one may still slip in before it; what comes later than
 * that is handed on late, never dropped. Time comes from outside: the owner calls `release` when `due` says so.
 */
export interface InboxItem {
  readonly id: string;
  /** Milliseconds since 1970, by the provider. */
  readonly timestamp: number;
}

interface Place<T> {
  readonly id: string;
  readonly arrivedAt: number;
  item: T | null;
}

/** How long a message that cannot be loaded may hold up the others. */
const LOADING_LIMIT = 10_000;

export class Inbox<T extends InboxItem> {
  readonly #window: number;
  readonly #seenBefore: (id: string) => boolean;
  readonly #memory: number;
  readonly #recent = new Set<string>();
  #places: Place<T>[] = [];

  /**
   * @param window how long to wait for earlier messages, in ms; 0 keeps the order of arrival
   * @param seenBefore ids handled before this process began
   * @param memory how many ids to remember
   */
  constructor(window: number, seenBefore: (id: string) => boolean = () => false, memory = 20_000) {
    this.#window = window;
    this.#seenBefore = seenBefore;
    this.#memory = memory;
  }

  /** Takes a place for an id; false where it was seen before and is to be ignored. */
  arrived(id: string, now: number): boolean {
    if (this.#recent.has(id) || this.#seenBefore(id)) return false;
    this.#recent.add(id);
    if (this.#recent.size > this.#memory) {
      for (const oldest of this.#recent) {
        this.#recent.delete(oldest);
        break;
      }
    }
    this.#places.push({ id, arrivedAt: now, item: null });
    return true;
  }

  loaded(item: T): void {
    const place = this.#places.find((p) => p.id === item.id);
    if (place) place.item = item;
  }

  /** What has come and is not loaded yet. */
  loading(): string[] {
    return this.#places.filter((p) => p.item === null).map((p) => p.id);
  }

  /** It could not be loaded: its place is given up, and a repeated event may bring it again. */
  lost(id: string): void {
    const place = this.#places.find((p) => p.id === id && p.item === null);
    if (!place) return;
    this.#places.splice(this.#places.indexOf(place), 1);
    this.#recent.delete(id);
  }

  /** What is to be handed on now, in order. */
  release(now: number): T[] {
    this.#places = this.#places.filter((p) => p.item !== null || now - p.arrivedAt < LOADING_LIMIT);
    const out: T[] = [];
    for (;;) {
      const ripe = (p: Place<T>): boolean => now - p.arrivedAt >= this.#window;
      if (!this.#places.some((p) => p.item !== null && ripe(p))) break;
      const next = this.#first();
      if (!next || this.#mustWait(next)) break;
      this.#places.splice(this.#places.indexOf(next), 1);
      if (next.item) out.push(next.item);
    }
    return out;
  }

  /**
   * When `release` should next be called if nothing else happens, or null where nothing waits. What is ripe already
   * waits for one that is loading, and is released with it.
   */
  due(now: number): number | null {
    let due: number | null = null;
    for (const place of this.#places) {
      const at = place.arrivedAt + (place.item === null ? LOADING_LIMIT : this.#window);
      if (at > now && (due === null || at < due)) due = at;
    }
    return due;
  }

  /** When one that is still loading was said is not known: what it could have come before has to wait for it. */
  #mustWait(next: Place<T>): boolean {
    const at = this.#places.indexOf(next);
    return this.#places.some(
      (p, i) =>
        p.item === null && (i < at || (this.#window > 0 && p.arrivedAt - next.arrivedAt < this.#window)),
    );
  }

  /** The earliest said of the loaded; without a window, the earliest arrived. */
  #first(): Place<T> | undefined {
    let first: Place<T> | undefined;
    for (const place of this.#places) {
      if (place.item === null) continue;
      if (!first?.item || (this.#window > 0 && saidBefore(place.item, first.item))) first = place;
    }
    return first;
  }
}

function saidBefore(a: InboxItem, b: InboxItem): boolean {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp;
  return a.id < b.id;
}
