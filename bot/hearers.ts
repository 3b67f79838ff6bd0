/** Who hears what a decision says: in WeChat the accounts and rooms, on the command line people by name. */
import type { Attachment, Audience, Place, Reply } from '../commands/command.ts';
import { accountOf, holdersOf } from '../ledger/roles.ts';
import type { BranchState, TownState } from '../ledger/state.ts';
import type { LocalTime } from '../scoring/calendar.ts';
import type { Inbound, Target } from './gateway/port.ts';
import { COMMAND_LINE, OFFICE_DESK, type Spoken } from './speaking.ts';

/** A reply whose hearer is found: plain JSON, kept in the ledger until it is delivered. */
export interface Message {
  readonly target: Target;
  /** Whom the target is, in words, for transcripts: a member's name, a branch's name. */
  readonly to: string;
  readonly text: string;
  readonly attachment?: Attachment;
  readonly priority: 'answer' | 'notice';
  readonly gather?: Reply['gather'];
  /** The room to hint in where a private message cannot be delivered. */
  readonly hint?: string;
}

/** Where the words that are answered were said. */
export interface Origin {
  readonly place: Place;
  readonly room: string | null;
  readonly contact: string | null;
  readonly name: string | null;
}

function everybody(branch: BranchState, names: readonly string[]): Message[] {
  return names.flatMap((name) => {
    const contact = accountOf(branch, name);
    return contact === null ? [] : [{ target: { contact }, to: name, text: '', priority: 'notice' as const }];
  });
}

function audience(
  town: TownState,
  branch: BranchState,
  to: Audience,
  origin: Origin,
  at: LocalTime,
): Pick<Message, 'target' | 'to'>[] {
  if (to === 'here' && origin.room !== null) {
    return [{ target: { room: origin.room }, to: origin.place === 'town' ? town.office.name : branch.name }];
  }
  if (to === 'here' || to === 'private') {
    return origin.contact === null ? [] : [{ target: { contact: origin.contact }, to: origin.name ?? '' }];
  }
  if (to === 'group') return branch.rooms.slice(0, 1).map((room) => ({ target: { room }, to: branch.name }));
  if (to === 'town')
    return town.office.rooms.slice(0, 1).map((room) => ({ target: { room }, to: town.office.name }));
  if ('contact' in to) return [{ target: { contact: to.contact }, to: to.called }];
  if ('person' in to) return everybody(branch, [to.person]);
  if (to.role === 'town') {
    return town.office.officers.flatMap((o) =>
      o.contact === null ? [] : [{ target: { contact: o.contact }, to: o.name }],
    );
  }
  return everybody(branch, holdersOf(branch, to.role as Parameters<typeof holdersOf>[1], at));
}

export function originOf(spoken: Spoken, message: Inbound): Origin {
  return {
    place: spoken.place,
    room: message.room?.id ?? null,
    contact: message.from.id,
    name: spoken.speaker?.name ?? null,
  };
}

/** How a reply reaches people: in WeChat, or printed on the command line for whoever is to hear of it. */
export type Way = 'wechat' | 'print';

const desk = (name: string): Pick<Message, 'target' | 'to'> => ({
  target: { contact: `${COMMAND_LINE}${name}` },
  to: name,
});

/** Who hears of a printed reply: by name, whether they have an account or not. */
function readers(
  town: TownState,
  branch: BranchState,
  to: Audience,
  origin: Origin,
  at: LocalTime,
): Pick<Message, 'target' | 'to'>[] {
  const office = { target: { room: OFFICE_DESK }, to: town.office.name || '镇组织办' };
  if (to === 'here' && origin.place === 'town') return [office];
  if (to === 'here' || to === 'private') return origin.name === null ? [] : [desk(origin.name)];
  if (to === 'group')
    return [{ target: { room: `${COMMAND_LINE}${branch.branch}` }, to: `${branch.name}全体党员` }];
  if (to === 'town') return [office];
  if ('contact' in to) return [desk(to.called)];
  if ('person' in to) return [desk(to.person)];
  if (to.role === 'town') return [office];
  return holdersOf(branch, to.role as Parameters<typeof holdersOf>[1], at).map(desk);
}

/** Whether a message is for the command line to print, and none for WeChat. */
export function isPrinted({ target }: Message): boolean {
  return ('contact' in target ? target.contact : target.room).startsWith(COMMAND_LINE);
}

/** Finds who hears each reply. Two identical messages to one hearer become one. */
export function resolve(
  town: TownState,
  branch: BranchState,
  replies: readonly Reply[],
  origin: Origin,
  at: LocalTime,
  way: Way = 'wechat',
): Message[] {
  const hearers = way === 'print' ? readers : audience;
  const messages: Message[] = [];
  const seen = new Set<string>();
  for (const reply of replies) {
    const of = reply.branch === undefined ? branch : (town.branches[reply.branch] ?? branch);
    for (const hearer of hearers(town, of, reply.to, origin, at)) {
      const key = `${JSON.stringify(hearer.target)} ${reply.text} ${reply.attachment?.name ?? ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      messages.push({
        ...hearer,
        text: reply.text,
        priority: reply.priority,
        ...(reply.attachment ? { attachment: reply.attachment } : {}),
        ...(reply.gather ? { gather: reply.gather } : {}),
        ...('contact' in hearer.target && origin.room !== null && hearer.target.contact === origin.contact
          ? { hint: origin.room }
          : {}),
      });
    }
  }
  return messages;
}

/** The same for a decision that concerns no branch: said on the spot, in the town's room, or in the branch it names. */
export function resolveInTown(
  town: TownState,
  replies: readonly Reply[],
  origin: Origin,
  at: LocalTime,
  way: Way = 'wechat',
): Message[] {
  const speaker = origin.contact === null ? null : { contact: origin.contact };
  const here = origin.room === null ? speaker : { room: origin.room };
  const room = way === 'print' ? OFFICE_DESK : town.office.rooms[0];
  const office = room === undefined ? null : { room };
  return replies.flatMap((reply) => {
    const branch = reply.branch === undefined ? undefined : town.branches[reply.branch];
    if (branch) return resolve(town, branch, [reply], origin, at, way);
    const spot = reply.to === 'here' ? here : reply.to === 'private' ? speaker : null;
    const target = reply.to === 'town' ? office : spot;
    if (target === null) return [];
    const { text, priority, attachment } = reply;
    const to = 'contact' in target ? (origin.name ?? '') : town.office.name;
    const hint = 'contact' in target && origin.room !== null ? { hint: origin.room } : {};
    return [{ target, to, text, priority, ...(attachment ? { attachment } : {}), ...hint }];
  });
}
