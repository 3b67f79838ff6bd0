/** The rows of a score sheet while it is read from left to right: for whom, for what, which figures. */
import type { Message, NameHit } from '../language/message.ts';
import type { ScoreOp } from '../reading.ts';
import { EVERYONE_ELSE } from './everyone-else.ts';
import type { ItemHit } from './items.ts';

const FULL = { total: 40, post: 30, posts: 30, duty: 10, duties: 10, part: 10 } as const;

export class Rows {
  readonly ops: ScoreOp[] = [];
  readonly unsplit: { member: string; value: number }[] = [];
  readonly duesNotes: { member: string; text: string }[] = [];
  missingPost = false;
  unclearScored = false;
  unclear: NameHit | undefined;
  private members: string[] = [];
  private item: ItemHit | null = null;
  /** 学习、生活都是10分: items that share the figure of the last. */
  private beside: ItemHit[] = [];
  /** 巡逻岗的几个都打27：甲、乙 — the figure stands before those it is for. */
  private ahead: { readonly item: ItemHit; readonly figures: readonly number[] } | null = null;
  private post: string | null = null;
  private header: { item: ItemHit | null; post: string | null } = { item: null, post: null };
  private latest: { item: ItemHit | null; post: string | null } = { item: null, post: null };
  private figures: number[] = [];
  /** Whether the current people have got something, so that the next name begins a new row. */
  private served = false;
  /** Whose row it is now. */
  get whose(): readonly string[] {
    return this.members;
  }
  private readonly message: Message;

  constructor(message: Message) {
    this.message = message;
  }

  name(hit: NameHit): void {
    this.settle();
    if (this.served || this.members.length === 0) {
      if (this.served) {
        this.members = [];
        this.item = this.header.item;
        this.post = this.header.post;
      } else if (this.item) this.header = { item: this.item, post: this.post };
      this.served = false;
    }
    if (hit.members.length > 1) this.unclear ??= hit;
    else if (!this.members.includes(hit.members[0]!)) this.members.push(hit.members[0]!);
  }

  everybody(who: string): void {
    this.members = [who];
  }

  see(item: ItemHit, joined = false): void {
    const beside = joined && this.item?.kind === item.kind && this.figures.length === 0;
    const shared = beside ? [...this.beside, this.item!] : [];
    this.settle();
    this.beside = shared;
    if (item.kind === 'post') this.post = item.item;
    this.item = item;
    this.latest = { item, post: this.post };
  }

  /** Whoever is not named gets what was spoken of last. */
  others(): void {
    this.settle();
    this.item ??= this.latest.item;
    this.post ??= this.latest.post;
    this.members = [EVERYONE_ELSE];
    this.served = false;
  }

  figure(value: number): void {
    this.figures.push(value);
  }

  /** 满分 of what is named; of everything where nothing is (甲全部满分). */
  full(): void {
    if (this.item) this.figures.push(FULL[this.item.kind]);
    else if (this.members.length > 0 && this.header.item === null) {
      for (const member of this.members) {
        this.ops.push({ member, item: 'obligation', op: 'set_total', value: FULL.total });
        for (const post of this.postsOf(member))
          this.ops.push({ member, item: post, op: 'set_total', value: FULL.post });
      }
      this.served = true;
    }
  }

  /** `same`: what follows names nobody, so it is still for these people. */
  stop(same: boolean): void {
    this.settle();
    this.serveAhead();
    if (!this.served || same) return;
    this.members = [];
    this.item = this.header.item;
    this.post = this.header.post;
    this.served = false;
  }

  /** Those who stand behind a figure given for all of them. */
  serveAhead(): void {
    if (!this.ahead || this.served || this.members.length === 0) return;
    const { item, figures } = this.ahead;
    for (const member of this.members) this.write(member, item, figures);
    this.served = true;
  }

  private postsOf(member: string): readonly string[] {
    return this.message.context.members.find((m) => m.name === member)?.posts ?? [];
  }

  /** What stands so far is written down for the people it is for. */
  settle(): void {
    const { figures, item } = this;
    this.figures = [];
    if (figures.length > 0 && item && this.unclear) this.unclearScored = true;
    if (figures.length > 0 && this.members.length === 0 && item && !this.unclear)
      this.ahead = { item, figures };
    if (figures.length === 0 || this.members.length === 0) return;
    this.served = true;
    for (const member of this.members)
      for (const one of item ? [...this.beside, item] : [item]) this.write(member, one, figures);
    this.beside = [];
    if (item && item !== this.header.item) this.item = null;
  }

  private write(member: string, item: ItemHit | null, figures: readonly number[]): void {
    if (!item) {
      this.loose(member, figures);
      return;
    }
    const value = figures[0]!;
    if (item.kind === 'post' && figures.length >= 3)
      this.ops.push({ member, item: item.item, op: 'set', value: figures.slice(0, 3) });
    else if (item.kind === 'post') this.ops.push({ member, item: item.item, op: 'set_total', value });
    else if (item.kind === 'total') this.ops.push({ member, item: item.item, op: 'set_total', value });
    else if (item.kind === 'posts')
      for (const post of this.postsOf(member)) this.ops.push({ member, item: post, op: 'set_total', value });
    else if (item.kind === 'duties')
      for (const duty of ['study', 'organisation', 'dues', 'conduct'])
        this.ops.push({ member, item: duty, op: 'set', value });
    else if (item.kind === 'part') {
      if (!this.post) this.missingPost = true;
      this.ops.push({ member, item: `${this.post ?? ''}${item.item}`, op: 'set', value });
    } else this.ops.push({ member, item: item.item, op: 'set', value });
  }

  /** Figures without items: 30/28 = the two posts in the roster's order, 40 30 28 = the obligation before them. */
  private loose(member: string, figures: readonly number[]): void {
    const posts = this.message.context.members.find((m) => m.name === member)?.posts ?? [];
    const service = figures.length === 3 || figures.length === 4 ? figures.slice(1, 3) : figures;
    const fits =
      (figures.length === 2 || figures.length === 3 || figures.length === 4) &&
      posts.length === 2 &&
      service.every((f) => f <= 30) &&
      figures[0]! <= 40;
    if (!fits) {
      this.unsplit.push({ member, value: figures[0]! });
      return;
    }
    if (figures.length > 2)
      this.ops.push({ member, item: 'obligation', op: 'set_total', value: figures[0]! });
    posts.forEach((post, i) => this.ops.push({ member, item: post, op: 'set_total', value: service[i]! }));
  }

  dues(text: string): void {
    for (const member of this.members) this.duesNotes.push({ member, text });
    this.item = null;
    this.figures = [];
  }
}
