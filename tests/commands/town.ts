// oxlint-disable typescript/no-unsafe-type-assertion -- tests look into entries whose kinds they know
/**
 * A fictional branch to try commands in: people, roles, accounts and a plan, built by folding entries as the program
 * does. `Branch.says` decides a reading and lets its bodies happen, so that a test reads like a conversation.
 */
import { readFileSync } from 'node:fs';
import {
  type Command,
  type Decision,
  isRefusal,
  type Outcome,
  type Place,
  type Reply,
  type Request,
} from '../../commands/command.ts';
import { hear } from '../../commands/language/hear.ts';
import { refusalText } from '../../commands/phrases.ts';
import type { Heard, Pending, Reading, ReadingContext, RosterMember, Slots } from '../../commands/reading.ts';
import { newTown } from '../../ledger/empty-state.ts';
import type { Body, Entry } from '../../ledger/entry.ts';
import { apply } from '../../ledger/fold.ts';
import { body } from '../../ledger/kinds.ts';
import { accountOf, rolesOn } from '../../ledger/roles.ts';
import type { BranchState, TownState } from '../../ledger/state.ts';
import { dateOfTime, type LocalTime } from '../../scoring/calendar.ts';
import { type Policy, readPolicy } from '../../scoring/policy.ts';

export const BRANCH = '云岭村';
export const BOT = '积分小助手';

const file = new URL('../../scoring/policies/lanxi-2023.json', import.meta.url);
const read = readPolicy(JSON.parse(readFileSync(file, 'utf8')));
if (!read.policy) throw new Error(JSON.stringify(read.findings));
export const policy: Policy = read.policy;

type Role = 'recorder' | 'supervisor' | 'committee' | 'secretary' | 'deputy';

interface Someone {
  readonly name: string;
  readonly role?: Role;
  readonly group?: string;
  readonly posts?: readonly string[];
  readonly aliases?: readonly string[];
  readonly status?: 'full' | 'probationary' | 'exempt';
  readonly floating?: boolean;
  /** Without an account on WeChat. */
  readonly phoneless?: boolean;
}

/** Invented people. 马长河 twice, told apart by their groups; 岳大娘 has no phone; 骆远行 works far away. */
export const PEOPLE: readonly Someone[] = [
  {
    name: '严书林',
    role: 'secretary',
    group: '一组',
    posts: ['policy-publicity', 'mediation'],
    aliases: ['老严'],
  },
  { name: '贺有田', role: 'deputy', group: '二组', posts: ['mediation', 'sanitation'] },
  {
    name: '苗春燕',
    role: 'recorder',
    group: '一组',
    posts: ['policy-publicity', 'culture-sports'],
    aliases: ['春燕'],
  },
  { name: '丁守正', role: 'supervisor', group: '三组', posts: ['village-supervision', 'family-virtue'] },
  { name: '柏青松', role: 'committee', group: '三组', posts: ['security-patrol', 'facility-upkeep'] },
  { name: '韩石头', group: '一组', posts: ['security-patrol', 'sanitation'], aliases: ['石头'] },
  { name: '鲁水根', group: '二组', posts: ['security-patrol', 'facility-upkeep'], aliases: ['水根'] },
  { name: '祝小梅', group: '二组', posts: ['left-behind-care', 'sanitation'] },
  { name: '马长河(三组)', group: '三组', posts: ['security-patrol'] },
  { name: '马长河(六组)', group: '六组', posts: ['sanitation'] },
  { name: '骆远行', group: '四组', posts: ['floating-member'], floating: true },
  { name: '岳大娘', group: '四组', posts: ['family-virtue'], phoneless: true },
  { name: '龚老根', group: '四组', status: 'exempt' },
  { name: '尤新苗', group: '六组', status: 'probationary' },
];

function founding(): Body[] {
  const bodies: Body[] = [
    body('branch-founded', { name: BRANCH, town: '清溪镇', bot: BOT }),
    body('room-bound', { room: 'group-1' }),
  ];
  for (const p of PEOPLE) {
    bodies.push(
      body('member-added', {
        name: p.name,
        status: p.status ?? 'full',
        group: p.group ?? '',
        aliases: [...(p.aliases ?? [])],
        floating: p.floating ?? false,
        ...(p.status === 'exempt' ? { exemptFiled: '2025-01-10' } : {}),
      }),
    );
    if (p.phoneless) bodies.push(body('member-changed', { name: p.name, phoneless: true }));
    else bodies.push(body('account-bound', { contact: `wx-${p.name}`, name: p.name, nickname: p.name }));
    if (p.role) bodies.push(body('appointed', { name: p.name, role: p.role, from: '2026-01-01' }));
    if (p.posts) bodies.push(body('posts-assigned', { name: p.name, posts: [...p.posts], from: '2026-01' }));
  }
  return bodies;
}

export interface Saying {
  readonly at?: LocalTime;
  readonly place?: Place;
  readonly text?: string;
  readonly photos?: readonly string[];
  readonly addressed?: boolean;
  readonly confirmed?: boolean;
}

/** What came of something said: the outcome, and its texts by who hears them. */
export class Said {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    this.outcome = outcome;
  }
  get decision(): Decision {
    if (isRefusal(this.outcome))
      throw new Error(`refused: ${this.outcome.refusal} ${refusalText(this.outcome)}`);
    return this.outcome;
  }
  get refusal(): string | null {
    return isRefusal(this.outcome) ? this.outcome.refusal : null;
  }
  get kinds(): string[] {
    return isRefusal(this.outcome) ? [] : this.outcome.bodies.map((b) => b.kind);
  }
  get replies(): readonly Reply[] {
    return isRefusal(this.outcome) ? [] : this.outcome.replies;
  }
  /** Everything said to one audience: `here`, `group`, `private`, `@NAME`, `role:ROLE`. */
  to(audience: string): string {
    return this.replies
      .filter((r) => audienceText(r) === audience)
      .map((r) => r.text)
      .join('\n');
  }
  /** The data of the bodies of one kind. */
  data(kind: string): Record<string, unknown>[] {
    return isRefusal(this.outcome)
      ? []
      : this.outcome.bodies.filter((b) => b.kind === kind).map((b) => b.data as Record<string, unknown>);
  }
}

function audienceText(reply: Reply): string {
  if (typeof reply.to === 'string') return reply.to;
  if ('contact' in reply.to) return `#${reply.to.contact}`;
  return 'person' in reply.to ? `@${reply.to.person}` : `role:${reply.to.role}`;
}

export class Branch {
  town: TownState = newTown();
  /** The clock of the conversation; a saying without `at` comes a minute after the one before. */
  at: LocalTime = '2026-03-02T08:00:00';
  private seq = 0;
  private sources = 0;

  constructor() {
    this.given('2026-01-01T08:00:00', 'bot', ...founding());
    this.at = '2026-03-02T08:00:00';
  }

  get state(): BranchState {
    const state = this.town.branches[BRANCH];
    if (!state) throw new Error('no branch yet');
    return state;
  }

  /** Lets bodies happen as they stand. */
  given(at: LocalTime, by: string, ...bodies: readonly Body[]): this {
    this.sources += 1;
    this.append(at, by, `s${this.sources}`, bodies);
    this.at = at;
    return this;
  }

  private append(at: LocalTime, by: string, source: string, bodies: readonly Body[]): void {
    for (const b of bodies) {
      this.seq += 1;
      const entry: Entry = { ...structuredClone(b), branch: BRANCH, seq: this.seq, at, by, source };
      apply(this.town, entry);
    }
  }

  /** A member as the reading person sees one. */
  context(pending: readonly Pending[] = []): ReadingContext {
    const members: RosterMember[] = PEOPLE.map((p) => ({
      name: p.name,
      role: p.role ?? 'member',
      status: p.status ?? 'full',
      group: p.group ?? '',
      posts: p.posts ?? [],
      aliases: p.aliases ?? [],
      ...(p.floating ? { floating: true } : {}),
    }));
    const meetings = Object.values(this.state.meetings)
      .filter((m) => !m.cancelled)
      .map((m) => ({ date: m.date, name: m.name, category: m.category, ...(m.at ? { at: m.at } : {}) }));
    const posts = Object.fromEntries(policy.posts.map((p) => [p.id, p.shortName]));
    return { bot: BOT, branch: BRANCH, members, posts, meetings, pending };
  }

  request(name: string, saying: Saying = {}): Request {
    const at =
      saying.at ?? `${this.at.slice(0, 14)}${String(Number(this.at.slice(14, 16)) + 1).padStart(2, '0')}:00`;
    this.at = at;
    this.sources += 1;
    return {
      town: this.town,
      branch: this.state,
      policy,
      speaker: { name, roles: rolesOn(this.state, name, at), contact: accountOf(this.state, name) },
      place: saying.place ?? 'group',
      at,
      day: dateOfTime(at),
      source: `s${this.sources}`,
      text: saying.text ?? '',
      addressed: saying.addressed ?? true,
      photos: saying.photos ?? [],
      confirmed: saying.confirmed ?? false,
    };
  }

  /** Decides a reading of a command and lets what it decides happen. */
  says(name: string, command: Command, slots: object, saying: Saying = {}): Said {
    const reading: Reading = {
      act: 'record',
      intent: command.intent,
      command: command.name,
      slots: slots as Slots,
    };
    return this.decides(command, reading, this.request(name, saying));
  }

  /** Lets a command read a text by itself, and decides what it read; null where the text is not for it. */
  tells(name: string, command: Command, text: string, saying: Saying = {}): Said | null {
    const reading = this.reads(name, command, text, saying);
    return reading ? this.decides(command, reading, this.request(name, { text, ...saying })) : null;
  }

  reads(
    name: string,
    command: Command,
    text: string,
    saying: Saying = {},
    pending: readonly Pending[] = [],
  ): Reading | null {
    const context = this.context(pending);
    const words = new Map(command.words.map((word) => [word, command.name]));
    const role = PEOPLE.find((p) => p.name === name)?.role ?? 'member';
    const place = saying.place ?? 'group';
    const heard: Heard = {
      text,
      sender: name,
      role,
      at: saying.at ?? this.at,
      room: place,
      addressed: saying.addressed ?? true,
    };
    const reading = command.read(hear(heard, context, words), context);
    return reading === null || reading.act === 'silent' ? null : reading;
  }

  decides(command: Command, reading: Reading, request: Request): Said {
    return this.applies(command.decide(request, reading), request);
  }

  /** Lets what was decided happen. */
  applies(outcome: Outcome, request: Request): Said {
    if (!isRefusal(outcome)) this.append(request.at, request.speaker.name, request.source, outcome.bodies);
    return new Said(outcome);
  }

  /** Answers the open question by the number of a choice. */
  chooses(name: string, command: Command, number: number, saying: Saying = {}): Said {
    const question = this.state.questions.find((q) => q.to === name && q.choices);
    const reading = question?.choices?.[number - 1]?.reading;
    if (!question || reading === undefined) throw new Error(`${name} has no choice ${number}`);
    const request = this.request(name, { ...saying, place: saying.place ?? (question.room as Place) });
    return this.decides(command, reading as Reading, request);
  }

  /** Answers the open question with yes: decides its own reading again, confirmed. */
  agrees(name: string, command: Command, saying: Saying = {}): Said {
    const question = this.state.questions.find((q) => q.to === name && q.confirm);
    if (!question?.confirm) throw new Error(`nothing waits for ${name}`);
    const request = this.request(name, {
      ...saying,
      place: saying.place ?? (question.room as Place),
      confirmed: true,
    });
    return this.decides(command, question.confirm.reading as Reading, request);
  }
}

/** A SHA-256 made of one hex digit, for photos. */
export function photo(digit: string): string {
  return digit.repeat(64);
}
